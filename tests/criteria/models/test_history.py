"""What was recorded stands: the database itself refuses to change or delete it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, models, transaction

from criteria.models import AssessmentEvent, LateEntry, RoundEvent, ValueChange, ValueNote
from ntm_portal.accounts.models import User
from tests.factories import AssessmentFactory, RoundFactory, UserFactory, ValueFactory

pytestmark = pytest.mark.django_db


def recorded(kind: type[models.Model], by: User) -> models.Model:
    value = ValueFactory()
    assessment = value.assessment
    rows: dict[type[models.Model], dict[str, object]] = {
        ValueChange: {"value": value, "version": 1, "channel": "form"},
        AssessmentEvent: {"assessment": assessment, "to_status": "draft"},
        RoundEvent: {"round": RoundFactory(), "to_status": "open"},
        LateEntry: {"assessment": assessment, "reason": "mất điện"},
        ValueNote: {"assessment": assessment, "measure": value.measure, "text": "Đo lại"},
    }
    return kind._default_manager.create(by=by, **rows[kind])


@pytest.mark.parametrize("kind", [ValueChange, AssessmentEvent, RoundEvent, ValueNote, LateEntry])
def test_history_is_neither_changed_nor_deleted(kind: type[models.Model]) -> None:
    by, other = UserFactory(), UserFactory()
    row = recorded(kind, by)
    rows = kind._default_manager.filter(pk=row.pk)
    with pytest.raises(IntegrityError, match="neither changed nor deleted"), transaction.atomic():
        rows.update(by=other)
    with pytest.raises(IntegrityError, match="neither changed nor deleted"), transaction.atomic():
        rows.delete()
    assert rows.get().by_id == by.pk  # type: ignore[attr-defined]  # every kind has one


def test_nor_does_it_go_with_what_it_is_about() -> None:
    assessment = AssessmentFactory()
    AssessmentEvent.objects.create(assessment=assessment, by=UserFactory(), to_status="draft")
    with pytest.raises(IntegrityError), transaction.atomic():
        assessment.delete()
