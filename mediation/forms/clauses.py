"""Clauses proposed from the claims, in the Chinese of the agreement; the mediator edits."""

import re
from collections.abc import Sequence

from casework.models import Claim, Party, Side
from casework.queries.sum_checks import floor_of

WAGES, GENERAL_CONTRACTOR = "A02", "总承包"


def proposed(claims: Sequence[Claim]) -> list[dict[str, str]]:
    """What is owed and how it is paid; then what stays untouched.

    Default, settled claims and confirmation are printed by the paper itself.
    """
    total = sum((claim.agreed_yuan for claim in claims if claim.agreed_yuan), start=0)
    named = "、".join(dict.fromkeys(claim.item for claim in claims))
    made = []
    if total:
        made += [
            {"title": "款项", "text": f"双方确认，{named}合计{total:,.2f}元。"},
            {
                "title": "支付",
                "text": "按本协议载明的付款日和金额支付至职工本人，不由他人代领。",
            },
        ]
    if stands_in := _stands_in(claims):
        made.append({"title": "清偿责任", "text": stands_in})
    if worked := _worked_out(claims):
        made.append({"title": "计算依据", "text": worked})
    made.append({"title": "其他权利", "text": "社会保险、工伤等其他权利不受本协议影响。"})
    return made


def _stands_in(claims: Sequence[Claim]) -> str:
    """The general contractor pays first what a subcontractor owes in wages; empty for other cases.

    Source: 《保障农民工工资支付条例》第三十条.
    """
    if not any(claim.code.startswith(WAGES) for claim in claims):
        return ""
    rows = Party.objects.filter(case=claims[0].case_id, side=Side.EMPLOYER, left_on=None)
    firms = list(rows.select_related("employer").order_by("ref"))
    first = [firm for firm in firms if GENERAL_CONTRACTOR in firm.capacity]
    others = [firm.name for firm in firms if firm not in first]
    if not first or not others:
        return ""
    return (
        "分包单位欠薪由施工总承包单位先行清偿（《保障农民工工资支付条例》第30条）："
        f"{first[0].name}先行清偿后，可以依法向{'、'.join(others)}追偿。"
    )


def _worked_out(claims: Sequence[Claim]) -> str:
    """What the stored calculator results say, sum by sum; empty without any."""
    said: dict[str, None] = {}
    for claim in claims:
        found = floor_of(claim)
        if found is not None and found.agreed is not None:
            said[
                f"{claim.item}依照{_cited(found.article)}测算为{found.worked_out:,.2f}元，"
                f"双方商定为{found.agreed:,.2f}元"
            ] = None
    return f"{'；'.join(said)}。" if said else ""


def _cited(article: str) -> str:
    """A calculator's law as papers cite it: 劳动法 48 becomes 《劳动法》第48条."""
    return re.sub(r"([^；、\s]+) ([\d、]+)", r"《\1》第\2条", article).replace("；", "、")
