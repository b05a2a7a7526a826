"""The levels of councils."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """The councils that evaluate and award, from the lowest up."""

    DISTRICT = "district", _("district")
    PROVINCE = "province", _("province")
    NATION = "nation", _("centre")
