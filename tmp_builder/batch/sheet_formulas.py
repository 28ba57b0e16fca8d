"""The formulas of the members' workbook: what applies, what is missing, what stands twice; each with what it gives as made.

Every formula is written here and holds nothing that anybody typed but ids of the library and of sides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from tmp_builder.batch.sheet_cells import ANY, Applies, SheetColumn
from tmp_builder.batch.sheet_rows import Row
from tmp_builder.batch.sheet_words import CHECKS, filled
from tmp_builder.library.schema import Labels
from tmp_builder.plan.workbook import letters
from tmp_builder.values.kinds import PERIODS

HEAD = 2
"""The headings stand in the third line: above them the title of the sheet and the titles of columns."""
FIRST = HEAD + 1
WHOLE = (*PERIODS, "integer")
"""Kinds that stand in a cell as a number."""


class Grid(Struct, frozen=True):
    """The part of the sheet that is filled in: its columns, its last row (from 0), and the rows it is made with."""

    columns: Sequence[SheetColumn]
    last: int
    rows: Sequence[Row]

    def place(self, heading: str) -> int:
        """The column of a heading, from 0."""
        return next(number for number, column in enumerate(self.columns) if column.heading == heading)

    def cell(self, heading: str) -> str:
        """The cell of a heading in the first row, its column fixed: `$F4`."""
        return f"${letters(self.place(heading))}{FIRST + 1}"

    def all(self, heading: str, sheet: str = "") -> str:
        """Every cell of a heading: `Members!$F$4:$F$2003`."""
        column = letters(self.place(heading))
        return f"{sheet}{'!' if sheet else ''}${column}${FIRST + 1}:${column}${self.last + 1}"


class Check(Struct, frozen=True):
    """A line of the sheet of checks: what is counted, in which column, by which formula, and how many there are as made."""

    what: Labels
    heading: str
    formula: str
    count: int
    adds: bool = True


def _text(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def applies_formula(applies: Applies, cells: str) -> str:
    """Whether cells apply: the same for one cell and, inside SUMPRODUCT, for many.

    Every sum has a nought in it, since a spreadsheet holds FALSE to be greater than any number.
    """
    if not applies.values:
        return f'({cells}<>"")'
    if not applies.many:
        return f"({'+'.join(f'({cells}={_text(value)})' for value in applies.values)}+0>0)"
    plain = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({cells}," ",""),"；",";"),",",";")'
    found = [
        f'({cells}="")' if value == ANY else f'ISNUMBER(SEARCH({_text(f";{value};")},";"&{plain}&";"))'
        for value in applies.values
    ]
    return f"({'+'.join(found)}+0>0)"


def applies_in(row: Row, applies: Applies | None) -> bool:
    """The same for a row as made."""
    if applies is None:
        return True
    text = row.get(applies.heading, "")
    if not applies.values:
        return bool(text)
    parts = [part.strip() for part in text.replace("；", ";").replace(",", ";").split(";")] if applies.many else [text]
    return any(value in parts for value in applies.values)


def greyed(grid: Grid, column: SheetColumn) -> str:
    """Where a cell does not apply to its row."""
    applies = column.applies
    assert applies is not None
    return f'=AND({grid.cell("id")}<>"",NOT({applies_formula(applies, grid.cell(applies.heading))}))'


def missing(grid: Grid, column: SheetColumn) -> str:
    """Where a cell that is needed is empty in a row that has an id."""
    own = grid.cell(column.heading)
    wanted = [f'{grid.cell("id")}<>""', f'{own}=""']
    if column.applies:
        wanted.append(applies_formula(column.applies, grid.cell(column.applies.heading)))
    return f"=AND({','.join(wanted)})"


def twice(grid: Grid) -> str:
    """Where an id stands a second time."""
    return f'=AND({grid.cell("id")}<>"",COUNTIF({grid.all("id")},{grid.cell("id")})>1)'


# ── the sheet of checks ─────────────────────────────────────────────────────────────────────────────────────────────


def checks(grid: Grid, sheet: str, lists: dict[str, str]) -> list[Check]:
    """The lines of the sheet of checks; `lists` say where the words allowed in a column stand."""
    ids = grid.all("id", sheet)
    used = [row for row in grid.rows if row.get("id")]
    many = Counter(row["id"].casefold() for row in used)
    rest = "+".join(f'({grid.all(column.heading, sheet)}<>"")' for column in grid.columns[1:4])
    found = [
        Check(CHECKS["rows"], "id", f'=SUMPRODUCT(--({ids}<>""))', len(used), adds=False),
        Check(CHECKS["nameless"], "id", f'=SUMPRODUCT(({ids}="")*(({rest})>0))', 0),
        Check(
            CHECKS["twice"],
            "id",
            f'=SUMPRODUCT(({ids}<>"")*(COUNTIF({ids},{ids}&"")>1))',
            sum(many[row["id"].casefold()] > 1 for row in used),
        ),
    ]
    for column in grid.columns:
        if column.needed and column.heading != "id":
            found.append(_missing(grid, column, sheet, used))
        if column.heading in lists and column.listed and not column.many:
            found.append(_unlisted(grid, column, sheet, lists[column.heading]))
        if column.spec.kind in WHOLE:
            found.append(_outside(grid, column, sheet))
    return found


def _missing(grid: Grid, column: SheetColumn, sheet: str, used: Sequence[Row]) -> Check:
    wanted = f'({grid.all("id", sheet)}<>"")*({grid.all(column.heading, sheet)}="")'
    if column.applies:
        wanted += f"*{applies_formula(column.applies, grid.all(column.applies.heading, sheet))}"
    count = sum(not row.get(column.heading) and applies_in(row, column.applies) for row in used)
    return Check(filled(CHECKS["missing"], title=column.title), column.heading, f"=SUMPRODUCT({wanted})", count)


def _unlisted(grid: Grid, column: SheetColumn, sheet: str, words: str) -> Check:
    cells = grid.all(column.heading, sheet)
    formula = f'=SUMPRODUCT(({cells}<>"")*(COUNTIF({words},{cells}&"")=0))'
    count = sum(bool(row.get(column.heading)) and row[column.heading] not in column.values for row in grid.rows)
    return Check(filled(CHECKS["unlisted"], title=column.title), column.heading, formula, count)


def _outside(grid: Grid, column: SheetColumn, sheet: str) -> Check:
    cells, spec = grid.all(column.heading, sheet), column.spec
    wrong = [f"(1-ISNUMBER({cells}))"]
    wrong += [f"({cells}<{bound(spec.low)})"] if spec.low is not None else []
    wrong += [f"({cells}>{bound(spec.high)})"] if spec.high is not None else []
    formula = f'=SUMPRODUCT(({cells}<>"")*(({"+".join(wrong)})>0))'
    return Check(filled(CHECKS["outside"], title=column.title), column.heading, formula, 0)


def bound(value: object) -> str:
    """A bound as formulas write it: with a point, never grouped."""
    from fractions import Fraction

    exact = Fraction(str(value))
    return str(exact.numerator) if exact.denominator == 1 else f"{exact.numerator}/{exact.denominator}"
