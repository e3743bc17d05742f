"""What goes when a file is destroyed, and what stays and why: every column of every table that hangs on a case.

A test holds this list against the models: a new column of text must be named here, in one list or the other.
"""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models

from casework.events import empty_ledger
from casework.models import Agency, Case, Deadline, Office, Party, Person, TrackingCode, User

# Model -> the way to the case, and the columns whose contents go.
GOES: dict[str, tuple[str, str]] = {
    "casework.Case": ("pk", "title source_number triage"),
    "casework.CallRecord": (
        "case",
        "sealed_caller facts confidential work_place evidence tried advice estimate recording_id caller",
    ),
    "casework.Claim": ("case", "item period reason estimate"),
    "casework.Agreement": ("case", "clauses duties"),
    "casework.Payment": ("instalment__agreement__case", "proof proof_name voided_why"),
    "casework.Service": ("case", "proof place server witness proof_name voided_why"),
    "casework.ServiceTry": ("case", "why"),
    "casework.CallBack": ("case", "why words"),
    "casework.SupervisionOrder": ("case", "found answer decided_why demands"),
    "casework.Contact": ("case", "answer"),
    "casework.Visit": ("case", "need"),
    "casework.Proceeding": ("case", "note"),
    "casework.MemberList": ("case", "name rows"),
    "casework.Consultation": ("case", "facts agreed question minutes duties"),
    "casework.Opinion": ("consultation__case", "text"),
    "casework.Deadline": ("case", "ground"),
    "casework.Extension": ("case", "ground evidence note"),
    "casework.LimitationFact": ("case", "evidence void_reason"),
    "casework.Enclosed": ("case", "title note problem"),
    "casework.Outgoing": ("case", "body note problem"),
    "casework.Incoming": ("case", "body note problem"),
    "casework.Hardship": ("case", "signs words told"),
    "casework.Inspection": ("case", "place"),
    "casework.Hazard": ("inspection__case", "what"),
    "casework.Session": (
        "case",
        "attendance agreed_facts issues record place cancelled_why signed_by not_signed_why proof_name",
    ),
    "casework.JointSession": ("case", "room who"),
    "casework.Note": ("case", "text"),
    "casework.SealedOffer": ("case", "yuan"),
    "casework.Recusal": ("case", "words reason"),
    "casework.Booking": ("case", "words"),
    "casework.Referral": ("case", "asked ground reason handler result_text shown missing"),
    "casework.Pack": ("referral__case", "fields papers purpose"),
    "casework.PaperReply": ("case", "what said_by scan_name"),
    "casework.Inbound": ("case", "asked terms handler reason result_text"),
    "casework.Letter": (
        "case",
        "addressee subject found breach skipped_why decided_why answer",
    ),
    "casework.NewForm": ("case", "orders pays business management subject_fit one_stop"),
    "casework.Subsidy": ("case", "why decided_why"),
    "casework.SubsidyLine": ("subsidy__case", "what"),
    "casework.Clue": ("case", "firm place words answer"),
    "casework.Bargain": ("case", "wishes answer result"),
    "casework.UnionNotice": ("case", "reasons opinion answer"),
    "casework.Message": ("case", "to_masked"),
    "casework.OutgoingText": ("message__case", "to words trouble"),
    "casework.Evidence": ("case", "name title source"),
    "casework.WorkerWord": ("case", "text answer"),
    "casework.TrackingCode": ("case", "phone_tail"),
    "casework.LegalHold": ("case", "ground paper lifted_why"),
    "mediation.Process": ("case", "data"),
    "mediation.Task": ("case", "data"),
}
# Model -> columns that stay: numbers, hashes, codes and words of the law or of the house. What papers hold is
# taken out with their bytes (documents/erasing.py); of the ledger the words go and their digests stay, so that
# anybody can still verify it.
STAYS: dict[str, str] = {
    "documents.Paper": "code title number facts facts_sha256 check_code reason failure sha256 sm3",
    "documents.Preview": "code facts failure sha256",
    "documents.Dossier": "sha256 failure",
    "mediation.Process": "flow_class answer",
    "mediation.Task": (
        "flow_task flow_task_type token external_task_id owner_permission owner_permission_obj_pk role"
    ),
    "casework.Agreement": "confirmation content_sha256",
    "casework.Signature": "capacity content_sha256 paper_sha256 proof_sha256 proof_name",
    "casework.Instalment": "states",
    "casework.Payment": "proof_sha256",
    "casework.Party": "ref capacity",
    "casework.Claim": "code",
    "casework.Consent": "purpose how",
    "casework.Recusal": "asked_by ground outcome",
    "casework.Case": (
        "ticket_no number main_cause level channel catalogue_version outcome relation criminal_clue chain_head"
    ),
    "casework.CallRecord": "channel contract_kind wish advice_source satisfaction",
    "casework.MemberList": "sha256",
    "casework.Deadline": "rule rule_version start_event unit nature article explanation",
    "casework.Escalation": "whom",
    "casework.SupervisionOrder": "level",
    "casework.Timer": "kind",
    "casework.Enclosed": "number promised media_type",
    "casework.Event": "kind by_name by_role payload salt hash digest",  # payload and salt go by empty_ledger
    "casework.Outgoing": "kind sha256",
    "casework.Hazard": "rule",
    "casework.HazardPhoto": "sha256",
    "casework.Session": "way result read_back proof_sha256",
    "casework.Note": "about",
    "casework.Referral": (
        "matter number answer reason_code own_number result result_number decision"
    ),
    "casework.Pack": "sha256 ledger_head receipt receipt_head closed_why",
    "casework.Inbound": "number matter reason_code result",
    "casework.Keeping": "number kind",
    "casework.Disposal": "ground receiver words",
    "casework.LimitationFact": "cause",
    "casework.NewForm": "relation relation_row",
    "casework.PaperReply": "letter_number scan_type scan_sha256",
    "casework.Service": "document way proof_sha256",
    "casework.ServiceTry": "way",
    "casework.Contact": "way",
    "casework.Visit": "satisfied",
    "casework.Proceeding": "kind body number step",
    "casework.Subsidy": "number result paid_ref",
    "casework.TrackingCode": "code_hash",
    "casework.WorkerWord": "kind result",
    "casework.Evidence": "media_type sha256 received_sha256",
}
PERSON = (
    "name", "sex", "birth_year", "identity_number", "phone", "address", "bank_account", "bank_name", "worker_kind",
    "home_province", "union_member", "second_contact",
)  # fmt: skip


