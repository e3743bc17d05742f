"""`manage.py first_admin`: the first person of a new installation, who lets in the others."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from casework.access.context import system
from casework.access.roles import Role
from casework.models import User
from config.server import door


class Command(BaseCommand):
    """Make the first administrator, while there is none."""

    help = (
        "Make the first administrator. The password is asked for, or read from standard input."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """USERNAME and NAME; never a password, which other users of the machine could see."""
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="the name that others see")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ask for a password and make the account. Raises: CommandError."""
        with door.open_database(), transaction.atomic(), system("first admin"):
            if User.objects.filter(roles__contains=[Role.ADMIN], is_active=True).exists():
                raise CommandError(
                    "There is an administrator already, who makes other accounts."
                )
            if User.objects.filter(username=options["username"]).exists():
                raise CommandError("Somebody has this user name already.")
            User.objects.create(
                username=options["username"],
                display_name=options["name"],
                roles=[Role.ADMIN],
                password=self.password(),
            )
        self.stdout.write(f"{options['username']} may log in and make accounts for others.")

    def password(self) -> str:
        """A password that the rules allow. Raises: CommandError."""
        if sys.stdin.isatty():
            said = getpass.getpass("Password: ")
            if said != getpass.getpass("Once more: "):
                raise CommandError("The two differ. Nothing was made.")
        else:
            said = sys.stdin.readline().rstrip("\n")
        try:
            validate_password(said)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return said
