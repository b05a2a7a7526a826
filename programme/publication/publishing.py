"""Publishing a round: its figures under a hash, and the hash kept; counted anew only openly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from criteria import services
from programme.models import Publication
from programme.publication.figures import digest_of

if TYPE_CHECKING:
    from criteria.models import ReportingRound
    from ntm_portal.accounts.models import User


@transaction.atomic
def publish(round_id: int, *, by: User, reason: str = "") -> Publication:
    """Publish a closed round: its figures are written down under a hash and never move again."""
    round_ = services.publish_round(round_id, by=by, reason=reason)
    return record(round_, by=by, reason=reason)


def record(round_: ReportingRound, *, by: User | None, reason: str = "") -> Publication:
    """Write down the hash of a published round; each publication stays beside the later ones."""
    digest = digest_of(round_)
    return Publication.objects.create(
        round=round_,
        number=Publication.objects.filter(round=round_).count() + 1,
        digest=digest.whole,
        parts=digest.parts,
        figures=digest.figures,
        by=by,
        reason=reason,
    )


def differing(publication: Publication) -> list[str]:
    """Return the parts whose figures are others now than when they were published."""
    parts = digest_of(publication.round).parts
    return [name for name, found in publication.parts.items() if parts.get(name) != found]
