"""A set that was written down reads back the same, whatever it is made of."""

import json
from decimal import Decimal

import pytest

from criteria.loading.at_hand import shipped_spec
from criteria.loading.shipped import shipped_files
from criteria.scoring.keeping import read, written
from criteria.scoring.thresholds import Rule
from tests.criteria.scoring.build import alone, measure

CODES = [path.stem for path in shipped_files()]


@pytest.mark.parametrize("code", CODES)
def test_every_shipped_set_reads_back_the_same(code: str) -> None:
    spec = shipped_spec(code)
    assert read(json.loads(json.dumps(written(spec)))) == spec


def test_what_only_provinces_and_the_demonstration_enter_reads_back_too() -> None:
    spec = alone(
        measure(
            1,
            Rule(
                1,
                Decimal("62.5"),
                province_code="62",
                commune_group="III",
                from_year=2019,
                to_year=2020,
            ),
            Rule(2, None, designation="poor", is_exempt=True),
            Rule(3, None, confidence="unknown", is_demonstration=True),
        )
    )
    assert read(json.loads(json.dumps(written(spec)))) == spec
