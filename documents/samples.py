"""Invented facts for every paper: no person, firm, number or account here exists."""

from datetime import date, datetime
from decimal import Decimal

from casework.clock import SHANGHAI
from documents.facts import (
    d01,
    d02,
    d03,
    d09,
    d12,
    d13,
    d14,
)
from documents.facts.common import ClaimLine, ClockLine, Issuer, PartyLine, PlaceLine
from documents.sample_after import AFTER, AFTER_DAYS
from documents.sample_more import MORE, MORE_DAYS, MORE_NUMBERS

CASE, TICKET = "渝工调〔2026〕86号", "CQ12351-20260310-0017"
UNION = Issuer(
    name="重庆市两江新区总工会",
    committee="重庆市两江新区总工会劳动争议调解委员会",
    address="重庆市两江新区示例大道100号",
    phone="023-12351",
    contact="陈予安",
)
WORKER, LABOUR, BUILDER = "吕㛃", "重庆砚石劳务有限公司", "磐川建设集团有限公司"
SITUATION = (
    "2025年11月至2026年2月，吕㛃等12人经重庆砚石劳务有限公司招用，在两江新区某住宅项目从事木工作业，"
    "未签订书面劳动合同，有考勤照片和班组记工单。砚石劳务公司称总包单位磐川建设集团有限公司未拨付进度款，"
    "欠付12人工资合计254,700.00元。工人推选吕㛃、王堃、买买提·艾力三人为代表。\n"
    "总包单位承认已开设农民工工资专用账户，但上月未足额拨付。"
)
CLAIM = ClaimLine(
    code="A02.01",
    item="支付拖欠的工资",
    yuan=Decimal("254700.00"),
    period="2025年11月至2026年2月",
)
M03 = ClockLine(
    what="自收到申请之日起满此期限未达成调解协议的，当事人可以依法申请仲裁",
    due=date(2026, 3, 27),
    start=date(2026, 3, 12),
    how="自2026年3月12日的次日起算，15日",
    article="《劳动争议调解仲裁法》第十四条",
)
M04 = ClockLine(
    what="调解期限，双方同意的可以延长",
    due=date(2026, 3, 30),
    start=date(2026, 3, 13),
    how="自2026年3月13日的次日起算，15日，末日为休息日，顺延至其后第一个工作日",
    article="《企业劳动争议协商调解规定》第二十九条",
)
NAMES = (
    "吕㛃",
    "王堃",
    "买买提·艾力",
    "𠅤𬱖",
    "周明远",
    "何小川",
    "罗长青",
    "谭石生",
    "冉启文",
    "向阳春",
    "田满仓",
    "覃有福",
)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant by the wall clock of Shanghai."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def _member(place: int, name: str) -> d14.MemberLine:
    share = (
        Decimal("10800") if place < 8 else Decimal("9450") if place < 11 else Decimal("12600")
    )
    return d14.MemberLine(
        ref=f"W{place + 1:02d}",
        name=name,
        identity_number=f"50000019{80 + place}0101{place:03d}0",
        yuan=share * 2,
        shares=(share, share),
        consented_on=date(2026, 3, 25),
    )


def _firm(name: str, code: str, role: str, capacity: str) -> PartyLine:
    return PartyLine(
        role=role,
        name=name,
        is_person=False,
        credit_code=code,
        capacity=capacity,
        address="重庆市两江新区样例路8号",
        legal_person="方砚",
        phone="13800001001",
    )


