"""What a rehearsal saw, in words and as data."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from unicodedata import east_asian_width

from casework import clock


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened: when, who, what, which paper came of it, what the case's headline is."""

    at: datetime
    who: str
    what: str
    papers: str
    status: str

    def words(self) -> str:
        """One line for a person."""
        day = self.at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
        return f"{day}  {_padded(self.who, 8)}  {self.what}  [{self.status}]" + (
            f"  {self.papers}" if self.papers else ""
        )


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation beside what was seen. `line` is where it stands in the story file."""

    line: int
    what: str
    expected: Any
    seen: Any

    @property
    def holds(self) -> bool:
        """Whether it came out as expected."""
        return bool(self.expected == self.seen)


@dataclass(slots=True)
class Report:
    """The whole rehearsal of one story."""

    story: str
    title: str
    path: str
    lines: list[Line] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)
    case: str = ""
    codes: list[str] = field(default_factory=list)

    @property
    def failed(self) -> list[Check]:
        """The checks that did not hold."""
        return [check for check in self.checks if not check.holds]

    def check(self, line: int, what: str, expected: Any, seen: Any) -> None:
        """Compare and remember."""
        self.checks.append(Check(line, what, expected, seen))

    def words(self) -> str:
        """The report for a person: what happened, what failed, what was not looked at."""
        rows = [f"{self.story}  {self.title}  ({self.case})", ""]
        rows += [f"  {line.words()}" for line in self.lines]
        rows += [
            "",
            f"  {len(self.checks) - len(self.failed)} of {len(self.checks)} expectations hold.",
        ]
        for check in self.failed:
            rows.append(f"  NOT AS EXPECTED  {self.path}:{check.line}: {check.what}")
            rows.append(f"      expected: {check.expected}")
            rows.append(f"      seen:     {check.seen}")
        if self.not_checked:
            rows.append("  Not checked: " + "; ".join(self.not_checked))
        return "\n".join(rows)

    def as_data(self) -> dict[str, Any]:
        """The report for a program. Tracking codes are left out."""
        return {
            "story": self.story,
            "title": self.title,
            "path": self.path,
            "case": self.case,
            "lines": [{**asdict(line), "at": line.at.isoformat()} for line in self.lines],
            "checks": [{**asdict(check), "holds": check.holds} for check in self.checks],
            "not_checked": self.not_checked,
            "failed": len(self.failed),
        }


def counted(words: Iterable[str]) -> str:
    """Words in their order, each once, with how often it came: "D09 ×5、D10"."""
    often = Counter(words)
    return "、".join(f"{word} ×{times}" if times > 1 else word for word, times in often.items())


def _padded(word: str, columns: int) -> str:
    """A word filled up to a width on the terminal, where a Chinese character takes two columns."""
    width = sum(2 if east_asian_width(char) in "WF" else 1 for char in word)
    return word + " " * max(0, columns - width)


def lines_of(expected: Any, line: int) -> list[tuple[int, Any]]:
    """Each row of a list in a story, with the line of the file on which it stands."""
    return [(getattr(row, "line", line), row) for row in expected]


def plain(value: Any) -> Any:
    """A value as a story writes it: days as text."""
    return value.isoformat() if isinstance(value, date) else value
