"""A page that takes a workbook: all of it is saved, or nothing and every fault named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ntm_portal.accounts.form_pages import FormPage, form_page
from ntm_portal.lib.fields import RegisterForm
from ntm_portal.lib.workbooks import CONTENT_TYPE, content_of, mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from ntm_portal.accounts.requests import SignedInRequest
    from ntm_portal.lib.workbooks import Fault

    Enter = Callable[[bytes], tuple[int, list[Fault]]]

MOST_NAMED = 50  # faults on a page; the marked file has them all


class WorkbookForm(RegisterForm):
    """A workbook; `enter` saves it and returns how many rows, and every fault."""

    workbook = forms.FileField(
        label=gettext_lazy("Workbook"), widget=forms.FileInput(attrs={"accept": ".xlsx"})
    )
    give_back = forms.BooleanField(
        label=gettext_lazy("If something is wrong, give the file back with each fault marked"),
        required=False,
    )

    def __init__(self, *args: Any, enter: Enter, **kwargs: Any) -> None:  # Django's own arguments
        """Know what saves it."""
        super().__init__(*args, **kwargs)
        self.enter = enter
        self.marked: bytes | None = None

    def save(self) -> int | None:
        """Return how many rows were saved; nothing, with every fault, when something is wrong."""
        return self.attempt(self._read_and_save)

    def _read_and_save(self) -> int | None:
        content = content_of(self.cleaned_data["workbook"])
        saved, faults = self.enter(content)
        if faults and self.cleaned_data["give_back"]:
            self.marked = mark(content, faults)
        for fault in faults[:MOST_NAMED]:
            self.add_error("workbook", f"{fault.place}: {fault.sentence}")
        if not faults and not saved:
            self.add_error("workbook", _("The workbook says nothing that is not known already."))
        return None if self.errors else saved


def workbook_page(
    request: SignedInRequest,
    enter: Enter,
    page: FormPage,
    done: Callable[[int], HttpResponse],
    *,
    name: str,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Handle the page; a faulty workbook comes back marked if asked, under `name`."""
    made: list[WorkbookForm] = []

    def make(*args: Any, **kwargs: Any) -> WorkbookForm:  # Django's own arguments
        made.append(WorkbookForm(*args, enter=enter, **kwargs))
        return made[-1]

    answer = form_page(request, make, page, done, extra=extra)
    marked = made[-1].marked if made else None
    return workbook_answer(marked, name) if marked else answer


def workbook_answer(content: bytes, name: str) -> HttpResponse:
    """Answer with a workbook to be kept."""
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
