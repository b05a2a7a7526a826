"""The project as an app: system checks, template tags and commands that know every room."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The project as an app."""

    name = "ntm_portal"
    label = "portal"

    def ready(self) -> None:
        """Register the system checks."""
        from ntm_portal import checks  # noqa: F401, PLC0415  (registering is the import's purpose)
