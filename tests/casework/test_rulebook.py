"""The book of rules: one proposes, another approves, never the past; an old case keeps its book."""

import ast
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from casework.access.context import system
from casework.commands import rulebook as acts
from casework.commands.deadlines import set_deadline
from casework.models import RuleEdit
from casework.queries import rulebook
from casework.rules.calculators import calculate
from casework.rules.errors import UnknownRule
from casework.rules.parameters import minimum_wage
from tests.process.conftest import instant, own_people, people  # noqa: F401
from tests.process.journey import DISPUTE, accepted, do, only, start
from tests.process.test_engine import race

pytestmark = pytest.mark.django_db
PROPOSED, DECIDED = instant("2026-03-10 09:00"), instant("2026-03-11 09:00")
DAY = date(2026, 4, 1)


def proposed(people, code="P-03", days=2, day=DAY):  # noqa: F811
    return acts.propose_rule(
        code=code, changes={"length": days}, effective_from=day, reason="人手不足，市总商定",
        by=people["jiangheng"], at=PROPOSED,
    )  # fmt: skip


def approved(people, **words):  # noqa: F811
    return acts.approve(proposed(people, **words), by=people["bailu"], at=DECIDED)


def figure(people, value="2500", **words):  # noqa: F811
    return acts.propose_figure(
        **{
            "name": "min_wage_month_1", "value": value, "mark": "S", "source": "渝府发〔2026〕9号（演练）",
            "effective_from": DAY, "reason": "新标准公布", "by": people["jiangheng"], "at": PROPOSED,
            **words,
        }
    )  # fmt: skip


def test_an_approved_edit_counts_from_its_day_and_not_before(people):  # noqa: F811
    edit = approved(people)
    assert (edit.number, edit.state) == (1, "APPROVED")
    book = rulebook.catalogue()
    assert book.rule("P-03", date(2026, 3, 31))[0].length == 1
    assert book.rule("P-03", DAY)[0].length == 2
    assert rulebook.version_on(date(2026, 3, 31)) == ""
    assert rulebook.version_on(DAY) == "2026-04-01"


def test_a_proposal_alone_changes_nothing(people):  # noqa: F811
    proposed(people)
    assert rulebook.catalogue().rule("P-03", DAY)[0].length == 1


def test_an_old_case_keeps_the_book_it_began_with(people):  # noqa: F811
    old = accepted(people).case
    approved(people)
    new = start(people["qinxiaoyue"], "intake.record_call", "2026-04-02 09:00",
                **{**DISPUTE, "phone": "13800007722", "name": "冉立秋"}).case  # fmt: skip
    lengths = {}
    with transaction.atomic(), system("test"):
        for name, case in (("old", old), ("new", new)):
            case.refresh_from_db()
            row = set_deadline(case, "P-03", start=date(2026, 4, 7), start_event="ticket",
                               by=people["qinxiaoyue"], at=instant("2026-04-07 09:00"))  # fmt: skip
            lengths[name] = (case.catalogue_version, row.length, row.due, row.rule_version)
    assert lengths["old"] == ("", 1, date(2026, 4, 8), lengths["old"][3])
    assert lengths["new"] == ("2026-04-01", 2, date(2026, 4, 9), "2026-04-01")


def test_the_law_itself_changes_only_by_release(people):  # noqa: F811
    with pytest.raises(acts.OnlyByRelease):
        proposed(people, code="M-03", days=20)
    with pytest.raises(acts.OnlyByRelease):
        figure(people, name="small_claims_share", value="0.6")
    with pytest.raises(UnknownRule):
        proposed(people, code="Z-99")


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ({"day": date(2026, 3, 10)}, acts.NotInTheFuture),
        ({"days": 1}, acts.NothingChanges),
    ],
)
def test_what_cannot_be_proposed(people, words, refusal):  # noqa: F811
    with pytest.raises(refusal):
        proposed(people, **words)


def test_nobody_approves_their_own_edit_not_even_in_the_database(people):  # noqa: F811
    edit = proposed(people)
    with pytest.raises(acts.OwnEdit):
        acts.approve(edit, by=people["jiangheng"], at=DECIDED)
    with pytest.raises(DatabaseError), transaction.atomic():
        RuleEdit.objects.filter(pk=edit.pk).update(decided_by=people["jiangheng"])


def test_too_late_to_approve_on_the_day_itself(people):  # noqa: F811
    edit = proposed(people)
    with pytest.raises(acts.NotInTheFuture):
        acts.approve(edit, by=people["bailu"], at=instant("2026-04-01 08:00"))


