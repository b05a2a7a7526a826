"""Gaps shrink, follow the shares they are made for, and do not depend on who else is loaded."""

import pytest

from programme.demonstration.latent import CERTIFIED_BY_REGION, Commune, gaps, stream


def commune(number: int, *, province: str = "10", region: str = "TN") -> Commune:
    return Commune(number, f"{number:05}", f"Thử {number}", f"D{number // 12}", province, region)


def test_a_gap_only_shrinks() -> None:
    for number in range(200):
        found = gaps(1980, commune(number))
        assert list(found) == sorted(found, reverse=True)


@pytest.mark.parametrize("region", ["TDMNPB", "DBSH", "DBSCL"])
def test_about_as_many_are_certified_as_the_region_has(region: str) -> None:
    everybody = [
        gaps(1980, commune(number, province=f"X{number // 60}", region=region))
        for number in range(6000)
    ]
    for index, share in enumerate(CERTIFIED_BY_REGION[region]):
        found = sum(1 for lacking in everybody if lacking[index] <= 0) / len(everybody)
        assert found == pytest.approx(share, abs=0.03)


def test_a_province_said_to_be_complete_is_complete() -> None:
    assert all(gaps(1980, commune(number, province="36"))[0] <= 0 for number in range(300))


def test_a_stream_is_the_same_in_every_run_and_differs_by_its_words() -> None:
    assert stream(1980, "a").random() == stream(1980, "a").random()
    assert stream(1980, "a").random() != stream(1980, "b").random()
    assert stream(1, "a").random() != stream(2, "a").random()
