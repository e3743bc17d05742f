"""Commands on the agreement: a text, its plan, the signatures under it, the seal, in force."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.commands.terms import Terms, own_totals, problems
from casework.events import Kind, plain, record
from casework.models import (
    Agreement,
    AgreementState,
    Case,
    Instalment,
    InstalmentState,
    Party,
    Share,
    User,
)
from casework.rules.shares import plan_shares

OPEN = (AgreementState.DRAFT, AgreementState.READY, AgreementState.SIGNED)


class BadTerms(CommandRefused):
    """These terms cannot be signed."""


class NoText(CommandRefused):
    """There is no such version of the agreement to work on."""


class NotASecondPerson(CommandRefused):
    """Somebody other than the mediator must do this."""


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
        penalty_kind=terms.penalty_kind, penalty_value=terms.penalty_value, drafted_at=at,
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


def needs_second_reader(agreement: Agreement, above_yuan: Decimal) -> bool:
    """Whether the total is so high that a second person reads the draft (a setting)."""
    return agreement.total_yuan > above_yuan
