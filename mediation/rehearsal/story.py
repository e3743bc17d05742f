"""What a story file holds, checked before anything is played."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import override

from casework import clock
from mediation.engine.registry import all_flows, node_named, path_of
from mediation.rehearsal.expectations import KNOWN, NOT_YET
from mediation.rehearsal.reader import BadStory, Lines, read

STORY_KEYS = {
    "story",
    "title",
    "tags",
    "narrative",
    "people",
    "acts",
    "until",
    "expect",
    "prints",
}
ACT_KEYS = {"on", "do", "by", "with", "of", "refused", "status", "wait", "note"}
START_HOUR = 9


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the story: at an instant somebody does a step, or time just passes."""

    line: int
    at: datetime
    node: str = ""
    by: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    of: str = ""
    refused: str | None = None
    status: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A story: its acts in order of time, and what must be true at the end."""

    path: Path
    name: str
    title: str
    people: tuple[dict[str, Any], ...]
    acts: tuple[Act, ...]
    until: datetime | None
    expect: Lines
    prints: bool = True  # false: papers are issued with their facts but not printed (quicker)


def load(path: Path, known_people: set[str], edit: Callable[[str], str] = str) -> Story:
    """Read and check a story, its text changed first by `edit`.

    Raises: BadStory, naming file and line.
    """
    raw = read(path, edit)
    _only(path, raw, STORY_KEYS)
    for key in ("story", "title", "acts"):
        if key not in raw:
            raise BadStory(path, raw.line, f"'{key}' is missing")
    people = tuple(raw.get("people") or ())
    names = known_people | {str(person.get("username", "")) for person in people}
    expect = raw.get("expect") or Lines()
    expect.lines = getattr(expect, "lines", {})
    _only(path, expect, KNOWN | NOT_YET, "expectation")
    return Story(
        path=path,
        name=str(raw["story"]),
        title=str(raw["title"]),
        people=people,
        acts=_acts(path, raw, names),
        until=_instant(path, raw.lines["until"], raw["until"], None)
        if "until" in raw
        else None,
        expect=expect,
        prints=bool(raw.get("prints", True)),
    )


def _only(path: Path, found: Lines, known: set[str], what: str = "key") -> None:
    for key in found:
        if key not in known:
            raise BadStory(
                path,
                found.lines.get(key, 0),
                f"unknown {what} '{key}'; known: {', '.join(sorted(known))}",
            )


def _acts(path: Path, raw: Lines, names: set[str]) -> tuple[Act, ...]:
    if not isinstance(raw["acts"], list) or not raw["acts"]:
        raise BadStory(path, raw.lines["acts"], "'acts' must be a list with at least one act")
    acts: list[Act] = []
    for row in raw["acts"]:
        if not isinstance(row, Lines):
            raise BadStory(
                path, raw.lines["acts"], "each act is a mapping with 'on', 'by' and 'do'"
            )
        acts.append(_act(path, row, names, acts[-1].at if acts else None))
    return tuple(acts)


def _act(path: Path, row: Lines, names: set[str], before: datetime | None) -> Act:
    _only(path, row, ACT_KEYS)
    if "on" not in row:
        raise BadStory(path, row.line, "'on' (the day) is missing")
    at = _instant(path, row.lines["on"], row["on"], before)
    if row.get("wait") or "do" not in row:
        if not row.get("wait"):
            raise BadStory(
                path, row.line, "'do' (the step) is missing; say 'wait: true' to let time pass"
            )
        return Act(
            line=row.line,
            at=at,
            status=str(row.get("status", "")),
            note=str(row.get("note", "")),
        )
    node = _node(path, row.lines["do"], str(row["do"]))
    by = str(row.get("by", ""))
    if by not in names:
        raise BadStory(
            path,
            row.lines.get("by", row.line),
            f"nobody is called '{by}'; known: {', '.join(sorted(names))}",
        )
    data = row.get("with") or {}
    _known_fields(path, row, node, data)
    return Act(
        line=row.line, at=at, node=node, by=by, data=dict(data), of=str(row.get("of", "")),
        refused=None if "refused" not in row else str(row["refused"]),
        status=str(row.get("status", "")), note=str(row.get("note", "")),
    )  # fmt: skip


def _known_fields(path: Path, row: Lines, node: str, data: Any) -> None:
    if not isinstance(data, dict):
        raise BadStory(path, row.lines["with"], "'with' is a mapping of field names to values")
    fields = node_named(node).form.base_fields
    for key in data:
        if key not in fields:
            line = data.lines.get(key, row.line) if isinstance(data, Lines) else row.line
            raise BadStory(
                path, line, f"step '{node}' has no field '{key}'; it has: {', '.join(fields)}"
            )


def _node(path: Path, line: int, words: str) -> str:
    """A step by its path ("intake.triage") or by its title in Chinese or English."""
    for language in (None, "zh-hans", "en"):
        with override(language or "en"):
            for flow_class in all_flows().values():
                for node in flow_class.instance.nodes():
                    if hasattr(node, "form") and words in (path_of(node), str(node.task_title)):
                        return path_of(node)
    raise BadStory(path, line, f"no step is called '{words}'")


def _instant(path: Path, line: int, value: Any, before: datetime | None) -> datetime:
    """A day ("2026-03-10", taken as 09:00 or a minute after the act before) or a day with a time."""
    if isinstance(value, datetime):
        at = clock.instant(value.date(), value.hour, value.minute)
    elif isinstance(value, date):
        at = clock.instant(value, START_HOUR)
        if before is not None and clock.day(before) == value:
            at = max(at, before + timedelta(minutes=1))
    else:
        raise BadStory(
            path, line, f"'{value}' is not a day such as 2026-03-10 or 2026-03-10 09:20:00"
        )
    if before is not None and at < before:
        raise BadStory(path, line, f"{value} lies before the act above it")
    return at
