"""The files of published figures, and what each of their columns holds, in words for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class File:
    """A file of figures: the address of the API that writes it, and its columns in order."""

    route: str
    title: _StrPromise
    about: _StrPromise
    columns: Sequence[tuple[str, _StrPromise]]


_WHERE = (
    ("unit", _("Official code of the unit.")),
    ("unit_name", _("Name of the unit, in Vietnamese.")),
    ("level", _("Its level: nation, province, district or commune.")),
    ("round", _("Code of the round.")),
    ("basis", _("“reported”: as typed; “verified”: as last verified.")),
)
_AS_OF = ("as_of", _("The day the figures are of."))
_INVENTED = ("is_demonstration", _("True where the figures are invented for demonstration."))
SUMMARIES = File(
    "api-summary-list",
    _("Figures of every unit"),
    _(
        "One row for each unit and basis. Numbers add up: those of a unit are the sum of those "
        "of the units below it."
    ),
    (
        *_WHERE,
        ("communes", _("Communes (xã) on the map of that day.")),
        ("assessed", _("Communes with a value on this basis.")),
        ("submitted", _("Communes whose assessment was sent for review or verified.")),
        ("verified", _("Communes whose assessment was verified.")),
        ("criteria_met", _("Criteria met, summed over the communes with a value.")),
        ("below_5", _("Communes that meet fewer than 5 criteria; counted in below_10 as well.")),
        ("below_10", _("Communes that meet fewer than 10 criteria.")),
        ("from_10_to_14", _("Communes that meet 10 to 14 criteria.")),
        ("from_15_not_all", _("Communes that meet 15 criteria or more, but not all.")),
        ("meets_all", _("Communes that meet all criteria.")),
        ("certified", _("Communes recognised by a decision in force on that day.")),
        ("certified_advanced", _("Communes recognised for the advanced standard.")),
        ("certified_model", _("Communes recognised for the model standard.")),
        ("districts_recognised", _("District-level units recognised, or that completed the task.")),
        ("provinces_recognised", _("Provinces recognised, or that completed the task.")),
        ("ocop_3_stars", _("OCOP products whose best certificate in force has 3 stars.")),
        ("ocop_4_stars", _("OCOP products whose best certificate in force has 4 stars.")),
        ("ocop_5_stars", _("OCOP products whose best certificate in force has 5 stars.")),
        ("ocop_granted", _("OCOP products ever granted 3 stars or more, whatever became of it.")),
        ("ocop_potential_5_stars", _("Of those with 4 stars, those proposed for 5.")),
        ("ocop_new_products", _("Of the products in force, those first certified in the year.")),
        ("ocop_expiring", _("Of the products in force, those whose certificate soon ends.")),
        ("ocop_producers", _("Producers that have joined OCOP.")),
        ("ocop_enterprises", _("Of these, small and medium enterprises.")),
        ("ocop_cooperatives", _("Of these, cooperatives.")),
        ("ocop_cooperative_groups", _("Of these, co-operative groups.")),
        ("ocop_households", _("Of these, household businesses.")),
        ("ocop_farms", _("Of these, farms.")),
        ("ocop_new_producers", _("Enterprises and cooperatives that joined OCOP in the year.")),
        ("cooperatives", _("Agricultural cooperatives.")),
        ("cooperatives_new", _("Of these, those registered in the year.")),
        ("cooperatives_effective", _("Of these, those that work effectively.")),
        ("value_chains", _("Value chains at work whose seat is here.")),
        _AS_OF,
        ("computed_at", _("When the row was last added up.")),
        ("pending_units", _("Units still to be added up: none in a published round.")),
        _INVENTED,
    ),
)
TALLIES = File(
    "api-tally-list",
    _("Verdicts on each criterion"),
    _(
        "One row for each unit above the communes, basis and criterion: how many communes stand "
        "which way."
    ),
    (
        *_WHERE,
        ("criteria_set", _("Code of the set of criteria.")),
        ("criterion", _("Code of the criterion.")),
        ("criterion_name", _("Name of the criterion, in Vietnamese.")),
        ("met", _("Communes that meet it.")),
        ("not_met", _("Communes that do not meet it.")),
        ("missing", _("Communes for which a value is missing.")),
        ("undetermined", _("Communes for which the level to reach is not known.")),
        ("not_applicable", _("Communes to which it does not apply.")),
        _AS_OF,
        _INVENTED,
    ),
)
FILES = (SUMMARIES, TALLIES)
