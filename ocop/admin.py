"""Producers, products, evaluations and certificates in the administration."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar, cast

from django.contrib import admin

from communes.services import mark_stale
from ntm_portal.lib.text import fold
from ocop.forms import CertificateForm
from ocop.models import Certificate, Evaluation, Producer, Product

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest

    from ntm_portal.accounts.models import User

Placed = TypeVar("Placed", bound=Producer | Product)
Recorded = TypeVar("Recorded", bound=Evaluation | Certificate)
# An edit may move a first day either way, so every round that may still move is owed.
ALL_ROUNDS = date.min


class PlacedAdmin(admin.ModelAdmin[Placed]):
    """Owes a roll-up to the commune a row is in, and to the one it was in."""

    raw_id_fields = ["commune"]
    readonly_fields = ["is_demonstration"]
    search_fields = ["name", "name_en", "commune__code"]
    list_select_related = ["commune"]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nothing is deleted here: what was awarded or refused stays."""
        return False

    def save_model(
        self,
        request: HttpRequest,
        obj: Placed,
        form: forms.ModelForm[Placed],
        change: bool,  # noqa: FBT001 - the signature is Django's
    ) -> None:
        """Save the row and mark its communes stale."""
        before = type(obj)._default_manager.filter(pk=obj.pk)
        communes = {*before.values_list("commune_id", flat=True), obj.commune_id}
        obj.search_name = fold(obj.name)
        super().save_model(request, obj, form, change)
        mark_stale(communes, since=ALL_ROUNDS)


class RecordedAdmin(admin.ModelAdmin[Recorded]):
    """Says who recorded a row, and owes the product's commune a roll-up."""

    raw_id_fields = ["product"]
    search_fields = ["product__name", "product__commune__code"]
    list_select_related = ["product"]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nothing is deleted here: what was awarded or refused stays."""
        return False

    def save_model(
        self,
        request: HttpRequest,
        obj: Recorded,
        form: forms.ModelForm[Recorded],
        change: bool,  # noqa: FBT001 - the signature is Django's
    ) -> None:
        """Save the row and mark the communes of its product, and of the one it had, stale."""
        before = type(obj)._default_manager.filter(pk=obj.pk)
        communes = {*before.values_list("product__commune_id", flat=True), obj.product.commune_id}
        obj.recorded_by = cast("User", request.user)
        super().save_model(request, obj, form, change)
        mark_stale(communes, since=ALL_ROUNDS)


@admin.register(Producer)
class ProducerAdmin(PlacedAdmin[Producer]):
    """Who takes part in OCOP, and since when."""

    list_display = ["name", "kind", "commune", "joined_on", "is_demonstration"]
    list_filter = ["kind", "is_demonstration"]
    raw_id_fields = ["commune", "cooperative"]
    date_hierarchy = "joined_on"


@admin.register(Product)
class ProductAdmin(PlacedAdmin[Product]):
    """What they make."""

    list_display = ["name", "group", "producer", "commune", "is_demonstration"]
    list_filter = ["group", "is_demonstration"]
    list_select_related = ["commune", "producer"]
    raw_id_fields = ["commune", "producer"]


@admin.register(Evaluation)
class EvaluationAdmin(RecordedAdmin[Evaluation]):
    """What a council scored."""

    list_display = ["product", "level", "evaluated_on", "total", "minimum_met"]
    list_filter = ["level", "minimum_met"]
    readonly_fields = ["recorded_by"]


@admin.register(Certificate)
class CertificateAdmin(RecordedAdmin[Certificate]):
    """What was awarded, by whom, until when."""

    form = CertificateForm
    list_display = ["product", "stars", "decided_by_level", "valid_from", "valid_to", "revoked_on"]
    list_filter = ["stars", "decided_by_level", "is_demonstration"]
    raw_id_fields = ["product", "evaluation"]
    readonly_fields = ["recorded_by", "is_demonstration"]
