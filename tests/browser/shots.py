"""Which pictures the documentation shows: whose page, where, how much of it."""

from dataclasses import dataclass

DESK, PHONE = (1280, 800), (390, 780)
COLOURS = 64
MOST_BYTES = 80_000


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: file name, whose browser ("worker:NAME" behind the code), address, what is typed first."""

    name: str
    who: str
    path: str
    typed: tuple[tuple[str, str], ...] = ()
    phone: bool = False
    high: int = DESK[1]


SHOTS = (
    Shot("case", "dengchuan", "/cases/{case:谷一帆}/", high=900),
    Shot("operator-home", "qinxiaoyue", "/", high=520),
    Shot("operator-call", "qinxiaoyue", "/call/", high=900, typed=(
        ("phone", "8102"), ("facts", "在物业公司做保洁，九月起没发工资，公司说等甲方结款。"), ("cause", "A02.01"),
    )),
    Shot("manager-work", "dengchuan", "/", high=560),
    Shot("manager-triage", "dengchuan", "/task/{task:triage}/"),
    Shot("mediator-work", "heminzhi", "/", high=420),
    Shot("mediator-record", "heminzhi", "/task/{task:hold_session}/"),
    Shot("mediator-draft", "heminzhi", "/task/{task:draft}/"),
    Shot("liaison-home", "luoqiming", "/", high=420),
    Shot("liaison-answer", "luoqiming", "{next}", high=600),
    Shot("worker-code", "", "/track/", phone=True),
    Shot("worker-status", "worker:程锦川", "/track/status/", phone=True, high=1000),
    Shot("worker-plan", "worker:程锦川", "/track/plan/", phone=True, high=1000),
    Shot("employer-code", "", "/door/", phone=True),
    Shot("employer-inside", "employer:左明渠", "/door/inside/", phone=True, high=1100),
    Shot("supervisor-cockpit", "yuanjing", "/cockpit/", high=1000),
    Shot("supervisor-list", "yuanjing", "/cockpit/overdue/", high=560),
    Shot("administrator-people", "admin", "/house/"),
    Shot("administrator-health", "admin", "/house/health/"),
    Shot("archivist-home", "gongwen", "/cases/", high=520),
)  # fmt: skip
