"""From the prose of a card to clauses: a numbered list in each language, held side by side, every other mark refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tmp_builder.document.nodes import (
    Blank,
    Block,
    Clause,
    Column,
    FactBlank,
    Inline,
    Inlines,
    Paragraph,
    Reference,
    Row,
    Table,
    Term,
    Text,
)
from tmp_builder.findings import Fault, Place

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_LEVEL = 4
_NAME = re.compile(r"^\{#([a-z][a-z0-9-]*)\}\s*")
_MARK = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.S)
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”（）]"
_WRAPPED_WIDE = re.compile(rf"(?<={_WIDE})[ \t]*\n[ \t]*|[ \t]*\n[ \t]*(?={_WIDE})")
_REFUSED = {
    "heading_open": "a heading",
    "bullet_list_open": "a bulleted list",
    "blockquote_open": "a block quotation",
    "fence": "a code block",
    "code_block": "text indented by four spaces outside a list",
    "html_block": "an HTML tag",
    "html_inline": "an HTML tag",
    "hr": "a ruled line",
    "code_inline": "`code`",
    "em_open": "*emphasis* (only **Term** at its definition is allowed)",
    "link_open": "a link",
    "image": "an image",
    "hardbreak": "a forced line break",
}


@dataclass(slots=True)
class _Item:
    """A numbered item of one language: its texts (a paragraph each), what is nested, its place."""

    name: str
    line: int
    paragraphs: list[Inlines] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)
    table: list[list[Inlines]] | None = None


@dataclass(slots=True)
class Prose:
    """What a text yields: the clauses of both languages in one tree, the marks with their lines, the faults."""

    clauses: tuple[Clause, ...] = ()
    marks: list[tuple[str, str, int]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@lru_cache(maxsize=1)
def _markdown() -> Any:  # noqa: ANN401
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").disable(["entity"])


def parse_prose(texts: Mapping[str, tuple[str, int]], file: str, origin: str) -> Prose:
    """The clauses of `origin` from a text per language, each with the line on which it begins in `file`."""
    prose = Prose()
    trees = {language: _Reader(language, file, line, prose).items(text) for language, (text, line) in texts.items()}
    if not prose.faults:
        _hold_together(trees, file, prose, "")
    if not prose.faults:
        prose.clauses = _clauses(trees, origin, 2, origin + "#")
    return prose


# ── one language: markdown tokens → items ───────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Reader:
    language: str
    file: str
    first_line: int
    prose: Prose

    def items(self, text: str) -> list[_Item]:
        tokens = _markdown().parse(text)
        found, position = [], 0
        while position < len(tokens):
            if tokens[position].type == "ordered_list_open":
                items, position = self._list(tokens, position, 1)
                found.extend(items)
            else:
                self._refuse(tokens[position], "text outside the numbered list")
                position += 1
        if not found and not self.prose.faults:
            self._fault(self.first_line, "the text is empty", "Write a numbered list: 1.  {#name} Each Member shall …")
        return found

    def _fault(self, line: int, message: str, hint: str = "") -> None:
        self.prose.faults.append(Fault(Place(self.file, line), message, hint))

    def _line(self, token: Token) -> int:
        return self.first_line + (token.map[0] if token.map else 0)

    def _refuse(self, token: Token, otherwise: str) -> None:
        what = _REFUSED.get(token.type, otherwise)
        if token.nesting >= 0 and not (token.type == "inline" and self.prose.faults):
            hint = "Allowed: numbered lists, **Term** at a definition, simple tables and the marks {{ … }}."
            self._fault(self._line(token), f"{what} is not allowed here", hint)

    def _list(self, tokens: list[Token], position: int, depth: int) -> tuple[list[_Item], int]:
        opening, items = tokens[position], []
        if depth >= MAX_LEVEL:
            self._fault(self._line(opening), "the list is nested more than three deep")
        position += 1
        while tokens[position].type != "ordered_list_close":
            item, position = self._item(tokens, position, depth)
            items.append(item)
        if depth > 1 and len(items) < 2:
            self._fault(self._line(opening), "a nested list has one item only", "Make it a sentence of the item above, or add another.")
        return items, position + 1

    def _item(self, tokens: list[Token], position: int, depth: int) -> tuple[_Item, int]:
        item = _Item("", self._line(tokens[position]))
        position += 1
        while tokens[position].type != "list_item_close":
            token = tokens[position]
            if token.type == "paragraph_open":
                self._paragraph(tokens[position + 1], item, depth)
                position += 3
            elif token.type == "ordered_list_open":
                if item.items or item.table:
                    self._fault(self._line(token), "a second list or table in one item", "Make it an item of its own.")
                nested, position = self._list(tokens, position, depth + 1)
                item.items.extend(nested)
            elif token.type == "table_open":
                position = self._table(tokens, position, item)
            else:
                self._refuse(token, "this")
                position += 1
        if not item.paragraphs:
            self._fault(item.line, "an item without text")
            item.paragraphs.append(())
        return item, position + 1

    def _paragraph(self, inline: Token, item: _Item, depth: int) -> None:
        line = self._line(inline)
        if item.items or item.table:
            self._fault(line, "text after a nested list or table", "Make it an item of its own.")
        content = list(inline.children or [])
        if not item.paragraphs:
            found = _NAME.match(content[0].content) if content and content[0].type == "text" else None
            if found and depth == 1:
                item.name = found[1]
                content[0].content = content[0].content[found.end() :]
            elif depth == 1:
                self._fault(line, "an item without a name", "Begin it with {#name}, the same in both languages.")
        item.paragraphs.append(self._inlines(content, line))

    def _table(self, tokens: list[Token], position: int, item: _Item) -> int:
        if item.items or item.table:
            self._fault(self._line(tokens[position]), "a second list or table in one item", "Make it an item of its own.")
        item.table = []
        while tokens[position].type != "table_close":
            token = tokens[position]
            if token.type == "tr_open":
                item.table.append([])
            elif token.type == "inline":
                item.table[-1].append(self._inlines(list(token.children or []), self._line(token)))
            position += 1
        return position + 1

    def _inlines(self, tokens: list[Token], line: int) -> Inlines:
        words, bold = "", False
        out: list[Inline] = []
        for token in tokens:
            if token.type in ("text", "text_special"):
                words += token.content
            elif token.type == "softbreak":
                words += "\n"
            elif token.type in ("strong_open", "strong_close"):
                out.extend(self._marks(words, line) if not bold else (Term(self._unwrap(words)),))
                words, bold = "", token.type == "strong_open"
            else:
                self._fault(line, f"{_REFUSED.get(token.type, token.type)} is not allowed here")
        out.extend(self._marks(words, line))
        return tuple(out)

    def _unwrap(self, words: str) -> str:
        if self.language == "zh":
            words = _WRAPPED_WIDE.sub("", words)
        return re.sub(r"\s*\n\s*", " ", words)

    def _marks(self, words: str, line: int) -> list[Inline]:
        out: list[Inline] = []
        words, end = self._unwrap(words), 0
        for found in _MARK.finditer(words):
            if found.start() > end:
                out.append(Text(words[end : found.start()]))
            out.append(self._mark(found[1], line))
            end = found.end()
        rest = words[end:]
        if "{{" in rest or "}}" in rest or re.search(r"\{#", rest):
            self._fault(line, f"a mark that is not closed or stands in the wrong place: “{rest[:40]}”")
        return [*out, Text(rest)] if rest else out

    def _mark(self, content: str, line: int) -> Inline:
        kind, _, name = content.partition(":")
        self.prose.marks.append((kind if name else "parameter", name or kind, line))
        if not name and re.fullmatch(r"[a-z][a-z0-9_]*", content):
            return Blank(content)
        if kind == "fact" and name:
            return FactBlank(name)
        if kind == "clause" and "#" in name:
            return Reference(name)
        if kind in ("section", "schedule") and name:
            return Reference(content)
        hint = "Allowed: {{ parameter }}, {{ fact:name }}, {{ clause:section.option#name }}, {{ section:name }}, {{ schedule:name }}."
        self._fault(line, f"unknown mark “{{{{ {content} }}}}”", hint)
        return Text("")


# ── both languages side by side ─────────────────────────────────────────────────────────────────────────────────────


def _hold_together(trees: Mapping[str, list[_Item]], file: str, prose: Prose, where: str) -> None:
    """The same items, nested alike, with the same blanks and references in every language."""
    languages = list(trees)
    first = languages[0]
    for language in languages[1:]:
        mine, other = trees[first], trees[language]
        if [item.name for item in mine] != [item.name for item in other]:
            prose.faults.append(_mismatch(mine, other, file, where, language))
            continue
        for one, two in zip(mine, other, strict=True):
            _hold_item(one, two, file, prose, f"{where}{one.name or where}")


def _mismatch(mine: list[_Item], other: list[_Item], file: str, where: str, language: str) -> Fault:
    line = other[0].line if other else mine[0].line
    names = {item.name for item in mine} ^ {item.name for item in other}
    if names - {""}:
        missing = ", ".join(sorted(f"{{#{name}}}" for name in names))
        return Fault(Place(file, line), f"the languages have not the same items: {missing} stands in one only", "Add it, or delete it.")
    message = f"{where or 'the text'}: {len(mine)} items in the first language, {len(other)} in “{language}”, or in another order"
    return Fault(Place(file, line), message, "Both languages need the same items in the same order.")


def _hold_item(one: _Item, two: _Item, file: str, prose: Prose, where: str) -> None:
    if len(one.paragraphs) != len(two.paragraphs) or (one.table is None) != (two.table is None):
        prose.faults.append(Fault(Place(file, two.line), f"{where}: not the same paragraphs or tables in both languages"))
        return
    for left, right in zip(_texts(one), _texts(two), strict=False):
        ours, theirs = sorted(map(_mark_name, _marked(left))), sorted(map(_mark_name, _marked(right)))
        if ours != theirs:
            message = f"{where}: blanks and references differ between the languages: {', '.join(ours) or 'none'} / {', '.join(theirs) or 'none'}"
            prose.faults.append(Fault(Place(file, two.line), message, "Use the same marks, equally often, in both languages."))
    if one.table and two.table and [len(row) for row in one.table] != [len(row) for row in two.table]:
        prose.faults.append(Fault(Place(file, two.line), f"{where}: the tables have not the same rows and columns"))
    _hold_together({"a": one.items, "b": two.items}, file, prose, where + ".")


def _texts(item: _Item) -> list[Inlines]:
    return [*item.paragraphs, *(cell for row in item.table or [] for cell in row)]


def _marked(inlines: Inlines) -> list[Inline]:
    return [inline for inline in inlines if isinstance(inline, (Blank, FactBlank, Reference))]


def _mark_name(inline: Inline) -> str:
    return inline.target if isinstance(inline, Reference) else getattr(inline, "name", "")


def _clauses(trees: Mapping[str, list[_Item]], origin: str, level: int, prefix: str) -> tuple[Clause, ...]:
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
        out.append(Clause(ident, level, {language: item.paragraphs[0] for language, item in items.items()}, tuple(children), origin))
    return tuple(out)


def _table(items: Mapping[str, _Item], ident: str) -> Table:
    grids = {language: item.table or [] for language, item in items.items()}
    shape = next(iter(grids.values()))
    columns = tuple(Column(f"c{c}", {language: grid[0][c] for language, grid in grids.items()}) for c in range(len(shape[0])))
    rows = tuple(
        Row(f"{ident}.r{r}", tuple({language: grid[r][c] for language, grid in grids.items()} for c in range(len(shape[r]))))
        for r in range(1, len(shape))
    )
    return Table(f"{ident}.table", "records", columns, rows)
