"""What people do with the register of cooperatives."""

from cooperatives.services.duplicates import join_duplicate
from cooperatives.services.lifecycle import Ending, dissolve, merge_into, resume, suspend
from cooperatives.services.register import CooperativeEntry, change, register
from cooperatives.services.returns import (
    ReturnEntry,
    give_back_return,
    save_return,
    submit_return,
    verify_return,
)

__all__ = [
    "CooperativeEntry",
    "Ending",
    "ReturnEntry",
    "change",
    "dissolve",
    "give_back_return",
    "join_duplicate",
    "merge_into",
    "register",
    "resume",
    "save_return",
    "submit_return",
    "suspend",
    "verify_return",
]
