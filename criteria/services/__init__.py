"""What people do with rounds, values and assessments; each records who did it."""

from criteria.services.bulk import BulkRefused, BulkSaved, save_many, save_what_holds
from criteria.services.review import IncompleteAssessment, return_to_officer, submit, verify
from criteria.services.rounds import close_round, open_round, publish_round, reopen_round
from criteria.services.values import (
    Entry,
    Saved,
    ValueConflict,
    confirm_carried,
    save_value,
    save_values,
)

__all__ = [
    "BulkRefused",
    "BulkSaved",
    "Entry",
    "IncompleteAssessment",
    "Saved",
    "ValueConflict",
    "close_round",
    "confirm_carried",
    "open_round",
    "publish_round",
    "reopen_round",
    "return_to_officer",
    "save_many",
    "save_value",
    "save_values",
    "save_what_holds",
    "submit",
    "verify",
]
