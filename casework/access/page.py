"""docs/reference/access.md, drawn from the matrix: `python -m casework.access.page`."""

from pathlib import Path

from casework.access.roles import matrix, permissions_of, roles_with

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "access.md"
HEAD = """# Who may see and do what

Drawn from `casework/access/matrix.yaml` by `python -m casework.access.page`; a test holds it fresh.
R read, m masked, l label only, e existence only, h hash only, - nothing.
"""


def page() -> str:
    """The page as Markdown."""
    return "\n".join([HEAD, *_roles(), "", *_fields(), "", *_permissions(), ""])


def _roles() -> list[str]:
    rows = ["## Roles and the rows that exist for them", "", "| role | rows | column |"]
    rows.append("| --- | --- | --- |")
    for name, role in matrix()["roles"].items():
        rows.append(f"| {name} | {', '.join(role['scopes'])} | {role['column']} |")
    return rows


def _fields() -> list[str]:
    columns = matrix()["columns"]
    rows = ["## Fields", "", f"| field group | {' | '.join(columns)} |"]
    rows.append("| --- " * (len(columns) + 1) + "|")
    for group in matrix()["fields"].values():
        rows.append(f"| {group['label']} | {' | '.join(group['cells'].split())} |")
    return rows


def _permissions() -> list[str]:
    rows = ["## Acts", "", "| permission | roles |", "| --- | --- |"]
    for permission in matrix()["permissions"]:
        rows.append(f"| `{permission}` | {', '.join(roles_with(permission))} |")
    rows += ["", "Without any act:", ""]
    rows += [f"- {role}" for role in matrix()["roles"] if not permissions_of([role])]
    return rows


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
