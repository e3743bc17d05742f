"""A court's matter: its page says what it needs and what is there; its result is one of few, with number and sum."""

import pytest
from django.utils.translation import override

from casework import clock
from casework.models import Referral
from documents.issue import facts_of
from documents.models import Paper
from mediation.engine.errors import Invalid
from mediation.forms.court import NEEDS, RESULTS, needs_of
from mediation.forms.referral_words import MATTERS
from tests.process.conftest import instant
from tests.process.journey import TRIAGE, called, do, only, start
from tests.process.referred import task_on
from tests.process.test_engine import in_system

COURT = "taoyan"


def filed(people):
    done = do(people["dengchuan"], only(called(people), "triage"), "2026-03-02 10:00", **TRIAGE)
    by = people["dengchuan"]
    start(by, "consent.record", "2026-03-02 11:00", done.case, what="GIVE", parties=["W01"],
          agency="COURT", how="paper")  # fmt: skip
    start(by, "referral.refer", "2026-03-03 09:00", done.case, matter="FILING", asked="请依法立案",
          court_ground="IOU")  # fmt: skip
    return done.case, in_system(lambda: Referral.objects.get(case=done.case))


def test_the_court_sees_what_a_filing_needs_and_ends_it_with_number_and_sum(people, client):
    case, row = filed(people)
    client.force_login(people[COURT])
    with clock.held_at(instant("2026-03-03 10:00")), override("zh-hans"):
        page = client.get(f"/referral/{row.pk}/").content.decode()
    for words in ("起诉状", "送达地址确认书", "未随附"):
        assert words in page
    do(people[COURT], task_on(case, "sign_for"), "2026-03-03 11:00")
    do(people[COURT], task_on(case, "answer"), "2026-03-04 09:00", answer="ACCEPTED",
       handler="陶砚", own_number="（2026）渝0192诉前调7号")  # fmt: skip
    task, ended = task_on(case, "follow_up"), {"what": "RESULT", "words": "已立案。"}
    with pytest.raises(Invalid, match="result"):
        do(people[COURT], task, "2026-03-05 09:00", **ended, result="CORRECTED")
    do(people[COURT], task, "2026-03-05 09:00", **ended, result="FILED", result_yuan="18000.00",
       result_number="（2026）渝0192民初88号")  # fmt: skip
    row = in_system(lambda: Referral.objects.get(pk=row.pk))
    assert (row.result, row.result_number, str(row.result_yuan)) == (
        "FILED", "（2026）渝0192民初88号", "18000.00",
    )  # fmt: skip
    slips = in_system(lambda: list(Paper.objects.filter(case=case, code="D04", life="VALID")))
    assert (
        facts_of(slips[-1]).result
        == "已立案；文书编号：（2026）渝0192民初88号；金额：18000.00元"
    )


def test_each_need_is_told_there_or_not():
    told = needs_of("PAYMENT_ORDER", [{"code": "D03"}, {"code": "D18"}])
    assert [each["there"] for each in told] == [True, False, False]
    assert needs_of("LABOUR_INSPECTION", []) == []
    assert set(NEEDS) | set(RESULTS) <= set(MATTERS)
