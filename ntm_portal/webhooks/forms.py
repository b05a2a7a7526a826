"""The forms with which an owner gives an address, and says from where it is told again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from communes.change_models import Change
from ntm_portal.accounts.area_forms import AreaForm
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.fields import RegisterForm
from ntm_portal.webhooks import services
from ntm_portal.webhooks.addresses import destination_of
from ntm_portal.webhooks.services import EndpointEntry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ntm_portal.accounts.models import User
    from ntm_portal.webhooks.models import Endpoint


class EndpointForm(AreaForm):
    """Where to send what."""

    at_field: ClassVar[Mapping[str, str]] = {}
    field_order = ("name", "url", "kinds", "area")
    name = forms.CharField(label=_("Which system is it for?"), max_length=100)
    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        help_text=_("It begins with https and is known to the whole internet."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Only of these kinds"),
        required=False,
        choices=Change.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing chosen: of every kind."),
    )
    after = forms.IntegerField(
        label=_("Begin after the change with this number"),
        required=False,
        min_value=0,
        max_value=2**62,
        help_text=_("Empty: from now on. 0: everything that the portal still knows."),
    )

    def clean_url(self) -> str:
        """Look up where the address leads."""
        url: str = self.cleaned_data["url"].strip()
        try:
            destination_of(url)
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return url

    def save(self) -> tuple[Endpoint, str] | None:
        """Keep the address."""
        data = self.cleaned_data
        entry = EndpointEntry(
            data["name"], data["url"], tuple(data["kinds"]), data["area"], data["after"]
        )
        return self.attempt(lambda: services.make(entry, by=self.by))


class ReplayForm(RegisterForm):
    """From where an address is told again."""

    at_field: ClassVar[Mapping[str, str]] = {}
    after = forms.IntegerField(
        label=_("Tell it again all after the change with this number"),
        min_value=0,
        max_value=2**62,
        help_text=_("0: from the beginning."),
    )

    def __init__(self, *args: Any, by: User, endpoint: Endpoint, **kwargs: Any) -> None:
        """Know which it is."""
        super().__init__(*args, **kwargs)
        self.by, self.endpoint = by, endpoint

    def save(self) -> Endpoint | None:
        """Set it back."""
        after = self.cleaned_data["after"]
        return self.attempt(lambda: services.replay(self.endpoint.pk, after, by=self.by))
