"""The end of a file's term: a second person agrees, and contents, papers and files go in one transaction."""

from datetime import datetime

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from casework import erasing
from casework.access.context import system
from casework.commands import disposal
from casework.models import Disposal, Keeping, User
from documents import erasing as papers
from documents import letting_go
from mediation.engine.jobs import with_fresh_connection
from mediation.models import Task


@app.task(
    queue="house", name="remove_files", retry=RetryStrategy(max_attempts=8, exponential_wait=4)
)
@with_fresh_connection
def remove_files(digests: list[str]) -> None:
    """Remove files whose rows were emptied."""
    letting_go.remove(digests)


def defer_removal(digests: list[str]) -> None:
    """Defer the removal, in the transaction that emptied the rows."""
    app.configure_task("remove_files").defer(digests=list(digests))


@transaction.atomic
def ask(keeping: Keeping, *, ground: str, by: User, at: datetime) -> Disposal:
    """Ask a second person to destroy a file. Raises: NotPutAway, and the refusals of ask_destruction."""
    _need_rest(keeping)
    return disposal.ask_destruction(keeping, ground=ground, by=by, at=at)


@transaction.atomic
def decide(asked: Disposal, *, agree: bool, words: str, by: User, at: datetime) -> None:
    """The second person's word. When both agree the contents go; number, ledger and register stay.

    Raises: NotPutAway, and the refusals of decide_destruction.
    """
    if agree:
        _need_rest(asked.keeping)
    if not disposal.decide_destruction(asked, agree=agree, words=words, by=by, at=at):
        return
    with system(
        "destroy a file"
    ):  # its people may stand in other cases, which only this context sees
        case = asked.keeping.case
        papers.take_out(case)
        erasing.take_out(case, at=at)


def _need_rest(keeping: Keeping) -> None:
    """No step of any process is open, in aftercare neither."""
    if Task.objects.filter(case_id=keeping.case_id, is_open=True).exists():
        raise disposal.NotPutAway
