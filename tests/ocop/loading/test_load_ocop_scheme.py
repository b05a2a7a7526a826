"""Schemes and score sheets from a file: what is sound judges, what is not is named."""

from __future__ import annotations

import json
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from ocop.grading import grade
from ocop.grading.results import Marks
from ocop.models import LoadedScheme, ScoreSheet
from ocop.rulebooks import known_schemes, schemes
from ocop.sheets import sheet_of

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
REFERENCE = Path(settings.BASE_DIR).parent / "shared" / "domain" / "ocop"
JSON = dict[str, Any]


def an_item(code: str, points: int) -> JSON:
    options = [{"points": 0, "text_vi": "không"}, {"points": points, "text_vi": "có"}]
    return {"code": code, "name_vi": f"Mục {code}", "max": points, "options": options}


def a_part(code: str, most: int) -> JSON:
    section = {"code": f"{code}1", "name_vi": "Mục", "max": most, "items": [an_item(code, most)]}
    return {"code": code, "name_vi": f"Phần {code}", "max": most, "sections": [section]}


def a_sheet(**changed: Any) -> JSON:
    return {
        "scheme": "ocop-2026",
        "set_no": 1,
        "name_vi": "Rau thử",
        "product_group_vi": "Thực phẩm",
        "parts": [a_part("A", 40), a_part("B", 25), a_part("C", 35)],
    } | changed


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., str]:
    def run(content: object, *options: str, name: str = "sheets.json") -> str:
        path = tmp_path / name
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
        out = StringIO()
        call_command("load_ocop_scheme", str(path), *options, stdout=out)
        return out.getvalue()

    return run


def test_a_sound_sheet_is_loaded_once(load: Callable[..., str]) -> None:
    assert "1 of 1" in load([a_sheet()]) or "1 trên 1" in load([a_sheet()])
    load([a_sheet()])
    row = ScoreSheet.objects.get()
    assert (row.is_sound, row.version, row.group) == (True, 1, "food")


def test_a_trial_writes_nothing(load: Callable[..., str]) -> None:
    load([a_sheet()], "--dry-run")
    assert not ScoreSheet.objects.exists()


def test_another_text_is_another_version_and_the_old_one_is_kept(load: Callable[..., str]) -> None:
    load([a_sheet()])
    load([a_sheet(disqualified_when_vi="giả mạo hồ sơ")])
    rows = ScoreSheet.objects.order_by("version")
    assert [(row.version, row.is_current) for row in rows] == [(1, False), (2, True)]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"parts": []}, "empty"),
        ({"parts": [a_part("A", 40), a_part("B", 25)]}, "no-part"),
        ({"parts": [a_part("A", 40), a_part("B", 25), a_part("C", 33)]}, "part-sum"),
        (
            {"parts": [a_part("A", 40), a_part("B", 25), a_part("C", 35), a_part("D", 1)]},
            "unknown-part",
        ),
        ({"scheme": "ocop-1999"}, "unknown-scheme"),
    ],
)
def test_an_unsound_sheet_is_named_and_judges_nothing(
    load: Callable[..., str], changed: JSON, code: str
) -> None:
    load([a_sheet(**changed)])
    row = ScoreSheet.objects.get()
    assert not row.is_sound
    assert code in {fault["code"] for fault in row.faults}
    assert not ScoreSheet.objects.usable("ocop-2026").exists()


@pytest.mark.parametrize(
    ("content", "name"), [("{", "a.json"), ("[]", "a.json"), ('{"a": 1}', "a.json")]
)
def test_what_is_no_list_is_refused_with_a_sentence(
    load: Callable[..., str], content: str, name: str
) -> None:
    with pytest.raises(CommandError):
        load(content, name=name)


def test_a_garbled_item_does_not_stop_the_others(load: Callable[..., str]) -> None:
    load([a_sheet(), a_sheet(name_vi="Khác", product_group_vi=None), 7])
    assert ScoreSheet.objects.count() == 1


def test_an_evaluation_by_an_older_sheet_keeps_its_meaning(load: Callable[..., str]) -> None:
    load([a_sheet()])
    before = ScoreSheet.objects.get()
    marks = [Marks("", {"A": Decimal(40), "B": Decimal(25), "C": Decimal(0)})]
    scheme = next(item for item in known_schemes() if item.code == "ocop-2026")
    first = grade(scheme, marks, sheet=sheet_of(before))
    load([a_sheet(parts=[a_part("A", 40), a_part("B", 25), a_part("C", 34)])])
    before.refresh_from_db()
    assert grade(scheme, marks, sheet=sheet_of(before)) == first


@pytest.mark.parametrize(
    ("name", "sound", "total"),
    [
        ("ocop-2019-sets.json", 22, 26),
        ("ocop-2023-sets.json", 0, 1),
        ("ocop-2026-sets.json", 26, 26),
    ],
)
def test_the_sheets_at_hand_are_as_sound_as_they_are_known_to_be(
    name: str, sound: int, total: int
) -> None:
    path = REFERENCE / name
    if path.exists():  # they are not part of this repository
        call_command("load_ocop_scheme", str(path), stdout=StringIO())
        assert ScoreSheet.objects.filter(is_sound=True).count() == sound
        assert ScoreSheet.objects.count() == total


def test_the_schemes_at_hand_say_what_the_shipped_ones_say() -> None:
    path = REFERENCE / "ocop-criteria.json"
    if not path.exists():  # it is not part of this repository
        return
    call_command("load_ocop_scheme", str(path), stdout=StringIO())
    assert LoadedScheme.objects.count() == 3
    for ours, loaded in zip(schemes(), known_schemes(), strict=True):
        assert (ours.code, ours.valid_from, ours.valid_to) == (
            loaded.code,
            loaded.valid_from,
            loaded.valid_to,
        )
        assert ours.bands == loaded.bands
        assert {p.code: p.most for p in ours.parts} == {p.code: p.most for p in loaded.parts}
        for day in (ours.valid_from, ours.valid_to or ours.valid_from):
            for stars in range(1, 6):
                assert [
                    a.level
                    for a in ours.awards
                    if stars in a.stars and a.valid_from <= day <= (a.valid_to or day)
                ] == [
                    a.level
                    for a in loaded.awards
                    if stars in a.stars and a.valid_from <= day <= (a.valid_to or day)
                ]
