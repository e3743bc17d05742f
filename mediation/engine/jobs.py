"""Work due now: jobs deferred in the same transaction, done by procrastinate's workers."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import wraps
from typing import ParamSpec, cast

from django.db import close_old_connections, transaction
from procrastinate import App, JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job as JobOfApp
from procrastinate.types import JSONDict

from casework import clock
from casework.models import CalendarLoad
from casework.together import later
from mediation.engine import ring as ringing

logger = logging.getLogger(__name__)
Facts = ParamSpec("Facts")

STALLED_SECONDS = 60
FORGOTTEN_AFTER = timedelta(minutes=10)


def with_fresh_connection(job: Callable[Facts, None]) -> Callable[Facts, None]:
    """A worker's thread lives long: look at its connection before and after each job.

    Facts go through by their names: procrastinate hands periodic work its `timestamp`.
    """

    @wraps(job)
    def run(*args: Facts.args, **facts: Facts.kwargs) -> None:
        close_old_connections()
        try:
            job(*args, **facts)
        finally:
            close_old_connections()

    return run


@app.task(queue="clocks", name="ring")
@with_fresh_connection
def ring(number: int) -> None:
    """Ring one clock; a failure is written on the clock, which is then tried again."""
    try:
        ringing.ring(number, clock.now())
    except Exception:
        logger.exception("clock %s failed to ring", number)
        ringing.failed(number, clock.now())


@app.task(
    queue="papers", name="render_paper", retry=RetryStrategy(max_attempts=5, exponential_wait=4)
)
@with_fresh_connection
def render_paper(number: int) -> None:
    """Make the bytes of an issued paper."""
    from documents import issue

    issue.render_pending(number)


@app.task(queue="papers", name="render_preview")
@with_fresh_connection
def render_preview(number: int) -> None:
    """Make the bytes of a look at a paper that is not issued."""
    from documents import preview

    preview.print_preview(number)


@app.task(queue="papers", name="render_sample")
@with_fresh_connection
def render_sample(number: int) -> None:
    """Print the sample of a drafted template."""
    from documents import wording

    wording.print_sample(number)


@app.periodic(cron="*/1 * * * *")
@app.task(queue="house", name="print_forgotten")
@with_fresh_connection
def print_forgotten(timestamp: int) -> None:
    """Give papers that wait although their job is gone to the printers again."""
    defer_forgotten(clock.now())


@app.task(
    queue="papers", name="bind_dossier", retry=RetryStrategy(max_attempts=3, exponential_wait=4)
)
@with_fresh_connection
def bind_dossier(number: int) -> None:
    """Bind a volume of a case."""
    from documents import dossier

    dossier.make(number)


@app.task(
    queue="house", name="stamp_time", retry=RetryStrategy(max_attempts=5, exponential_wait=4)
)
@with_fresh_connection
def stamp_time(number: int) -> None:
    """Ask the time-stamp authority; while it is silent the job is tried again."""
    from documents import stamping

    stamping.fetch(number)


@app.periodic(cron="*/10 * * * *")
@app.task(queue="house", name="stamp_waiting")
@with_fresh_connection
def stamp_waiting(timestamp: int) -> None:
    """Ask again for the stamps that an authority, silent for long, still owes."""
    defer_waiting_stamps(clock.now())


@app.periodic(cron="7 * * * *")
@app.task(queue="house", name="write_register")
@with_fresh_connection
def write_register(timestamp: int) -> None:
    """Make the signed register of papers anew, for those who check offline."""
    from documents import register

    register.write(clock.now())


@app.periodic(cron="20 1 1-3 * *")
@app.task(queue="house", name="keep_month")
@with_fresh_connection
def keep_month(timestamp: int) -> None:
    """Keep the statistics of the month before; the next two nights find it kept, or try again."""
    from documents import reports

    reports.keep("month", clock.now())


@app.periodic(cron="50 0 * * 1-3")
@app.task(queue="house", name="keep_week")
@with_fresh_connection
def keep_week(timestamp: int) -> None:
    """Keep the statistics of the week before; the next two nights find it kept, or try again."""
    from documents import reports

    reports.keep("week", clock.now())


@app.task(
    queue="house", name="recount", retry=RetryStrategy(max_attempts=5, exponential_wait=4)
)
@with_fresh_connection
def recount(number: int) -> None:
    """Count anew what a loaded calendar can move."""
    count_anew(number, clock.now())


@app.periodic(cron="*/1 * * * *")
@app.task(queue="house", name="rescue_stalled", pass_context=True)
async def rescue_stalled(context: JobContext, timestamp: int) -> None:
    """Give the jobs of killed workers to the living."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        await manager.retry_job(job)


def defer_rings(timer_ids: Sequence[int]) -> None:
    """Defer one job a clock, on the same connection."""
    if timer_ids:
        numbers: list[JSONDict] = [{"number": timer_id} for timer_id in timer_ids]
        app.configure_task("ring").batch_defer(*numbers)


def defer_paper(paper_id: int) -> None:
    """Defer the rendering of a paper, in the transaction that froze it."""
    defer_one("render_paper", paper_id)


def defer_one(job: str, number: int) -> None:
    """Defer a job about one row with this transaction; several of an act in one statement."""
    later(
        "jobs", ("procrastinate",), app.configure_task(job).make_new_job(number=number), _defer
    )


def _defer(jobs: list[JobOfApp]) -> None:
    app.job_manager.batch_defer_jobs(jobs=jobs)


def defer_preview(preview_id: int) -> None:
    """Defer the rendering of a preview, in the transaction that froze it."""
    app.configure_task("render_preview").defer(number=preview_id)


def defer_sample(wording_id: int) -> None:
    """Defer the printing of a template's sample, in the transaction that drafted it."""
    app.configure_task("render_sample").defer(number=wording_id)


def defer_dossier(dossier_id: int) -> None:
    """Defer the binding of a volume, in the transaction that asked for it."""
    app.configure_task("bind_dossier").defer(number=dossier_id)


def defer_forgotten(at: datetime) -> None:
    """Defer papers that wait although their job is gone; one that waits for this is left alone."""
    from documents import reprinting

    for paper_id in reprinting.forgotten(at - FORGOTTEN_AFTER):
        again = app.configure_task("render_paper", queueing_lock=f"paper-{paper_id}")
        with suppress(AlreadyEnqueued), transaction.atomic():
            again.defer(number=paper_id)


def defer_stamp(stamp_id: int) -> None:
    """Defer the asking for a time stamp, with the transaction that kept the bytes."""
    app.configure_task("stamp_time", queueing_lock=f"stamp-{stamp_id}").defer(number=stamp_id)


def defer_waiting_stamps(at: datetime) -> None:
    """Defer each stamp that is owed for longer than ten minutes; one that is queued stays one."""
    from documents import stamping

    for stamp_id in stamping.waiting(at - FORGOTTEN_AFTER):
        with suppress(AlreadyEnqueued), transaction.atomic():
            defer_stamp(stamp_id)


def count_anew(load_id: int, at: datetime) -> CalendarLoad:
    """Count anew what a loaded calendar can move, tasks included."""
    from casework.commands.recount import recount as of_the_file
    from mediation.engine.clocks import mirror

    return of_the_file(load_id, at=at, after=mirror)


def defer_recount(load_id: int) -> None:
    """Defer the recounting, in the transaction that loaded the calendar."""
    app.configure_task("recount").defer(number=load_id)


def worker_app() -> App:
    """Procrastinate with a connection of its own, as a worker needs it."""
    return app.with_connector(cast("DjangoConnector", app.connector).get_worker_connector())
