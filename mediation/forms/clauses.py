"""Clauses proposed from the claims, in the Chinese of the agreement; the mediator edits."""

from collections.abc import Sequence

from casework.models import Case, Claim

NUMBER_OF_DAYS = "三"


def proposed(case: Case, claims: Sequence[Claim]) -> list[dict[str, str]]:
    """One clause a matter: what is owed, how it is paid, default, what is settled."""
    total = sum((claim.agreed_yuan for claim in claims if claim.agreed_yuan), start=0)
    items = list(dict.fromkeys(claim.item for claim in claims))
    named = "、".join(items)
    made = []
    if total:
        owed = f"双方确认，{named}合计{total:,.2f}元。"
        made += [
            {"title": "款项", "text": owed},
            {
                "title": "支付安排",
                "text": "按本协议载明的付款日和金额支付至职工本人账户，不由他人代领。",
            },
            {
                "title": "违约",
                "text": f"任一期逾期满{NUMBER_OF_DAYS}个工作日仍未付清的，未付款项全部到期。",
            },
        ]
    made.append(
        {
            "title": "了结范围",
            "text": f"本协议只了结上列请求（{named}）；社会保险、工伤等其他权利不受影响。",
        }
    )
    return made
