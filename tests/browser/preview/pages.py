"""The contexts of the remaining pages."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from tests.browser.preview import contexts as c

Context = dict[str, Any]
D = Decimal


class Call(forms.Form):
    """Picture 1: a new call."""

    phone = forms.CharField(label="电话", initial="138 0000 1234")
    name = forms.CharField(label="姓名", required=False, initial="吕长河")
    style = forms.ChoiceField(label="称呼", required=False, choices=[("m", "师傅")])
    kind = forms.ChoiceField(label="身份", required=False, choices=[("m", "农民工")])
    member = forms.ChoiceField(label="工会会员", required=False, choices=[("", "不清楚")])
    story = forms.CharField(
        label="经过",
        widget=forms.Textarea(attrs={"rows": 4}),
        initial="木工班组 12 人，去年 11 月到今年 2 月在两江新区一住宅项目做工，砚石劳务招的人，没签书面合同。",
    )
    cause = forms.ChoiceField(
        label="类型", choices=[("A02.06", "A02.06 工程建设领域欠薪（总包先行清偿）")]
    )
    since = forms.DateField(
        label="开始时间", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    left = forms.DateField(
        label="离场时间", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    tried = forms.ChoiceField(label="已找过", required=False, choices=[("", "劳务公司")])
    employer = forms.CharField(label="用人单位", required=False, initial="砚石劳务")
    contractor = forms.CharField(label="施工总承包", required=False, initial="磐川建设")
    place = forms.CharField(label="做工地点", required=False, initial="两江新区 · 住宅项目")
    people = forms.IntegerField(label="涉及人数", required=False, initial=12)
    yuan = forms.DecimalField(label="合计欠薪", required=False, initial=D("254700.00"))
    to = forms.ChoiceField(label="派往", required=False, choices=[("1", "两江新区总工会")])
    wish = forms.ChoiceField(label="希望", required=False, choices=[("1", "调解和投诉")])
    consent = forms.MultipleChoiceField(
        label="本人已同意（逐项念给对方听）",
        required=False,
        choices=[("e", "联系单位"), ("h", "转人社"), ("j", "转司法"), ("c", "转法院")],
        widget=forms.CheckboxSelectMultiple,
        initial=["e", "h"],
    )

    sections = [
        ("来电人", ["phone", "name", "style", "kind", "member"]),
        ("事情", ["story", "cause", "since", "left", "tried"]),
        ("单位", ["employer", "contractor", "place"]),
        ("人数与金额", ["people", "yuan"]),
        ("去向", ["to", "wish", "consent"]),
    ]
    widths = {
        "phone": "w4",
        "name": "w2",
        "style": "w2",
        "kind": "w2",
        "member": "w2",
        "cause": "w6",
        "since": "w2",
        "left": "w2",
        "tried": "w2",
        "employer": "w4",
        "contractor": "w4",
        "place": "w4",
        "people": "w2",
        "yuan": "w4",
        "to": "w4",
        "wish": "w2",
        "consent": "w6",
    }
    units = {"people": "人", "yuan": "元"}


class Answer(forms.Form):
    """Picture 4: what a party may answer."""

    number = forms.CharField(
        label="本单位案号（可后补）", required=False, initial="两江人社监立〔2026〕57号"
    )
    clerk = forms.CharField(label="经办人", initial="罗启明")
    until = forms.DateField(
        label="预计办结", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    missing = forms.CharField(
        label="缺什么材料", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    reason = forms.CharField(label="理由", required=False)
    words = forms.CharField(
        label="想说的话（可不填）", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class Terms(forms.Form):
    """Picture 5: how the two sides settle the rest."""

    default = forms.CharField(
        label="违约",
        widget=forms.Textarea(attrs={"rows": 2}),
        initial="任一期逾期满 3 个工作日，未付款全部到期。",
    )


def pages() -> dict[str, tuple[str, Context]]:
    """Every further page by its name: template and context."""
    return {
        "desks/operator": ("desks/operator.html", operator()),
        "case/detail": ("case/detail.html", case()),
        "intake/call": ("intake/call.html", call()),
        "intake/call-wrong": (
            "intake/call.html",
            {**call(), "form": Call({"phone": "", "story": ""}), "caller": None, "call": None},
        ),
        "referral/answer": ("referral/answer.html", answer()),
        "referral/answer-sent": (
            "referral/answer.html",
            {
                **answer(),
                "answered": {
                    "light": c.light("done", "已答复 03-13"),
                    "words": "同意接收，已立案检查。",
                },
            },
        ),
        "agreement/draft": ("agreement/draft.html", agreement()),
        "process/diagram": ("process/diagram.html", {"head": c.HEAD, "diagrams": [diagram()]}),
        "account/login": (
            "account/login.html",
            {
                "form": AuthenticationForm(),
                "notices": [
                    {
                        "on": date(2026, 3, 24),
                        "words": "3 月 28 日（周六）22:00 至 23:00 维护，期间只能查询。",
                    }
                ],
                "demo": [{"name": "operator", "role": "坐席"}],
            },
        ),
        "account/login-wrong": ("account/login.html", {"form": wrong_login()}),
        "track/code": ("track/code.html", {}),
        "track/code-failed": ("track/code.html", {"failed": True}),
        "track/status": ("track/status.html", status()),
        "track/otp": ("track/otp.html", {"phone_mask": "138****1234", "status_url": "#"}),
        "track/otp-sent": (
            "track/otp.html",
            {"phone_mask": "138****1234", "status_url": "#", "sent": True, "failed": True},
        ),
        "track/plan": ("track/plan.html", plan()),
        "track/diagram": (
            "track/diagram.html",
            {"status_url": "#", "diagrams": [{"title": "调解", "steps": c.STEPS}]},
        ),
        **{str(code): (f"{code}.html", {}) for code in (400, 403, 404, 409, 500)},
    }


def operator() -> Context:
    """The operator's desk."""
    calls = [
        {
            "at": c.at(3, 10, 9, 24),
            "number": "CQ12351-20260310-0012",
            "url": "#",
            "caller": "吕师傅",
            "words": "工程欠薪，12 人",
            "light": c.light("done", "已登记"),
        }
    ]
    return {
        "title": "我的工单",
        "today": date(2026, 3, 10),
        "new_call_url": "/intake/call",
        "calls": calls,
        "strip": c.STRIP,
        "rows": c.ROWS[:3],
    }


