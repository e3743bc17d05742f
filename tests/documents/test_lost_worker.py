"""A paper whose printing process is lost is tried once more; two losses are a refusal."""

import pytest

from documents.rendering import Job, pool
from documents.rendering.job import WorkerLost


class Losing(pool.Pool):
    """A pool that loses its process so many times before it prints."""

    def __init__(self, losses):
        super().__init__(0)
        self.losses = losses

    def print(self, job):
        if self.losses:
            self.losses -= 1
            raise WorkerLost("the printing process broke off")
        return "sheet"


@pytest.mark.parametrize("losses", [0, 1])
def test_one_loss_is_forgiven(monkeypatch, losses):
    monkeypatch.setattr(pool, "_pools", {pool.os.getpid(): Losing(losses)})
    assert pool.render(Job(html="", css="", created="")) == "sheet"


def test_two_losses_are_not(monkeypatch):
    monkeypatch.setattr(pool, "_pools", {pool.os.getpid(): Losing(2)})
    with pytest.raises(WorkerLost):
        pool.render(Job(html="", css="", created=""))
