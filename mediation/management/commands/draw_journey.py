"""manage.py draw_journey [FOLDER]: the diagrams of all flows, as SVG and BPMN, and the journey in Mermaid."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from mediation.engine import diagram
from mediation.engine.registry import all_flows

FOLDER = Path(settings.ROOT) / "docs" / "reference" / "journey"


def drawings() -> dict[str, str]:
    """File name -> content, in Chinese; the same flows give the same text."""
    found: dict[str, str] = {}
    with override("zh-hans"):
        for name, flow_class in all_flows().items():
            found[f"{name}.svg"] = diagram.svg(flow_class) + "\n"
            found[f"{name}.bpmn"] = diagram.bpmn(flow_class) + "\n"
        found["journey.md"] = journey()
    return found


def journey() -> str:
    """The hand-overs between the stages, drawn from the same nodes."""
    lines = [
        "# 案件的路",
        "",
        "由流程节点画出，`make diagrams` 重画。",
        "",
        "```mermaid",
        "flowchart LR",
    ]
    for name, flow_class in all_flows().items():
        lines.append(f'  {name}["{flow_class.process_title}"]')
        targets = [
            node._func.to
            for node in flow_class.instance.nodes()
            if hasattr(getattr(node, "_func", None), "to")
        ]
        lines += [f"  {name} --> {target}" for target in dict.fromkeys(targets)]
    return "\n".join([*lines, "```", ""])


class Command(BaseCommand):
    """Writes the diagrams of docs/reference/journey."""

    help = "Draw the diagrams of all flows into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """[FOLDER]."""
        parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Draw them."""
        folder: Path = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in drawings().items():
            (folder / name).write_text(text, encoding="utf-8")
        self.stdout.write(f"{len(drawings())} files in {folder}")
