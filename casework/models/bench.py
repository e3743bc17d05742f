"""The mediator's bench: who may sit, who is away, which room is taken, and what is kept sealed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.fields import EncryptedField
from casework.models.base import Row
from casework.models.party import Side


class Absence(Row):
    """A person of the house is away: no case is given to them and no session laid on them."""

    user = models.ForeignKey("casework.User", models.PROTECT, related_name="absences")
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    why = models.CharField(_("reason"), max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="absence_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.since} - {self.until}"


class Tie(models.TextChoices):
    """How a person of the house is tied to somebody outside."""

    EMPLOYER = "EMPLOYER", _("worked or works there")
    RELATIVE = "RELATIVE", _("relative")
    REPRESENTED = "REPRESENTED", _("represented them")
    OTHER = "OTHER", _("other relation")


class Interest(Row):
    """A tie that a person of the house declared: it keeps them off every case of that name."""

    user = models.ForeignKey("casework.User", models.PROTECT, related_name="interests")
    tie = models.CharField(max_length=12, choices=Tie)
    name = models.CharField(_("name of the firm or person"), max_length=100)
    credit_code = models.CharField(_("credit code"), max_length=18, blank=True)
    note = models.CharField(_("note"), max_length=120, blank=True)
    ended_on = models.DateField(_("no longer since"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user}: {self.name}"


class Recusal(Row):
    """A side asks for another mediator, or a mediator discloses a relation; the head decides."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="recusals")
    mediator = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    asked_by = models.CharField(_("asked by"), max_length=10)
    ground = models.CharField(_("ground"), max_length=12)
    words = models.CharField(_("what is alleged"), max_length=200)
    asked_at = models.DateTimeField()
    waived = models.BooleanField(_("waived in writing by both sides"), default=False)
    outcome = models.CharField(_("decision"), max_length=10, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(outcome=""), name="one_open_recusal_per_case"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.mediator}"


class Room(Row):
    """A room for sessions."""

    name = models.CharField(_("room"), max_length=60)
    district = models.ForeignKey("casework.District", models.PROTECT, null=True)
    seats = models.PositiveSmallIntegerField(_("seats"), default=8)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Booking(Row):
    """A room or a person taken by a session for a time. The database refuses an overlap.

    `resource` is the id of the room, of the member of the house, or of the party's person or firm:
    ids are unique across tables.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="bookings")
    session = models.ForeignKey("casework.Session", models.PROTECT, related_name="bookings")
    resource = models.BigIntegerField()
    words = models.CharField(_("who or what"), max_length=100)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    released = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["resource", "begins_at"], name="booking_by_resource",
                condition=Q(released=False),
            )
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="booking_takes_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.words} {self.begins_at}"


class SealedOffer(Row):
    """What one side would give or take, in yuan: nobody reads it until both offers overlap."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="sealed_offers")
    side = models.CharField(max_length=10, choices=Side)
    round = models.PositiveSmallIntegerField(default=1)
    yuan = EncryptedField(_("sum"))
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "round", "side"], name="one_offer_per_side_and_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.side} {self.round}"