FACTS: dict[str, object] = {
    "D01": d01.CallFacts(
        ticket_no=TICKET,
        office="重庆市总工会12351职工服务热线",
        began=at(date(2026, 3, 10), 9, 20),
        ended=at(date(2026, 3, 10), 9, 41),
        channel="电话",
        operator="林书语",
        recording="R20260310-0017",
        caller=WORKER,
        sex="女",
        birth_year=1980,
        identity_number="500000198001010010",
        phone="13800000001",
        second_contact="王堃 13800000002",
        home="四川省",
        worker_kind="农民工",
        union_member="否",
        address="重庆市两江新区样例街12号工棚",
        employer=f"{LABOUR}、{BUILDER}",
        credit_code="91500000EXAMPLE001",
        employer_address="重庆市两江新区样例路8号",
        employer_contact="方砚 13800001001",
        work_place="两江新区某住宅项目",
        hired_on=date(2025, 11, 3),
        contract="未签订书面合同",
        month_pay_yuan=Decimal("7200.00"),
        claims=(CLAIM,),
        facts=SITUATION,
        evidence="考勤照片、班组记工单、班组微信群聊天记录",
        tried="多次向砚石劳务公司催要，未向其他部门投诉",
        wish="调解",
        classes="劳动争议、维权投诉",
        cause="A02.01 拖欠劳动报酬",
        priority="加急",
        group_size=12,
        limitation="欠薪期间劳动关系存续的不受一年时效限制；已离职的，应自终止之日起一年内申请仲裁",
        advice="已告知保留考勤和记工证据；工程建设领域分包单位拖欠农民工工资的，由施工总承包单位先行清偿，再依法追偿。",
        advice_source="《保障农民工工资支付条例》第三十条",
        consents="同意联系用人单位；同意转送人社部门、司法行政部门",
        dispatched_to="重庆市两江新区总工会",
        clocks=(
            ClockLine(what="首次回访", due=date(2026, 3, 11)),
            ClockLine(what="签收派单", due=date(2026, 3, 11)),
        ),
        satisfaction="满意",
    ),
    "D02": d02.AcceptanceFacts(
        issuer=UNION,
        case_number=CASE,
        addressee=f"{WORKER}等12人",
        applicant=WORKER,
        group_size=12,
        respondents=(LABOUR, BUILDER),
        cause="追索劳动报酬争议",
        received_on=date(2026, 3, 12),
        accepted_on=date(2026, 3, 13),
        claims=(CLAIM,),
        clocks=(M03, M04),
        mediators=("陈予安",),
    ),
    "D03": d03.ReferralFacts(
        issuer=UNION,
        addressee="重庆市两江新区劳动保障监察支队",
        subject="吕㛃等12人被拖欠工资事项",
        matter="劳动保障监察",
        case_number=CASE,
        came_on=date(2026, 3, 10),
        worker=WORKER,
        worker_phone="13800000001",
        employer=f"{LABOUR}、{BUILDER}",
        employer_address="重庆市两江新区样例路8号",
        situation=SITUATION,
        claims=(CLAIM,),
        group_size=12,
        done="已向两家单位核实用工和欠薪情况，已告知工人固定证据并推选代表，正在同步组织调解。",
        asked=(
            "对两家单位拖欠农民工工资、未足额拨付工资专用账户资金的行为依法进行劳动保障监察；",
            "将立案情况和处理结果书面反馈我会。",
        ),
        law=("《保障农民工工资支付条例》第三十条", "《劳动保障监察条例》第十一条、第二十六条"),
        clocks=(M03,),
        reply_by=date(2026, 3, 18),
        reply_days="自签收之日起5个工作日",
        consent="职工本人2026年3月11日签署的《个人信息共享同意书》",
        annexes=(
            "工人名单及欠薪明细表（12人）",
            "考勤照片、班组记工单复印件",
            "个人信息共享同意书（12份）",
        ),
        copies=("重庆市总工会权益保障部", "重庆市两江新区住房城乡建设部门"),
        urgency="加急",
    ),
    "D09": d09.NoticeFacts(
        issuer=UNION,
        addressee=LABOUR,
        case_number=CASE,
        applicant=WORKER,
        respondents=(LABOUR, BUILDER),
        cause="追索劳动报酬争议",
        claims=(CLAIM,),
        session_at=at(date(2026, 3, 18), 9, 30),
        place="重庆市两江新区示例大道100号三楼调解室",
        way="当面调解",
        mediators=("陈予安",),
        recorder="苏禾",
        answer_by=date(2026, 3, 16),
        group_size=12,
        bring=(
            "营业执照复印件、法定代表人身份证明",
            "委托代理人参加的，提交载明委托事项和权限的授权委托书",
            "职工名册、考勤记录、工资支付台账和农民工工资专用账户流水",
        ),
        annexes=("调解申请书副本", "权利义务及调解员告知书"),
    ),
    "D12": d12.RecordFacts(
        committee=UNION.body,
        case_number=CASE,
        number=1,
        began=at(date(2026, 3, 18), 9, 30),
        ended=at(date(2026, 3, 18), 11, 50),
        place="重庆市两江新区示例大道100号三楼调解室",
        way="当面调解",
        mediators=("陈予安",),
        recorder="苏禾",
        cause="追索劳动报酬争议",
        present=(
            d12.PresentLine(
                name="吕㛃", capacity="申请人、推选代表", authority="代表12人，和解须各人同意"
            ),
            d12.PresentLine(
                name="王堃", capacity="申请人、推选代表", authority="代表12人，和解须各人同意"
            ),
            d12.PresentLine(
                name="买买提·艾力",
                capacity="申请人、推选代表",
                authority="代表12人，和解须各人同意",
            ),
            d12.PresentLine(name="方砚", capacity="砚石劳务公司法定代表人"),
            d12.PresentLine(
                name="贺临", capacity="磐川建设公司委托代理人", authority="特别授权"
            ),
        ),
        claims=(CLAIM,),
        turns=(
            d12.Turn(
                who="吕㛃",
                said="我们12个人去年11月到今年2月在项目上做木工，一共差254,700元工资，记工单上每人都有数。",
            ),
            d12.Turn(
                who="方砚",
                said="人数和金额我核对过，没有异议。总包的进度款没有拨下来，我们一时拿不出这笔钱。",
            ),
            d12.Turn(
                who="贺临",
                said="进度款有争议，但我公司承认上月没有足额向工资专用账户拨付。同意由我公司先行清偿，之后再与砚石劳务结算，请求分期。",
            ),
            d12.Turn(
                who="调解员",
                said="《保障农民工工资支付条例》第三十条规定，分包单位拖欠农民工工资的，由施工总承包单位先行清偿，再依法进行追偿。分期的期数和日期，请双方分别考虑后再回到一起谈。",
            ),
            d12.Turn(
                who="王堃",
                said="分两期可以，但是第一期要在清明节后马上付一半，最后一期不能拖过五月上旬。",
            ),
        ),
        agreed_facts=(
            "吕㛃等12人2025年11月至2026年2月在该项目从事木工作业。",
            "欠付12人工资合计254,700.00元，各人金额以核对后的记工单为准。",
            "项目已开设农民工工资专用账户，2026年2月未足额拨付。",
        ),
        issues=("由哪一单位支付。", "付款的期数和日期。"),
        evidence=(
            "班组记工单（原件，12页）：各方对真实性无异议。",
            "考勤照片36张：各方无异议。",
        ),
        results=(
            ClaimLine(
                item="支付拖欠的工资",
                yuan=Decimal("254700.00"),
                result="达成一致，待12人分别确认",
            ),
        ),
        result="磐川建设公司同意先行清偿254,700.00元，分两期支付；砚石劳务公司承担连带责任。双方同意由调解员拟定调解协议书，12名职工分别确认后签订。",
        next_at=at(date(2026, 3, 25), 9, 30),
    ),
    "D13": d13.EndFacts(
        issuer=UNION,
        case_number="渝工调〔2026〕91号",
        addressee="周明远",
        applicant="周明远",
        respondents=("重庆云岫餐饮管理有限公司",),
        cause="经济补偿、未休年休假工资争议",
        received_on=date(2026, 4, 7),
        accepted_on=date(2026, 4, 8),
        sessions=(date(2026, 4, 14), date(2026, 4, 20)),
        reason="双方对解除劳动合同的原因和经济补偿数额分歧较大，无法达成一致",
        ended_on=date(2026, 4, 22),
        claims=(
            ClaimLine(
                item="解除劳动合同的经济补偿", yuan=Decimal("39150.00"), result="未达成协议"
            ),
            ClaimLine(item="未休年休假工资", yuan=Decimal("1800.00"), result="未达成协议"),
        ),
        arbitration=PlaceLine(
            name="重庆市两江新区劳动人事争议仲裁委员会",
            address="重庆市两江新区样例路20号",
            phone="023-00000020",
        ),
        limitation=ClockLine(
            what="解除劳动合同发生于2026年3月31日，申请调解使时效中断，自调解终止之日起重新计算一年",
            due=date(2027, 4, 22),
            how="自2026年4月22日的次日起算，一年",
        ),
        inspection=PlaceLine(name="重庆市两江新区劳动保障监察支队", phone="12333"),
        aid=PlaceLine(
            name="重庆市两江新区法律援助中心", address="重庆市两江新区样例路22号", phone="12348"
        ),
        help=(
            "协助准备仲裁申请书和证据材料，申请书样本已按本案事实预填",
            "协助申请法律援助，必要时由工会律师提供法律服务",
        ),
    ),
    "D14": d14.AgreementFacts(
        issuer=UNION,
        case_number=CASE,
        workers=tuple(PartyLine(role="申请人", name=name) for name in NAMES),
        representatives=("吕㛃", "王堃", "买买提·艾力"),
        employers=(
            _firm(LABOUR, "91500000EXAMPLE001", "被申请人", "用人单位"),
            _firm(BUILDER, "91500000EXAMPLE002", "被申请人", "施工总承包单位"),
        ),
        cause="追索劳动报酬争议",
        agreed_facts=(
            "2025年11月至2026年2月，吕㛃等12人经砚石劳务公司招用，在磐川建设公司总承包的两江新区某住宅项目从事木工作业。",
            "砚石劳务公司欠付12人工资合计254,700.00元，各人金额见附件一。",
        ),
        clauses=(
            "磐川建设公司作为施工总承包单位，依照《保障农民工工资支付条例》第三十条先行清偿全部欠付工资，砚石劳务公司对此承担连带责任。",
            "磐川建设公司清偿后，与砚石劳务公司之间的结算另行依法处理，不影响向职工付款。",
        ),
        items=(
            d14.PaymentItem(
                item="拖欠的工资（12人）",
                yuan=Decimal("254700.00"),
                note="税前金额，个人所得税依法代扣代缴",
            ),
        ),
        total_yuan=Decimal("254700.00"),
        payer=BUILDER,
        instalments=(
            d14.InstalmentLine(number=1, due=date(2026, 4, 8), yuan=Decimal("127350.00")),
            d14.InstalmentLine(number=2, due=date(2026, 5, 6), yuan=Decimal("127350.00")),
        ),
        duties=(
            d14.DutyLine(
                what="磐川建设公司向12名职工分别出具工资支付明细", due=date(2026, 5, 6)
            ),
        ),
        settled=("2025年11月至2026年2月的工资",),
        confirmation="judicial",
        judicial_by=date(2026, 4, 24),
        review_by=date(2026, 4, 9),
        originals=4,
        members=tuple(_member(place, name) for place, name in enumerate(NAMES)),
        mediators=("陈予安",),
        recorder="苏禾",
        drafted_on=date(2026, 3, 24),
        effective_on=date(2026, 3, 25),
    ),
    **MORE,
    **AFTER,
}
NUMBERS = {
    "D01": TICKET,
    "D02": "渝工两江调受〔2026〕12号",
    "D03": "渝工两江转函〔2026〕5号",
    "D09": "渝工两江调通〔2026〕31号",
    "D13": "渝工两江调终〔2026〕4号",
    "D14": "渝工两江调协〔2026〕9号",
    **MORE_NUMBERS,
}
DAYS = {
    "D01": date(2026, 3, 10),
    "D02": date(2026, 3, 13),
    "D03": date(2026, 3, 11),
    "D09": date(2026, 3, 13),
    "D12": date(2026, 3, 18),
    "D13": date(2026, 4, 22),
    "D14": date(2026, 3, 25),
    **MORE_DAYS,
    **AFTER_DAYS,
}


def instant_of(code: str) -> datetime:
    """When the sample was issued: ten o'clock of its day."""
    return at(DAYS[code], 10)
