"""Commands on the agreement: a text, its plan, the signatures under it, the seal, in force."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.commands.deadlines import meet_rule
from casework.commands.outcome import LIMITS, RIGHT
from casework.commands.terms import Terms, content_sha256, own_totals, problems, workers
from casework.events import Kind, plain, record
from casework.models import (
    Agreement,
    AgreementState,
    Case,
    ClaimOutcome,
    Instalment,
    InstalmentState,
    Party,
    Share,
    Side,
    Signature,
    User,
)
from casework.rules.shares import plan_shares

OPEN = (AgreementState.DRAFT, AgreementState.READY, AgreementState.SIGNED)
MEDIATOR = "mediator"


class BadTerms(CommandRefused):
    """These terms cannot be signed."""


class NoText(CommandRefused):
    """There is no such version of the agreement to work on."""


class NotASecondPerson(CommandRefused):
    """Somebody other than the mediator must do this."""


class NotRead(CommandRefused):
    """Both sides must have read the text."""


class NotReviewed(CommandRefused):
    """A second person must read an agreement of this size first."""


class SignedAlready(CommandRefused):
    """Somebody named here has signed already."""


class NotAllSigned(CommandRefused):
    """Not everybody has signed yet."""


class TextChanged(CommandRefused):
    """The text is not the one that was frozen."""


@transaction.atomic
def draft_agreement(
    case: Case, *, terms: Terms, by: User, at: datetime, is_partial: bool = False
) -> Agreement:
    """Write a version of the agreement; the one before is superseded, its signatures void.

    Raises: BadTerms (the first problem; the form shows them all).
    """
    lock_case(case.pk)
    for problem in problems(case, terms, on=clock.day(at)):
        raise BadTerms(problem.words, field=problem.field)
    last = case.agreements.aggregate(last=Max("version"))["last"] or 0
    if last:
        supersede_open(case, reason=_("new version"), by=by, at=at)
    agreement = Agreement.objects.create(
        case=case, version=last + 1, clauses=plain(list(terms.clauses)), payer=terms.payer,
        duties=plain(list(terms.duties)), total_yuan=terms.total_yuan,
        accelerates=terms.accelerates, is_partial=is_partial, confirmation=terms.confirmation,
        drafted_at=at,
    )  # fmt: skip
    _write_plan(agreement, terms)
    record(
        case, Kind.AGREEMENT_CHANGED if last else Kind.AGREEMENT_DRAFTED, by=by, at=at,
        version=agreement.version, total_yuan=terms.total_yuan, confirmation=terms.confirmation,
        instalments=[{"due_on": p.due_on, "yuan": p.yuan} for p in terms.instalments],
        authority_attached=terms.authority_attached, guardian=terms.guardian,
        lawyer_note=terms.lawyer_note, no_unlawful_waiver=True,
    )  # fmt: skip
    return agreement


def _write_plan(agreement: Agreement, terms: Terms) -> None:
    """Instalments, and each worker's share of each, exact to the fen."""
    if not terms.instalments:
        return
    people = own_totals(agreement.case, terms)
    sums = [pay.yuan for pay in terms.instalments]
    parts = plan_shares(sums, [total for _party, total in people])
    for number, (pay, row) in enumerate(zip(terms.instalments, parts, strict=True), 1):
        instalment = Instalment.objects.create(
            agreement=agreement, number=number, due_on=pay.due_on, amount_yuan=pay.yuan,
            states=[InstalmentState.PENDING],
        )  # fmt: skip
        Share.objects.bulk_create(
            Share(instalment=instalment, party=party, amount_yuan=yuan)
            for (party, _total), yuan in zip(people, row, strict=True)
        )


def open_version(case: Case) -> Agreement:
    """The version in hand: draft, ready or signed. Raises: NoText."""
    found = case.agreements.filter(state__in=OPEN).order_by("-version").first()
    if found is None:
        raise NoText
    return found


@transaction.atomic
def supersede_open(case: Case, *, reason: str, by: User, at: datetime) -> None:
    """Put the version in hand aside: signatures under it and consents to it are void."""
    lock_case(case.pk)
    found = case.agreements.filter(state__in=OPEN).order_by("-version").first()
    if found is None:
        return
    signed = found.signatures.count()
    Agreement.objects.filter(pk=found.pk).update(state=AgreementState.SUPERSEDED)
    Party.objects.filter(case=case).update(settlement_consent_on=None)
    record(
        case,
        Kind.AGREEMENT_SUPERSEDED,
        by=by,
        at=at,
        version=found.version,
        reason=reason,
        signatures_voided=signed,
    )


@transaction.atomic
def review_agreement(
    agreement: Agreement, *, approved: bool, remarks: str, by: User, at: datetime
) -> Agreement:
    """A second pair of eyes on a draft. Raises: NotASecondPerson, NoText."""
    case = lock_case(agreement.case_id)
    agreement.refresh_from_db()
    if agreement.state != AgreementState.DRAFT:
        raise NoText
    if by.pk == case.mediator_id:
        raise NotASecondPerson
    if approved:
        agreement.reviewed_by = by
        agreement.save(update_fields=["reviewed_by"])
    record(
        case,
        Kind.AGREEMENT_READ_OVER,
        by=by,
        at=at,
        version=agreement.version,
        approved=approved,
        remarks=remarks,
    )
    return agreement


