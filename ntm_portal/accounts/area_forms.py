"""A form that may be narrowed to one area within the whole of its owner's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communes.models import AdministrativeUnit
from ntm_portal.lib.fields import RegisterForm

if TYPE_CHECKING:
    from ntm_portal.accounts.models import User


class AreaForm(RegisterForm):
    """Ask for the code of a unit in the area of `by`; empty is the whole of it."""

    area = forms.CharField(
        label=_("Only for one area"),
        max_length=20,
        required=False,
        help_text=_("Official code of a unit; empty: your whole area."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:  # Django's own arguments
        """Know whose it is."""
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_area(self) -> AdministrativeUnit | None:
        """Find the unit in its latest version, within her area."""
        code = self.cleaned_data["area"].strip()
        if not code:
            return None
        versions = AdministrativeUnit.objects.within(self.by.scope.read).filter(code=code)
        found = versions.order_by("valid_from").last()
        if found is None:
            raise forms.ValidationError(_("No unit in your area has this code."))
        return found
