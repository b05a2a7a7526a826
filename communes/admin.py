"""The map in the administration: to search and to read; lists alone change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.contrib import admin
from django.db.models import Model

from communes.models import AdministrativeUnit, Designation, Region, Succession
from ntm_portal.lib.text import fold

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

Row = TypeVar("Row", bound=Model)


class ToRead:
    """Refuse every change: verdicts and summaries rest on these rows."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Refuse."""
        return False


class MapAdmin(ToRead, admin.ModelAdmin[Row]):
    """A list to read, where names are found with or without tone marks."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Row], search_term: str
    ) -> tuple[QuerySet[Row], bool]:
        """Search the way names are stored for it."""
        return super().get_search_results(request, queryset, fold(search_term))


class SuccessorInline(ToRead, admin.TabularInline[Succession, AdministrativeUnit]):
    """What a unit became."""

    model = Succession
    fk_name = "predecessor"
    fields = ["successor", "kind", "effective_date", "legal_ref"]


class PredecessorInline(ToRead, admin.TabularInline[Succession, AdministrativeUnit]):
    """What a unit came from."""

    model = Succession
    fk_name = "successor"
    fields = ["predecessor", "kind", "effective_date", "legal_ref"]


class DesignationInline(ToRead, admin.TabularInline[Designation, AdministrativeUnit]):
    """The standing that the law gave a unit, and when."""

    model = Designation
    fields = ["kind", "valid_from", "valid_to", "legal_ref"]


@admin.register(Region)
class RegionAdmin(ToRead, admin.ModelAdmin[Region]):
    """The columns of the national criteria."""

    list_display = ["code", "name", "name_en"]


@admin.register(AdministrativeUnit)
class UnitAdmin(MapAdmin[AdministrativeUnit]):
    """Every version of every unit."""

    list_display = ["code", "name", "kind", "parent", "region", "valid_from", "valid_to"]
    list_filter = ["is_unresolved", "level", "kind", "region"]
    list_select_related = ["parent", "region"]
    search_fields = ["search_name", "=code"]
    inlines = [DesignationInline, SuccessorInline, PredecessorInline]


@admin.register(Succession)
class SuccessionAdmin(MapAdmin[Succession]):
    """Which unit became which."""

    list_display = ["predecessor", "successor", "kind", "effective_date", "legal_ref"]
    list_filter = ["kind"]
    list_select_related = ["predecessor", "successor"]
    search_fields = [
        *("predecessor__search_name", "predecessor__code"),
        *("successor__search_name", "successor__code"),
    ]
    date_hierarchy = "effective_date"


@admin.register(Designation)
class DesignationAdmin(MapAdmin[Designation]):
    """Which units are poor, coastal, in a safe zone, and by which decision."""

    list_display = ["unit", "kind", "valid_from", "valid_to", "legal_ref"]
    list_filter = ["kind"]
    list_select_related = ["unit"]
    search_fields = ["unit__search_name", "unit__code"]
