"""What sheets and calendars of dates have in common: the columns of the table, and the day that the file bears."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tmp_builder.assemble.extract.words import KINDS
from tmp_builder.deadlines import Deadline
from tmp_builder.deadlines.who import named
from tmp_builder.errors import UsageError
from tmp_builder.findings import both
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Plan

Cell = str | date | None

_ONCE = {
    "code": ("Code", "编号", 7),
    "date": ("Date", "日期", 12),
    "kind": ("Kind", "性质", 10),
    "object": ("Object", "对象", 12),
}
_EACH = {
    "what": ("What", "事项", 38),
    "rule": ("Rule", "规则", 46),
    "formula": ("Formula", "计算方式", 40),
    "working": ("Working", "计算过程", 46),
    "who": ("Who must act", "责任方或者权利方", 30),
    "remarks": ("Remarks", "备注", 40),
}
_LAST = {
    "latest_send": ("Send by", "最迟发出日", 12),
    "safe": ("Safe day", "稳妥日期", 12),
    "met_on": ("Done on", "完成日期", 12),
    "provisional": ("Provisional", "暂定", 11),
    "assumed": ("Expected", "预计", 10),
    "source": ("Source clause", "来源条款", 36),
    "basis": ("Law", "法律依据", 24),
    "key": ("Key", "标识", 24),
}
"""Columns that stand once, once a language, and once at the end: English heading, Chinese heading, width in characters."""

_MARKS: Mapping[str, Labels] = {
    "provisional": {"en": "provisional", "zh": "暂定"},
    "assumed": {"en": "expected", "zh": "预计"},
}
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def stamp(plan: Plan, as_of: date | None) -> date:
    """The day that a calendar or a sheet of `plan` bears: `as_of`, else the plan's own. Raises UsageError where there is neither."""
    day = as_of or plan.dated or plan.signed_on
    if day is None:
        raise UsageError(
            both("the plan has no date, and a calendar or a sheet needs one", "本计划没有日期，而日历和表格需要日期"),
            both("Set dated: in the plan, or add --date 2026-09-30.", "请在计划中填写dated:，或者加上--date 2026-09-30。"),
        )
    return day


def headings(languages: tuple[str, ...]) -> list[tuple[str, int]]:
    """The heading and the width of each column."""
    both = [
        (f"{en} {zh}" if len(languages) > 1 else en if languages == ("en",) else zh, width) for en, zh, width in _ONCE.values()
    ]
    each = [(en if lang == "en" else zh, width) for en, zh, width in _EACH.values() for lang in languages]
    last = [
        (f"{en} {zh}" if len(languages) > 1 else en if languages == ("en",) else zh, width) for en, zh, width in _LAST.values()
    ]
    return [*both, *each, *last]


def rows(found: Iterable[Deadline], plan: Plan) -> Iterator[list[Cell]]:
    """The cells of each deadline, in the order of the headings; dates stay dates."""
    for each in found:
        yield [
            *_once(each, plan),
            *(_text(each, name, plan, lang) for name in _EACH for lang in plan.languages),
            *_last(each, plan),
        ]


def _once(each: Deadline, plan: Plan) -> list[Cell]:
    return [each.code, each.date, _in_all(KINDS[each.kind], plan), each.object]


def _in_all(words: Labels, plan: Plan) -> str:
    """A word in each language of the plan, as the headings of columns that stand once."""
    return " ".join(words[language] for language in sorted(plan.languages))


def _text(each: Deadline, name: str, plan: Plan, language: str) -> str:
    if name == "what":
        return each.label[language]
    if name == "who":
        return named(each.who, plan, language)
    if name == "remarks":
        said = (each.pending.get(language), each.non_working.get(language), each.note.get(language))
        return ("; " if language == "en" else "；").join(filter(None, said))
    words: str = getattr(each, name).get(language, "")
    return words


def _last(each: Deadline, plan: Plan) -> list[Cell]:
    marks = {name: _in_all(words, plan) if getattr(each, name) else "" for name, words in _MARKS.items()}
    days = {"latest_send": each.latest_send, "safe": each.safe, "met_on": each.met_on}
    return [marks.get(name, days.get(name)) if name in marks or name in days else str(getattr(each, name)) for name in _LAST]


def write_csv(found: Iterable[Deadline], plan: Plan) -> bytes:
    """UTF-8 with a byte order mark, as spreadsheets expect it; a text that looks like a formula begins with an apostrophe."""
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow(name for name, _ in headings(plan.languages))
    for row in rows(found, plan):
        sheet.writerow(_plain(cell) for cell in row)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _plain(cell: Cell) -> str:
    text = cell.isoformat() if isinstance(cell, date) else cell or ""
    return f"'{text}" if text.startswith(DANGEROUS) else text
