"""The terms of an agreement, and what a careful lawyer would refuse in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from casework.models import Case, Claim, ClaimOutcome, Party, Side
from casework.queries import calendar
from casework.rules.calendar import Calendar

PAY = ("A02.", "E01.02")  # remuneration: its pay days move earlier, never later
RELATION = ("A01.", "E01.01")
ADULT_YEARS = 18
GIVES_UP = re.compile(
    r"(?<![不未])(?<!不得)(放弃|不再主张|不再要求|免除|无需缴纳|不予缴纳|不缴|自行承担)|\bwaive",
    re.I,
)
FLOOR = re.compile(
    r"最低工资|社会保险|社保|养老保险|医疗保险|失业保险|生育保险|minimum wage|social insurance",
    re.I,
)
INJURY = re.compile(r"工伤|职业病|work injury", re.I)
SENTENCE = re.compile(r"[。；;.\n]")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field of the terms, and values that would mend it."""

    field: str
    words: str
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pay:
    """One instalment: its last day and its sum in yuan."""

    due_on: date
    yuan: Decimal


@dataclass(frozen=True, slots=True)
class Terms:
    """What the parties agree. Sums in yuan. `members`: own total of each worker, by ref."""

    clauses: Sequence[dict[str, str]]
    total_yuan: Decimal
    payer: Party | None
    instalments: Sequence[Pay] = ()
    duties: Sequence[dict[str, Any]] = ()
    members: dict[str, Decimal] = field(default_factory=dict)
    accelerates: bool = True
    confirmation: str = "none"
    authority_attached: bool = False
    guardian: str = ""
    lawyer_note: str = ""
    penalty_kind: str = ""
    penalty_value: Decimal = Decimal()


def workers(case: Case) -> list[Party]:
    """The workers who stand in the case now, by reference."""
    rows = Party.objects.filter(case=case, side=Side.WORKER, left_on__isnull=True)
    return list(rows.select_related("person").order_by("ref"))


def agreed_claims(case: Case) -> list[Claim]:
    """The claims on which the parties agreed."""
    return list(case.claims.filter(outcome=ClaimOutcome.AGREED).select_related("party"))


def agreed_total(case: Case) -> Decimal:
    """The sum of the agreed claims in yuan."""
    return sum((claim.agreed_yuan or Decimal() for claim in agreed_claims(case)), Decimal())


def own_totals(case: Case, terms: Terms) -> list[tuple[Party, Decimal]]:
    """What each worker gets in all: as written, else own claims, else equal parts (weights)."""
    people = workers(case)
    if terms.members:
        return [(p, terms.members[p.ref]) for p in people if p.ref in terms.members]
    claims = agreed_claims(case)
    own = {p.pk: Decimal() for p in people}
    for claim in claims:
        if claim.party_id in own:
            own[claim.party_id] += claim.agreed_yuan or Decimal()
    if any(own.values()) and all(
        claim.party_id in own for claim in claims if claim.agreed_yuan
    ):
        return [(p, own[p.pk]) for p in people if own[p.pk]]
    return [(p, Decimal(1)) for p in people]


def is_pay(case: Case) -> bool:
    """Whether the agreed claims hold remuneration (T11: its pay days move earlier)."""
    return any(claim.code.startswith(PAY) for claim in agreed_claims(case))


def problems(case: Case, terms: Terms, *, on: date) -> list[Problem]:
    """Everything that forbids these terms; empty if they may be signed.

    Source: 最高人民法院关于人民调解协议司法确认程序的若干规定第七条;
    《保障农民工工资支付条例》第十四条;
    最高人民法院关于审理劳动争议案件适用法律问题的解释（二）第十九条.
    """
    return [
        *_sums(case, terms), *_days(case, terms, on), *_people(case, terms),
        *_waivers(terms), *_forms(case, terms),
    ]  # fmt: skip


