"""Two sequences side by side: what stands in both, what came, what went, and what only changed its place."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")


class Pair(Struct, Generic[T], frozen=True):
    """An item in its old and its new form; one of the two is None where it is not there. A `moved` one gives two pairs."""

    old: T | None
    new: T | None
    moved: bool = False


def align(
    old: Sequence[T], new: Sequence[T], key: Callable[[T], Hashable], fits: Callable[[T, T], bool] | None = None
) -> Iterator[Pair[T]]:
    """The items of both in one order, of which the old ones are in the old order and the new ones in the new.

    Items with the same key belong together; as few as possible count as moved. Between two that stayed, what went comes before
    what came; where `fits` is given, neighbours of which it says so belong together although their keys differ.
    """
    one, two = _keys(old, key), _keys(new, key)
    if one == two:
        yield from (Pair(before, after) for before, after in zip(old, new, strict=True))
        return
    places = {name: index for index, name in enumerate(two)}
    stayed = _stayed([places[name] for name in one if name in places])
    shared = {name for name in one if name in places}
    named_old, named_new = list(zip(old, one, strict=True)), list(zip(new, two, strict=True))
    at, to = 0, 0
    for place in (*stayed, len(two)):
        end = one.index(two[place], at) if place < len(two) else len(one)
        yield from _between(named_old[at:end], named_new[to:place], shared, fits)
        if place < len(two):
            yield Pair(old[end], new[place])
        at, to = end + 1, place + 1


_Named = list[tuple[T, Hashable]]


def _between(gone: _Named[T], come: _Named[T], shared: set[Hashable], fits: Callable[[T, T], bool] | None) -> Iterator[Pair[T]]:
    """What stands between two items that stayed."""
    free_old = [item for item, name in gone if name not in shared]
    free_new = [item for item, name in come if name not in shared]
    if fits and len(free_old) == len(gone) and len(free_new) == len(come):
        together = min(len(gone), len(come))
        if all(fits(before, after) for before, after in zip(free_old[:together], free_new[:together], strict=True)):
            yield from (Pair(before, after) for before, after in zip(free_old[:together], free_new[:together], strict=True))
            gone, come = gone[together:], come[together:]
    yield from (Pair(item, None, name in shared) for item, name in gone)
    yield from (Pair(None, item, name in shared) for item, name in come)


def _keys(items: Sequence[T], key: Callable[[T], Hashable]) -> list[Hashable]:
    """The key of every item; the second of the same key is another one than the first."""
    seen: Counter[Hashable] = Counter()
    found: list[Hashable] = []
    for item in items:
        name = key(item)
        found.append((name, seen[name]))
        seen[name] += 1
    return found


def _stayed(places: list[int]) -> list[int]:
    """The longest rising part of `places`: the new places of what kept its order."""
    ends: list[int] = []
    ranks: list[int] = []
    for place in places:
        rank = bisect_left(ends, place)
        ends[rank : rank + 1] = [place]
        ranks.append(rank)
    found: list[int] = []
    wanted = len(ends) - 1
    for place, rank in zip(reversed(places), reversed(ranks), strict=True):
        if rank == wanted:
            found.append(place)
            wanted -= 1
    return found[::-1]
