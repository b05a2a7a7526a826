"""What a file holds: schemes, score sheets, and things that are neither."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ntm_portal.lib.errors import DomainError
from ocop.loading.schemes import scheme_body
from ocop.loading.sheets import group_of, sheet_body

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Data = dict[str, Any]  # JSON objects as they are read
NAMED_AFTER = re.compile(r"(ocop-\d{4})")
MOST_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FoundScheme:
    """A scheme in our own shape."""

    code: str
    body: Data


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """A score sheet in our own shape."""

    scheme_code: str
    name: str
    number: int | None
    group: str
    subgroup: str
    source: str
    body: Data


@dataclass(frozen=True, slots=True)
class Faulty:
    """Something that could not be understood, and why."""

    where: str
    why: str


Found = FoundScheme | FoundSheet | Faulty


def read(path: Path) -> list[Found]:
    """Return what the file holds; raise DomainError when it is no list in JSON."""
    if path.stat().st_size > MOST_BYTES:
        raise DomainError(_("The file is too large to be a scheme."), code="bad-file")
    try:
        items = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DomainError(_("The file is not JSON."), code="bad-file") from error
    if not isinstance(items, list) or not items:
        sentence = _("The file does not hold a list of schemes or of score sheets.")
        raise DomainError(sentence, code="bad-file")
    named = NAMED_AFTER.search(path.name)
    return list(_found(items, named.group(1) if named else ""))


def _found(items: list[Any], default: str) -> Iterator[Found]:
    for number, item in enumerate(items, 1):
        try:
            yield _one(item, default)
        except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
            why = _("it lacks or garbles %(what)s") % {"what": error}
            yield Faulty(_where(item, number), why)


def _one(item: Data, default: str) -> Found:
    if "star_bands" in item:
        return FoundScheme(item["code"], scheme_body(item))
    code = item.get("scheme") or default
    if not code:
        name = item["name_vi"]
        return Faulty(name, _("no scheme is named, neither in it nor in the name of the file"))
    return FoundSheet(
        scheme_code=code,
        name=item["name_vi"],
        number=item["set_no"],
        group=group_of(item["product_group_vi"]),
        subgroup=item.get("product_subgroup_vi") or "",
        source=str(item.get("source") or ""),
        body=sheet_body(item),
    )


def _where(item: object, number: int) -> str:
    name = item.get("name_vi") if isinstance(item, dict) else None
    return str(name or _("item %(number)s") % {"number": number})
