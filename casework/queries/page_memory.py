"""What a page that changes nothing reads once: the calendar, the book of rules."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

T = TypeVar("T")
_memory: ContextVar[dict[str, Any] | None] = ContextVar("memory_of_a_page", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Inside, `kept` looks once under each name."""
    mark = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(mark)


def on_a_page() -> bool:
    """Whether a page that changes nothing is being made."""
    return _memory.get() is not None


def remember(name: str, found: object) -> None:
    """What `kept` answers from now on, on this page."""
    memory = _memory.get()
    if memory is not None:
        memory[name] = found


def kept(name: str, look: Callable[[], T]) -> T:
    """What `look` finds, found before on this page or now; outside a page always now."""
    memory = _memory.get()
    if memory is None:
        return look()
    if name not in memory:
        memory[name] = look()
    return cast("T", memory[name])
