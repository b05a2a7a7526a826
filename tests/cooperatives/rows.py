"""Cooperatives for tests, each as plain as its test allows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from cooperatives import services
from cooperatives.services import CooperativeEntry
from tests.factories import UnitFactory

if TYPE_CHECKING:
    from cooperatives.models import Cooperative
    from ntm_portal.accounts.models import User


def an_entry(**fields: Any) -> CooperativeEntry:
    entry: dict[str, Any] = {
        "name": "HTX Nông nghiệp Đăk Hà",
        "kind": "cooperative",
        "registered_under": "Luật Hợp tác xã 2012",
        "registered_on": date(2015, 4, 1),
    }
    entry["commune"] = fields.pop("commune", None) or UnitFactory()
    return CooperativeEntry(**entry | fields)


def a_cooperative(by: User, **fields: Any) -> Cooperative:
    return services.register(an_entry(**fields), by=by, is_new=True)
