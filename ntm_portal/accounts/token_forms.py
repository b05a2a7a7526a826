"""The form with which somebody makes a token for another system."""

from __future__ import annotations

import ipaddress
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ntm_portal.accounts.area_forms import AreaForm
from ntm_portal.accounts.resources import resources
from ntm_portal.accounts.token_services import TokenEntry, make_token
from ntm_portal.lib.fields import DayField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ntm_portal.accounts.models import User
    from ntm_portal.accounts.token_models import ApiToken

MOST_NETWORKS = 50


class TokenForm(AreaForm):
    """What the token is for: no more than its owner may, and less if she likes."""

    at_field: ClassVar[Mapping[str, str]] = {}
    field_order = ("name", "may_write", "area")
    name = forms.CharField(
        label=_("Which system is it for?"),
        max_length=100,
        help_text=_("A name by which you will know it: the statistics office, for example."),
    )
    may_write = forms.BooleanField(
        label=_("It may also send values, as you may"),
        required=False,
        help_text=_("Otherwise it only reads."),
    )
    resources = forms.MultipleChoiceField(
        label=_("Only for these resources"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing chosen: for all. The words are those of the API's addresses."),
    )
    networks = forms.CharField(
        label=_("Only from these networks"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line, such as 203.0.113.0/24; empty: from anywhere."),
    )
    until = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty: until it is revoked. A year is a good habit."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:  # Django's own arguments
        """Know for whom it is made."""
        super().__init__(*args, by=by, **kwargs)
        choices = [(word, word) for word in resources()]
        self.fields["resources"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if not self.is_bound:
            self.fields["until"].initial = timezone.localdate() + timedelta(days=365)

    def clean_networks(self) -> tuple[str, ...]:
        """Read each line as a network, or name the one that is none."""
        words = self.cleaned_data["networks"].replace(",", " ").split()
        if len(words) > MOST_NETWORKS:
            sentence = _("At most %(most)s networks.")
            raise forms.ValidationError(sentence, params={"most": MOST_NETWORKS})
        return tuple(map(_network, words))

    def save(self) -> tuple[ApiToken, str] | None:
        """Make the token."""
        data = self.cleaned_data
        entry = TokenEntry(
            name=data["name"],
            may_write=data["may_write"],
            area=data["area"],
            resources=tuple(data["resources"]),
            networks=data["networks"],
            expires_at=_end_of(data["until"]) if data["until"] else None,
        )
        return self.attempt(lambda: make_token(entry, by=self.by))


def _network(word: str) -> str:
    try:
        return str(ipaddress.ip_network(word, strict=False))
    except ValueError as error:
        sentence = _("“%(word)s” is not a network.")
        raise forms.ValidationError(sentence, params={"word": word}) from error


def _end_of(day: Any) -> datetime:  # a day, as the field has read it
    """Return the moment at which the day is over here."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