def case() -> Context:
    """Picture 3."""
    return {
        "head": c.HEAD,
        "main": {"words": "起草协议", "url": "/agreement/draft", "key": "Alt+G"},
        "actions": [{"words": "约时间", "url": "/steps/step", "key": "Alt+S"}],
        "cases_url": "#",
        "journey": c.JOURNEY,
        "parties": c.PARTIES,
        "parties_note": "截至 2026-03-24，登记后第 10 个工作日",
        "parties_more": {"words": "再转一家", "url": "#"},
        "tasks": [
            {"light": c.SOON, "words": "约第二次调解", "who": "何敏之", "url": "/steps/step"}
        ],
        "clocks": c.CLOCKS,
        "clocks_note": "5 条，2 条已完成",
        "events": c.EVENTS,
        "events_note": "只增不改，最近 4 条",
        "events_more": {"words": "全部 31 条", "url": "#"},
        "people": c.PEOPLE,
        "papers": c.PAPERS,
        "papers_note": "4 项，1 项缺签字",
        "claims": c.CLAIMS,
        "claims_title": "拖欠工资",
        "money": c.MONEY,
        "diagram_url": "/process/diagram",
    }


def call() -> Context:
    """Picture 1."""
    return {
        "title": "新来电",
        "form": Call(),
        "call": {
            "state_words": "通话中 04:12",
            "phone": "138 0000 1234",
            "place": "重庆",
            "line": "12351 市级线路",
        },
        "draft": {"state": "saved", "at": c.at(3, 10, 9, 24)},
        "bands": c.gallery()["bands"][:1],
        "caller": {
            "known_words": "已知来电人（同号码）",
            "name": "吕长河",
            "notes": ["农民工", "木工班组长"],
            "history": [
                {
                    "on": date(2026, 3, 6),
                    "words": "咨询：没签合同怎么要工资",
                    "light": c.light("done", "已答复"),
                }
            ],
            "summary": "在办案件 0 件　180 天内来电 1 次",
        },
        "laws_note": "按类型 A02.06",
        "laws": [
            {
                "words": "分包单位欠薪，由施工总承包单位先行清偿",
                "rest": "，再依法追偿。",
                "source": "《保障农民工工资支付条例》第三十条",
            }
        ],
        "sums": {
            "rows": [
                ("8 人 × 21,600.00", D("172800")),
                ("3 人 × 18,900.00", D("56700")),
                ("1 人 × 25,200.00", D("25200")),
            ],
            "total": D("254700"),
            "note": "与口述一致",
        },
        "limitation": {
            "until": date(2027, 3, 1),
            "light": c.light("normal", "还有 356 个自然日"),
            "provisional": True,
            "words": "离场次日起一年。2027 年放假安排未公布，公布后重算。",
        },
        "submit_words": "登记并派单",
        "actions": [
            {"words": "当场答复办结", "name": "answer", "value": "1", "key": "Alt+A"},
            {"words": "转紧急", "name": "emergency", "value": "1", "key": "Alt+E"},
        ],
        "action_note": "涉及人身危险时先转紧急，不等资料。",
    }


