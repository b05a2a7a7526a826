"""Every text for people has its Vietnamese, and the compiled file is the one committed."""

import re

from ntm_portal import messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def test_no_text_is_without_its_vietnamese() -> None:
    catalog = messages.merged()
    assert len(catalog) > 200
    assert messages.untranslated(catalog) == []


def test_the_files_committed_are_those_of_the_source() -> None:
    for_people, for_portal = messages.written(messages.merged())
    stored = messages.po_path()
    assert stored.read_bytes() == for_people, "run manage.py update_messages"
    assert stored.with_suffix(".mo").read_bytes() == for_portal, "run manage.py update_messages"


def test_a_translation_has_the_placeholders_of_its_text() -> None:
    for message in messages.stored():
        source = messages.forms(message.id)[-1]
        for form in messages.forms(message.string):
            if message.id:
                assert set(PLACEHOLDER.findall(form)) == set(PLACEHOLDER.findall(source)), source


def test_vietnamese_is_never_the_english_text_itself() -> None:
    same = {item.id for item in messages.stored() if item.id and item.id == item.string}
    assert same <= {"API", "OCOP", "NTM Portal"}, same
