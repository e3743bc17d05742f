"""An office without an account answers by letter or telephone: who said what, when, and the scan of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.fields import EncryptedField
from casework.models.base import Row


class Way(models.TextChoices):
    """How an answer came. Stored in rows."""

    LETTER = "LETTER", _("by letter")
    FAX = "FAX", _("by fax")
    MAIL = "MAIL", _("by e-mail")
    PHONE = "PHONE", _("by telephone, noted")
    FILE = "FILE", _("by a platform's file")
    VISIT = "VISIT", _("said in person, noted")


class PaperReply(Row):
    """What an office that cannot log in told the union, and who wrote it down."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="paper_replies")
    referral = models.ForeignKey(
        "casework.Referral", models.PROTECT, related_name="paper_replies"
    )
    what = models.CharField(max_length=12)
    way = models.CharField(_("way"), max_length=8, choices=Way)
    came_on = models.DateField(_("came on"))
    said_by = models.CharField(_("who answers there"), max_length=60)
    letter_number = models.CharField(_("number of their letter"), max_length=60, blank=True)
    scan_name = EncryptedField(_("name of the file"))
    scan_type = models.CharField(max_length=24, blank=True)
    scan_sha256 = models.CharField(max_length=64, blank=True)
    recorded_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.what}"
