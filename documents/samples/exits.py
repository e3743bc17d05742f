"""Where a case may go besides mediation: D06, D07, D17, D20, D21, D35."""

from datetime import date
from decimal import Decimal

from documents.facts import d06, d07, d17, d20, d21, d35
from documents.facts.common import ClaimLine, ClockLine, PlaceLine
from documents.samples.people import BODY, COURT, NAME, UNION, Sample, debtor, worker

ARREARS = ClaimLine(
    item="支付拖欠的工资", yuan=Decimal("24000.00"), period="2026年3月至2026年5月"
)
COMPENSATION = ClaimLine(item="支付解除劳动合同的经济补偿", yuan=Decimal("16000.00"))
STORY = (
    "申请人2024年3月4日到被申请人处从事车工工作，双方订立了书面劳动合同，约定月工资8,000元，每月15日发放。"
    "被申请人自2026年3月起未发工资。申请人于2026年6月8日以未及时足额支付劳动报酬为由书面通知解除劳动合同。\n"
    "被申请人至今未支付拖欠的工资和经济补偿。"
)
FAILED = (
    "申请人于2026年6月12日向重庆市两江新区总工会劳动争议调解委员会申请调解，"
    "因双方分歧较大，调解于2026年6月26日终止（渝工两江调终〔2026〕11号）。"
)
LIMIT = ClockLine(
    what="就拖欠工资、经济补偿申请劳动仲裁的时效",
    due=date(2027, 6, 28),
    start=date(2026, 6, 26),
    how="申请调解使时效中断，自2026年6月26日调解终止之日起重新计算一年，末日为休息日，顺延至其后第一个工作日",
    article="《中华人民共和国劳动争议调解仲裁法》第二十七条",
)
PIECES = (
    d20.EvidenceLine(
        name="劳动合同书（复印件，6页）", source="申请人持有原件", proves="劳动关系、工资标准"
    ),
    d20.EvidenceLine(
        name="银行账户交易明细（2025年6月至2026年6月）",
        source="开户银行打印",
        proves="工资发放情况",
    ),
    d20.EvidenceLine(
        name="解除劳动合同通知书及邮寄回单", source="申请人持有", proves="解除的时间和理由"
    ),
)

