"""Days of maternity leave (产假)."""

from casework.rules.calculators.answer import Answer, Basis
from casework.rules.errors import BadInput

NATIONAL, DIFFICULT, EXTRA_CHILD = 98, 15, 15
CHILDREN = range(1, 11)
LOCAL_AT_MOST = 365


def maternity_leave(
    basis: Basis, children: int, difficult_birth: bool, local_days: int = 0
) -> Answer:
    """98 days, 15 for a difficult birth, 15 for each further child, and local days. Raises: BadInput."""
    del basis
    if children not in CHILDREN:
        raise BadInput("children", children)
    if local_days > LOCAL_AT_MOST:
        raise BadInput("local_days", local_days)
    difficult = DIFFICULT if difficult_birth else 0
    more = EXTRA_CHILD * (children - 1)
    days = NATIONAL + difficult + more + local_days
    steps = (
        (
            f"国家产假 98 天，难产加 {difficult} 天，多胞胎加 {more} 天，地方增加 {local_days} 天，共 {days} 天。",
            f"98 national days, {difficult} for a difficult birth, {more} for further children, "
            f"{local_days} local: {days} days.",
        ),
        (
            "地方增加天数请按当地规定填写（重庆为 80 天，待核对）。",
            "State the local days by the local rule (Chongqing 80, to be confirmed).",
        ),
    )
    return Answer({"days": days}, steps)
