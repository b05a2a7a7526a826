"""A letter's subject and text in the language of whoever receives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.template import Context, Engine
from django.utils import translation

from ntm_portal.mail import links
from ntm_portal.mail.models import Letter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ntm_portal.accounts.models import User
    from ntm_portal.mail.kinds import Kind

_FOOT = "mail/_foot.txt"


def letter(kind: Kind, to: User, key: str, about: Mapping[str, object]) -> Letter:
    """Return the letter, not saved; a text says nothing in the wrong language."""
    language = to.language or settings.LANGUAGE_CODE
    with translation.override(language):
        subject, _line, body = _plain(kind.template, {**about, "person": to}).partition("\n")
        foot = {"kind": kind, "turn_off": links.turning_off(to.pk, kind.code)}
        text = f"{body.strip()}\n\n-- \n{_plain(_FOOT, foot)}\n"
    return Letter(
        person=to,
        kind=kind.code,
        key=key,
        language=language,
        subject=subject.strip()[:200],
        body=text,
    )


def _plain(template: str, about: Mapping[str, object]) -> str:
    """Render without escaping: a mail is plain text, and `&` is `&`."""
    found = Engine.get_default().get_template(template)
    return found.render(Context(dict(about), autoescape=False)).strip()
