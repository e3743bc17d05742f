"""How templates of papers write dates, sums and lists: Chinese official style, no leading zeros."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from html import unescape

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from casework.clock import SHANGHAI
from casework.rules import money

register = template.Library()
NUMERALS = "零一二三四五六七八九十"
TYPE_AREA_PT, MARK_PT = 480.0, 36.0
HEADING_FITS = 20  # characters of 22 pt on 156 mm
SEAMS = re.compile(
    r"关于|请予|协助|移交|转办|办理|催告|履行|人(?=被|的|与)|与|等\d+人|被|拖欠|、|的(?=函)"
)


@register.filter
def day(value: date | None) -> str:
    """2026年3月5日; nothing for no date."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """2026年3月5日9时20分, by the wall clock of Shanghai."""
    if value is None:
        return ""
    local = value.astimezone(SHANGHAI)
    return f"{day(local)}{clock(local)}"


@register.filter
def clock(value: datetime | None) -> str:
    """9时20分, by the wall clock of Shanghai."""
    if value is None:
        return ""
    local = value.astimezone(SHANGHAI)
    return f"{local.hour}时{local.minute:02d}分"


@register.filter
def yuan(value: Decimal | None) -> str:
    """A sum in figures; nothing for none."""
    return "" if value is None else money.figures(value)


@register.filter
def capitals(value: Decimal | None) -> str:
    """A sum in capitals; nothing for none."""
    return "" if value is None else money.capitals(value)


@register.filter
def chinese(number: int) -> str:
    """A small number in Chinese (1 to 99): 十二."""
    tens, ones = divmod(int(number), 10)
    head = "" if tens == 0 else "十" if tens == 1 else NUMERALS[tens] + "十"
    return head + (NUMERALS[ones] if ones or not tens else "")


@register.filter
def listed(values: Sequence[object]) -> str:
    """Names joined by 、."""
    return "、".join(str(value) for value in values)


@register.filter
def slash(value: object) -> object:
    """The value, or the stroke that says nothing was left to fill in."""
    return "／" if value in ("", None, ()) else value


@register.filter
def grouped(code: str) -> str:
    """A verification code in groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


@register.filter
def halves(text: str) -> list[str]:
    """A long hash in two lines."""
    return [text[: len(text) // 2], text[len(text) // 2 :]]


@register.filter
def total(lines: Sequence[object]) -> Decimal:
    """The sum of the `yuan` of lines that have one."""
    sums = (getattr(line, "yuan", None) for line in lines)
    return sum((value for value in sums if value is not None), Decimal(0))


@register.filter
def column_total(lines: Sequence[object], at: int) -> Decimal:
    """The sum of one column of the members' shares."""
    shares = (getattr(line, "shares", ()) for line in lines)
    return sum((row[at] for row in shares if len(row) > at), Decimal(0))


@register.filter
def mark_size(name: str) -> str:
    """Type size of the red mark in pt: 36, smaller only when the name would not fit 170 mm."""
    return f"{min(MARK_PT, TYPE_AREA_PT / max(len(name), 1) / 1.12):.1f}"


@register.filter
def risen(name: str) -> str:
    """How far in pt the red rule moves up under a smaller mark: it stays 4 mm below the mark."""
    return f"{MARK_PT - float(mark_size(name)):.1f}"


@register.filter
def long_name(name: str) -> bool:
    """Whether an issuer's name is wider than its date, so that it needs the room at the right."""
    return len(name) > 13


@register.filter
def paragraphs(text: str) -> list[str]:
    """The lines of a text that are not blank."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.filter
def checked(flag: object) -> str:
    """A ticked or an open box."""
    return "☑" if flag else "☐"


@register.filter(is_safe=True)
def in_lines(heading: str) -> SafeString:
    """A heading broken by meaning: lines of like length, none of them a leftover (GB/T 9704 7.3.1)."""
    words = unescape(heading).strip()
    if len(words) <= HEADING_FITS:
        return format_html("{}", words)
    cuts = [cut.end() for cut in SEAMS.finditer(words)]
    cuts = [cut for cut in cuts if max(cut, len(words) - cut) <= HEADING_FITS + 1]
    middle = len(words) / 2
    cut = min(cuts, key=lambda at: abs(at - middle), default=round(middle))
    return format_html(
        '<span class="line">{}</span><span class="line">{}</span>', words[:cut], words[cut:]
    )
