"""A case that stands at the door of mediation, and the people who take it on."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from casework import clock
from casework.access.context import acting, system
from casework.commands.base import lock_case
from casework.commands.claims import add_claim
from casework.commands.deadlines import set_deadline
from casework.ids import new_id
from casework.models import Case, District, Employer, Party, Person, Side, User
from mediation.engine import pump, run
from mediation.engine.ring import ring
from mediation.flows.mediation import MediationFlow

GROUP = [Decimal("21600.00")] * 8 + [Decimal("18900.00")] * 3 + [Decimal("25200.00")]
WAGES = ("A02.01", "拖欠工资")
RECORD = "双方到场，核对身份，宣读权利义务。双方就欠付数额陈述一致。"


def at(text: str) -> datetime:
    """ "2026-03-18 10:00" by the wall clock of Shanghai."""
    moment = datetime.fromisoformat(text)
    return clock.instant(moment.date(), moment.hour, moment.minute)


def district(name: str = "试验区", code: int = 990112) -> District:
    return District.objects.get_or_create(code=code, defaults={"name": name, "short": "试"})[0]


def staff(where: District) -> dict[str, User]:
    people = {
        "manager": ("邓川", ["case_manager"]), "mediator": ("何敏之", ["mediator"]),
        "head": ("韦嘉", ["mediation_head"]), "recorder": ("汤宁", ["recorder"]),
        "operator": ("覃晓月", ["operator"]), "stranger": ("罗启明", ["hrss_liaison"]),
        "other": ("方琳", ["mediator"]),
    }  # fmt: skip
    known = {row.username: row for row in User.objects.filter(username__startswith="c_")}
    return {
        key: known.get(f"c_{key}")
        or User.objects.create(
            username=f"c_{key}", display_name=name, roles=roles, district=where
        )
        for key, (name, roles) in people.items()
    }


@dataclass
class Story:
    """One case and what people do with it."""

    case_id: int
    people: dict[str, User]
    done: run.Done | None = None
    open: dict[str, int] = field(default_factory=dict)

    def do(self, who: str, node: str, when: str, files: Any = None, **data: Any) -> run.Done:
        """Carry out the open task on a node, at an instant."""
        return self.send(self.task(node), who, when, files, **data)

    def send(self, task: int, who: str, when: str, files: Any = None, **data: Any) -> run.Done:
        """Carry out a task that was found before, open or not."""
        moment = at(when)
        with clock.held_at(moment):
            self.done = run.complete(
                task_id=task, by=self.people[who], data=data, at=moment, files=files
            )
        return self.done

    def start(self, who: str, node: str, when: str, files: Any = None, **data: Any) -> run.Done:
        """A start act on the case."""
        moment = at(when)
        with clock.held_at(moment):
            return run.start(
                node=node,
                by=self.people[who],
                data=data,
                at=moment,
                case_id=self.case_id,
                files=files,
            )

    def task(self, node: str) -> int:
        """The open task on a node ("notify")."""
        found = [task.pk for task in self.tasks() if task.flow_task.name == node]
        assert found, f"{node} is not open: {self.names()}"
        return found[0]

    def tasks(self) -> Sequence[Any]:
        with self.reading():
            return list(run.open_tasks(self.case_id))

    def names(self) -> list[str]:
        """The open steps, by name."""
        return sorted(task.flow_task.name for task in self.tasks())

    def until(self, when: str) -> None:
        """Let time pass: ring what is due."""
        moment = at(when)
        with clock.held_at(moment):
            with transaction.atomic(), system("test"):
                due = pump.claim(moment)
            for timer in due:
                ring(timer, moment)

    @contextmanager
    def reading(self) -> Iterator[Case]:
        """The file as it is."""
        with transaction.atomic(), system("test"):
            yield Case.objects.get(pk=self.case_id)


def accepted(
    *,
    received: date = date(2026, 3, 12),
    on: date = date(2026, 3, 13),
    claims: Sequence[tuple[str, str, Decimal | None]] = (),
    group: Sequence[Decimal] = (),
    firms: Sequence[str] = ("砚石劳务", "磐川建设"),
    limit: str = "M-04",
) -> Story:
    """A case accepted on a day, handed over to mediation."""
    where = district()
    people = staff(where)
    moment = clock.instant(on, 9)
    with clock.held_at(moment), transaction.atomic():
        case = Case(
            pk=new_id(), ticket_no=f"T{new_id()}", number=f"渝工调试{new_id()}", district=where,
            opened_at=clock.instant(received, 9), received_on=received, accepted_on=on,
            is_collective=bool(group), group_size=max(len(group), 1), manager=people["manager"],
            title="拖欠工资",
        )  # fmt: skip
        with acting(case.pk, people["manager"]):
            case.save(force_insert=True)
            lock_case(case.pk)
            _employers(case, firms)
            _workers(case, claims, group)
            for rule, start in (("M-03", received), (limit, on)):
                set_deadline(case, rule, start=start, start_event="-", by=None, at=moment)
            MediationFlow.begin.run(case=case)
    return Story(case.pk, people)


def _employers(case: Case, firms: Sequence[str]) -> None:
    for number, firm in enumerate(firms, 1):
        Party.objects.create(
            case=case, ref=f"R{number}", side=Side.EMPLOYER,
            employer=Employer.objects.create(name=f"{firm}（虚构）"), agrees_to_mediate=True,
        )  # fmt: skip


def _workers(case: Case, claims: Any, group: Sequence[Decimal]) -> None:
    when = clock.instant(date(2026, 3, 12), 9)
    for number in range(1, max(len(group), 1) + 1):
        party = Party.objects.create(
            case=case, ref=f"W{number:02d}", side=Side.WORKER, is_applicant=True,
            person=Person.objects.create(name=f"工人{number}"),
            is_representative=bool(group) and number <= 3, agrees_to_mediate=True,
        )  # fmt: skip
        own = [(*WAGES, group[number - 1])] if group else claims
        for code, item, yuan in own:
            add_claim(
                case, code=code, item=item, amount_yuan=yuan, party=party, by=None, at=when
            )


def to_session(
    story: Story, *, called: str = "2026-03-13 10:00", day: str = "2026-03-18"
) -> Story:
    """Appoint and notify."""
    story.do("manager", "appoint", called, mediator="c_mediator", recorder="c_recorder")
    story.do("mediator", "notify", called, on_day=day, at_time="09:30", place="调解室一")
    return story


def held(result: str, **more: Any) -> dict[str, Any]:
    """The answers of a session."""
    facts = {
        "rights_read": True,
        "record": RECORD,
        "agreed_facts": "工资合计未付。",
        "issues": "付款日。",
    }
    return {"result": result, **facts, **more}


def settled_group() -> Story:
    """S01 up to the settlement: twelve workers, two respondents, all agreed in full."""
    story = to_session(accepted(group=GROUP))
    story.do("mediator", "hold_session", "2026-03-18 11:30", **held("SETTLED"))
    return story


def draft(**more: Any) -> dict[str, Any]:
    """S01's plan: two instalments."""
    return {
        "payer": "R2", "authority_attached": True, "no_unlawful_waiver": True,
        "accelerates": True, "confirmation": "judicial",
        "instalments": [
            {"due_on": "2026-04-08", "amount_yuan": "127350.00"},
            {"due_on": "2026-05-06", "amount_yuan": "127350.00"},
        ],
        **more,
    }  # fmt: skip


