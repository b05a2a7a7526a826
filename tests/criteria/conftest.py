"""The people and the one commune that most sentences here are about."""

import pytest

from criteria.models import Assessment, Measure
from ntm_portal.accounts.models import User
from tests.factories import (
    AssessmentFactory,
    CriterionFactory,
    MeasureFactory,
    ProvinceFactory,
    ThresholdFactory,
    UserFactory,
)


@pytest.fixture
def officer() -> User:
    return UserFactory(username="officer", roles={"officer": ProvinceFactory()})


@pytest.fixture
def verifier() -> User:
    return UserFactory(username="verifier", roles={"verifier": ProvinceFactory()})


@pytest.fixture
def administrator() -> User:
    return UserFactory(username="admin", is_superuser=True)


@pytest.fixture
def assessment() -> Assessment:
    return AssessmentFactory()


@pytest.fixture
def measure(assessment: Assessment) -> Measure:
    """A percentage that must reach 80."""
    measure = MeasureFactory(criterion=CriterionFactory(code="5"), code="5")
    ThresholdFactory(measure=measure, value=80)
    return measure
