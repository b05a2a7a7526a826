from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ntm_portal.lib.numbers import NumberNotUnderstood, format_decimal, parse_decimal

STORABLE = st.decimals(
    min_value=Decimal("-99999999999999.9999"),
    max_value=Decimal("99999999999999.9999"),
    places=4,
)
LANGUAGES = st.sampled_from(["vi", "en"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("39,5", "39.5"),
        ("1.234,5", "1234.5"),
        ("1.234", "1234"),
        ("1.234.567,25", "1234567.25"),
        ("1234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234\u00a0567", "1234567"),
        ("1\u202f234", "1234"),
        ("1\u2009234", "1234"),
        ("  6,8 ", "6.8"),
        ("62,4%", "62.4"),
        ("62,4 %", "62.4"),
        ("62,4\u00a0%", "62.4"),
        ("-5", "-5"),
        ("\u22125,5", "-5.5"),
        ("+3", "3"),
        ("-0", "0"),
        ("007", "7"),
        ("1,50000", "1.5"),
        ("１２３，５", "123.5"),
        ("99.999.999.999.999,9999", "99999999999999.9999"),
    ],
)
def test_a_number_as_vietnamese_write_it_is_read(text: str, value: str) -> None:
    number = parse_decimal(text, language="vi")
    assert isinstance(number, Decimal)
    assert number == Decimal(value)
    assert str(number) != "-0"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("39.5", "39.5"),
        ("1,234.5", "1234.5"),
        ("1,234", "1234"),
        ("1 234.5", "1234.5"),
        ("-5", "-5"),
        ("62.4%", "62.4"),
        ("0.123", "0.123"),
    ],
)
def test_a_number_as_english_writes_it_is_read(text: str, value: str) -> None:
    assert parse_decimal(text, language="en") == Decimal(value)


@pytest.mark.parametrize(
    ("language", "text", "hint"),
    [
        ("vi", "1,234.5", "1.234,5"),
        ("vi", "39.5", "39,5"),
        ("vi", "-39.5", "-39,5"),
        ("vi", "0.123", "0,123"),
        ("vi", "1234.5", "1.234,5"),
        ("vi", "1,234,567", "1.234.567"),
        ("en", "1.234,5", "1,234.5"),
        ("en", "39,5", "39.5"),
        ("en", "0,123", "0.123"),
        ("en", "1.234.567", "1,234,567"),
    ],
)
def test_the_other_way_of_writing_is_refused_and_the_right_one_shown(
    language: str, text: str, hint: str
) -> None:
    with translation.override(language), pytest.raises(NumberNotUnderstood) as refusal:
        parse_decimal(text)
    sentence = str(refusal.value)
    assert f"“{text}”" in sentence
    assert sentence.endswith(f" {hint}.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "%",
        "-",
        "abc",
        "12a",
        "10^30",
        "1e30",
        "1E5",
        "10²",
        "½",
        "--5",
        "5-",
        "5%%",
        "1..234",
        "1.2.3",
        "1,2,3",
        "1.234 567",
        "12 34",
        ",5",
        "5,",
        "5;3",
        "٣",
        "nan",
        "Infinity",
        "<b>1</b>",
        "1\n2",
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_no_number_in_any_writing_is_refused(text: str, language: str) -> None:
    with pytest.raises(NumberNotUnderstood) as refusal:
        parse_decimal(text, language=language)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("text", ["100000000000000", "-100.000.000.000.000", "9" * 400])
def test_a_number_too_large_to_keep_is_refused(text: str) -> None:
    with pytest.raises(NumberNotUnderstood):
        parse_decimal(text, language="vi")


def test_a_digit_that_could_not_be_kept_is_refused_and_never_rounded() -> None:
    assert parse_decimal("0,1234", language="vi") == Decimal("0.1234")
    with pytest.raises(NumberNotUnderstood, match="4"):
        parse_decimal("0,12345", language="vi")


def test_a_very_long_text_is_echoed_in_part() -> None:
    with pytest.raises(NumberNotUnderstood) as refusal:
        parse_decimal("x" * 5000)
    assert len(str(refusal.value)) < 200


def test_the_reader_decides_unless_a_language_is_given() -> None:
    with translation.override("en"):
        assert parse_decimal("1.5") == Decimal("1.5")
        assert format_decimal(Decimal("1234.5")) == "1,234.5"
    with translation.override("vi"):
        assert parse_decimal("1,5") == Decimal("1.5")
        assert format_decimal(Decimal("1234.5")) == "1.234,5"


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("39.5000"), None, "39,5"),
        (Decimal("100.0000"), None, "100"),
        (Decimal("1E+3"), None, "1.000"),
        (7692, None, "7.692"),
        (Decimal("62.35"), 1, "62,4"),
        (Decimal("-62.35"), 1, "-62,4"),
        (Decimal("62"), 1, "62,0"),
        (Decimal("-0.04"), 1, "0,0"),
        (Decimal("0.5"), 0, "1"),
    ],
)
def test_a_number_is_written_without_idle_zeros_or_with_the_places_asked(
    value: Decimal | int, places: int | None, text: str
) -> None:
    assert format_decimal(value, places, language="vi") == text


@given(number=STORABLE, language=LANGUAGES)
def test_what_was_written_is_read_back_the_same(number: Decimal, language: str) -> None:
    assert parse_decimal(format_decimal(number, language=language), language=language) == number


@given(number=STORABLE, language=LANGUAGES)
def test_a_number_with_a_fraction_is_never_misread_in_the_other_language(
    number: Decimal, language: str
) -> None:
    """39.5 may be refused, never taken for 395; a whole 1.234 is the one ambiguous writing."""
    other = "vi" if language == "en" else "en"
    text = format_decimal(number, 2, language=language)
    try:
        read = parse_decimal(text, language=other)
    except NumberNotUnderstood:
        return
    assert read == round(number, 2)


@given(text=st.text(max_size=60), language=LANGUAGES)
def test_no_text_whatever_does_worse_than_being_refused(text: str, language: str) -> None:
    try:
        number = parse_decimal(text, language=language)
    except NumberNotUnderstood:
        return
    assert number.is_finite()
