"""What a draft of the agreement is checked for beside its form: people, floors, sums, last days."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from casework import clock
from casework.commands.agreement import open_version
from casework.commands.agreement_text import lines_of
from casework.commands.terms import RELATION, Terms, agreed_claims, agreed_total
from casework.models import Agreement, AgreementState, Case, Party, SessionState, Share
from casework.queries import calendar, rulebook
from casework.queries.sum_checks import floors
from casework.rules import penalty
from casework.rules.deadlines import due
from casework.rules.money import capitals
from mediation.commands.agreement import second_reader_above
from mediation.commands.signing import paper_of

Check = dict[str, Any]


def before_signing(case: Case, parties: Sequence[Party], *, on: date) -> list[Check]:
    """Each thing that a careful reader looks at before the text becomes final."""
    if case is None:
        return []
    return [
        _named(parties),
        *_records(case),
        _second(case, on),
        *_floors(case),
        *last_days(case, on),
    ]


def _named(parties: Sequence[Party]) -> Check:
    all_named = all(party.name.strip() for party in parties)
    return {"state": "passed" if all_named else "blocking", "words": _("Each worker is named")}


def _records(case: Case) -> Iterator[Check]:
    """Each session's record was read back and signed; told, never blocked."""
    for row in case.sessions.filter(state=SessionState.HELD):
        words = _("Record of session %(number)s read back and signed") % {"number": row.number}
        if row.signed_on:
            yield {"state": "passed", "words": words}
            continue
        mend = reverse("start", args=[case.pk, "hearing.sign_record"])
        yield {
            "state": "todo",
            "words": words,
            "fix_words": _("write it down"),
            "fix_url": mend,
        }


def _second(case: Case, on: date) -> Check:
    above = second_reader_above(case, on)
    state = "todo" if agreed_total(case) > above else "passed"
    detail = _("needed above %(sum)s yuan") % {"sum": f"{above:,.2f}"}
    return {"state": state, "words": _("Second reader"), "detail": detail}


def _floors(case: Case) -> Iterator[Check]:
    """Each agreed sum with a stored result: a sum under the lawful floor is named, never blocked."""
    for each in floors(case):
        if each.agreed is None:
            continue
        sums = {
            "item": each.claim.item,
            "worked": f"{each.worked_out:,.2f}",
            "floor": f"{each.floor:,.2f}",
        }
        words = (
            _("%(item)s: lawful floor %(floor)s yuan")
            if each.floor
            else _("%(item)s: worked out %(worked)s yuan")
        )
        state = "todo" if each.below else "passed"
        detail = _("agreed %(agreed)s yuan") % {"agreed": f"{each.agreed:,.2f}"}
        yield {"state": state, "words": words % sums, "detail": detail}


def last_days(case: Case, on: date) -> Iterator[Check]:
    """The last day of each confirmation if the agreement took effect on a day.

    Source: 《人民调解法》第三十三条; 《劳动人事争议仲裁办案规则》第七十四条.
    """
    relation = any(claim.code.startswith(RELATION) for claim in agreed_claims(case))
    book = rulebook.catalogue_of(case)
    for rule, words in (
        ("A-01", _("Judicial confirmation")),
        ("A-04", _("Arbitration review")),
    ):
        if rule == "A-04" and relation:
            detail = _("not open: the agreement confirms a labour relation")
            yield {"state": "todo", "words": words, "detail": detail}
            continue
        last = due(rule, on, calendar=calendar.current(), catalogue=book).due
        detail = _("until %(day)s, if it takes effect today") % {"day": last.isoformat()}
        yield {"state": "passed", "words": words, "detail": detail}


def notes_on(case: Case, version: Agreement | Terms, *, on: date) -> list[Check]:
    """What a careful reader notes in these very terms: never a bar, always said. On a typed text or a written one."""
    return [
        *_under_the_floors(case, version.total_yuan), *_penalty(version, on),
        *_confirmation(case, version, on),
    ]  # fmt: skip


def _under_the_floors(case: Case, total: Decimal) -> Iterator[Check]:
    least = sum((each.floor for each in floors(case) if each.agreed is not None), Decimal())
    if total < least:
        detail = _("lawful floors together %(floor)s yuan, in the text %(total)s yuan")
        sums = {"floor": f"{least:,.2f}", "total": f"{total:,.2f}"}
        yield {"state": "todo", "words": _("Under the lawful floor"), "detail": detail % sums}


