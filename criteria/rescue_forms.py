"""A file of values that a browser kept because they could not be saved: read, and chosen from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from criteria.scoring.verdicts import NOT_ASSESSED
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.numbers import parse_decimal
from ntm_portal.lib.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from criteria.scoring.verdicts import Typed

FORMAT = "ntm-unsent"
MOST_BYTES = 1_000_000
MOST_VALUES = 3_000
LONGEST_TEXT, LONGEST_CODE, LONGEST_NAME = 40, 12, 200
WORDS = {"co": 1, "yes": 1, "khong": 0, "no": 0}
LEFT_OUT = frozenset({NOT_ASSESSED.value, "khong xet", "not assessed"})


@dataclass(frozen=True, slots=True)
class KeptValue:
    """One text as it was typed, in which language, over which version of which value."""

    assessment_id: int
    code: str
    text: str
    seen: int | None
    language: str
    unit: str

    @property
    def key(self) -> str:
        """Return what names the value in the form."""
        return f"{self.assessment_id}|{self.code}"

    @property
    def typed(self) -> Typed:
        """Return what the text says; NumberNotUnderstood has the sentence why it says nothing."""
        text = self.text.strip()
        if not text:
            return None
        if fold(text) in LEFT_OUT:
            return NOT_ASSESSED
        return parse_decimal(str(WORDS.get(fold(text), text)), language=self.language)


def read_file(raw: bytes) -> tuple[KeptValue, ...]:
    """Return the values of a file, the last one where a value is named twice."""
    if len(raw) > MOST_BYTES:
        raise DomainError(_("This file is too large to be one of values that were kept."))
    try:
        found = {item.key: item for item in map(_kept, _values_in(raw))}
    except (AttributeError, ValueError, KeyError, TypeError, RecursionError) as error:
        sentence = _("This is not a file of kept values: choose the one that the portal gave you.")
        raise DomainError(sentence, code="not-kept-values") from error
    if len(found) > MOST_VALUES:
        sentence = _("The file holds more than %(most)s values.") % {"most": MOST_VALUES}
        raise DomainError(sentence, code="too-many-values")
    return tuple(found.values())


def written(values: Iterable[KeptValue]) -> str:
    """Return the values as `read_file` reads them, for a hidden field."""
    return json.dumps(
        {
            "format": FORMAT,
            "version": 1,
            "values": [
                {
                    "assessment": item.assessment_id,
                    "code": item.code,
                    "text": item.text,
                    "seen": str(item.seen or ""),
                    "language": item.language,
                    "unit": item.unit,
                }
                for item in values
            ],
        }
    )


# A file may hold anything, hence Any.
def _values_in(raw: bytes) -> list[dict[str, Any]]:
    data = json.loads(raw)
    if data["format"] != FORMAT:
        raise ValueError(FORMAT)
    return list(data["values"])


def _kept(item: dict[str, Any]) -> KeptValue:
    language = str(item.get("language", ""))
    seen = str(item.get("seen") or "")
    return KeptValue(
        assessment_id=int(item["assessment"]) & (2**63 - 1),
        code=str(item["code"])[:LONGEST_CODE],
        text=str(item["text"])[:LONGEST_TEXT],
        seen=int(seen) if seen else None,
        language=language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
        unit=str(item.get("unit", ""))[:LONGEST_NAME],
    )
