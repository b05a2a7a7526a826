"""What endpoints add once there is a ledger: a version of their answer, and the public's part."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.db.models import Model
from django.utils import timezone

from communes.change_models import Change
from communes.etags import version_of
from ntm_portal.lib.endpoints import ReadEndpoint

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

ModelT = TypeVar("ModelT", bound=Model)
NATION_PATH = "/VN/"


class LedgerEndpoint(ReadEndpoint[ModelT]):
    """An address whose answer rests on kinds of changes that it names in `follows`.

    One that is public names in `published` what a reader without a token may see: the whole
    nation, but only what has been published.

    Where `written` names the kind of its rows, the version of one row begins with the number of its
    own last change: that part is what `If-Match` holds a writer to, whatever language or fields
    she read it in.
    """

    follows: ClassVar[tuple[str, ...]] = ()
    written: ClassVar[str] = ""
    shows_pending: ClassVar[bool] = False
    depends_on_day: ClassVar[bool] = False

    @property
    def is_anonymous(self) -> bool:
        """Tell whether nobody is signed in: only what is published is shown then."""
        return not self.request.user.is_authenticated

    @property
    def readable(self) -> Collection[str]:
        """Return the paths at and below which the reader may read; the public reads the nation."""
        return (NATION_PATH,) if self.is_anonymous else super().readable

    def published(self, rows: QuerySet[ModelT]) -> QuerySet[ModelT]:
        """Return what the public may see of the rows."""
        return rows

    # As the framework types it: rows of any shape.
    def filter_queryset(self, queryset: QuerySet[ModelT, Any]) -> QuerySet[ModelT, Any]:
        """Narrow by the query, and for the public to what is published."""
        rows = super().filter_queryset(queryset)
        return self.published(rows) if self.is_anonymous else rows

    def version(self) -> str | None:
        """Return where the ledger stands for what this reader asked."""
        if not self.follows:
            return None
        own, follows = "", self.follows
        if self.detail and self.written:
            own = f"{Change.objects.of(self.written, self.kwargs[self.lookup_field]).last_seq()}-"
            follows = tuple(kind for kind in follows if kind != self.written)
        return own + version_of(
            follows,
            self.readable,
            self.request.get_full_path(),
            self.request.accepted_renderer.format,
            self.is_anonymous,
            self._today(),
            shows_pending=self.shows_pending,
        )

    def _today(self) -> date | None:
        return timezone.localdate() if self.depends_on_day else None
