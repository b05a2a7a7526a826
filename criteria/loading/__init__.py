"""Files of law: read and checked as a whole, written into the tables, written back to the byte."""

from criteria.loading.changes import Change, Loaded
from criteria.loading.faults import Fault, SetFileError
from criteria.loading.files import export_set, load_set

__all__ = ["Change", "Fault", "Loaded", "SetFileError", "export_set", "load_set"]
