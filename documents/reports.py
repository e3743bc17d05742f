"""Statistics kept week by week and month by month (D33): counted once, printed once, never counted again.

What was reported stays what was reported, also when the file is corrected later.
"""

import hashlib
import json
from datetime import date, datetime, timedelta

from django.db import transaction

from casework import clock
from casework.access import context
from documents import storage
from documents.compose import compose
from documents.facts.base import Imprint, canonical, digest, freeze, require, thaw
from documents.facts.d33 import ReportFacts
from documents.gather.common import city
from documents.gather.statistics import Span, period, report
from documents.models import PaperState, Report
from documents.rendering import RenderFailed, render

SPANS = ("week", "month")
REPORTER = "系统自动汇总"


def before(span: str, on: date) -> Span:
    """The first and last day of the week or month before that of a day."""
    first, _last = period(span, on)
    return period(span, first - timedelta(days=1))


def named(facts: ReportFacts) -> str:
    """What a report is called: 劳动争议调解统计周报（2026年3月23日至29日）."""
    first, last = facts.first, facts.last
    if facts.span == "month":
        return f"{facts.title}（{first.year}年{first.month}月）"
    year = "" if first.year == last.year else f"{last.year}年"
    month = "" if first.month == last.month else f"{last.month}月"
    return f"{facts.title}（{first.year}年{first.month}月{first.day}日至{year}{month}{last.day}日）"


def keep(span: str, at: datetime) -> Report:
    """Count and print the week or month before an instant for the whole city; done twice it is done once."""
    first, last = before(span, clock.day(at))
    with transaction.atomic(), context.system(f"report of a {span}"):
        facts = report(span, last, office=f"{city()}总工会", reporter=REPORTER)
        require(facts)
        row, _made = Report.objects.get_or_create(
            span=span,
            first=first,
            defaults={
                "last": last,
                "title": named(facts),
                "facts": canonical(freeze(facts)),
                "facts_sha256": digest("D33", facts),
                "made_at": at,
            },
        )
    return row if row.state == PaperState.READY else _printed(row, facts_of(row))


def outside(row: Report) -> bytes:
    """The same report as it may leave the house: small counts hidden. Raises: RenderFailed."""
    facts = facts_of(row).for_outside()
    return render(compose(facts, _imprint(row, digest("D33", facts)))).pdf


def facts_of(row: Report) -> ReportFacts:
    """What was counted, as it was counted."""
    return thaw(ReportFacts, json.loads(row.facts))


def _printed(row: Report, facts: ReportFacts) -> Report:
    try:
        sheet = render(compose(facts, _imprint(row, row.facts_sha256)))
    except RenderFailed as refusal:
        row.state, row.failure = PaperState.FAILED, str(refusal)[:240]
    else:
        row.state, row.sha256 = PaperState.READY, hashlib.sha256(sheet.pdf).hexdigest()
        row.failure = ""
        storage.write(sheet.pdf, row.sha256)
    row.save(update_fields=["state", "failure", "sha256"])
    return row


def _imprint(row: Report, facts_sha256: str) -> Imprint:
    return Imprint(
        code="D33", number="", issued_on=clock.day(row.made_at), issued_at=row.made_at,
        check="0" * 16, facts_sha256=facts_sha256, address="（报表不编查验码）",
    )  # fmt: skip
