"""What is published stands under a hash, and the database keeps it as it is."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from communes.models import StaleUnit
from criteria.models import Assessment, IndicatorValue
from criteria.models.assessments import Outcome
from criteria.services import close_round, reopen_round
from ntm_portal.accounts.models import User
from programme.models import Publication, RollupState, Summary
from programme.publication.figures import digest_of
from programme.publication.publishing import differing, publish
from programme.rollup import rebuild, refresh_stale
from tests.factories import RoundFactory, UnitFactory, UserFactory
from tests.programme.rows import MET, assess, set_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return UserFactory(username="admin", is_superuser=True)


@pytest.fixture
def published(administrator: User) -> Publication:
    set_of(2)
    assessment = assess(UnitFactory(), RoundFactory(), MET, MET)
    refresh_stale()
    rebuild(assessment.round)
    close_round(assessment.round_id, by=administrator)
    return publish(assessment.round_id, by=administrator)


def test_the_hash_is_that_of_the_figures_and_of_nothing_else(published: Publication) -> None:
    assert published.digest == digest_of(published.round).whole
    assert published.figures > Summary.objects.count()
    assert differing(published) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda: IndicatorValue.objects.update(number=91),
        lambda: IndicatorValue.objects.update(verdict="not_met"),
        lambda: IndicatorValue.objects.all().delete(),
        lambda: Outcome.objects.update(criteria_met=0),
        lambda: Assessment.objects.update(status="draft"),
        lambda: Summary.objects.update(certified=7),
        lambda: Summary.objects.all().delete(),
    ],
)
def test_the_database_refuses_to_change_a_published_figure(
    published: Publication, change: Callable[[], object]
) -> None:
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        change()
    assert differing(published) == []


def test_what_is_no_figure_may_still_change(published: Publication) -> None:
    assert IndicatorValue.objects.update(note="x") == 2


def test_a_round_opened_again_may_change_and_is_published_anew(
    published: Publication, administrator: User
) -> None:
    round_ = reopen_round(published.round_id, by=administrator, reason="sai")
    IndicatorValue.objects.update(number=70)
    refresh_stale()
    close_round(round_.pk, by=administrator)
    again = publish(round_.pk, by=administrator)
    assert again.number == 2
    assert again.digest != published.digest
    assert differing(again) == []
    assert differing(published)[0] == "values"


def test_counting_anew_on_a_better_known_map_is_a_publication_of_its_own(
    published: Publication,
) -> None:
    unit = Assessment.objects.get().unit
    StaleUnit.objects.create(unit=unit, since=published.round.reference_date, is_map_change=True)
    refresh_stale()
    assert [item.number for item in Publication.objects.all()] == [1, 2]
    assert RollupState.objects.get().recounting is None
    assert differing(Publication.objects.get(number=2)) == []


def test_the_command_proves_it_and_names_what_differs(
    published: Publication, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("verify_publication")
    assert (
        f"{published.digest} {published.figures} figures: as published" in capsys.readouterr().out
    )
    Publication.objects.update(parts=published.parts | {"values": "another"})
    with pytest.raises(SystemExit):
        call_command("verify_publication", "--round", published.round.code)
    assert "DIFFERS in values" in capsys.readouterr().out
