"""The reference pages of the law, drawn from the data: `python -m casework.rules pages`."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from casework.rules.calculators.answer import definitions
from casework.rules.catalogue import Catalogue, seed
from casework.rules.data import read, read_folder
from casework.rules.rule import Rule
from casework.rules.tables import Row, Table, said
from casework.rules.tables_read import seed as tables
from casework.rules.wording import UNITS_EN, UNITS_ZH

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"
DRAWN = "Drawn from `casework/rules/values` by `python -m casework.rules pages`; a test holds it fresh."
MARKS = (
    "Marks: V checked against the text, S from a public source, K from knowledge (text to be confirmed), "
    "U varies by place (confirm locally), P a setting of this system, never law."
)
GROUPS = MappingProxyType(
    {
        "policy": "本系统约定 · settings of this system",
        "mediation": "调解 · mediation",
        "agreement": "协议之后 · after an agreement",
        "arbitration": "仲裁 · arbitration",
        "court": "法院 · court",
        "inspection": "劳动保障监察 · labour inspection",
        "injury": "工伤 · work injury",
        "aid": "法律援助 · legal aid",
        "union": "工会监督与集体协商 · union supervision and bargaining",
        "suggestions": "检察建议与司法建议 · suggestions of procuratorates and courts",
        "petition": "信访 · petition",
        "employment": "用工义务 · duties of employment",
    }
)


def pages() -> dict[str, str]:
    """All pages by file name, as Markdown."""
    return {
        "terms.md": terms(seed()),
        "calculators.md": calculators(),
        "parameters.md": parameters(),
        "decision-tables.md": decision_tables(),
    }


def write(folder: Path = FOLDER) -> list[Path]:
    """Write the pages into a folder; answers the files."""
    written = []
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
        written.append(folder / name)
    return written


def terms(catalogue: Catalogue) -> str:
    """Every time limit, one table a field of law."""
    lines = ["# Time limits", "", DRAWN, MARKS, ""]
    lines += ["How they are counted: [how days are counted](../explanation/how-days-are-counted.md).", ""]  # fmt: skip
    files = read_folder("terms")
    for group in (*GROUPS, *sorted(set(files) - set(GROUPS))):
        rules = [
            catalogue.rule(code)[0] for code in files[group] if not _is_alias(catalogue, code)
        ]
        rows = [_term(rule) for rule in rules]
        head = ("Code", "What", "From", "Length", "Longer", "Basis", "Mark", "Since")
        lines += [f"## {GROUPS.get(group, group)}", "", *_table(head, rows), ""]
    return "\n".join(lines)


def _is_alias(catalogue: Catalogue, code: str) -> bool:
    return bool(catalogue.rules[code][-1].alias_of)


def _term(rule: Rule) -> Sequence[str]:
    since = f"{rule.since} ({rule.since_mark})" if rule.since else "not recorded"
    basis = rule.article if rule.mark != "P" else "setting"
    place = f" ({rule.district})" if rule.district else ""
    return (
        rule.code,
        f"{rule.name['zh']} · {rule.name['en']}",
        f"{rule.start['zh']} · {rule.start['en']}",
        _length(rule),
        _longer(rule),
        basis + place,
        rule.mark,
        "-" if rule.mark == "P" else since,
    )


def _length(rule: Rule) -> str:
    if rule.length is None:
        return "no period"
    others = [
        f"{name.replace('_', ' ')} {n}" for name, n in rule.variants.items() if n != rule.length
    ]
    notes = [
        *others,
        *(["counted backwards"] if rule.before else []),
        *(["never moves"] if not rule.rolls else []),
        *(["may be set"] if rule.adjustable else []),
    ]
    length = f"{rule.length} {UNITS_ZH[rule.unit]} · {rule.length} {UNITS_EN[rule.unit]}{'s' if rule.length > 1 else ''}"
    return f"{length} ({', '.join(notes)})" if notes else length


def _longer(rule: Rule) -> str:
    if rule.extension is None:
        return "-"
    more = "as agreed" if rule.extension.length is None else f"+{rule.extension.length}"
    return f"{more}: {rule.extension.by['zh']} · {rule.extension.by['en']}"


def calculators() -> str:
    """Every calculator with its inputs and results."""
    lines = ["# Calculators", "", DRAWN, ""]
    lines += ["`python -m casework.rules calc NAME --inputs JSON`. A key that ends in ? may be left out.", ""]  # fmt: skip
    for name, entry in definitions().items():
        inputs = ", ".join(f"`{key}` ({kind})" for key, kind in entry["inputs"].items())
        results = ", ".join(f"`{key}`" for key in entry["results"])
        title = entry["title"]
        lines += [f"## {title['zh']} · {title['en']}", "", f"`{name}`, version {entry['version']}. {entry['article']}.", ""]  # fmt: skip
        lines += [f"- Inputs: {inputs}", f"- Results: {results}", ""]
    return "\n".join(lines)


def parameters() -> str:
    """Every figure with its day, mark and source; the texts and their first days; the calendar."""
    rows = [
        (f"{entry['name']['zh']} · {entry['name']['en']}", value["value"], entry["unit"],
         str(value["from"]), value["mark"], value["source"])
        for entry in read("parameters.yaml").values()
        for value in entry["values"]
    ]  # fmt: skip
    lines = ["# Figures, texts, calendar", "", DRAWN, MARKS, "", "## Figures", ""]
    lines += [*_table(("Figure", "Value", "Unit", "From", "Mark", "Source"), rows), ""]
    lines += ["## Districts and minimum wage", "", *_districts(), "", "## Texts", ""]
    texts = [
        (law["zh"], law["en"], law["kind"].replace("_", " "), str(law.get("in_force", "not recorded")),
         law.get("since", "-"))
        for law in read("laws.yaml").values()
    ]  # fmt: skip
    lines += [*_table(("Text", "In English", "Kind", "In force from", "Mark"), texts), ""]
    notices = [
        (str(year), entry["source"], str(len(entry["makeup"])), entry["mark"])
        for year, entry in read("calendar.yaml").items()
    ]
    lines += [
        "## Calendar",
        "",
        *_table(("Year", "Notice", "Make-up days", "Mark"), notices),
        "",
    ]
    return "\n".join(lines)


def _districts() -> Iterable[str]:
    content = read("districts.yaml")
    for tier in (1, 2):
        yield f"- Tier {tier} ({content['mark']}): {'、'.join(content[f'tier_{tier}'])}"


def decision_tables() -> str:
    """Every decision table, row by row."""
    lines = ["# Decision tables of triage", "", DRAWN, MARKS, ""]
    lines += ["They propose, a dispatcher confirms. The first row that holds decides; rows that overlap agree.", ""]  # fmt: skip
    for code in tables().codes():
        table = tables().on(code)
        head = ("Row", *(_name(column.name) for column in table.columns.values()), "Outcome",
                "Why", "Basis", "Mark")  # fmt: skip
        rows = [_row(table, row) for row in table.rows]
        lines += [f"## {_name(table.name)}", "", f"`{code}`, version {table.version}", ""]
        lines += [*_table(head, rows), ""]
    return "\n".join(lines)


def _row(table: Table, row: Row) -> Sequence[str]:
    cells = (
        f"{said(column, row.when[key])} · {said(column, row.when[key], 'en')}"
        if key in row.when
        else "any"
        for key, column in table.columns.items()
    )
    outcome = f"{row.then} {_name(table.outcomes[row.then])}"
    return (row.id, *cells, outcome, _name(row.why), row.article or "-", row.mark)


def _name(words: Mapping[str, str]) -> str:
    return f"{words['zh']} · {words['en']}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    yield f"| {' | '.join(head)} |"
    yield "| --- " * len(head) + "|"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"
