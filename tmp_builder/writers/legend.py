"""What a redline says of itself at its head: which versions it compares, and how their differences are shown."""

from __future__ import annotations

from tmp_builder.document.nodes import Document
from tmp_builder.document.walk import plain

_SHOWN = {
    "en": "Inserted words are underlined, between {+ and +}; deleted words are struck through, between [- and -]; what only moved stands "
    "between [> and >] where it was and between {< and <} where it is now.",
    "zh": "新增文字加下划线，置于{+与+}之间；删除文字加删除线，置于[-与-]之间；仅移动位置的文字，原处置于[>与>]之间，现处置于{<与<}之间。",
}
_LINES = {
    "en": "Inserted words are underlined, deleted words are struck through; what only moved is struck through where it was and underlined "
    "where it is now.",
    "zh": "新增文字加下划线，删除文字加删除线；仅移动位置的文字，原处加删除线，现处加下划线。",
}


def legend(document: Document, language: str, *, brackets: bool = True) -> str:
    """The two sentences; empty for a document that is no redline. `brackets`: changed words stand between such signs."""
    compared = plain(document.imprint.compared.get(language, ()))
    if not compared:
        return ""
    shown = (_SHOWN if brackets else _LINES)[language]
    return f"{compared}. {shown}" if language == "en" else f"{compared}。{shown}"
