"""Reads targets and published figures from files into rows; again it changes nothing."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from communes.changes import Changed, Kind, record_changes
from programme.metrics import UnknownMetricError, metric
from programme.models import PublishedFigure, Target

if TYPE_CHECKING:
    from pathlib import Path

Data = dict[str, Any]  # JSON objects as they are read
SHARED = ("legal_ref", "source", "confidence", "due_on", "unit_code")


class TargetFileError(ValueError):
    """A file that cannot be loaded, with a sentence that says where and why."""

    def __str__(self) -> str:
        return ": ".join(map(str, self.args))


def load_targets(path: Path) -> list[Target]:
    """Load the targets in the JSON file at `path`, all or none; return them.

    Targets are found by their code. A target that is not in the file stays: provinces have
    their own.
    """
    try:
        data: Data = json.loads(path.read_text(encoding="utf-8"))
        shared = {name: data[name] for name in SHARED}
        with transaction.atomic():
            return [
                _put(path, {**shared, **item, "position": position})
                for position, item in enumerate(data["targets"], start=1)
            ]
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise TargetFileError(path.name, f"not JSON in UTF-8: {error}") from error
    except KeyError as error:
        raise TargetFileError(path.name, f"the key {error} is missing") from error


def load_published(path: Path) -> int:
    """Load the published figures in the CSV file at `path`, all or none; return how many.

    They take the place of those that were there: a figure that is corrected is corrected here.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = [
                _published(path, number, row) for number, row in enumerate(csv.DictReader(file), 2)
            ]
    except UnicodeDecodeError as error:
        raise TargetFileError(path.name, f"not CSV in UTF-8: {error}") from error
    names = [field.name for field in PublishedFigure._meta.concrete_fields if field.name != "id"]
    stored = set(PublishedFigure.objects.values_list(*names))
    if stored == {tuple(getattr(row, name) for name in names) for row in rows}:
        return len(rows)
    try:
        with transaction.atomic():
            PublishedFigure.objects.all().delete()
            PublishedFigure.objects.bulk_create(rows, batch_size=500)
    except IntegrityError as error:  # the same twice, or of a unit and a region at once
        raise TargetFileError(path.name, str(error)) from error
    return len(rows)


def _published(path: Path, number: int, row: Data) -> PublishedFigure:
    try:
        figure = PublishedFigure(**row)
        figure.clean_fields()
    except (TypeError, ValidationError) as error:
        raise TargetFileError(path.name, f"line {number}", _sentence(error)) from error
    return figure


def _put(path: Path, item: Data) -> Target:
    code = item.pop("code")
    try:
        target = Target(code=code, pk=_standing(code), **item)
        metric(target.metric)
        target.full_clean(validate_unique=False)  # found by its code, it replaces what stood there
    except (TypeError, UnknownMetricError, ValidationError) as error:
        raise TargetFileError(path.name, code, _sentence(error)) from error
    standing = Target.objects.filter(pk=target.pk).values().first()
    target.save()
    if standing != Target.objects.values().get(pk=target.pk):
        record_changes(Kind.TARGET, [Changed(target.code)])
    return target


def _standing(code: str) -> int | None:
    return Target.objects.filter(code=code).values_list("pk", flat=True).first()


def _sentence(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{name}: {' '.join(said)}" for name, said in error.message_dict.items())
    return str(error)