SAMPLES: dict[str, Sample] = {
    "D06": Sample(
        day=date(2026, 7, 6),
        facts=d06.SupportFacts(
            procuratorate="重庆市两江新区人民检察院",
            court=COURT,
            case_number="渝工调〔2026〕133号",
            applicants=(worker("申请人"),),
            respondents=(debtor("被申请人"),),
            cause="追索劳动报酬纠纷",
            claims=(ARREARS,),
            situation="被申请人出具的《欠薪确认书》载明，拖欠申请人2026年3月至5月工资24,000.00元，承诺2026年6月20日前付清，到期未付。",
            weakness="申请人系进城务工人员，不熟悉诉讼程序，无力聘请律师；被申请人住所地与实际经营地不一致，申请人难以自行调查其财产和经营状况。",
            tried="经工会调解未果；已向劳动保障监察机构投诉，用人单位至今未支付。",
            evidence=("欠薪确认书（原件）", "劳动合同书复印件", "银行账户交易明细"),
        ),
    ),
    "D07": Sample(
        day=date(2026, 4, 16),
        number="渝工两江协函〔2026〕2号",
        facts=d07.CooperationFacts(
            issuer=UNION,
            addressee="成都市示例区总工会",
            subject="王堃等3人被拖欠工资事项",
            case_number="渝工调〔2026〕97号",
            came_on=date(2026, 4, 14),
            worker="王堃",
            worker_phone="13800000002",
            group_size=3,
            employer="成都样本装饰工程有限公司",
            employer_address="成都市示例区样例路6号",
            link="该单位住所和主要财产在贵区，劳动合同履行地在我区。",
            situation="王堃等3人2026年1月至3月在我区某装修项目工作，该单位以项目未结算为由拖欠工资合计37,800.00元，其在我区没有办公场所，电话多次无人接听。",
            claims=(
                ClaimLine(
                    item="支付拖欠的工资",
                    yuan=Decimal("37800.00"),
                    period="2026年1月至2026年3月",
                ),
            ),
            done="已核对考勤和转账记录，已向项目总包单位发函核实。",
            asked=(
                "联系并告知该单位依法支付工资，协助送达我会调解通知书；",
                "核实该单位经营状况和工会组织情况。",
            ),
            clocks=(
                ClockLine(
                    what="自收到申请之日起十五日未达成调解协议的，职工可以申请仲裁",
                    due=date(2026, 4, 29),
                    article="《劳动争议调解仲裁法》第十四条",
                ),
            ),
            reply_by=date(2026, 4, 23),
            consent="职工本人2026年4月14日签署的《个人信息共享同意书》",
            annexes=("调解通知书", "欠薪明细表（3人）"),
            copies=("成都市总工会", "重庆市总工会权益保障部"),
        ),
    ),
    "D17": Sample(
        day=date(2026, 7, 16),
        facts=d17.ReviewFacts(
            commission="重庆市两江新区劳动人事争议仲裁委员会",
            committee=BODY,
            applicants=(worker("申请人"), debtor("申请人")),
            agreement_number="渝工两江调协〔2026〕21号",
            cause="支付拖欠的工资争议",
            effective_on=date(2026, 7, 10),
            last_day=date(2026, 7, 27),
            delivery=("王堃：重庆市两江新区样例街12号，电话13800000002",),
        ),
    ),
    "D20": Sample(
        day=date(2026, 6, 30),
        facts=d20.ActionFacts(
            body="重庆市两江新区劳动人事争议仲裁委员会",
            case_number="渝工调〔2026〕133号",
            applicants=(worker("申请人"),),
            respondents=(debtor("被申请人"),),
            cause="追索劳动报酬、经济补偿争议",
            claims=(ARREARS, COMPENSATION),
            situation=STORY,
            mediation=FAILED,
            evidence=PIECES,
            witnesses=(
                d20.WitnessLine(name="买买提·艾力", address="重庆市两江新区样例街12号"),
            ),
            last_day=date(2027, 6, 28),
            made_on=date(2026, 6, 30),
        ),
    ),
    "D21": Sample(
        day=date(2026, 6, 30),
        facts=d21.AidFacts(
            centre="重庆市两江新区法律援助中心",
            case_number="渝工调〔2026〕133号",
            applicant=worker("申请人"),
            worker_kind="农民工",
            opponent="重庆砺锋机械制造有限公司",
            cause="请求支付劳动报酬、经济补偿",
            form="劳动争议仲裁代理",
            claims=(ARREARS, COMPENSATION),
            situation=STORY,
            exempt=True,
            exempt_why="进城务工人员申请支付劳动报酬",
            last_day=date(2027, 6, 28),
            told_by="陈予安",
            applied_on=date(2026, 6, 30),
        ),
    ),
    "D35": Sample(
        day=date(2026, 6, 26),
        facts=d35.RiskFacts(
            office=NAME,
            case_number="渝工调〔2026〕133号",
            worker="王堃",
            employer="重庆砺锋机械制造有限公司",
            cause="拖欠工资、解除劳动合同经济补偿争议",
            clocks=(
                LIMIT,
                ClockLine(
                    what="向劳动保障监察机构投诉的期限",
                    due=date(2028, 6, 8),
                    how="自违反劳动保障法律、法规的行为终了之日起二年",
                    article="《劳动保障监察条例》第二十条",
                ),
            ),
            risk="超过仲裁时效申请仲裁，对方提出时效抗辩的，请求可能得不到支持。劳动关系存续期间拖欠劳动报酬的，不受一年时效限制；劳动关系终止的，应当自终止之日起一年内提出。工会调解期间不等于可以一直等待，请在最后一日前申请仲裁。",
            places=(
                PlaceLine(
                    name="重庆市两江新区劳动人事争议仲裁委员会",
                    what="申请劳动仲裁",
                    phone="023-00000020",
                ),
                PlaceLine(
                    name="重庆市两江新区法律援助中心", what="申请法律援助", phone="12348"
                ),
            ),
            told_by="陈予安",
            told_on=date(2026, 6, 26),
        ),
    ),
}
