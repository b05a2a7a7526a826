"""The form with which a person signs in."""

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """User name and password, refused without saying which of the two was wrong."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _(
            "This user name and password do not go together. "
            "Check the capital letters and the Vietnamese keyboard."
        ),
    }
