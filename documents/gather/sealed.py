"""What lies in the sealed volume beside papers: talks with one side, offers, opinions, a hidden caller."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from casework import clock
from casework.commands.case import SEALED
from casework.events import Kind
from casework.models import Case, Event, Note, Opinion, SealedOffer
from documents.facts import d40
from documents.gather import common
from documents.gather.common import Source

ABOUT = {
    "joint": "双方共同谈话", "worker": "与职工一方谈话", "employer": "与用人单位一方谈话",
    "offer-worker": "职工一方的方案", "offer-employer": "用人单位一方的方案",
}  # fmt: skip
SIDES = {"WORKER": "职工一方", "EMPLOYER": "用人单位一方"}
CALLER = dict(
    zip(
        SEALED,
        ("姓名", "电话", "性别", "出生年份", "职工类别", "是否工会会员", "籍贯", "身份号码", "住址",
         "录音编号"),
        strict=True,
    )
)  # fmt: skip
TOLD = (Kind.NOTE_WRITTEN, Kind.OFFER_SEALED, Kind.OPINION_GIVEN)


def there_is(case: Case) -> bool:
    """Whether anything is sealed, by the ledger: who may not read it may still know that it is there."""
    told = Event.objects.filter(case=case, kind__in=TOLD).exists()
    return told or any(row.sealed_caller for row in case.calls.filter(anonymous=True))


def matter(source: Source) -> dict[str, Any]:
    """D40 of a case; in the context of a person most of it is empty, as it is sealed from persons."""
    case = source.case
    notes = Note.objects.filter(case=case).select_related("author").order_by("at", "pk")
    offers = SealedOffer.objects.filter(case=case).order_by("round", "side")
    return {
        "office": common.issuer(source).name,
        "case_number": common.number(case),
        "cause": common.cause(case),
        "caller": _caller(case),
        "talks": tuple(
            d40.TalkLine(
                at=row.at.astimezone(clock.SHANGHAI), about=ABOUT.get(row.about, row.about),
                author=row.author.display_name, text=row.text,
            )
            for row in notes
        ),
        "offers": tuple(
            d40.OfferLine(
                on=clock.day(row.made_at), number=row.round, side=SIDES[row.side],
                yuan=Decimal(row.yuan), opened=row.opened_at is not None,
            )
            for row in offers
        ),
        "views": tuple(
            d40.ViewLine(
                on=clock.day(row.given_at) if row.given_at else None, office=row.office.name,
                question=row.consultation.question, text=row.text,
            )
            for row in _opinions(case)
        ),
    }  # fmt: skip


def newest(case: Case) -> datetime | None:
    """When the last of it was written; None when nothing is. The same matter gives the same bytes."""
    found = [
        *Note.objects.filter(case=case).values_list("at", flat=True),
        *SealedOffer.objects.filter(case=case).values_list("made_at", flat=True),
        *(row.given_at for row in _opinions(case)),
        *(row.started_at for row in case.calls.all() if row.sealed_caller),
    ]
    return max((at for at in found if at), default=None)


def _opinions(case: Case) -> list[Opinion]:
    rows = Opinion.objects.filter(consultation__case=case, given_at__isnull=False)
    return list(rows.select_related("office", "consultation").order_by("given_at", "pk"))


def _caller(case: Case) -> tuple[str, ...]:
    """Who called and did not want to be named, line by line."""
    found = [row for row in case.calls.order_by("started_at") if row.sealed_caller]
    told = json.loads(found[0].sealed_caller) if found else {}
    return tuple(f"{words}：{told[name]}" for name, words in CALLER.items() if told.get(name))
