"""The parts of a text as its headings divide it: by style, by number, or by the shape of a line that names a section."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from tmp_builder.readers.story import ReadParagraph

LONGEST = 90
"""A heading has at most so many characters; one in Chinese less than half of that."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_STYLE = re.compile(r"^(?:heading|标题)[\s_-]*(\d)", re.I)
"""A style that is called a heading and has no outline level."""
_ANNEX_STYLE = re.compile(r"schedule|annex|appendix|exhibit|signing|signature", re.I)
_ANNEX = re.compile(r"^(?:schedule|annex|appendix|exhibit|attachment|enclosure)\b|^(?:附件|附录|附表|附：)", re.I)
_CONTENTS = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|_{4,})\s*\d*\s*$")
_DIGITS = "[一二三四五六七八九十百零〇0-9０-９]+"
_CHAPTER = re.compile(rf"^(?:(?:chapter|part|title)\s+(?:\d+|[ivxlc]+)\b|第{_DIGITS}[章编部])[\s.:：、–—-]*", re.I)
_ARTICLE = re.compile(rf"^(?:(?:article|section|clause|§)\s*(?:\d+|[ivxlc]+)(?![.\w])|第{_DIGITS}[条節节])[\s.:：、–—-]*", re.I)
_HAN_NUMBER = re.compile(rf"^(?:[一二三四五六七八九十]+[、.．]|[（(]{_DIGITS}[)）])\s*")
_NUMBER = re.compile(
    r"^(?:(?:article|section|clause)\s+)?(\d{1,3}(?:\.\d{1,3}){0,3})(?:[.)、．]\s*|\s+(?=\S))|^([IVXLC]{1,6})[.)]\s+", re.I
)
_RUN_IN = re.compile(r"^(.{2,60}?)(?:[.:：。]\s*|\s[–—-]\s|\s+(?=[\u3400-\u9fff]))(?=\S)")
_SENTENCE_END = (".", "。", ";", "；", ",", "，", "、", "?", "？")

Names = Callable[[str], bool]
"""Whether a heading (without its number) names a section of the library in full."""


class Line(Struct, frozen=True):
    """A paragraph of a part with its number in the file (counted from 1 over those that hold text)."""

    paragraph: int
    text: str


class Part(Struct, frozen=True):
    """A heading with the text below it, also below its sub-headings; text before the first heading has none.

    `marked`: the heading has a style or a number and is not merely short. `annex`: it stands in a schedule or on the signature page.
    """

    heading: str
    title: str
    paragraph: int
    lines: tuple[Line, ...]
    marked: bool = False
    annex: bool = False


class _Open(Struct):
    heading: str
    title: str
    paragraph: int
    level: int
    marked: bool
    annex: bool
    lines: list[Line]


def parts(paragraphs: Sequence[ReadParagraph], names: Names) -> list[Part]:
    """The parts of a text in reading order. Entries of a table of contents are left out."""
    opened = [_Open("", "", 0, 0, False, False, [])]
    number = 0
    for paragraph in paragraphs:
        text = " ".join(paragraph.text.split())
        if not text:
            continue
        number += 1
        if _is_contents(paragraph, text):
            continue
        head = _heading(paragraph, text, names)
        if head is None:
            opened[-1].lines.append(Line(number, text))
            continue
        new, rest = head
        new.paragraph, new.annex = number, new.annex or (opened[-1].annex and new.level > 1)
        opened.append(new)
        if rest:
            new.lines.append(Line(number, rest))
    return [_closed(opened, index) for index in range(len(opened)) if index or opened[0].lines]


def _is_contents(paragraph: ReadParagraph, text: str) -> bool:
    return paragraph.is_contents or paragraph.style.upper().startswith("COLOPHON") or bool(_CONTENTS.search(text))


def _heading(paragraph: ReadParagraph, text: str, names: Names) -> tuple[_Open, str] | None:
    """The heading that a paragraph is or begins with, and the text that runs on after it; None where it is text."""
    style = paragraph.heading or _style_level(paragraph)
    shown = f"{paragraph.label} {text}" if paragraph.label else text
    level, title = _numbered(shown)
    title = title.rstrip(":：") if names(title.rstrip(":：")) else title
    short = _is_short(title)
    if short and ((style and _ANNEX_STYLE.search(paragraph.style)) or (_ANNEX.match(shown) and not paragraph.cell)):
        return _Open(shown, text, 0, style or 1, True, True, []), ""
    if short and style:
        return _Open(shown, title, 0, style, True, False, []), ""
    if short and not title.endswith(_SENTENCE_END) and (level or (not paragraph.cell and _could_head(title, names))):
        # In a table a word without a number is an entry, such as a defined term, even where it is the name of a section.
        if level and paragraph.cell and not names(title):
            return None
        return _Open(shown, title, 0, level or 9, bool(level), False, []), ""
    run_in = _RUN_IN.match(title) if level else None
    if run_in and names(run_in.group(1)):
        return _Open(shown[: len(shown) - len(title)] + run_in.group(1), run_in.group(1), 0, level, True, False, []), title[
            run_in.end() :
        ]
    return None


def _style_level(paragraph: ReadParagraph) -> int:
    match = _STYLE.match(paragraph.look or paragraph.style)
    return int(match.group(1)) if match else 0


def _numbered(text: str) -> tuple[int, str]:
    """The level of a line by its number (0 without one; 1 for a chapter, deeper for 5.1), and the line without the number."""
    for level, pattern in ((1, _CHAPTER), (2, _ARTICLE), (2, _HAN_NUMBER)):
        match = pattern.match(text)
        if match and match.end() < len(text):
            return level, text[match.end() :].strip()
    match = _NUMBER.match(text)
    if match and match.end() < len(text):
        return 2 + (match.group(1) or "").count("."), text[match.end() :].strip()
    return 0, text


def _is_short(title: str) -> bool:
    return len(title) <= (LONGEST // 3 if _HAN.search(title) else LONGEST) and len(title.split()) <= 14


def _could_head(title: str, names: Names) -> bool:
    """Whether a line without style or number can be a heading: it names a section, or it is written as titles are."""
    words = title.split()
    return names(title) or (
        len(words) <= 8 and (title.isupper() or title.istitle()) and not any(char.isdigit() for char in title)
    )


def _closed(opened: Sequence[_Open], index: int) -> Part:
    here = opened[index]
    lines = list(here.lines)
    for below in _below(opened, index):
        lines += [Line(below.paragraph, below.heading), *below.lines]
    return Part(here.heading, here.title, here.paragraph, tuple(lines), here.marked, here.annex)


def _below(opened: Sequence[_Open], index: int) -> Iterator[_Open]:
    """The parts whose text also belongs to this one: those under it, and its twin in the other language that follows at once."""
    here, twin = opened[index], False
    for other in opened[index + 1 :]:
        deeper = other.level > here.level > 0
        follows = not here.lines and not twin and bool(_HAN.search(other.title)) != bool(_HAN.search(here.title))
        if not deeper and not follows:
            return
        twin = twin or (follows and not deeper)
        yield other
