"""Each of the 38 papers is issued by a step of the process, or on demand with a look at it first."""

import ast
from pathlib import Path

import pytest

from documents.catalogue import KINDS
from mediation.commands.papers import on_demand

ROOT = Path(__file__).resolve().parents[2]
ISSUES = {"issue", "renew", "issue_when_known", "issue_paper", "supersede"}
BY_THE_STAGE = {
    "D01": "mediation/commands/calls.py", "D02": "mediation/commands/acceptance.py",
    "D03": "mediation/commands/referral.py", "D04": "mediation/commands/referral_answer.py",
    "D05": "mediation/commands/referral.py", "D07": "mediation/commands/neighbour.py",
    "D08": "mediation/commands/acceptance.py", "D09": "mediation/commands/mediation.py",
    "D10": "mediation/commands/mediation.py", "D12": "mediation/commands/mediation.py",
    "D13": "mediation/commands/ending.py", "D14": "mediation/commands/agreement.py",
    "D15": "mediation/commands/ending.py", "D16": "mediation/commands/application.py",
    "D17": "mediation/commands/application.py",
    "D18": "mediation/commands/application.py", "D19": "mediation/commands/application.py",
    "D20": "mediation/commands/petition.py", "D21": "mediation/commands/petition.py",
    "D22": "mediation/commands/supervision.py", "D23": "mediation/commands/supervision.py",
    "D24": "mediation/commands/supervision.py", "D25": "mediation/commands/acceptance.py",
    "D26": "mediation/commands/acceptance.py", "D27": "mediation/commands/collective.py",
    "D28": "mediation/commands/acceptance.py", "D29": "mediation/commands/serving.py",
    "D30": "mediation/commands/closing.py", "D31": "mediation/commands/closing.py",
    "D32": "documents/dossier.py", "D34": "mediation/commands/followup.py",
    "D35": "mediation/commands/acceptance.py", "D36": "mediation/commands/oversight.py",
    "D37": "mediation/commands/hazard.py",
    "D38": "mediation/commands/subsidy.py", "D39": "mediation/commands/bargaining.py",
}  # fmt: skip
# Nobody can tell by the file alone that these are wanted: a person decides, looks, and issues.
BY_HAND = {
    "D06": "the worker cannot sue alone: somebody who talked to them says why",
    "D11": "the reason of a request, and the decision with its reasons, are written for the paper",
}
NOT_OF_A_CASE = {"D33": "documents/reports.py", "D40": "documents/leaves.py"}


def test_every_paper_has_its_way():
    ways = [*BY_THE_STAGE, *BY_HAND, *NOT_OF_A_CASE]
    assert sorted(ways) == sorted(KINDS)
    assert set(BY_HAND) <= set(on_demand())


@pytest.mark.parametrize("code", sorted(BY_THE_STAGE))
def test_the_stage_issues_it(code):
    tree = ast.parse((ROOT / BY_THE_STAGE[code]).read_text("utf-8"))
    calls = [each for each in ast.walk(tree) if isinstance(each, ast.Call)]
    named = {getattr(call.func, "attr", getattr(call.func, "id", "")) for call in calls}
    assert named & ISSUES
    assert code in {each.value for each in ast.walk(tree) if isinstance(each, ast.Constant)}


@pytest.mark.parametrize("code", sorted(NOT_OF_A_CASE))
def test_a_job_prints_what_is_of_no_case_or_for_one_volume_alone(code):
    assert f'"{code}"' in (ROOT / NOT_OF_A_CASE[code]).read_text("utf-8")
