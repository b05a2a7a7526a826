"""A small map made of an official list, and a resolution typed on it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from communes.chronicle.entries import Entry, Listing
from communes.list_files import NATION
from communes.loading import ListFile, load_lists
from communes.models import AdministrativeUnit, Succession
from ntm_portal.accounts.models import Assignment
from programme.resolution_forms import ResolutionForm
from programme.resolutions import services
from tests.factories import RegionFactory, UserFactory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from communes.models import Resolution
    from ntm_portal.accounts.models import User

LISTED, DAY = date(2020, 6, 1), date(2021, 1, 1)
UNITS = [
    ("62", "Tỉnh Kon Tum", "province", "province", "VN"),
    ("51", "Tỉnh Quảng Ngãi", "province", "province", "VN"),
    ("608", "Thành phố Kon Tum", "provincial_city", "district", "62"),
    ("610", "Huyện Đắk Glei", "district", "district", "62"),
    ("522", "Huyện Bình Sơn", "district", "district", "51"),
    ("23329", "Xã Đoàn Kết", "commune", "commune", "608"),
    ("23326", "Xã Ia Chim", "commune", "commune", "608"),
    ("23356", "Xã Đắk Choong", "commune", "commune", "610"),
    ("21034", "Xã Bình Thuận", "commune", "commune", "522"),
]


def the_list(day: date, units: Sequence[tuple[str, str, str, str, str]] = UNITS) -> ListFile:
    entries = {
        code: Entry(code, name, name, name.split(" ", 1)[1], kind, level, parent, "TN", "GSO")
        for code, name, kind, level, parent in units
    }
    return ListFile(Listing(day, {"VN": NATION, **entries}), f"{day}.csv")


def load_map() -> None:
    RegionFactory()
    load_lists([the_list(LISTED)])


def unit(code: str, day: date = DAY) -> AdministrativeUnit:
    return AdministrativeUnit.objects.on(day).get(code=code)


def with_role(role: str, code: str, name: str = "") -> User:
    user: User = UserFactory(**({"username": name} if name else {}))
    Assignment.objects.create(user=user, role=role, unit=unit(code, LISTED))
    return user


def typed(kind: str, by: User, day: str = "01/01/2021", **fields: str) -> ResolutionForm:
    data = {"effective_date": day, "legal_ref": "Nghị quyết 1", **fields}
    return ResolutionForm(data, kind=kind, by=by)


def applied(kind: str, by: User, day: str = "01/01/2021", **fields: str) -> Resolution:
    form = typed(kind, by, day, **fields)
    assert form.is_valid(), form.errors
    draft = form.save()
    assert draft is not None
    assert form.act is not None
    return services.apply(draft.pk, form.act, by=by)


# Rows as they stand, without what a resolution itself leaves: hence values of any sort.
def all_rows() -> list[Any]:
    models = (AdministrativeUnit, Succession, Assignment)
    return [list(model._default_manager.order_by("pk").values()) for model in models]
