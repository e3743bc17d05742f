"""Mediation itself: D09, D10, D12, D13, D15."""

from datetime import date
from decimal import Decimal

from documents.facts import d09, d10, d12, d13, d15
from documents.facts.common import ClaimLine, ClockLine, PlaceLine
from documents.samples.people import (
    BODY,
    BUILDER,
    CASE,
    CLAIM,
    LABOUR,
    UNION,
    WORKER,
    Sample,
    at,
)

SAMPLES: dict[str, Sample] = {
    "D09": Sample(
        day=date(2026, 3, 13),
        number="渝工两江调通〔2026〕31号",
        facts=d09.NoticeFacts(
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
    ),
    "D10": Sample(
        day=date(2026, 3, 13),
        facts=d10.RightsFacts(
            committee=BODY,
            case_number=CASE,
            addressee="吕㛃",
            applicant="吕㛃",
            respondents=(LABOUR,),
            mediators=("陈予安",),
            recorder="苏禾",
            phone="023-12351",
        ),
    ),
    "D12": Sample(
        day=date(2026, 3, 18),
        facts=d12.RecordFacts(
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
                    name="吕㛃",
                    capacity="申请人、推选代表",
                    authority="代表12人，和解须各人同意",
                ),
                d12.PresentLine(
                    name="王堃",
                    capacity="申请人、推选代表",
                    authority="代表12人，和解须各人同意",
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
    ),
    "D13": Sample(
        day=date(2026, 4, 22),
        number="渝工两江调终〔2026〕4号",
        facts=d13.EndFacts(
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
                name="重庆市两江新区法律援助中心",
                address="重庆市两江新区样例路22号",
                phone="12348",
            ),
            help=(
                "协助准备仲裁申请书和证据材料，申请书样本已按本案事实预填",
                "协助申请法律援助，必要时由工会律师提供法律服务",
            ),
        ),
    ),
    "D15": Sample(
        day=date(2026, 3, 27),
        facts=d15.ExtensionFacts(
            committee=BODY,
            case_number=CASE,
            applicant="吕㛃",
            respondents=(LABOUR,),
            cause="追索劳动报酬争议",
            accepted_on=date(2026, 3, 13),
            old_due=date(2026, 3, 30),
            new_due=date(2026, 4, 10),
            reason="需核对12名职工各自的工资数额",
            right_from=date(2026, 3, 27),
            mediators=("陈予安",),
        ),
    ),
}
