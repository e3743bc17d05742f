"""What is put away and counted: D32, D33."""

from datetime import date
from decimal import Decimal

from documents.facts import d32, d33, d40
from documents.samples.people import BUILDER, CASE, LABOUR, NAME, NAMES, TICKET, Sample, at

_PIECES = (
    ("12351职工服务热线来电登记表", TICKET, date(2026, 3, 10), 1),
    ("调解申请书", "", date(2026, 3, 12), 2),
    ("推选代表书", "", date(2026, 3, 12), 2),
    ("送达地址确认书", "", date(2026, 3, 12), 1),
    ("受理通知书", "渝工两江调受〔2026〕12号", date(2026, 3, 13), 2),
    ("个人信息共享同意书", "", date(2026, 3, 11), 2),
    ("调解通知书", "渝工两江调通〔2026〕31号", date(2026, 3, 13), 3),
    ("权利义务及调解员告知书", "", date(2026, 3, 13), 2),
    ("回避决定书", "", date(2026, 3, 17), 1),
    ("证据目录及复印件", "", date(2026, 3, 18), 24),
    ("调解笔录", "", date(2026, 3, 18), 3),
    ("延期调解同意书", "", date(2026, 3, 27), 1),
    ("调解协议书", "渝工两江调协〔2026〕9号", date(2026, 3, 25), 5),
    ("付款凭证", "", date(2026, 5, 6), 2),
    ("转办函", "渝工两江转函〔2026〕5号", date(2026, 3, 11), 4),
    ("转办回执与答复函", "", date(2026, 3, 13), 1),
    ("送达回证", "", date(2026, 3, 13), 4),
    ("回访记录", "", date(2026, 5, 12), 1),
    ("结案报告", "", date(2026, 5, 8), 1),
)


def _lines() -> tuple[d32.PieceLine, ...]:
    found, page = [], 1
    for place, (title, number, on, pages) in enumerate(_PIECES, 1):
        found.append(
            d32.PieceLine(
                place=place,
                title=title,
                number=number,
                on=on,
                first=page,
                last=page + pages - 1,
                note="复印件" if "复印件" in title else "",
            )
        )
        page += pages
    return tuple(found)


def _count(code: str, name: str, now: int, then: int, what: str, unit: str = "件") -> d33.MeasureLine:  # fmt: skip
    return d33.MeasureLine(
        code=code,
        name=name,
        unit=unit,
        value=Decimal(now),
        before=Decimal(then),
        definition=what,
    )


def _rate(code: str, name: str, now: tuple[int, int], then: tuple[int, int], what: str) -> d33.MeasureLine:  # fmt: skip
    return d33.MeasureLine(
        code=code, name=name, unit="%", part=now[0], whole=now[1],
        part_before=then[0], whole_before=then[1], definition=what,
    )  # fmt: skip


