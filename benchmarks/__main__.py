"""`make bench`: loads the demonstration into a database of its own and prints the ratios."""

from __future__ import annotations

import logging
import os
from tempfile import TemporaryDirectory

import django

from benchmarks.measuring import HEADING, measure


def main() -> None:
    """Measure one work after the other, printing each as soon as it is known."""
    with TemporaryDirectory() as folder:
        os.environ["VAR_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ntm_portal.settings")
        django.setup()
        logging.disable(logging.INFO)
        from benchmarks.ground import ground  # noqa: PLC0415  (needs Django's settings)
        from benchmarks.interface import memory_of_a_stream  # noqa: PLC0415  (likewise)
        from benchmarks.works import works  # noqa: PLC0415  (needs Django's settings)

        with ground():
            print(f"memory while all values are streamed: {memory_of_a_stream():+.1f} MB")
            print(f"\n{HEADING}")
            for work in works():
                print(measure(work), flush=True)


if __name__ == "__main__":
    main()
