"""A list of workers that came as a file: read, looked at, then taken over or put aside."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.fields import EncryptedField
from casework.models.base import Row


class ListState(models.TextChoices):
    """Where a list stands."""

    CHECKED = "CHECKED", _("read, nothing taken over")
    IMPORTED = "IMPORTED", _("taken over")
    DISCARDED = "DISCARDED", _("put aside")


class MemberList(Row):
    """One list of members of a collective case. `rows` is what was read, sealed: it holds numbers and telephones."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="member_lists")
    name = models.CharField(_("name of the file"), max_length=120)
    sha256 = models.CharField(max_length=64)
    rows = EncryptedField(_("rows"))
    row_count = models.PositiveIntegerField(_("rows"), default=0)
    state = models.CharField(max_length=10, choices=ListState, default=ListState.CHECKED)
    taken = models.PositiveIntegerField(_("members taken over"), default=0)
    read_at = models.DateTimeField()
    read_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["read_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(state="CHECKED"),
                name="one_open_list_per_case",
            )
        ]

    def __str__(self) -> str:
        return self.name
