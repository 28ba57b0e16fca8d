"""The collector of garbage, held back while many objects and few cycles are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (200_000, 50, 100)
"""Objects made before the collector looks at the young ones, and how often it goes on to the older ones; Python's own is 700, 10, 10."""


def retire() -> None:
    """The process ends: what it holds is not looked through for garbage once more, which takes a sixth of a small command."""
    gc.freeze()


@contextmanager
def few_collections() -> Iterator[None]:
    """The collector looks less often: reading and checking take half the time, laying out pages a tenth less."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
