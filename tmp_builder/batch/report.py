"""The report of a run as tables: sets, findings, dates, what has to be chased, what goes to whom, who got nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from tmp_builder.batch.execute import Done, Run, State
from tmp_builder.batch.fingerprints import CHANGED
from tmp_builder.batch.manifest import Entry
from tmp_builder.batch.report_words import WORDS, word
from tmp_builder.findings import spoken

XLSX, HTML = "report.xlsx", "report.html"

Cell = str | int

CHASED = ("form", "background", "screening", "signature", "contact", "registration", "name")
"""What a member can still owe, in the order of the chase list."""

_UNDATED = date(1980, 1, 1)


class Sheet(Struct, frozen=True):
    """A table of the report: its name, its columns with their widths in characters, its lines."""

    name: str
    columns: tuple[tuple[str, int], ...]
    lines: tuple[tuple[Cell, ...], ...]


def why(names: Sequence[str], language: str) -> str:
    """The reasons for which a set was made, in words."""
    return {"en": "; ", "zh": "；"}[language].join(CHANGED[name][language] for name in names)


def summary(run: Run, language: str) -> str:
    """How many sets were built, unchanged and failed, and how many members there are."""
    counts, many = run.work.counts, {str(state): run.many(state) for state in State}
    return word("summary", language, **many, memberships=counts.memberships, institutions=counts.institutions)


def sheets(run: Run, language: str) -> tuple[Sheet, ...]:
    """Every table of the report, in the language of the interface."""
    every: tuple[tuple[str, tuple[tuple[str, int], ...], Callable[[Run, str], Iterator[tuple[Cell, ...]]]], ...] = (
        ("sets", _SETS, _sets),
        ("chase", (("id", 10), ("consortium", 18), ("name", 36), *((_column(each), 16) for each in CHASED)), _chase),
        ("dispatch", (("id", 10), ("name", 36), ("language", 10), ("paper", 16), ("file", 50), ("hash", 66)), _dispatch),
        (
            "findings",
            (("id", 10), ("consortium", 18), ("code", 9), ("severity", 10), ("message", 70), ("address", 40)),
            _findings,
        ),
        ("dates", (("id", 10), ("consortium", 18), ("day", 12), ("code", 8), ("what", 60)), _dates),
        ("left-out", (("id", 10), ("consortium", 18), ("name", 36), ("why", 40), ("place", 24)), _left_out),
    )
    return tuple(
        Sheet(
            word(name, language), tuple((word(column, language), width) for column, width in columns), tuple(lines(run, language))
        )
        for name, columns, lines in every
    )


_SETS = (
    *(("id", 10), ("consortium", 18), ("name", 36), ("folder", 24), ("state", 11), ("why", 50)),
    *(("files", 7), ("errors", 8), ("warnings", 9), ("gaps", 7), ("next", 34), ("place", 24)),
)


def _column(name: str) -> str:
    return "missing-name" if name == "name" else name


def _who(done: Done, language: str) -> tuple[Cell, Cell, Cell]:
    entry = done.entry
    name = entry.name.get(language) or next(iter(entry.name.values()), "")
    nameless = entry.id.rpartition("/")[2] if entry.place else word("common", language)
    return (entry.member or nameless, entry.consortium, name)


def _of(finding: Mapping[str, Any], severity: str) -> bool:
    return bool(finding["severity"] == severity)


def _sets(run: Run, language: str) -> Iterator[tuple[Cell, ...]]:
    for done in run.in_order():
        entry = done.entry
        told = [spoken(entry.fault, language) or why(done.reasons, language), *(each[language] for each in entry.warnings)]
        told += [each["why"][language] for each in entry.skipped]
        first = entry.dates[0] if entry.dates else None
        yield (
            *_who(done, language),
            entry.folder,
            word(str(done.state), language),
            "\n".join(filter(None, told)),
            len(entry.files) if not entry.fault else 0,
            *_checked(entry),
            f"{first['day']} {first['code']} {first['what'][language]}" if first else "",
            entry.place,
        )


def _checked(entry: Entry) -> tuple[Cell, Cell, Cell]:
    """Errors, warnings and gaps of a text; nothing for a set without a text of its own, since nothing in it was checked."""
    if not entry.fingerprint:
        return ("", "", "")
    counts = (sum(_of(each, severity) for each in entry.findings) for severity in ("error", "warning"))
    return (*counts, entry.gaps)  # type: ignore[return-value]


def _chase(run: Run, language: str) -> Iterator[tuple[Cell, ...]]:
    for done in run.in_order():
        if done.entry.missing:
            marks = (word("missing", language) if each in done.entry.missing else "" for each in CHASED)
            yield (*_who(done, language), *marks)


def _dispatch(run: Run, language: str) -> Iterator[tuple[Cell, ...]]:
    """What goes to whom: the files of a member's set, and of the common text the copy in its folder. Nothing of a set that failed."""
    sets = [done for done in run.in_order() if done.state is not State.FAILED]
    common = {file.path: file for done in sets if not done.entry.member for file in done.entry.files}
    for done in sets:
        entry = done.entry
        inside = [file for path, file in common.items() if path.startswith(f"{entry.folder}/")] if entry.member else []
        files = [*inside, *entry.files] if entry.folder else []
        for file in files:
            yield (
                _who(done, language)[0],
                _who(done, language)[2],
                _languages(run, entry.consortium),
                word(file.paper, language),
                file.path,
                file.sha256,
            )


