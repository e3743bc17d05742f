"""What each worker of a small group, and the firm, see and hand in after the agreement: the own sum and nobody else's."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.utils.dateparse import parse_date

from casework import clock
from casework.access.context import acting
from casework.models import Evidence, Party, Service, Share
from documents import issue
from documents.models import Paper
from tests.desks.portal import enter
from tests.desks.test_worker import photograph
from tests.process.stage_c import accepted, at, draft, held, in_force, to_session

pytestmark = pytest.mark.django_db
SUMS = {"W01": "1111.11", "W02": "2222.22", "W03": "3333.33"}


@pytest.fixture(autouse=True)
def doors(settings, tmp_path):
    settings.WUFANG_NOTIFIER = "tests.pocket.Pocket"
    settings.WUFANG_FILES = tmp_path


def printed(story):
    with story.reading() as case:
        numbers = list(Paper.objects.filter(case=case).values_list("pk", flat=True))
    for number in numbers:
        issue.render_pending(number)
    return numbers


def test_three_workers_sign_one_text_and_each_sees_the_own_sum():
    """Two to nine workers are no collective case by law, and their sums are private all the same."""
    story = to_session(accepted(group=[Decimal(yuan) for yuan in SUMS.values()]))
    with story.reading() as case:
        type(case).objects.filter(pk=case.pk).update(is_collective=False)
    story.do("mediator", "hold_session", "2026-03-18 11:30", **held("SETTLED"))
    plan = [{"due_on": "2026-04-08", "amount_yuan": "6666.66"}]
    story.do(
        "mediator", "draft", "2026-03-18 12:00", **draft(instalments=plan, total_yuan="6666.66")
    )
    story.do("mediator", "make_ready", "2026-03-18 13:00", read_by_both=True)
    numbers = printed(story)
    with clock.held_at(at("2026-03-18 14:00")):
        client = enter(story.case_id, "W02", phone="13800007702")
        names = ("status", "sign", "plan", "papers", "data", "slip", "looks")
        heap = "".join(client.get(f"/track/{name}/").content.decode() for name in names)
        assert "2,222.22" in heap
        for other in ("1,111.11", "1111.11", "3,333.33", "3333.33", "工人1", "工人3"):
            assert other not in heap
        got = [n for n in numbers if client.get(f"/track/papers/{n}/").status_code == 200]
    with story.reading():
        facts = {row.code: row.facts for row in Paper.objects.filter(pk__in=got)}
        assert {"D09", "D10"} <= set(facts), "the notices are there"
        assert not {"D05", "D08", "D12", "D14"} & set(facts), (
            "papers with everybody's sums are not"
        )
        for yuan in (SUMS["W01"], SUMS["W03"]):
            assert not any(yuan in text for text in facts.values())
        assert Share.objects.filter(party__case=story.case_id).count() == 3


def test_the_firm_names_the_day_of_payment_that_its_slip_belongs_to():
    story = in_force()
    with transaction.atomic(), acting(story.case_id, None):
        firm = Party.objects.get(case_id=story.case_id, ref="R1")
        Service.objects.create(case_id=story.case_id, party=firm, document="D14", way="direct",
                               served_on=parse_date("2026-03-25"))  # fmt: skip
    with clock.held_at(at("2026-05-29 10:00")):
        client = enter(story.case_id, "R1", phone="023-0000 7703")
        page = client.get("/door/inside/").content.decode()
        assert 'name="instalment"' in page
        assert "18,000.00" in page
        sent = client.post("/door/inside/", {"files": [photograph()], "instalment": "2"})
        assert sent.status_code == 302
        assert "第2期" in client.get("/door/inside/").content.decode().replace(" ", "")
        bad = client.post("/door/inside/", {"files": [photograph("blue")], "instalment": "9"})
        assert bad.status_code == 422
    with story.reading() as case:
        (proof,) = Evidence.objects.filter(case=case)
        assert (proof.party_id, proof.instalment.number) == (firm.pk, 2)
