"""The text of a version as it is signed: its hash, its lines, and what two versions differ in."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from casework.models import Agreement
from casework.rules import penalty
from casework.rules.money import capitals, figures

WORD = re.compile(r"[A-Za-z0-9.,%-]+|\s+|.")
SAME, OUT, IN = "same", "out", "in"
LIKE = 0.5  # below this share of equal words two lines are two lines, not one that was changed


@dataclass(frozen=True, slots=True)
class Changed:
    """One line of a comparison: what kind it is, and its words with what became of them."""

    kind: str
    parts: tuple[tuple[str, str], ...]


def content_sha256(agreement: Agreement) -> str:
    """SHA-256 over everything that the parties sign."""
    content = {
        "case": agreement.case.number, "version": agreement.version,
        "clauses": agreement.clauses, "duties": agreement.duties,
        "total": f"{agreement.total_yuan:.2f}", "accelerates": agreement.accelerates,
        "payer": agreement.payer.ref if agreement.payer else "",
        "partial": agreement.is_partial, "confirmation": agreement.confirmation,
        "instalments": [
            {"number": row.number, "due": row.due_on.isoformat(),
             "yuan": f"{row.amount_yuan:.2f}",
             "shares": {s.party.ref: f"{s.amount_yuan:.2f}"
                        for s in row.shares.select_related("party").order_by("party__ref")}}
            for row in agreement.instalments.order_by("number")
        ],
    }  # fmt: skip
    if (
        agreement.penalty_kind
    ):  # absent without one: texts frozen before it existed keep their hash
        value = f"{agreement.penalty_value:.2f}"
        content["penalty"] = {"kind": agreement.penalty_kind, "value": value}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def lines_of(agreement: Agreement) -> list[str]:
    """Everything that a reader compares, a line each, in the words of the paper."""
    lines = [f"{row.get('title', '')}：{row.get('text', '')}" for row in agreement.clauses]
    if agreement.payer:
        lines.append(f"付款人：{agreement.payer.name}")
    lines.append(f"总额：{figures(agreement.total_yuan)}元（{capitals(agreement.total_yuan)}）")
    lines += [
        f"第{row.number}期：{row.due_on.isoformat()}，{figures(row.amount_yuan)}元（{capitals(row.amount_yuan)}）"
        for row in agreement.instalments.order_by("number")
    ]
    lines += [_duty(row) for row in agreement.duties]
    if agreement.accelerates:
        lines.append("任何一期逾期，未到期各期全部提前到期")
    if agreement.penalty_kind:
        lines.append(penalty.words(agreement.penalty_kind, agreement.penalty_value))
    chosen = {"judicial": "共同申请司法确认", "review": "共同申请仲裁审查"}
    lines.append(f"确认方式：{chosen.get(agreement.confirmation, '暂不申请')}")
    return lines


def _duty(row: dict[str, str]) -> str:
    until = f"，最迟{row['due_on']}" if row.get("due_on") else ""
    who = f"{row['who']}：" if row.get("who") else ""
    return f"其他义务：{who}{row.get('what', '')}{until}"


def difference(old: list[str], new: list[str]) -> list[Changed]:
    """The lines of the new text and those that are gone, with the words that came and went."""
    found: list[Changed] = []
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            found += [Changed(SAME, ((SAME, line),)) for line in new[b1:b2]]
        else:
            found += _paired(old[a1:a2], new[b1:b2])
    return found


def _paired(gone: list[str], come: list[str]) -> Iterator[Changed]:
    """Lines side by side: alike enough, the words are compared; else one goes and one comes."""
    left = list(gone)
    for line in come:
        best = max(left, key=lambda each: _alike(each, line), default="")
        if best and _alike(best, line) >= LIKE:
            while left[0] != best:
                yield Changed(OUT, ((OUT, left.pop(0)),))
            left.pop(0)
            yield Changed("changed", _words(best, line))
        else:
            yield Changed(IN, ((IN, line),))
    for line in left:
        yield Changed(OUT, ((OUT, line),))


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(a=one, b=other, autojunk=False).ratio()


def _words(old: str, new: str) -> tuple[tuple[str, str], ...]:
    a, b = WORD.findall(old), WORD.findall(new)
    parts: list[tuple[str, str]] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append((SAME, "".join(b[b1:b2])))
            continue
        if a1 < a2:
            parts.append((OUT, "".join(a[a1:a2])))
        if b1 < b2:
            parts.append((IN, "".join(b[b1:b2])))
    return tuple(parts)


def since_last(agreement: Agreement) -> dict[str, object]:
    """What this version changes in the one before it; empty for the first, or when nothing changed."""
    before = (
        Agreement.objects.filter(case_id=agreement.case_id, version__lt=agreement.version)
        .order_by("-version")
        .first()
    )
    if before is None:
        return {}
    return compared(lines_of(before), lines_of(agreement), before.version)


def compared(old: list[str], new: list[str], version: int) -> dict[str, object]:
    """What a page shows of a difference: changed lines, and how many words came and went."""
    rows = [row for row in difference(old, new) if row.kind != SAME]
    counted = {kind: sum(len(text) for row in rows for what, text in row.parts if what == kind) for kind in (IN, OUT)}  # fmt: skip
    words = _("%(came)s characters added, %(gone)s taken out") % {
        "came": counted[IN],
        "gone": counted[OUT],
    }
    return {"differs": rows, "differs_from": version, "differs_words": words if rows else _("nothing changed")}  # fmt: skip
