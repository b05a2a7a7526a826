"""Tables of the criteria, of the rounds and assessments, and of recognitions."""

from criteria.models.assessments import (
    Assessment,
    AssessmentEvent,
    CriterionVerdict,
    IndicatorValue,
    Outcome,
    ValueChange,
)
from criteria.models.evidence import Evidence, ValueNote
from criteria.models.late import LateEntry
from criteria.models.merging import FormerSize
from criteria.models.provincial import (
    CommuneGroup,
    ProvincialDecision,
    ProvincialEvent,
    ThresholdConfirmation,
)
from criteria.models.recognitions import (
    Recognition,
    RecognitionDocument,
    RecognitionEvent,
)
from criteria.models.rounds import KeptLaw, ReportingRound, RoundEvent
from criteria.models.rules import RuleConfirmation
from criteria.models.sets import (
    CriteriaGroup,
    CriteriaSet,
    Criterion,
    Indicator,
    Measure,
    Threshold,
)
from criteria.models.uploads import ColumnMapping, ValueUpload

__all__ = [
    "Assessment",
    "AssessmentEvent",
    "ColumnMapping",
    "CommuneGroup",
    "CriteriaGroup",
    "CriteriaSet",
    "Criterion",
    "CriterionVerdict",
    "Evidence",
    "FormerSize",
    "Indicator",
    "IndicatorValue",
    "KeptLaw",
    "LateEntry",
    "Measure",
    "Outcome",
    "ProvincialDecision",
    "ProvincialEvent",
    "Recognition",
    "RecognitionDocument",
    "RecognitionEvent",
    "ReportingRound",
    "RoundEvent",
    "RuleConfirmation",
    "Threshold",
    "ThresholdConfirmation",
    "ValueChange",
    "ValueNote",
    "ValueUpload",
]
