"""The numbers that Word computes for its paragraphs: 7.2, (a), 第七条, from styles and lists; and which paragraphs are headings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from tmp_builder.language import chinese_number
from tmp_builder.readers.words import child, is_on, number, value, w

LEVELS = 9
_DEPTH = 20
"""So many styles may rest on each other; more are a circle."""


class Style(Struct, frozen=True):
    """A paragraph style: its name (in lower case), the style below it, its list and level, its outline level (1 to 9, 0 for text)."""

    name: str = ""
    based_on: str = ""
    list: str = ""
    level: int = -1
    outline: int = 0


class _Level(Struct, frozen=True):
    start: int = 1
    form: str = "decimal"
    text: str = ""
    style: str = ""
    legal: bool = False
    restart: int = -1


class Styles:
    """The styles of a file, looked up along what they are based on."""

    def __init__(self, root: Any) -> None:
        self._styles = {node.get(w("styleId"), ""): _style(node) for node in root.iter(w("style"))} if root is not None else {}

    def name(self, ident: str) -> str:
        """The name of a style in lower case, such as "heading 1"; the id where the file does not define it."""
        return self._styles[ident].name if ident in self._styles else ident.lower()

    def chain(self, ident: str) -> Iterator[Style]:
        """The style and those it is based on, nearest first."""
        for _ in range(_DEPTH):
            style = self._styles.get(ident)
            if style is None:
                return
            yield style
            ident = style.based_on

    def outline(self, ident: str) -> int:
        """The outline level of a style: 1 for the highest headings, 0 for text."""
        return next((style.outline for style in self.chain(ident) if style.outline), 0) or _by_name(self.name(ident))


def _by_name(name: str) -> int:
    """The level of a style called "heading 2" that does not state it."""
    figure = name.removeprefix("heading ")
    return number(figure, 0) if figure != name and number(figure, 0) <= LEVELS else 0


def _style(node: Any) -> Style:
    listed = child(node, "pPr", "numPr")
    level = value(node, "pPr", "outlineLvl")
    return Style(
        value(node, "name").lower(),
        value(node, "basedOn"),
        value(listed, "numId") if listed is not None else "",
        number(value(listed, "ilvl"), -1) if listed is not None else -1,
        number(level, LEVELS) + 1 if level and number(level, LEVELS) < LEVELS else 0,
    )


class Labels(Struct):
    """Counts the numbered paragraphs of a file in their order and says the label of each."""

    styles: Styles
    lists: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = field(default_factory=dict)
    counters: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, styles: Styles, root: Any) -> Labels:
        """From the part `numbering`, or from nothing."""
        found = cls(styles)
        if root is None:
            return found
        patterns = {node.get(w("abstractNumId"), ""): _pattern(node) for node in root.findall(w("abstractNum"))}
        for node in root.findall(w("num")):
            pattern = value(node, "abstractNumId")
            levels, starts = dict(patterns.get(pattern, {})), {}
            for change in node.findall(w("lvlOverride")):
                at = number(change.get(w("ilvl"), ""), 0)
                new = change.find(w("lvl"))
                if new is not None:
                    levels[at] = _level(new)
                if value(change, "startOverride"):
                    starts[at] = number(value(change, "startOverride"), 1)
            found.lists[node.get(w("numId"), "")] = (pattern, levels, starts)
        return found

    def next(self, properties: Any, style: str) -> str:
        """The label of the next paragraph, which has these properties and this style; empty where it is not numbered."""
        ident, at = self._place(properties, style)
        if ident not in self.lists or not 0 <= at < LEVELS:
            return ""
        pattern, levels, starts = self.lists[ident]
        counters = self.counters.setdefault(pattern, [None] * LEVELS)
        if ident not in self.begun:
            self.begun.add(ident)
            for each, start in starts.items():
                if 0 <= each < LEVELS:
                    counters[each] = start - 1
        counters[at] = levels.get(at, _Level()).start if counters[at] is None else (counters[at] or 0) + 1
        for deeper in range(at + 1, LEVELS):
            restart = levels.get(deeper, _Level()).restart
            if restart != 0 and (restart < 0 or at < restart):
                counters[deeper] = None
        return _written(levels, counters, at)

    def _place(self, properties: Any, style: str) -> tuple[str, int]:
        """The list and the level of a paragraph: its own, else those of its style."""
        own = child(properties, "numPr") if properties is not None else None
        ident = value(own, "numId") if own is not None else ""
        at = number(value(own, "ilvl"), -1) if own is not None else -1
        inherited = next((each for each in self.styles.chain(style) if each.list), None)
        if not ident and inherited:
            ident = inherited.list
        if at < 0:
            at = inherited.level if inherited and inherited.list == ident else -1
        if at < 0 and ident in self.lists:
            at = next((level for level, each in self.lists[ident][1].items() if each.style == style), 0)
        return ident, at


def _pattern(node: Any) -> dict[int, _Level]:
    return {number(each.get(w("ilvl"), ""), 0): _level(each) for each in node.findall(w("lvl"))}


def _level(node: Any) -> _Level:
    return _Level(
        number(value(node, "start"), 1),
        value(node, "numFmt") or "decimal",
        value(node, "lvlText"),
        value(node, "pStyle"),
        is_on(node, "isLgl"),
        number(value(node, "lvlRestart"), -1),
    )


def _written(levels: dict[int, _Level], counters: list[int | None], at: int) -> str:
    here = levels.get(at, _Level())
    if here.form in ("bullet", "none"):
        return ""
    text = here.text
    for each in range(at + 1):
        level, counter = levels.get(each, _Level()), counters[each]
        shown = _figure(level.start if counter is None else counter, "decimal" if here.legal else level.form)
        text = text.replace(f"%{each + 1}", shown)
    return text.strip()


_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def _figure(count: int, form: str) -> str:
    if not 0 < count < 5000:
        return str(count)
    if form.endswith("Letter"):
        letter = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 20)
        return letter.upper() if form.startswith("upper") else letter
    if form.endswith("Roman"):
        return _roman(count).upper() if form.startswith("upper") else _roman(count)
    if form.startswith(("chinese", "japaneseCounting", "taiwaneseCounting", "ideographDigital")):
        return chinese_number(count)
    return f"{count:02d}" if form == "decimalZero" else str(count)


def _roman(count: int) -> str:
    out = ""
    for worth, letters in _ROMAN:
        many, count = divmod(count, worth)
        out += letters * many
    return out
