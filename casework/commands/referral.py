"""The union's side of a referral: prepared, routed, sent, supplied, withdrawn, decided about."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.commands.consent import standing_consent
from casework.commands.matter_guards import require_guards
from casework.commands.pack import close_packs, freeze_pack
from casework.commands.referral_step import (
    step,
)
from casework.events import Kind, record
from casework.exchange import outbox
from casework.models import Case, Office, Pack, Referral, ReferralState, User
from casework.queries.routing import home_office, route_of, routed_to
from casework.referral_protocol import Act


class NoRoute(CommandRefused):
    """No open office takes this matter in this district. Ask the administrator for a route."""


class NoConsent(CommandRefused):
    """The worker has not agreed to passing data to this office."""


class AlreadyThere(CommandRefused):
    """This matter is already with this office."""


@transaction.atomic
def prepare_referral(
    case: Case,
    *,
    matter: str,
    asked: str,
    side_track: bool,
    ground: str,
    by: User,
    at: datetime,
    shown: dict[str, Any] | None = None,
    office: Office | None = None,
) -> Referral:
    """A referral on the desk, not yet sent; without an office that could take it, it waits for one.

    `office`: one that a person chose (a partner union); else the routing table says.

    Raises: NoRoute (not even the union's own office is there), AlreadyThere, and what the guards of
    the matter raise.
    """
    lock_case(case.pk)
    require_guards(case, matter, shown or {}, clock.day(at))
    found = routed_to(case, matter, office) if office else route_of(case, matter)
    made = Referral(
        case=case, matter=matter, asked=asked, side_track=side_track, ground=ground,
        shown={**(shown or {}), **({"why": found.why} if found.why else {})},
    )  # fmt: skip
    if found.is_there:
        raise AlreadyThere
    return on_the_desk(made, found.office, by=by, at=at)


def on_the_desk(made: Referral, office: Office | None, *, by: User, at: datetime) -> Referral:
    """Store a fresh referral with its office, or with the union's own until one is found."""
    case = made.case
    kept = office or home_office(case)
    if kept is None:
        raise NoRoute(field="matter")
    made.state = (
        ReferralState.ASKING_CONSENT if office is not None else ReferralState.FINDING_OFFICE
    )
    made.office, made.agency = kept, kept.agency
    made.consent = standing_consent(case, kept.agency) if office is not None else None
    made.save()
    record(case, Kind.REFERRAL_PREPARED, by=by, at=at, referral=str(made.pk), matter=made.matter,
           office=kept.name, hop=made.hop, found=office is not None)  # fmt: skip
    return made


@transaction.atomic
def route(
    referral: Referral, *, office: Office, shown: dict[str, Any], by: User, at: datetime
) -> None:
    """A person found an office for a matter that had none. Raises: NotNow, NoRoute, guards."""
    case = step(referral, Act.ROUTE, at=at)
    if not office.is_open:
        raise NoRoute(field="office")
    referral.shown = {**referral.shown, **shown}
    require_guards(case, referral.matter, referral.shown, clock.day(at))
    referral.office, referral.agency = office, office.agency
    referral.consent = standing_consent(case, office.agency)
    referral.save(update_fields=["office", "agency", "consent", "shown"])
    record(case, Kind.REFERRAL_PREPARED, by=by, at=at, referral=str(referral.pk),
           matter=referral.matter, office=office.name, hop=referral.hop, found=True)  # fmt: skip


@transaction.atomic
def send_referral(referral: Referral, *, number: str, by: User, at: datetime) -> None:
    """On its way: without consent nothing leaves, unless an emergency ground is recorded.

    Raises: NoConsent, NotNow.
    """
    case = step(referral, Act.SEND, at=at)
    consent = standing_consent(case, referral.agency)
    if consent is None and not referral.ground:
        raise NoConsent
    referral.consent, referral.number, referral.sent_at = consent, number, at
    referral.save(update_fields=["consent", "number", "sent_at"])


@transaction.atomic
def enclose(
    referral: Referral, *, papers: Sequence[dict[str, Any]], by: User, at: datetime
) -> Pack:
    """Freeze the first pack, with the papers that this office may see: now it has left."""
    pack = freeze_pack(referral, papers=papers, at=at)
    record(referral.case, Kind.REFERRAL_SENT, by=by, at=at, referral=str(referral.pk),
           matter=referral.matter, office=referral.office.name, number=referral.number,
           pack=pack.sha256)  # fmt: skip
    outbox.offer(referral, pack, at=at)
    return pack


@transaction.atomic
def choose_files(referral: Referral, files: Sequence[str]) -> None:
    """These files of the workers go along from the next pack on, as far as they agreed."""
    if files:
        lock_case(referral.case_id)
        chosen = dict.fromkeys([*referral.shown.get("enclosed", ()), *files])
        referral.shown = {**referral.shown, "enclosed": list(chosen)}
        referral.save(update_fields=["shown"])


@transaction.atomic
def supplement(
    referral: Referral,
    *,
    words: str,
    by: User,
    at: datetime,
    papers: Sequence[dict[str, Any]] = (),
) -> Pack:
    """What was missing, or is new, goes out as a new pack, if the worker still agrees.

    Raises: NotRunning, NotNow, NoConsent.
    """
    case = step(referral, Act.SUPPLY, at=at)
    if standing_consent(case, referral.agency) is None and not referral.ground:
        raise NoConsent
    pack = freeze_pack(referral, papers=papers, at=at)
    record(case, Kind.REFERRAL_SUPPLEMENTED, by=by, at=at, referral=str(referral.pk),
           words=words, pack=pack.sha256)  # fmt: skip
    outbox.tell_of(referral, "supplemented", at=at, words=words, pack=outbox.pack_of(pack))
    return pack


@transaction.atomic
def narrow(
    referral: Referral, *, papers: Sequence[dict[str, Any]], by: User | None, at: datetime
) -> Pack:
    """Somebody took consent back: a pack without them replaces the one that the office had."""
    case = lock_case(referral.case_id)
    pack = freeze_pack(referral, papers=papers, at=at)
    words = _("consent withdrawn")
    record(case, Kind.REFERRAL_SUPPLEMENTED, by=by, at=at, referral=str(referral.pk), words=words,
           pack=pack.sha256)  # fmt: skip
    outbox.tell_of(referral, "supplemented", at=at, words=words, pack=outbox.pack_of(pack))
    return pack


@transaction.atomic
def end_unsent(referral: Referral, *, by: User, at: datetime) -> None:
    """The worker does not want it: nothing left the house. Raises: NotRunning."""
    _take_back(referral, reason=_("no consent"), by=by, at=at)


@transaction.atomic
def withdraw_referral(
    referral: Referral, *, reason: str, by: User | None, at: datetime
) -> None:
    """Taken back on the worker's wish: the office reads nothing more of it. Raises: NotRunning."""
    _take_back(referral, reason=reason, by=by, at=at)


def _take_back(referral: Referral, *, reason: str, by: User | None, at: datetime) -> None:
    case = step(referral, Act.WITHDRAW, at=at)
    referral.reason = reason
    referral.save(update_fields=["reason"])
    close_packs(referral, why="withdrawn", at=at)
    record(case, Kind.REFERRAL_WITHDRAWN, by=by, at=at, referral=str(referral.pk),
           office=referral.office.name, reason=reason)  # fmt: skip
    outbox.tell_of(referral, "withdrawn", at=at, reason=reason)


@transaction.atomic
def lapse(referral: Referral, *, rule: str, at: datetime) -> None:
    """Nobody did anything for too long: it lapses by rule, and a person decides what follows.

    Raises: NotRunning, NotNow.
    """
    case = step(referral, Act.LAPSE, at=at)
    close_packs(referral, why="lapsed", at=at)
    record(case, Kind.REFERRAL_LAPSED, by=None, at=at, referral=str(referral.pk),
           office=referral.office.name, rule=rule)  # fmt: skip
    outbox.tell_of(referral, "withdrawn", at=at, reason=_("lapsed"))
