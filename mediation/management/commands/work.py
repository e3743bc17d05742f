"""manage.py work: do the jobs that are due now, until stopped."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from mediation.engine import jobs


class Command(BaseCommand):
    """Runs procrastinate's worker."""

    help = "Do the jobs that are due now until SIGTERM; running jobs are finished first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which queues, if not all."""
        parser.add_argument(
            "--queue", action="append", help="only this queue (may be repeated)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run until told to stop; finished jobs are deleted."""
        jobs.worker_app().run_worker(
            queues=options["queue"],
            concurrency=2,
            wait=True,
            delete_jobs="successful",
            shutdown_graceful_timeout=20,
        )
