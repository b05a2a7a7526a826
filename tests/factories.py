"""Rows for tests, by sequence and never at random; each test arranges only what it is about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from communes.models import AdministrativeUnit, Region
from criteria.models import (
    Assessment,
    CriteriaGroup,
    CriteriaSet,
    Criterion,
    Indicator,
    IndicatorValue,
    LateEntry,
    Measure,
    Recognition,
    ReportingRound,
    Threshold,
)
from ntm_portal.accounts.models import Assignment, User
from ntm_portal.lib.text import fold

Unit = AdministrativeUnit


class RegionFactory(DjangoModelFactory[Region]):
    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = "TN"
    name = "Tây Nguyên"
    name_en = "Central Highlands"


class UnitFactory(DjangoModelFactory[AdministrativeUnit]):
    """A commune with its whole line of parents unless they are given."""

    class Meta:
        model = AdministrativeUnit
        django_get_or_create = ("code", "valid_from")

    level = Unit.Level.COMMUNE
    kind = Unit.Kind.COMMUNE
    code = factory.Sequence(lambda n: f"{20000 + n:05d}")
    name = factory.LazyAttribute(lambda unit: f"Xã Thử {unit.code}")
    name_en = factory.LazyAttribute(lambda unit: f"Thu {unit.code} Commune")
    short_name = factory.LazyAttribute(lambda unit: unit.name.split(" ", 1)[-1])
    search_name = factory.LazyAttribute(lambda unit: fold(unit.name))
    valid_from = None
    valid_to = None
    parent = factory.SubFactory("tests.factories.DistrictFactory")
    region = factory.LazyAttribute(lambda unit: unit.parent.region if unit.parent else None)
    path = factory.LazyAttribute(
        lambda unit: f"{unit.parent.path if unit.parent else '/'}{unit.code}/"
    )


class NationFactory(UnitFactory):
    level = Unit.Level.NATION
    kind = Unit.Kind.NATION
    code = "VN"
    name = "Việt Nam"
    name_en = "Viet Nam"
    parent = None


class ProvinceFactory(UnitFactory):
    level = Unit.Level.PROVINCE
    kind = Unit.Kind.PROVINCE
    code = "62"
    name = "Tỉnh Kon Tum"
    name_en = "Kon Tum Province"
    parent = factory.LazyFunction(NationFactory)
    region = factory.LazyFunction(RegionFactory)


class DistrictFactory(UnitFactory):
    level = Unit.Level.DISTRICT
    kind = Unit.Kind.DISTRICT
    code = "608"
    name = "Thành phố Kon Tum"
    name_en = "Kon Tum City"
    parent = factory.LazyFunction(ProvinceFactory)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    password = factory.django.Password("a-long-password")

    @factory.post_generation
    def roles(self: User, create: bool, extracted: dict[str, Unit] | None, **kwargs: Any) -> None:
        for role, unit in (extracted or {}).items():
            Assignment.objects.create(user=self, role=role, unit=unit)


class RoundFactory(DjangoModelFactory[ReportingRound]):
    class Meta:
        model = ReportingRound
        django_get_or_create = ("code",)

    code = "2020-Q4"
    reference_date = date(2020, 12, 31)
    opens_on = date(2020, 12, 1)
    due_on = date(2021, 1, 15)


class CriteriaSetFactory(DjangoModelFactory[CriteriaSet]):
    class Meta:
        model = CriteriaSet
        django_get_or_create = ("code",)

    code = "invented"
    name = "Bộ tiêu chí thử"
    name_en = "Invented set"
    level = Unit.Level.COMMUNE
    standard = CriteriaSet.Standard.NTM
    valid_from = date(2016, 12, 1)
    indicators_total = 1


class CriterionFactory(DjangoModelFactory[Criterion]):
    class Meta:
        model = Criterion

    criteria_set = factory.LazyFunction(CriteriaSetFactory)
    group = factory.LazyAttribute(
        lambda criterion: CriteriaGroup.objects.get_or_create(
            criteria_set=criterion.criteria_set,
            code="I",
            defaults={"name": "Nhóm", "name_en": "Group", "position": 1},
        )[0]
    )
    position = factory.Sequence(lambda n: n)
    code = factory.LazyAttribute(lambda criterion: str(criterion.position))
    name = "Thu nhập"
    name_en = "Income"


class MeasureFactory(DjangoModelFactory[Measure]):
    """A percentage that must reach at least something, in an indicator and criterion of its own."""

    class Meta:
        model = Measure

    class Params:
        criterion = factory.LazyFunction(CriterionFactory)

    position = factory.Sequence(lambda n: n)
    code = factory.LazyAttribute(lambda measure: f"{measure.criterion.code}.{measure.position}")
    name = factory.LazyAttribute(lambda measure: f"Chỉ tiêu {measure.code}")
    name_en = factory.LazyAttribute(lambda measure: f"Indicator {measure.code}")
    indicator = factory.LazyAttribute(
        lambda measure: Indicator.objects.create(
            criterion=measure.criterion,
            code=measure.code,
            name=measure.name,
            name_en=measure.name_en,
            position=measure.position,
            confidence="read",
        )
    )
    kind = Measure.Kind.PERCENT
    unit = "%"
    unit_en = "%"
    comparator = Measure.Comparator.AT_LEAST


class ThresholdFactory(DjangoModelFactory[Threshold]):
    class Meta:
        model = Threshold

    measure = factory.SubFactory(MeasureFactory)
    value = Decimal(80)
    legal_ref = "QĐ 0/QĐ-THỬ"
    confidence = "read"


class AssessmentFactory(DjangoModelFactory[Assessment]):
    class Meta:
        model = Assessment

    unit = factory.LazyFunction(UnitFactory)
    round = factory.LazyFunction(RoundFactory)
    criteria_set = factory.LazyFunction(CriteriaSetFactory)


class ValueFactory(DjangoModelFactory[IndicatorValue]):
    class Meta:
        model = IndicatorValue

    assessment = factory.SubFactory(AssessmentFactory)
    measure = factory.SubFactory(MeasureFactory)
    number = Decimal(90)
    verdict = "missing"
    updated_at = factory.LazyFunction(timezone.now)


class LateEntryFactory(DjangoModelFactory[LateEntry]):
    class Meta:
        model = LateEntry

    assessment = factory.SubFactory(AssessmentFactory)
    by = factory.SubFactory(UserFactory)
    reason = "Mất điện ba ngày"


class RecognitionFactory(DjangoModelFactory[Recognition]):
    class Meta:
        model = Recognition

    unit = factory.LazyFunction(UnitFactory)
    standard = CriteriaSet.Standard.NTM
    standard_year = 2020
    decision_number = factory.Sequence(lambda n: f"{n}/QĐ-THỬ")
    decision_date = date(2020, 10, 1)
    authority = "UBND tỉnh"
    recorded_by = factory.SubFactory(UserFactory)
