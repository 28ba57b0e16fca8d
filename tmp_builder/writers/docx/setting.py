"""What all modules of this writer share while one document is set: its languages, widths, names, and counters for ids."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from tmp_builder.document.nodes import Document, Note, Texts
from tmp_builder.writers.docx.markup import quoted
from tmp_builder.writers.docx.names import Anchor, anchors, bookmark_name, control_tag

MARGIN = 1418
"""The page margin: 2.5 cm in twentieths of a point."""

SHEET_MARGIN = 964
"""That of a sheet: 1.7 cm."""

PAPERS = {"A4": (11906, 16838), "Letter": (12240, 15840)}
"""Width and height of the papers on offer, in twentieths of a point."""

AUTHOR = "tmp-builder"
"""Who signs comments, and tracked changes of which nobody said whose they are."""

UNDATED = "1980-01-01"
FIRST_REVISION = 100_000
"""Tracked changes are numbered from here: Word wants their ids apart from those of bookmarks and comments."""

LAYOUTS = ("columns", "stacked")

_KIND = '<w:docPartObj><w:docPartGallery w:val="Custom 1"/><w:docPartCategory w:val="Clause"/></w:docPartObj>'


class Setting(Struct):
    """One document in the making. Bookmarks are given out once per node and language, ids in the order of use.

    `languages` are those of the document, in the order of the columns; `columns` says whether two stand side by side.
    """

    document: Document
    layout: str = "columns"
    paper: str = "A4"
    pages: Mapping[str, int] = field(default_factory=dict)
    author: str = AUTHOR
    moves: bool = False
    part: str = "body"
    shaded: bool = False
    landscape: bool = False
    heading: Texts = field(default_factory=dict)
    anchors: dict[str, Anchor] = field(default_factory=dict)
    notes: dict[str, list[Note]] = field(default_factory=dict)
    commented_on: list[tuple[Note, str]] = field(default_factory=list)
    languages: tuple[str, ...] = ()
    columns: bool = False
    _bookmarked: set[str] = field(default_factory=set)
    _last_bookmark: int = 0
    _last_control: int = 0
    _last_revision: int = FIRST_REVISION

    def __post_init__(self) -> None:
        self.languages = self.document.languages
        self.columns = self.layout == "columns" and len(self.languages) == 2
        self.anchors = anchors(self.document)
        for note in self.document.notes:
            self.notes.setdefault(note.target, []).append(note)

    @property
    def margin(self) -> int:
        """The margin at each side of a page, in twentieths of a point."""
        return SHEET_MARGIN if self.document.sheet else MARGIN

    @property
    def width(self) -> int:
        """The width of the text on the present page, in twentieths of a point."""
        return PAPERS[self.paper][self.landscape] - 2 * self.margin

    def bookmarked(self, node_id: str, language: str, content: str) -> str:
        """`content` between the two ends of the node's bookmark; a node without id, or seen before, gets none."""
        name = bookmark_name(node_id, language)
        if not node_id or name in self._bookmarked:
            return content
        self._bookmarked.add(name)
        self._last_bookmark += 1
        number = self._last_bookmark
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'

    def commented(self, node_id: str, language: str, content: str) -> str:
        """`content` between the ends of the comments on a node: one a note and language, numbered as they come."""
        if node_id not in self.notes:
            return content
        notes = [note for note in self.notes[node_id] if any(texts.get(language) for texts in note.paragraphs)]
        for note in notes:
            if (note, language) in self.commented_on:
                continue
            number = len(self.commented_on)
            self.commented_on.append((note, language))
            content = (
                f'<w:commentRangeStart w:id="{number}"/>{content}<w:commentRangeEnd w:id="{number}"/>'
                f'<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{number}"/></w:r>'
            )
        return content

    @property
    def has_revisions(self) -> bool:
        """Whether a tracked change was written."""
        return self._last_revision > FIRST_REVISION

    def revision(self) -> str:
        """The attributes of the next tracked change."""
        return f'w:id="{self.revision_number()}" {self.signed()}'

    def revision_number(self) -> int:
        """A number that no other tracked change has."""
        self._last_revision += 1
        return self._last_revision

    def signed(self) -> str:
        """Who made the changes, and when: in the first minute (UTC) of the day of the document."""
        return f'w:author="{quoted(self.author)}" w:date="{self.document.imprint.dated or UNDATED}T00:00:00Z"'

    def control(self, clause_id: str, language: str, content: str) -> str:
        """`content` in a content control that carries the clause's id in tag and alias; neither bound nor locked.

        It is a rich control declared a document part: LibreOffice takes a control without any kind for a plain-text field, and
        then drops bold type, marks and references in its first paragraph.
        """
        self._last_control += 1
        tag = quoted(control_tag(clause_id, language, self.languages))
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{tag}"/><w:tag w:val="{tag}"/><w:id w:val="{self._last_control}"/>{_KIND}</w:sdtPr>'
            f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )


def spoken(texts: Texts, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the languages in which `texts` has any words."""
    return tuple(language for language in languages if texts.get(language))
