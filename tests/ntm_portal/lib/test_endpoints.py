import pytest

from tests.api_client import ApiReader, reader_of
from tests.factories import NationFactory, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> ApiReader:
    return reader_of(NationFactory(), "committee")


@pytest.mark.parametrize("address", ["rounds/", "rounds/2020-Q4/"])
def test_invented_data_is_announced_in_a_header(reader: ApiReader, address: str) -> None:
    RoundFactory(is_demonstration=True)
    assert reader.get(address)["X-Demonstration"] == "true"


@pytest.mark.parametrize("address", ["rounds/", "rounds/2020-Q4/", "rounds/none/"])
def test_true_data_carries_no_such_header(reader: ApiReader, address: str) -> None:
    RoundFactory(is_demonstration=False)
    assert "X-Demonstration" not in reader.get(address)


def test_an_answer_is_not_taken_for_that_of_another_reader(reader: ApiReader) -> None:
    response = reader.get("rounds/")
    assert {"Accept-Language", "Authorization"} <= set(response["Vary"].split(", "))
