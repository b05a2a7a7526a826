"""Versions of answers from the ledger of changes: whoever has one is sent nothing twice."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.utils.translation import get_language

from communes.models import StaleUnit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from django.http import HttpRequest

_LAST = "(SELECT max(seq) FROM communes_change WHERE kind = %s)"
_LAST_IN = "(SELECT max(seq) FROM communes_change WHERE kind = %s AND province_code = %s)"


def positions(kinds: Collection[str], paths: Collection[str]) -> tuple[int | None, ...]:
    """Return where the ledger stands for these kinds at and below these paths; one statement.

    Places are told apart by province: a change elsewhere in the same province counts as well.
    What belongs to no place counts for everybody.
    """
    provinces = {path.strip("/").split("/")[1] for path in paths if path.strip("/").count("/")}
    reads_nation = any(not path.strip("/").count("/") for path in paths)
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


def page_version(kinds: Collection[str], *, shows_pending: bool = True) -> Callable[..., str]:
    """Return what `django.views.decorators.http.condition` takes as `etag_func` for a page.

    The page must rest on these kinds alone, and be shown to whoever is signed in.
    """

    def etag(request: HttpRequest, *_args: object, **_kwargs: object) -> str:
        scope = getattr(request.user, "scope", None)
        readable = scope.read if scope else ()
        asked = (request.get_full_path(), request.user.pk, request.headers.get("HX-Request"))
        return f'"{version_of(kinds, readable, *asked, shows_pending=shows_pending)}"'

    return etag


def _last_mark() -> int | None:
    return StaleUnit.objects.order_by("-pk").values_list("pk", flat=True).first()


@cache
def _release() -> str:
    """Return what changes when the portal learns to answer otherwise."""
    described = settings.BASE_DIR / "docs" / "openapi.yaml"
    return hashlib.sha256(described.read_bytes()).hexdigest() if described.exists() else ""
