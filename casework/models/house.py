"""Rows that belong to no case: the calendar, drafts, remembered answers, number series for tickets."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.fields import INDEX_BYTES, EncryptedField
from casework.models.base import Row


class CalendarDay(models.Model):
    """An exceptional day of the official calendar: off, or a make-up working day (调休上班)."""

    on = models.DateField(primary_key=True)
    works = models.BooleanField(_("working day"))
    name = models.CharField(_("name"), max_length=24)
    name_en = models.CharField(max_length=40, blank=True)
    statutory = models.BooleanField(_("statutory holiday"), default=False)
    source = models.CharField(_("source document"), max_length=80)

    class Meta:
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


class CalendarYear(models.Model):
    """A year for which the State Council's schedule is loaded."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.CharField(_("source document"), max_length=80)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.year)


class Draft(Row):
    """Half-typed text of a form, kept on the server for its author, sealed like a telephone number.

    `ended_at` is set when the form was sent (then the text is gone) or the draft was dropped (then it
    can be put back for a day).
    """

    author = models.ForeignKey("casework.User", models.PROTECT, related_name="drafts")
    form = models.CharField(max_length=60)
    key = models.CharField(max_length=60, blank=True)
    body = EncryptedField()
    saved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "form", "key"], name="one_draft_per_form")
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.saved_at}"


class RememberedAnswer(Row):
    """The answer to an unsafe request, kept under its idempotency key for thirty days."""

    user = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    route = models.CharField(max_length=120)
    key = models.CharField(max_length=80)
    body_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "route", "key"], name="one_answer_per_key")
        ]

    def __str__(self) -> str:
        return self.key


class Series(models.Model):
    """A gapless number series, e.g. tickets of a day or case numbers of a year and office."""

    name = models.CharField(max_length=60, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"


class ApiToken(Row):
    """A token for a program, stored as a hash."""

    user = models.ForeignKey("casework.User", models.PROTECT, related_name="tokens")
    token_hash = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.label


class RecoveryCode(Row):
    """Opens a log-in once when the second factor is not at hand; stored as a keyed hash."""

    user = models.ForeignKey("casework.User", models.PROTECT, related_name="recovery_codes")
    code_index = models.BinaryField(max_length=INDEX_BYTES)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user} {self.made_at}"


class Passkey(Row):
    """The public half of a key that opens a log-in beside the password; the secret half never leaves its device."""

    user = models.ForeignKey("casework.User", models.PROTECT, related_name="passkeys")
    name = models.CharField(_("name"), max_length=40, blank=True)
    credential_id = models.BinaryField(max_length=1023)
    data = models.BinaryField()
    counter = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return self.name


class HouseActKind(models.TextChoices):
    """What can be done to the house itself. Stored in rows: rename only with a data migration."""

    PERSON_MADE = "person.made", _("account made")
    PERSON_CHANGED = "person.changed", _("account changed")
    PERSON_DEACTIVATED = "person.deactivated", _("account deactivated")
    PERSON_ACTIVATED = "person.activated", _("account activated")
    PASSWORD_RESET = "password.reset", _("starting password given")
    PASSWORD_CHANGED = "password.changed", _("password changed")
    SECOND_SET = "second.set", _("second factor set up")
    SECOND_REMOVED = "second.removed", _("second factor removed")
    PASSKEY_MADE = "passkey.made", _("passkey set up")
    PASSKEY_REMOVED = "passkey.removed", _("passkey removed")
    PEOPLE_IMPORTED = "people.imported", _("people imported from a list")
    IMPORT_UNDONE = "people.import_undone", _("import of people taken back")
    RECOVERY_USED = "recovery.used", _("recovery code used")
    OFFICE_MADE = "office.made", _("office made")
    OFFICE_CHANGED = "office.changed", _("office changed")
    ROUTE_MADE = "route.made", _("route made")
    ROUTE_CHANGED = "route.changed", _("route changed")
    FIRM_SAVED = "firm.saved", _("law firm saved")
    LAWYER_SAVED = "lawyer.saved", _("lawyer saved")
    PARTNER_SAVED = "partner.saved", _("partner union saved")
    BENCH_CHANGED = "bench.changed", _("bench changed")
    WORDING_DRAFTED = "wording.drafted", _("template of a paper drafted")
    WORDING_ACTIVATED = "wording.activated", _("template of a paper put in use")
    WORDING_ENDED = "wording.ended", _("template of a paper ended")
    VIEW_BEGUN = "view.begun", _("looked as another person")
    VIEW_ENDED = "view.ended", _("stopped looking as another person")


class HouseAct(Row):
    """One act on the house: people, offices, routes. Append-only; the app cannot change or delete it."""

    kind = models.CharField(max_length=24, choices=HouseActKind)
    at = models.DateTimeField()
    by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    about = models.CharField(max_length=120)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"
