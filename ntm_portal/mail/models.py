"""What each person wants to be told by mail, and every letter to her with its fate."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ntm_portal.accounts.models import User
from ntm_portal.mail.querysets import LetterQuerySet


class Choice(models.Model):
    """What a person said about a kind of mail; without one the kind's own default holds."""

    person = models.ForeignKey(User, models.CASCADE, related_name="mail_choices")
    kind = models.CharField(_("kind"), max_length=60)
    is_wanted = models.BooleanField(_("wanted"))
    is_by_link = models.BooleanField(_("by the link in a mail"), default=False)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)

    class Meta:
        verbose_name = _("choice of mails")
        verbose_name_plural = _("choices of mails")
        ordering = ["person_id", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="choice_is_one_for_each_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"


class Letter(models.Model):
    """A mail to a person: written with what it is about, sent once that is committed."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        DROPPED = "dropped", _("no longer wanted")

    person = models.ForeignKey(User, models.CASCADE, related_name="letters")
    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(_("occasion"), max_length=200)
    language = models.CharField(_("language"), max_length=5)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    due_at = models.DateTimeField(_("to be tried at"), default=timezone.now)
    claimed_at = models.DateTimeField(_("tried at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    fault = models.TextField(_("what went wrong"), blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "key"], name="letter_is_one_for_each_occasion"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="letter_by_state")]

    def __str__(self) -> str:
        return f"{self.subject} ({self.get_state_display()})"
