"""The text frozen, signed by each, sealed: in force (LDMAL 14)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from casework import clock
from casework.commands.agreement import NotASecondPerson, NoText
from casework.commands.agreement_text import content_sha256
from casework.commands.base import CommandRefused, lock_case
from casework.commands.deadlines import meet_rule
from casework.commands.outcome import LIMITS, RIGHT
from casework.events import Kind, record
from casework.models import Agreement, AgreementState, Party, Side, Signature, User

MEDIATOR = "mediator"


@dataclass(frozen=True, slots=True)
class Proof:
    """What a signature leans on: the printed paper that was read, and a file that shows the signature."""

    paper_sha256: str = ""
    file_sha256: str = ""
    name: str = ""


class NotRead(CommandRefused):
    """Both sides must have read the text."""


class NotReviewed(CommandRefused):
    """A second person must read an agreement of this size first."""


class SignedAlready(CommandRefused):
    """Somebody named here has signed already."""


class NotAllSigned(CommandRefused):
    """Not everybody has signed yet."""


class ProofsNotChecked(CommandRefused):
    """Look at each scan of a signature and compare it with the text before sealing."""


class TextChanged(CommandRefused):
    """The text is not the one that was frozen."""


@transaction.atomic
def make_ready(
    agreement: Agreement, *, read_by_both: bool, needs_review: bool, by: User, at: datetime
) -> Agreement:
    """Freeze the text: from now on it is signed or put aside.

    Raises: NotRead, NotReviewed, NoText.
    """
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
    by: User | str,
    at: datetime,
    proof: Proof | None = None,
) -> bool:
    """Record signatures under the frozen text; True when everybody has signed.

    A worker's signature is that worker's own consent to the settlement. `by`: a person of the house, or the
    reference of a party who signs from outside. Raises: NoText, TextChanged, SignedAlready.
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
    proof = proof or Proof()
    signed: list[tuple[Party | None, User | None, str]] = [
        (party, None, party.side.lower()) for party in parties
    ]
    signed += [(None, mediator, MEDIATOR)] if mediator is not None else []
    Signature.objects.bulk_create(
        Signature(
            agreement=agreement, party=party, user=user, capacity=capacity, way=way,
            content_sha256=agreement.content_sha256, signed_at=at, paper_sha256=proof.paper_sha256,
            proof_sha256=proof.file_sha256, proof_name=proof.name[:80],
        )
        for party, user, capacity in signed
    )  # fmt: skip
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
        **{name: value for name, value in asdict(proof).items() if value and name != "name"},
    )
    done = len(missing) == len(parties) and (bool(mediator) or not mediator_missing)
    if done:
        agreement.state = AgreementState.SIGNED
        agreement.save(update_fields=["state"])
    return done


def scans(agreement: Agreement) -> bool:
    """Whether a signature on paper came as a scan that a second person compares."""
    return agreement.signatures.filter(way="paper").exclude(proof_sha256="").exists()


def unsigned(agreement: Agreement) -> tuple[list[Party], bool]:
    """Who has not signed this version: parties, and whether the mediator is missing."""
    signed = agreement.signatures
    rows = Party.objects.filter(case_id=agreement.case_id, left_on__isnull=True)
    missing = rows.exclude(pk__in=signed.filter(party__isnull=False).values("party_id"))
    ordered = missing.select_related("person", "employer").order_by("ref")
    return list(ordered), not signed.filter(capacity=MEDIATOR).exists()


@transaction.atomic
def seal_agreement(
    agreement: Agreement, *, by: User, at: datetime, proofs_checked: bool = False
) -> Agreement:
    """Put the body's seal under it: in force on the day of the last of signatures and seal.

    `proofs_checked`: this person compared the scans with the frozen text.

    Raises: NotAllSigned, NotASecondPerson, TextChanged, ProofsNotChecked.
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
    if scans(agreement) and not proofs_checked:
        raise ProofsNotChecked(field="proofs_checked")
    last = agreement.signatures.aggregate(last=Max("signed_at"))["last"]
    effective = max(clock.day(last), clock.day(at))
    agreement.state, agreement.effective_on = AgreementState.IN_FORCE, effective
    agreement.sealed_at, agreement.sealed_by = at, by
    agreement.save(update_fields=["state", "effective_on", "sealed_at", "sealed_by"])
    for rule in (*LIMITS, RIGHT):
        meet_rule(case, rule, by=by, at=at, on=effective)
    record(
        case,
        Kind.AGREEMENT_SEALED,
        by=by,
        at=at,
        version=agreement.version,
        proofs_checked=proofs_checked,
    )
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
