"""From an address to what it names, as far as one may read; else a page that says what to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from communes.models import AdministrativeUnit
from communes.placements import TODAY
from criteria.models import ReportingRound
from programme.dashboard import ground as grounds
from programme.dashboard import other_map
from programme.dashboard import rounds as rounds_
from programme.dashboard.maps.choosing import UnknownChoiceError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpResponse

    from ntm_portal.accounts.requests import SignedInRequest
    from programme.dashboard.ground import Ground
    from programme.dashboard.rounds import Rounds


@dataclass
class UnknownAddressError(Exception):
    """Say what an address asks for in vain, and carry what the page offers instead."""

    kind: str
    asked: str
    known: Sequence[ReportingRound] = ()
    versions: Sequence[Version] = field(default_factory=list)
    status: int = 404


@dataclass(frozen=True, slots=True)
class Version:
    """A unit on another map, and the newest round that shows it."""

    unit: AdministrativeUnit
    round: ReportingRound | None


@dataclass
class StandsElsewhereError(Exception):
    """Say at which address the present map shows what the map asked for does not have."""

    address: str


def explained(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer an address that names nothing with a page that says what to do."""

    @wraps(view)
    def answered(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except StandsElsewhereError as found:
            return HttpResponseRedirect(found.address)
        except UnknownAddressError as problem:
            return _explain(request, problem)
        except UnknownChoiceError as problem:
            return _explain(request, problem)

    return answered


def _explain(
    request: SignedInRequest, problem: UnknownAddressError | UnknownChoiceError
) -> HttpResponse:
    context = {"problem": problem, "is_choice": isinstance(problem, UnknownChoiceError)}
    status = getattr(problem, "status", 404)
    return render(request, "programme/unknown_address.html", context, status=status)


def rounds(request: SignedInRequest) -> Rounds:
    """Return the round an address asks for, or the current one."""
    asked = request.GET.get("round", "")
    try:
        return rounds_.choose(asked, request.GET.get("map", ""))
    except ReportingRound.DoesNotExist as unknown:
        known = rounds_.choose("").known
        raise UnknownAddressError("round", asked, known) from unknown
    except rounds_.UnknownMapError as unknown:
        raise UnknownAddressError("map", str(unknown), status=400) from unknown


def ground(request: SignedInRequest, code: str, shown: Rounds) -> Ground:
    """Return the unit of an address on the map that is shown, as far as the reader may go.

    Where only the present map has it, the same page is shown there.
    """
    readable = request.user.scope.read
    found = grounds.find(code, shown, readable)
    if found is None:
        _lead_on(request, code, shown)
    if found is None:
        raise UnknownAddressError("unit", code, versions=_versions(code, readable, shown))
    return found


def _lead_on(request: SignedInRequest, code: str, shown: Rounds) -> None:
    """Raise StandsElsewhereError where the present map shows the place, and she may see it."""
    unit = other_map.elsewhere(code, shown)
    if unit is not None and request.user.scope.may_read(unit.path):
        query = request.GET.copy()
        query["map"] = TODAY
        page = request.resolver_match
        assert page is not None  # noqa: S101  (a view is only reached by an address)
        address = reverse(page.view_name, kwargs={**page.kwargs, "code": unit.code})
        address += f"?{query.urlencode()}"
        raise StandsElsewhereError(address)


def _versions(code: str, readable: frozenset[str], shown: Rounds) -> list[Version]:
    """Return the unit on other maps, each with the newest round that shows it."""
    units = AdministrativeUnit.objects.within(readable).filter(code=code)
    return [
        Version(unit, next((item for item in shown.known if _stands_on(unit, item)), None))
        for unit in units.order_by("-valid_from")
    ]


def _stands_on(unit: AdministrativeUnit, round_: ReportingRound) -> bool:
    day = round_.reference_date
    begun = unit.valid_from is None or unit.valid_from <= day
    return begun and (unit.valid_to is None or day <= unit.valid_to)
