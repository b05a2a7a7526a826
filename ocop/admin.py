"""The OCOP register in the administration: to read; the pages change it, with a trace."""

from __future__ import annotations

from django.contrib import admin

from communes.admin import MapAdmin, ToRead
from ocop.models import Certificate, Evaluation, ExpiryReminder, Producer, Product, ScoreSheet


@admin.register(Producer)
class ProducerAdmin(MapAdmin[Producer]):
    """Who takes part in OCOP, and since when."""

    list_display = ["name", "kind", "commune", "joined_on", "is_demonstration"]
    list_filter = ["kind", "is_demonstration"]
    list_select_related = ["commune"]
    search_fields = ["search_name", "commune__code"]
    date_hierarchy = "joined_on"


@admin.register(Product)
class ProductAdmin(MapAdmin[Product]):
    """What they make."""

    list_display = ["name", "group", "producer", "commune", "is_demonstration"]
    list_filter = ["group", "is_demonstration"]
    list_select_related = ["commune", "producer"]
    search_fields = ["search_name", "commune__code"]


@admin.register(Evaluation)
class EvaluationAdmin(ToRead, admin.ModelAdmin[Evaluation]):
    """What a council scored."""

    list_display = ["product", "level", "evaluated_on", "total", "minimum_met"]
    list_filter = ["level", "minimum_met"]
    list_select_related = ["product"]


@admin.register(Certificate)
class CertificateAdmin(ToRead, admin.ModelAdmin[Certificate]):
    """What was awarded, by whom, until when."""

    list_display = ["product", "stars", "decided_by_level", "valid_from", "valid_to", "revoked_on"]
    list_filter = ["stars", "decided_by_level", "is_demonstration"]
    list_select_related = ["product"]
    search_fields = ["decision_number"]


@admin.register(ScoreSheet)
class ScoreSheetAdmin(ToRead, admin.ModelAdmin[ScoreSheet]):
    """What was loaded, sound or not."""

    list_display = ["name", "scheme_code", "version", "is_current", "is_sound", "loaded_at"]
    list_filter = ["scheme_code", "is_sound", "is_current"]


@admin.register(ExpiryReminder)
class ExpiryReminderAdmin(ToRead, admin.ModelAdmin[ExpiryReminder]):
    """Of which certificates people were reminded."""

    list_display = ["certificate", "months", "reminded_on"]
    list_filter = ["months"]
    list_select_related = ["certificate__product"]
