"""How many cases the random tests of the law draw: the same ones in `make test`, more at night."""

import os

from hypothesis import settings

TIMES = int(os.environ.get("WUFANG_CASES", "1"))


def cases(count):
    """Settings of a random test: `count` fixed cases; WUFANG_CASES times as many, fresh, if set."""
    return settings(max_examples=count * TIMES, deadline=None, derandomize=TIMES == 1)
