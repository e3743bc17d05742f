"""The file: what a case is, who may see it, and what happened to it."""

from django.apps import AppConfig


class Casework(AppConfig):
    """Parties, claims, deadlines, ledger, access; and the law in rules/."""

    name = "casework"
