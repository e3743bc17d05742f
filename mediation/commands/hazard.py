"""Hazards: what an inspection and a second look mean for papers and clocks."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from casework import clock
from casework.commands import hazard as file
from casework.commands.deadlines import lapse_rule, meet_rule, set_deadline, void_rule
from casework.models import Case, Grade, Inspection, User
from documents.issue import issue
from documents.storage import keep
from documents.uploads import Cleaned
from mediation.engine.registry import flow_named
from mediation.engine.run import open_tasks

MEND = "F-01"
GRADES = {
    Grade.IMMEDIATE: "重大隐患（危及生命）", Grade.SERIOUS: "较大隐患", Grade.ORDINARY: "一般隐患",
}  # fmt: skip


def inspect(
    case: Case,
    *,
    hazards: Sequence[dict[str, str]],
    photos: Sequence[Cleaned] = (),
    by: User,
    at: datetime,
    **facts: Any,
) -> None:
    """Record it, start the days for mending that the inspectors set, and print the notice (D37)."""
    made = file.inspect(case, hazards=hazards, by=by, at=at, **facts)
    _keep(case, photos, by, at)
    _set_clock(case, made, made.found_on, by, at)
    _notice(case, made, by, at)


def _keep(case: Case, photos: Sequence[Cleaned], by: User, at: datetime) -> None:
    for photo in photos:
        file.keep_photo(case, sha256=keep(photo.data), size=len(photo.data), by=by, at=at)


def _set_clock(case: Case, made: Inspection, start: date, by: User, at: datetime) -> None:
    set_deadline(
        case, MEND, start=start, start_event="hazard_found",
        length=(made.fix_by - start).days, unit="calendar_day", by=by, at=at,
    )  # fmt: skip


def _notice(case: Case, made: Inspection, by: User, at: datetime) -> None:
    rows = list(made.hazards.filter(mended_on__isnull=True))
    shown = made.photos.count()
    issue(
        "D37", case=case, subject_id=made.pk, by=by, at=at, place=made.place,
        found_on=made.found_on, grade=GRADES[Grade(made.grade)], people=made.people,
        hazard="；".join(row.what for row in rows), rule="；".join(dict.fromkeys(row.rule for row in rows)),
        measures=tuple(made.measures), withdraw=made.withdrawn, fix_by=made.fix_by,
        inspectors=tuple(made.inspectors), photos=(f"现场照片{shown}张",) if shown else (),
    )  # fmt: skip


def recheck(
    case: Case,
    *,
    mended: Sequence[int],
    then: str,
    fix_by: date | None,
    photos: Sequence[Cleaned] = (),
    on: date,
    by: User,
    at: datetime,
) -> str:
    """Look again. Answers MENDED, AGAIN (another day is set) or AUTHORITY."""
    left = file.recheck(case, mended=mended, on=on, by=by, at=at)
    _keep(case, photos, by, at)
    if not left:
        meet_rule(case, MEND, by=by, at=at, on=on)
        return "MENDED"
    if then == "AGAIN" and fix_by is not None:
        file.set_another_day(case, fix_by=fix_by, on=on, by=by, at=at)
        void_rule(case, MEND, by=by, at=at, ground="another day was set")
        made = file.the_inspection(case)
        _set_clock(case, made, on, by, at)
        _notice(case, made, by, at)
        return "AGAIN"
    file.to_authority(case, by=by, at=at)
    lapse_rule(case, MEND, by=by, at=at, ground="passed on to the authority")
    return "AUTHORITY"


def to_letters(activation: Any) -> None:
    """The letters go on: those that are under way, or a letter to the authority."""
    case = activation.process.case
    letters = flow_named("supervision")
    if not any(task.flow_task.flow_class is letters for task in open_tasks(case.pk)):
        letters.begin.run(case=case)


to_letters.to = "supervision"  # type: ignore[attr-defined]


def late(activation: Any) -> None:
    """The day is over and nobody looked: written down, the task stays."""
    file.run_late(activation.process.case, at=clock.now())
