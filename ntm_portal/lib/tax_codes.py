"""Tax codes (mã số thuế): their form and their check digit, without asking anybody."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from ntm_portal.lib.errors import DomainError

# Ten digits, the last of which checks the others; a branch adds a dash and three digits.
# Households and persons may use the twelve digits of their personal number instead.
_COMPANY = re.compile(r"(\d{10})(?:-(\d{3}))?")
_PERSON = re.compile(r"\d{12}")
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_REGISTRATION = re.compile(r"[0-9A-Za-zÀ-ỹĐđ][0-9A-Za-zÀ-ỹĐđ/.\- ]{2,39}")


def clean_tax_code(text: str) -> str:
    """Return the code as it is kept; raise DomainError when it cannot be one. Empty stays empty."""
    code = re.sub(r"\s+", "", text)
    if not code or _PERSON.fullmatch(code):
        return code
    match = _COMPANY.fullmatch(code)
    if match is None:
        sentence = _("A tax code has 10 digits, 13 with a dash for a branch, or 12 for a person.")
        raise DomainError(sentence, code="bad-tax-code")
    if int(code[9]) != check_digit(code[:9]):
        sentence = _("The last digit of the tax code does not fit the others: look for a slip.")
        raise DomainError(sentence, code="bad-tax-code")
    return code


def check_digit(nine: str) -> int:
    """Return the tenth digit that belongs to the first nine; 10 where there is none."""
    weighted = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, nine, strict=True))
    return 10 - weighted % 11


def clean_registration_number(text: str) -> str:
    """Return the number of a business registration; raise DomainError when it holds odd signs."""
    number = " ".join(text.split())
    if number and not _REGISTRATION.fullmatch(number):
        sentence = _("A registration number holds letters, digits, / . and - only.")
        raise DomainError(sentence, code="bad-registration-number")
    return number
