"""An evaluation as it is stored, turned into what grading understands, and its grade."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings

from ocop.grading import Marks, Rounding, grade
from ocop.rulebooks import scheme_coded
from ocop.sheets import sheet_of

if TYPE_CHECKING:
    from ocop.grading import Grade
    from ocop.models import Evaluation


def grade_of(evaluation: Evaluation) -> Grade | None:
    """Return the grade as the sheets stand; nothing while there is no sheet or no scheme."""
    scheme = scheme_coded(evaluation.scheme_code)
    marks = [
        Marks(row.assessor, {code: Decimal(points) for code, points in row.points.items()})
        for row in evaluation.sheets.all()
    ]
    if scheme is None or not marks:
        return None
    return grade(
        scheme,
        marks,
        sheet=sheet_of(evaluation.sheet) if evaluation.sheet else None,
        group=evaluation.product.group,
        answers=evaluation.answers,
        rounding=Rounding(evaluation.rounding or settings.OCOP_ROUNDING),
        is_disqualified=bool(evaluation.disqualified_reason),
    )
