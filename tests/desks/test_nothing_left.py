"""After a file is destroyed the whole database is read as a dump writes it: nothing says who it was about."""

import os
from datetime import date

import psycopg
from django.db import transaction

from casework import clock, events, tracking
from casework.access.context import acting, system
from casework.commands import keeping
from casework.models import Case, Event, Keeping, Party, WorkerWord
from mediation.commands import desk, worker
from mediation.engine import run
from mediation.rehearsal.cast import hire
from tests.desks.test_archive import SECOND, act, seat
from tests.desks.test_worker import photograph
from tests.process.conftest import inhabitants, instant
from tests.process.journey import DISPUTE, start

NAME, PHONE, PLACE = "阙岩松", "13800007766", "试验区工友路七十七号"
SAYS = f"{NAME}说住在{PLACE}，电话{PHONE}"
SENT = {"phone": PHONE, "name": NAME, "facts": SAYS, "confidential": SAYS, "consents": []}


def at(text):
    return instant(f"2026-03-{text}")


def lived(people):
    """A case in which every kind of act that takes words of a person names the worker."""
    case = start(
        people["qinxiaoyue"], "intake.record_call", "2026-03-02 09:00", **{**DISPUTE, **SENT}
    ).case
    manager = people["dengchuan"]
    start(
        manager,
        "correction.worker",
        "2026-03-02 10:00",
        case,
        party="W01",
        address=PLACE,
        reason=SAYS,
    )
    start(
        manager,
        "correction.worker",
        "2026-03-02 10:01",
        case,
        party="W01",
        name=NAME,
        reason=SAYS,
    )
    with clock.held_at(at("02 10:30")), transaction.atomic(), acting(case.pk, None):
        party = Party.objects.select_related("case", "person").get(case=case, ref="W01")
        tracking.make_code(case=case, party=party, by=manager, at=clock.now())
        worker.hand_in(
            case, party, data=photograph().read(), name=f"{NAME}.jpg", at=clock.now()
        )
        for kind in ("CORRECTION", "CONTACT", "NOT_PAID"):
            worker.say(case, party, kind=kind, text=SAYS, at=clock.now())
        words = WorkerWord.objects.filter(case=case).exclude(kind="CORRECTION")
        for row in words:
            worker.answer(row, text=SAYS, by=manager, at=clock.now())
    with clock.held_at(at("02 11:00")):
        client = seat(manager)
        client.post(f"/cases/{case.pk}/reveal/", {"party": "W01", "reason": SAYS})
        client.get("/search/", {"q": NAME})
        client.get("/search/", {"q": PHONE})
        with transaction.atomic(), system("test"):
            tasks = list(run.open_tasks(case.pk))
        mine = next(task for task in tasks if run.may_do(task, manager))
        desk.put_off(
            task_id=mine.pk, until=date(2026, 3, 3), reason=SAYS, by=manager, at=clock.now()
        )
        asked = next(task for task in tasks if task.flow_task.name == "check")
        run.complete(
            task_id=asked.pk,
            by=manager,
            at=clock.now(),
            data={"decision": "REFUSE", "words": SAYS},
        )
    start(manager, "closing.begin_closing", "2026-03-03 09:00", case,
          outcome="SETTLED_PRIVATELY", words=SAYS)  # fmt: skip
    return case


def put_away(case):
    with transaction.atomic(), acting(case.pk, None):
        for name in ("intake", "closing", "owndata"):
            run.cancel_flows(case, name)
        Case.objects.filter(pk=case.pk).update(archived_on=date(2026, 3, 6))
        keeping.begin(case, outcome="FAILED", on=date(2026, 3, 6))


def dumped(wanted):
    """Table and columns' text in which one of the words stands, sealed or not, in every table of the database."""
    marks = [
        *(word.encode() for word in wanted),
        *(word.encode().hex().encode() for word in wanted),
    ]
    found = {}
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as link:
        tables = link.execute(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        assert len(tables) > 100
        for (table,) in tables:
            with link.cursor().copy(f"COPY (SELECT * FROM {table}) TO STDOUT") as rows:
                text = b"".join(bytes(row) for row in rows)
            hits = [
                line.decode()[:400]
                for line in text.splitlines()
                if any(m in line for m in marks)
            ]
            if hits:
                found[table] = hits
    return found


def destroyed(people, case):
    for who, sent in (
        ("gongwen", {"act": "ask", "ground": "期满，无利用价值"}),
        ("bianmu", {"act": "agree", "number": str(case)}),
    ):
        if who == "bianmu":
            with transaction.atomic(), system("test"):
                sent["row"] = Keeping.objects.get(case=case).disposals.get(agreed=None).pk
        answer = act(seat(people[who]), case, **sent)
        assert answer.status_code == 302, answer.content.decode()[-3000:]


def test_no_word_of_a_destroyed_file_is_left_in_the_dump(
    settled, own_database, settings, tmp_path
):
    settings.WUFANG_FILES = tmp_path
    people = {**inhabitants(), **hire([SECOND])}
    case = lived(people)
    put_away(case)
    before = dumped([NAME, PHONE, PLACE])
    assert {"public.casework_person", "public.casework_event"} <= set(
        before
    )  # the look would find them
    with transaction.atomic(), system("test"):
        kinds = list(
            Event.objects.filter(case=case).order_by("seq").values_list("kind", flat=True)
        )
        head = bytes(Case.objects.get(pk=case.pk).chain_head)
    named = act(seat(people["gongwen"]), case, act="ask", ground=f"{NAME}的事已了")
    assert named.status_code == 422  # what stays is written without names
    destroyed(people, case)
    assert dumped([NAME, PHONE, PLACE]) == {}
    with transaction.atomic(), system("test"):
        assert events.verify(case.pk) == []
        rows = list(Event.objects.filter(case=case).order_by("seq"))
    assert [row.kind for row in rows][
        : len(kinds)
    ] == kinds  # what happened stays, without words
    assert bytes(rows[len(kinds) - 1].hash) == head
    assert {row.kind for row in rows if row.payload} == {"file.destroyed"}
