"""What the portal works out by itself: verdicts and outcomes of stored values, in bulk."""

from criteria.assessment.judge import Judge
from criteria.assessment.kept_law import keep_law, law_of, loaded_law_of, sets_amended_since
from criteria.assessment.outcomes import outcome_of, write_outcomes
from criteria.assessment.places import places_of
from criteria.assessment.rejudging import rejudge
from criteria.assessment.specs import load_spec, load_versions

__all__ = [
    "Judge",
    "keep_law",
    "law_of",
    "load_spec",
    "load_versions",
    "loaded_law_of",
    "outcome_of",
    "places_of",
    "rejudge",
    "sets_amended_since",
    "write_outcomes",
]
