"""One language of a card's prose: from Markdown to numbered items with blanks and references, every other mark refused."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from tmp_builder.document.nodes import Blank, FactBlank, Inline, Inlines, Reference, Term, Text
from tmp_builder.findings import Fault, Place, both

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_LEVEL = 4
_NAME = re.compile(r"^\{#([a-z][a-z0-9-]*)\}\s*")
_MARK = re.compile(r"\{\{([^{}]*)\}\}")
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”（）]"
_WRAPPED_WIDE = re.compile(rf"(?<={_WIDE})\n|\n(?={_WIDE})")
_ALLOWED_MARKS = both(
    "Allowed: {{ parameter }}, {{ fact:name }}, {{ clause:section.option#name }}, {{ section:name }}, {{ schedule:name }}.",
    "可用：{{ parameter }}、{{ fact:name }}、{{ clause:section.option#name }}、{{ section:name }}、{{ schedule:name }}。",
)
_OF_ITS_OWN = both("Make it an item of its own.", "请另列为一款。")
_HTML = both("an HTML tag", "HTML标签")
_REFUSED = {
    "heading_open": both("a heading", "标题"),
    "bullet_list_open": both("a bulleted list", "项目符号列表"),
    "blockquote_open": both("a block quotation", "引用块"),
    "fence": both("a code block", "代码块"),
    "code_block": both("text indented by four spaces outside a list", "列表之外缩进四个空格的文字"),
    "html_block": _HTML,
    "html_inline": _HTML,
    "hr": both("a ruled line", "分隔线"),
    "code_inline": both("`code`", "`代码`"),
    "em_open": both("*emphasis* (only **Term** at its definition is allowed)", "*强调*（只可在定义处写**术语**）"),
    "link_open": both("a link", "链接"),
    "image": both("an image", "图片"),
    "hardbreak": both("a forced line break", "强制换行"),
}


class Item(Struct):
    """A numbered item of one language: its texts (a paragraph each), what is nested, its place."""

    name: str
    line: int
    paragraphs: list[Inlines] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    table: list[list[Inlines]] | None = None


@lru_cache(maxsize=1)
def _markdown() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").disable(["entity"])


class ItemReader(Struct):
    """Reads the items of one language; what it meets on the way stands in `marks` (kind, name, line) and `faults`."""

    language: str
    file: str
    first_line: int
    marks: list[tuple[str, str, int]]
    faults: list[Fault]

    def items(self, text: str) -> list[Item]:
        """The numbered items of `text`."""
        tokens = _markdown().parse(text)
        found, position = [], 0
        while position < len(tokens):
            if tokens[position].type == "ordered_list_open":
                items, position = self._list(tokens, position, 1)
                found.extend(items)
            else:
                self._refuse(tokens[position], both("text outside the numbered list", "编号列表之外的文字"))
                position += 1
        if not found and not self.faults:
            self._fault(
                self.first_line,
                both("the text is empty", "正文为空"),
                both("Write a numbered list: 1.  {#name} Each Member shall …", "请写成编号列表：1.  {#name} 各成员单位应……"),
            )
        return found

    def _fault(self, line: int, message: str, hint: str = "") -> None:
        fault = Fault(Place(self.file, line), message, hint)
        if fault not in self.faults:
            self.faults.append(fault)

    def _line(self, token: Token) -> int:
        return self.first_line + (token.map[0] if token.map else 0)

    def _refuse(self, token: Token, otherwise: str) -> None:
        what = _REFUSED.get(token.type, otherwise)
        if token.nesting >= 0 and not (token.type == "inline" and self.faults):
            hint = both(
                "Allowed: numbered lists, **Term** at a definition, simple tables and the marks {{ … }}.",
                "可用：编号列表、定义处的**术语**、简单表格和标记{{ … }}。",
            )
            self._fault(self._line(token), both("{what} is not allowed here", "此处不得使用{what}", what=what), hint)

    def _list(self, tokens: list[Token], position: int, depth: int) -> tuple[list[Item], int]:
        opening, items = tokens[position], []
        if depth >= MAX_LEVEL:
            self._fault(self._line(opening), both("the list is nested more than three deep", "列表嵌套超过三层"))
        position += 1
        while tokens[position].type != "ordered_list_close":
            item, position = self._item(tokens, position, depth)
            items.append(item)
        self._once(items)
        if depth > 1 and len(items) < 2:
            hint = both("Make it a sentence of the item above, or add another.", "请并入上一款，或者再增加一项。")
            self._fault(self._line(opening), both("a nested list has one item only", "下级列表仅有一项"), hint)
        return items, position + 1

    def _once(self, items: list[Item]) -> None:
        names = [item.name for item in items]
        for index, item in enumerate(items):
            if item.name and item.name in names[:index]:
                self._fault(
                    item.line,
                    both("the name {name} stands twice", "名称{name}重复出现", name=f"{{#{item.name}}}"),
                    both("Every item has a name of its own.", "每一款应有不同的名称。"),
                )

    def _item(self, tokens: list[Token], position: int, depth: int) -> tuple[Item, int]:
        item = Item("", self._line(tokens[position]))
        position += 1
        while tokens[position].type != "list_item_close":
            token = tokens[position]
            if token.type == "paragraph_open":
                self._paragraph(tokens[position + 1], item, depth)
                position += 3
            elif token.type == "ordered_list_open":
                if item.items or item.table:
                    self._fault(
                        self._line(token), both("a second list or table in one item", "同一款中有第二个列表或表格"), _OF_ITS_OWN
                    )
                nested, position = self._list(tokens, position, depth + 1)
                item.items.extend(nested)
            elif token.type == "table_open":
                position = self._table(tokens, position, item)
            else:
                self._refuse(token, "this")
                position += 1
        if not item.paragraphs:
            self._fault(item.line, both("an item without text", "该款没有文字"))
            item.paragraphs.append(())
        return item, position + 1

    def _paragraph(self, inline: Token, item: Item, depth: int) -> None:
        line = self._line(inline)
        if item.items or item.table:
            self._fault(line, both("text after a nested list or table", "下级列表或表格之后还有文字"), _OF_ITS_OWN)
        content = list(inline.children or [])
        if not item.paragraphs:
            found = _NAME.match(content[0].content) if content and content[0].type == "text" else None
            if found and depth == 1:
                item.name = found[1]
                content[0].content = content[0].content[found.end() :]
            elif depth == 1:
                self._fault(
                    line,
                    both("an item without a name", "该款没有名称"),
                    both("Begin it with {#name}, the same in both languages.", "请以{#name}开头，两种文字相同。"),
                )
        inlines = self._inlines(content, line)
        if not inlines and not item.paragraphs:
            self._fault(line, both("an item without text", "该款没有文字"))
        item.paragraphs.append(inlines)

    def _table(self, tokens: list[Token], position: int, item: Item) -> int:
        if item.items or item.table:
            self._fault(
                self._line(tokens[position]),
                both("a second list or table in one item", "同一款中有第二个列表或表格"),
                _OF_ITS_OWN,
            )
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
                out.extend(self._inlines_of(words, line) if not bold else (Term(self._unwrap(words)),))
                words, bold = "", token.type == "strong_open"
            else:
                self._fault(
                    line, both("{what} is not allowed here", "此处不得使用{what}", what=_REFUSED.get(token.type, token.type))
                )
        out.extend(self._inlines_of(words, line))
        return tuple(out)

    def _unwrap(self, words: str) -> str:
        """One line; a line break beside a Chinese character leaves no space."""
        if "\n" not in words:
            return words
        words = "\n".join(line.strip(" \t") for line in words.split("\n"))
        return (_WRAPPED_WIDE.sub("", words) if self.language == "zh" else words).replace("\n", " ")

    def _inlines_of(self, words: str, line: int) -> list[Inline]:
        out: list[Inline] = []
        words, end = self._unwrap(words), 0
        for found in _MARK.finditer(words):
            if found.start() > end:
                out.append(Text(words[end : found.start()]))
            out.append(self._mark(found[1].strip(), line))
            end = found.end()
        rest = words[end:]
        if "{{" in rest or "}}" in rest or re.search(r"\{#", rest):
            self._fault(
                line,
                both(
                    "a mark that is not closed or stands in the wrong place: “{rest}”",
                    "标记未闭合或位置有误：“{rest}”",
                    rest=rest[:40],
                ),
            )
        return [*out, Text(rest)] if rest else out

    def _mark(self, content: str, line: int) -> Inline:
        kind, _, name = content.partition(":")
        self.marks.append((kind if name else "parameter", name or kind, line))
        if not name and re.fullmatch(r"[a-z][a-z0-9_]*", content):
            return Blank(content)
        if kind == "fact" and name:
            return FactBlank(name)
        if kind == "clause" and "#" in name:
            return Reference(name)
        if kind in ("section", "schedule") and name:
            return Reference(content)
        self._fault(line, both("unknown mark “{mark}”", "没有标记“{mark}”", mark=f"{{{{ {content} }}}}"), _ALLOWED_MARKS)
        return Text("")
