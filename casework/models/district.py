"""Districts, as versioned data."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DistrictQuerySet(models.QuerySet["District"]):
    """Questions about districts."""

    def on(self, day: date) -> "DistrictQuerySet":
        """The districts that existed on a day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class District(models.Model):
    """A district or county (区县) by its GB/T 2260 code; a city is a contiguous range of codes."""

    code = models.PositiveIntegerField(_("code"), primary_key=True)
    name = models.CharField(_("name"), max_length=40)
    short = models.CharField(_("short name"), max_length=8, help_text=_("used in case numbers"))
    valid_from = models.DateField(_("valid from"), default=date(1997, 6, 18))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True)

    objects = DistrictQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
