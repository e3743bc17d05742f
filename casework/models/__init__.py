"""The nouns of the file, one a module."""

from casework.models.agency import Agency, Office, Route
from casework.models.agreement import (
    Agreement,
    AgreementState,
    Instalment,
    InstalmentState,
    Payment,
    PenaltyKind,
    Share,
    Signature,
    SigningWay,
)
from casework.models.appointment import TimeOffer
from casework.models.bargain import Bargain, BargainState, NoticeKind, Topic, UnionNotice
from casework.models.bench import Absence, Booking, Interest, Recusal, Room, SealedOffer, Tie
from casework.models.call_back import CallBack, CallBackState
from casework.models.case import CallRecord, Case, Priority, Status
from casework.models.collective import ListState, MemberList
from casework.models.consultation import Consultation, Opinion
from casework.models.deadline import Deadline, DeadlineState, Escalation, Timer, TimerState
from casework.models.district import District
from casework.models.enclosed import Enclosed, EnclosedKind, EnclosedState
from casework.models.event import Event
from casework.models.exchange import (
    Direction,
    Incoming,
    InState,
    Nonce,
    Outgoing,
    OutState,
    Peer,
    PeerKey,
    Reconciliation,
    Strand,
)
from casework.models.extension import Extension, ExtensionState
from casework.models.grouping import NotAGroup
from casework.models.hardship import Hardship, HelpResult
from casework.models.hazard import Duty, Grade, Hazard, HazardPhoto, Inspection, InspectionState
from casework.models.hearing import Note, Session, SessionState
from casework.models.house import (
    ApiToken,
    CalendarDay,
    CalendarYear,
    Draft,
    HouseAct,
    HouseActKind,
    Passkey,
    RecoveryCode,
    RememberedAnswer,
    Series,
)
from casework.models.inbound import Inbound, Procedure
from casework.models.keeping import Disposal, DisposalAct, Keeping, KeepingState, LegalHold
from casework.models.letter import Letter, LetterLevel, LetterResult, LetterState
from casework.models.liaison_meeting import LiaisonMeeting
from casework.models.limitation import FactKind, LimitationFact
from casework.models.meter import Meter
from casework.models.new_form import NewForm, Trade
from casework.models.order import OrderState, SupervisionOrder
from casework.models.outgoing import OutgoingText, TextState
from casework.models.paper_reply import PaperReply, Way
from casework.models.partner import JointSession, Pairing, Partner
from casework.models.party import Claim, ClaimOutcome, Consent, Party, Side
from casework.models.person import Employer, Person
from casework.models.referral import Pack, Referral, ReferralState
from casework.models.rulebook import CalendarLoad, EditKind, EditState, RuleEdit
from casework.models.service import Contact, Proceeding, Service, ServiceTry, Visit
from casework.models.statistics import CaseFact, Cell, Touched
from casework.models.subsidy import (
    LawFirm,
    Lawyer,
    LegalService,
    Subsidy,
    SubsidyLine,
    SubsidyState,
    SubsidyYear,
)
from casework.models.team import Clue, ClueKind, ClueState, Team, TeamMember
from casework.models.tracking import Attempt, Message, OneTimeCode, TrackingCode
from casework.models.user import User
from casework.models.worker_side import (
    Evidence,
    EvidenceShown,
    WordKind,
    WordResult,
    WorkerWord,
)

__all__ = [
    "Absence",
    "Agency",
    "Agreement",
    "AgreementState",
    "ApiToken",
    "Attempt",
    "Bargain",
    "BargainState",
    "Booking",
    "CalendarDay",
    "CalendarLoad",
    "CalendarYear",
    "CallBack",
    "CallBackState",
    "CallRecord",
    "Case",
    "CaseFact",
    "Cell",
    "Claim",
    "ClaimOutcome",
    "Clue",
    "ClueKind",
    "ClueState",
    "Consent",
    "Consultation",
    "Contact",
    "Deadline",
    "DeadlineState",
    "Direction",
    "Disposal",
    "DisposalAct",
    "District",
    "Draft",
    "Duty",
    "EditKind",
    "EditState",
    "Employer",
    "Enclosed",
    "EnclosedKind",
    "EnclosedState",
    "Escalation",
    "Event",
    "Evidence",
    "EvidenceShown",
    "Extension",
    "ExtensionState",
    "FactKind",
    "Grade",
    "Hardship",
    "Hazard",
    "HazardPhoto",
    "HelpResult",
    "HouseAct",
    "HouseActKind",
    "InState",
    "Inbound",
    "Incoming",
    "Inspection",
    "InspectionState",
    "Instalment",
    "InstalmentState",
    "Interest",
    "JointSession",
    "Keeping",
    "KeepingState",
    "LawFirm",
    "Lawyer",
    "LegalHold",
    "LegalService",
    "Letter",
    "LetterLevel",
    "LetterResult",
    "LetterState",
    "LiaisonMeeting",
    "LimitationFact",
    "ListState",
    "MemberList",
    "Message",
    "Meter",
    "NewForm",
    "Nonce",
    "NotAGroup",
    "Note",
    "NoticeKind",
    "Office",
    "OneTimeCode",
    "Opinion",
    "OrderState",
    "OutState",
    "Outgoing",
    "OutgoingText",
    "Pack",
    "Pairing",
    "PaperReply",
    "Partner",
    "Party",
    "Passkey",
    "Payment",
    "Peer",
    "PeerKey",
    "PenaltyKind",
    "Person",
    "Priority",
    "Procedure",
    "Proceeding",
    "Reconciliation",
    "RecoveryCode",
    "Recusal",
    "Referral",
    "ReferralState",
    "RememberedAnswer",
    "Room",
    "Route",
    "RuleEdit",
    "SealedOffer",
    "Series",
    "Service",
    "ServiceTry",
    "Session",
    "SessionState",
    "Share",
    "Side",
    "Signature",
    "SigningWay",
    "Status",
    "Strand",
    "Subsidy",
    "SubsidyLine",
    "SubsidyState",
    "SubsidyYear",
    "SupervisionOrder",
    "Team",
    "TeamMember",
    "TextState",
    "Tie",
    "TimeOffer",
    "Timer",
    "TimerState",
    "Topic",
    "Touched",
    "TrackingCode",
    "Trade",
    "UnionNotice",
    "User",
    "Visit",
    "Way",
    "WordKind",
    "WordResult",
    "WorkerWord",
]
