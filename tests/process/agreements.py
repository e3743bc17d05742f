"""Agreements on their way: settled, drafted, ready to sign; and acts that race."""

import threading
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from casework.commands.base import CommandRefused
from mediation.engine.errors import AlreadyDone, Conflict, Invalid, NotFound
from tests.process.stage_c import Story, accepted, draft, held, settled_group, to_session

WORKERS = [f"W{number:02d}" for number in range(1, 13)]
DAY = "2026-03-24"
PARTS = [
    ("A02.01", "拖欠工资", Decimal("21000.00")),
    ("A04.01", "经济补偿", Decimal("15000.00")),
]


def settled_one(**more: Any) -> Story:
    """S07: one worker, 36,000 yuan."""
    story = to_session(accepted(claims=PARTS, firms=("砺锋机械",), **more))
    story.do("mediator", "hold_session", "2026-03-18 11:00", **held("SETTLED"))
    return story


def small(**more: Any) -> dict[str, Any]:
    days = ("2026-04-30", "2026-05-29", "2026-06-30")
    plan = [{"due_on": day, "amount_yuan": "12000.00"} for day in days]
    return {"instalments": plan, "no_unlawful_waiver": True, "accelerates": True, **more}


def ready_group() -> Story:
    """S01 up to the frozen text."""
    story = settled_group()
    story.do("mediator", "draft", f"{DAY} 09:00", **draft())
    story.do("manager", "read_over", f"{DAY} 10:00", decision="APPROVED")
    story.do("mediator", "make_ready", f"{DAY} 11:00", read_by_both=True)
    return story


def ready_one() -> Story:
    story = settled_one()
    story.do("mediator", "draft", f"{DAY} 09:00", **small())
    story.do("mediator", "make_ready", f"{DAY} 11:00", read_by_both=True)
    return story


def refused(story: Story, **data: Any) -> Any:
    """The form of a draft that is refused."""
    with pytest.raises(Invalid) as error:
        story.do("mediator", "draft", f"{DAY} 09:00", **data)
    return error.value.form


def race(*acts: Any) -> list[str]:
    barrier, came = threading.Barrier(len(acts)), ["" for _act in acts]

    def go(number: int, act: Any) -> None:
        try:
            barrier.wait(10)
            act()
            came[number] = "done"
        except (AlreadyDone, Conflict, CommandRefused, NotFound, Invalid) as error:
            came[number] = type(error).__name__
        except AssertionError:
            came[number] = "not open"
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return came
