"""Supervision and what keeps the house in order: D22, D23, D24, D36, D37, D38."""

from datetime import date
from decimal import Decimal
from typing import Any

from documents.facts import d22_d24, d36, d37, d38, d39
from documents.samples.people import CASE, NAME, UNION, Sample

FIRM = "重庆云岫餐饮管理有限公司"
FOUND = (
    "经核查职工名册、考勤记录和工资台账，你单位2026年1月至3月有46名职工每周工作六天、每天工作十小时，"
    "休息日加班未安排补休，也未支付加班工资；有9名职工入职超过一个月未订立书面劳动合同。"
)
RULES = (
    "《中华人民共和国劳动法》第三十八条、第四十四条",
    "《中华人民共和国劳动合同法》第十条、第三十一条",
)
SHARED: dict[str, Any] = {
    "issuer": UNION,
    "case_number": "渝工调〔2026〕118号",
    "rules": RULES,
}

SAMPLES: dict[str, Sample] = {
    "D22": Sample(
        day=date(2026, 4, 8),
        number="渝工两江监提〔2026〕6号",
        facts=d22_d24.ReminderFacts(
            **SHARED,
            addressee=FIRM,
            subject="规范工作时间和订立书面劳动合同事项",
            found="近期有职工来电反映，你单位休息日安排加班未支付加班工资，部分职工入职后未订立书面劳动合同。",
            hints=(
                "对照职工名册核查书面劳动合同订立情况，及时补订；",
                "核查休息日加班和补休情况，不能安排补休的，依法支付加班工资；",
                "健全与工会的协商机制，涉及职工切身利益的制度与职工代表协商确定。",
            ),
            reply_by=date(2026, 4, 22),
        ),
    ),
    "D23": Sample(
        day=date(2026, 4, 28),
        number="渝工两江监意〔2026〕3号",
        facts=d22_d24.OpinionFacts(
            **SHARED,
            addressee=FIRM,
            subject="工作时间、加班工资和劳动合同订立情况",
            found=FOUND,
            breach="未支付休息日加班工资，未在用工之日起一个月内订立书面劳动合同，违反了劳动法律规定，侵害了职工合法权益。",
            checked_on=date(2026, 4, 24),
            supervisors=("林书语", "苏禾"),
            demands=(
                "自收到本意见书之日起十五个工作日内，向46名职工补发2026年1月至3月休息日加班工资；",
                "与9名职工补订书面劳动合同，并依法支付相应工资；",
                "调整排班，保证职工每周至少休息一日。",
            ),
            earlier="《工会劳动法律监督提示函》（渝工两江监提〔2026〕6号）",
            signer="秦晓月",
            reply_by=date(2026, 5, 21),
        ),
    ),
    "D24": Sample(
        day=date(2026, 5, 25),
        number="渝工两江监建〔2026〕1号",
        facts=d22_d24.ProposalFacts(
            **SHARED,
            addressee="重庆市两江新区人力资源和社会保障局",
            employer=FIRM,
            employer_address="重庆市两江新区样例路30号",
            people=46,
            subject="未支付休息日加班工资、未订立书面劳动合同的问题",
            found=FOUND.replace("你单位", "该单位"),
            breach="该单位的行为违反劳动法律规定，侵害了职工获得劳动报酬和休息休假的权利。",
            earlier=(
                "2026年4月8日发出提示函（渝工两江监提〔2026〕6号），逾期未复；",
                "2026年4月28日发出意见书（渝工两江监意〔2026〕3号），要求十五个工作日内整改。",
            ),
            refusal="已签收意见书，期满未整改，也未说明正当理由。",
            proposals=(
                "对该单位进行劳动保障监察，责令限期支付加班工资、订立书面劳动合同；",
                "依法作出处理，并将处理结果告知我会。",
            ),
            reply_by=date(2026, 6, 8),
            annexes=("提示函、意见书及签收凭证", "职工名册和考勤、工资台账复印件"),
            copies=("重庆市总工会法律工作部", "重庆市两江新区人民检察院"),
        ),
    ),
    "D36": Sample(
        day=date(2026, 4, 2),
        number="渝工两江督〔2026〕4号",
        facts=d36.UrgeFacts(
            issuer=UNION,
            addressee="重庆市两江新区总工会权益保障部",
            case_number=CASE,
            cause="追索劳动报酬争议",
            level="二级督办",
            late=(
                d36.LateLine(
                    what="答复转办事项", due=date(2026, 3, 18), days_late=11, owner="石砺"
                ),
                d36.LateLine(
                    what="召开下一次调解会", due=date(2026, 3, 30), days_late=3, owner="陈予安"
                ),
            ),
            found="经查，案件涉及12名农民工，转办函已签收，至今未见答复；调解期限已近届满。",
            demands=(
                "两个工作日内与签收单位核实办理进度，并告知职工；",
                "确需延长调解期限的，取得双方书面同意。",
            ),
            reply_by=date(2026, 4, 8),
            supervisor="孟知秋",
            copies=("重庆市总工会权益保障部",),
        ),
    ),
    "D37": Sample(
        day=date(2026, 7, 21),
        number="渝工两江隐〔2026〕5号",
        facts=d37.HazardFacts(
            issuer=UNION,
            case_number="CQ12351-20260720-0008",
            source="12351职工服务热线来电",
            employer="重庆样本铸造有限公司",
            place="重庆市两江新区样例路56号二车间",
            found_on=date(2026, 7, 21),
            grade="较大隐患",
            hazard="二车间熔炼区通风除尘设备停用，作业人员未佩戴防尘口罩；应急通道被原料堵塞，宽度不足0.6米。",
            rule="《中华人民共和国职业病防治法》第二十三条；《中华人民共和国安全生产法》第四十二条",
            people=38,
            photos=("现场照片6张", "检查记录1份"),
            measures=(
                "立即清理应急通道，保持畅通；",
                "恢复通风除尘设备运行，恢复前停止熔炼作业；",
                "为作业人员配备符合标准的防尘口罩并监督佩戴。",
            ),
            fix_by=date(2026, 7, 28),
            inspectors=("林书语", "苏禾"),
            recheck_on=date(2026, 7, 29),
        ),
    ),
    "D38": Sample(
        day=date(2026, 7, 3),
        facts=d38.SubsidyFacts(
            office=NAME,
            case_number="渝工调〔2026〕133号",
            cause="追索劳动报酬、经济补偿争议",
            outcome="调解不成，转劳动仲裁",
            lawyer="叶知微",
            firm="重庆样例律师事务所",
            licence="15000EXAMPLE000001",
            phone="13800002001",
            work=(
                d38.WorkLine(
                    on=date(2026, 6, 15), what="参与调解一次（半天）", yuan=Decimal("500.00")
                ),
                d38.WorkLine(
                    on=date(2026, 6, 24), what="参与调解一次（半天）", yuan=Decimal("500.00")
                ),
                d38.WorkLine(
                    on=date(2026, 6, 29), what="代书仲裁申请书一份", yuan=Decimal("300.00")
                ),
            ),
            total_yuan=Decimal("1300.00"),
            standard="工会法律服务补贴标准（试行），由发放单位公布",
            holder="重庆样例律师事务所",
            bank="示例银行重庆两江支行",
            account="0000000000000000000",
            manager="贺知行",
            applied_on=date(2026, 7, 3),
        ),
    ),
    "D39": Sample(
        day=date(2026, 3, 10),
        number="渝工两江协要〔2026〕4号",
        facts=d39.OfferFacts(
            issuer=UNION,
            addressee=FIRM,
            subject="工资集体协商",
            people=312,
            proposals=(
                "2026年度职工工资增长幅度，一线职工不低于百分之五；",
                "加班工资的计算基数和支付日期；",
                "高温津贴的发放标准。",
            ),
            reply_by=date(2026, 3, 30),
        ),
    ),
}
