"""Vietnamese text made comparable: without tone marks, in small letters."""

import unicodedata


def fold(text: str) -> str:
    """Return `text` in small letters without tone marks: "Đắk Lắk" gives "dak lak"."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
