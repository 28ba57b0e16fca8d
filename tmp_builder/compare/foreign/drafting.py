"""From the lines of a returned file to bespoke wording in the grammar of a card, with every mark that the words still carry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from tmp_builder.compare.foreign.lines import Found, Printed
from tmp_builder.compare.foreign.texts import one_line
from tmp_builder.compare.words import tokens
from tmp_builder.document.nodes import Blank, Block, Clause, FactBlank, Inline, Inlines, Paragraph, Reference, Table, Term, Text
from tmp_builder.document.walk import plain
from tmp_builder.library.schema import Labels

MISSING = {"en": "[● English text to be supplied]", "zh": "【● 待补中文文本】"}
"""What stands for a text that the other side wrote in one language only."""
_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""What a YAML file cannot hold."""
_LEADING = re.compile(r"^(?:([#+\-~=])|(\d{1,9})([.)]))")


class Draft(Struct, frozen=True):
    """Wording for one option: a text per language, and what a reader must know about it."""

    texts: Mapping[str, str]
    notes: tuple[Labels, ...] = ()


class _Entry(Struct):
    """An item or a paragraph: its level (0 for a paragraph), its name if it is an item of the first level, its words as prose."""

    key: str
    level: int
    name: str = ""
    texts: dict[str, str] = field(default_factory=dict)


def draft(
    prose: Sequence[Block], printed: Sequence[Printed], lines: Mapping[str, Sequence[Found]], languages: Sequence[str]
) -> Draft:
    """The wording that prints the lines of each language. `prose` is the present text of the option with its marks."""
    sources = dict(_sources(prose))
    ours = {line.node: line for line in printed}
    entries = _order(sources, printed, lines, languages)
    notes: list[Labels] = []
    for entry in entries:
        new = {lang: line.text for lang in languages if (line := _line_of(entry.key, lines.get(lang, ())))}
        if entry.key in sources:
            entry.texts = _known(sources[entry.key], ours.get(entry.key), new, languages)
        else:
            entry.texts = {lang: escape(text) for lang, text in new.items()}
        notes += _completed(entry, new, entry.key in ours, languages)
    _named(entries)
    return Draft({lang: _written(entries, lang) for lang in languages}, tuple(notes))


def _sources(blocks: Sequence[Block]) -> Iterator[tuple[str, Block]]:
    """Every item and paragraph of the prose by its id."""
    for block in blocks:
        if isinstance(block, Clause | Paragraph | Table):
            yield block.id, block
        if isinstance(block, Clause):
            yield from _sources(block.children)


def _key(line: Found, seen: Counter[str]) -> str:
    """The node of a printed line; a new one is known by what it follows, so that both languages know it by the same name."""
    if line.node:
        return line.node
    seen[line.after] += 1
    return f"{line.after}+{seen[line.after]}"


def _keys(lines: Sequence[Found]) -> list[tuple[str, Found]]:
    seen: Counter[str] = Counter()
    return [(_key(line, seen), line) for line in lines]


def _line_of(key: str, lines: Sequence[Found]) -> Found | None:
    return next((line for each, line in _keys(lines) if each == key), None)


def _order(
    sources: Mapping[str, Block], printed: Sequence[Printed], lines: Mapping[str, Sequence[Found]], languages: Sequence[str]
) -> list[_Entry]:
    """What the wording consists of, in order: what both languages dropped is left out, what one of them added is in."""
    here = {lang: dict(_keys(lines.get(lang, ()))) for lang in languages}
    shown = {line.node for line in printed}
    order = [key for key in sources if key not in shown or any(key in found for found in here.values())]
    for found in here.values():
        for key, line in found.items():
            if key not in order:
                place = order.index(line.after) + 1 if line.after in order else len(order)
                while place < len(order) and order[place].startswith(f"{line.after}+"):
                    place += 1
                order.insert(place, key)
    return [_Entry(key, _level_of(key, sources, here), _name_of(key, sources)) for key in order]


def _level_of(key: str, sources: Mapping[str, Block], here: Mapping[str, Mapping[str, Found]]) -> int:
    block = sources.get(key)
    if block is not None:
        return block.level if isinstance(block, Clause) else 0
    return max(found[key].level for found in here.values() if key in found)


def _name_of(key: str, sources: Mapping[str, Block]) -> str:
    block = sources.get(key)
    return key.partition("#")[2] if isinstance(block, Clause) and block.level == 2 else ""


def _completed(entry: _Entry, new: Mapping[str, str], was_printed: bool, languages: Sequence[str]) -> Iterator[Labels]:
    """Notes for what stands in one language only; what is missing gets its place."""
    missing = [lang for lang in languages if lang not in new]
    if not new or not missing:
        return
    words = next(iter(new.values()))[:40]
    if was_printed:
        yield {
            "en": f"deleted in one language only (“{words}…”): kept in both; decide",
            "zh": f"仅在一种语言中删除（“{words}……”）：两种语言均暂予保留，请决定",
        }
        return
    for language in missing:
        entry.texts[language] = MISSING[language]
    yield {
        "en": f"added in one language only (“{words}…”): supply the other before you build",
        "zh": f"仅在一种语言中增加（“{words}……”）：请在生成文件前补充另一语言",
    }


