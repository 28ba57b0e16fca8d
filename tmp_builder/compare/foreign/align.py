"""Which paragraph of one text is which of the other: by headings, equal words, then likeness, in the order of both; and what moved."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct, field

LIKE = 0.5
"""Below this likeness (0 to 1, by characters) two paragraphs are not the same one reworded."""
MOVED_LIKE = 0.85
LEAST_MOVED = 12
"""A shorter text that vanishes here and appears there need not be the same one."""
CELLS = 4_000_000
"""The largest table (old × new paragraphs) in which the longest common order is looked for."""
BUDGET = 150_000
"""So many pairs are held side by side for likeness at most; what is left then counts as removed and added."""
MEASURED = 800
"""Likeness is measured on so many characters."""
TOGETHER = 20_000
_SIDE = 150
_GAIN = 0.05


class Line(Struct, frozen=True):
    """A paragraph to align: its words on one line, and whether it is a heading."""

    text: str
    heading: bool = False


class Match(Struct, frozen=True):
    """Paragraphs of the old text and of the new that are the same; several where one was split, none where it came or went."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    moved: bool = False


def likeness(one: str, two: str, least: float = 0.0, measured: int = MEASURED) -> float:
    """How alike two texts are, 0 to 1; 0 where it is below `least`."""
    from rapidfuzz.distance import Indel

    a, b = one[:measured], two[:measured]
    if not a or not b or 2 * min(len(a), len(b)) < least * (len(a) + len(b)):
        return 0.0
    return Indel.normalized_similarity(a, b, score_cutoff=least)


def align(old: Sequence[Line], new: Sequence[Line]) -> list[Match]:
    """Every paragraph of both in exactly one match, in reading order: that of the new text, what is gone at its old place."""
    return _Alignment(old, new).matches()


