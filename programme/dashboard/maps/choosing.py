"""What the reader wants on the map: which figure, on which basis, as shapes or as tiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.models.assessments import Basis
from programme.dashboard import standing
from programme.metrics import METRICS, Kind, Metric, metric

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from programme.dashboard.figures import Figures

LEADING = standing.LEADING


class Form(models.TextChoices):
    """How provinces are drawn."""

    SHAPES = "shapes", _("real shapes")
    TILES = "tiles", _("equal tiles")


class UnknownChoiceError(LookupError):
    """Say that a parameter of an address asks for something there is not, and what there is."""

    def __init__(self, parameter: str, asked: str, known: Mapping[str, object]) -> None:
        super().__init__(asked)
        self.parameter = parameter
        self.asked = asked
        self.known = known


@dataclass(frozen=True, slots=True)
class Choice:
    """What is drawn; `parameters` are those of the address that differ from what nobody asks."""

    metric: Metric
    basis: str = Basis.REPORTED
    form: str = Form.SHAPES

    @property
    def is_percent(self) -> bool:
        """Tell whether the figure is a percentage."""
        return self.metric.kind is Kind.PERCENT

    @property
    def places(self) -> int:
        """Return the digits after the decimal mark."""
        return 0 if self.metric.kind is Kind.COUNT else 1

    def value(self, figures: Figures | None) -> Decimal | None:
        """Return the value of one unit."""
        if figures is None:
            return None
        is_verified = self.basis == Basis.VERIFIED and self.metric.is_judged
        return standing.value_of(self.metric, figures.verified if is_verified else figures.reported)


def choose(asked: Mapping[str, str]) -> Choice:
    """Return what an address asks for, or raise UnknownChoiceError."""
    code = asked.get("metric") or LEADING
    if code not in METRICS:
        raise UnknownChoiceError(
            "metric", code, {item.code: item.label for item in METRICS.values()}
        )
    return Choice(
        metric(code),
        _one_of("basis", Basis, asked.get("basis") or Basis.REPORTED),
        _one_of("draw", Form, asked.get("draw") or Form.SHAPES),
    )


def _one_of(parameter: str, choices: type[models.TextChoices], asked: str) -> str:
    if asked not in choices.values:
        raise UnknownChoiceError(parameter, asked, dict(choices.choices))
    return asked
