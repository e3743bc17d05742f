"""Each matter has its conditions: what breaks one is refused with its reason, what meets it may go."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from casework.access.context import acting
from casework.commands import agreement_guards
from casework.commands import matter_guards as guards
from casework.commands.matter_guards import GUARDS, require_guards
from casework.matters import all_matters
from casework.models import Agreement, Instalment, Proceeding
from mediation.forms.referral_words import MATTERS
from tests.process.conftest import instant
from tests.process.journey import called

ON = date(2026, 3, 20)


def in_force(case, effective=ON - timedelta(days=5), due=ON - timedelta(days=1)):
    row = Agreement.objects.create(
        case=case, version=1, state="DRAFT", total_yuan="100.00", effective_on=effective,
        drafted_at=instant("2026-03-10 09:00"),
    )  # fmt: skip
    Instalment.objects.create(agreement=row, number=1, due_on=due, amount_yuan="100.00")
    Agreement.objects.filter(pk=row.pk).update(state="IN_FORCE")
    return row


def call_with(case, **fields):
    case.calls.update(**fields)


def claims_agreed(case, code):
    case.claims.update(code=code, outcome="AGREED")


def no_employer(case):
    case.parties.filter(side="EMPLOYER").update(left_on=ON)


def proceeding(case, kind, number=""):
    Proceeding.objects.create(case=case, kind=kind, step="FILED", on=ON, number=number)


def unwilling(case):
    case.parties.filter(side="EMPLOYER").update(agrees_to_mediate=False)


def mark(case, **fields):
    for name, value in fields.items():
        setattr(case, name, value)
    case.save()


OLD, YEARS = ON - timedelta(days=60), date(2023, 1, 1)
BOTH = {"both_sides": True}
# guard: matter, what breaks it, the refusal, what is shown and done that it may go
TABLE = [
    ("employer_known", "ARBITRATION", no_employer, guards.EmployerUnknown, {}, None),
    ("within_look_back", "LABOUR_INSPECTION", lambda c: call_with(c, left_on=YEARS), guards.OverTwoYears,
     {}, lambda c: call_with(c, left_on=OLD)),
    ("agreement_in_force", "PAYMENT_ORDER", None, agreement_guards.NoAgreementInForce, {}, in_force),
    ("both_sides", "JUDICIAL_CONFIRMATION", in_force, agreement_guards.NotBothSides, BOTH, in_force),
    ("confirmation_window", "JUDICIAL_CONFIRMATION", lambda c: in_force(c, effective=OLD),
     agreement_guards.ConfirmationOver, BOTH, in_force),
    ("review_window", "ARBITRATION_REVIEW", lambda c: in_force(c, effective=ON - timedelta(days=20)),
     agreement_guards.ReviewOver, BOTH, in_force),
    ("no_relation", "ARBITRATION_REVIEW", lambda c: (in_force(c), claims_agreed(c, "A01.01")),
     agreement_guards.RelationNotReviewable, BOTH, lambda c: (in_force(c), claims_agreed(c, "A02.01"))),
    ("relation_not_confirmed", "JUDICIAL_CONFIRMATION", lambda c: (in_force(c), claims_agreed(c, "A01.01")),
     agreement_guards.RelationNotConfirmable, BOTH, in_force),
    ("money_overdue", "PAYMENT_ORDER", lambda c: in_force(c, due=ON + timedelta(days=5)),
     agreement_guards.NothingOverdue, {}, in_force),
    ("new_form", "OCCUPATIONAL_INJURY_PROTECTION", None, guards.NotNewForm, {},
     lambda c: mark(c, is_new_form=True)),
    ("injury_window", "WORK_INJURY", None, guards.AccidentUnknown, {"accident_on": "2026-01-05"}, None),
    ("court_open", "FILING", None, guards.CourtNotOpen, {"court_ground": "IOU"}, None),
    ("enforceable_title", "ENFORCEMENT", None, guards.NoTitle, {},
     lambda c: proceeding(c, "PAYMENT_ORDER", "（2026）渝0192民督1号")),
    ("own_application", "LEGAL_AID", None, guards.NoOwnApplication, {"own_application_on": "2026-03-19"}, None),
    ("not_filed", "SUPPORT_FOR_PROSECUTION", lambda c: (call_with(c, evidence="欠条", tried="找过"), proceeding(c, "SUIT")),
     guards.AlreadyFiled, {"own_application_on": "2026-03-19", "applicants": ["W01"]},
     lambda c: call_with(c, evidence="欠条", tried="找过")),
    ("tried_before", "PROCURATORIAL_SUGGESTION", lambda c: call_with(c, tried=""), guards.NotTried,
     {"tried": "三次函告未改"}, None),
    ("evidence_listed", "SUPPORT_FOR_PROSECUTION", lambda c: call_with(c, evidence="", tried="找过"), guards.NoEvidence,
     {"own_application_on": "2026-03-19", "applicants": ["W01"]},
     lambda c: call_with(c, evidence="欠条", tried="找过")),
    ("clue_noted", "CRIMINAL_CLUE", None, guards.NoClue, {}, lambda c: mark(c, criminal_clue="WATCH")),
    ("both_willing", "PEOPLES_MEDIATION", unwilling, guards.OneSideRefuses, {}, None),
]  # fmt: skip


class Undo(Exception):
    """Roll this one back."""


def tried(case, matter, setting, shown):
    """The refusal, or None if it may go; the file is as before afterwards."""
    found = None
    try:
        with transaction.atomic():
            if setting is not None:
                setting(case)
            case.refresh_from_db()
            require_guards(case, matter, shown, ON)
            raise Undo
    except Undo:
        pass
    except Exception as refused:
        found = refused
    case.refresh_from_db()
    return found


def test_each_guard_refuses_with_its_reason_and_lets_go_what_meets_it(people):
    case = called(people).case
    with transaction.atomic(), acting(case.pk, people["dengchuan"]):
        for name, matter, breaking, refusal, shown, mending in TABLE:
            given = {} if refusal in NEEDS_SHOWING else shown
            assert type(tried(case, matter, breaking, given)) is refusal, name
            assert tried(case, matter, mending, shown) is None, name
        over = {"accident_on": "2024-01-05"}
        assert type(tried(case, "WORK_INJURY", None, over)) is guards.OverOneYear
        future = {"own_application_on": "2026-04-01"}
        assert type(tried(case, "LEGAL_AID", None, future)) is guards.NoOwnApplication
        nobody = {"own_application_on": "2026-03-19"}
        assert (
            type(tried(case, "SUPPORT_FOR_PROSECUTION", None, nobody)) is guards.NobodyApplied
        )
    assert {row[0] for row in TABLE} == set(GUARDS)


NEEDS_SHOWING = {
    agreement_guards.NotBothSides, guards.AccidentUnknown, guards.CourtNotOpen, guards.NoOwnApplication,
    guards.NotTried,
}  # fmt: skip


def test_every_matter_of_the_screens_is_in_the_table_and_every_guard_exists():
    matters = all_matters()
    assert set(MATTERS) <= set(matters)
    assert {name for row in matters.values() for name in row.guards} == set(GUARDS)


@pytest.mark.parametrize("code", sorted(all_matters()))
def test_every_matter_has_a_letter(code):
    assert "D03" in all_matters()[code].papers
