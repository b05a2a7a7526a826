"""The words a file of law may use, and what the portal calls them."""

from __future__ import annotations

from criteria.scoring.designations import ALIASES, DESIGNATIONS

LEVELS = ("village", "commune", "district", "province")
STANDARDS = ("ntm", "advanced", "model")
KINDS = ("yes_no", "percent", "amount", "count", "score")
COMPARATORS = (">=", "<=", "=", "yes")
DELEGATED_TO = ("province", "ministry")
DESIGNATION_WORDS = (*DESIGNATIONS, *ALIASES)

# "inferred": the pass mark follows from the text that was read; the cell itself was not seen.
CONFIDENCE = {"read": "read", "recall": "unconfirmed", "inferred": "unconfirmed"}
UNKNOWN = "unknown"
DOES_NOT_APPLY = "na"  # a cell where the law asks nothing, while null is one nobody could read
