"""Invented facts of the further papers."""

from datetime import date

MORE: dict[str, object] = {}
MORE_DAYS: dict[str, date] = {}
MORE_NUMBERS: dict[str, str] = {}
