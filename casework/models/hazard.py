"""Inspections for hazards (隐患): what two inspectors found, and whether it is mended."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class Grade(models.TextChoices):
    """How grave it is."""

    IMMEDIATE = "IMMEDIATE", _("danger to life now")
    SERIOUS = "SERIOUS", _("serious hazard")
    ORDINARY = "ORDINARY", _("ordinary hazard")


class InspectionState(models.TextChoices):
    """Where an inspection stands."""

    OPEN = "OPEN", _("to be mended")
    LATE = "LATE", _("not mended in time")
    MENDED = "MENDED", _("mended")
    TO_AUTHORITY = "TO_AUTHORITY", _("to the authority")


class Inspection(Row):
    """One visit by two inspectors or more; `fix_by` is the day they set, `rechecks` how often they came again."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="inspections")
    state = models.CharField(
        max_length=16, choices=InspectionState, default=InspectionState.OPEN
    )
    grade = models.CharField(_("grade"), max_length=12, choices=Grade)
    place = models.CharField(_("place"), max_length=120)
    found_on = models.DateField(_("inspected on"))
    people = models.PositiveIntegerField(_("people at risk"))
    withdrawn = models.BooleanField(_("people were withdrawn"), default=False)
    measures = ArrayField(models.CharField(max_length=300), default=list)
    fix_by = models.DateField(_("to be mended by"))
    inspectors = ArrayField(models.CharField(max_length=40), default=list)
    rechecks = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="one_open_inspection_a_case",
                condition=Q(state__in=["OPEN", "LATE"]),
            ),
            models.CheckConstraint(
                condition=Q(inspectors__len__gte=2), name="an_inspection_takes_two"
            ),
            models.CheckConstraint(
                condition=Q(fix_by__gte=models.F("found_on")), name="mended_after_it_was_found"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.place} {self.found_on}"


class Hazard(Row):
    """One thing that is dangerous, the rule it breaks, and the day it was seen mended."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="hazards")
    number = models.PositiveSmallIntegerField()
    what = models.CharField(_("hazard"), max_length=300)
    rule = models.CharField(_("rule breached"), max_length=120)
    mended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["inspection", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "number"], name="one_hazard_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.what}"


class HazardPhoto(Row):
    """A photograph of an inspection or a second look, cleaned: no place, no camera, no hour."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="photos")
    look = models.PositiveSmallIntegerField(
        default=0, help_text=_("0: the inspection; 1, 2: the second looks")
    )
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["look", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "sha256"], name="a_photo_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return self.sha256[:8]


class Duty(Row):
    """Who answers for emergencies on a day (值班表): the first seat, and the second if the first does not answer."""

    district = models.ForeignKey("casework.District", models.PROTECT, null=True, blank=True)
    on = models.DateField(_("day"))
    first = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    second = models.ForeignKey("casework.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on", "district"]
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(
                fields=["district", "on"], name="one_duty_a_day", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=~Q(first=models.F("second")), name="two_seats_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.first}"
