"""Command: `python -m casework.rules due CODE START`, `calc NAME --inputs JSON`, `pages`."""

import argparse
import json
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from casework.rules import pages
from casework.rules.calculators import calculate
from casework.rules.calendar import official
from casework.rules.deadlines import due
from casework.rules.errors import BadInput, RuleError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; an error prints one sentence and exits 2."""
    args = _parser().parse_args(argv)
    try:
        print(args.run(args))  # noqa: T201
    except (RuleError, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    return 0


def _due(args: argparse.Namespace) -> str:
    answer = due(
        args.code,
        args.start,
        calendar=official(),
        length=args.length,
        unit=args.unit,
        extended=args.extended,
    )
    if args.json:
        return _json(answer.as_json())
    lines = (
        f"{answer.code}  {answer.raw} -> {answer.due}",
        *answer.steps_zh,
        "",
        *answer.steps_en,
    )
    return "\n".join(lines)


def _calc(args: argparse.Namespace) -> str:
    try:
        inputs = json.loads(args.inputs, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError):
        raise BadInput("--inputs is not JSON") from None
    answer = calculate(args.name, inputs)
    if args.json:
        return _json(answer)
    spoken = ("steps", "steps_en")
    lines = [f"{key}: {value}" for key, value in answer.items() if key not in spoken]
    return "\n".join([*lines, "", *answer["steps"], "", *answer["steps_en"]])


def _pages(args: argparse.Namespace) -> str:
    return "\n".join(str(file) for file in pages.write(Path(args.folder)))


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> Any:
        self.exit(2, f"{message}.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m casework.rules", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="due|calc|pages")
    command = commands.add_parser("due", help="when a time limit ends, and why")
    command.add_argument("code", metavar="CODE")
    command.add_argument("start", metavar="START")
    command.add_argument("--length", type=int)
    command.add_argument("--unit")
    command.add_argument("--extended", action="store_true", help="with the full extension")
    command.set_defaults(run=_due)
    command.add_argument("--json", action="store_true")
    command = commands.add_parser("calc", help="a claim sum, step by step")
    command.add_argument("name", metavar="NAME")
    command.add_argument("--inputs", required=True, metavar="JSON")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=_calc)
    command = commands.add_parser("pages", help="draw the reference pages from the data")
    command.add_argument("folder", nargs="?", default=pages.FOLDER, metavar="FOLDER")
    command.set_defaults(run=_pages)
    return parser


if __name__ == "__main__":
    sys.exit(main())  # pragma: no cover - runs in a process of its own
