"""Reads targets from a file into rows; reading it again changes nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from communes.changes import Changed, Kind, record_changes
from programme.metrics import UnknownMetricError, metric
from programme.models import Target

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
