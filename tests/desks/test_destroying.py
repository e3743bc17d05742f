"""A file is destroyed: its contents are found nowhere, its bytes go with the job, its ledger still verifies."""

import pytest
from django.apps import apps
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from casework import clock, events
from casework.access.context import acting, system
from casework.models import (
    CallRecord,
    Event,
    Evidence,
    Keeping,
    Party,
    Person,
    WorkerWord,
)
from documents import storage
from documents.models import Mark, Paper
from documents.storage import BytesLost
from mediation.commands import archive as commands
from mediation.rehearsal.cast import hire
from tests.desks.test_archive import (  # noqa: F401
    CANARY,
    OVER,
    SECOND,
    act,
    asked,
    file,
    house,
    look,
    put_away,
    seat,
)
from tests.process.agreements import race
from tests.process.conftest import instant, own_people, people  # noqa: F401
from tests.process.journey import DISPUTE, called, remove_what_was_let_go, start

pytestmark = pytest.mark.django_db(transaction=False)


def shared_with_another_case(staff, case):
    """The same photograph was handed in for another matter too."""
    digest = storage.keep("同一张照片".encode())
    told = {**DISPUTE, "name": "何其", "phone": "13800005599"}
    other = start(staff["qinxiaoyue"], "intake.record_call", "2026-03-02 11:00", **told).case
    with transaction.atomic(), system("test"):
        for each in (case, other):
            party = Party.objects.get(case=each, ref="W01")
            Evidence.objects.create(case=each, party=party, name="照片", media_type="image/jpeg", size=1,
                                    sha256=digest, received_sha256=digest, made_at=case.opened_at)  # fmt: skip
    return digest


def test_what_was_destroyed_is_gone_everywhere_and_the_ledger_still_verifies(house):  # noqa: F811
    staff, case = house
    shared = shared_with_another_case(staff, case)
    with transaction.atomic(), system("test"):
        party = Party.objects.get(case=case, ref="W01")
        digest = storage.keep("工资条 邹世海".encode())
        Evidence.objects.create(case=case, party=party, name="邹世海.pdf", media_type="application/pdf",
                                size=1, sha256=digest, received_sha256=digest, made_at=case.opened_at)  # fmt: skip
        WorkerWord.objects.create(
            case=case, party=party, kind="OBJECTION", text="邹世海不同意", at=case.opened_at
        )
        printed = list(Paper.objects.filter(case=case).exclude(sha256=""))
        before = Mark.objects.count()
    row = asked(house)
    assert (
        act(seat(staff["bianmu"]), case, act="agree", row=row, number=str(case)).status_code
        == 302
    )
    assert storage.read(digest), "a crash now loses no removal: the job waits in the database"
    for _twice in range(2):
        remove_what_was_let_go()
    with transaction.atomic(), system("test"):
        assert Person.objects.filter(name=CANARY).count() == 0
        assert CallRecord.objects.get(case=case).facts == ""
        assert Person.objects.exclude(phone_index=b"").filter(parties__case=case).count() == 0
        assert {paper.state for paper in Paper.objects.filter(case=case)} == {"EMPTIED"}
        assert Mark.objects.count() == before
        assert events.verify(case.pk) == []
        assert Event.objects.filter(case=case).last().kind == "file.destroyed"
        assert _found_anywhere(CANARY, case) == []
    assert storage.read(shared), "the same bytes lie in a case that stands"
    for gone in [digest, *(paper.sha256 for paper in printed)]:
        with pytest.raises(BytesLost):
            storage.read(gone)
    for name in ("gongwen", "weijia", "dengchuan", "yuanjing"):
        assert look(seat(staff[name]), f"/cases/{case.pk}/").status_code == 404
    page = look(seat(staff["gongwen"]), "/archive/?list=destroyed").content.decode()
    assert str(case) in page
    assert look(seat(staff["gongwen"]), f"/archive/{case.pk}/").status_code == 200


def _found_anywhere(word, case):
    """Columns of any table, sealed ones opened, that still hold a word; the ledger aside."""
    found = []
    for model in apps.get_models():
        if model is Event:
            continue
        for row in model._default_manager.all():
            found += [
                (model.__name__, field.name)
                for field in model._meta.concrete_fields
                if word in str(getattr(row, field.attname))
            ]
    return found


def test_a_person_whom_another_case_knows_keeps_the_name_there(file):  # noqa: F811
    staff, case = file
    with transaction.atomic(), system("test"):
        party = Party.objects.get(case=case, ref="W01")
        other = called(staff).case
        Party.objects.filter(case=other, ref="W01").update(person=party.person)
    row = asked(file)
    act(seat(staff["bianmu"]), case, act="agree", row=row, number=str(case))
    with transaction.atomic(), system("test"):
        assert Party.objects.get(case=other, ref="W01").person.name == CANARY


@pytest.mark.django_db(transaction=True)
def test_of_two_who_agree_at_one_instant_one_destroys(own_people):  # noqa: F811
    people = {**own_people, **hire([SECOND, {**SECOND, "username": "dangan", "name": "党安"}])}  # noqa: F811
    case = put_away(people)
    with clock.held_at(instant(OVER)):
        with transaction.atomic(), acting(case.pk, people["gongwen"]):
            row = commands.ask(
                Keeping.objects.get(case=case),
                ground="期满",
                by=people["gongwen"],
                at=clock.now(),
            )

        def agree(name):
            with (
                clock.held_at(instant(OVER)),
                transaction.atomic(),
                acting(case.pk, people[name]),
            ):
                commands.decide(row, agree=True, words="", by=people[name], at=instant(OVER))

        came = race(lambda: agree("bianmu"), lambda: agree("dangan"))
    assert sorted(came) == ["NotKept", "done"]
    with transaction.atomic(), system("test"):
        assert Event.objects.filter(case=case, kind="file.destroyed").count() == 1
        assert events.verify(case.pk) == []
    assert ProcrastinateJob.objects.filter(task_name="remove_files").count() <= 1
