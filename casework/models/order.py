"""Supervision orders (督办): what is late, who answers for it by a day, and what came of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.models.base import Row


class OrderState(models.TextChoices):
    """Where an order stands."""

    OPEN = "OPEN", _("waits for its answer")
    RETURNED = "RETURNED", _("answer given back")
    ANSWERED = "ANSWERED", _("answered, to be decided")
    ACCEPTED = "ACCEPTED", _("answer accepted")
    REPLACED = "REPLACED", _("replaced by a higher order")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")
    MOOT = "MOOT", _("ended with the case")


class SupervisionOrder(Row):
    """One order on a case; at most one runs at a time, a higher one takes the place of a lower one.

    `level` is a rung of the ladder by its stored name; `given_by` is empty where the ladder ordered it.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="orders")
    level = models.CharField(max_length=24)
    state = models.CharField(max_length=12, choices=OrderState, default=OrderState.OPEN)
    found = models.CharField(_("what was found"), max_length=400, blank=True)
    demands = ArrayField(models.CharField(max_length=300), default=list)
    given_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    answerer = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    reply_by = models.DateField(_("answer by"))
    paper_id = models.BigIntegerField(null=True, blank=True)
    answer = models.TextField(_("the answer"), blank=True)
    answered_by = models.ForeignKey(
        "casework.User", models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="one_running_order_a_case",
                condition=Q(state__in=["OPEN", "RETURNED", "ANSWERED"]),
            ),
            models.CheckConstraint(
                condition=Q(given_by__isnull=True) | Q(answered_by__isnull=True)
                | ~Q(answered_by=F("given_by")),
                name="an_order_is_answered_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="ACCEPTED")
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("answered_by")),
                name="an_answer_is_accepted_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ANSWERED", "ACCEPTED"])
                | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="an_answered_order_has_its_answer",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.level} {self.reply_by}"
