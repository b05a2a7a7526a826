"""A resolution among the sources of the map, and out of them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communes.models import AdministrativeUnit, ListedUnit, SaidSuccession, UnitList
from communes.rewriting.known import list_rows, said_row

if TYPE_CHECKING:
    from communes.models import Resolution
    from communes.resolving.acts import Act

Unit = AdministrativeUnit


def enter(resolution: Resolution, act: Act) -> None:
    """Keep what the resolution says, in the caller's transaction; the map is rewritten after."""
    listing = act.listing()
    kept = UnitList.objects.create(
        day=act.day, is_whole=False, source=act.legal_ref[:200], resolution=resolution
    )
    ListedUnit.objects.bulk_create(list_rows(kept, listing))
    SaidSuccession.objects.bulk_create(said_row(row, resolution) for row in act.said())


def leave(resolution: Resolution) -> None:
    """Take out of the sources what the resolution says."""
    UnitList.objects.filter(resolution=resolution).delete()
    SaidSuccession.objects.filter(resolution=resolution).delete()


def holding_path(act: Act) -> str:
    """Return the path of the deepest unit that holds all of which the act speaks."""
    units = Unit.objects.filter(code__in=act.codes - {"VN"})
    found = units.on(act.day) | units.filter(valid_to__lt=act.day, is_unresolved=True)
    paths = [path.strip("/").split("/") for path in found.values_list("path", flat=True)]
    shared: list[str] = []
    for codes in zip(*paths, strict=False):
        if len(set(codes)) > 1:
            break
        shared.append(codes[0])
    return f"/{'/'.join(shared)}/" if shared else "/VN/"
