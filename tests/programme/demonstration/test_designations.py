"""The poor communes of the demonstration: more where more is lacking, marked, and over in 2020."""

from __future__ import annotations

from datetime import date

from programme.demonstration.designations import poor_communes
from programme.demonstration.latent import Commune, gaps

SEED = 1980


def communes(region: str) -> list[Commune]:
    return [
        Commune(number, f"{number:05}", f"Thử {number}", f"{number // 10}", "00", region)
        for number in range(2000)
    ]


def test_there_are_more_in_the_highlands_than_in_the_delta() -> None:
    highlands, delta = (len(poor_communes(SEED, communes(region))) for region in ("TN", "DBSH"))
    assert 200 < highlands < 600
    assert delta < highlands / 4


def test_they_are_marked_over_in_2020_and_none_is_certified() -> None:
    known = {commune.pk: commune for commune in communes("TN")}
    for row in poor_communes(SEED, known.values()):
        assert "demonstration" in row.legal_ref
        assert row.valid_to == date(2020, 12, 31)
        assert gaps(SEED, known[row.unit_id])[0] > 0
