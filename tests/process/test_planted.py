"""`manage.py check` itself refuses unsafe flows: each is planted into the house, and named."""

import os
import subprocess
import sys

from django.conf import settings

PLANTED = """
from viewflow.workflow import nodes
from mediation.engine import flow
from mediation.engine.flow import this
from mediation.engine.steps import StepForm
from mediation.flows.referral import TakebackFlow


class Nothing(StepForm):
    def act(self):
        return ""


class NoLockFlow(flow.Flow):
    lock_impl = None
    begin = flow.StartHandle().Annotation(title="x").Next(this.end)
    end = flow.End().Annotation(title="x")


class ChildFlow(TakebackFlow):
    pass


class LongFlow(flow.Flow):
    begin = flow.StartHandle().Annotation(title="x").Next(this.s0)
    for number in range(13):
        locals()[f"s{number}"] = (
            flow.View(Nothing).Annotation(title="x").Permission("mediation.see_work")
            .Next(getattr(this, f"s{number + 1}"))
        )
    s13 = flow.End().Annotation(title="x")


class PoorFlow(flow.Flow):
    begin = flow.StartHandle().Annotation(title=" ").Next(this.open)
    open = flow.View(Nothing).Annotation(title="x").Next(this.unknown)
    unknown = (
        flow.View(Nothing).Annotation(title="x").Permission("mediation.fly").Next(this.formless)
    )
    formless = (
        flow.View(object).Annotation(title="x").Permission("mediation.see_work").Next(this.end)
    )
    end = nodes.End().Annotation(title="x")
"""
RUN = """
import sys
from mediation import flows
flows.__path__.append(sys.argv[1])
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "check"])
"""


def check(folder):
    return subprocess.run(
        [sys.executable, "-c", RUN, str(folder)],
        cwd=settings.ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_each_planted_unsafe_flow_is_refused_and_named(tmp_path):
    (tmp_path / "planted.py").write_text(PLANTED)
    done = check(tmp_path)
    assert done.returncode == 1, done.stderr
    for number, flow in (
        (1, "NoLockFlow"), (2, "ChildFlow"), (3, "LongFlow"), (4, "PoorFlow.begin"),
        (5, "PoorFlow.end"), (6, "PoorFlow.open"), (7, "PoorFlow.unknown"), (8, "PoorFlow.formless"),
    ):  # fmt: skip
        said = [line for line in done.stderr.splitlines() if f"wufang.E00{number}" in line]
        assert any(flow in line for line in said), (number, done.stderr[-3000:])


def test_without_the_planted_ones_the_house_is_safe(tmp_path):
    assert check(tmp_path).returncode == 0
