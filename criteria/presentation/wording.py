"""Numbers, thresholds and verdicts on a measure, as sentences in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from communes.models import AdministrativeUnit, Designation, Region
from criteria.models import Measure
from criteria.scoring.thresholds import FIRST_YEAR, LAST_YEAR
from criteria.scoring.verdicts import NOT_ASSESSED, Typed, Verdict
from ntm_portal.lib.numbers import format_decimal

if TYPE_CHECKING:
    from criteria.scoring.judging import Judgement
    from criteria.scoring.thresholds import Rule

NOTHING = "–"


class Asks(NamedTuple):
    """Which names a page has to say."""

    regions: bool
    province: bool


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """What the areas that thresholds speak of are called."""

    regions: dict[str, str]
    provinces: dict[str, str]

    @classmethod
    def of(cls, unit: AdministrativeUnit, *, asks: Asks | None = None) -> PlaceNames:
        """Load the regions and the province of `unit`, as far as it `asks`; one query."""
        asks = asks or Asks(regions=True, province=True)
        named = ("code", "name", "name_en")
        regions = Region.objects.order_by().values_list(*named, "name")
        provinces = AdministrativeUnit.objects.filter(code=unit.province_code)
        wanted = [
            *([regions] if asks.regions else []),
            *([provinces.order_by().values_list(*named, "short_name")] if asks.province else []),
        ]
        names = cls({}, {})
        for code, name, name_en, short in wanted[0].union(*wanted[1:]) if wanted else ():
            found = AdministrativeUnit(code=code, name=name, name_en=name_en, short_name=short)
            held = names.provinces if code == unit.province_code else names.regions
            held[code] = found.short_label
        return names

    def origin_of(self, rule: Rule) -> str:
        """Say for whom a threshold is: "Tây Nguyên, 2020"."""
        axes = [
            str(Designation.Kind(rule.designation).label) if rule.designation else "",
            self.provinces.get(rule.province_code, rule.province_code),
            rule.commune_group,
            self.regions.get(rule.region_code, rule.region_code),
            _years(rule),
        ]
        return ", ".join(filter(None, axes)) or _("whole country")


def name_in_sentence(unit: AdministrativeUnit) -> str:
    """Return the name as it stands inside a sentence: "xã Đoàn Kết", "Doan Ket Commune"."""
    label = unit.label
    return label if label != unit.name else label[:1].lower() + label[1:]


def number_text(kind: str, typed: Typed) -> str:
    """Write a value as it is read: a number, yes or no, or that it is left out."""
    if typed is None:
        return NOTHING
    if typed is NOT_ASSESSED:
        return pgettext("answer", "not assessed")
    if kind == Measure.Kind.YES_NO:
        return pgettext("answer", "yes") if typed else pgettext("answer", "no")
    return format_decimal(typed)


def field_text(kind: str, typed: Typed) -> str:
    """Write a value as its field holds it: 1 and 0 choose yes and no, "na" leaves it out."""
    if typed is None:
        return ""
    if typed is NOT_ASSESSED:
        return NOT_ASSESSED.value
    return str(int(typed)) if kind == Measure.Kind.YES_NO else format_decimal(typed)


def unit_text(measure: Measure) -> str:
    """Return the unit of the measure in the reader's language."""
    return measure.unit_en or measure.unit if get_language() == "en" else measure.unit


def asked_text(measure: Measure, rule: Rule | None, province: str) -> str:
    """Say what is asked of a value: "at least 41", or why nobody can say."""
    if rule is None and measure.indicator.delegated_to == "province":
        return _("left to the province: %(province)s has not set it") % {"province": province}
    if rule is None and measure.indicator.delegated_to == "ministry":
        return _("left to the ministry, which has not set it")
    if rule is not None and rule.is_exempt:
        return _("nothing is asked here")
    if rule is None or rule.value is None:
        return _("the threshold is not known here")
    if measure.kind == Measure.Kind.YES_NO:
        return _("must be yes")
    comparator = Measure.Comparator(measure.comparator).label
    return f"{comparator} {format_decimal(rule.value)}"


def verdict_text(measure: Measure, judgement: Judgement) -> str:
    """Say by how much a value is better or worse than asked; empty where the word is enough."""
    if judgement.distance is None:
        return ""
    if not judgement.distance:
        return _("just enough")
    words = {"distance": format_decimal(abs(judgement.distance))}
    if judgement.verdict is Verdict.MET:
        return _("%(distance)s to spare") % words
    if measure.comparator == Measure.Comparator.AT_LEAST:
        return _("%(distance)s short") % words
    return _("%(distance)s too much") % words


def _years(rule: Rule) -> str:
    if (rule.from_year, rule.to_year) == (FIRST_YEAR, LAST_YEAR):
        return ""
    if rule.from_year == rule.to_year:
        return str(rule.from_year)
    if rule.to_year == LAST_YEAR:
        return _("from %(year)s on") % {"year": rule.from_year}
    if rule.from_year == FIRST_YEAR:
        return _("until %(year)s") % {"year": rule.to_year}
    return f"{rule.from_year}–{rule.to_year}"
