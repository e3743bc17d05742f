"""A case with all its rows, as the engine sees it."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings

from casework.access import context
from casework.models import CallRecord, Case, Claim, Employer, Party, Person, User

AT = datetime(2026, 3, 13, 2, 0, tzinfo=UTC)


@pytest.fixture
def case(db):
    """An accepted case of a worker with a rare name, in the engine's context."""
    with context.system("test"):
        user = User.objects.create(username="du", display_name="陈予安", roles=["case_manager"])
        person = Person(name="吕㛃", phone="13800000001", identity_number="500000198001010010")
        person.index()
        person.save()
        employer = Employer.objects.create(name="重庆砚石劳务有限公司")
        case = Case.objects.create(
            ticket_no="CQ12351-20260310-0001",
            number="渝工调〔2026〕86号",
            opened_at=AT,
            received_on=date(2026, 3, 12),
            accepted_on=date(2026, 3, 13),
            manager=user,
            mediator=user,
        )
        worker = Party.objects.create(
            case=case, ref="W01", side="WORKER", person=person, is_applicant=True
        )
        Party.objects.create(case=case, ref="R1", side="EMPLOYER", employer=employer)
        Claim.objects.create(
            case=case, party=worker, code="A02.01", item="拖欠的工资", amount_yuan="21000"
        )
        CallRecord.objects.create(
            case=case,
            caller=person,
            operator=user,
            started_at=AT,
            facts="三个月没有发工资。",
        )
        case.chief, case.at = user, AT
    with context.acting(case.pk, user):
        yield case


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A folder of this test's own for papers."""
    from documents import fonts

    monkeypatch.setenv("WUFANG_FONTS", str(fonts.folder()))
    monkeypatch.setattr(settings, "WUFANG_FILES", tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def sheets():
    """Every paper of the gallery, printed once."""
    from documents import samples
    from documents.compose import compose
    from documents.gallery import sample_imprint
    from documents.rendering import render

    return {
        code: render(compose(facts, sample_imprint(code)))
        for code, facts in samples.FACTS.items()
    }
