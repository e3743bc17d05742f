"""People and employers who stand in a case."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.fields import INDEX_BYTES, EncryptedField, blind
from casework.home import places
from casework.initials import initials_of
from casework.models.base import Row
from casework.rules.checks import firm_key, phone_normal


class Person(Row):
    """A worker, an agent or a contact. Number, telephone and address are stored encrypted."""

    name = models.CharField(_("name"), max_length=60, blank=True)
    sex = models.CharField(_("sex"), max_length=8, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    identity_number = EncryptedField(_("identity number"))
    identity_index = models.BinaryField(max_length=INDEX_BYTES, default=b"", db_index=True)
    phone = EncryptedField(_("telephone"))
    phone_index = models.BinaryField(max_length=INDEX_BYTES, default=b"", db_index=True)
    phone_tail_index = models.BinaryField(max_length=INDEX_BYTES, default=b"", db_index=True)
    address = EncryptedField(_("address"))
    bank_account = EncryptedField(_("bank account"))
    bank_name = models.CharField(_("bank"), max_length=60, blank=True)
    worker_kind = models.CharField(_("kind of worker"), max_length=24, blank=True)
    home_province = models.CharField(_("home province"), max_length=24, blank=True)
    union_member = models.CharField(_("union member"), max_length=8, blank=True)
    second_contact = EncryptedField(_("second contact"))
    initials = ArrayField(models.CharField(max_length=8), default=list, blank=True)

    class Meta:
        indexes = [GinIndex(fields=["initials"], name="person_by_initials")]

    def __str__(self) -> str:
        return self.name

    def index(self) -> None:
        """Set the blind indexes and the initials from the clear values (call before saving)."""
        self.initials = initials_of(self.name)
        number = self.identity_number.strip().upper()
        phone = phone_normal(self.phone) if self.phone else ""
        self.identity_index = blind(number, "identity") if number else b""
        self.phone_index = blind(phone, "phone") if phone else b""
        self.phone_tail_index = blind(phone[-4:], "phone-tail") if phone else b""


class Employer(Row):
    """An employing unit (用人单位) or another firm in a dispute."""

    name = models.CharField(_("name"), max_length=100)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    address = models.CharField(_("address"), max_length=160, blank=True)
    legal_person = models.CharField(_("legal representative"), max_length=40, blank=True)
    contact = models.CharField(_("contact"), max_length=40, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    industry = models.CharField(_("industry"), max_length=2, blank=True)
    ownership = models.CharField(_("ownership"), max_length=24, blank=True)
    name_key = models.CharField(max_length=100, blank=True, db_index=True, editable=False)
    size = models.CharField(_("size"), max_length=8, blank=True)
    has_union = models.BooleanField(_("has a union"), null=True)

    class Meta:
        indexes = [models.Index(fields=["name"], name="employer_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~Q(credit_code=""),
                name="one_employer_per_code",
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The name's key goes along, so that several callers about one firm are seen."""
        self.name_key = firm_key(self.name, places())
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.name
