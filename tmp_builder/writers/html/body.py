"""Sections and schedules: headings, runs of text in one or two columns, alternatives in a box."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from msgspec.structs import replace

from tmp_builder.document.nodes import GONE, NO_TEXTS, Annex, Block, Inlines, Schedule, Section, Table, Texts, Timeline
from tmp_builder.document.walk import blocks
from tmp_builder.writers.flow import Alternative, Break, Heading, Line, Piece, Run, flow, reserved
from tmp_builder.writers.html.setting import Setting
from tmp_builder.writers.html.tables import table
from tmp_builder.writers.html.timeline import timeline
from tmp_builder.writers.html.words import escape, flat, standing, words
from tmp_builder.writers.numbers import clause_number, label, schedule_label, section_label
from tmp_builder.writers.remarks import spoken_paragraphs

WIDE = 7
"""With more columns than this a table needs the page turned."""

SHORT = 520
"""A row of fewer characters of HTML in each cell is never split over two pages."""

_LOOKS = {"opening": "label", "closing": "label"}


def section(node: Section, setting: Setting) -> str:
    """A section under its heading."""
    title = reserved(node.mark) if node.reserved else node.title
    numbers = {language: section_label(node, language) for language in setting.languages}
    head = heading(node.id, numbers, title, setting, anchored=node.mark not in GONE)
    return f"<section>{head}{_body(node.children, setting, node.title)}</section>"


def schedule(node: Schedule, setting: Setting) -> str:
    """A schedule, which begins a new page; turned if one of its tables needs the width."""
    turned = any(isinstance(block, Table) and len(block.columns) > WIDE for block in blocks(node))
    numbers = {language: schedule_label(node, language) for language in setting.languages}
    look = "schedule turned" if turned else "schedule"
    head = heading(node.id, numbers, node.title, setting, anchored=node.mark not in GONE)
    return f'<section class="{look}">{head}{_body(node.children, setting, node.title)}</section>'


def annex(node: Annex, setting: Setting) -> str:
    """A part that is not of the agreement, which begins a new page."""
    return (
        f'<section class="annex">{heading(node.id, {}, node.title, setting)}{_body(node.children, setting, node.title)}</section>'
    )


def noted(node_id: str, language: str, setting: Setting) -> str:
    """The notes of the house on a node, in one language."""
    lang = setting.lang(language)
    said = [
        (note.kind, words(inlines, setting))
        for note in setting.notes.get(node_id, ())
        for inlines in spoken_paragraphs(note, language)
    ]
    return "".join([f'<p class="remark {kind}"{lang}>{text}</p>' for kind, text in said])


def heading(node_id: str, numbers: dict[str, Inlines], title: Texts, setting: Setting, *, anchored: bool = True) -> str:
    """The heading of a part in every language; `data-label` is its entry in the outline of a PDF."""
    parts, labels = [], []
    for language in setting.languages:
        number, name = numbers.get(language, ()), title.get(language, ())
        said = standing(number)
        gap = {"：": "", ":": " "}.get(said[-1:], "\t")
        labels.append(f"{said}{gap}{standing(name)}".replace("\t", " ").strip())
        before = words(number, setting) + gap if number else ""
        parts.append(f"<span{setting.lang(language)}>{before}{words(name, setting)}</span>")
    entry = escape(" / ".join(dict.fromkeys(labels)))
    anchor = setting.anchor(node_id) if anchored else ""
    notes = "".join(noted(node_id, language, setting) for language in setting.languages)
    return f'<h2{anchor} data-label="{entry}">{" ".join(parts)}</h2>{notes}'


def _body(children: Iterable[Block], setting: Setting, above: Texts = NO_TEXTS) -> str:
    """The blocks below a heading; a table that is called what the heading says needs no caption."""
    out = []
    parts = list(flow(children, setting.columns))
    for part, after in zip_longest(parts, parts[1:]):
        above = part.texts if isinstance(part, Heading) else above
        repeats = isinstance(part, Table) and flat(part.caption, setting) == flat(above, setting)
        whole = replace(part, caption=NO_TEXTS) if isinstance(part, Table) and repeats else part
        out.append(_part(whole, setting, leads=isinstance(after, (Table, Timeline))))
    return "".join(out)


def _part(part: Run | Break, setting: Setting, *, leads: bool = False) -> str:
    """A part of a body; a run that `leads` to a table or drawing does not end a page."""
    match part:
        case Table():
            return table(part, setting)
        case Timeline():
            return timeline(part, setting)
        case Heading():
            return f"<h3>{flat(part.texts, setting)}</h3>"
        case Alternative():
            inner = _run(((part.opening,),), setting) + _body(part.children, setting) + _run(((part.closing,),), setting)
            return f'<div class="alternative">{inner}</div>'
        case _:
            return _run(part, setting, leads=leads)


def _run(run: Run, setting: Setting, *, leads: bool = False) -> str:
    look = " lead" if leads else ""
    if setting.columns:
        rows = "".join([_row(piece, setting) for piece in run])
        return f'<table class="pair{look}" role="presentation"><tbody>{rows}</tbody></table>'
    if not leads:
        return "".join([paragraph for piece in run for paragraph in _stacked(piece, setting)])
    before = "".join([paragraph for piece in run[:-1] for paragraph in _stacked(piece, setting)])
    return f'{before}<div class="lead">{"".join(_stacked(run[-1], setting))}</div>'


def _row(piece: Piece, setting: Setting) -> str:
    """A row; one that fits into a part of a page stays whole."""
    first = setting.languages[0]
    cells = []
    for language in setting.languages:
        lines = [_line(line, language, setting, anchored=language == first) for line in piece]
        cells.append(f"<td{setting.lang(language)}>{''.join(lines)}</td>")
    look = ' class="whole"' if max(map(len, cells)) < SHORT else ""
    return f"<tr{look}>{''.join(cells)}</tr>"


def _stacked(piece: Piece, setting: Setting) -> Iterator[str]:
    """The lines of a piece in the first language, then in the second."""
    for index, language in enumerate(setting.languages):
        lang = setting.lang(language)
        yield from (_line(line, language, setting, anchored=index == 0, lang=lang) for line in piece)


def _line(line: Line, language: str, setting: Setting, *, anchored: bool, lang: str = "") -> str:
    """A paragraph; after its number stands a tab, which the style sheet makes the hanging indent.

    The tab stands in an element of its own: where spaces are kept, the engine counts the one at the end of a line as too wide, and
    breaks before a reference that would fit.
    """
    inner = words(line.texts.get(language, ()), setting)
    if line.kind == "clause":
        was = clause_number(line.was, language) if line.was else ""
        number = words(label(clause_number(line.number, language), was, line.mark), setting)
        number = number.replace(">", " data-bare>", 1) if line.mark else number  # the words behind it have the brackets
        anchor = setting.anchor(line.id) if anchored and line.mark not in GONE else ""
        return f'<p class="c{line.level}"{anchor}{lang}><span class="n">{number}\t</span>{inner}</p>{noted(line.id, language, setting)}'
    look = f"t{line.level}" if line.level else _LOOKS.get(line.kind, line.kind)
    return f'<p class="{look}"{lang}>{inner}</p>' if inner else ""