class _Alignment(Struct):
    old: Sequence[Line]
    new: Sequence[Line]
    budget: int = BUDGET
    partner: dict[int, int] = field(default_factory=dict)
    moves: dict[int, int] = field(default_factory=dict)

    def matches(self) -> list[Match]:
        self._headings()
        for gap in self._gaps():
            self._equal(*gap)
        self._moved_as_they_are()
        for gap in self._gaps():
            self._alike(*gap)
        self._moved_and_changed()
        return list(self._in_order())

    # ── equal words ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _headings(self) -> None:
        """Headings first: boilerplate that stands under several then stays under its own."""
        old = [index for index, line in enumerate(self.old) if line.heading]
        new = [index for index, line in enumerate(self.new) if line.heading]
        pairs = _common([self.old[index].text for index in old], [self.new[index].text for index in new])
        self.partner.update((old[a], new[b]) for a, b in pairs)

    def _gaps(self) -> list[tuple[int, int, int, int]]:
        """The stretches between what is matched so far: old from, to; new from, to."""
        fixed = [(-1, -1), *sorted(self.partner.items()), (len(self.old), len(self.new))]
        return [(a + 1, c, b + 1, d) for (a, b), (c, d) in pairwise(fixed) if a + 1 < c or b + 1 < d]

    def _equal(self, a: int, c: int, b: int, d: int) -> None:
        pairs = _common([line.text for line in self.old[a:c]], [line.text for line in self.new[b:d]])
        self.partner.update((a + one, b + two) for one, two in pairs)

    def _moved_as_they_are(self) -> None:
        """Texts that vanish once and appear once, word for word."""
        gone, come = self._left()
        old, new = (Counter(line.text for line in lines) for lines in ([self.old[i] for i in gone], [self.new[i] for i in come]))
        places = {self.new[index].text: index for index in come}
        for index in gone:
            text = self.old[index].text
            if len(text) >= LEAST_MOVED and old[text] == new[text] == 1:
                self.moves[index] = places[text]

    def _left(self) -> tuple[list[int], list[int]]:
        """What has no partner yet in either text."""
        taken = {*self.partner.values(), *self.moves.values()}
        gone = [index for index in range(len(self.old)) if index not in self.partner and index not in self.moves]
        return gone, [index for index in range(len(self.new)) if index not in taken]

    # ── likeness ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _alike(self, a: int, c: int, b: int, d: int) -> None:
        """The pairs of a stretch that are most alike in all, in order; long stretches piece by piece."""
        taken = set(self.moves.values())
        old = [index for index in range(a, c) if index not in self.moves]
        new = [index for index in range(b, d) if index not in taken]
        pieces = max(1, -(-max(len(old), len(new)) // _SIDE))
        for piece in range(pieces):
            ours, theirs = _share(old, piece, pieces), _share(new, piece, pieces)
            if len(ours) * len(theirs) <= self.budget:
                self.budget -= len(ours) * len(theirs)
                self.partner.update(self._best(ours, theirs))

    def _best(self, old: Sequence[int], new: Sequence[int]) -> dict[int, int]:
        scores = [[self._score(a, b) for b in new] for a in old]
        best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
        for i in range(len(old) - 1, -1, -1):
            for j in range(len(new) - 1, -1, -1):
                paired = scores[i][j] + best[i + 1][j + 1] if scores[i][j] else 0.0
                best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
        found, i, j = {}, 0, 0
        while i < len(old) and j < len(new):
            if scores[i][j] and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
                found[old[i]] = new[j]
                i, j = i + 1, j + 1
            elif best[i][j] == best[i + 1][j]:
                i += 1
            else:
                j += 1
        return found

    def _score(self, a: int, b: int) -> float:
        one, two = self.old[a], self.new[b]
        if one.heading is not two.heading:
            return 0.0
        return likeness(one.text, two.text, LIKE)

    def _moved_and_changed(self) -> None:
        gone, come = (
            [i for i in side if len(lines[i].text) > LEAST_MOVED * 3]
            for side, lines in zip(self._left(), (self.old, self.new), strict=True)
        )
        if len(gone) * len(come) > self.budget:
            return
        scored = ((likeness(self.old[a].text, self.new[b].text, MOVED_LIKE), a, b) for a in gone for b in come)
        taken = set[int]()
        for score, a, b in sorted(scored, key=lambda each: -each[0]):
            if score and a not in self.moves and b not in taken:
                self.moves[a] = b
                taken.add(b)

    # ── split and joined paragraphs, and the order of the report ────────────────────────────────────────────────────

    def _in_order(self) -> Iterator[Match]:
        pairs = {a: Match((a,), (b,)) for a, b in self.partner.items()}
        gone, come = map(set, self._left())
        for a, match in sorted(pairs.items()):
            if self.old[a].text != self.new[match.new[0]].text:
                pairs[a] = self._joined(match, gone, come)
        matches = [*pairs.values(), *(Match((a,), (b,), moved=True) for a, b in self.moves.items())]
        matches += [Match((), (b,)) for b in come]
        by_place = sorted(matches, key=lambda match: match.new[0])
        removed = sorted(gone)
        for match in by_place:
            while removed and match.old and not match.moved and removed[0] < match.old[0]:
                yield Match((removed.pop(0),), ())
            yield match
        yield from (Match((a,), ()) for a in removed)

    def _joined(self, match: Match, gone: set[int], come: set[int]) -> Match:
        """With neighbours that came or went, where the words together are more alike: the paragraph was split, or joined."""
        best = self._alike_together(match)
        grown = True
        while grown:
            grown = False
            for wider in _wider(match, gone, come):
                score = self._alike_together(wider)
                if score > best + _GAIN:
                    gone.difference_update(wider.old)
                    come.difference_update(wider.new)
                    match, best, grown = wider, score, True
                    break
        return match

    def _alike_together(self, match: Match) -> float:
        old = " ".join(self.old[index].text for index in match.old)
        return likeness(old, " ".join(self.new[index].text for index in match.new), measured=TOGETHER)


def _wider(match: Match, gone: set[int], come: set[int]) -> Iterator[Match]:
    old, new = match.old, match.new
    if len(old) == 1 and new[-1] + 1 in come:
        yield Match(old, (*new, new[-1] + 1))
    if len(old) == 1 and new[0] - 1 in come:
        yield Match(old, (new[0] - 1, *new))
    if len(new) == 1 and old[-1] + 1 in gone:
        yield Match((*old, old[-1] + 1), new)
    if len(new) == 1 and old[0] - 1 in gone:
        yield Match((old[0] - 1, *old), new)


def _share(indices: Sequence[int], piece: int, pieces: int) -> Sequence[int]:
    return indices[len(indices) * piece // pieces : len(indices) * (piece + 1) // pieces]


# ── the longest common order of two lists, in bounded time ──────────────────────────────────────────────────────────


def _common(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of equal texts in the order of both: texts that stand once in either fix the frame, the rest is found between them."""
    found: list[tuple[int, int]] = []
    stack = [(0, len(old), 0, len(new))]
    while stack:
        a, c, b, d = stack.pop()
        while a < c and b < d and old[a] == new[b]:
            found.append((a, b))
            a, b = a + 1, b + 1
        while a < c and b < d and old[c - 1] == new[d - 1]:
            c, d = c - 1, d - 1
            found.append((c, d))
        frame = _frame(old, new, (a, c, b, d))
        if frame:
            found += frame
            fixed = [(a - 1, b - 1), *frame, (c, d)]
            stack += [(i + 1, k, j + 1, m) for (i, j), (k, m) in pairwise(fixed) if i + 1 < k and j + 1 < m]
        elif (c - a) * (d - b) <= CELLS:
            found += _longest(old, new, (a, c, b, d))
    return sorted(found)


def _frame(old: Sequence[str], new: Sequence[str], gap: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    """The longest run in both orders of texts that stand once in either stretch."""
    a, c, b, d = gap
    ones, twos = Counter(old[a:c]), Counter(new[b:d])
    places = {new[j]: j for j in range(b, d) if twos[new[j]] == 1}
    pairs = [(i, places[old[i]]) for i in range(a, c) if ones[old[i]] == 1 and old[i] in places]
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [j]
        ends[place : place + 1] = [index]
    run, index = [], ends[-1] if ends else -1
    while index >= 0:
        run.append(pairs[index])
        index = before[index]
    return run[::-1]


def _longest(old: Sequence[str], new: Sequence[str], gap: tuple[int, int, int, int]) -> Iterator[tuple[int, int]]:
    from rapidfuzz.distance import Indel

    a, c, b, d = gap
    for step in Indel.opcodes(old[a:c], new[b:d]):
        if step.tag == "equal":
            yield from zip(
                range(a + step.src_start, a + step.src_end), range(b + step.dest_start, b + step.dest_end), strict=True
            )
