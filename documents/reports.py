"""Statistics kept month by month (D33): counted once, printed once, never counted again.

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
from documents.gather.statistics import period, report
from documents.models import PaperState, Report
from documents.rendering import RenderFailed, render

REPORTER = "系统自动汇总"


def month_before(on: date) -> date:
    """The last day of the month before."""
    return on.replace(day=1) - timedelta(days=1)


def keep_month(at: datetime) -> Report:
    """Count and print the month before an instant for the whole city; done twice it is done once."""
    last = month_before(clock.day(at))
    with transaction.atomic(), context.system("report of a month"):
        first, _last = period("month", last)
        facts = report("month", last, office=f"{city()}总工会", reporter=REPORTER)
        require(facts)
        row, _made = Report.objects.get_or_create(
            span="month",
            first=first,
            defaults={
                "last": last,
                "title": f"{facts.title}（{first.year}年{first.month}月）",
                "facts": canonical(freeze(facts)),
                "facts_sha256": digest("D33", facts),
                "made_at": at,
            },
        )
    return row if row.state == PaperState.READY else _printed(row, facts_of(row))


def facts_of(row: Report) -> ReportFacts:
    """What was counted, as it was counted."""
    return thaw(ReportFacts, json.loads(row.facts))


def _printed(row: Report, facts: ReportFacts) -> Report:
    imprint = Imprint(
        code="D33", number="", issued_on=clock.day(row.made_at), issued_at=row.made_at,
        check="0" * 16, facts_sha256=row.facts_sha256, address="（报表不编查验码）",
    )  # fmt: skip
    try:
        sheet = render(compose(facts, imprint))
    except RenderFailed as refusal:
        row.state, row.failure = PaperState.FAILED, str(refusal)[:240]
    else:
        row.state, row.sha256 = PaperState.READY, hashlib.sha256(sheet.pdf).hexdigest()
        row.failure = ""
        storage.write(sheet.pdf, row.sha256)
    row.save(update_fields=["state", "failure", "sha256"])
    return row
