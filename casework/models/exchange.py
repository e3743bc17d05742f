"""The machines of other agencies: whom we exchange with, by which key, and what went and came."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.fields import EncryptedField
from casework.models.base import Row


class Direction(models.TextChoices):
    """How a peer learns of what we have for it."""

    PUSH = "PUSH", _("we call its system")
    PULL = "PULL", _("it calls ours")


class Peer(Row):
    """The system of one agency (对接单位): a row, so that a sixth agency's system can be added.

    `node` is the name under which it signs (the CloudEvents source). `user` is the account of its
    program: it holds the tokens. `resting_until` is set while its endpoint does not answer.
    """

    agency = models.OneToOneField("casework.Agency", models.PROTECT, related_name="peer")
    node = models.CharField(_("name of its system"), max_length=40, unique=True)
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.PUSH)
    base_url = models.CharField(_("address"), max_length=200, blank=True)
    district = models.ForeignKey(
        "casework.District", models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=32)
    user = models.OneToOneField("casework.User", models.PROTECT, related_name="peer")
    is_open = models.BooleanField(_("open"), default=True)
    made_at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)
    resting_until = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    reconcile_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["agency_id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(direction="PUSH") | ~Q(base_url=""), name="push_needs_an_address"
            )
        ]

    def __str__(self) -> str:
        return self.node


class PeerKey(Row):
    """A key shared with one peer. The newest that the other side has proved to hold signs.

    `ends_at` is set when a newer one was proved: until then both are accepted.
    """

    peer = models.ForeignKey(Peer, models.PROTECT, related_name="keys")
    name = models.CharField(_("key"), max_length=32, unique=True)
    secret = EncryptedField()
    made_at = models.DateTimeField()
    proved_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Nonce(models.Model):
    """A number that a peer used once; kept as long as the time window could let it in again."""

    id = models.BigAutoField(primary_key=True)
    peer = models.ForeignKey(Peer, models.PROTECT, related_name="+")
    nonce = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["peer", "nonce"], name="a_nonce_is_used_once")
        ]

    def __str__(self) -> str:
        return self.nonce


class Strand(Row):
    """One referral between two systems, whoever sent it: both sides number what they say about it.

    `subject` is the sender's name and its own number of the referral. `said` counts our events,
    `heard` theirs that were applied: an event is applied when all before it are.
    """

    peer = models.ForeignKey(Peer, models.PROTECT, related_name="strands")
    subject = models.CharField(max_length=80)
    case = models.ForeignKey("casework.Case", models.PROTECT, null=True, related_name="+")
    referral = models.OneToOneField(
        "casework.Referral", models.PROTECT, null=True, related_name="strand"
    )
    inbound = models.OneToOneField(
        "casework.Inbound", models.PROTECT, null=True, related_name="strand"
    )
    said = models.PositiveIntegerField(default=0)
    heard = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["peer", "subject"], name="one_strand_per_referral")
        ]

    def __str__(self) -> str:
        return self.subject


class OutState(models.TextChoices):
    """Where an event of ours stands."""

    WAITING = "WAITING", _("waiting to be delivered")
    DELIVERED = "DELIVERED", _("delivered")
    DEAD = "DEAD", _("could not be delivered")
    SETTLED = "SETTLED", _("settled by hand")


class Outgoing(Row):
    """An event of ours (outbox): written in the transaction of the act that it tells of.

    Its id is the event's id for ever: delivering it twice is delivering it once. `is_refused`: the
    other side will never take it as it is, so only a person can help.
    """

    peer = models.ForeignKey(Peer, models.PROTECT, related_name="outgoing")
    strand = models.ForeignKey(Strand, models.PROTECT, related_name="outgoing")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=24)
    body = EncryptedField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=OutState, default=OutState.WAITING)
    made_at = models.DateTimeField()
    waiting_since = models.DateTimeField()
    next_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    problem = models.CharField(_("problem"), max_length=240, blank=True)
    is_refused = models.BooleanField(default=False)
    delivered_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    note = models.CharField(_("note"), max_length=240, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["strand", "seq"], name="one_event_per_number")
        ]
        indexes = [
            models.Index(
                fields=["peer", "next_at"], name="outbox_sweep", condition=Q(state="WAITING")
            ),
            models.Index(
                fields=["peer", "made_at"], name="outbox_dead", condition=Q(state="DEAD")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.strand_id}/{self.seq} {self.kind}"


class InState(models.TextChoices):
    """Where an event of a peer stands."""

    WAITING = "WAITING", _("waiting for its turn")
    APPLIED = "APPLIED", _("applied")
    REFUSED = "REFUSED", _("refused")


class Incoming(Row):
    """An event of a peer (inbox), kept before it is applied; the same event id is one event."""

    peer = models.ForeignKey(Peer, models.PROTECT, related_name="incoming")
    strand = models.ForeignKey(Strand, models.PROTECT, related_name="incoming")
    case = models.ForeignKey("casework.Case", models.PROTECT, null=True, related_name="+")
    event_id = models.CharField(max_length=64)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=24)
    body = EncryptedField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=InState, default=InState.WAITING)
    received_at = models.DateTimeField()
    look_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    problem = models.CharField(_("problem"), max_length=240, blank=True)
    settled_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    note = models.CharField(_("note"), max_length=240, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["peer", "event_id"], name="an_event_comes_once"),
            models.UniqueConstraint(fields=["strand", "seq"], name="one_event_a_place"),
        ]
        indexes = [
            models.Index(fields=["look_at"], name="inbox_sweep", condition=Q(state="WAITING")),
            models.Index(
                fields=["received_at"],
                name="inbox_refused",
                condition=Q(state="REFUSED", settled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.strand_id}/{self.seq} {self.kind}"


class Reconciliation(Row):
    """A comparison of both lists: how many rows agreed, what differed, what was sent again."""

    peer = models.ForeignKey(Peer, models.PROTECT, related_name="reconciliations")
    at = models.DateTimeField()
    ours = models.PositiveIntegerField(default=0)
    theirs = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    resent = models.PositiveIntegerField(default=0)
    differences = models.JSONField(default=list)
    problem = models.CharField(_("problem"), max_length=240, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.peer_id} {self.at}"
