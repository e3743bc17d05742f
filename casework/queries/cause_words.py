"""What the groups of causes (A02, E01) are called in the reader's language; the table itself is Chinese."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casework.rules.taxonomy import cause_name

GROUPS = {
    "A01": gettext_lazy("whether there is an employment relationship"),
    "A02": gettext_lazy("pay for work"),
    "A03": gettext_lazy("concluding and performing the contract"),
    "A04": gettext_lazy("dismissal and end of the contract"),
    "A05": gettext_lazy("special forms of employment"),
    "A06": gettext_lazy("papers on leaving"),
    "B01": pgettext_lazy("cause", "social insurance"),
    "B02": gettext_lazy("work injury and occupational disease"),
    "C01": gettext_lazy("special protection of women workers"),
    "C02": gettext_lazy("other groups under special protection"),
    "D01": gettext_lazy("services under civil law"),
    "E01": gettext_lazy("new forms of employment"),
    "F01": gettext_lazy("safety and health at work"),
    "G01": gettext_lazy("union rights and democratic management"),
    "H01": gettext_lazy("help and services"),
    "K01": gettext_lazy("advice and suggestions"),
}


def group_words(code: str) -> str:
    """A group in words; a cause of the second level, or a code of no table, as the table has it."""
    return str(GROUPS.get(code) or cause_name(code))


def listed(codes: Iterable[str]) -> str:
    """Several of them, in a row."""
    return str(_(", ")).join(group_words(code) for code in codes)