def _languages(run: Run, consortium: str) -> str:
    plan = run.work.shared.plans.get(consortium)
    found = run.work.request.options.languages or (plan.languages if plan else ())
    return ", ".join(found)


def _findings(run: Run, language: str) -> Iterator[tuple[Cell, ...]]:
    for done in run.in_order():
        for each in done.entry.findings:
            who = each.get("party") or _who(done, language)[0]
            yield (
                who,
                done.entry.consortium,
                each["code"],
                word(str(each["severity"]), language),
                each["message"][language],
                each["address"],
            )


def _dates(run: Run, language: str) -> Iterator[tuple[Cell, ...]]:
    for done in run.in_order():
        for each in done.entry.dates:
            yield (done.entry.member, done.entry.consortium, each["day"], each["code"], each["what"][language])


def _left_out(run: Run, language: str) -> Iterator[tuple[Cell, ...]]:
    for each in run.work.left_out:
        name = each.row.member.get("name") or ""
        shown = name.get(language) or next(iter(name.values()), "") if isinstance(name, Mapping) else str(name)
        yield (each.row.id, each.consortium, shown, each.reason[language], str(each.row.place))


# ── as files ────────────────────────────────────────────────────────────────────────────────────────────────────────


def report_files(run: Run, language: str) -> dict[str, bytes]:
    """The report as a workbook and as a page; the same run gives the same bytes."""
    from tmp_builder.writers.tablesheet import write as write_sheets

    tables = sheets(run, language)
    drawn: list[tuple[str, list[int], list[list[tuple[Cell, str]]]]] = [
        (sheet.name, [width for _, width in sheet.columns], [[(name, "head") for name, _ in sheet.columns], *_lines(sheet)])
        for sheet in tables
    ]
    from tmp_builder.batch.page import view
    from tmp_builder.writers.html.report import write

    book = write_sheets(drawn, word("title", language), _stamp(run))
    return {XLSX: book, HTML: write(view(run, tables, language))}


def _lines(sheet: Sheet) -> Iterator[list[tuple[Cell, str]]]:
    failed = {WORDS["failed"][language] for language in ("en", "zh")}
    for line in sheet.lines:
        yield [(cell, "error" if cell in failed else "plain") for cell in line]


def _stamp(run: Run) -> date:
    plans = run.work.shared.plans.values()
    return run.work.request.as_of or next((plan.dated for plan in plans if plan.dated), _UNDATED)