@transaction.atomic
def make_ready(
    agreement: Agreement, *, read_by_both: bool, needs_review: bool, by: User, at: datetime
) -> Agreement:
    """Freeze the text: from now on it is signed or put aside. Raises: NotRead, NotReviewed, NoText."""
    case = lock_case(agreement.case_id)
    agreement.refresh_from_db()
    if agreement.state != AgreementState.DRAFT:
        raise NoText
    if not read_by_both:
        raise NotRead(field="read_by_both")
    if needs_review and agreement.reviewed_by_id is None:
        raise NotReviewed
    agreement.content_sha256 = content_sha256(agreement)
    agreement.state, agreement.ready_at = AgreementState.READY, at
    agreement.save(update_fields=["content_sha256", "state", "ready_at"])
    record(
        case,
        Kind.AGREEMENT_READY,
        by=by,
        at=at,
        version=agreement.version,
        content_sha256=agreement.content_sha256,
    )
    return agreement


@transaction.atomic
def sign_agreement(
    agreement: Agreement,
    *,
    parties: Sequence[Party],
    mediator: User | None,
    way: str,
    by: User,
    at: datetime,
) -> bool:
    """Record signatures under the frozen text; True when everybody has signed.

    A worker's signature is that worker's own consent to the settlement.
    Raises: NoText, TextChanged, SignedAlready.
    """
    case = lock_case(agreement.case_id)
    agreement.refresh_from_db()
    if agreement.state != AgreementState.READY:
        raise NoText
    if content_sha256(agreement) != agreement.content_sha256:
        raise TextChanged
    missing, mediator_missing = unsigned(agreement)
    if set(parties) - set(missing) or (mediator and not mediator_missing):
        raise SignedAlready(field="signed_by")
    for party in parties:
        _sign(agreement, way, at, party=party, capacity=party.side.lower())
    if mediator is not None:
        _sign(agreement, way, at, user=mediator, capacity=MEDIATOR)
    Party.objects.filter(pk__in=[p.pk for p in parties], side=Side.WORKER).update(
        settlement_consent_on=clock.day(at)
    )
    record(
        case,
        Kind.AGREEMENT_SIGNED,
        by=by,
        at=at,
        version=agreement.version,
        way=way,
        signed_by=[p.ref for p in parties] + ([MEDIATOR] if mediator else []),
        content_sha256=agreement.content_sha256,
    )
    done = len(missing) == len(parties) and (bool(mediator) or not mediator_missing)
    if done:
        agreement.state = AgreementState.SIGNED
        agreement.save(update_fields=["state"])
    return done


def _sign(
    agreement: Agreement,
    way: str,
    at: datetime,
    *,
    capacity: str,
    party: Party | None = None,
    user: User | None = None,
) -> None:
    Signature.objects.create(
        agreement=agreement, party=party, user=user, capacity=capacity, way=way,
        content_sha256=agreement.content_sha256, signed_at=at,
    )  # fmt: skip


def unsigned(agreement: Agreement) -> tuple[list[Party], bool]:
    """Who has not signed this version: parties by reference, and whether the mediator is missing."""
    signed = agreement.signatures
    rows = Party.objects.filter(case_id=agreement.case_id, left_on__isnull=True)
    missing = rows.exclude(pk__in=signed.filter(party__isnull=False).values("party_id"))
    ordered = missing.select_related("person", "employer").order_by("ref")
    return list(ordered), not signed.filter(capacity=MEDIATOR).exists()


@transaction.atomic
def seal_agreement(agreement: Agreement, *, by: User, at: datetime) -> Agreement:
    """Put the body's seal under it: in force on the day of the last of signatures and seal.

    Raises: NotAllSigned, NotASecondPerson, TextChanged.
    Source: 《劳动争议调解仲裁法》第十四条; 《人民调解法》第二十九条.
    """
    case = lock_case(agreement.case_id)
    agreement.refresh_from_db()
    if agreement.state != AgreementState.SIGNED:
        raise NotAllSigned
    if by.pk == case.mediator_id:
        raise NotASecondPerson
    if content_sha256(agreement) != agreement.content_sha256:
        raise TextChanged
    last = agreement.signatures.aggregate(last=Max("signed_at"))["last"]
    effective = max(clock.day(last), clock.day(at))
    agreement.state, agreement.effective_on = AgreementState.IN_FORCE, effective
    agreement.sealed_at, agreement.sealed_by = at, by
    agreement.save(update_fields=["state", "effective_on", "sealed_at", "sealed_by"])
    for rule in (*LIMITS, RIGHT):
        meet_rule(case, rule, by=by, at=at, on=effective)
    record(case, Kind.AGREEMENT_SEALED, by=by, at=at, version=agreement.version)
    record(
        case,
        Kind.AGREEMENT_IN_FORCE,
        by=by,
        at=at,
        version=agreement.version,
        effective_on=effective,
        total_yuan=agreement.total_yuan,
    )
    return agreement


def needs_second_reader(agreement: Agreement, above_yuan: Decimal) -> bool:
    """Whether the total is so high that a second person reads the draft (a setting, not law)."""
    return agreement.total_yuan > above_yuan


def agreed_items(case: Case) -> list[str]:
    """The names of the agreed claims."""
    rows = case.claims.filter(outcome=ClaimOutcome.AGREED)
    return list(dict.fromkeys(rows.values_list("item", flat=True)))


__all__ = [
    "agreed_items", "draft_agreement", "make_ready", "needs_second_reader", "open_version",
    "review_agreement", "seal_agreement", "sign_agreement", "supersede_open", "unsigned", "workers",
]  # fmt: skip
