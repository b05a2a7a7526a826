"""A piece of work as the API tells it."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.reverse import reverse

from ntm_portal.jobs.models import Job


class JobSerializer(serializers.ModelSerializer[Job]):
    """How far a piece of work is, and what came of it."""

    id = serializers.IntegerField(help_text="Its number.", read_only=True)
    kind = serializers.CharField(help_text="What sort of work it is.", read_only=True)
    state = serializers.ChoiceField(
        Job.State.choices, help_text="Ask again until it is done or failed.", read_only=True
    )
    created_at = serializers.DateTimeField(help_text="When it was asked for.", read_only=True)
    started_at = serializers.DateTimeField(
        help_text="When a worker last began it; null: not yet.", allow_null=True, read_only=True
    )
    finished_at = serializers.DateTimeField(
        help_text="When it ended; null: not yet.", allow_null=True, read_only=True
    )
    expires_at = serializers.DateTimeField(
        help_text="When what came of it is thrown away; null: it has not ended.",
        allow_null=True,
        read_only=True,
    )
    steps_done = serializers.IntegerField(help_text="Steps behind it.", read_only=True)
    steps_total = serializers.IntegerField(
        help_text="Steps in all; 0: not yet known.", read_only=True
    )
    step = serializers.CharField(
        help_text="The step under way, in the language in which it was asked for.", read_only=True
    )
    fault = serializers.CharField(help_text="Why it failed; empty otherwise.", read_only=True)
    result = serializers.JSONField(
        help_text="What came of it, where that is no file; null otherwise.", read_only=True
    )
    file = serializers.SerializerMethodField(
        help_text="Address of the file that came of it; null: there is none."
    )

    class Meta:
        model = Job
        fields = [
            *("id", "kind", "state", "created_at", "started_at", "finished_at", "expires_at"),
            *("steps_done", "steps_total", "step", "fault", "result", "file"),
        ]

    def get_file(self, job: Job) -> str | None:
        """Return where the file is handed out."""
        if not job.file:
            return None
        return reverse("api-job-result", args=[job.pk], request=self.context.get("request"))
