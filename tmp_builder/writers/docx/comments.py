"""The notes of a document as Word comments: one a note and language, with a fixed date and the program as their author."""

from __future__ import annotations

from msgspec import Struct

from tmp_builder.document.nodes import Note
from tmp_builder.document.walk import plain
from tmp_builder.writers.docx.furniture import NAMESPACES
from tmp_builder.writers.docx.markup import paragraph
from tmp_builder.writers.docx.setting import AUTHOR, UNDATED
from tmp_builder.writers.docx.text import run

INITIALS = "tmp"
_MARK = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'


class Comment(Struct, frozen=True):
    """A note in one language, with the number by which the text refers to it."""

    number: int
    note: Note
    language: str


def comments_xml(comments: list[Comment], dated: str) -> str:
    """The part as text. `dated` is the day of the document, in ISO form; the comments are of its first minute."""
    return f"<w:comments {NAMESPACES}>{''.join(_comment(comment, dated or UNDATED) for comment in comments)}</w:comments>"


def _comment(comment: Comment, dated: str) -> str:
    said = [texts[comment.language] for texts in comment.note.paragraphs if texts.get(comment.language)]
    paragraphs = [
        paragraph("CommentText", ("" if index else _MARK) + run(plain(words), comment.language))
        for index, words in enumerate(said)
    ]
    return (
        f'<w:comment w:id="{comment.number}" w:author="{AUTHOR}" w:date="{dated}T00:00:00Z" w:initials="{INITIALS}">'
        f"{''.join(paragraphs)}</w:comment>"
    )
