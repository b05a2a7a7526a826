"""What the portal works out by itself: verdicts and outcomes of stored values, in bulk."""

from criteria.assessment.judge import Judge
from criteria.assessment.outcomes import outcome_of, write_outcomes
from criteria.assessment.places import places_of
from criteria.assessment.rejudging import rejudge
from criteria.assessment.specs import load_spec, load_versions

__all__ = [
    "Judge",
    "load_spec",
    "load_versions",
    "outcome_of",
    "places_of",
    "rejudge",
    "write_outcomes",
]