def empty_of(model: type[models.Model], name: str) -> Any:
    """What a column holds when its contents are gone."""
    field = model._meta.get_field(name)
    return None if getattr(field, "null", False) else field.get_default()  # type: ignore[union-attr]


def hangs_on_a_case(model: type[models.Model], seen: tuple[type, ...] = ()) -> bool:
    """Whether rows of a model belong to one case: by a key of their own, or of the row that they belong to."""
    if model is Case:
        return True
    if model in seen or model in (User, Office, Person, Party, Agency, Deadline):
        return model in (Party, Deadline)
    links = [each for each in model._meta.concrete_fields if each.is_relation and not each.null]
    parents = [each.related_model for each in links if isinstance(each.related_model, type)]
    return any(hangs_on_a_case(each, (*seen, model)) for each in parents)


def take_out(case: Case, *, at: datetime) -> int:
    """Empty every column of GOES of one case, its people and its ledger's words; answers how many rows were touched.

    Call in the context of the system, after the case is marked as destroyed: the database guards what is written once.
    """
    touched = _people(case) + empty_ledger(case.pk)
    TrackingCode.objects.filter(case=case, voided_at=None).update(voided_at=at)
    for label, (way, names) in GOES.items():
        model = apps.get_model(label)
        if values := {name: empty_of(model, name) for name in names.split()}:
            touched += model._default_manager.filter(**{way: case.pk}).update(**values)
    return touched


def _people(case: Case) -> int:
    """People whom no other case knows lose name and numbers; others keep them for their other case."""
    ids = set(case.calls.exclude(caller=None).values_list("caller_id", flat=True))
    for row in Party.objects.filter(case=case):
        ids |= {number for number in (row.person_id, row.contact_id) if number}
    gone = [row for row in Person.objects.filter(pk__in=ids) if not _known_elsewhere(row, case)]
    for person in gone:
        for name in PERSON:
            setattr(person, name, empty_of(Person, name))
        person.index()
        person.save()
    return len(gone)


def _known_elsewhere(person: Person, case: Case) -> bool:
    """Whether a case that was not destroyed knows this person too."""
    parties = Party.objects.filter(models.Q(person=person) | models.Q(contact=person))
    other = models.Q(case__destroyed_on=None) & ~models.Q(case=case)
    return parties.filter(other).exists() or person.calls.filter(other).exists()
