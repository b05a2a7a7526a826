"""The comparison with the reference list is collected only where that list is."""

from tests.communes.data import REFERENCE

collect_ignore = [] if REFERENCE.is_dir() else ["test_reference.py"]
