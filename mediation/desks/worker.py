"""What a worker sees: where it is, who has it, what comes next, in plain words."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casework import clock, tracking
from casework.access.backend import address_of
from casework.access.context import tracking as tracking_context
from casework.models import Case, Deadline, Instalment, Party, Referral, Session, Side
from casework.tracking import Tracked
from mediation.desks.journey import journey_of
from mediation.models import Task

NO_MATCH = gettext_lazy("Nothing found, or too many tries. Check both numbers, or call 12351.")
STEPS = 5


DEVICE = "device"  # the cookie of a device that opened a code


@dataclass(frozen=True, slots=True)
class Story:
    """The stage in words; no names, no employer, no sums."""

    sentence: str
    plain: str
    holder: tuple[str, ...]
    next_day: date | None
    next_at: datetime | None
    next_words: str
    steps: tuple[dict[str, str], ...]
    notes: tuple[dict[str, str], ...]

    def as_data(self) -> dict[str, Any]:
        """For a program or the voice menu."""
        found = asdict(self)
        found["next_day"] = self.next_day.isoformat() if self.next_day else None
        found["next_at"] = self.next_at.isoformat() if self.next_at else None
        return found


def look_up(
    request: HttpRequest, code: str, tail: str, *, side: Side = Side.WORKER
) -> Tracked | None:
    """Whose code this is, slowed down by the failures of this device, or of its network if it opened nothing yet."""
    device, known = tracking.device_of(
        request.COOKIES.get(DEVICE, "")[:200], address_of(request)
    )
    return tracking.find(code, tail.strip(), device=device, known=known, side=side)


def story_of(found: Tracked) -> Story:
    """The story of a case under the code's own context."""
    with tracking_context(found.case_id, found.party_id):
        case = Case.objects.get(pk=found.case_id)
        next_day, next_at, next_words = _next(case)
        return Story(
            sentence=_sentence(case), plain=_plain(case), holder=_holder(case),
            next_day=next_day, next_at=next_at, next_words=next_words,
            steps=tuple(_steps(case)), notes=tuple(_notes(case)),
        )  # fmt: skip


def greeting(found: Tracked) -> str:
    """吕师傅，您好: the surname alone."""
    with tracking_context(found.case_id, found.party_id):
        party = Party.objects.select_related("person").get(pk=found.party_id)
        surname = party.person.name[:1] if party.person else ""
    return _("Hello %(surname)s") % {"surname": surname} if surname else _("Hello")


def _sentence(case: Case) -> str:
    return {
        "REGISTERED": _("We have your call."), "TRIAGED": _("We are looking at your matter."),
        "EMERGENCY_RESPONSE": _("People are on their way."), "ADVICE_ANSWERED": _("Your question is answered."),
        "PENDING_MATERIALS": _("We need some papers from you."), "REFUSED": _("We could not take it on."),
        "IN_REFERRAL": _("We asked other offices to help."), "ACCEPTED": _("We have taken your matter on."),
        "IN_MEDIATION": _("Your matter is in mediation."), "PARTIALLY_AGREED": _("Part of it is agreed."),
        "MEDIATION_FAILED": _("The talks did not succeed."), "WITHDRAWN": _("You withdrew it."),
        "PERFORMING": _("It is agreed; now they must pay."), "PERFORMED": _("The money has been paid."),
        "DEFAULTED": _("They did not pay in time."), "IN_AFTERCARE": _("It goes on in another office."),
        "CLOSED": _("Your matter is closed."), "ARCHIVED": _("Your matter is closed."),
        "REOPENED": _("We have opened it again."),
    }.get(case.status, _("We are working on it."))  # fmt: skip


