"""Unions elsewhere (协作伙伴): whom we write to, whose districts are paired with ours, who joins a session."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class Partner(Row):
    """A union in another province: an office that takes cooperation letters, and who answers there."""

    office = models.OneToOneField(
        "casework.Office", models.PROTECT, related_name="partner", verbose_name=_("office")
    )
    province = models.CharField(_("province"), max_length=24)
    contact = models.CharField(_("contact"), max_length=40, blank=True)
    agreed_on = models.DateField(_("agreement of"), null=True, blank=True)

    class Meta:
        ordering = ["province", "id"]

    def __str__(self) -> str:
        return self.office.name


class Pairing(Row):
    """A district of ours and a place of a partner that agreed to help each other (结对区县)."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="pairings")
    district = models.ForeignKey("casework.District", models.PROTECT, related_name="pairings")
    place = models.CharField(_("their district"), max_length=40)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["district", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "district", "place"], name="a_pair_stands_once",
                condition=Q(until__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="a_pair_ends_after_it_began",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.district} - {self.place}"


class JointSession(Row):
    """A partner asked to take part online in a session of ours; the letter, and what it answered."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="joint_sessions")
    session = models.ForeignKey("casework.Session", models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    asked_on = models.DateField(_("asked on"))
    room = models.CharField(_("how to enter"), max_length=200)
    comes = models.BooleanField(_("takes part"), null=True)
    who = models.CharField(_("who takes part"), max_length=60, blank=True)
    answered_on = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "partner"], name="a_partner_is_asked_once_a_session"
            ),
            models.CheckConstraint(
                condition=Q(comes=None) | Q(answered_on__isnull=False),
                name="an_answer_has_its_day",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.session_id} {self.partner_id}"
