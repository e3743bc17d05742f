"""The four responsibility lists: who answers for a limit, level by level, and that no list names the unknown."""

import pytest

from casework.rules.catalogue import seed
from casework.rules.responsibility import answerable, lists


@pytest.mark.parametrize(
    ("rule", "level", "new_form", "code", "number"),
    [
        ("P-03", "enterprise", False, "enterprise", 1),
        ("P-04", "enterprise", False, "district", 1),
        ("P-03", "district", False, "district", 1),
        ("P-03", "city", False, "city", 2),
        ("M-04", "street", False, "district", 2),
        ("M-05", "district", True, "industry", 1),
        ("P-04", "district", True, "district", 1),
        ("P-06", "enterprise", False, "city", 3),
    ],
)  # fmt: skip
def test_a_limit_is_the_duty_of_the_levels_list_or_of_the_one_above(
    rule, level, new_form, code, number
):
    found = answerable(rule, level, new_form=new_form)
    assert (found.list_code, found.number) == (code, number)


def test_an_agencys_own_limit_is_nobodys_of_the_union():
    assert answerable("I-03", "district") is None


def test_there_are_four_lists_and_each_leads_up_to_the_city():
    assert list(lists()) == ["enterprise", "industry", "district", "city"]
    for code in lists():
        seen = [code]
        while above := lists()[seen[-1]].above:
            assert above not in seen
            seen.append(above)
        assert seen[-1] == "city"


def test_every_duty_names_a_limit_of_the_catalogue():
    known = seed().codes()
    for each in lists().values():
        for duty in each.duties:
            assert {"zh", "en"} <= set(duty.what)
            for rule in duty.rules:
                assert any(code.startswith(rule) for code in known) or rule == "GEN-CARE"