def _plain(case: Case) -> str:
    return {
        "REGISTERED": _("The union will call you back."), "TRIAGED": _("The union has it."),
        "IN_REFERRAL": _("The union follows what they answer."), "ACCEPTED": _("The union will invite both sides."),
        "IN_MEDIATION": _("The union is talking with the employer."), "PERFORMING": _("The union watches the days of payment."),
        "DEFAULTED": _("The union is pressing them to pay."), "MEDIATION_FAILED": _("You can go to arbitration; it is free."),
    }.get(case.status, _("Questions? Call 12351."))  # fmt: skip


def _holder(case: Case) -> tuple[str, ...]:
    """Who has it, and since when; offices that help are named by their short name."""
    since, who = _since(case), case.district.name if case.district else ""
    if case.closed_on is not None and case.aftercare_on is None:
        kept = (
            _("The file is with the union of %(place)s.")
            if who
            else _("The file is with the union.")
        )
        return (kept % {"place": who}, _("Since %(day)s.") % {"day": plain_day(since)})
    union = (
        _("It is with the union of %(place)s.") % {"place": who}
        if who
        else _("It is with the union.")
    )
    said = [union, _("Since %(day)s.") % {"day": plain_day(since)}]
    helping = Referral.objects.filter(case=case, ended_at=None, sent_at__isnull=False)
    for row in helping.select_related("agency").order_by("sent_at")[:2]:
        if row.sent_at:
            said.append(_("%(office)s helps since %(day)s.") % {
                "office": row.agency.short, "day": plain_day(clock.day(row.sent_at)),
            })  # fmt: skip
    return tuple(said)


def _since(case: Case) -> date:
    """The day of the last change of hands."""
    days = (
        case.closed_on, case.aftercare_on, case.failed_on, case.accepted_on, case.received_on,
        case.triaged_on,
    )  # fmt: skip
    return next((day for day in days if day), clock.day(case.opened_at))


def plain_day(day: date) -> str:
    """3月11日, or 11 Mar."""
    chinese = (get_language() or "").startswith("zh")
    return f"{day.month}月{day.day}日" if chinese else f"{day:%-d %b}"


def _waits_until(case: Case) -> date | None:
    """The day until which the union's next step is due."""
    due = (
        Task.objects.filter(
            case=case, is_open=True, flow_task_type="HUMAN", due_at__gte=clock.now()
        )
        .order_by("due_at")
        .values_list("due_at", flat=True)
        .first()
    )
    return clock.last_day(due) if due else None


def _next(case: Case) -> tuple[date | None, datetime | None, str]:
    planned = Session.objects.filter(case=case, state="PLANNED").order_by("starts_at").first()
    if planned:
        return clock.day(planned.starts_at), planned.starts_at, planned.place
    pay = (
        Instalment.objects.filter(agreement__case=case, agreement__effective_on__isnull=False)
        .exclude(state="PAID")
        .order_by("due_on")
        .first()
    )
    if pay:
        return pay.due_on, None, _("day of payment")
    if day := _waits_until(case):
        return day, None, _("The next step comes by then.")
    return None, None, ""


def _steps(case: Case) -> list[dict[str, str]]:
    words = (
        _("You called"),
        _("Sent to other offices"),
        _("Talks"),
        _("Sign the agreement"),
        _("Get the money"),
    )
    states = {
        "done": "done",
        "live": "live",
        "skipped": "todo",
        "ended": "done",
        "todo": "todo",
    }
    says = {
        "done": "",
        "live": _("now"),
        "todo": _("not yet"),
        "skipped": _("not needed"),
        "ended": _("ended"),
    }
    rows = []
    for title, step in zip(words, journey_of(case), strict=True):
        rows.append(
            {"words": title, "state": states[step["state"]], "when": says[step["state"]]}
        )
    return rows


def _notes(case: Case) -> list[dict[str, str]]:
    row = Deadline.objects.filter(case=case, rule="M-03", state="OPEN").first()
    if row is None:
        return []
    return [
        {
            "bold": plain_day(row.due),
            "words": _(
                "from then on without agreement you may go to arbitration. Both are free."
            ),
        }
    ]
