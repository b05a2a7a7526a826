"""Data values turned into rows of ours, each fault with the code that DHIS2 gives it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from rest_framework.serializers import DecimalField, ValidationError

from criteria.api.dhis2.identities import DEFAULT_COMBO
from criteria.services.pushing import ONLY_NEW, ONLY_OLD, Row
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from criteria.api.dhis2.identities import Identities
    from criteria.api.dhis2.reading import Sent

NUMBER = DecimalField(18, 4)
ANSWERS = {"true": Decimal(1), "false": Decimal(0)}
NO_CATEGORY = {"", "default", DEFAULT_COMBO}
STRATEGIES = {
    "CREATE_AND_UPDATE": "",
    "CREATE": ONLY_NEW,
    "UPDATE": ONLY_OLD,
    "DELETE": ONLY_OLD,
}
LONGEST_COMMENT = 2000


def row_of(sent: Sent, known: Identities, strategy: str) -> Row | DomainError:
    """Return the row that a data value means, or what is wrong with it.

    After its round has closed, its comment is also the reason that is owed then.
    """
    unit, element = known.units.get(sent.unit), known.elements.get(sent.element)
    round_code = known.periods.get(sent.period)
    if element is None:
        return _fault("E7610", _("There is no data element “%(name)s” here."), sent.element)
    if round_code is None:
        return _fault("E7611", _("There is no round for the period “%(name)s”."), sent.period)
    if unit is None:
        return _fault("E7612", _("No unit in your area is called “%(name)s”."), sent.unit)
    if strange := [combo for combo in sent.combos if combo not in NO_CATEGORY]:
        return _fault("E7613", _("Values have no categories here: “%(name)s”."), strange[0])
    if sent.is_flagged:
        return DomainError(_("Marks for follow-up are not kept here."), code="follow-up")
    if len(sent.comment) > LONGEST_COMMENT:
        return _fault("E7620", _("A comment has at most %(name)s letters."), str(LONGEST_COMMENT))
    typed = _number(sent, is_deleted=sent.is_deleted or strategy == "DELETE")
    if isinstance(typed, DomainError):
        return typed
    set_code, measure = element
    return Row(
        unit,
        round_code,
        measure,
        typed,
        criteria_set=set_code,
        comment=sent.comment,
        late_reason=sent.comment,
        only=STRATEGIES[strategy],
    )


def _number(sent: Sent, *, is_deleted: bool) -> Decimal | DomainError | None:
    if is_deleted:
        return None
    if not sent.value:
        return _fault("E7618", _("No value is given for “%(name)s”."), sent.element)
    if (answer := ANSWERS.get(sent.value.lower())) is not None:
        return answer
    try:
        number: Decimal = NUMBER.run_validation(sent.value)
    except ValidationError:
        return _fault("E7619", _("“%(name)s” is not a number."), sent.value)
    return number


def _fault(code: str, sentence: str, name: str) -> DomainError:
    return DomainError(sentence % {"name": name}, code=code)
