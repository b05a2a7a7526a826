"""The form with which a person signs in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ntm_portal.accounts import attempts


class SignInForm(AuthenticationForm):
    """User name and password, refused without saying which of the two was wrong."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _(
            "This user name and password do not go together. "
            "Check the capital letters and the Vietnamese keyboard."
        ),
    }

    def clean(self) -> dict[str, Any]:
        """Look at the password unless too many were wrong; then say from when on again."""
        name = str(self.cleaned_data.get("username", ""))
        if self.request is None or not name:
            return super().clean()
        if until := attempts.waits_until(self.request, name):
            again = datetime.fromtimestamp(until, tz=timezone.get_current_timezone())
            sentence = _("Too many wrong attempts. Try again after %(time)s.")
            raise ValidationError(sentence, code="too-many", params={"time": f"{again:%H:%M:%S}"})
        try:
            cleaned = super().clean()
        except ValidationError:
            attempts.count_failure(self.request, name)
            raise
        attempts.forget(self.request, name)
        return cleaned
