"""Objects of a JSON file, asked key by key; what is not as it should be is noted as a fault."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from criteria.loading.faults import Faults

Data = dict[str, Any]  # JSON objects as they are read
_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Node:
    """An object of the file with those it lies in, where they are to answer for it as well.

    A part of an indicator says only what differs: what it does not say, the indicator says.
    `layers` are the objects, the innermost first, each with its path.
    """

    layers: tuple[tuple[Data, str], ...]
    faults: Faults
    label: str = ""

    @property
    def place(self) -> str:
        """Return the path of the innermost object, and what it is the object of."""
        return self._place(self.layers[0][1])

    def at(self, *keys: str) -> str:
        """Return the path of a key, and of keys below it, in the innermost object that has it."""
        path = next((path for data, path in self.layers if keys[0] in data), self.layers[0][1])
        return self._place(".".join(filter(None, [path, *keys])))

    def fault(self, key: str, sentence: str) -> None:
        """Note a fault at a key, or of the object where the key is empty."""
        self.faults.add(self.at(key) if key else self.place, sentence)

    def within(self, data: Data, path: str = "", label: str = "") -> Node:
        """Return a node that asks `data` first and then this one."""
        return Node(
            ((data, path or self.layers[0][1]), *self.layers), self.faults, label or self.label
        )

    def has(self, key: str) -> bool:
        """Tell whether any of the objects has the key."""
        return self.raw(key, _ABSENT) is not _ABSENT

    def raw(self, key: str, default: Any = None) -> Any:  # whatever the file holds
        """Return what stands at a key, unchecked."""
        return next((data[key] for data, _path in self.layers if key in data), default)

    def require(self, *keys: str) -> None:
        """Note each of the keys that no object has."""
        for key in keys:
            if not self.has(key):
                self.faults.add(self.place, f"the key '{key}' is missing")

    def require_list(self, key: str) -> None:
        """Note a key whose list is missing, or is null: an empty list says that there is none."""
        self.require(key)
        if self.has(key) and self.raw(key) is None:
            self.fault(key, "null where a list is due")

    def text(self, key: str, *, limit: int | None = None, is_required: bool = False) -> str:
        """Return the text at a key; nothing where it is null or absent."""
        value = self.raw(key)
        if value is None and not is_required:
            return ""
        if not isinstance(value, str) or (is_required and not value.strip()):
            if self.has(key):
                self.fault(key, f"{_shown(value)} is not a text")
            return ""
        if limit is not None and len(value) > limit:
            self.fault(key, f"longer than {limit} characters")
        return value

    def one_of(self, key: str, allowed: Collection[str], *, is_required: bool = True) -> str:
        """Return the text at a key, which must be one of those allowed."""
        value = self.raw(key)
        if value is None and not is_required:
            return ""
        if value not in allowed and self.has(key):
            self.fault(key, f"{_shown(value)} is not one of {', '.join(allowed)}")
        return value if value in allowed else next(iter(allowed))

    def day(self, key: str) -> date | None:
        """Return the day at a key, written 2020-12-31; nothing where it is null or absent."""
        value = self.raw(key)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.fault(key, f"{_shown(value)} is not a day such as 2020-12-31")
            return None

    def flag(self, key: str, *, default: bool) -> bool:
        """Return the true or false at a key."""
        value = self.raw(key)
        if value is not None and not isinstance(value, bool):
            self.fault(key, f"{_shown(value)} is neither true nor false")
        return value if isinstance(value, bool) else default

    def count(self, key: str) -> int | None:
        """Return the whole number at a key; nothing where it is null or absent."""
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.fault(key, f"{_shown(value)} is not a whole number")
            return None
        return value

    def object(self, key: str) -> Data:
        """Return the object at a key; an empty one where it is null or absent."""
        value = self.raw(key)
        if value is not None and not isinstance(value, dict):
            self.fault(key, f"{_shown(value)} is not an object")
        return value if isinstance(value, dict) else {}

    def items(self, key: str) -> list[Any]:  # whatever the list holds
        """Return the list at a key; an empty one where it is null or absent."""
        value = self.raw(key)
        if value is not None and not isinstance(value, list):
            self.fault(key, f"{_shown(value)} is not a list")
        return value if isinstance(value, list) else []

    def nodes(self, key: str, *, noun: str = "") -> Iterator[Node]:
        """Yield the objects of the list at a key, each on its own, named by its code."""
        path = next((path for data, path in self.layers if key in data), "")
        for index, data in enumerate(self.items(key)):
            own = f"{path}.{key}[{index}]" if path else f"{key}[{index}]"
            if not isinstance(data, dict):
                self.faults.add(own, f"{_shown(data)} is not an object")
                continue
            label = f"{noun} {data.get('code')}" if noun and "code" in data else self.label
            yield Node(((data, own),), self.faults, label)

    def _place(self, path: str) -> str:
        return f"{path} ({self.label})" if self.label else path


def shown(value: object) -> str:
    """Return a value of the file as a sentence shows it."""
    return _shown(value)


def _shown(value: object) -> str:
    if value is _ABSENT or value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'the text "{value}"'
    return str(value)
