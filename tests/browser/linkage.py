"""What stands between the agencies: referrals in each hand, matters from outside, consultation, meeting."""

from django.db import transaction

from casework.access.context import system
from casework.models import Office, Referral, User
from mediation.commands import liaison_meeting
from mediation.models import Task
from tests.process.conftest import instant
from tests.process.journey import DISPUTE, TRIAGE, do, only, start

OFFICES = ["HRSS", "JUSTICE", "COURT", "UNION_SICHUAN"]


def build():
    """One case whose referrals wait in each hand, two matters from a court, an opinion asked, a meeting called."""
    people = inside(lambda: {user.username: user for user in User.objects.all()})
    by = people["dengchuan"]
    call = {
        **DISPUTE,
        "consents": ["EMPLOYER", *OFFICES],
        "phone": "13800005588",
        "name": "阮冬生",
    }
    made = start(people["qinxiaoyue"], "intake.record_call", "2026-03-02 09:00", **call)
    case = do(by, only(made, "triage"), "2026-03-02 10:00", **TRIAGE).case
    referrals(people, by, case)
    outside(people, by)
    both = inside(lambda: [people[name].office for name in ("taoyan", "luoqiming")])
    start(by, "consultation.invite", "2026-03-03 11:00", case, facts="某公司以承揽协议用工，按考勤发钱。",
          question="能否认定劳动关系？", answer_by="2026-03-20", offices=[str(each.pk) for each in both])  # fmt: skip
    with transaction.atomic():
        liaison_meeting.call(
            by.district, starts_at=instant("2026-03-10 14:30"), place="二楼会议室", offices=both,
            agenda="未签收的转办两件。\n工伤转办的回执怎么写。", by=by, at=instant("2026-03-06 09:00"),
        )  # fmt: skip


def inside(question):
    with transaction.atomic(), system("test"):
        return question()


def refer(by, case, matter, **shown):
    start(by, "referral.refer", "2026-03-03 09:00", case, matter=matter, asked="请依法核查。\n结果反馈我会。",
          **shown)  # fmt: skip
    return inside(lambda: Referral.objects.get(case=case, matter=matter))


def step(who, row, node, at, **data):
    """A step on one referral."""
    tasks = inside(lambda: list(Task.objects.filter(process__referral=row, is_open=True)))
    do(who, next(each for each in tasks if each.flow_task.name == node), at, **data)


def referrals(people, by, case):
    """Returned for material, declined, accepted, at the court, on paper, and without an office."""
    row = refer(by, case, "LABOUR_INSPECTION")
    step(people["luoqiming"], row, "sign_for", "2026-03-03 14:00")
    step(people["luoqiming"], row, "answer", "2026-03-04 09:00", answer="RETURNED",
         lacking=["wages"], missing="考勤记录")  # fmt: skip
    row = refer(by, case, "LEGAL_AID_CONSULT")
    step(people["songyu"], row, "sign_for", "2026-03-03 15:00")
    step(people["songyu"], row, "answer", "2026-03-04 10:00", answer="DECLINED",
         reason_code="MEANS_TEST", reason="不符合经济困难标准")  # fmt: skip
    row = refer(by, case, "ARBITRATION")
    step(people["wenlan"], row, "sign_for", "2026-03-03 16:00")
    step(people["wenlan"], row, "answer", "2026-03-04 11:00", answer="ACCEPTED", handler="温岚",
         own_number="渝两江劳人仲案〔2026〕88号", expected_on="2026-04-20")  # fmt: skip
    refer(by, case, "FILING", court_ground="IOU")
    refer(by, case, "CROSS_PROVINCE_COOPERATION")
    closed = Office.objects.filter(agency="JUSTICE", district=case.district)
    inside(lambda: closed.update(is_open=False))
    refer(by, case, "NOTARY")
    inside(lambda: closed.update(is_open=True))


def outside(people, by):
    """A matter to sign for, one to answer, and one whose court waits to hear."""
    for number in range(3):
        made = start(
            people["taoyan"], "inbound.register", "2026-03-02 09:00", agency="COURT",
            number=f"（2026）渝0192诉前调{417 + number}号", matter="COURT_MEDIATION", procedure="APPOINTED",
            district="两江新区", facts="拖欠三个月工资。", asked="委派调解",
            names=[{"name": f"祝平{'安和顺'[number]}", "phone": f"1380000559{number}"}],
            employers=[{"name": "岚桥机电"}],
        )  # fmt: skip
        if number:
            signed = do(by, only(made, "sign_for"), "2026-03-02 14:00")
        if number == 2:
            do(
                by,
                only(signed, "answer"),
                "2026-03-03 09:00",
                answer="ACCEPTED",
                handler="邓川",
            )
