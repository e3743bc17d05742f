"""One invented case (twelve carpenters, 254,700.00 yuan) as every page's context."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from casework import clock
from tests.browser.preview import forms

Context = dict[str, Any]
D = Decimal
NUMBER = "渝工调〔2026〕86号"
NAMES = "吕长河等 12 人 与 砚石劳务、磐川建设"


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """An instant of 2026 in Shanghai."""
    return clock.instant(date(2026, month, day), hour, minute)


def light(state: str, words: str) -> Context:
    """A light as views hand it over."""
    return {"state": state, "words": words}


OVERDUE, TODAY, SOON = (
    light("overdue", "超期 2 天"),
    light("soon", "今天到期"),
    light("soon", "还有 3 天"),
)
NORMAL, PAUSED, DONE = (
    light("normal", "还有 7 天"),
    light("paused", "已暂停"),
    light("done", "按时 03-13"),
)
NOT_BEGUN = light("not-begun", "未开始")
LIGHTS = [OVERDUE, TODAY, SOON, NORMAL, PAUSED, DONE, NOT_BEGUN]

FRAME = {
    "menu": [
        {"words": "我的工作", "url": "/desks/work", "count": 23, "current": True},
        {"words": "日程", "url": "#", "count": None, "current": False},
        {"words": "案件", "url": "/case/detail", "count": None, "current": False},
        {"words": "法规与计算", "url": "#", "count": None, "current": False},
    ],
    "name": "何敏之",
    "role": "调解员 · 两江新区",
    "home_url": "/",
    "search_url": "/",
    "logout_url": "/",
}
HEAD = {
    "number": NUMBER,
    "names": NAMES,
    "url": "/case/detail",
    "status": "正在调解",
    "cause": "工程欠薪",
    "sum_yuan": D("254700"),
    "tags": ["集体 12 人", "优先级 高"],
    "clocks": [
        {"nature": "法定", "light": light("soon", "还有 3 天，03-27")},
        {"nature": "约定", "light": light("done", "都已按时办到")},
    ],
}
PEOPLE = [
    {"role": "职工代表", "name": "吕长河、谭守信、代永贵", "note": "授权已验"},
    {"role": "用人单位", "name": "砚石劳务", "note": "项仲文，授权已验"},
    {"role": "施工总承包", "name": "磐川建设", "note": "薄立安，授权已验"},
    {"role": "经办", "name": "邓川", "note": "调解员 何敏之，记录 汤宁"},
]
PAPERS = [
    {
        "words": "来电登记表",
        "url": "#",
        "on": date(2026, 3, 10),
        "light": light("done", "已归卷"),
    },
    {
        "words": "转办函（人社）、回执",
        "url": "#",
        "on": date(2026, 3, 13),
        "light": light("done", "双方已盖章"),
    },
    {
        "words": "受理通知书",
        "url": "#",
        "on": date(2026, 3, 13),
        "light": light("done", "已送达"),
    },
    {
        "words": "调解笔录（第一次）",
        "url": "#",
        "on": date(2026, 3, 18),
        "light": light("soon", "缺砚石劳务一页签字"),
    },
]
CLAIMS = [
    {
        "words": "W01–W08，8 人",
        "each_yuan": D("21600"),
        "sum_yuan": D("172800"),
        "outcome": "未定",
    },
    {
        "words": "W09–W11，3 人",
        "each_yuan": D("18900"),
        "sum_yuan": D("56700"),
        "outcome": "未定",
    },
    {"words": "W12，1 人", "each_yuan": D("25200"), "sum_yuan": D("25200"), "outcome": "未定"},
]
SIDE = {
    "clocks": [
        {"light": SOON, "due": date(2026, 3, 27), "what": "调解期满，任一方可申请仲裁"},
        {
            "light": light("normal", "还有 4 天"),
            "due": date(2026, 3, 30),
            "what": "调解应当结束",
        },
    ],
    "people": PEOPLE,
    "claims": CLAIMS,
    "papers": PAPERS[:3],
}


def row(
    state: Context,
    due: tuple[int, int] | None,
    number: int,
    worker: str,
    employer: str,
    cause: str,
    stage: str,
    next_: str,
    yuan: str | None,
    mark: str = "",
) -> Context:
    """One line of work."""
    return {
        "light": state,
        "due": date(2026, *due) if due else None,
        "number": f"渝工调〔2026〕{number}号",
        "url": "/case/detail",
        "worker": worker,
        "employer": employer,
        "cause": cause,
        "stage": stage,
        "next": next_,
        "next_url": "/steps/step",
        "sum_yuan": D(yuan) if yuan else None,
        "state": mark,
    }


ROWS = [
    row(OVERDUE, (3, 16), 71, "尹秋萍", "渡云物业", "加班费", "调解", "补送调解笔录", "18460"),
    row(
        light("overdue", "超期 1 天"),
        (3, 17),
        74,
        "邹世海",
        "岚桥机电",
        "未签合同二倍工资",
        "受理",
        "答复是否受理",
        "54000",
    ),
    row(
        TODAY,
        (3, 18),
        79,
        "范德兰",
        "澄屿餐饮",
        "违法解除",
        "调解",
        "14:00 第二次调解",
        "120000",
    ),
    row(
        SOON,
        (3, 23),
        80,
        "贺小川",
        "青禾家政",
        "拖欠工资",
        "协议",
        "7 号协议待单位盖章",
        "12600",
        "new",
    ),
    row(
        light("normal", "还有 7 天"),
        (3, 27),
        86,
        "吕长河等 12 人",
        "砚石劳务、磐川建设",
        "工程欠薪",
        "调解",
        "09:30 第一次调解",
        "254700",
    ),
    row(
        PAUSED,
        None,
        77,
        "傅启山",
        "岩桐建材",
        "工伤待遇",
        "暂停",
        "等伤残鉴定结论",
        "181341.50",
        "gone",
    ),
    row(
        light("soon", "还有 2 天"),
        (3, 20),
        83,
        "万绍林",
        "砾石运输",
        "社保未缴",
        "转办",
        "等人社回复",
        None,
    ),
]
STRIP = [
    {"words": "全部", "count": 23, "url": "?", "chosen": True, "state": ""},
    {"words": "超期", "count": 2, "url": "?light=overdue", "chosen": False, "state": "overdue"},
    {
        "words": "3 个工作日内",
        "count": 4,
        "url": "?light=soon",
        "chosen": False,
        "state": "soon",
    },
    {"words": "正常", "count": 15, "url": "?light=normal", "chosen": False, "state": "normal"},
    {"words": "暂停", "count": 0, "url": "?light=paused", "chosen": False, "state": "paused"},
]
SESSIONS = [
    {
        "at": "09:30",
        "names": NAMES,
        "about": "第一次调解　拖欠工资 254,700.00 元",
        "number": NUMBER,
        "place": "两江新区总工会 调解室一",
        "confirmed": light("done", "双方已确认"),
        "url": "#",
        "words": "开始记笔录",
        "next": True,
    },
    {
        "at": "14:00",
        "names": "范德兰 与 澄屿餐饮",
        "about": "第二次调解　违法解除 120,000.00 元",
        "number": "渝工调〔2026〕79号",
        "place": "调解室二",
        "confirmed": light("done", "双方已确认"),
        "url": "#",
        "words": "打开",
    },
    {
        "at": "16:00",
        "names": "石春来 与 川麓配送（合作企业）",
        "about": "首次沟通　配送员，线上",
        "number": "渝工调〔2026〕91号",
        "place": "线上会议 链接已发",
        "confirmed": light("soon", "单位未回复"),
        "url": "#",
        "words": "打开",
    },
]


def cells() -> list[Context]:
    """The day cells of 03-13 to 03-30: start, rest days, raw day, skipped day, due day."""
    start, found = date(2026, 3, 13), []
    for count in range(18):
        on = start + timedelta(days=count)
        kind, words = ("rest" if on.isoweekday() > 5 else ""), str(count)
        if count in (0, 15, 16, 17):
            kind, words = {
                0: ("start", "起"),
                15: ("raw", "15"),
                16: ("skipped", "顺延"),
                17: ("due", "到期"),
            }[count]
        found.append({"on": on, "kind": kind, "words": words})
    return found


WHY = {
    "due": date(2026, 3, 30),
    "rule": "M-04",
    "version": 2,
    "counted_at": at(3, 13, 11, 20),
    "basis": "《企业劳动争议协商调解规定》第二十九条",
    "start": "2026-03-13（周五）受理，当日不算",
    "length": "15 个自然日，中间的休息日算在内",
    "raw": date(2026, 3, 28),
    "skipped": "2 天：03-28 周六、03-29 周日",
    "due_note": "民法典第二百零三条",
    "cells": cells(),
    "advice": "办事按 03-28 安排，灯号按 03-30 亮。",
}
LONG_WHY = {
    **WHY,
    "due": date(2026, 6, 10),
    "raw": date(2026, 6, 10),
    "cells": [],
    "ranges": ["04-04 至 04-06 清明", "05-01 至 05-05 劳动节", "每周六、周日"],
    "skipped": "",
    "length": "60 个工作日",
    "advice": "",
}
CLOCKS = [
    {
        "light": SOON,
        "due": date(2026, 3, 27),
        "what": "调解期满，任一方可申请仲裁",
        "nature": "法定",
        "from_words": "03-12 收到申请",
        "why": {**WHY, "due": date(2026, 3, 27), "cells": []},
    },
    {
        "light": light("normal", "还有 4 天"),
        "due": date(2026, 3, 30),
        "what": "调解应当结束（双方同意可延）",
        "nature": "规章",
        "from_words": "03-13 受理",
        "open": True,
        "why": WHY,
    },
    {
        "light": light("normal", "还有 53 天"),
        "due": date(2026, 6, 10),
        "what": "人社检查办结（可延 30 个工作日）",
        "nature": "法定",
        "from_words": "03-13 立案",
        "why": LONG_WHY,
        "provisional": True,
    },
    {
        "light": light("done", "按时 03-13"),
        "due": date(2026, 3, 17),
        "what": "是否受理的答复",
        "nature": "规章",
        "from_words": "03-12 收到申请",
        "why": None,
    },
    {
        "light": light("paused", "已作废"),
        "due": date(2026, 3, 16),
        "what": "人社答复转办",
        "nature": "约定",
        "from_words": "03-11 签收",
        "why": None,
        "old": True,
    },
]
JOURNEY = [
    {
        "words": "来电登记",
        "state": "done",
        "state_words": "已完成",
        "lines": ["12 人集体欠薪", "03-10 · 当天分流"],
    },
    {
        "words": "转办",
        "state": "done",
        "state_words": "已完成",
        "lines": ["转人社、司法", "03-11 发出 · 2 家均已答复"],
    },
    {
        "words": "调解",
        "state": "live",
        "state_words": "进行中",
        "lines": ["第一次 03-18 已开", "第二次 03-25 09:30"],
    },
    {
        "words": "协议",
        "state": "todo",
        "state_words": "未开始",
        "lines": ["逐人同意 0 / 12", "生效后 15 日、30 日两个申请期"],
    },
    {"words": "履行", "state": "todo", "state_words": "未开始", "lines": ["分期计划未定"]},
]
JOURNEY_ENDED = [
    JOURNEY[0],
    {"words": "转办", "state": "skipped", "state_words": "没有经过", "lines": ["工会自己能办"]},
    {"words": "调解", "state": "ended", "state_words": "提前结束", "lines": ["职工撤回 03-18"]},
    *JOURNEY[3:],
]
PARTIES = [
    {
        "name": "工会",
        "light": SOON,
        "people": "何敏之 · 两江新区总工会",
        "holder": True,
        "say_bold": "正在调解",
        "say": "，持有本案",
        "facts": [("自", "03-13 受理"), ("已用", "7 个工作日"), ("下一步", "03-25 第二次调解")],
    },
    {
        "name": "人社",
        "light": light("normal", "还有 53 天"),
        "people": "罗启明 · 劳动保障监察",
        "say_bold": "已立案检查",
        "say": "，与调解并行",
        "facts": [("自", "03-13 立案"), ("已用", "7 / 60 个工作日")],
    },
    {
        "name": "司法",
        "light": light("done", "已答复"),
        "people": "宋雨 · 法律援助中心",
        "say_bold": "已答复",
        "say": "，咨询律师到位",
        "facts": [("自", "03-12 接收")],
    },
    {
        "name": "法院",
        "light": light("paused", "已暂停，等材料"),
        "people": "两江新区法院",
        "say": "协议生效后双方可共同申请司法确认",
        "facts": [("前提", "协议生效")],
    },
    {
        "name": "检察院",
        "light": NOT_BEGUN,
        "people": "未转办",
        "say": "关注中：12 人，没有逾期未履行的政府责令支付",
        "facts": [("前提", "责令后仍不付")],
    },
]
EVENTS = [
    {
        "at": at(3, 24, 10, 6),
        "who": "何敏之",
        "what": "记下一项方案",
        "sealed": "封存，只有调解员看得到",
    },
    {
        "at": at(3, 18, 9, 30),
        "who": "何敏之",
        "what": "第一次调解，双方到场；约定 03-25 再谈",
        "paper": {"words": "调解笔录", "url": "#"},
    },
    {
        "at": at(3, 13, 16, 40),
        "who": "罗启明 · 人社",
        "what": "接收转办并立案检查",
        "paper": {"words": "转办回执", "url": "#"},
    },
    {
        "at": at(3, 10, 9, 31),
        "who": "覃晓月",
        "what": "登记来电，按集体争议分流，优先级 高",
        "paper": {"words": "来电登记表", "url": "#"},
    },
]
MONEY = {"people": 12, "claimed": D("254700"), "agreed": None, "paid": None}
CHECKS = [
    {
        "state": "passed",
        "words": "分期合计等于总额",
        "detail": "127,350.00 + 127,350.00 = 254,700.00",
    },
    {
        "state": "todo",
        "words": "还差 1 人同意",
        "detail": "W07 冉启发，11 / 12",
        "fix_words": "发提醒",
        "fix_url": "#",
    },
    {"state": "blocking", "words": "第 2 期不是工作日", "detail": "2026-05-04 放假"},
]
STEPS = [
    {"words": "打进电话", "state": "done", "when": "3月10日"},
    {"words": "转给各部门", "state": "done", "when": "3月11日"},
    {"words": "正在调解", "state": "live", "when": "现在"},
    {"words": "签协议", "state": "todo", "when": "还没到"},
    {"words": "拿到钱", "state": "todo", "when": "还没到"},
]
STEP = {
    "title": "约第二次调解",
    "crumbs": [{"words": NUMBER, "url": "/case/detail"}],
    "head": HEAD,
    "form": forms.session,
    "submit_words": "发出通知",
    "actions": [
        {"words": "存为草稿", "name": "save", "value": "1"},
        {"words": "放弃", "url": "/desks/work", "quiet": True, "key": "Esc"},
    ],
    "action_note": "双方会收到通知书和电话。",
    "side": SIDE,
}


def pages() -> dict[str, tuple[str, Context]]:
    """Every page by its name: template and context."""
    from tests.browser.preview import pages as more

    return {
        "gallery": ("preview/gallery.html", gallery()),
        "steps/step": ("steps/step.html", {**STEP, "form": forms.session()}),
        "steps/step-wrong": ("steps/step.html", {**STEP, "form": forms.session(wrong=True)}),
        "desks/work": ("desks/work.html", work()),
        "desks/work-empty": (
            "desks/work.html",
            {
                **work(),
                "rows": [],
                "sessions": [],
                "empty": {
                    "words": "没有要您办的事。",
                    "next_words": "看看全部案件",
                    "next_url": "#",
                },
            },
        ),
        **more.pages(),
    }


def work() -> Context:
    """The mediator's first screen."""
    return {
        "title": "我的工作",
        "today": date(2026, 3, 18),
        "strip": STRIP,
        "rows": ROWS,
        "sessions": SESSIONS,
        "sessions_note": "下一场 09:30，还有 18 分钟",
        "filters": {"q": "", "light": "", "stages": [("mediation", "调解", False)]},
        "pages": {"number": 1, "of": 3, "later_url": "?page=2"},
    }


