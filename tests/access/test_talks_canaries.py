"""What one side said alone, and an offer that is closed, on every address there is: neither side and no desk finds it.

The addresses are taken from the house's own map, so that a new page is walked without being named here.
"""

import io
import zipfile
from itertools import product

import pypdfium2
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import get_resolver

from casework import clock
from casework.access.context import acting, system
from casework.commands.consent import give_consent
from casework.models import Agency, Case, District, Outgoing, Pack, Party, Service, User
from documents import issue
from documents.models import Paper
from mediation.models import Process, Task
from tests.desks.portal import enter
from tests.desks.test_rules import client_of
from tests.process.stage_c import at
from tests.process.test_sealed import CANARIES, LEAST, MOST, noted

pytestmark = pytest.mark.django_db
MONEY = tuple(form for yuan in (LEAST, MOST) for form in (yuan, f"{float(yuan):,.2f}"))
MARKS = (*CANARIES.values(), "金丝雀", *MONEY)
# Pages of the house that show no case, and the way out.
NOT_OF_CASES = (
    "/logout/", "/track/leave/", "/rules/", "/house/", "/calculators/", "/lawyers/", "/teams/", "/duty/",
    "/partners/", "/platforms/", "/bargaining/", "/notices/", "/subsidies/", "/responsibilities/", "/bench/",
    "/clues/", "/api/v1/schema/",
)  # fmt: skip
DAY = at("2026-03-19 09:00")
PHONES = {"W01": "13800007701", "R1": "023-0000 7702"}


def addresses(pools):
    """Every address that the house answers to, with numbers of this case in the places of numbers."""
    found = []
    for each in get_resolver().reverse_dict.values():
        for path, names in each[0]:
            if all(name in pools for name in names):
                values = [[(name, value) for value in pools[name]] for name in names]
                found += [f"/{path}" % dict(chosen) for chosen in product(*values)]
    return sorted(each for each in set(found) if not each.startswith(NOT_OF_CASES))


def text_of(answer):
    """What an answer tells: a page as it is, a PDF and a packed file unpacked."""
    data = b"".join(answer) if answer.streaming else answer.content
    if data.startswith(b"%PDF"):
        pages = pypdfium2.PdfDocument(data)
        return "".join(page.get_textpage().get_text_range() for page in pages)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(archive.read(name).decode("latin-1") for name in archive.namelist())
    return data.decode("utf-8", "replace") + str(answer.headers)


def heap_of(client, paths):
    """All that a browser gets, and at how many addresses it got something."""
    texts = []
    for path in paths:
        answer = client.get(path)
        assert answer.status_code < 500, path
        if answer.status_code == 200:
            texts.append(text_of(answer))
    return "".join(texts), len(texts)


@pytest.fixture
def talked(settings, tmp_path):
    """Three private notes and two offers that do not meet; the record and the notices printed and served."""
    settings.WUFANG_NOTIFIER = "tests.pocket.Pocket"
    settings.WUFANG_FILES = tmp_path
    call_command("seed_reference", verbosity=0)
    story = noted()
    with transaction.atomic(), system("test"):  # a district whose offices are known
        place = District.objects.get(name="两江新区")
        Case.objects.filter(pk=story.case_id).update(district=place)
        User.objects.filter(pk=story.people["manager"].pk).update(district=place)
        story.people["manager"].refresh_from_db()
    with transaction.atomic(), acting(story.case_id, story.people["manager"]):
        agency = Agency.objects.get(pk="HRSS")
        worker = Party.objects.select_related("case").get(case_id=story.case_id, ref="W01")
        give_consent(worker.case, purpose="share", agency=agency, party=worker, kinds=agency.visible_fields,
                     by=story.people["manager"], at=at("2026-03-18 14:00"))  # fmt: skip
    story.start("manager", "referral.refer", "2026-03-18 15:00", matter="LABOUR_INSPECTION",
                asked="请核查工资支付情况。")  # fmt: skip
    with story.reading() as case:
        papers = list(Paper.objects.filter(case=case).values_list("pk", flat=True))
    for number in papers:
        issue.render_pending(number)
    with transaction.atomic(), acting(story.case_id, None):
        for party, number in product(Party.objects.filter(case=story.case_id), papers):
            Service.objects.create(
                case_id=story.case_id, party=party, document="D09", paper_id=number, way="direct",
                served_on=clock.day(DAY),
            )  # fmt: skip
    return story


def pools(story):
    with story.reading() as case:
        return {
            "case_id": [case.pk], "paper_id": list(Paper.objects.filter(case=case).values_list("pk", flat=True)),
            "task_id": list(Task.objects.filter(case=case, is_open=True).values_list("pk", flat=True)),
            "process_id": list(Process.objects.filter(case=case).values_list("pk", flat=True)),
            "session_id": list(case.sessions.values_list("pk", flat=True)), "number": [1],
            "referral_id": list(case.referrals.values_list("pk", flat=True)),
        }  # fmt: skip


@pytest.mark.parametrize(("ref", "least"), [("W01", 14), ("R1", 6)])
def test_neither_side_finds_a_talk_or_an_offer_at_any_address(talked, ref, least):
    with clock.held_at(DAY):
        client = enter(talked.case_id, ref, phone=PHONES[ref])
        heap, opened = heap_of(client, addresses(pools(talked)))
    assert opened >= least, "the side sees its own pages and papers"
    assert "砚石" in heap or "工人1" in heap, "and they speak of this case"
    for mark in MARKS:
        assert mark not in heap


def test_no_desk_finds_them_in_pages_exports_search_or_api(talked):
    """Supervision sees every case, all figures, the workbook and the log of the whole house."""
    person = User.objects.create(
        username="c_supervisor", display_name="督办员", roles=["supervisor"], district=None
    )
    paths = addresses(pools(talked)) + [f"/search/?q={mark}" for mark in ("底线金丝雀", LEAST)]
    with clock.held_at(DAY):
        heap, opened = heap_of(client_of(person), paths)
    assert opened > 40
    # The search repeats what was asked for; nothing else may.
    for mark in MARKS:
        assert heap.count(mark) <= 4 * (mark in ("金丝雀", LEAST)), mark
    for mark in CANARIES.values():
        assert mark not in heap


def test_no_pack_message_or_queue_carries_them(talked):
    with transaction.atomic(), system("test"), connection.cursor() as cursor:
        told = [str(row.fields) + str(row.papers) for row in Pack.objects.all()]
        assert told, "a pack left the house"
        told += list(Outgoing.objects.values_list("body", flat=True))
        told += [row.facts for row in Paper.objects.filter(case=talked.case_id)]
        cursor.execute("SELECT args::text FROM procrastinate_jobs")
        told += [row[0] for row in cursor.fetchall()]
    for mark in MARKS:
        assert not any(mark in str(text) for text in told)
