"""Who leads a case that touches two provinces (劳动争议调解仲裁法 21; 首问负责 is policy)."""

from dataclasses import dataclass

OURS, THEIRS, UNKNOWN = "WE", "THEY", "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Lead:
    """`who` leads: WE, THEY or UNKNOWN; `why` in Chinese, `article` the source."""

    who: str
    why: str
    article: str = "劳动争议调解仲裁法 第21条"


def lead_of(*, performed_here: bool | None, seat_here: bool | None = None) -> Lead:
    """The place of performance leads, else the employer's seat; None is not known.

    Whoever was asked first hands over only with the worker's consent and follows to the end.
    """
    if performed_here is not None:
        return Lead(
            OURS if performed_here else THEIRS,
            "劳动合同在本地履行，由我会牵头，对方协助。" if performed_here
            else "劳动合同在对方地区履行，经职工同意移交对方牵头，我会跟踪至办结。",
        )  # fmt: skip
    if seat_here is not None:
        return Lead(
            OURS if seat_here else THEIRS,
            "履行地不明，用人单位在本地，由我会牵头。" if seat_here
            else "履行地不明，用人单位在对方地区，经职工同意移交对方牵头，我会跟踪至办结。",
        )  # fmt: skip
    return Lead(UNKNOWN, "履行地和用人单位所在地都不明，先由我会办理并查清。")
