"""Addresses that the pages of a place need in their templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse

if TYPE_CHECKING:
    from django.template.context import RequestContext

register = template.Library()


@register.simple_tag(takes_context=True)
def same_page(context: RequestContext, code: str) -> str:
    """Return the address of the page that is shown, about another place."""
    page = context["request"].resolver_match
    return reverse(page.view_name, kwargs={**page.kwargs, "code": code})
