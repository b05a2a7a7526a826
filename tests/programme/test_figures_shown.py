"""Every figure on a page equals what the verification works out from the raw values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.test import Client

from communes.models import AdministrativeUnit
from criteria.models import Criterion, ReportingRound
from ntm_portal.accounts.models import User
from programme.metrics import METRICS
from programme.models import Target
from programme.rollup import rebuild
from programme.verification import rounds as verification
from programme.verification.day import Unit
from programme.verification.findings import Findings
from programme.verification.summing import COUNTERS, Sums
from tests.factories import (
    DistrictFactory,
    NationFactory,
    ProvinceFactory,
    RecognitionFactory,
    RoundFactory,
    UnitFactory,
    UserFactory,
)
from tests.programme.rows import MET, NOT_MET, assess, cooperative, producer, product, set_of

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r"[−+-]?\d[\d,]*(?:\.\d+)?")
VOID = {"meta", "link", "input", "br", "img", "hr", "path", "rect", "line", "circle", "polyline"}
WAS, NOW = "2020-Q2", "2020-Q4"
COMMUNES = 6


@dataclass(frozen=True)
class Shown:
    """A marked text of a page: of which unit and round, which figures, and what it says."""

    unit: str
    round: str
    figures: str
    text: str


@dataclass
class Marks(HTMLParser):
    """Collects what is marked as a figure, and the figures of tables that are not."""

    round: str = NOW
    found: list[Shown] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))
            self.texts.append([])

    def handle_data(self, data: str) -> None:
        for text in self.texts:
            text.append(data)

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            closed, attributes = self.open.pop()
            text = " ".join("".join(self.texts.pop()).split())
            self._note(closed, attributes, text)
            if closed == tag:
                return

    def _note(self, tag: str, attributes: dict[str, str | None], text: str) -> None:
        unit = attributes.get("data-unit") or self._around("data-unit")
        figures = attributes.get("data-figure")
        if figures and unit:
            self.found.append(Shown(unit, self._around("data-round") or self.round, figures, text))
        elif tag == "td" and "num" in str(attributes.get("class")).split() and unit and not figures:
            self.unmarked.append(text)

    def _around(self, name: str) -> str:
        return next((held[name] or "" for _tag, held in reversed(self.open) if name in held), "")


@dataclass
class Worked:
    """What the verification worked out: counters and tallies by round, unit and basis."""

    counters: dict[tuple[str, str, str], dict[str, int]] = field(default_factory=dict)
    tallies: dict[tuple[str, str, str, str], dict[str, int]] = field(default_factory=dict)

    def value(self, round_: str, unit: str, figure: str) -> Decimal | None:
        """Return a figure by the words it is marked with."""
        basis = "verified" if figure.startswith("verified:") else "reported"
        name, _, how = figure.removeprefix("verified:").partition(":")
        if name == "tally":
            return self._tally(round_, unit, basis, *how.split(":"))
        now = self._counted(round_, unit, basis, name)
        if how not in {"change", "since"}:
            return now
        before = self._counted(WAS, unit, basis, name)
        if round_ == WAS and how == "change":
            return None  # there is no round before
        return None if now is None or before is None else now - before

    def _counted(self, round_: str, unit: str, basis: str, name: str) -> Decimal | None:
        counters = self.counters[round_, unit, basis]
        return METRICS[name].value(counters) if name in METRICS else Decimal(counters[name])

    def _tally(self, round_: str, unit: str, basis: str, code: str, what: str) -> Decimal | None:
        counted = self.tallies.get((round_, unit, basis, code), {})
        if what != "share":
            return Decimal(counted.get(what, 0))
        judged = sum(counted.values()) - counted.get("not_applicable", 0)
        return Decimal(100 * counted.get("met", 0)) / judged if judged else None


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch, communes: list[AdministrativeUnit]) -> Worked:
    """Work everything out from the raw values, keep it, and find no difference."""
    worked = Worked()
    criteria = dict(Criterion.objects.values_list("pk", "code"))
    compare = Sums.compare

    def kept(self: Sums, units: Sequence[Unit], findings: Findings) -> None:
        codes = {unit.path: unit.path.strip("/").split("/")[-1] for unit in units}
        for path, code in codes.items():
            for basis in ("reported", "verified"):
                counted = self.counters[path, basis]
                worked.counters[self.round.code, code, basis] = {
                    name: counted[name] for name in COUNTERS
                }
        for (path, basis, criterion), counted in self.tallies.items():
            if path in codes:
                key = (self.round.code, codes[path], basis, criteria[criterion])
                worked.tallies[key] = dict(counted)
        compare(self, units, findings)

    monkeypatch.setattr(Sums, "compare", kept)
    findings = verification.verify(ReportingRound.objects.all(), done=lambda _number: None)
    assert findings.differing == 0, findings.shown
    return worked


@pytest.fixture
def communes() -> list[AdministrativeUnit]:
    """Six communes in three districts of two provinces, in two rounds, each a little different."""
    set_of(3)
    day = date(2020, 6, 30)
    was = RoundFactory(code=WAS, reference_date=day, opens_on=day, status="published")
    now = RoundFactory(code=NOW)
    other = DistrictFactory(code="436", parent=ProvinceFactory(code="42"))
    districts = [DistrictFactory(), DistrictFactory(code="609"), other]
    made: list[AdministrativeUnit] = [
        UnitFactory(parent=districts[at % 3]) for at in range(COMMUNES)
    ]
    for at, commune in enumerate(made):
        assess(commune, was, MET, NOT_MET, MET if at % 2 else None)
        numbers = (MET, [MET, NOT_MET, None][at % 3], MET)
        assess(commune, now, *numbers, verified=[MET, NOT_MET, None] if at % 2 else None)
        product(commune, 3 + at % 3)
        producer(commune, "cooperative")
        cooperative(commune, {2019: at % 2 == 0})
        if at % 2:
            RecognitionFactory(unit=commune, decision_date=date(2020, 1 + at, 1))
    RecognitionFactory(unit=districts[0], decision_date=date(2020, 9, 1))
    _targets()
    for round_ in (was, now):
        rebuild(round_)
    return made


def _targets() -> None:
    asked = {"due_on": date(2021, 12, 31), "legal_ref": "QĐ", "comparator": ">=", "value": 60}
    Target.objects.create(
        code="share", name="A", metric="communes_certified_share", position=1, **asked
    )
    Target.objects.create(
        code="low",
        name="B",
        metric="communes_below_10",
        position=2,
        **(asked | {"comparator": "<"}),
    )
    Target.objects.create(
        code="more",
        name="C",
        metric="district_units_recognised",
        baseline_date=date(2020, 6, 30),
        position=3,
        **asked,
    )


@pytest.fixture
def committee(client_of: Callable[[User], Client]) -> Client:
    client = client_of(UserFactory(roles={"committee": NationFactory()}))
    client.cookies["language"] = "en"
    return client


@pytest.mark.parametrize(
    ("address", "least"),
    [
        ("/places/VN/", 50),
        ("/places/62/", 60),
        ("/places/608/", 40),
        ("/places/{commune}/", 9),
        ("/places/VN/?metric=communes_meeting_all_share&basis=verified", 50),
        ("/places/VN/criteria/", 9),
        ("/places/62/criteria/", 9),
        ("/places/VN/criteria/{first}/", 20),
        ("/places/VN/act/", 2),
        ("/places/VN/targets/share/", 1),
        ("/places/VN/targets/low/", 1),
        ("/places/VN/targets/more/", 1),
        (f"/places/VN/?round={WAS}", 40),
        (f"/places/62/?round={WAS}", 40),
        (f"/places/VN/criteria/?round={WAS}", 9),
        ("/published/VN/", 20),
        ("/published/62/", 20),
    ],
)
def test_every_figure_shown_is_the_one_worked_out(
    committee: Client, worked: Worked, communes: list[AdministrativeUnit], address: str, least: int
) -> None:
    first = Criterion.objects.order_by("position")[0].code
    page = committee.get(address.format(commune=communes[0].code, first=first))
    marks = Marks(WAS if WAS in address or "published" in address else NOW)
    marks.feed(page.content.decode())
    assert marks.unmarked == []
    compared = [pair for shown in marks.found for pair in _pairs(shown, worked)]
    assert [(shown, value) for shown, value, is_equal in compared if not is_equal] == []
    assert len(compared) >= least


def _pairs(shown: Shown, worked: Worked) -> Iterator[tuple[Shown, Decimal | None, bool]]:
    """Yield each figure with the value worked out, and whether the page says the same."""
    figures, said = shown.figures.split(), NUMBER.findall(shown.text)
    values = [
        None if figure == "*" else worked.value(shown.round, shown.unit, figure)
        for figure in figures
    ]
    if not said:
        yield shown, values[0], values == [None] and shown.text.rstrip("%") in {"–", ""}
        return
    for figure, number, value in zip(figures, said, values, strict=True):
        if figure != "*":
            yield shown, value, value is not None and _is_shown_as(number, value)


def _is_shown_as(number: str, value: Decimal) -> bool:
    """Tell whether a number written for an English reader is the value, rounded as it is shown."""
    written = Decimal(number.replace(",", "").replace("−", "-"))
    exponent = written.as_tuple().exponent
    assert isinstance(exponent, int)
    return abs(written - value) <= Decimal(1).scaleb(exponent) / 2
