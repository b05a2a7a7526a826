"""Vietnamese text made comparable: without tone marks to find it, by the alphabet to order it."""

import unicodedata

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; a letter without one first


def fold(text: str) -> str:
    """Return `text` in small letters without tone marks: "Đắk Lắk" gives "dak lak"."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def alphabetical(text: str) -> tuple[list[int], list[int], str]:
    """Return what orders `text` as a Vietnamese dictionary does: by letters, then by tones.

    Ă comes after all of A, Đ after all of D: Cao Bằng before Cần Thơ, Bạc Liêu before Bắc Giang.
    """
    letters, tones = [], []
    for letter in text.lower():
        marks = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in marks if mark in TONES), "")
        plain = unicodedata.normalize("NFC", marks.replace(tone, "")) if tone else letter
        letters.append(ALPHABET.find(plain))
        tones.append(TONES.find(tone) + 1 if tone else 0)
    return letters, tones, text
