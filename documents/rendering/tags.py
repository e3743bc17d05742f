"""The tag tree put right before a paper is written (PDF/UA-1): what tables are, what headers head.

WeasyPrint tags every table as a table and gives no header a scope. A table without header cells is
there for its look (places to sign): it becomes plain divisions. A header beside data heads its row,
any other its column.
"""

from typing import Any

LOOK_ONLY = {"/Table", "/THead", "/TBody", "/TFoot", "/TR", "/TD"}


def mend(document: Any, pdf: Any) -> None:
    """WeasyPrint's finisher: called with the document and the PDF before it is written."""
    found = {each.reference: each for each in pdf.objects if hasattr(each, "get")}
    tables = [each for each in found.values() if each.get("S") == "/Table"]
    for table in tables:
        rows = list(_rows(table, found))
        if any(cell["S"] == "/TH" for row in rows for cell in _kids(row, found)):
            for row in rows:
                _scope(_kids(row, found))
        else:
            _plain(table, found)


def _kids(element: Any, found: dict[bytes, Any]) -> list[Any]:
    """The elements inside an element (its own texts left out)."""
    kids = (found.get(kid) for kid in element.get("K", ()) if isinstance(kid, bytes))
    return [kid for kid in kids if kid is not None and "S" in kid]


def _rows(element: Any, found: dict[bytes, Any]) -> Any:
    for kid in _kids(element, found):
        if kid["S"] == "/TR":
            yield kid
        elif kid["S"] in LOOK_ONLY:
            yield from _rows(kid, found)


def _scope(cells: list[Any]) -> None:
    """Tell for each header of a row what it heads."""
    beside = any(cell["S"] == "/TD" for cell in cells)
    for cell in cells:
        if cell["S"] == "/TH":
            cell["A"]["Scope"] = "/Row" if beside else "/Column"


def _plain(element: Any, found: dict[bytes, Any]) -> None:
    """Tags of a table turned into divisions, all the way down."""
    for kid in _kids(element, found):
        if kid["S"] in LOOK_ONLY:
            _plain(kid, found)
    element["S"] = "/Div"
    element.pop("A", None)
