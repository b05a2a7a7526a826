"""Letters that the portal writes; in Vietnamese, whoever asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from ntm_portal.lib.days import written_day

if TYPE_CHECKING:
    from datetime import date

    from ocop.models import Certificate


def notice_text(certificate: Certificate, number: str, sent_on: date) -> str:
    """Return the notice that a certificate ends, addressed to its holder."""
    product = certificate.product
    with translation.override("vi"):
        words = {
            "number": number,
            "sent_on": written_day(sent_on),
            "producer": product.producer.name,
            "commune": product.commune.name,
            "stars": certificate.stars,
            "product": product.name,
            "decision": certificate.decision_number,
            "first": written_day(certificate.valid_from),
            "last": written_day(certificate.valid_to),
        }
        lines = (
            _("No. %(number)s, %(sent_on)s"),
            _("To: %(producer)s, %(commune)s"),
            _(
                "The certificate of %(stars)s OCOP stars of the product “%(product)s”, awarded by "
                "decision %(decision)s of %(first)s, ends on %(last)s."
            ),
            _(
                "If you wish the product to be rated again, file in time the registration and the "
                "report by criterion, with what changed and the results of the three years."
            ),
        )
        return "\n\n".join(line % words for line in lines)
