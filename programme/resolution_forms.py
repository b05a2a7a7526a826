"""The form on which an administrator types one resolution on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from communes.models import Resolution
from communes.resolving.typed import Typed, read_act
from ntm_portal.lib.fields import DayField, RegisterForm
from programme.resolutions import services

if TYPE_CHECKING:
    from collections.abc import Mapping

    from communes.resolving.acts import Act
    from ntm_portal.accounts.models import User

Kind = Resolution.Kind
CONTENT = ("effective_date", "legal_ref", "units", "became", "parent")
AREA = forms.Textarea(attrs={"rows": 4})
ONE_A_LINE = _("Official code or name, one unit on each line.")
CODE_AND_NAME = _("Official code; name, such as 23329; Xã Đoàn Kết. The name begins with the kind.")
# For each kind: label and hint of `units` and of `became`, and whether a unit above is asked for.
ASKED: dict[str, dict[str, tuple[Any, Any]]] = {
    Kind.MERGE: {
        "units": (_("Units that merge"), ONE_A_LINE),
        "became": (_("The unit that they become"), CODE_AND_NAME),
        "parent": (_("The unit above"), _("Only if they do not all lie in the same one.")),
    },
    Kind.SPLIT: {
        "units": (_("Unit that is divided"), _("Official code or name.")),
        "became": (
            _("The units that it becomes"),
            _(
                "Code; name, one on each line; first the one that takes over most. After a second "
                "semicolon the codes of the units that lie in it, if there are any."
            ),
        ),
        "parent": (_("The unit above"), _("Only if it is another one than before.")),
    },
    Kind.RENAME: {
        "units": (_("Unit"), _("Official code or name.")),
        "became": (_("The new name"), _("With the word for its kind, such as Xã Đoàn Kết.")),
    },
    Kind.TRANSFER: {
        "units": (_("Units that go"), ONE_A_LINE),
        "parent": (_("The unit in which they lie from then on"), _("Official code or name.")),
    },
    Kind.KIND: {
        "units": (_("Unit"), _("Official code or name.")),
        "became": (_("The new name"), _("With the word for its new kind, such as Phường Lê Lợi.")),
    },
    Kind.DISSOLVE: {
        "units": (_("Unit that is dissolved"), _("Official code or name.")),
        "became": (
            _("The units that take over what it was"),
            _("Official codes, one on each line; first the one that takes over most."),
        ),
    },
    Kind.EXPLAIN: {
        "units": (_("Unit that is gone"), _("Official code.")),
        "became": (
            _("The units that it became"),
            _("Official codes, one on each line; first the one that took over most."),
        ),
    },
}
# What fits on one line, and so is one unit.
ONE_LINE: dict[str, tuple[str, ...]] = {
    Kind.MERGE: ("became",),
    Kind.SPLIT: ("units",),
    Kind.RENAME: ("units", "became"),
    Kind.KIND: ("units", "became"),
    Kind.DISSOLVE: ("units",),
    Kind.EXPLAIN: ("units",),
}


class ResolutionForm(RegisterForm):
    """One resolution; what the map denies stands at the field that says it."""

    at_field: ClassVar[Mapping[str, str]] = {"not-allowed": "units"}
    effective_date = DayField(label=_("In force from"))
    legal_ref = forms.CharField(
        label=_("Resolution"),
        max_length=200,
        help_text=_("As it is cited: Nghị quyết 1194/NQ-UBTVQH15 ngày 28/9/2024."),
    )
    units = forms.CharField(widget=AREA)
    became = forms.CharField(widget=AREA)
    parent = forms.CharField(required=False, max_length=200)

    # Django's own arguments, and who types.
    def __init__(
        self, *args: Any, kind: str, by: User, draft: Resolution | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.by, self.draft = kind, by, draft
        self.act: Act | None = None
        asked = ASKED[kind]
        for name in ("units", "became", "parent"):
            if name not in asked:
                del self.fields[name]
                continue
            self.fields[name].label, self.fields[name].help_text = asked[name]
        if kind == Kind.TRANSFER:
            self.fields["parent"].required = True
        for name in ONE_LINE.get(kind, ()):
            self.fields[name].widget = forms.TextInput()

    @classmethod
    def of(cls, resolution: Resolution, by: User) -> ResolutionForm:
        """Return the form filled with what a draft keeps."""
        return cls(resolution.content, kind=resolution.kind, by=by, draft=resolution)

    def clean(self) -> dict[str, Any]:
        """Ask the map of the day whether it can be so."""
        given = self.cleaned_data
        if not self.errors:
            typed = Typed(
                self.kind,
                given["effective_date"],
                given["legal_ref"],
                given["units"],
                given.get("became", ""),
                given.get("parent", ""),
            )
            self.act = self.attempt(lambda: read_act(typed))
        return given

    def save(self) -> Resolution | None:
        """Keep what was typed as a draft."""
        act = self.act
        content = {name: self.data.get(name, "") for name in CONTENT if name in self.fields}
        if act is None:
            return None
        return self.attempt(lambda: services.keep(act, content, by=self.by, draft=self.draft))
