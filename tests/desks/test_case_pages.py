"""Every page of one case asks the database at most fifteen questions, and as many of a thick file as of a thin one."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from casework.access.context import system
from casework.models import (
    Case,
    Consultation,
    Deadline,
    Evidence,
    Extension,
    Instalment,
    Letter,
    LimitationFact,
    Opinion,
    PaperReply,
    Party,
    Referral,
    User,
)
from casework.queries import at_once
from mediation.urls import urlpatterns
from tests.desks.plenty import thicken
from tests.desks.test_many import DAY, MOST, asked
from tests.process.conftest import own_people, people  # noqa: F401
from tests.process.stage_c import in_force
from tests.process.test_referral import referred

ASKERS = ("dengchuan", "weijia", "gongwen", "luyao")
THICK = 30


def pages_of(case):
    """The addresses that need the number of a case and nothing else."""
    of_a_case = [each for each in urlpatterns if set(each.pattern.converters) == {"case_id"}]
    return {each.name: reverse(each.name, args=[case.pk]) for each in of_a_case}


def opened(case, seats):
    """Each page that somebody opens, with the largest number of questions that anybody's look costs."""
    found = {}
    for name, page in pages_of(case).items():
        costs = [n for seat in seats for status, n in [asked(seat, page)] if status == 200]
        if costs:
            found[name] = max(costs)
    return found


def filled(case):
    """One row of everything that a file can hold and the played case has not."""
    by, other = User.objects.order_by("id")[:2]
    party = Party.objects.filter(case=case, side="WORKER").first()
    clock_row = Deadline.objects.filter(case=case, state="OPEN").first()
    referral = Referral.objects.filter(case=case).first()
    Letter.objects.create(
        case=case,
        level="REMINDER",
        state="ANSWERED",
        addressee="岚桥机电",
        subject="工资",
        found="欠薪",
        proposed_by=by,
        decided_by=other,
        sent_on=date(2026, 3, 3),
        result="REFUSED",
    )
    Evidence.objects.create(
        case=case,
        party=party,
        name="欠条.jpg",
        media_type="image/jpeg",
        size=2048,
        made_at=DAY,
        sha256="a" * 64,
        received_sha256="b" * 64,
    )
    Extension.objects.create(
        case=case,
        deadline=clock_row,
        length=20,
        would_be=date(2026, 4, 1),
        ground="单位法人在外地",
        state="REFUSED",
        asked_by=by,
        asked_at=DAY,
        decided_by=other,
        decided_at=DAY,
    )
    LimitationFact.objects.create(
        case=case, kind="KNEW", on=date(2026, 1, 5), recorded_by=by, recorded_at=DAY
    )
    if referral is not None:
        row = Consultation.objects.create(
            case=case,
            facts="事实",
            question="是否劳动关系",
            answer_by=date(2026, 3, 20),
            office_ids=[referral.office_id],
            opened_by=by,
            opened_at=DAY,
        )
        Opinion.objects.create(consultation=row, office=referral.office, text="是")
        PaperReply.objects.create(
            case=case, referral=referral, what="sign", way="PHONE", came_on=date(2026, 3, 5),
            said_by="某人", recorded_by=by, recorded_at=DAY,
        )  # fmt: skip


@pytest.mark.slow(15)
@pytest.mark.django_db(transaction=True)
def test_every_page_of_a_case_asks_at_most_fifteen_questions_thin_or_thick(own_people):  # noqa: F811
    cases = [referred(own_people).case]
    with transaction.atomic(), system("test"):
        cases.append(Case.objects.get(pk=in_force().case_id))
        for case in cases:
            Case.objects.filter(pk=case.pk).update(district_id=cases[0].district_id)
            filled(case)
    seats = []
    for name in ASKERS:
        seats.append(Client(HTTP_ACCEPT_LANGUAGE="zh-hans"))
        seats[-1].force_login(own_people[name])
    for number, case in enumerate(cases, 1):
        thin = opened(case, seats)
        assert {"case", "deadlines", "limitation", "case-referrals", "members"} <= set(thin)
        thicken(case, THICK, place=500 * number)
        thick = opened(case, seats)
        assert {name: n for name, n in (thin | thick).items() if n > MOST} == {}
        assert thick == thin, "a thicker file asks nothing more"


@pytest.mark.django_db
def test_what_is_read_at_once_is_what_the_models_read(people):  # noqa: F811
    for case_id in (referred(people).case.pk, in_force().case_id):
        with transaction.atomic(), system("test"):
            file = Case.objects.get(pk=case_id)
            filled(file)
            at_once.load(file)
            for name in (*at_once.OF_A_CASE, "parties"):
                own = {row.pk: values(row) for row in getattr(file, name).all()}
                plain = getattr(Case.objects.get(pk=file.pk), name).all()
                assert own == {row.pk: values(row) for row in plain}, name
            for agreement in file.agreements.all():
                rows = Instalment.objects.filter(agreement=agreement)
                own = agreement.instalments.all()
                assert [values(row) for row in own] == [values(row) for row in rows]
                assert sum((row.amount_yuan for row in own), Decimal()) == agreement.total_yuan


def values(row):
    """Every stored value of a row with its type: 1.50 is not 1.5, a moment is not a text."""
    fields = row._meta.concrete_fields
    return [repr(getattr(row, field.attname)) for field in fields]


@pytest.mark.django_db
def test_outside_a_page_nothing_is_remembered(people):  # noqa: F811
    """Between two looks of an act the rows may change: it reads them again."""
    case = referred(people).case
    with transaction.atomic(), system("test"):
        fresh = Case.objects.get(pk=case.pk)
        before = at_once.rows(fresh, "claims", "party")
        before[0].item = "加班费"
        before[0].save()
        assert at_once.rows(fresh, "claims", "party")[0].item == "加班费"
        at_once.load(fresh)
        before[0].item = "工资"
        before[0].save()
        assert at_once.rows(fresh, "claims", "party")[0].item == "加班费", (
            "a page keeps its look"
        )
