"""Criteria sets, rounds, assessments, verdicts, recognitions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CriteriaConfig(AppConfig):
    """Criteria sets, rounds, assessments, verdicts, recognitions."""

    name = "criteria"
    verbose_name = _("Criteria and assessments")
