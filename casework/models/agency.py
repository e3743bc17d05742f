"""The five agencies (and any further one), their offices, and the routes between them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class Agency(models.Model):
    """One of the bodies which can take a referral (联动单位): a row, so that a sixth can be added."""

    code = models.CharField(_("code"), max_length=32, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    short = models.CharField(_("short name"), max_length=12)
    order = models.PositiveSmallIntegerField(default=0)
    is_core = models.BooleanField(_("one of the five"), default=False)
    visible_fields = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class Office(Row):
    """An office of an agency: the place that a referral goes to (受理机构, 窗口)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="offices")
    district = models.ForeignKey("casework.District", models.PROTECT, null=True, blank=True)
    window = models.CharField(_("window"), max_length=32, blank=True)
    name = models.CharField(_("name"), max_length=80)
    level = models.CharField(_("level"), max_length=16, default="district")
    address = models.CharField(_("address"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    is_open = models.BooleanField(_("open"), default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Route(Row):
    """A row of the routing table: (matter, district, level) -> office, fallback office."""

    matter = models.CharField(_("matter"), max_length=40)
    district = models.ForeignKey("casework.District", models.PROTECT, null=True, blank=True)
    level = models.CharField(_("level"), max_length=16, default="district")
    office = models.ForeignKey(Office, models.PROTECT, related_name="routes")
    fallback = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "district", "level"],
                name="one_route_per_matter",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter} -> {self.office}"
