"""The regular meeting of the liaisons of a district: agenda, minutes, and who does what until when."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class LiaisonMeeting(Row):
    """One meeting (联席会议). Its agenda names letters by number, never a worker: it belongs to no case.

    `duties`: rows {who, what, until, done_on}; kept when the meeting is closed.
    """

    district = models.ForeignKey("casework.District", models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(_("begins"))
    place = models.CharField(_("place"), max_length=80)
    office_ids = ArrayField(models.BigIntegerField(), default=list)
    agenda = models.TextField(_("agenda"))
    called_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    minutes = models.TextField(_("minutes"), blank=True)
    duties = models.JSONField(_("tasks"), default=list, blank=True)
    closed_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_at", "-id"]

    def __str__(self) -> str:
        return f"{self.district_id} {self.starts_at:%Y-%m-%d}"
