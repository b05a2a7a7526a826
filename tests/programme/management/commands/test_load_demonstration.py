"""The command says what it did, and why it did not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from criteria.models import ReportingRound
from tests.factories import RoundFactory
from tests.programme.demonstration.conftest import country, places

__all__ = ["country", "places"]
pytestmark = pytest.mark.django_db


def test_it_counts_what_it_loaded_and_then_has_nothing_to_do(
    country: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("load_demonstration", "--province", "42", "--due-in", "3")
    assert "5 communes loaded" in capsys.readouterr().out
    call_command("load_demonstration", "--province", "42")
    assert "loaded already" in capsys.readouterr().out
    open_round = ReportingRound.objects.open().get()
    assert open_round.due_on == timezone.localdate() + timedelta(days=3)


def test_it_refuses_beside_real_rounds(country: None) -> None:
    RoundFactory()
    with pytest.raises(CommandError, match="real rounds"):
        call_command("load_demonstration")
