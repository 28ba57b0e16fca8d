"""From the prose of a card to clauses: the numbered items of both languages held side by side and joined."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

from tmp_builder.document.nodes import Blank, Block, Clause, Column, FactBlank, Inline, Inlines, Paragraph, Reference, Row, Table
from tmp_builder.findings import Fault, Place, both, listed

if TYPE_CHECKING:
    from tmp_builder.library.items import Item


class Prose(Struct):
    """What a text yields: the clauses of both languages in one tree, the marks with their lines, the faults."""

    clauses: tuple[Clause, ...] = ()
    marks: list[tuple[str, str, int]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def parse_prose(texts: Mapping[str, tuple[str, int]], file: str, origin: str) -> Prose:
    """The clauses of `origin` from a text per language, each with the line on which it begins in `file`."""
    from tmp_builder.library.items import ItemReader

    prose = Prose()
    trees = {
        language: ItemReader(language, file, line, prose.marks, prose.faults).items(text)
        for language, (text, line) in texts.items()
    }
    if not prose.faults:
        _hold_together(trees, file, prose, "")
    if not prose.faults:
        prose.clauses = _clauses(trees, origin, 2, origin + "#")
    return prose


def _hold_together(trees: Mapping[str, list[Item]], file: str, prose: Prose, where: str, line: int = 0) -> None:
    """The same items, nested alike, with the same blanks and references in every language; `line` is that of the item above."""
    languages = list(trees)
    first = languages[0]
    for language in languages[1:]:
        mine, other = trees[first], trees[language]
        if [item.name for item in mine] != [item.name for item in other]:
            place = Place(file, other[0].line if other else line or mine[0].line)
            prose.faults.append(_mismatch(mine, other, place, where, language))
            continue
        for one, two in zip(mine, other, strict=True):
            _hold_item(one, two, (first, language), file, prose, where=f"{where}{one.name or where}")


def _mismatch(mine: list[Item], other: list[Item], place: Place, where: str, language: str) -> Fault:
    names = {item.name for item in mine} ^ {item.name for item in other}
    if names - {""}:
        missing = listed(sorted(f"{{#{name}}}" for name in names))
        return Fault(
            place,
            both(
                "the languages have not the same items: {missing} stands in one only",
                "两种文字的各款不一致：{missing}仅见于其中之一",
                missing=missing,
            ),
            both("Add it, or delete it.", "请补上或删去。"),
        )
    en, zh = (
        "{where}: {mine} items in the first language, {other} in “{language}”, or in another order",
        "{where}：第一种文字有{mine}款，“{language}”有{other}款，或者顺序不同",
    )
    message = both(en, zh, where=where or both("the text", "正文"), mine=len(mine), other=len(other), language=language)
    return Fault(place, message, both("Both languages need the same items in the same order.", "两种文字的各款及其顺序须一致。"))


def _hold_item(one: Item, two: Item, languages: tuple[str, str], file: str, prose: Prose, *, where: str) -> None:
    if len(one.paragraphs) != len(two.paragraphs) or (one.table is None) != (two.table is None):
        prose.faults.append(
            Fault(
                Place(file, two.line),
                both(
                    "{where}: not the same paragraphs or tables in both languages",
                    "{where}：两种文字的段落或表格不一致",
                    where=where,
                ),
            )
        )
        return
    for left, right in zip(_texts(one), _texts(two), strict=False):
        ours, theirs = sorted(map(_mark_name, _marked(left))), sorted(map(_mark_name, _marked(right)))
        if ours != theirs:
            differ = f"{', '.join(ours) or 'none'} / {', '.join(theirs) or 'none'}"
            message = both(
                "{where}: blanks and references differ between the languages: {differ}",
                "{where}：两种文字的空白和引用不一致：{differ}",
                where=where,
                differ=differ,
            )
            prose.faults.append(
                Fault(
                    Place(file, two.line),
                    message,
                    both("Use the same marks, equally often, in both languages.", "两种文字应使用相同的标记，次数相同。"),
                )
            )
    if one.table and two.table and [len(row) for row in one.table] != [len(row) for row in two.table]:
        prose.faults.append(
            Fault(
                Place(file, two.line),
                both("{where}: the tables have not the same rows and columns", "{where}：两个表格的行列不一致", where=where),
            )
        )
    _hold_together(dict(zip(languages, (one.items, two.items), strict=True)), file, prose, where + ".", two.line)


def _texts(item: Item) -> list[Inlines]:
    return [*item.paragraphs, *(cell for row in item.table or [] for cell in row)]


def _marked(inlines: Inlines) -> list[Inline]:
    return [inline for inline in inlines if isinstance(inline, (Blank, FactBlank, Reference))]


def _mark_name(inline: Inline) -> str:
    return inline.target if isinstance(inline, Reference) else getattr(inline, "name", "")


def _clauses(trees: Mapping[str, list[Item]], origin: str, level: int, prefix: str) -> tuple[Clause, ...]:
    out = []
    for position, same in enumerate(zip(*trees.values(), strict=True), 1):
        items = dict(zip(trees, same, strict=True))
        ident = prefix + (same[0].name or f".{position}")
        children: list[Block] = [
            Paragraph(f"{ident}.p{index}", {language: item.paragraphs[index] for language, item in items.items()})
            for index in range(1, len(same[0].paragraphs))
        ]
        if same[0].table:
            children.append(_table(items, ident))
        children.extend(_clauses({language: item.items for language, item in items.items()}, origin, level + 1, ident))
        out.append(
            Clause(ident, level, {language: item.paragraphs[0] for language, item in items.items()}, tuple(children), origin)
        )
    return tuple(out)


def _table(items: Mapping[str, Item], ident: str) -> Table:
    grids = {language: item.table or [] for language, item in items.items()}
    shape = next(iter(grids.values()))
    columns = tuple(Column(f"c{c}", {language: grid[0][c] for language, grid in grids.items()}) for c in range(len(shape[0])))
    rows = tuple(
        Row(f"{ident}.r{r}", tuple({language: grid[r][c] for language, grid in grids.items()} for c in range(len(shape[r]))))
        for r in range(1, len(shape))
    )
    return Table(f"{ident}.table", "records", columns, rows)
