"""A person's own half-typed text: nobody else's rows exist for them."""

import json

from casework.models import Draft, User


def waiting(by: User) -> list[Draft]:
    """Drafts that wait, newest first."""
    return list(Draft.objects.filter(author=by, ended_at__isnull=True).order_by("-saved_at"))


def dropped(by: User) -> list[Draft]:
    """Drafts that can still be put back, newest first."""
    rows = Draft.objects.filter(author=by, ended_at__isnull=False).order_by("-ended_at")
    return [row for row in rows if row.body]


def found(by: User, form: str, key: str) -> Draft | None:
    """The draft of one form that waits."""
    rows = Draft.objects.filter(author=by, form=form, key=key, ended_at__isnull=True)
    return rows.first()


def newest(by: User, form: str, begins: str) -> Draft | None:
    """The newest waiting draft of a form whose key begins so (the forms of one case)."""
    rows = Draft.objects.filter(
        author=by, form=form, key__startswith=begins, ended_at__isnull=True
    )
    return rows.order_by("-saved_at").first()


def fields_of(row: Draft) -> dict[str, list[str]]:
    """What was typed, by field name."""
    typed: dict[str, list[str]] = json.loads(row.body) if row.body else {}
    return typed
