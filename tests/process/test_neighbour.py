"""A letter to a partner union: D07 with its clock P-08, which starts when the letter is sent."""

from django.db import transaction

from casework.access.context import system
from casework.models import Deadline, Referral
from documents.models import Paper
from tests.process.journey import DISPUTE, TRIAGE, do, only, start


def sent(people):
    data = {**DISPUTE, "consents": ["EMPLOYER", "UNION_SICHUAN"]}
    done = start(people["qinxiaoyue"], "intake.record_call", "2026-03-02 09:12", **data)
    case = do(people["dengchuan"], only(done, "triage"), "2026-03-02 10:00", **TRIAGE).case
    start(people["dengchuan"], "referral.refer", "2026-03-03 09:00", case,
          matter="CROSS_PROVINCE_COOPERATION", asked="请协助送达")  # fmt: skip
    return case


def test_the_letter_goes_with_the_pack_and_its_clock_runs_five_working_days(people):
    case = sent(people)
    with transaction.atomic(), system("test"):
        clock = Deadline.objects.get(case=case, rule="P-08")
        assert (clock.start.isoformat(), clock.due.isoformat(), clock.state) == (
            "2026-03-03", "2026-03-10", "OPEN",
        )  # fmt: skip
        paper = Paper.objects.get(case=case, code="D07")
        row = Referral.objects.get(case=case)
        pack = row.packs.get()
        assert paper.subject_id == row.pk
        assert {each["code"] for each in pack.papers} == {"D03", "D07"}