def gallery() -> Context:
    """All components, in every state."""
    return {
        "lights": LIGHTS,
        "journey": JOURNEY,
        "journey_ended": JOURNEY_ENDED,
        "parties": PARTIES,
        "clocks": CLOCKS,
        "events": EVENTS,
        "papers": PAPERS,
        "claims": CLAIMS,
        "money": MONEY,
        "claims_title": "拖欠工资",
        "people": PEOPLE,
        "checks": CHECKS,
        "rows": ROWS,
        "strip": STRIP,
        "strip_title": "按灯号",
        "sessions": SESSIONS,
        "head": HEAD,
        "form": forms.session(wrong=True),
        "drafts": [
            {"state": "saving"},
            {"state": "saved", "at": at(3, 10, 9, 24)},
            {"state": "lost"},
        ],
        "bands": [
            {
                "kind": "warn",
                "fact": "可能重复：CQ12351-20260306-0087",
                "detail": "同号码、同单位，4 天前，咨询，已答复",
                "consequence": "并入后两次来电在同一案卷；另立须写原因。两种都可以继续登记。",
                "actions": [
                    {"words": "并入", "key": "Alt+M", "name": "merge", "value": "1"},
                    {"words": "另立", "key": "Alt+L", "name": "apart", "value": "1"},
                ],
            },
            {"kind": "ok", "fact": "已登记", "consequence": "渝工调〔2026〕86号"},
            {"kind": "alarm", "fact": "这件事别人刚办完", "consequence": "请重新打开看看。"},
            {"kind": "", "fact": "说明", "consequence": "一句话。"},
        ],
        "empty": {"words": "没有找到。", "next_words": "换一个词再找", "next_url": "#"},
        "submit_words": "发出通知",
        "action_note": "发出后改一字即成新稿。",
        "actions": [
            {"words": "存为草稿", "name": "save", "value": "1"},
            {"words": "定稿待签", "name": "final", "value": "1", "off": True},
            {"words": "放弃", "url": "#", "quiet": True, "key": "Esc"},
        ],
        "steps": STEPS,
        "side": SIDE,
    }
