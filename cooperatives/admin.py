"""Cooperatives and their yearly returns in the administration; the rating is worked out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from django.contrib import admin

from communes.services import mark_stale
from cooperatives.assessment import rate_return
from cooperatives.models import Cooperative, YearlyReturn
from ntm_portal.lib.text import fold

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest

    from ntm_portal.accounts.models import User

# An edit may move a first day either way, so every round that may still move is owed.
ALL_ROUNDS = date.min


class YearlyReturnInline(admin.TabularInline[YearlyReturn, Cooperative]):
    """The returns of a cooperative, to read beside it."""

    model = YearlyReturn
    fields = ["year", "score", "rating", "is_effective", "rule_code"]
    readonly_fields = ["year", "score", "rating", "is_effective", "rule_code"]
    extra = max_num = 0
    can_delete = False


@admin.register(Cooperative)
class CooperativeAdmin(admin.ModelAdmin[Cooperative]):
    """Who they are, since when, and what they reported."""

    list_display = ["name", "kind", "commune", "registered_on", "dissolved_on", "is_demonstration"]
    list_filter = ["kind", "is_demonstration"]
    list_select_related = ["commune"]
    search_fields = ["name", "name_en", "commune__code"]
    raw_id_fields = ["commune"]
    readonly_fields = ["is_demonstration"]
    inlines = [YearlyReturnInline]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nothing is deleted here: what was reported stays."""
        return False

    def save_model(
        self,
        request: HttpRequest,
        obj: Cooperative,
        form: forms.ModelForm[Cooperative],
        change: bool,  # noqa: FBT001 - the signature is Django's
    ) -> None:
        """Save it and owe a roll-up to the commune it is in, and to the one it was in."""
        before = Cooperative.objects.filter(pk=obj.pk).values_list("commune_id", flat=True)
        communes = {*before, obj.commune_id}
        obj.search_name = fold(obj.name)
        super().save_model(request, obj, form, change)
        mark_stale(communes, since=ALL_ROUNDS)


@admin.register(YearlyReturn)
class YearlyReturnAdmin(admin.ModelAdmin[YearlyReturn]):
    """The score that a cooperative sent, and the rating that follows from it."""

    list_display = ["cooperative", "year", "score", "rating", "is_effective"]
    list_filter = ["year", "rating", "is_effective"]
    list_select_related = ["cooperative"]
    search_fields = ["cooperative__name", "cooperative__commune__code"]
    raw_id_fields = ["cooperative"]
    readonly_fields = ["rating", "rule_code", "is_effective", "recorded_by"]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nothing is deleted here: what was reported stays."""
        return False

    def save_model(
        self,
        request: HttpRequest,
        obj: YearlyReturn,
        form: forms.ModelForm[YearlyReturn],
        change: bool,  # noqa: FBT001 - the signature is Django's
    ) -> None:
        """Rate it by its year's rule, sign it, and owe its communes, the old one too, a roll-up."""
        before = YearlyReturn.objects.filter(pk=obj.pk)
        communes = {*before.values_list("cooperative__commune_id", flat=True)}
        obj.recorded_by = cast("User", request.user)
        rate_return(obj)
        super().save_model(request, obj, form, change)
        mark_stale({*communes, obj.cooperative.commune_id}, since=ALL_ROUNDS)
