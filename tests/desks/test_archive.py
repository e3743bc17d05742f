"""Files kept: classes, holds, the list of terms, and destroying by two, after which the ledger still verifies."""

from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.test import Client

from casework import clock, erasing
from casework.access.context import acting, system
from casework.commands import keeping
from casework.commands.case import answer_call
from casework.models import (
    Case,
    Disposal,
    Event,
    Keeping,
    LegalHold,
)
from documents import issue
from documents.models import Paper
from mediation.engine import run
from mediation.rehearsal.cast import hire
from tests.process.conftest import instant, own_people, people  # noqa: F401
from tests.process.journey import (
    called,
    do,
    only,
    print_papers,
)
from tests.process.test_closing import closed, visit

pytestmark = pytest.mark.django_db(transaction=False)
PUT_AWAY, OVER = "2026-03-06 09:00", "2036-03-07 09:00"
SECOND = {
    "username": "bianmu", "name": "卞木", "roles": ["archivist"], "district": "两江新区",
}  # fmt: skip
CANARY = "邹世海"


@pytest.fixture
def file(people):  # noqa: F811
    """A file put away, two archivists; nothing printed."""
    people = {**people, **hire([SECOND])}
    return people, put_away(people)


def put_away(people):  # noqa: F811
    case = called(people).case
    with transaction.atomic(), acting(case.pk, None):
        run.cancel_flows(case, "intake")
        Case.objects.filter(pk=case.pk).update(archived_on=date(2026, 3, 6))
        keeping.begin(case, outcome="FAILED", on=date(2026, 3, 6))
    return case


@pytest.fixture
def house(people, settings, tmp_path):  # noqa: F811
    """An archived case, two archivists, and files of their own."""
    settings.WUFANG_FILES = tmp_path
    people = {**people, **hire([SECOND])}
    done = visit(
        people, closed(people), "2026-03-05 09:00", reached=True, satisfied="satisfied"
    )
    print_papers(done.case)
    done = do(people["gongwen"], only(done, "archive"), PUT_AWAY, complete=True)
    print_papers(done.case)
    return people, done.case


def seat(person, said="en"):
    client = Client(headers={"accept-language": said})
    client.force_login(person)
    return client


def act(client, case, at=OVER, **data):
    with clock.held_at(instant(at)):
        return client.post(f"/archive/{case.pk}/act/", data)


def look(client, path, at=OVER):
    with clock.held_at(instant(at)):
        return client.get(path)


def kept(case):
    with transaction.atomic(), system("test"):
        return Keeping.objects.get(case=case)


def test_archiving_sets_class_ground_and_last_day_and_the_cover_prints_it(house):
    staff, case = house
    row = kept(case)
    assert (row.kind, row.counted_from, row.ends_on) == (
        "FAILED",
        date(2026, 3, 6),
        date(2036, 3, 6),
    )
    with transaction.atomic(), system("test"):
        assert issue.facts_of(Paper.objects.get(case=case, code="D32")).retention == "10年"
        last = Event.objects.get(case=case, kind="case.archived")
    assert last.payload == {"kept": "FAILED", "until": "2036-03-06"}
    page = look(seat(staff["gongwen"]), f"/archive/{case.pk}/", PUT_AWAY).content.decode()
    assert "Rules on Labour Arbitration 24" in page
    assert "our own policy, not law" in page


def test_advice_is_kept_two_years_from_the_day_it_was_given(people):  # noqa: F811
    done = called(people)
    with transaction.atomic(), system("test"):
        answer_call(done.case, advice="x", source="y", estimate={}, by=people["qinxiaoyue"],
               at=instant("2026-03-02 10:00"), on=date(2026, 3, 2))  # fmt: skip
    row = kept(done.case)
    assert (row.kind, row.ends_on) == ("ADVICE", date(2028, 3, 2))


def test_the_list_shows_a_file_when_its_term_is_over_and_nobody_else_finds_it(file):
    staff, case = file
    desk = seat(staff["gongwen"])
    assert str(case) not in look(desk, "/archive/", PUT_AWAY).content.decode()
    assert str(case) in look(desk, "/archive/?list=kept", PUT_AWAY).content.decode()
    assert str(case) in look(desk, "/archive/?list=soon", "2036-01-10 09:00").content.decode()
    page = look(desk, "/archive/").content.decode()
    assert str(case) in page
    assert "term over" in page
    assert "recording of a call" in page, "how long what is kept stands below the list"
    for name in ("qinxiaoyue", "heminzhi", "jiangheng", "admin", "luoqiming"):
        stranger = seat(staff[name])
        assert look(stranger, "/archive/").status_code == 404
        assert look(stranger, f"/archive/{case.pk}/").status_code == 404
        assert act(stranger, case, act="hold", ground="x").status_code == 404
    assert (
        act(
            seat(staff["weijia"]), case, act="longer", until="2040-01-01", ground="x"
        ).status_code
        == 404
    )


