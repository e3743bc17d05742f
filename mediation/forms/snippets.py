"""Ready sentences of a session's record: chosen on the page, changed by hand, printed as they then stand."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Side
from casework.queries.of_case import parties_of

# The record (D12) is Chinese in any language; {worker} and {employer} are the names of the case.
RECORD: Sequence[tuple[str | Promise, str]] = (
    (_("who came"), "调解员核对到场人员身份：申请人{worker}、被申请人{employer}均到场，身份核对无误。"),
    (_("rights read"), "调解员宣读双方权利义务，告知自愿、保密、申请回避的权利以及虚假调解的法律后果，双方表示听清，不申请回避。"),
    (_("the worker's side says"), "申请人{worker}陈述："),
    (_("the employer's side answers"), "被申请人{employer}答复："),
    (_("evidence shown"), "申请人出示证据，被申请人对其真实性、合法性、关联性表示："),
    (_("law explained"), "调解员结合双方陈述和证据，就有关法律规定和裁判口径向双方释明。"),
    (_("talks apart"), "经双方同意，调解员分别与双方谈话，谈话内容不记入本笔录。"),
    (_("a proposal"), "调解员提出调解方案，征求双方意见："),
    (_("they agree"), "双方经协商一致：被申请人{employer}向申请人{worker}支付上述款项，支付日期和数额以调解协议书为准。"),
    (_("they do not agree"), "双方分歧较大，本次未能达成一致。调解员告知申请仲裁的途径和时效。"),
    (_("once more"), "双方同意再次调解，时间另行通知。"),
)  # fmt: skip


class SnippetArea(forms.Textarea):
    """A text box with a list of ready sentences; a press puts one where the cursor stands."""

    template_name = "components/snippets.html"
    snippets: Sequence[tuple[str | Promise, str]] = ()

    def get_context(
        self, name: str, value: Any, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        """The sentences beside the box."""
        return {**super().get_context(name, value, attrs), "snippets": self.snippets}


def record_snippets(case: Case | None) -> list[tuple[str | Promise, str]]:
    """The sentences of a record with the names of a case in them."""
    return [(label, text.format_map(_names(case))) for label, text in RECORD]


def _names(case: Case | None) -> Mapping[str, str]:
    rows = [row for row in parties_of(case) if row.left_on is None] if case else []
    workers = [row.name for row in rows if row.side == Side.WORKER]
    firms = [row.name for row in rows if row.side == Side.EMPLOYER]
    many = f"{workers[0]}等{len(workers)}人" if len(workers) > 1 else "".join(workers)
    return {"worker": many, "employer": "、".join(firms)}
