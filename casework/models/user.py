"""Staff of the union and liaisons of the agencies. Workers have no account: they have a code."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.fields import EncryptedField
from casework.ids import new_id


class UserManager(BaseUserManager["User"]):
    """Makes people."""

    def create(self, **fields: Any) -> "User":
        """A new person, with a usable password only if `password` is given."""
        password = fields.pop("password", None)
        user = self.model(**fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who works with cases. Deactivated when leaving, never deleted."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(_("user name"), max_length=40, unique=True)
    display_name = models.CharField(_("name"), max_length=40)
    roles = ArrayField(models.CharField(max_length=32), default=list)
    office = models.ForeignKey("casework.Office", models.PROTECT, null=True, blank=True)
    district = models.ForeignKey("casework.District", models.PROTECT, null=True, blank=True)
    phone = models.CharField(_("office telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    languages = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    skills = ArrayField(
        models.CharField(max_length=8), default=list, blank=True,
        help_text=_("causes this person knows well: A02, E01 ..."),
    )  # fmt: skip
    is_active = models.BooleanField(_("active"), default=True)
    must_change_password = models.BooleanField(default=False)
    second_secret = EncryptedField(_("second factor"))
    second_since = models.DateTimeField(null=True, blank=True)
    second_step = models.BigIntegerField(default=0)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.display_name

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Whether one of the person's roles holds a permission; deactivated people hold none."""
        from casework.access.roles import permissions_of

        return self.is_active and perm in permissions_of(self.roles)

    def has_perms(self, perm_list: Iterable[str], obj: object = None) -> bool:
        """Whether the person holds all of these permissions (Django's view guards ask this)."""
        return all(self.has_perm(perm, obj) for perm in perm_list)

    @property
    def has_second_factor(self) -> bool:
        """Whether log-in asks for a code besides the password."""
        return self.second_since is not None

    @property
    def role(self) -> str:
        """The person's first role: it decides the first screen."""
        return self.roles[0] if self.roles else ""
