from pytest_django import Settings

from ntm_portal.jobs.checks import check_kinds
from tests.ntm_portal.jobs import works


def test_kinds_that_are_there_are_in_order() -> None:
    assert check_kinds() == []


def test_a_kind_that_is_not_there_is_named(settings: Settings) -> None:
    settings.JOB_KINDS = {"gone": f"{works.HERE}.GONE", "none": f"{works.HERE}.HERE"}
    assert [(said.id, said.msg.split("]")[0]) for said in check_kinds()] == [
        ("jobs.E001", "JOB_KINDS['gone'"),
        ("jobs.E001", "JOB_KINDS['none'"),
    ]
