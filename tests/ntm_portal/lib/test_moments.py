from datetime import UTC, datetime

import pytest

from ntm_portal.lib.moments import FIRST, LAST, MomentField
from tests.api_client import reader_of
from tests.factories import NationFactory, ValueFactory


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020-12-31T10:00:00+07:00", datetime(2020, 12, 31, 3, tzinfo=UTC)),
        ("2020-12-31T10:00:00", datetime(2020, 12, 31, 3, tzinfo=UTC)),
        ("0284-03-17T11:56:28+23:07", datetime(284, 3, 16, 12, 49, 28, tzinfo=UTC)),
        ("0001-01-01T00:00:00+23:07", FIRST),
        ("9999-12-31T23:59:59-23:07", LAST),
        ("", None),
    ],
)
def test_a_moment_is_brought_to_utc(text: str, moment: datetime | None) -> None:
    assert MomentField(required=False).clean(text) == moment


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("since", "rows"),
    [
        ("0284-03-17T11:56:28+23:07", 1),  # PostgreSQL takes no offset of sixteen hours or more
        ("0001-01-01T00:00:00+23:07", 1),
        ("9999-12-31T23:59:59-23:07", 0),
    ],
)
def test_no_offset_is_too_far_for_the_database(since: str, rows: int) -> None:
    ValueFactory()
    reader = reader_of(NationFactory())
    assert len(reader.rows("values/", updated_since=since)) == rows
