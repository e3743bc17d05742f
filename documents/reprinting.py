"""Papers that were not printed: one that failed is tried again, one whose job was lost is found."""

from datetime import datetime

from django.db import transaction

from casework.access import context
from documents import issue
from documents.models import Paper, PaperState


@transaction.atomic
def print_again(paper_id: int) -> Paper:
    """Let a paper that could not be printed be tried once more, with its number and facts."""
    paper = Paper.objects.select_for_update(no_key=True).get(pk=paper_id)
    if paper.state == PaperState.FAILED:
        paper.state, paper.failure = PaperState.PENDING, ""
        paper.save(update_fields=["state", "failure"])
        if issue.after_freeze is not None:
            issue.after_freeze(paper.pk)
    return paper


def forgotten(before: datetime) -> list[int]:
    """Papers issued before an instant that still wait: their job was lost."""
    with transaction.atomic(), context.system("find papers that wait"):
        waiting = Paper.objects.filter(state=PaperState.PENDING, issued_at__lt=before)
        return list(waiting.order_by("pk").values_list("pk", flat=True)[:200])
