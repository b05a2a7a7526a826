"""What needs the official lists is collected only where they are."""

from tests.communes.data import REFERENCE

collect_ignore = [] if REFERENCE.is_dir() else ["test_reference.py", "test_five_lists.py"]
