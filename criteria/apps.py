"""Criteria sets, rounds, assessments, verdicts, recognitions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ntm_portal.mail import kinds


class CriteriaConfig(AppConfig):
    """Criteria sets, rounds, assessments, verdicts, recognitions."""

    name = "criteria"
    verbose_name = _("Criteria and assessments")

    def ready(self) -> None:
        """Register the mails that people can choose."""
        for kind in (
            kinds.Kind(
                "round-due",
                _("Rounds that are due or overdue"),
                _("To officers, 14, 7, 3 and 1 days before, on the day, then weekly."),
                "mail/round_due.txt",
            ),
            kinds.Kind(
                "round-digest",
                _("Digest of what is to do"),
                _("To officers and verifiers, every Monday, while a round is open."),
                "mail/round_digest.txt",
            ),
            kinds.Kind(
                "round-returned",
                _("Communes that come back"),
                _("To officers, at once, with the reason."),
                "mail/round_returned.txt",
            ),
        ):
            kinds.register(kind)
