"""The people, the province with its district and commune that the sentences here are about."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from communes.models import AdministrativeUnit
from ntm_portal.accounts.models import User
from tests.factories import DistrictFactory, ProvinceFactory, UnitFactory, UserFactory


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Sentences are asserted as they stand in the source."""
    with translation.override("en"):
        yield


@pytest.fixture
def province() -> AdministrativeUnit:
    return ProvinceFactory()


@pytest.fixture
def district(province: AdministrativeUnit) -> AdministrativeUnit:
    return DistrictFactory(code="612", name="Huyện Kon Rẫy", name_en="Kon Ray District")


@pytest.fixture
def commune(district: AdministrativeUnit) -> AdministrativeUnit:
    return UnitFactory(code="23470", name="Xã Đắk Pne", name_en="Dak Pne Commune", parent=district)


@pytest.fixture
def officer(province: AdministrativeUnit) -> User:
    return UserFactory(username="officer", roles={"officer": province})


@pytest.fixture
def administrator(province: AdministrativeUnit) -> User:
    return UserFactory(username="admin", is_superuser=True)