def test_withdrawn_before_its_day_never_after(people):  # noqa: F811
    edit = approved(people)
    acts.withdraw(edit, note="重新商定", by=people["bailu"], at=instant("2026-03-31 17:00"))
    assert rulebook.catalogue().rule("P-03", DAY)[0].length == 1
    late = approved(people, days=3, day=date(2026, 4, 2))
    with pytest.raises(acts.AlreadyInEffect):
        acts.withdraw(late, note="晚了", by=people["bailu"], at=instant("2026-04-02 08:00"))


def test_two_edits_of_one_rule_follow_each_other(people):  # noqa: F811
    approved(people)
    with pytest.raises(acts.DayTaken):
        proposed(people, days=4)
    second = approved(people, days=4, day=date(2026, 5, 6))
    assert second.was == {"length": 2}
    book = rulebook.catalogue()
    lengths = [book.rule("P-03", day)[0].length for day in (DAY, date(2026, 5, 6))]
    assert lengths == [2, 4]


def test_a_decided_edit_is_history_and_cannot_be_rewritten(people):  # noqa: F811
    edit = approved(people)
    for change in ({"changes": {"length": 9}}, {"effective_from": date(2025, 1, 1)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            RuleEdit.objects.filter(pk=edit.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        edit.delete()


def test_a_new_figure_feeds_the_calculator_from_its_day(people):  # noqa: F811
    acts.approve(figure(people), by=people["bailu"], at=DECIDED)
    known = rulebook.parameters()
    assert minimum_wage("渝中区", date(2026, 3, 31), known).number == Decimal("2330.00")
    assert minimum_wage("渝中区", DAY, known).value == "2500.00"
    asked = {"comparable_month_pay": "2400", "district": "渝中区", "on": "2026-04-01"}
    answer = calculate("minimum_wage_gap", asked, rulebook.basis())
    assert answer["gap"] == "100.00"


def test_a_figure_needs_a_source_and_a_number(people):  # noqa: F811
    with pytest.raises(acts.NeedsReasonAndSource):
        figure(people, source=" ")
    with pytest.raises(ValueError, match="number"):
        figure(people, value="many")


def test_of_two_approvals_at_once_one_wins(own_people):  # noqa: F811
    edit = proposed(own_people)
    outcomes = race(
        lambda: acts.approve(edit, by=own_people["bailu"], at=DECIDED),
        lambda: acts.approve(edit, by=own_people["yuanjing"], at=DECIDED),
    )
    assert sorted(type(each).__name__ for each in outcomes) == ["AlreadyDecided", "RuleEdit"]
    assert RuleEdit.objects.get().number == 1


def test_of_two_edits_of_one_rule_for_one_day_one_wins(own_people):  # noqa: F811
    edits = [proposed(own_people, days=days) for days in (2, 3)]
    outcomes = race(*(
        lambda edit=edit: acts.approve(edit, by=own_people["bailu"], at=DECIDED) for edit in edits
    ))  # fmt: skip
    assert sorted(type(each).__name__ for each in outcomes) == ["DayTaken", "RuleEdit"]


def test_advice_is_worked_out_with_the_figures_in_force_not_the_shipped_ones(people):  # noqa: F811
    acts.approve(figure(people), by=people["bailu"], at=DECIDED)
    done = start(people["qinxiaoyue"], "intake.record_call", "2026-04-02 09:00",
                 **{**DISPUTE, "classes": ["ADVICE"]})  # fmt: skip
    asked = {"comparable_month_pay": "2000", "district": "渝中区", "on": "2026-04-01"}
    do(people["qinxiaoyue"], only(done, "give_advice"), "2026-04-02 09:05", advice="按最低工资补足。",
       source="重庆最低工资", calculator="minimum_wage_gap", inputs=asked)  # fmt: skip
    with transaction.atomic(), system("test"):
        told = done.case.calls.get().estimate["result"]
    assert (told["floor"], told["gap"]) == ("2500.00", "500.00")


def test_nobody_above_the_rules_counts_a_date_without_the_book_of_the_case():
    """A due date of a case is counted with the case's own book: `due` is given a catalogue."""
    without = []
    for folder in ("casework/commands", "mediation", "documents"):
        for path in Path(folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                called = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "due"
                if called and "catalogue" not in {each.arg for each in node.keywords}:
                    without.append(f"{path}:{node.lineno}")
    assert without == []
