"""Sums as papers write them; the rules of writing are the law's."""

from casework.rules.money import capitals, figures

__all__ = ["capitals", "figures"]
