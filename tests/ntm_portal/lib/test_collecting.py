"""The collector is held back for a while, and only for a while."""

import gc

import pytest

from ntm_portal.lib.collecting import no_collection


def test_the_collector_is_held_back_until_the_work_is_done_or_has_failed() -> None:
    with no_collection():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), no_collection():
        1 / 0  # noqa: B018  (that it fails is the point)
    assert gc.isenabled()