SAMPLES: dict[str, Sample] = {
    "D32": Sample(
        day=date(2026, 6, 5),
        facts=d32.FileFacts(
            office=NAME,
            case_number=CASE,
            ticket_no=TICKET,
            archive_number="LJ-2026-TJ-0086",
            cause="追索劳动报酬争议",
            applicants=NAMES[:3],
            respondents=(LABOUR, BUILDER),
            group_size=12,
            mediators=("陈予安",),
            manager="贺知行",
            opened_on=date(2026, 3, 10),
            accepted_on=date(2026, 3, 13),
            closed_on=date(2026, 5, 8),
            outcome="达成协议并已履行",
            archived_on=date(2026, 6, 5),
            archivist="罗长青",
            retention="永久",
            pieces=_lines(),
        ),
    ),
    "D33": Sample(
        day=date(2026, 4, 2),
        facts=d33.ReportFacts(
            office=NAME,
            span="month",
            first=date(2026, 3, 1),
            last=date(2026, 3, 31),
            scope="重庆市两江新区",
            measures=(
                _count("ST01", "来电量", 412, 368, "统计期内接听的来电，按来电时间计", "次"),
                _count("ST04", "登记数", 206, 187, "统计期内登记的工单"),
                _count("ST04", "受理数", 96, 88, "统计期内决定受理的调解申请，按受理日期计"),
                _count("ST04", "不予受理数", 7, 9, "统计期内决定不予受理的申请"),
                _count("ST05", "涉及人数", 231, 176, "集体争议按人数计", "人"),
                d33.MeasureLine(
                    code="ST06",
                    name="协议金额",
                    unit="元",
                    value=Decimal("1846200.00"),
                    before=Decimal("1502750.00"),
                    definition="统计期内生效的调解协议确定的金额，按生效日期计",
                ),
                d33.MeasureLine(
                    code="ST06",
                    name="履行到位金额",
                    unit="元",
                    value=Decimal("1204350.00"),
                    before=Decimal("1187400.00"),
                    definition="统计期内实际支付的金额，按到账日期计",
                ),
                _rate(
                    "ST07",
                    "调解成功率",
                    (58, 82),
                    (51, 79),
                    "达成协议（含部分达成）÷调解终结，撤回后自行和解的不计入",
                ),
                _rate(
                    "ST08",
                    "按时办结率",
                    (79, 82),
                    (74, 79),
                    "期限内办结÷统计期内到期，仅计法定期限",
                ),
                _rate(
                    "ST14",
                    "回访满意率",
                    (21, 23),
                    (40, 44),
                    "满意÷已答复满意度；分母不足30的，只列件数",
                ),
                _count("ST16", "集体争议数", 4, 2, "涉及十人以上的争议"),
                _count("ST19", "一函两书", 11, 8, "统计期内发出的提示函、意见书、建议书"),
            ),
            charts=(
                d33.ChartLine(
                    title="近六个月受理数",
                    bars=tuple(
                        d33.BarLine(label=label, value=Decimal(value))
                        for label, value in (
                            ("2025年10月", 71),
                            ("2025年11月", 84),
                            ("2025年12月", 103),
                            ("2026年1月", 118),
                            ("2026年2月", 88),
                            ("2026年3月", 96),
                        )
                    ),
                ),
                d33.ChartLine(
                    title="本期受理案件案由",
                    bars=tuple(
                        d33.BarLine(label=label, value=Decimal(value))
                        for label, value in (
                            ("劳动报酬", 47),
                            ("经济补偿", 19),
                            ("社会保险", 9),
                            ("工伤待遇", 8),
                            ("休息休假", 7),
                            ("其他", 6),
                        )
                    ),
                ),
            ),
            notes=(
                "各项指标按业务发生日期统计，不按录入日期统计。",
                "分母不足30的比率只列分子、分母，不计算百分比。",
            ),
            reporter="林书语",
            checker="贺知行",
            made_on=date(2026, 4, 2),
        ),
    ),
    "D40": Sample(
        day=date(2026, 6, 5),
        facts=d40.SealedFacts(
            office=NAME,
            case_number=CASE,
            cause="追索劳动报酬争议",
            caller=("姓名：𠅤𬱖", "电话：13800001077"),
            talks=(
                d40.TalkLine(
                    at=at(date(2026, 3, 18), 10),
                    about="与职工一方谈话",
                    author="陈予安",
                    text="吕㛃表示十二人最在意五月初前拿到钱，可以接受分两期，不要求逾期利息。\n请调解员不要向对方透露。",
                ),
                d40.TalkLine(
                    at=at(date(2026, 3, 18), 11),
                    about="与用人单位一方谈话",
                    author="陈予安",
                    text="磐川公司称四月八日可以到账一半，其余要等业主五月的进度款。",
                ),
            ),
            offers=(
                d40.OfferLine(
                    on=date(2026, 3, 18), number=1, side="职工一方", yuan=Decimal("250000.00")
                ),
                d40.OfferLine(
                    on=date(2026, 3, 18),
                    number=1,
                    side="用人单位一方",
                    yuan=Decimal("240000.00"),
                ),
            ),
            views=(
                d40.ViewLine(
                    on=date(2026, 3, 20),
                    office="两江新区人力资源和社会保障局",
                    question="总包单位是否先行清偿？",
                    text="依《保障农民工工资支付条例》第三十条，施工总承包单位先行清偿，再依法追偿。",
                ),
            ),
        ),
    ),
}
