"""The form by which a province lets somebody enter values for a unit below it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ntm_portal.accounts.delegating import delegate
from ntm_portal.lib.fields import RegisterForm

if TYPE_CHECKING:
    from ntm_portal.accounts.models import Assignment, User


class DelegationForm(RegisterForm):
    """Who, and for which district or commune."""

    username = forms.CharField(
        label=_("Account"),
        max_length=150,
        help_text=_("The name by which the officer signs in."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )
    unit = forms.CharField(
        label=_("District or commune"),
        max_length=100,
        help_text=_("Its name or official code. The officer enters this unit and all below it."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:  # Django's own arguments
        """Know who delegates."""
        super().__init__(*args, **kwargs)
        self.by = by

    def save(self) -> Assignment | None:
        """Delegate; what is refused stands at its field."""
        said = self.cleaned_data
        return self.attempt(partial(delegate, said["username"], said["unit"], by=self.by))
