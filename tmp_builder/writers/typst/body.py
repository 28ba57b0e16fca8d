"""Sections and schedules: headings, runs of text in one or two columns, alternatives in a box."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from tmp_builder.document.nodes import GONE, NO_TEXTS, Annex, Block, Inlines, Schedule, Section, Table, Texts, Timeline
from tmp_builder.document.walk import blocks, plain
from tmp_builder.writers.flow import Alternative, Break, Heading, Line, Piece, Run, flow, reserved
from tmp_builder.writers.html.body import WIDE
from tmp_builder.writers.html.setting import Setting
from tmp_builder.writers.html.words import standing
from tmp_builder.writers.numbers import clause_number, label, schedule_label, section_label
from tmp_builder.writers.remarks import spoken_paragraphs
from tmp_builder.writers.typst.markup import block, call, literal
from tmp_builder.writers.typst.tables import table, timeline
from tmp_builder.writers.typst.words import flat, within, words

SHORT = 450
"""A row of fewer characters in each cell is never split over two pages."""

_BREAK = "pagebreak(weak:true)"
_LOOKS = {"note": "note", "opening": "tagline", "closing": "endline"}

_HANGING = {"en": {2: 3.0, 3: 2.4, 4: 2.4}, "zh": {2: 3.0, 3: 2.9, 4: 2.9}}
_NARROW = {"en": {2: 2.7, 3: 2.2, 4: 2.2}, "zh": {2: 2.7, 3: 2.8, 4: 2.8}}
"""The width left for a number, in ems, by language and level: in one column, in two; as `stops` in document.typ."""


def section(node: Section, setting: Setting) -> Iterator[str]:
    """A section under its heading."""
    title = reserved(node.mark) if node.reserved else node.title
    numbers = {language: section_label(node, language) for language in setting.languages}
    yield from heading(node.id, numbers, title, setting, anchored=node.mark not in GONE)
    yield from _body(node.children, setting, node.title)


def schedule(node: Schedule, setting: Setting) -> Iterator[str]:
    """A schedule, which begins a new page; turned if one of its tables needs the width."""
    turned = any(isinstance(part, Table) and len(part.columns) > WIDE for part in blocks(node))
    numbers = {language: schedule_label(node, language) for language in setting.languages}
    inner = [
        *heading(node.id, numbers, node.title, setting, anchored=node.mark not in GONE, first=True),
        *_body(node.children, setting, node.title, turned=turned),
    ]
    yield from [call("turned", block(inner))] if turned else [_BREAK, *inner]


def annex(node: Annex, setting: Setting) -> Iterator[str]:
    """A part that is not of the agreement, which begins a new page."""
    yield _BREAK
    yield from heading(node.id, {}, node.title, setting, first=True)
    yield from _body(node.children, setting, node.title)


def noted(node_id: str, language: str, setting: Setting) -> Iterator[str]:
    """The notes of the house on a node, in one language."""
    for note in setting.notes.get(node_id, ()):
        for inlines in spoken_paragraphs(note, language):
            yield call("remark", literal(note.kind), words(inlines, setting))


def heading(
    node_id: str,
    numbers: dict[str, Inlines],
    title: Texts,
    setting: Setting,
    *,
    anchored: bool = True,
    first: bool = False,
) -> Iterator[str]:
    """The heading of a part in every language, beside each other in columns; its name is its entry in the outline."""
    parts, labels = [], []
    for language in setting.languages:
        number, name = numbers.get(language, ()), title.get(language, ())
        said = standing(number)
        gap = {"：": "", ":": " "}.get(said[-1:], "\t")
        labels.append(f"{said}{gap}{standing(name)}".replace("\t", " ").strip())
        parts.append(within(language, _headed(number, gap, words(name, setting), language, setting), setting))
    anchor = setting.anchors.get(node_id, "") if anchored else ""
    shown = parts[0] if len(parts) == 1 else call("beside" if setting.columns else "below", *parts)
    entry = literal(" / ".join(dict.fromkeys(labels)), unbroken=10_000)
    yield call("part", literal(anchor), entry, shown, *(("first:true",) if first else ()))
    for language in setting.languages:
        yield from (within(language, note, setting) for note in noted(node_id, language, setting))


def _headed(number: Inlines, gap: str, name: str, language: str, setting: Setting) -> str:
    if not number:
        return name
    if gap != "\t" or setting.document.sheet or len(plain(number)) > 6:
        return block((words(number, setting), literal(gap.replace("\t", " ")), name))
    return call("tab", "3.6em" if language == "zh" else "2.4em", words(number, setting), name)


def _body(children: Iterable[Block], setting: Setting, above: Texts = NO_TEXTS, *, turned: bool = False) -> list[str]:
    """The blocks below a heading in the look of running text."""
    return [call("running", block(_parts(children, setting, above, turned)))] if children else []


def _parts(children: Iterable[Block], setting: Setting, above: Texts, turned: bool) -> Iterator[str]:
    """The blocks below a heading; a table that is called what the heading says needs no caption."""
    for part in flow(children, setting.columns):
        above = part.texts if isinstance(part, Heading) else above
        repeats = isinstance(part, Table) and flat(part.caption, setting) == flat(above, setting)
        yield from _part(replace(part, caption=NO_TEXTS) if isinstance(part, Table) and repeats else part, setting, turned)


def _part(part: Run | Break, setting: Setting, turned: bool) -> Iterator[str]:
    match part:
        case Table():
            yield table(part, setting, turned=turned)
        case Timeline():
            yield from timeline(part, setting)
        case Heading():
            entry = literal(" ".join(standing(inlines) for inlines in part.texts.values()))
            yield call("sub", entry, flat(part.texts, setting, "h(.6em)"))
        case Alternative():
            inner = (
                *_run(((part.opening,),), setting),
                *_parts(part.children, setting, NO_TEXTS, turned),
                *_run(((part.closing,),), setting),
            )
            yield call("alternative", block(inner))
        case _:
            yield from _run(part, setting)


def _run(run: Run, setting: Setting) -> Iterator[str]:
    if setting.columns:
        yield call("pair", *(cell for piece in run for cell in _row(piece, setting)))
        return
    for piece in run:
        for language in setting.languages:
            yield from (within(language, line, setting) for line in _lines(piece, language, setting))


def _row(piece: Piece, setting: Setting) -> list[str]:
    """The cells of a row; one that fits into a part of a page stays whole."""
    cells = [within(language, block(_lines(piece, language, setting)), setting) for language in setting.languages]
    return [call("whole", cell) for cell in cells] if max(map(len, cells)) < SHORT else cells


def _lines(piece: Piece, language: str, setting: Setting) -> Iterator[str]:
    for line in piece:
        inner = words(line.texts.get(language, ()), setting)
        if line.kind == "clause":
            yield _clause(line, language, inner, setting)
            yield from noted(line.id, language, setting)
        elif inner != '""':
            yield _plain(line, language, inner)


def _plain(line: Line, language: str, inner: str) -> str:
    if line.level:
        return call("plain", literal(language), str(line.level), inner)
    return call(_LOOKS.get(line.kind, "par"), inner)


def _clause(line: Line, language: str, inner: str, setting: Setting) -> str:
    """A paragraph after its hanging number; in the first language it is what references lead to."""
    was = clause_number(line.was, language) if line.was else ""
    number = label(clause_number(line.number, language), was, line.mark)
    room = (_NARROW if setting.columns else _HANGING)[language][line.level]
    wide = _width(standing(number) + (f" [-{was}-]{{++}}" if was else "")) > room - 0.1
    shown = words(number, setting, bare=bool(line.mark))
    made = call("clause", literal(language), str(line.level), shown, inner, *(("wide:true",) if wide else ()))
    anchor = setting.anchors.get(line.id, "") if language == setting.languages[0] and line.mark not in GONE else ""
    return f"[#{made}#label({literal(anchor)})]" if anchor else made


def _width(number: str) -> float:
    """About how wide a number is, in ems."""
    return sum(1.0 if ord(char) > 0x2E80 else 0.28 if char in ".,ilj " else 0.34 if char in "()[]-" else 0.5 for char in number)