def answer() -> Context:
    """Picture 4."""
    form = Answer()
    choices = [
        {
            "value": "accept",
            "words": "同意接收",
            "note": "由本单位办理，从今天起算办理期限",
            "chosen": True,
            "bounds": [form["number"], form["clerk"], form["until"]],
        },
        {
            "value": "return",
            "words": "退回补充材料",
            "note": "一次列全；补齐前本单位期限暂停",
            "bounds": [form["missing"]],
        },
        {
            "value": "decline",
            "words": "不属本单位",
            "note": "写明理由，可指明应转的单位",
            "bounds": [form["reason"]],
        },
    ]
    return {
        "unit_words": "罗启明　两江新区劳动保障监察",
        "valid_words": "本链接只打开这一件，有效至 2026-03-25",
        "contact": {"words": "工会经办 邓川", "phone": "023-0000 1235"},
        "number": "渝工转〔2026〕41号",
        "place_words": "第 1 件，共 3 件",
        "title": "请核查：砚石劳务、磐川建设拖欠 12 名建筑工人工资",
        "band": {
            "kind": "warn",
            "fact": "请在 3 月 16 日（周一）下班前答复",
            "consequence": "还有 2 个工作日　03-11 签收，集体争议 3 个工作日（五方约定）",
        },
        "asks": [
            "核查劳务公司是否拖欠 12 人 2025 年 11 月至 2026 年 2 月工资。",
            "核查总包是否按月足额拨付农民工工资专用账户。",
            "依法责令支付；结果反馈工会。",
        ],
        "asks_note": "事项：劳动保障监察",
        "facts_left": [
            ("职工", "吕长河等 12 人，木工班组"),
            ("电话", "138 0000 1234"),
            ("身份", "已核验，号码遮住"),
        ],
        "facts_right": [
            ("用人单位", "砚石劳务"),
            ("施工总承包", "磐川建设"),
            ("欠薪", "254,700.00 元"),
        ],
        "story": "工人由砚石劳务招用，没有签书面合同，有考勤照片和班组记工单。",
        "story_note": "职工已同意向贵单位提供以上信息（2026-03-10）。",
        "papers": c.PAPERS[:2],
        "papers_note": "2 份，可直接看",
        "form": form,
        "choices": choices,
        "tail": [form["words"]],
        "submit_words": "发出答复",
        "next_one": {
            "words": "下一件（还有 2 件）",
            "about": "渝工转〔2026〕43号　川麓配送",
            "light": c.SOON,
            "url": "#",
        },
    }


