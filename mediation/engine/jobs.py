"""Work due now: jobs deferred in the same transaction, done by procrastinate's workers."""

import logging

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from casework import clock
from mediation.engine import ring as ringing

logger = logging.getLogger(__name__)

STALLED_SECONDS = 60


@app.task(queue="clocks", name="ring")
def ring(timer_id: int) -> None:
    """Ring one clock; a failure is written on the clock, which is then tried again."""
    try:
        ringing.ring(timer_id, clock.now())
    except Exception:
        logger.exception("clock %s failed to ring", timer_id)
        ringing.failed(timer_id, clock.now())


@app.task(queue="papers", name="render_paper", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def render_paper(paper_id: int) -> None:
    """Make the bytes of an issued paper."""
    from documents import issue  # noqa: PLC0415

    issue.render_pending(paper_id)


@app.periodic(cron="*/1 * * * *")
@app.task(queue="house", name="rescue_stalled", pass_context=True)
async def rescue_stalled(context: JobContext, timestamp: int) -> None:
    """Give the jobs of killed workers to the living."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        await manager.retry_job(job)


def defer_rings(timer_ids: list[int]) -> None:
    """Defer one job a clock, on the same connection."""
    if timer_ids:
        ring.batch_defer(*[{"timer_id": timer_id} for timer_id in timer_ids])


def defer_paper(paper_id: int) -> None:
    """Defer the rendering of a paper, in the transaction that froze it."""
    render_paper.defer(paper_id=paper_id)
