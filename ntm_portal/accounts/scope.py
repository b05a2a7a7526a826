"""Where a person may read, write, verify: a value without Django, made once per request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NATION_PATH = "/VN/"


@dataclass(frozen=True, slots=True)
class Scope:
    """Paths of the map (`/VN/62/`) by what may be done at and below them."""

    read: frozenset[str] = frozenset()
    write: frozenset[str] = frozenset()
    verify: frozenset[str] = frozenset()
    administer: frozenset[str] = frozenset()

    @classmethod
    def of(cls, held: Iterable[tuple[str, str]], *, is_superuser: bool = False) -> Scope:
        """Build the scope from (role, path) pairs; a superuser administers the nation."""
        roles = [*held, ("administrator", NATION_PATH)] if is_superuser else list(held)
        return cls(
            read=frozenset(path for _role, path in roles),
            write=frozenset(path for role, path in roles if role == "officer"),
            verify=frozenset(path for role, path in roles if role == "verifier"),
            administer=frozenset(path for role, path in roles if role == "administrator"),
        )

    def narrowed(self, area: str, *, may_write: bool) -> Scope:
        """Return what of it lies within `area` (empty: everywhere), without the rest."""
        return Scope(
            read=_within(self.read, area),
            write=_within(self.write, area) if may_write else frozenset(),
            verify=_within(self.verify, area) if may_write else frozenset(),
            administer=_within(self.administer, area) if may_write else frozenset(),
        )

    @property
    def administers(self) -> bool:
        """Tell whether she administers some area."""
        return bool(self.administer)

    @property
    def administers_nation(self) -> bool:
        """Tell whether she administers what all provinces share: rounds and the law."""
        return _covers(self.administer, NATION_PATH)

    def may_read(self, path: str) -> bool:
        """Tell whether the unit at `path` lies within what she may see."""
        return _covers(self.read, path)

    def may_write(self, path: str) -> bool:
        """Tell whether she may type values for the unit at `path`."""
        return _covers(self.write, path)

    def may_verify(self, path: str) -> bool:
        """Tell whether she may verify or return what was sent for the unit at `path`."""
        return _covers(self.verify, path)

    def may_administer(self, path: str) -> bool:
        """Tell whether she administers the area of the unit at `path`."""
        return _covers(self.administer, path)


def _within(paths: frozenset[str], area: str) -> frozenset[str]:
    """Return the paths cut to the area: itself where one leads above it."""
    return frozenset(
        path if path.startswith(area) else area
        for path in paths
        if path.startswith(area) or area.startswith(path)
    )


def _covers(paths: frozenset[str], path: str) -> bool:
    return any(path.startswith(held) for held in paths)
