"""Which round a page shows and on which map, the round before it, and the others to choose."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Subquery
from django.utils import timezone

from communes import placements, regions
from communes.etags import last_change
from communes.models import AdministrativeUnit, Designation, StaleUnit
from communes.placements import OWN, TODAY
from criteria.models import ReportingRound
from criteria.querysets import in_force_on
from ntm_portal.accounts.scope import NATION_PATH
from programme.addends import Addends
from programme.dashboard import hashes

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from communes.models import PlacedMap, Region
    from communes.querysets import UnitQuerySet

MAPS = ("", OWN, TODAY)


class UnknownMapError(LookupError):
    """Name the map that an address asks for and that there is not."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """The rounds there are, the newest first, the one that is shown, and on which map.

    It is the map of the round's own day, unless `present` is there: the present map, asked for.
    `addends` remembers what sums of that map are made of.
    `group` narrows what is counted to the communes of a focus group on the round's day, `region`
    to those of a region of the nation.
    `state` is another whenever a figure may be: it tells the tag of a page.
    """

    known: tuple[ReportingRound, ...]
    chosen: ReportingRound | None
    present: PlacedMap | None = None
    state: object = None
    group: str = ""
    region: Region | None = None
    addends: Addends = field(default_factory=Addends, compare=False, repr=False)

    @property
    def day(self) -> date:
        """Return the day the facts are of: today while there is no round."""
        return self.chosen.reference_date if self.chosen else self.today

    @property
    def today(self) -> date:
        """Return the day of the present map."""
        return timezone.localdate()

    @property
    def is_carried(self) -> bool:
        """Tell whether figures are carried to the present map: it is later than the round's."""
        since = self.present.from_day if self.present else None
        return since is not None and self.day < since

    @property
    def map_day(self) -> date:
        """Return the day whose map is shown."""
        return self.today if self.is_carried else self.day

    @property
    def query(self) -> str:
        """Return what a link to another page must carry: the round, map and cut she chose."""
        return f"?{urlencode(self.parameters)}"

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """Return the same as names and values, for a form."""
        of_round = (("round", self.chosen.code),) if self.chosen else ()
        of_map = (("map", TODAY),) if self.present else ()
        of_region = (("region", self.region.code),) if self.region else ()
        of_group = (("group", self.group),) if self.group else ()
        return (*of_round, *of_map, *of_region, *of_group)

    @property
    def query_of_round(self) -> str:
        """Return the same for a place of the round's own map."""
        return self.of_round.query

    @property
    def query_of_reported(self) -> str:
        """Return what links to communes that reported must carry: they are on the round's map."""
        return self.query_of_round if self.is_carried else self.query

    @property
    def of_round(self) -> Rounds:
        """Return the same on the map of the round's own day."""
        return replace(self, present=None)

    @property
    def whole(self) -> Rounds:
        """Return the same of all communes, whatever group or region was chosen."""
        return replace(self, group="", region=None)

    @property
    def of_all_groups(self) -> Rounds:
        """Return the same whatever group was chosen."""
        return replace(self, group="")

    @property
    def of_all_regions(self) -> Rounds:
        """Return the same whatever region was chosen."""
        return replace(self, region=None)

    @property
    def is_cut(self) -> bool:
        """Tell whether only some communes are counted."""
        return bool(self.group or self.region)

    @property
    def group_label(self) -> str:
        """Return what the group is called, nothing for all communes."""
        return str(Designation.Kind(self.group).label) if self.group else ""

    @property
    def cut_label(self) -> str:
        """Return what the communes counted are called, nothing for all of them."""
        return ", ".join(filter(None, (self.group_label, self.region.label if self.region else "")))

    def units(self) -> UnitQuerySet:
        """Return the units of the map that is shown."""
        return AdministrativeUnit.objects.on(self.map_day)

    def within(self, unit: AdministrativeUnit, field: str) -> dict[str, object]:
        """Return the condition that the unit in `field` stands at or below a unit of the map.

        Of a group and a region it has to be, too, if one is chosen.
        """
        return {
            f"{field}__{self.standing}path__startswith": unit.path,
            **({f"{field}__in": self.members()} if self.group else {}),
            **({f"{field}__region": self.region} if self.region else {}),
        }

    def members(self) -> QuerySet[Designation, Any]:  # of ids alone
        """Return the ids of the units that belong to the group on the round's day."""
        held = Designation.objects.filter(in_force_on(self.day), kind=self.group)
        return held.order_by().values("unit")

    def asked_within(self, unit: AdministrativeUnit) -> UnitQuerySet:
        """Return the units of the round's own day that stand at or below a unit of the map."""
        units = AdministrativeUnit.objects.on(self.day)
        return self.kept(units).filter(**{f"{self.standing}path__startswith": unit.path})

    def kept(self, units: UnitQuerySet) -> UnitQuerySet:
        """Return these units as far as they are of the group and the region that are chosen."""
        if self.group:
            units = units.filter(pk__in=self.members())
        return units.filter(region=self.region) if self.region else units

    @property
    def standing(self) -> str:
        """Return what leads a query from a unit to the one it stands in on the map."""
        return "placement__place__" if self.is_carried else ""

    @property
    def up_to_chosen(self) -> tuple[ReportingRound, ...]:
        """Return the rounds up to the one shown, the oldest first."""
        return tuple(item for item in reversed(self.known) if item.reference_date <= self.day)

    @property
    def compared(self) -> tuple[ReportingRound, ...]:
        """Return the round shown and the one before it, as far as there are."""
        return tuple(item for item in (self.chosen, self.previous) if item)

    @property
    def is_demonstration(self) -> bool:
        """Tell whether some of the figures are invented for demonstration."""
        return any(item.is_demonstration for item in self.known)

    @property
    def previous(self) -> ReportingRound | None:
        """Return the round before the one shown."""
        return self.up_to_chosen[-2] if self.chosen and len(self.up_to_chosen) > 1 else None


