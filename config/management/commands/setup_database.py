"""`manage.py setup_database`: roles and database on an outside server, by its superuser."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.server import database, door, roles


class Command(BaseCommand):
    """Make the owner, the app role and the database that DATABASE_URL names."""

    help = "Make roles and database; ADMIN_URL is a superuser's address on the same server."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """ADMIN_URL, needed with an outside server only."""
        parser.add_argument("admin_url", nargs="?", metavar="ADMIN_URL")
        parser.add_argument(
            "--for-restore",
            action="store_true",
            help="grant nothing: pg_restore brings the grants, and adds them to what is there",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make what is missing, set right what is wrong. Raises: CommandError."""
        if not database.is_outside():
            with door.open_database():
                self.stdout.write("The embedded database has its roles.")
            return
        if not database.has_owner() or not options["admin_url"]:
            raise CommandError("Set DATABASE_URL and DATABASE_OWNER_URL, and name ADMIN_URL.")
        app, owner = (database.entry(url) for url in (database.app_url(), database.owner_url()))
        with roles.connect(options["admin_url"]) as server:
            roles.make_roles(
                server,
                owner=roles.Role(
                    name=owner["USER"], password=owner["PASSWORD"], creates_databases=True
                ),
                app=roles.Role(
                    name=app["USER"], password=app["PASSWORD"], creates_databases=False
                ),
            )
            roles.make_database(server, app["NAME"], owner["USER"])
        if not options["for_restore"]:
            roles.grant_defaults(database.owner_url(), app["USER"])
        then = "pg_restore" if options["for_restore"] else "manage.py migrate"
        self.stdout.write(f"Roles and database {app['NAME']} are there. Next: {then}")
