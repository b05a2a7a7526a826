"""Which communes were poor ones until the end of 2020, invented: those that lack most.

Only this group: where the border runs and what is an island is not for a demonstration to say.
No level of the set of those years rests on it, and it ends before the next set, where some do.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from communes.models import Designation
from programme.demonstration.latent import Commune, gaps

if TYPE_CHECKING:
    from collections.abc import Iterable

LACKS_MOST = 1.2  # the gap at the end of 2019 from which a commune is called poor
FIRST, LAST = date(2016, 1, 1), date(2020, 12, 31)
REFERENCE = "Minh họa (demonstration)"


def poor_communes(seed: int, communes: Iterable[Commune]) -> list[Designation]:
    """Return the designations of the communes that lack most."""
    return [
        Designation(
            unit_id=commune.pk,
            kind=Designation.Kind.POOR,
            valid_from=FIRST,
            valid_to=LAST,
            legal_ref=REFERENCE,
        )
        for commune in communes
        if gaps(seed, commune)[0] > LACKS_MOST
    ]