def _sums(case: Case, terms: Terms) -> Iterator[Problem]:
    planned = sum((pay.yuan for pay in terms.instalments), Decimal())
    if planned != terms.total_yuan:
        last = terms.instalments[-1].yuan if terms.instalments else Decimal()
        mended = last + terms.total_yuan - planned
        yield Problem(
            "instalments",
            _("The instalments add up to %(sum)s, the total is %(total)s.")
            % {"sum": f"{planned:,.2f}", "total": f"{terms.total_yuan:,.2f}"},
            (f"{mended:.2f}",) if mended > 0 else (),
        )
    agreed = agreed_total(case)
    if agreed != terms.total_yuan:
        yield Problem(
            "total_yuan",
            _("The agreed claims add up to %(sum)s.") % {"sum": f"{agreed:,.2f}"},
            (f"{agreed:.2f}",),
        )
    if terms.members and sum(terms.members.values(), Decimal()) != terms.total_yuan:
        yield Problem("members", _("The workers' own sums do not add up to the total."))
    if terms.total_yuan > 0 and terms.payer is None:
        yield Problem("payer", _("Say who pays."))
    if bool(terms.penalty_kind) != (terms.penalty_value > 0):
        yield Problem("penalty_value", _("A penalty needs its kind and its value, or neither."))


def _days(case: Case, terms: Terms, on: date) -> Iterator[Problem]:
    days, pay = calendar.current(), is_pay(case)
    before = on
    for number, each in enumerate(terms.instalments, 1):
        if each.due_on < before:
            yield Problem(
                "instalments",
                _("Instalment %(number)s: %(day)s lies too early.")
                % {"number": number, "day": each.due_on.isoformat()},
            )
        before = each.due_on
        yield from _day_off(number, each.due_on, days, pay=pay)
    for duty in terms.duties:
        if duty.get("due_on") and duty["due_on"] < on:
            yield Problem("duties", _("The last day of a duty lies in the past."))


def _day_off(number: int, on: date, days: Calendar, *, pay: bool) -> Iterator[Problem]:
    if days.is_working(on):
        return
    mended = days.previous_working(on) if pay else days.next_working(on)
    words = (
        _("Instalment %(number)s: %(day)s is a day off; wages are paid earlier: %(mended)s.")
        if pay
        else _("Instalment %(number)s: %(day)s is a day off; the next working day: %(mended)s.")
    )
    told = {"number": number, "day": on.isoformat(), "mended": mended.isoformat()}
    yield Problem("instalments", words % told, (mended.isoformat(),))


def _people(case: Case, terms: Terms) -> Iterator[Problem]:
    people = workers(case)
    nameless = [p.ref for p in people if not p.name.strip()]
    if nameless or not people:
        yield Problem(
            "members", _("Each worker must be named: %(refs)s.") % {"refs": ", ".join(nameless)}
        )
    if terms.members and set(terms.members) != {p.ref for p in people}:
        yield Problem("members", _("The list must hold each worker of the case exactly once."))
    if any(p.is_representative for p in people) and not terms.authority_attached:
        yield Problem(
            "authority_attached", _("The representatives' authority must be attached.")
        )
    minors = [p.name for p in people if _is_minor(p, case)]
    if minors and not terms.guardian.strip():
        yield Problem(
            "guardian",
            _("%(names)s is a minor: name the guardian.") % {"names": ", ".join(minors)},
        )


def _is_minor(party: Party, case: Case) -> bool:
    born = party.person.birth_year if party.person else None
    since = case.accepted_on or case.received_on
    return bool(born and since and since.year - born < ADULT_YEARS)


def _waivers(terms: Terms) -> Iterator[Problem]:
    """Minimum wage and social insurance stay; injury benefits need a lawyer's note."""
    places = [("clauses", row.get("text", "")) for row in terms.clauses]
    places += [("duties", str(row.get("what", ""))) for row in terms.duties]
    for place, text in places:
        for sentence in SENTENCE.split(text):
            if not GIVES_UP.search(sentence):
                continue
            if FLOOR.search(sentence):
                yield Problem(place, _("Nobody can waive this: %(text)s") % {"text": sentence})
            elif INJURY.search(sentence) and not terms.lawyer_note.strip():
                yield Problem(
                    "lawyer_note",
                    _("Giving up injury benefits needs a lawyer's note: %(text)s")
                    % {"text": sentence},
                )


def _forms(case: Case, terms: Terms) -> Iterator[Problem]:
    if not terms.clauses:
        yield Problem("clauses", _("An agreement needs at least one clause."))
    relation = any(claim.code.startswith(RELATION) for claim in agreed_claims(case))
    if terms.confirmation == "review" and relation:
        yield Problem(
            "confirmation",
            _("Arbitration review cannot confirm a labour relation."),
            ("none",),
        )
