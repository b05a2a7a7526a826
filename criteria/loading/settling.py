"""Rows as they stand brought in line with rows as the file states them, table by table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from django.db.models import Model

from criteria.loading.changes import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

Row = TypeVar("Row", bound=Model)
BATCH = 500
NOT_COMPARED = {"id", "document"}


class Table(Generic[Row]):
    """One table of the law while a file is read into it."""

    def __init__(
        self,
        model: type[Row],
        standing: Iterable[Row],
        key: Callable[[Row], Hashable],
        named: Callable[[Row], str],
    ) -> None:
        self.model = model
        self.standing = {key(row): row for row in standing}
        self.key = key
        self.named = named
        self.changed: list[tuple[Row, Row]] = []
        self.fields = [
            item.attname for item in model._meta.concrete_fields if item.attname not in NOT_COMPARED
        ]

    def settle(self, wanted: Iterable[Row]) -> list[Change]:
        """Write what is new or different in two queries; what is gone stays in `standing`."""
        noun = str(self.model._meta.model_name)
        new: list[Row] = []
        changes: list[Change] = []
        for row in wanted:
            old = self.standing.pop(self.key(row), None)
            if old is None:
                new.append(row)
                changes.append(Change("+", noun, self.named(row)))
                continue
            row.pk = old.pk
            if difference := self._difference(old, row):
                self.changed.append((old, row))
                changes.append(Change("~", noun, f"{self.named(row)}: {difference}"))
        self.model._default_manager.bulk_create(new, batch_size=BATCH)
        written = [row for _old, row in self.changed]
        self.model._default_manager.bulk_update(written, self.fields, batch_size=BATCH)
        return changes

    def remove_rest(self) -> list[Change]:
        """Delete what the file holds no more; what rests on it was asked before."""
        gone = [row.pk for row in self.standing.values()]
        self.model._default_manager.filter(pk__in=gone).delete()
        noun = str(self.model._meta.model_name)
        return [Change("-", noun, self.named(row)) for row in self.standing.values()]

    def _difference(self, old: Row, row: Row) -> str:
        """Say what differs: short facts with their values, long texts by their name."""
        pairs = {name: (getattr(old, name), getattr(row, name)) for name in self.fields}
        return "; ".join(
            f"{name} {_short(before)} → {_short(after)}"
            for name, (before, after) in pairs.items()
            if before != after
        )


def _short(value: object, longest: int = 60) -> str:
    text = "nothing" if value is None or value == "" else str(value)
    return text if len(text) <= longest else text[: longest - 1] + "…"