def _named(entries: Sequence[_Entry]) -> None:
    """A name for every new item of the first level, made of the one before it."""
    taken = {entry.name for entry in entries}
    last = "added"
    for entry in entries:
        if entry.level == 2 and not entry.name:
            number = next(number for number in range(2, len(entries) + 3) if f"{last}-{number}" not in taken)
            entry.name = f"{last}-{number}"
            taken.add(entry.name)
        elif entry.name:
            last = entry.name


def _written(entries: Sequence[_Entry], language: str) -> str:
    out, level = [], 2
    for entry in entries:
        if entry.level:
            level = entry.level
            name = f"{{#{entry.name}}} " if entry.name else ""
            out.append(f"{'    ' * (level - 2)}1.  {name}{entry.texts.get(language, '')}")
        else:
            indent = "    " * (level - 1)
            out.append("\n".join(f"{indent}{line}" for line in entry.texts.get(language, "").splitlines()))
    return "\n\n".join(out) + "\n"


# ── the words of one item ───────────────────────────────────────────────────────────────────────────────────────────


def _known(block: Block, printed: Printed | None, new: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    """The words of an item that the option has: its prose where nothing changed, else the new words with the marks they carry."""
    if isinstance(block, Table):
        return {lang: _table(block, lang) for lang in languages}
    texts = block.texts if isinstance(block, Clause | Paragraph) else {}
    if printed is None or all(new.get(lang, printed.text(lang)) == printed.text(lang) for lang in languages):
        return {lang: prose_of(texts.get(lang, ())) for lang in languages}
    parts = {
        lang: _carried(texts.get(lang, ()), printed.texts.get(lang, ()), new.get(lang, printed.text(lang))) for lang in languages
    }
    common = Counter(mark for _, mark in parts[languages[0]] if mark.startswith("{{"))
    for lang in languages[1:]:
        common &= Counter(mark for _, mark in parts[lang])
    return {lang: _with_marks(parts[lang], Counter(common)) for lang in languages}


def _with_marks(parts: Sequence[tuple[str, str]], left: Counter[str]) -> str:
    """Marks that every language carries stay marks, equally often in each; the others become words."""
    out = []
    for index, (words, mark) in enumerate(parts):
        if mark.startswith("**") or (mark and left[mark] > 0):
            left[mark] -= 1
            out.append(mark)
        else:
            out.append(escape(words, start=index == 0))
    return "".join(out)


def _carried(prose: Inlines, printed: Inlines, new: str) -> list[tuple[str, str]]:
    """The new words in parts, each with the mark that it stands for, if any: the mark's words are there unchanged."""
    old = one_line(plain(printed))
    if len(prose) != len(printed) or old != plain(printed):
        return [(new, "")]
    spans, at = [], 0
    for source, shown in zip(prose, printed, strict=True):
        words = plain((shown,))
        if not isinstance(source, Text) and words:
            spans.append((at, at + len(words), _mark(source)))
        at += len(words)
    kept = _kept(old, new)
    out, done = [], 0
    for start, end, mark in spans:
        place = next((b + start - a for a, b, length in kept if a <= start and end <= a + length), None)
        if place is not None and place >= done:
            out += [(new[done:place], ""), (new[place : place + end - start], mark)]
            done = place + end - start
    return [part for part in (*out, (new[done:], "")) if part[0]]


def _kept(old: str, new: str) -> list[tuple[int, int, int]]:
    """The runs that both texts share: where in the old, where in the new, how long; in characters, cut at words."""
    from rapidfuzz.distance import Indel

    one, two = tokens(old), tokens(new)
    starts, ends = ([0], [0])
    for token in one:
        starts.append(starts[-1] + len(token))
    for token in two:
        ends.append(ends[-1] + len(token))
    return [
        (starts[step.src_start], ends[step.dest_start], starts[step.src_end] - starts[step.src_start])
        for step in Indel.opcodes(one, two)
        if step.tag == "equal"
    ]


def prose_of(inlines: Inlines) -> str:
    """A text as a card writes it."""
    return "".join(
        escape(inline.text, start=index == 0) if isinstance(inline, Text) else _mark(inline)
        for index, inline in enumerate(inlines)
    )


def _mark(inline: Inline) -> str:
    match inline:
        case Blank(name=name):
            return f"{{{{ {name} }}}}"
        case FactBlank(name=name):
            return f"{{{{ fact:{name} }}}}"
        case Reference(target=target):
            return f"{{{{ {f'clause:{target}' if '#' in target else target} }}}}"
        case Term(text=text):
            return f"**{escape(text, start=False)}**"
        case _:
            return escape(plain((inline,)), start=False)


def escape(text: str, *, start: bool = True) -> str:
    """Words that Markdown would take for something else, protected; `start` where they begin a line."""
    words = _SPECIAL.sub(r"\\\1", _UNPRINTABLE.sub("", text))
    return _LEADING.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", words) if start else words


def _table(table: Table, language: str) -> str:
    head = [prose_of(column.header.get(language, ())) for column in table.columns]
    rows = [[prose_of(cell.get(language, ())) for cell in row.cells] for row in table.rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))
