"""Numbers that people type: identity, credit code, telephone, tracking code."""

import pytest

from casework.rules.checks import (
    credit_code_ok,
    digits_in,
    firm_key,
    identity_number_ok,
    new_tracking_code,
    phone_normal,
    tracking_check_digits,
    tracking_code_ok,
)
from casework.rules.errors import BadInput

# Invented: the region 000000 and the serial 000 exist nowhere.
IDENTITY = "00000019900307000"


def identity_check(seventeen):
    """GB 11643 by its definition: weights are powers of two modulo 11."""
    total = sum(int(digit) * pow(2, 17 - i, 11) for i, digit in enumerate(seventeen))
    return "0123456789X"[(1 - total) % 11]


def test_an_identity_number_has_its_check_digit():
    number = IDENTITY + identity_check(IDENTITY)
    assert identity_number_ok(number)
    assert identity_number_ok(f" {number.lower()} ")
    for wrong in set("0123456789X") - {number[-1]}:
        assert not identity_number_ok(IDENTITY + wrong)


def test_check_digit_x_may_be_typed_small_or_in_full_width():
    seventeen = next(
        base
        for base in (f"0000001990030700{i}" for i in range(10))
        if identity_check(base) == "X"
    )
    assert identity_number_ok(seventeen + "x")
    assert identity_number_ok(seventeen + "\uff38")


@pytest.mark.parametrize("born", ["19900230", "19901301", "18991231", "00000101"])
def test_an_identity_number_has_a_real_birth_date_since_1900(born):
    number = f"000000{born}000"
    assert not identity_number_ok(number + identity_check(number))


def test_born_on_the_first_day_of_1900_is_possible():
    number = "00000019000101000"
    assert identity_number_ok(number + identity_check(number))


@pytest.mark.parametrize("text", ["", "1" * 17, "1" * 19, "A" * 18, "0" * 17 + "Y"])
def test_an_identity_number_has_eighteen_places(text):
    assert not identity_number_ok(text)


ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FIRM = "910000000000000XY"


def credit_check(seventeen):
    """GB 32100 by its definition: weights are powers of three modulo 31."""
    total = sum(ALPHABET.index(char) * 3**i for i, char in enumerate(seventeen))
    return ALPHABET[(31 - total % 31) % 31]


def test_a_credit_code_has_its_check_character():
    code = FIRM + credit_check(FIRM)
    assert credit_code_ok(code)
    assert credit_code_ok(code.lower() + " ")
    for wrong in set(ALPHABET) - {code[-1]}:
        assert not credit_code_ok(FIRM + wrong)


@pytest.mark.parametrize("text", ["", FIRM, FIRM + "00", "I" + FIRM, "9100000A000000000X"])
def test_a_credit_code_has_its_form(text):
    assert not credit_code_ok(text)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("138 0000 5511", "13800005511"),
        ("+86 138-0000-5511", "13800005511"),
        ("008613800005511", "13800005511"),
        ("\uff11\uff13\uff18\uff10\uff10\uff10\uff10\uff15\uff15\uff11\uff11", "13800005511"),
        ("(023) 67123456", "023-67123456"),
        ("0830-2345678", "0830-2345678"),
        ("010.65123456", "010-65123456"),
        ("12351", "12351"),
        ("120", "120"),
        ("110", None),
        ("400-123-4567", "4001234567"),
        ("95588", "95588"),
        ("12800005511", None),
        ("1380000551", None),
        ("023-1712345", None),
        ("phone", None),
        ("", None),
    ],
)
def test_telephone_numbers_in_one_form(typed, normal):
    assert phone_normal(typed) == normal


def test_digits_are_found_whatever_keyboard_typed_them():
    """A Chinese keyboard types in full width; other signs that Python calls digits are none."""
    assert digits_in("\uff11\uff12 3-\uff14") == "1234"
    assert digits_in("\u0661 ② 二") == "2"


def test_a_tracking_code_has_two_check_digits():
    """ISO 7064 MOD 97-10: the whole number leaves 1."""
    code = new_tracking_code("12345678901234")
    assert len(code) == 16
    assert int(code) % 97 == 1
    assert tracking_code_ok(f"{code[:4]} {code[4:8]}-{code[8:]}")
    assert new_tracking_code("0" * 14).endswith("98")


def test_one_wrong_digit_or_two_swapped_are_noticed():
    code = new_tracking_code("12345678901234")
    for place in range(16):
        for digit in set("0123456789") - {code[place]}:
            assert not tracking_code_ok(code[:place] + digit + code[place + 1 :])
    for place in range(15):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert tracking_code_ok(swapped) is (swapped == code)


@pytest.mark.parametrize("digits", ["", "1" * 13, "1" * 15, "a" * 14, "\u0661" * 14])
def test_check_digits_need_fourteen_digits(digits):
    with pytest.raises(BadInput):
        tracking_check_digits(digits)


@pytest.mark.parametrize("text", ["", "1" * 15, "1" * 17])
def test_a_tracking_code_has_sixteen_digits(text):
    assert not tracking_code_ok(text)


def test_a_firm_is_known_by_what_callers_call_it():
    names = (
        "岚桥机电",
        "重庆岚桥机电有限公司",
        "岚桥机电（重庆）有限公司",
        "重庆市岚桥 机电股份有限公司",
    )
    assert {firm_key(name, ["重庆市"]) for name in names} == {"岚桥机电"}
    assert firm_key("ＡＢＣ物流公司") == firm_key("abc物流")
    assert firm_key("重庆公司", ["重庆市"]) == "重庆公司", "too short without its place"
    assert firm_key("成都岚桥机电（四川）有限公司", ["成都市", "四川省"]) == "岚桥机电"
    assert firm_key("成都岚桥机电", ["重庆市"]) == "成都岚桥机电", (
        "another city is part of the name"
    )
    assert (firm_key("甲"), firm_key("（）")) == ("", "")
    assert firm_key("岚桥机械") != firm_key("岚桥机电")
