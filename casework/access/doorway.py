"""Whom the house asks for a second factor: roles named by a setting."""

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from casework.models import User


def needs_second_factor(user: "User") -> bool:
    """Whether one of the person's roles is asked for it."""
    return bool(set(user.roles) & set(settings.WUFANG_SECOND_FACTOR_ROLES))
