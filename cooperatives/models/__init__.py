"""Cooperatives, what they report each year, and every step of both."""

from cooperatives.models.cooperatives import Cooperative, CooperativeStep
from cooperatives.models.returns import YearlyReturn

__all__ = ["Cooperative", "CooperativeStep", "YearlyReturn"]
