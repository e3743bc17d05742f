"""Words of the linkage: matters, reasons, fields of a pack, grounds."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework import clock
from mediation.engine.clocks import rule_name

MATTERS: dict[str, str | Promise] = {
    "LABOUR_INSPECTION": _("labour inspection"), "ARBITRATION": _("arbitration"),
    "ARBITRATION_REVIEW": _("arbitration review"), "WORK_INJURY": _("work injury"),
    "OCCUPATIONAL_INJURY_PROTECTION": _("occupational injury protection"),
    "SOCIAL_INSURANCE": _("social insurance"), "JUDICIAL_CONFIRMATION": _("judicial confirmation"),
    "PAYMENT_ORDER": _("payment order"), "FILING": _("filing of a suit"), "PRESERVATION": _("preservation"),
    "ADVANCE_PAYMENT": _("advance payment"), "ENFORCEMENT": _("enforcement"), "LEGAL_AID": _("legal aid"),
    "LEGAL_AID_CONSULT": _("legal aid consultation"), "PEOPLES_MEDIATION": _("people's mediation"),
    "NOTARY": _("notary"), "SUPPORT_FOR_PROSECUTION": _("support for prosecution"),
    "PROCURATORIAL_SUGGESTION": _("procuratorial suggestion"), "PUBLIC_INTEREST_CLUE": _("public interest clue"),
    "CRIMINAL_CLUE": _("criminal clue"), "SAFETY_HAZARD": _("safety hazard"),
    "CROSS_PROVINCE_COOPERATION": _("cooperation with a neighbour"), "HARDSHIP": _("hardship help"),
    "UNION_RIGHTS": _("rights of the union"), "STREET_LEVEL": _("handling at street level (141)"),
    "PUBLIC_SERVICE": _("public service (12345)"), "LEGAL_ADVICE": _("public legal advice (12348)"),
}  # fmt: skip
REASON_WORDS: dict[str, str | Promise] = {
    "ARBITRATION_FIRST": _("arbitration comes first"), "NO_JURISDICTION": _("not within our district"),
    "NOT_LABOUR_RELATION": _("no labour relation"), "NOT_IN_SCOPE": _("not our matter"),
    "LIMITATION_2Y": _("more than two years ago"), "ALREADY_PENDING": _("already being dealt with"),
    "RES_JUDICATA": _("already decided"), "IDENTITY_UNCLEAR": _("identity unclear"),
    "RESPONDENT_UNCLEAR": _("employer unclear"), "NOT_JOINT": _("both sides must ask"),
    "PERIOD_EXPIRED": _("the period is over"), "CONTENT_UNCLEAR": _("content unclear"),
    "AGREEMENT_UNLAWFUL": _("the agreement is unlawful"), "NOT_VOLUNTARY": _("not voluntary"),
    "RELATION_NOT_REVIEWABLE": _("a labour relation cannot be reviewed"), "MEANS_TEST": _("means test"),
    "NO_NEED_FOR_SUPPORT": _("no need for support"), "OTHER": _("other"),
}  # fmt: skip
PACK_WORDS: dict[str, str | Promise] = {
    "names": _("Workers"), "identity": _("Identity number"), "phone": _("Telephone"), "address": _("Address"),
    "employer": _("Employer"), "agreement": _("Agreement in force"), "people": _("People affected"), "facts": _("What happened"), "claims": _("Claims"), "evidence": _("Evidence held"), "deadlines": _("Periods that run"),
}  # fmt: skip


def matter_name(matter: str) -> str | Promise:
    """What a matter is called."""
    return MATTERS.get(matter, matter)


COURT_GROUNDS: dict[str, str | Promise] = {
    "": "-", "IOU": _("an IOU for wages, and no other claim"),
    "PAY_AGREEMENT": _("a mediation agreement on pay alone, unpaid"),
    "ORDER_LAPSED": _("a payment order that lapsed"),
    "ARBITRATION_REFUSED": _("arbitration refused, or silent beyond its time"),
    "AFTER_AWARD": _("after an award that is not final"),
    "LABOUR_SERVICE": _("no labour relation: work under a service contract"),
}  # fmt: skip
TROUBLES: dict[str, str | Promise] = {
    "NO_ROUTE": _("No office is entered for this matter in this district."),
    "CLOSED": _("The office that takes this matter is closed."),
    "NO_LIAISON": _("The office that takes this matter has no liaison any more."),
}  # fmt: skip


PARTS = (
    "who", "item", "name", "capacity", "credit_code", "address", "rule", "due", "effective_on", "yuan",
)  # fmt: skip


def _part(name: str, value: Any) -> str:
    return rule_name(value, clock.today()) if name == "rule" else str(value)


def flat(value: Any) -> str:
    """A field of a pack in one line."""
    if isinstance(value, list):
        return "、".join(flat(each) for each in value)
    if isinstance(value, dict):
        return " ".join(_part(key, value[key]) for key in PARTS if value.get(key))
    return str(value)


def pack_rows(fields: dict[str, Any], *, but: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """The fields of a pack as label and words, in the order of the table."""
    return [
        (str(label), flat(fields[name]))
        for name, label in PACK_WORDS.items()
        if name in fields and name not in but
    ]
