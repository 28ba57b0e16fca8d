"""What differs between the texts of two Word files, paragraph by paragraph, each change with its class, place and marked words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from tmp_builder.compare.changes import Weight
from tmp_builder.compare.foreign.align import Line, Match, align
from tmp_builder.compare.foreign.marks import mark_words, weigh_words
from tmp_builder.compare.words import Piece
from tmp_builder.readers.docx import ReadDocument, ReadParagraph

CONTENTS = "the table of contents"
COLOPHON = "COLOPHON"


class Spot(Struct, frozen=True):
    """Where a paragraph stands: its number as Word computes it, the heading above it with its own number, its cell's column."""

    number: str = ""
    heading: str = ""
    column: int = 0
    note: bool = False


class TextChange(Struct, frozen=True):
    """One difference. `kind`: added, removed, reworded, moved, split, joined, or column (a cell's text in another column)."""

    kind: str
    weight: Weight
    old: str = ""
    new: str = ""
    before: Spot = Spot()
    after: Spot = Spot()
    pieces: tuple[Piece, ...] = ()

    @property
    def spot(self) -> Spot:
        """Where it stands in the new text, else where it stood in the old one."""
        return self.before if self.kind == "removed" else self.after


class TextChanges(Struct, frozen=True):
    """Every difference in reading order, and what was not compared. `paragraphs`: how many were compared of either file."""

    changes: tuple[TextChange, ...]
    unread: tuple[str, ...]
    paragraphs: tuple[int, int]

    @property
    def weight(self) -> Weight | None:
        """The weight of the gravest change; None where no difference was found."""
        return min((change.weight for change in self.changes), key=lambda weight: weight.rank, default=None)


class _Placed(Struct, frozen=True):
    line: Line
    spot: Spot


def compare_texts(old: ReadDocument, new: ReadDocument) -> TextChanges:
    """The differences of two texts as they were read. Spaces, styles and computed numbers make none."""
    before, after = _placed(old), _placed(new)
    matches = align([each.line for each in before], [each.line for each in after])
    changes = tuple(change for match in matches for change in _change(match, before, after))
    left_out = any(paragraph.is_contents for each in (old, new) for paragraph in each.paragraphs)
    unread = dict.fromkeys((*old.skipped, *new.skipped, *((CONTENTS,) if left_out else ())))
    return TextChanges(changes, tuple(unread), (len(before), len(after)))


def one_line(text: str) -> str:
    """The words with single spaces."""
    return " ".join(text.split())


def is_furniture(paragraph: ReadParagraph) -> bool:
    """Entries of a table of contents, and our own last lines with the fingerprints."""
    return paragraph.is_contents or paragraph.style.upper().startswith(COLOPHON)


def _placed(document: ReadDocument) -> list[_Placed]:
    """Every paragraph with words."""
    found, heading, level = [], "", 0
    for paragraph in document.paragraphs:
        text = one_line(paragraph.text)
        if not text or is_furniture(paragraph):
            continue
        if paragraph.heading:
            own = " ".join(filter(None, (paragraph.label, text)))
            # Headings one below the other on one level are one heading in two languages.
            heading = f"{heading} / {own}" if level == paragraph.heading else own
        level = paragraph.heading
        spot = Spot(paragraph.label, heading, paragraph.column, paragraph.note)
        found.append(_Placed(Line(text, paragraph.heading > 0), spot))
    return found


def _change(match: Match, before: Sequence[_Placed], after: Sequence[_Placed]) -> Iterator[TextChange]:
    old = " ".join(before[index].line.text for index in match.old)
    new = " ".join(after[index].line.text for index in match.new)
    was = before[match.old[0]].spot if match.old else Spot()
    now = after[match.new[0]].spot if match.new else Spot()
    if not match.old or not match.new:
        kind = "added" if match.new else "removed"
        yield TextChange(kind, weigh_words(old, new), old, new, was, now, mark_words(old, new))
    elif match.moved and old == new and was.number and was == now:
        # The other language of a row stands between: the paragraph has its number and its heading still.
        return
    elif match.moved or len(match.old) != len(match.new):
        kind = "moved" if match.moved else "split" if len(match.new) > 1 else "joined"
        weight = Weight.MOVED if match.moved else Weight.COSMETIC
        if old != new:
            weight = min(weight, weigh_words(old, new), key=lambda each: each.rank)
        yield TextChange(kind, weight, old, new, was, now, mark_words(old, new))
    elif old != new:
        yield TextChange("reworded", weigh_words(old, new), old, new, was, now, mark_words(old, new))
    elif was.column != now.column:
        # The same words in another column say another thing: an amount under the name of another party.
        yield TextChange("column", Weight.SUBSTANTIVE, old, new, was, now, mark_words(old, new))
