"""The scale of a timeline: whole years, few ticks, every day in its place."""

from __future__ import annotations

from datetime import date

import pytest

from tmp_builder.document.nodes import Mark, Timeline
from tmp_builder.writers.scale import MOST, points, scale_of


def line(*days: str) -> Timeline:
    return Timeline("t", tuple(Mark(day, f"D{index:02}") for index, day in enumerate(days)), {})


@pytest.mark.parametrize(
    ("days", "years"),
    [
        (("2026-09-30",), [2026, 2027]),
        (("2026-01-01", "2027-12-31"), [2026, 2027, 2028]),
        (("2026-05-01", "2036-05-01"), list(range(2026, 2038))),
        (("2026-05-01", "2039-05-01"), list(range(2026, 2041, 2))),
    ],
)
def test_it_spans_whole_years_and_skips_some_when_there_are_many(days: tuple[str, ...], years: list[int]) -> None:
    scale = scale_of(line(*days))
    assert list(scale.years) == years
    assert len(scale.years) <= MOST + 1


def test_every_day_stands_between_the_ends_in_order() -> None:
    node = line("2031-09-30", "2026-01-01", "2029-07-02")
    found = list(points(node, scale_of(node)))
    assert [point.day for point in found] == [date(2026, 1, 1), date(2029, 7, 2), date(2031, 9, 30)]
    assert found[0].at == 0
    assert found[1].at == pytest.approx(3.5 / 6, abs=0.001)
    assert found[2].at < 1


def test_marks_of_one_day_are_one_point_that_says_each_once() -> None:
    marks = (Mark("2026-02-03", "D10"), Mark("2026-02-03", "D11"), Mark("2026-02-03", "D10"))
    node = Timeline("t", marks, {})
    assert [point.labels for point in points(node, scale_of(node))] == [("D10", "D11")]
