"""Versions of answers from the ledger of changes: whoever has one is sent nothing twice."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.messages import get_messages
from django.db import connection
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import get_language

from communes.change_models import Change
from communes.models import StaleUnit
from communes.paths import is_nation, province_code_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet
    from django.http import HttpRequest

ROOMS = ("ntm_portal", "communes", "cooperatives", "ocop", "criteria", "programme")
SHOWS = {".py", ".html", ".css", ".js", ".mo", ".svg"}
_LAST = "(SELECT max(seq) FROM communes_change WHERE kind = %s)"
_LAST_IN = "(SELECT max(seq) FROM communes_change WHERE kind = %s AND province_code = %s)"


def positions(kinds: Collection[str], paths: Collection[str]) -> tuple[int | None, ...]:
    """Return where the ledger stands for these kinds at and below these paths; one statement.

    Places are told apart by province: a change elsewhere in the same province counts as well.
    What belongs to no place counts for everybody.
    """
    provinces = set(map(province_code_of, paths))
    reads_nation = any(map(is_nation, paths))
    parts, params = [], list[str]()
    for kind in sorted(kinds):
        for province in [None] if reads_nation else sorted({"", *provinces}):
            parts.append(_LAST if province is None else _LAST_IN)
            params += [kind] if province is None else [kind, province]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return tuple(cursor.fetchone())


def version_of(
    kinds: Collection[str],
    paths: Collection[str],
    *asked: object,
    shows_pending: bool = False,
) -> str:
    """Return the version of an answer that rests on these kinds, for a reader of these paths.

    `asked` is whatever else makes the answer another. With `shows_pending` it also tells how many
    units wait to be added up.
    """
    state = (
        positions(kinds, paths),
        _last_mark() if shows_pending else None,
        sorted(paths),
        get_language(),
        _release(),
        *asked,
    )
    return hashlib.sha256(repr(state).encode()).hexdigest()[:32]


def page_tag(request: HttpRequest, state: object) -> str:
    """Return the tag of a page for whoever reads it; `state` is what it rests on.

    It is another for each reader, area, language, day and release, and once the forms on the page
    would no longer be accepted. A page that carries a message is shown once: it has no tag.
    """
    if settings.DEBUG or len(get_messages(request)):  # while one writes, pages change by themselves
        return ""
    get_token(request)  # a page carries one; the first visit is given it here
    user = request.user
    roles = [(held.role, held.unit.path) for held in getattr(user, "held_roles", ())]
    asked = (
        request.get_full_path(),
        request.headers.get("HX-Request"),
        request.META.get("CSRF_COOKIE"),
        (user.pk, str(user), sorted(roles)),
        (get_language(), timezone.localdate(), _program()),
    )
    return f'"{hashlib.sha256(repr((state, asked)).encode()).hexdigest()[:32]}"'


def last_change(paths: Collection[str]) -> QuerySet[Change]:
    """Return the newest line of the ledger that concerns a reader of these paths."""
    lines = Change.objects.filter(seq__isnull=False).order_by("-seq")
    if any(map(is_nation, paths)):
        return lines
    provinces = set(map(province_code_of, paths))
    return lines.filter(province_code__in=["", *sorted(provinces)])


def _last_mark() -> int | None:
    return StaleUnit.objects.order_by("-pk").values_list("pk", flat=True).first()


@cache
def _release() -> str:
    """Return what changes when the portal learns to answer otherwise."""
    described = settings.BASE_DIR / "docs" / "openapi.yaml"
    return hashlib.sha256(described.read_bytes()).hexdigest() if described.exists() else ""


@cache
def _program() -> str:
    """Return what changes when the portal learns to show otherwise."""
    digest = hashlib.sha256()
    for folder in (*ROOMS, "templates", "static", "locale"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in SHOWS:
                digest.update(path.read_bytes())
    return digest.hexdigest()
