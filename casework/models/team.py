"""The three teams (三支队伍): who belongs to one, for which firms, and what they passed on."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class Team(models.TextChoices):
    """The three teams. Each is a role too."""

    INFORMATION = "INFORMATION", _("information officers")
    LAW = "LAW", _("law supervisors")
    PROTECTION = "PROTECTION", _("labour-protection inspectors")


class TeamMember(Row):
    """One person of a team: a district, and the firms they speak for (none named: the whole district)."""

    user = models.OneToOneField("casework.User", models.PROTECT, related_name="team")
    team = models.CharField(_("team"), max_length=12, choices=Team)
    district = models.ForeignKey("casework.District", models.PROTECT)
    firms = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["district", "team", "id"]

    def __str__(self) -> str:
        return f"{self.user} {self.team}"


class ClueKind(models.TextChoices):
    """What a team may pass on: rights and safety at work, nothing else."""

    RIGHTS = "RIGHTS", _("rights at work")
    SAFETY = "SAFETY", _("safety at work")


class ClueState(models.TextChoices):
    """What became of it."""

    PASSED_ON = "PASSED_ON", _("waits for the union")
    TAKEN_UP = "TAKEN_UP", _("taken up")
    NOT_TAKEN_UP = "NOT_TAKEN_UP", _("not taken up")


class Clue(Row):
    """A problem that a member passed on; it is a case from the first moment. What happened stands in the call record."""

    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="clue")
    member = models.ForeignKey(TeamMember, models.PROTECT, related_name="clues")
    reporter = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    kind = models.CharField(_("about"), max_length=8, choices=ClueKind)
    firm = models.CharField(_("firm"), max_length=100)
    place = models.CharField(_("place"), max_length=120, blank=True)
    words = models.CharField(_("in short"), max_length=80)
    photos = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    state = models.CharField(max_length=12, choices=ClueState, default=ClueState.PASSED_ON)
    passed_at = models.DateTimeField()
    answer = models.CharField(_("answer"), max_length=400, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-passed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="NOT_TAKEN_UP") | ~Q(answer=""),
                name="what_is_not_taken_up_is_answered",
            )
        ]

    def __str__(self) -> str:
        return self.words
