"""The ledger of changes within a test, whose transaction never commits."""

from __future__ import annotations

from django.db import connection


def numbered() -> None:
    """Give the changes written so far their numbers, as a commit would."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
