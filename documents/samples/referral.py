"""A matter goes to another office: D03, D04, D05."""

from datetime import date

from documents.facts import d03, d04, d05
from documents.samples.people import (
    BUILDER,
    CASE,
    CLAIM,
    LABOUR,
    M03,
    NAME,
    SITUATION,
    UNION,
    WORKER,
    Sample,
)

SAMPLES: dict[str, Sample] = {
    "D03": Sample(
        day=date(2026, 3, 11),
        number="渝工两江转函〔2026〕5号",
        facts=d03.ReferralFacts(
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
            law=(
                "《保障农民工工资支付条例》第三十条",
                "《劳动保障监察条例》第十一条、第二十六条",
            ),
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
    ),
    "D04": Sample(
        day=date(2026, 3, 13),
        facts=d04.ReplyFacts(
            issuer_name="重庆市两江新区劳动保障监察支队",
            addressee=NAME,
            letter_number="渝工两江转函〔2026〕5号",
            matter="劳动保障监察",
            case_number=CASE,
            signed_on=date(2026, 3, 12),
            signed_by="石砺",
            answer="受理",
            answered_on=date(2026, 3, 13),
            reason="经审查，属于我支队管辖，已立案调查。",
            own_number="两江劳监立〔2026〕19号",
            handler="石砺",
            handler_phone="023-00000033",
            expected_on=date(2026, 6, 10),
            result="已责令改正，用人单位已足额支付，案件撤销。",
            result_on=date(2026, 5, 7),
        ),
    ),
    "D05": Sample(
        day=date(2026, 3, 11),
        facts=d05.ConsentFacts(
            worker="吕㛃",
            identity_number="500000198001010010",
            phone="13800000001",
            case_number=CASE,
            union=NAME,
            union_contact="023-12351",
            receiver="重庆市两江新区劳动保障监察支队",
            purpose="对拖欠工资行为进行劳动保障监察",
            kinds=("姓名", "联系电话", "诉求及金额", "争议事实", "证据材料"),
            sensitive=("身份号码",),
            given_on=date(2026, 3, 11),
        ),
    ),
}
