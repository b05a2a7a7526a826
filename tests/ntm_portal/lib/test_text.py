"""Vietnamese text made comparable."""

from ntm_portal.lib.text import alphabetical, fold


def test_tone_marks_are_put_away() -> None:
    assert fold("Đắk Lắk") == "dak lak"


def test_names_come_in_the_order_of_the_vietnamese_alphabet() -> None:
    ordered = [
        "An Giang",
        "Bà Rịa - Vũng Tàu",
        "Bạc Liêu",
        "Bắc Giang",
        "Bến Tre",
        "Cà Mau",
        "Cao Bằng",
        "Cần Thơ",
        "Đà Nẵng",
        "Đắk Lắk",
        "Điện Biên",
        "Đồng Nai",
        "Hòa Bình",
        "Hồ Chí Minh",
        "Ia Chim",
        "Thái Bình",
        "Thanh Hóa",
        "Yên Bái",
    ]
    backwards = ordered[::-1]
    assert sorted(backwards, key=alphabetical) == ordered


def test_of_the_same_letters_the_tone_decides() -> None:
    ordered = ["ma", "mà", "mả", "mã", "má", "mạ"]
    backwards = ordered[::-1]
    assert sorted(backwards, key=alphabetical) == ordered
