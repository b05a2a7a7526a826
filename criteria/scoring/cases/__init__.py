"""Cases of strangers, judged without being stored: a table in, a table out."""

from criteria.scoring.cases.faults import CaseFault, CaseFileError
from criteria.scoring.cases.judging import ANSWER_COLUMNS, Law, judge_cases
from criteria.scoring.cases.table import COLUMNS

__all__ = ["ANSWER_COLUMNS", "COLUMNS", "CaseFault", "CaseFileError", "Law", "judge_cases"]
