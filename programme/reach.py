"""From an address to what it names, as far as one may read; else a page that says what to do."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags

from communes import etags
from communes.models import AdministrativeUnit, Region
from communes.placements import TODAY
from criteria.models import ReportingRound
from ntm_portal.accounts.scope import NATION_PATH
from ntm_portal.lib.days import written_day
from programme.dashboard import ground as grounds
from programme.dashboard import groups, other_map
from programme.dashboard import rounds as rounds_
from programme.dashboard.maps.choosing import UnknownChoiceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from ntm_portal.accounts.requests import SignedInRequest
    from programme.dashboard.ground import Ground
    from programme.dashboard.rounds import Rounds


@dataclass(frozen=True, slots=True)
class Link:
    """Where one may go on; `about` says more of it."""

    address: str
    label: str
    about: str = ""


@dataclass
class UnknownAddressError(Exception):
    """Say what an address asks for in vain, and carry what the page offers instead."""

    kind: str
    asked: str
    links: Sequence[Link] = ()
    versions: Sequence[Version] = field(default_factory=list)
    status: int = 404


@dataclass(frozen=True, slots=True)
class Version:
    """A unit on another map, and the newest round that shows it."""

    unit: AdministrativeUnit
    round: ReportingRound | None


@dataclass
class UnchangedError(Exception):
    """Say that the reader has the page as it is."""

    tag: str


@dataclass
class StandsElsewhereError(Exception):
    """Say at which address the present map shows what the map asked for does not have."""

    address: str


def explained(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer an address that names nothing with a page that says what to do.

    A page bears a tag, and whoever has it as it is gets no second one.
    """

    @wraps(view)
    def answered(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return _tagged(request, view(request, *args, **kwargs))
        except UnchangedError as unchanged:
            return _kept_by_reader(HttpResponseNotModified(), unchanged.tag)
        except StandsElsewhereError as found:
            return HttpResponseRedirect(found.address)
        except UnknownAddressError as problem:
            return _explain(request, problem)
        except UnknownChoiceError as problem:
            return _explain(request, problem)

    return answered


def _tagged(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    tag: str = getattr(request, "page_tag", "")
    is_page = response.status_code == HTTPStatus.OK
    return _kept_by_reader(response, tag) if tag and is_page else response


def _kept_by_reader(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    """Let the reader's own browser keep the page, asking each time whether it still holds."""
    response.headers["ETag"] = tag
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Cookie"])
    return response


def _explain(
    request: HttpRequest, problem: UnknownAddressError | UnknownChoiceError
) -> HttpResponse:
    context: dict[str, object] = {"problem": problem}
    if isinstance(problem, UnknownChoiceError):
        context |= {
            "is_choice": True,
            "links": [
                Link(_asking(request, problem.parameter, code), str(label), code)
                for code, label in problem.known.items()
            ],
            "usual": _asking(request, problem.parameter),
        }
    else:
        context["links"] = problem.links
    status = getattr(problem, "status", 404)
    return render(request, "programme/unknown_address.html", context, status=status)


def _asking(request: HttpRequest, parameter: str, value: str = "") -> str:
    """Return the address with another value of a parameter, or without it."""
    query = request.GET.copy()
    query.pop("page", None)
    query.pop(parameter, None)
    if value:
        query[parameter] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _rounds_to_choose(request: HttpRequest, known: Iterable[ReportingRound]) -> list[Link]:
    return [
        Link(_asking(request, "round", item.code), item.code, about_round(item)) for item in known
    ]


def about_round(item: ReportingRound) -> str:
    """Return what tells one round from another: its state and the day its figures are of."""
    return f"{item.get_status_display()} · {written_day(item.reference_date)}"


def rounds(request: SignedInRequest, region: str = "") -> Rounds:
    """Return the round an address asks for, or the current one; with the region of this code.

    Raises UnchangedError where nothing changed since the reader was sent this page.
    """
    asked = request.GET.get("round", "")
    try:
        map_ = request.GET.get("map", "")
        found = rounds_.choose(asked, map_, request.user.scope.read, region)
    except ReportingRound.DoesNotExist as unknown:
        links = _rounds_to_choose(request, rounds_.choose("").known)
        raise UnknownAddressError("round", asked, links) from unknown
    except rounds_.UnknownMapError as unknown:
        raise UnknownAddressError(
            "map", str(unknown), [Link(_asking(request, "map"), "")], status=400
        ) from unknown
    _compare(request, etags.page_tag(request, found.state))
    return found


def cut(request: SignedInRequest, code: str) -> Rounds:
    """Return the same, narrowed to the focus group and, of the nation, the region asked for.

    For pages whose every figure is of these alone; what else is wrong raises as `rounds`.
    """
    region = request.GET.get("region", "") if f"/{code}/" == NATION_PATH else ""
    found = rounds(request, region)
    if region and found.known and not found.region:
        labels = {item.code: item.label for item in Region.objects.all()}
        raise UnknownChoiceError("region", region, labels)
    return replace(found, group=groups.choose(request.GET.get("group", "")))


def published_rounds(request: HttpRequest) -> Rounds:
    """Return the published round an address asks for, or the newest; raises as `rounds` does."""
    asked = request.GET.get("round", "")
    try:
        found = rounds_.published(asked)
    except ReportingRound.DoesNotExist as unknown:
        links = _rounds_to_choose(request, rounds_.published().known)
        raise UnknownAddressError("round", asked, links) from unknown
    _compare(request, etags.page_tag(request, found.state))
    return found


def _compare(request: HttpRequest, tag: str) -> None:
    """Keep the tag for the answer; raise UnchangedError if the reader has it already."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if tag and tag in {item.removeprefix("W/") for item in known}:  # compressed, it is a weak one
        raise UnchangedError(tag)
    vars(request)["page_tag"] = tag


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