def test_a_hold_is_lifted_by_another_and_nothing_goes_while_it_stands(file):
    staff, case = file
    first, second = seat(staff["gongwen"]), seat(staff["weijia"])
    assert act(first, case, act="hold", ground=" ").status_code == 422
    assert (
        act(
            first, case, act="hold", ground="法院来函调卷", paper="（2036）渝01民初7号"
        ).status_code
        == 302
    )
    with transaction.atomic(), system("test"):
        hold = LegalHold.objects.get()
    assert "legal hold" in look(first, "/archive/?list=held").content.decode()
    refused = act(first, case, act="ask", ground="期满")
    assert refused.status_code == 422
    assert "A legal hold stands" in refused.content.decode()
    own = act(first, case, act="lift", row=hold.pk, why="案结")
    assert "somebody other than who placed it" in own.content.decode()
    assert act(second, case, act="lift", row=hold.pk, why="诉讼已结").status_code == 302
    assert act(second, case, act="lift", row=hold.pk, why="诉讼已结").status_code == 422
    assert act(first, case, act="ask", ground="期满").status_code == 302


def test_longer_is_later_and_another_archive_has_a_name(file):
    staff, case = file
    desk = seat(staff["gongwen"])
    assert act(desk, case, act="longer", until="2036-03-07", ground="复查").status_code == 422
    assert act(desk, case, act="longer", until="2041-03-06", ground="复查").status_code == 302
    assert kept(case).ends_on == date(2041, 3, 6)
    runs = act(desk, case, act="ask", ground="期满")
    assert "has not ended" in runs.content.decode()
    assert act(desk, case, act="hand", receiver="", ground="移交").status_code == 422
    assert act(desk, case, act="hand", receiver="区档案馆", ground="移交").status_code == 302
    assert kept(case).state == "HANDED"
    assert act(desk, case, act="longer", until="2050-01-01", ground="x").status_code == 422


def asked(file):
    staff, case = file
    assert (
        act(seat(staff["gongwen"]), case, act="ask", ground="期满，无利用价值").status_code
        == 302
    )
    with transaction.atomic(), system("test"):
        return Disposal.objects.get(keeping__case=case, agreed=None).pk


def test_nobody_destroys_alone_nor_by_a_slip(file):
    staff, case = file
    row = asked(file)
    alone = act(seat(staff["gongwen"]), case, act="agree", row=row, number=str(case))
    assert "takes two people" in alone.content.decode()
    slip = act(seat(staff["bianmu"]), case, act="agree", row=row, number="别的号")
    assert "not the number of this file" in slip.content.decode()
    assert act(seat(staff["bianmu"]), case, act="refuse", row=row).status_code == 422
    assert (
        act(seat(staff["bianmu"]), case, act="refuse", row=row, words="仍要利用").status_code
        == 302
    )
    assert kept(case).state == "KEPT"
    assert (
        act(seat(staff["bianmu"]), case, act="agree", row=row, number=str(case)).status_code
        == 422
    )


def test_the_database_itself_refuses_early_alone_held_or_back(file):
    staff, case = file

    def put(state, on):
        with transaction.atomic(), system("test"):
            Keeping.objects.filter(case=case).update(state=state, ended_on=on)

    with pytest.raises(DatabaseError, match="runs"):
        put("DESTROYED", "2036-03-06")
    with pytest.raises(DatabaseError, match="two people"):
        put("DESTROYED", "2036-03-07")
    act(seat(staff["weijia"]), case, act="hold", ground="x")
    with pytest.raises(DatabaseError, match="legal hold"):
        put("DESTROYED", "2036-03-07")


def test_no_column_of_text_that_hangs_on_a_case_is_forgotten():
    """Each is emptied, or its reason to stay is in STAYS."""
    missing = set()
    for model in apps.get_models():
        if not erasing.hangs_on_a_case(model):
            continue
        named = set(erasing.GOES.get(model._meta.label, ("", ""))[1].split())
        stays = set(erasing.STAYS.get(model._meta.label, "").split())
        for field in model._meta.concrete_fields:
            wide = isinstance(
                field,
                models.TextField | models.JSONField | models.BinaryField | models.CharField,
            )
            if wide and not field.choices and field.name not in named | stays:
                missing.add(f"{model._meta.label}.{field.name}")
    assert missing == set()
