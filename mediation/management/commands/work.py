"""manage.py work: do the jobs that are due now, until stopped."""

from typing import Any

from django.core.management.base import BaseCommand

from mediation.engine import jobs


class Command(BaseCommand):
    """Runs procrastinate's worker."""

    help = "Do the jobs that are due now until SIGTERM; running jobs are finished first."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run until told to stop; finished jobs are deleted."""
        jobs.worker_app().run_worker(
            concurrency=2, wait=True, delete_jobs="successful", shutdown_graceful_timeout=20
        )