def in_force(
    *,
    sum_yuan: str = "36000.00",
    days: Sequence[str] = ("2026-04-30", "2026-05-29"),
    sealed: str = "2026-03-25 10:00",
) -> Story:
    """One worker, one firm, an agreement in force on the day of its seal with equal instalments."""
    story = to_session(accepted(claims=[(*WAGES, Decimal(sum_yuan))], firms=("砺锋机械",)))
    story.do("mediator", "hold_session", "2026-03-18 11:00", **held("SETTLED"))
    each = str(Decimal(sum_yuan) / len(days))
    plan = [{"due_on": day, "amount_yuan": each} for day in days]
    story.do("mediator", "draft", "2026-03-25 09:00", instalments=plan, no_unlawful_waiver=True,
             accelerates=True)  # fmt: skip
    story.do("mediator", "make_ready", "2026-03-25 09:10", read_by_both=True)
    story.do(
        "mediator",
        "collect_signatures",
        "2026-03-25 09:20",
        signed_by=["W01", "R1", "mediator"],
    )
    story.do("manager", "seal", sealed)
    return story


ONE = [("A02.01", "拖欠工资", Decimal("21000.00")), ("A04.01", "经济补偿", Decimal("15000.00"))]


def one(**more: object) -> Story:
    """A case of one worker, accepted, with two claims."""
    return accepted(claims=ONE, firms=("砺锋机械",), **more)  # type: ignore[arg-type]
