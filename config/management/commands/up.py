"""`manage.py up`: the whole house on one machine, until Ctrl-C."""

import io
import signal
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from casework.access import context_roles
from casework.access.context import system
from config.server import (
    accounts,
    database,
    demo,
    door,
    leftovers,
    locks,
    places,
    postgres,
    serving,
    static,
    supervise,
)
from mediation.models import Played

UP = "up"
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
DATABASE_LOOK_SECONDS = 1.0


class Command(BaseCommand):
    """Start the database, migrate, then serve web, worker and pump."""

    help = "Start everything on this machine and serve until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--demo plays the demo case first; --port and --host say where to serve."""
        parser.add_argument(
            "--demo", action="store_true", help="play the demo case first, once"
        )
        parser.add_argument(
            "--once", action="store_true", help="play the demo case alone, then end"
        )
        parser.add_argument(
            "--port", type=int, help="port of the web server (else the first free from 8000)"
        )
        parser.add_argument("--host", default="127.0.0.1", help="address of the web server")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Serve; a second call says who serves already."""
        if isinstance(sys.stdout, io.TextIOWrapper):  # a log file is read while we serve
            sys.stdout.reconfigure(line_buffering=True)
        host, with_demo = options["host"], options["demo"] or demo.was_played()
        try:
            serving.check_host(host, closed=with_demo)
            with locks.alone(UP, wait=False) as lock, stoppable():
                leftovers.clear_supervised()
                with door.open_database():
                    who = self.prepare(host, play=options["demo"], once=options["once"])
                    if not options["once"]:
                        self.serve(lock, host, options["port"], who)
        except locks.Held as held:
            self.say_who_serves(str(held))
        except (
            postgres.CannotStart,
            serving.PortTaken,
            serving.NotReady,
            serving.PublicHost,
            accounts.NoAccount,
            demo.PlayFailed,
        ) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def prepare(self, host: str, *, play: bool, once: bool) -> accounts.Identity:
        """Bring kept data up to the code, then play the demo; answers who serves."""
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if behind or context_roles.stray_policies(settings.DATABASE_APP_ROLE):
            self.stdout.write("Migrating the data ...")
            call_command("migrate", verbosity=0)
            call_command("seed_reference", verbosity=0)
        self.check(databases=["default"])  # refuses an unsafe flow, or tasks without a node
        connection.close()
        static.collect(settings.STATIC_ROOT)
        for folder in ("files", "fonts", "home"):
            places.for_web(folder)
        who, as_root = serving.account()
        if as_root:
            self.stdout.write(as_root)
            serving.check_host(host, closed=True)
        if play:
            self.play(who, open_cases=not once)
        return who

    def play(self, who: accounts.Identity, *, open_cases: bool) -> None:
        """Play the demo unless it was played to its end; say what came out."""
        with transaction.atomic(), system("demo"):
            done = (
                Played.objects.filter(finished_at__isnull=False).order_by("finished_at").first()
            )
        connection.close()
        if done and demo.was_laid_out():
            self.stdout.write(done.table)
        else:
            self.stdout.write("Playing the demo case (once; it goes on where it stopped) ...")
            demo.play(who, open_cases=open_cases)
        self.stdout.write("\n".join(demo.where_to_look()))

    def serve(
        self, lock: Any, host: str, wanted_port: int | None, who: accounts.Identity
    ) -> None:
        """Start the children and watch over them until somebody asks us to stop."""
        port = serving.free_port(host, wanted_port)
        address = f"http://{host}:{port}/"
        children = serving.children(who, host, port, WUFANG_DEMO=str(int(demo.was_played())))
        supervisor = supervise.Supervisor(children, self.stdout.write)
        try:
            children[-1].start()  # the web first and alone: people wait for it
            serving.wait_until_ready(host, port, children[-1], lambda: time.sleep(0.05))
            supervisor.start()
            locks.tell(lock, address)
            self.stdout.write(f"\nServing at {address} Ctrl-C stops everything.")
            for number in STOPS:
                signal.signal(number, supervisor.ask_to_stop)
            supervisor.watch(DatabaseWatch(self.stdout.write))
            self.stdout.write("\nStopping: the worker finishes what it has in hand ...")
        finally:
            supervisor.stop()
        self.stdout.write("Stopped.")

    def say_who_serves(self, address: str) -> None:
        """The answer of a second `up`. Raises: CommandError, when the first does not answer."""
        host, _, port = address.removeprefix("http://").strip("/").rpartition(":")
        if not address:
            raise CommandError("Another `manage.py up` of this checkout is starting just now.")
        if not serving.answers(host, int(port)):
            raise CommandError(
                f"Another `manage.py up` of this checkout runs but {address} does not answer."
            )
        self.stdout.write(
            f"Already up: {address} is served by another `manage.py up` of this checkout."
        )


class DatabaseWatch:
    """Starts the embedded database again when somebody killed it."""

    def __init__(self, say: Any) -> None:
        """`say` tells the person at the terminal."""
        self.say = say
        self.next = 0.0

    def __call__(self) -> None:
        """Look once a second."""
        if database.is_outside() or time.monotonic() < self.next:
            return
        self.next = time.monotonic() + DATABASE_LOOK_SECONDS
        if not postgres.is_running():
            self.say("The database ended; it starts again and recovers.")
            postgres.start()


@contextmanager
def stoppable() -> Iterator[None]:
    """SIGTERM and a closed terminal end us as Ctrl-C does, also in the background: in order."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in STOPS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
