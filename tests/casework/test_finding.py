"""Finding a caller and a case; what is masked for whom."""

import pytest
from django.db import transaction

from casework.access import redaction
from casework.access.context import as_person
from casework.queries import people as finding
from casework.queries.timeline import timeline
from tests.process.conftest import people  # noqa: F401
from tests.process.journey import called

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "words",
    ["5511", "13800005511", "138 0000 5511", "+86 138-0000-5511", "邹世海", "世海", "岚桥机电"],
)
def test_a_caller_is_found_by_what_is_said(people, words):  # noqa: F811
    case = called(people).case
    with transaction.atomic(), as_person(people["qinxiaoyue"]):
        assert finding.find_cases(words) == [case]
        assert finding.find_cases(case.ticket_no) == [case]


@pytest.mark.parametrize("words", ["", "  ", "5512", "13800005512", "邹海", "%", "_"])
def test_what_does_not_fit_finds_nothing(people, words):  # noqa: F811
    called(people)
    with transaction.atomic(), as_person(people["qinxiaoyue"]):
        assert finding.find_cases(words) == []


@pytest.mark.parametrize("who", ["heminzhi", "taoyan", "zhongping", "admin"])
def test_a_stranger_finds_nothing(people, who):  # noqa: F811
    called(people)
    with transaction.atomic(), as_person(people[who]):
        assert finding.find_cases("邹世海") == []


def test_what_was_found_opens_with_its_first_event(people):  # noqa: F811
    called(people)
    with transaction.atomic(), as_person(people["qinxiaoyue"]):
        (case,) = finding.find_cases("138 0000 5511")
        assert next(iter(timeline(case, people["qinxiaoyue"]))).seq == 1


@pytest.mark.parametrize(
    ("value", "kind", "seen"),
    [
        ("13800005511", "phone", "138****5511"),
        ("5511", "phone", "****"),
        ("500101199001011234", "identity", "500*************34"),
        ("12", "identity", "*****"),
        ("邹世海", "name", "邹**"),
        ("6222020000001234", "bank", "**** 1234"),
        ("1234", "bank", "****"),
        ("重庆市两江新区云杉路1号", "address", "重庆市两江新区***"),
        ("长寿县桃花村", "address", "长寿县***"),
        ("云杉路1号", "address", "***"),
        ("", "phone", ""),
    ],
)
def test_a_mask_leaves_enough_to_recognise_and_too_little_to_use(value, kind, seen):
    assert redaction.mask(value, kind) == seen


def test_the_widest_role_decides_and_no_role_sees_nothing():
    phone = "13800005511"
    assert redaction.shown(phone, "phone", ["mediator"], "identity") == phone
    assert redaction.shown(phone, "phone", ["operator"], "identity") == "138****5511"
    assert redaction.shown(phone, "phone", ["operator", "mediator"], "identity") == phone
    assert redaction.shown(phone, "phone", ["admin"], "identity") == ""
    assert redaction.shown(phone, "phone", [], "identity") == ""
    assert redaction.may_read(["mediator"], "offers")
    assert not redaction.may_read(["mediation_head"], "offers")
