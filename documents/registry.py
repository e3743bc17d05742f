"""The codes of papers that can be issued here."""

from documents.catalogue import KINDS


def known() -> frozenset[str]:
    """The codes in the catalogue."""
    return frozenset(KINDS)
