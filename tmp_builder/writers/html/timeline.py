"""A timeline as vector graphics: a line of years, a dot for each day, its marks slanting above it; the words in its title."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.document.nodes import Timeline
from tmp_builder.document.walk import plain
from tmp_builder.writers.html.setting import Setting
from tmp_builder.writers.html.words import escape, spoken
from tmp_builder.writers.scale import Point, Scale, points, scale_of

WIDTH, LEFT, RIGHT = 1000, 20, 960
"""The drawing in its own units, and the ends of the line in it."""

STEP = 21
"""The height of a label, and the least width between two that stand on the same height."""

GAP = 74
LABEL = 36
"""How far a label reaches from its thread: where another thread stands nearer, the label stands before its own."""

_LETTERS = 'font-family="Liberation Serif, Times New Roman, serif" font-size="17" fill="#444a55"'
_AXIS = 'class="axis" stroke="#17375e" stroke-width="2" fill="none"'
_THREAD = 'class="thread" stroke="#9aa5b5" stroke-width="1" fill="none"'
_INK = 'fill="#17375e"'
"""The look stands in the drawing itself: the PDF engine applies no style sheet to it; dark screens have other colours in the sheet."""


def timeline(node: Timeline, setting: Setting) -> str:
    """The drawing; nothing for a timeline without marks."""
    if not node.marks:
        return ""
    scale = scale_of(node)
    placed = list(_placed(points(node, scale)))
    line = (1 + max(rank + len(point.labels) for point, rank in placed)) * STEP
    words = escape(" / ".join(plain(node.alternative[language]) for language in spoken(node.alternative, setting)))
    drawn = "".join([_tick(scale, year, line) for year in scale.years])
    drawn += "".join([_point(point, rank, line, crowded=_is_crowded(point, placed)) for point, rank in placed])
    axis = f'<path {_AXIS} d="M{LEFT} {line}H{RIGHT}"/>'
    look = f'class="timeline" role="img" viewBox="0 0 {WIDTH} {line + 34}" {_LETTERS}'
    return f"<svg {look}><title>{words}</title>{axis}{drawn}</svg>"


def _x(at: float) -> float:
    return round(LEFT + at * (RIGHT - LEFT), 1)


def _placed(found: Iterator[Point]) -> Iterator[tuple[Point, int]]:
    """Every point with how many labels stand below its own: those of neighbours that would be overwritten."""
    taken: list[tuple[float, int]] = []
    for point in found:
        x = _x(point.at)
        rank = max((top for other, top in taken if x - other < GAP), default=0)
        taken.append((x, rank + len(point.labels)))
        yield point, rank


def _tick(scale: Scale, year: int, line: int) -> str:
    x = _x((year - scale.first) / (scale.end - scale.first))
    name = f'<text class="year" {_INK} x="{x}" y="{line + 26}" text-anchor="middle">{year}</text>'
    return f'<path {_AXIS} d="M{x} {line}v7"/>{name}'


def _is_crowded(point: Point, placed: list[tuple[Point, int]]) -> bool:
    """Whether the thread of a later day would run through the labels of this one, and there is room before it."""
    x = _x(point.at)
    return x > LABEL and any(x < _x(other.at) < x + LABEL for other, _ in placed)


def _point(point: Point, rank: int, line: int, *, crowded: bool) -> str:
    """A dot on the line, a thread up to the labels, the labels beside it: behind it, or before it where that is crowded."""
    x, low = _x(point.at), line - rank * STEP - 8
    top = low - (len(point.labels) - 1) * STEP
    side = f'x="{x - 6:.1f}" text-anchor="end"' if crowded else f'x="{x + 6:.1f}"'
    labels = "".join(f'<text {side} y="{low - index * STEP}">{escape(label)}</text>' for index, label in enumerate(point.labels))
    return f'<path {_THREAD} d="M{x} {line}V{top - 12}"/><circle {_INK} cx="{x}" cy="{line}" r="5"/>{labels}'
