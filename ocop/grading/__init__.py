"""Grading of products, pure: rules, score sheets and marks in, stars and their reasons out."""

from ocop.grading.results import Cap, Grade, Line, Marks, Rounding, grade, stars
from ocop.grading.schemes import (
    Award,
    Band,
    Condition,
    PartRule,
    Scheme,
    competent_levels,
    is_proposed,
    last_valid_day,
    may_award,
    scheme_for,
    scheme_on,
)
from ocop.grading.sheets import Item, Option, Part, Section, Sheet

__all__ = [
    "Award",
    "Band",
    "Cap",
    "Condition",
    "Grade",
    "Item",
    "Line",
    "Marks",
    "Option",
    "Part",
    "PartRule",
    "Rounding",
    "Scheme",
    "Section",
    "Sheet",
    "competent_levels",
    "grade",
    "is_proposed",
    "last_valid_day",
    "may_award",
    "scheme_for",
    "scheme_on",
    "stars",
]