def agreement() -> Context:
    """Picture 5."""
    each = "10,800.00 / 9,450.00 / 12,600.00"
    capitals = "壹拾贰万柒仟叁佰伍拾元整"
    return {
        "title": "调解协议书",
        "version_words": "第 2 稿",
        "head": c.HEAD,
        "draft": {"state": "saved", "at": c.at(3, 25, 9, 52)},
        "form": Terms(),
        "clauses_note": "3 条，按请求生成",
        "clauses": [
            {
                "no": "一",
                "title": "劳动关系与期间",
                "text": "2025-11-03 至 2026-02-28，12 人受砚石劳务招用。",
                "from_words": "已确认事实 1–3",
                "edit_url": "#",
                "down": "1-down",
            },
            {
                "no": "二",
                "title": "工资",
                "text": "砚石劳务确认拖欠 12 人工资合计 254,700.00 元；磐川建设先行清偿，再依法追偿。",
                "from_words": "请求 A02.01",
                "edit_url": "#",
                "linked": True,
                "up": "2-up",
                "down": "2-down",
            },
            {
                "no": "三",
                "title": "支付安排",
                "text": "分两期付清，见下表。付至各人本人账户，不由班组长代领。",
                "from_words": "请求 A02.01",
                "edit_url": "#",
                "up": "3-up",
            },
        ],
        "plan": [
            {
                "no": 1,
                "due": date(2026, 4, 8),
                "yuan": D("127350"),
                "capitals": capitals,
                "each": each,
            },
            {
                "no": 2,
                "due": date(2026, 5, 6),
                "yuan": D("127350"),
                "capitals": capitals,
                "each": each,
            },
        ],
        "plan_total": {
            "yuan": D("254700"),
            "capitals": "贰拾伍万肆仟柒佰元整",
            "each": "21,600.00 / 18,900.00 / 25,200.00",
            "light": c.light("done", "等于请求额"),
        },
        "checks": c.CHECKS,
        "checks_words": "1 项通过，1 项待办，1 项不通过",
        "submit_words": "送邓川复核",
        "actions": [{"words": "定稿待签", "name": "final", "value": "1", "off": True}],
        "action_note": "定稿要先满 12 人同意、复核通过。定稿后改一字即成新稿，已签作废。",
    }


def diagram() -> Context:
    """A process and its text twin."""
    states = [
        ("done", "已完成", "约时间", "何敏之", "03-16"),
        ("live", "正在办", "开会", "何敏之", "03-25"),
        ("todo", "未开始", "写结果", "", ""),
        ("skipped", "没有经过", "撤回", "", ""),
    ]
    return {
        "title": "调解",
        "svg_url": "",
        "steps": [
            {"state": s, "state_words": w, "words": t, "who": p, "when": d}
            for s, w, t, p, d in states
        ],
    }


def wrong_login() -> AuthenticationForm:
    """A log-in that failed."""
    form = AuthenticationForm(data={"username": "hemz", "password": ""})
    form.add_error(None, "x")
    return form


def status() -> Context:
    """Picture 6b."""
    return {
        "hello": "吕师傅，您好",
        "sentence": "您的事正在调解。",
        "plain": "工会正在跟单位谈工资的事。",
        "next": {
            "day": date(2026, 3, 25),
            "hour": c.at(3, 25, 9, 30),
            "words": "到区总工会调解室一。请带记工单。",
        },
        "steps": c.STEPS,
        "notes": [
            {"bold": "3月27日", "words": "以后还没谈成，您可以去申请仲裁。"},
            {"words": "调解不收钱，仲裁也不收钱。"},
        ],
        "details_url": "/track/otp",
    }


def plan() -> Context:
    """Picture 6c."""
    pays = [
        {
            "no": 1,
            "day": date(2026, 4, 8),
            "yuan": D("10800"),
            "state": "paid",
            "words": "已到账",
        },
        {
            "no": 2,
            "day": date(2026, 5, 6),
            "yuan": D("10800"),
            "state": "now",
            "words": "还没到日子，还有 26 天",
        },
    ]
    return {
        "total_yuan": D("21600"),
        "paid_yuan": D("10800"),
        "rest_yuan": D("10800"),
        "paid_percent": 50,
        "pays": pays,
        "advice": "5月6日没到账，打电话就行。工会会去催。",
        "common": "12 人一共 254,700.00 元，已到一半。",
        "papers": [{"words": "看协议书", "url": "#"}],
        "status_url": "/track/status",
    }
