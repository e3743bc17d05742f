"""New employment forms: the estimate of the relation by its table, and an injury on its own way."""

from dataclasses import replace
from datetime import date, datetime

from casework import clock
from casework.models import Case, Referral, User
from casework.queries import rulebook_tables
from casework.rules.tables import Decision
from casework.rules.triage import propose
from mediation.commands.proposals import facts_of
from mediation.commands.referral import refer

INJURY = "INJURY"
MATTER = "OCCUPATIONAL_INJURY_PROTECTION"
ASKED = "请核查是否属于职业伤害保障范围，并告知申请材料。"


def estimate(
    case: Case, *, subject_fit: str, management: str, business: str, at: datetime
) -> Decision:
    """The relation test on the three facts as told now (人社部发〔2021〕56号): an estimate, no finding."""
    facts = replace(
        facts_of(case, at=at), is_new_form=True, subject_fit=subject_fit, management=management,
        business=business,
    )  # fmt: skip
    return propose(facts, tables=rulebook_tables.tables(), on=clock.day(at))["relation"]


def refer_injury(case: Case, *, on: date, by: User, at: datetime) -> Referral | None:
    """The injury goes beside mediation and never holds it up; one that is under way stays the only one."""
    if Referral.objects.filter(case=case, matter=MATTER).exists():
        return None
    return refer(
        case, matter=MATTER, asked=ASKED, side_track=True, ground="",
        shown={"accident_on": on.isoformat()}, by=by, at=at,
    )  # fmt: skip
