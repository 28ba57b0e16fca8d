"""What a cell of the members' workbook takes: its drop-down, its range, and the note that says so to people."""

from __future__ import annotations

from typing import Any

from tmp_builder.batch.sheet_cells import ANY, SheetColumn
from tmp_builder.batch.sheet_formulas import FIRST, WHOLE, Grid, bound
from tmp_builder.batch.sheet_words import EMPTY, FILLED, KINDS, MANY, ONE_OF, ONLY, SOME_OF, filled, number, two, unit_of
from tmp_builder.language import LANGUAGES
from tmp_builder.library.schema import Labels
from tmp_builder.plan.workbook import letters
from tmp_builder.writers.words import one_line, printable
from tmp_builder.writers.xlsx import FIRST_DAY

_MOST_TITLE, _MOST_NOTE = 32, 255
"""Characters of the title and of the text that a spreadsheet shows beside a cell."""
_MOST_WORDS = 14
"""So many words are named in a note; longer lists are on their sheet."""


def limits(grid: Grid, column: SheetColumn, words: str) -> dict[str, Any]:
    """What the spreadsheet lets people type: the reader of the table refuses the rest again. `words` is where the list stands.

    Where several values stand in one cell, or members may be named that are not there yet, the list is an offer.
    """
    spec = column.spec
    if spec.kind == "party" and not column.many:
        return {"validate": "list", "source": f"={grid.all('id')}", "show_error": False}
    if words:
        return {"validate": "list", "source": f"={words}", "show_error": column.listed and not column.many}
    if spec.allowed and not column.many:
        return {"validate": "list", "source": [number(each) for each in spec.allowed]}
    return {"validate": "any"} if column.many else _of_kind(grid, column)


def _of_kind(grid: Grid, column: SheetColumn) -> dict[str, Any]:
    spec = column.spec
    if spec.kind in WHOLE:
        return _whole(spec.low, spec.high, negative=spec.kind == "integer")
    if spec.kind == "date":
        return {"validate": "date", "criteria": ">=", "value": FIRST_DAY, "error_type": "warning"}
    if spec.kind in ("percent", "decimal") and (spec.low is not None or spec.high is not None):
        return {"validate": "custom", "value": _within(grid, column), "error_type": "warning"}
    return {"validate": "any"}


def _whole(low: Any, high: Any, *, negative: bool) -> dict[str, Any]:
    least = bound(low) if low is not None else None if negative else "0"
    if least is not None and high is not None:
        return {"validate": "integer", "criteria": "between", "minimum": f"={least}", "maximum": f"={bound(high)}"}
    if high is not None:
        return {"validate": "integer", "criteria": "<=", "value": f"={bound(high)}"}
    return {"validate": "integer", "criteria": ">=", "value": f"={least if least is not None else '-1000000000000'}"}


def _within(grid: Grid, column: SheetColumn) -> str:
    """Whether a number written as text lies in its range; points and commas mean the same on every computer."""
    cell = f"{letters(grid.place(column.heading))}{FIRST + 1}"
    value = f'_xlfn.NUMBERVALUE(SUBSTITUTE({cell},"%",""),".",",")'
    low, high = column.spec.low, column.spec.high
    bounds = [f"{value}>={bound(low)}"] if low is not None else []
    bounds += [f"{value}<={bound(high)}"] if high is not None else []
    return f"=IFERROR(AND({','.join(bounds)}),FALSE)"


# ── what is said ────────────────────────────────────────────────────────────────────────────────────────────────────


def takes(column: SheetColumn) -> Labels:
    """What goes into a cell: its kind or its words, unit and range, when it applies."""
    unit = unit_of(column.spec)
    parts = [_kind(column), {lang: f"[{unit[lang]}]" if unit[lang] else "" for lang in LANGUAGES}]
    if column.applies:
        values = (
            [{"en": FILLED["en"], "zh": FILLED["zh"]}]
            if not column.applies.values
            else [EMPTY if value == ANY else dict.fromkeys(LANGUAGES, value) for value in column.applies.values]
        )
        said = {"en": " or ".join(each["en"] for each in values), "zh": "或".join(each["zh"] for each in values)}
        parts.append(filled(ONLY, heading=column.applies.heading, values=said))
    return {lang: (" " if lang == "en" else "").join(part[lang] for part in parts if part[lang]) for lang in LANGUAGES}


def _kind(column: SheetColumn) -> Labels:
    if column.values and len(column.values) <= _MOST_WORDS:
        said = {
            "en": ", ".join(f"{word} ({label.get('en', '')})" for word, label in column.values.items()),
            "zh": "、".join(f"{word}（{label.get('zh', '')}）" for word, label in column.values.items()),
        }
        return filled(SOME_OF if column.many else ONE_OF, values=said)
    kind = (
        KINDS["territory" if column.values and column.spec.kind == "text" else column.spec.kind]
        if column.spec.kind in KINDS
        else KINDS["integer"]
    )
    return {lang: f"{kind[lang]}{' ' if lang == 'en' else ''}{MANY[lang]}" for lang in LANGUAGES} if column.many else kind


def note(column: SheetColumn) -> str:
    """The note at the heading, in both languages."""
    said = takes(column)
    every = [f"{column.title[lang]}\n{said[lang]}\n{column.note.get(lang, '')}".strip() for lang in LANGUAGES]
    return "\n\n".join(every)


def input_note(column: SheetColumn) -> dict[str, str]:
    """The note that the spreadsheet shows beside a cell: shorter, since it has little room."""
    said = takes(column)
    own = {lang: f"{said[lang]}{' ' if lang == 'en' else ''}{column.note.get(lang, '')}".strip() for lang in LANGUAGES}
    text = printable(two(own))
    if len(text) > _MOST_NOTE:
        half = _MOST_NOTE // 2
        text = printable("\n".join(_cut(one_line(own[lang]), half) for lang in LANGUAGES))
    found = {"input_title": _cut(one_line(two(column.title, " ")), _MOST_TITLE)}
    return {**found, "input_message": text} if text else found


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
