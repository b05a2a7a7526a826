"""Filters by which templates show numbers, dates and verdicts in the reader's form."""

from django import template

register = template.Library()
