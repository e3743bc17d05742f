"""Clauses proposed from the claims, in the Chinese of the agreement; the mediator edits."""

from collections.abc import Sequence

from casework.models import Claim


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
    made.append({"title": "其他权利", "text": "社会保险、工伤等其他权利不受本协议影响。"})
    return made
