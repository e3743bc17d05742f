"""What a text may say: fixed sentences with at most a code, a link or a count in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

TEXTS = {
    "one_time_code": "【服务热线】您的验证码是{code}，10分钟内有效。不是您本人操作，请不用理会。",
    "news": "【服务热线】您反映的事有新进展。请凭查询码查看，或拨打12351。",
    "liaison_consulted": "【总工会】有1件联合会商等您提出意见，请登录办理：{link} 请勿转发。",
    "liaison_meeting": "【总工会】请您参加1次联席会议，时间、地点、议题见：{link} 请勿转发。",
    "liaison_came": "【总工会】有1件转办事项等您签收：{link} 14天内有效，请勿转发。",
    "liaison_reminder": "【总工会】有1件转办事项快到约定的答复时间：{link} 14天内有效，请勿转发。",
    "liaison_forwarded": "【总工会】同事转给您1件转办事项：{link} 14天内有效，请勿转发。",
    "liaison_digest": "【总工会】贵单位有{count}件转办事项待办理，从这里开始：{link} 14天内有效，请勿转发。",
    "pay_day": "【服务热线】您有一项约定的事临近或已到日期，请按约定办理；已办的请告知经办人，或拨打12351。",
    "nearly_due": "【总工会】您有{count}件事项临近到期，请及时办理：{link}",
    "order_given": "【总工会】有1份督办单等您答复：{link}",
    "order_answered": "【总工会】您下达或负责的督办单已有答复，请审阅：{link}",
    "order_late": "【总工会】有1份督办单到期未答复：{link}",
    "late": "【总工会】有到期未办的事项需要处理：{link}",
    "to_sign": "【服务热线】有一份文书等您阅读并签署：{link} 打开时需验证码，请勿转发。",
    "appointment": "【服务热线】有一个新的约定时间。请凭查询码查看，或拨打12351。",
}
WORDS = frozenset({"code", "link", "count"})


class NoSuchText(Exception):
    """There is no text of this name, or it does not take these words."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text by its template and the words that go into it; vendors send the two apart."""

    template: str
    words: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.template not in TEXTS or not WORDS.issuperset(self.words):
            raise NoSuchText

    def __str__(self) -> str:
        return TEXTS[self.template].format(**self.words)
