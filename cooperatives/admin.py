"""Cooperatives and their yearly returns in the administration: to read; the pages change them."""

from __future__ import annotations

from django.contrib import admin

from communes.admin import MapAdmin, ToRead
from cooperatives.models import Cooperative, YearlyReturn


class YearlyReturnInline(ToRead, admin.TabularInline[YearlyReturn, Cooperative]):
    """The returns of a cooperative, to read beside it."""

    model = YearlyReturn
    fields = ["year", "score", "rating", "is_effective", "rule_code"]
    extra = max_num = 0


@admin.register(Cooperative)
class CooperativeAdmin(MapAdmin[Cooperative]):
    """Who they are, since when, and what they reported."""

    list_display = ["name", "kind", "commune", "registered_on", "dissolved_on", "is_demonstration"]
    list_filter = ["kind", "is_demonstration"]
    list_select_related = ["commune"]
    search_fields = ["search_name", "commune__code"]
    inlines = [YearlyReturnInline]


@admin.register(YearlyReturn)
class YearlyReturnAdmin(ToRead, admin.ModelAdmin[YearlyReturn]):
    """The score that a cooperative sent, and the rating that follows from it."""

    list_display = ["cooperative", "year", "status", "score", "rating", "is_effective"]
    list_filter = ["year", "status", "rating", "is_effective"]
    list_select_related = ["cooperative"]
    search_fields = ["cooperative__name", "cooperative__commune__code"]
