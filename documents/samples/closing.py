"""Service, return visit, closing: D29, D30, D31."""

from datetime import date
from decimal import Decimal

from documents.facts import d29_d30, d31
from documents.samples.people import (
    BODY,
    CASE,
    LABOUR,
    NAME,
    WAGES,
    Sample,
)

SAMPLES: dict[str, Sample] = {
    "D29": Sample(
        day=date(2026, 3, 13),
        facts=d29_d30.ServiceFacts(
            case_number=CASE,
            office=BODY,
            document="调解通知书",
            document_number="渝工两江调通〔2026〕31号",
            receiver=LABOUR,
            place="重庆市两江新区样例路8号",
            way="直接送达",
            served_on=date(2026, 3, 13),
            proof="前台签收",
            server="苏禾",
        ),
    ),
    "D30": Sample(
        day=date(2026, 5, 12),
        facts=d29_d30.VisitFacts(
            case_number=CASE,
            office=NAME,
            person="吕㛃",
            phone="13800000001",
            visitor="林书语",
            on=date(2026, 5, 12),
            told="是",
            paid="是",
            satisfied="满意",
        ),
    ),
    "D31": Sample(
        day=date(2026, 5, 8),
        facts=d31.ClosingFacts(
            office=NAME,
            case_number=CASE,
            ticket_no="CQ12351-20260310-0017",
            applicant="吕㛃",
            group_size=12,
            respondents=(LABOUR,),
            cause="追索劳动报酬争议",
            opened_on=date(2026, 3, 10),
            accepted_on=date(2026, 3, 13),
            closed_on=date(2026, 5, 8),
            mediators=("陈予安",),
            claims=(WAGES,),
            steps=(
                d31.StepLine(on=date(2026, 3, 10), what="来电登记"),
                d31.StepLine(on=date(2026, 3, 13), what="受理"),
                d31.StepLine(on=date(2026, 3, 18), what="召开调解会"),
                d31.StepLine(on=date(2026, 3, 25), what="调解协议生效"),
                d31.StepLine(on=date(2026, 5, 6), what="协议履行完毕"),
            ),
            agreed_yuan=Decimal("254700.00"),
            paid_yuan=Decimal("254700.00"),
            outcome="达成协议并已履行",
            papers=("受理通知书", "调解通知书", "调解笔录", "调解协议书"),
            manager="贺知行",
        ),
    ),
}
