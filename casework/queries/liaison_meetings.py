"""What a meeting of the liaisons has to speak about: matters that are late, lapsed or bounced, by letter number."""

from datetime import date

from casework.models import Deadline, DeadlineState, District, Referral
from casework.referral_protocol import State


def to_speak_about(district: District, on: date) -> list[tuple[str, str, str]]:
    """(office, letter number, why) of the district's referrals: LATE, LAPSED, DECLINED or MEETING; no name."""
    rows = Referral.objects.filter(case__district=district, decision="").select_related(
        "office"
    )
    overdue = set(
        Deadline.objects.filter(
            referral__case__district=district, rule__in=("P-10", "P-11"),
            state=DeadlineState.OPEN, due__lt=on,
        ).values_list("referral_id", flat=True)
    )  # fmt: skip
    stuck = (State.LAPSED, State.DECLINED, State.MEETING)
    found = []
    for row in rows.order_by("office__name", "id"):
        why = "LATE" if row.pk in overdue else row.state if row.state in stuck else ""
        if why and row.number:
            found.append((row.office.name, row.number, str(why)))
    return found
