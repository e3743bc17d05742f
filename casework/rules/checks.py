"""Check digits and forms of numbers that people type."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable

from casework.rules.errors import BadInput

IDENTITY = re.compile(r"\d{17}[\dX]")
IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_CHECKS = "10X98765432"
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT = re.compile(rf"[{CREDIT_ALPHABET}]{{2}}\d{{6}}[{CREDIT_ALPHABET}]{{10}}")
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"(010|02\d|0[3-9]\d{2})([2-9]\d{6,7})")
SERVICE = re.compile(r"[48]00\d{7}|1[02]\d{1,3}|9\d{4}")
FIRST_BIRTH_YEAR = 1900
TRACKING_RANDOM = 14
TRACKING = re.compile(r"\d{16}")

LEGAL_FORM = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|公司)$")
SHORTEST_FIRM = 2


def identity_number_ok(text: str) -> bool:
    """Whether an 18-digit identity number has a real birth date and the right check digit.

    The region is not judged: codes change, and people born before keep theirs. Source: GB 11643.
    """
    number = _tidy(text)
    if not IDENTITY.fullmatch(number):
        return False
    try:
        born = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(
        int(digit) * weight for digit, weight in zip(number, IDENTITY_WEIGHTS, strict=False)
    )
    return born.year >= FIRST_BIRTH_YEAR and number[-1] == IDENTITY_CHECKS[total % 11]


def credit_code_ok(text: str) -> bool:
    """Whether a unified social credit code has the right check character. Source: GB 32100."""
    code = _tidy(text)
    if not CREDIT.fullmatch(code):
        return False
    total = sum(CREDIT_ALPHABET.index(char) * pow(3, i, 31) for i, char in enumerate(code[:17]))
    return CREDIT_ALPHABET.index(code[-1]) == -total % 31


def digits_in(text: str) -> str:
    """The digits of what was typed, as ASCII: those of a Chinese keyboard (full width) too."""
    return re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", text))


def phone_normal(text: str) -> str | None:
    """A phone number in one form: 11 digits, 023-67123456, 4001234567; None if it is none."""
    digits = re.sub(r"[\s()\-.]", "", unicodedata.normalize("NFKC", text))
    digits = re.sub(r"^(\+|00)86", "", digits)
    if MOBILE.fullmatch(digits) or SERVICE.fullmatch(digits):
        return digits
    line = LANDLINE.fullmatch(digits)
    if line is None:
        return None
    area, number = line.groups()
    return f"{area}-{number}"


def firm_key(name: str, places: Iterable[str] = ()) -> str:
    """A firm's name as callers mean it: without place, legal form, brackets and blanks; "" for less than two signs.

    With the place 重庆市, 岚桥机电, 重庆岚桥机电有限公司 and 岚桥机电（重庆）有限公司 are one key. `places` are the names
    of the house's own city and province. A hint only: names are no proof.
    """
    bare = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", name).upper())
    short = LEGAL_FORM.sub("", bare)
    for place in places:
        short = short.replace(place, "").replace(place.rstrip("省市"), "")
    found = short if len(short) >= SHORTEST_FIRM else bare
    return found if len(found) >= SHORTEST_FIRM else ""


def tracking_check_digits(digits: str) -> str:
    """The two check digits of 14 digits. Raises: BadInput. Source: ISO 7064 MOD 97-10."""
    if not re.fullmatch(rf"\d{{{TRACKING_RANDOM}}}", digits, re.ASCII):
        raise BadInput("14 digits")
    return f"{98 - int(digits) * 100 % 97:02d}"


def tracking_code_ok(text: str) -> bool:
    """Whether a 16-digit tracking code, spaces and hyphens allowed, has the right check digits."""
    code = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text))
    return bool(TRACKING.fullmatch(code)) and int(code) % 97 == 1


def new_tracking_code(random_digits: str) -> str:
    """A 16-digit code from 14 random digits, which the caller draws. Raises: BadInput."""
    return random_digits + tracking_check_digits(random_digits)


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().upper()
