"""Invented facts of the further papers."""

from datetime import date
from decimal import Decimal

from documents.facts import d04, d05, d08, d10, d15, d25, d26, d29_d30, d31, d34
from documents.facts.common import ClaimLine, Issuer, PartyLine, PlaceLine

CASE = "渝工调〔2026〕86号"
NAME = "重庆市两江新区总工会"
BODY = f"{NAME}劳动争议调解委员会"
UNION = Issuer(name=NAME, committee=BODY, address="重庆市两江新区示例大道100号", phone="023-12351",
               contact="陈予安")
LABOUR = "重庆砚石劳务有限公司"
WAGES = ClaimLine(item="支付拖欠的工资", yuan=Decimal("254700.00"), period="2025年11月至2026年2月",
                  result="达成协议")

MORE: dict[str, object] = {
    "D04": d04.ReplyFacts(
        issuer_name="重庆市两江新区劳动保障监察支队", addressee=NAME, letter_number="渝工两江转函〔2026〕5号",
        matter="劳动保障监察", case_number=CASE, signed_on=date(2026, 3, 12), signed_by="石砺",
        answer="受理", answered_on=date(2026, 3, 13), reason="经审查，属于我支队管辖，已立案调查。",
        own_number="两江劳监立〔2026〕19号", handler="石砺", handler_phone="023-00000033",
        expected_on=date(2026, 6, 10), result="已责令改正，用人单位已足额支付，案件撤销。",
        result_on=date(2026, 5, 7)),
    "D05": d05.ConsentFacts(
        worker="吕㛃", identity_number="500000198001010010", phone="13800000001", case_number=CASE,
        union=NAME, union_contact="023-12351", receiver="重庆市两江新区劳动保障监察支队",
        purpose="对拖欠工资行为进行劳动保障监察", kinds=("姓名", "联系电话", "诉求及金额", "争议事实", "证据材料"),
        sensitive=("身份号码",), given_on=date(2026, 3, 11)),
    "D08": d08.ApplicationFacts(
        committee=BODY, case_number=CASE,
        applicants=(PartyLine(role="申请人", name="吕㛃", sex="女", birth_year=1980, phone="13800000001",
                              identity_number="500000198001010010", address="重庆市两江新区样例街12号"),
                    PartyLine(role="申请人", name="买买提·艾力", sex="男", phone="13800000003")),
        respondents=(PartyLine(role="被申请人", name=LABOUR, is_person=False, legal_person="方砚",
                               credit_code="91500000EXAMPLE001", address="重庆市两江新区样例路8号"),),
        claims=(WAGES,), reasons="申请人经被申请人招用从事木工作业，被申请人至今未支付2025年11月至2026年2月的工资。",
        evidence=("班组记工单", "考勤照片"), oral=True, taken_by="林书语", applied_on=date(2026, 3, 12)),
    "D10": d10.RightsFacts(
        committee=BODY, case_number=CASE, addressee="吕㛃", applicant="吕㛃", respondents=(LABOUR,),
        mediators=("陈予安",), recorder="苏禾", phone="023-12351"),
    "D15": d15.ExtensionFacts(
        committee=BODY, case_number=CASE, applicant="吕㛃", respondents=(LABOUR,), cause="追索劳动报酬争议",
        accepted_on=date(2026, 3, 13), old_due=date(2026, 3, 30), new_due=date(2026, 4, 10),
        reason="需核对12名职工各自的工资数额", right_from=date(2026, 3, 27), mediators=("陈予安",)),
    "D25": d25.RefusalFacts(
        issuer=UNION, case_number="CQ12351-20260402-0003", addressee="谭石生", subject="家庭雇佣报酬争议",
        received_on=date(2026, 4, 2), reason="个人家庭与家政服务人员之间的纠纷不属于劳动争议",
        law="《最高人民法院关于审理劳动争议案件适用法律问题的解释（一）》第二条",
        places=(PlaceLine(name="所在地人民调解委员会", what="申请人民调解"),
                PlaceLine(name="有管辖权的人民法院", what="以劳务合同纠纷提起诉讼"),
                PlaceLine(name="法律援助中心", phone="12348"))),
    "D26": d26.CompletionFacts(
        issuer=UNION, case_number="CQ12351-20260408-0009", addressee="何小川", respondents=(LABOUR,),
        subject="经济补偿争议", received_on=date(2026, 4, 8),
        missing=("申请人身份证明复印件", "解除劳动合同通知书或者其他解除证明", "近十二个月工资支付记录（确无法取得的，书面说明）"),
        supply_by=date(2026, 4, 15), way="当面、邮寄或者通过12351服务平台提交"),
    "D29": d29_d30.ServiceFacts(
        case_number=CASE, office=BODY, document="调解通知书", document_number="渝工两江调通〔2026〕31号",
        receiver=LABOUR, place="重庆市两江新区样例路8号", way="直接送达", served_on=date(2026, 3, 13),
        proof="前台签收", server="苏禾"),
    "D30": d29_d30.VisitFacts(
        case_number=CASE, office=NAME, person="吕㛃", phone="13800000001", visitor="林书语",
        on=date(2026, 5, 12), told="是", paid="是", satisfied="满意"),
    "D31": d31.ClosingFacts(
        office=NAME, case_number=CASE, ticket_no="CQ12351-20260310-0017", applicant="吕㛃", group_size=12,
        respondents=(LABOUR,), cause="追索劳动报酬争议", opened_on=date(2026, 3, 10),
        accepted_on=date(2026, 3, 13), closed_on=date(2026, 5, 8), mediators=("陈予安",), claims=(WAGES,),
        steps=(d31.StepLine(on=date(2026, 3, 10), what="来电登记"), d31.StepLine(on=date(2026, 3, 13), what="受理"),
               d31.StepLine(on=date(2026, 3, 18), what="召开调解会"), d31.StepLine(on=date(2026, 3, 25), what="调解协议生效"),
               d31.StepLine(on=date(2026, 5, 6), what="协议履行完毕")),
        agreed_yuan=Decimal("254700.00"), paid_yuan=Decimal("254700.00"), outcome="达成协议并已履行",
        papers=("受理通知书", "调解通知书", "调解笔录", "调解协议书"), manager="贺知行"),
    "D34": d34.DunningFacts(
        issuer=UNION, addressee="重庆砺锋机械制造有限公司", case_number="渝工调〔2026〕140号",
        agreement_number="渝工涪调协〔2026〕21号", agreed_on=date(2026, 7, 10), worker="程远帆", number=2,
        due=date(2026, 8, 31), yuan=Decimal("12000.00"), open_yuan=Decimal("12000.00"),
        pay_by=date(2026, 9, 3), remaining_yuan=Decimal("24000.00")),
}
MORE_DAYS: dict[str, date] = {
    "D04": date(2026, 3, 13), "D05": date(2026, 3, 11), "D08": date(2026, 3, 12), "D10": date(2026, 3, 13),
    "D15": date(2026, 3, 27), "D25": date(2026, 4, 3), "D26": date(2026, 4, 9), "D29": date(2026, 3, 13),
    "D30": date(2026, 5, 12), "D31": date(2026, 5, 8), "D34": date(2026, 9, 1),
}
MORE_NUMBERS: dict[str, str] = {
    "D25": "渝工两江调不受〔2026〕2号", "D26": "渝工两江调补〔2026〕7号", "D34": "渝工涪催函〔2026〕3号",
}