def _penalty(version: Agreement | Terms, on: date) -> Iterator[Check]:
    """Source: 《民法典》第五百八十五条第二款; 合同编通则解释第六十五条."""
    share = rulebook.parameters().on("agreement_penalty_share", on).number
    kind, value = version.penalty_kind, version.penalty_value
    if penalty.is_high(kind, value, total_yuan=version.total_yuan, share=share):
        detail = _("a fixed sum, or a year of days, is above %(share)s%% of the total")
        words = _("A court may cut this penalty")
        yield {
            "state": "todo",
            "words": words,
            "detail": detail % {"share": f"{share:.0%}"[:-1]},
        }


def _confirmation(case: Case, version: Agreement | Terms, on: date) -> Iterator[Check]:
    """Which way fits: money alone to the court, other duties to the commission, a relation to neither's review."""
    rules = {"judicial": "A-01", "review": "A-04"}
    relation = any(claim.code.startswith(RELATION) for claim in agreed_claims(case))
    if version.confirmation == "judicial" and version.duties:
        detail = _("duties other than money: arbitration review fits better")
        yield {"state": "todo", "words": _("Judicial confirmation"), "detail": detail}
    elif version.confirmation == "none" and not relation:
        detail = _("without confirmation nothing can be enforced at once")
        yield {"state": "todo", "words": _("No confirmation chosen"), "detail": detail}
    if rule := rules.get(version.confirmation):
        book = rulebook.catalogue_of(case)
        last = due(rule, on, calendar=calendar.current(), catalogue=book).due
        words = _("Both sides apply together until %(day)s") % {"day": last.isoformat()}
        detail = _("if it takes effect today")
        yield {"state": "passed", "words": words, "detail": detail}


def signatures_of(version: Agreement) -> dict[str, Any]:
    """Who signed this version, how and when, and the paper that is signed."""
    paper = paper_of(version)
    rows = version.signatures.select_related("party__person", "party__employer", "user")
    shown = [
        {
            "who": f"{row.party.ref} {row.party.name}" if row.party else row.user.display_name if row.user else "",
            "way": row.get_way_display(), "at": row.signed_at.astimezone(clock.SHANGHAI),
            "mark": row.paper_sha256[:8],
            "proof_url": reverse("signature-proof", args=[version.case_id, row.pk]) if row.proof_sha256 else "",
        }
        for row in rows.order_by("signed_at", "id")
    ]  # fmt: skip
    url = reverse("case-paper", args=[version.case_id, paper.pk]) if paper else ""
    return {"signatures": shown, "paper_url": url, "frozen_mark": version.content_sha256}


def effect_of(case: Case, on: date) -> dict[str, Any]:
    """When the agreement would take effect if it were sealed on a day: never before the last signature."""
    if case is None:
        return {}
    last = open_version(case).signatures.aggregate(last=Max("signed_at"))["last"]
    effect = max(clock.day(last), on) if last else on
    words = _("Sealed today, it takes effect on %(day)s: the day of the last signature or of the seal, whichever is later.")  # fmt: skip
    return {"effect_words": words % {"day": effect.isoformat()}}


def to_be_signed(case_id: int) -> Agreement | None:
    """The frozen version that waits for signatures, or was just signed by all."""
    states = (AgreementState.READY, AgreementState.SIGNED)
    return Agreement.objects.filter(case_id=case_id, state__in=states).last()


def told_to(version: Agreement, party_id: int) -> dict[str, Any]:
    """What a party reads before signing: the text, the last days, and of shares the own ones alone."""
    rows = Share.objects.filter(party_id=party_id, instalment__agreement=version)
    own = [
        {"no": row.instalment.number, "day": row.instalment.due_on, "yuan": row.amount_yuan,
         "capitals": capitals(row.amount_yuan)}
        for row in rows.select_related("instalment").order_by("instalment__number")
    ]  # fmt: skip
    total = sum((row.amount_yuan for row in rows), Decimal())
    party = Party.objects.select_related("person", "employer").get(pk=party_id)
    return {"text": lines_of(version), "own": own, "own_total": total, "version": version, "name": party.name}  # fmt: skip
