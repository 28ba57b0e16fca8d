"""When a member has to act or may: its next dates, then the periods that an event starts; what is left out is counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tmp_builder.assemble.assembly import Assembly
from tmp_builder.assemble.dates import date_words
from tmp_builder.assemble.extract.words import KINDS, WORDS, clause_words, counted, said
from tmp_builder.deadlines import Deadline, Kind
from tmp_builder.document.nodes import Column, Paragraph, Row, Table
from tmp_builder.document.walk import says
from tmp_builder.language import say_date
from tmp_builder.plan.schema import Member

NEXT = 9
PERIODS = 5
"""How many rows an extract shows of either, so that it stays on its page."""

_WIDTHS = {
    "dates": (("date", 7), ("what", 19), ("act", 2), ("clause", 3)),
    "periods": (("period", 12), ("what", 14), ("act", 2), ("clause", 3)),
}
"""The columns of either table, with the share of the width that each takes."""

_NAMED = 3
"""So many rows of a register are named that have one date in common."""

Blocks = tuple[Table | Paragraph, ...]


class _Line(Struct, frozen=True):
    """Deadlines that one row tells of: those of one day (or event) first, then later ones of the same kind."""

    together: tuple[Deadline, ...]
    later: tuple[Deadline, ...] = ()

    @property
    def count(self) -> int:
        return len(self.together) + len(self.later)


def next_dates(assembly: Assembly, member: Member, mine: Sequence[Deadline], numbers: Mapping[str, str]) -> Blocks:
    """The dates that are known, the next one first. A series takes one line, so do the same dates of several rows or of other
    members for whom this one answers as a lead.
    """
    dated = sorted((each for each in mine if each.date), key=lambda each: (each.date, each.code, each.object))
    if not dated:
        return (Paragraph("dates.none", said(assembly, "nothing")),)
    return _table(assembly, "dates", _by_series(dated, member.id), NEXT, numbers)


def periods(assembly: Assembly, mine: Sequence[Deadline], numbers: Mapping[str, str]) -> Blocks:
    """The periods that wait for their event: duties first, then what a statute sets, then rights."""
    order = (Kind.DUTY, Kind.STATUTORY, Kind.RIGHT)
    waiting = sorted((each for each in mine if not each.date), key=lambda each: order.index(each.kind))
    return _table(assembly, "periods", _by_event(waiting), PERIODS, numbers) if waiting else ()


def _by_series(dated: Iterable[Deadline], member: str) -> list[_Line]:
    series: dict[tuple[str, ...], list[Deadline]] = {}
    for each in dated:
        series.setdefault(_series(each, member), []).append(each)
    lines = []
    for found in series.values():
        first = tuple(each for each in found if each.date == found[0].date)
        lines.append(_Line(first, tuple(found[len(first) :])))
    return lines


def _series(each: Deadline, member: str) -> tuple[str, ...]:
    """What is told in one line: the numbered dates of one series, or one window of several rows under one name."""
    stem, _, number = each.part.rpartition("-")
    return (
        (each.code, f"{each.object}:{stem}")
        if number.isdigit()
        else (each.code, each.label["en"], "own" if each.object == member else "")
    )


def _by_event(waiting: Iterable[Deadline]) -> list[_Line]:
    alike: dict[tuple[str, str], list[Deadline]] = {}
    for each in waiting:
        alike.setdefault((each.label["en"], each.pending["en"]), []).append(each)
    return [_Line(tuple(found)) for found in alike.values()]


def _table(assembly: Assembly, name: str, lines: list[_Line], most: int, numbers: Mapping[str, str]) -> Blocks:
    shown, hidden = lines[:most], sum(line.count for line in lines[most:])
    columns = tuple(Column(each, said(assembly, each), weight) for each, weight in _WIDTHS[name])
    rows = [_row(assembly, line, name, numbers) for line in shown]
    if hidden:
        singular = name.removesuffix("s")
        rows[-1] = replace(rows[-1], detail=counted(assembly, f"more-{singular}", f"more-{name}", hidden))
    return (Table(f"{name}.table", "records", columns, tuple(rows)),)


def _row(assembly: Assembly, line: _Line, name: str, numbers: Mapping[str, str]) -> Row:
    first, languages = line.together[0], assembly.plan.languages
    clauses = list(dict.fromkeys(filter(None, (numbers.get(each.source, "") for each in line.together))))
    cells = (
        says(**{lang: date_words(first, lang) for lang in languages}),
        says(**{lang: _what(line, lang) for lang in languages}),
        assembly.in_languages(KINDS[first.kind]),
        clause_words(assembly, clauses, first.basis),
    )
    return Row(f"{name}.{first.key}", cells)


def _what(line: _Line, language: str) -> str:
    label = line.together[0].label[language]
    return label + _objects(line, label, language) + _further(line, language)


def _objects(line: _Line, label: str, language: str) -> str:
    """The rows that a date is about, where its label does not name them."""
    names = list(dict.fromkeys(each.object for each in line.together if each.object and each.object not in label))
    if not names:
        return ""
    glue, (left, right) = (", ", (" (", ")")) if language == "en" else ("、", ("（", "）"))
    shown = glue.join(names[:_NAMED])
    if len(names) > _NAMED:
        shown = WORDS["others"][language].format(shown=shown, count=len(names) - _NAMED, all=len(names))
    return f"{left}{shown}{right}"


def _further(line: _Line, language: str) -> str:
    last = line.later[-1].date if line.later else None
    if last is None:
        return ""
    return WORDS["further"][language].format(count=len(line.later), day=say_date(last, language))
