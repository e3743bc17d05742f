"""Collective bargaining, light (集体协商), and what an employer or the union must tell (通知工会)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class Topic(models.TextChoices):
    """What is bargained about."""

    WAGES = "WAGES", _("wages")
    WHOLE = "WHOLE", _("collective contract")
    SAFETY = "SAFETY", _("safety and health")
    WOMEN = "WOMEN", _("women workers")


class BargainState(models.TextChoices):
    """Where a round of bargaining stands."""

    OFFERED = "OFFERED", _("offer made")
    MEETING = "MEETING", _("they will meet")
    SIGNED = "SIGNED", _("contract signed")
    FILED = "FILED", _("contract filed")
    IN_FORCE = "IN_FORCE", _("contract in force")
    PUBLISHED = "PUBLISHED", _("made known to all")
    DISPUTE = "DISPUTE", _("with the labour department")
    ENDED = "ENDED", _("ended without a contract")


class Bargain(Row):
    """One round: the staff side's offer, the answer within its days, the meeting, the contract's way."""

    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="bargain")
    season = models.PositiveSmallIntegerField(_("season"))
    topic = models.CharField(_("topic"), max_length=8, choices=Topic)
    state = models.CharField(max_length=10, choices=BargainState, default=BargainState.OFFERED)
    people = models.PositiveIntegerField(_("people covered"))
    wishes = models.TextField(_("what is proposed, one a line"))
    received_on = models.DateField(_("offer received on"))
    answered_on = models.DateField(null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=400, blank=True)
    meets_on = models.DateField(null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    filed_on = models.DateField(null=True, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    dispute_on = models.DateField(null=True, blank=True)
    result = models.CharField(_("result"), max_length=400, blank=True)

    class Meta:
        ordering = ["-received_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(filed_on__isnull=True) | Q(filed_on__gte=models.F("signed_on")),
                name="filed_after_it_was_signed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.season} {self.topic}"


class NoticeKind(models.TextChoices):
    """What was told."""

    LAYOFF = "LAYOFF", _("layoff")
    DISMISSAL = "DISMISSAL", _("dismissal by the employer")
    UNION_RIGHTS = "UNION_RIGHTS", _("breach of union rights")


class UnionNotice(Row):
    """A notice to the union before a layoff or dismissal, or the union's own request to the government."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="notices_to_union")
    kind = models.CharField(max_length=12, choices=NoticeKind)
    people = models.PositiveIntegerField(_("people concerned"), default=1)
    staff = models.PositiveIntegerField(_("all staff"), null=True, blank=True)
    received_on = models.DateField(_("received on"))
    effect_on = models.DateField(_("takes effect on"), null=True, blank=True)
    reasons = models.TextField(_("reasons given"))
    late = models.BooleanField(_("told too late"), default=False)
    opinion = models.TextField(_("the union's opinion"), blank=True)
    opinion_on = models.DateField(null=True, blank=True)
    answer = models.TextField(_("written answer"), blank=True)
    answered_on = models.DateField(null=True, blank=True)
    heeded = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["-received_on", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.received_on}"
