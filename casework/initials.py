"""The initials of a Chinese name as people type them: 邹世海 is zsh; 单于 may be cy, dy or sy."""

from itertools import islice, product

MOST_LETTERS = 8
MOST_READINGS = 12


def initials_of(name: str) -> list[str]:
    """Every reading's initials: surnames are read in more than one way, so all of them are kept."""
    from pypinyin import Style, pinyin  # 55 MB of readings, for those who write names only

    readings = pinyin(
        name[:MOST_LETTERS], style=Style.FIRST_LETTER, heteronym=True, errors="ignore"
    )
    made = ("".join(letters) for letters in product(*readings))
    return sorted(set(islice(made, MOST_READINGS))) if readings else []
