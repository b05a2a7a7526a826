"""The form of a person's choices: her language, and each kind on or off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ntm_portal.lib.fields import RegisterForm
from ntm_portal.mail import choices, kinds, services

if TYPE_CHECKING:
    from ntm_portal.accounts.models import User

_KIND = "kind-"


class ChoicesForm(RegisterForm):
    """Which mails she gets, and in which language."""

    language = forms.ChoiceField(label=_("Language of the mails"), choices=settings.LANGUAGES)

    # Django's forms take whatever a form takes, hence Any.
    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["language"].initial = person.language or settings.LANGUAGE_CODE
        chosen = choices.chosen(person)
        for kind in kinds.registered():
            self.fields[_KIND + kind.code] = forms.BooleanField(
                label=kind.name,
                help_text=kind.about,
                required=False,
                initial=chosen[kind.code],
            )

    def save(self) -> bool:
        """Record her choices."""
        data = self.cleaned_data
        wanted = {
            name.removeprefix(_KIND): said for name, said in data.items() if name.startswith(_KIND)
        }
        services.choose(wanted, data["language"], by=self.person)
        return True