def choose(code: str, map_: str = "", readable: Collection[str] = (), region: str = "") -> Rounds:
    """Return the rounds with the one of this code chosen, or without a code the current one.

    The round is shown on the map of its own day unless `map_` asks for today's. Raises
    ReportingRound.DoesNotExist when no round has this code, UnknownMapError for any other map. For
    a reader of the paths in `readable` the same query tells where the ledger stands, and it tells
    the `region` of a code, as far as there is one.
    """
    if map_ not in MAPS:
        raise UnknownMapError(map_)
    rows = _known(readable)
    if map_ == TODAY:
        rows = rows.annotate(**placements.beside())
    if region:
        rows = rows.annotate(**regions.beside(region))
    known = tuple(rows)
    today = timezone.localdate()
    present = placements.of(known, today) if map_ == TODAY else None
    state = (vars(known[0])["changed"], vars(known[0])["marked"]) if known else None
    narrowed = regions.of(known) if region else None
    current = next((item for item in known if item.is_open), _first(known))
    chosen = _first(tuple(item for item in known if item.code == code)) if code else current
    if chosen is None and code:
        raise ReportingRound.DoesNotExist(code)
    return Rounds(known, chosen, present, state, region=narrowed)


def published(code: str = "") -> Rounds:
    """Return the published rounds alone, with the one of this code chosen, or the newest.

    No other round is known to it: nothing read with it rests on figures not yet published. Each
    tells the hash it stands under (`hashes.of`). Raises
    ReportingRound.DoesNotExist when no published round has this code.
    """
    known = tuple(
        _known((NATION_PATH,))
        .filter(status=ReportingRound.Status.PUBLISHED)
        .annotate(**hashes.beside())
    )
    state = (vars(known[0])["changed"], vars(known[0])["marked"]) if known else None
    chosen = _first(tuple(item for item in known if code in {"", item.code}))
    if chosen is None and code:
        raise ReportingRound.DoesNotExist(code)
    return Rounds(known, chosen, None, state)


def _known(readable: Collection[str]) -> QuerySet[ReportingRound]:
    return ReportingRound.objects.order_by("-reference_date").annotate(
        changed=Subquery(last_change(readable).values("seq")[:1]),
        marked=Subquery(StaleUnit.objects.order_by("-pk").values("pk")[:1]),
    )


def _first(rounds: tuple[ReportingRound, ...]) -> ReportingRound | None:
    return rounds[0] if rounds else None
