"""What the clauses of one option say in a language: their words alone, without numbers, so that renumbering changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.document.canonical import fingerprint
from tmp_builder.document.nodes import Block, Clause, Document, Inlines, Reference
from tmp_builder.document.walk import all_blocks, plain, texts_of


def words_of(document: Document, ident: str, language: str) -> tuple[str, ...]:
    """The texts of the clauses of `ident` in reading order: an option, or `P1:` and an option in the special terms of a project.

    A reference stands as the id of what it points to. Nothing where the document has no such clause, or only its reserved number.
    """
    return tuple(_words(inlines) for block in _blocks(document, ident) for inlines in _in(block, language))


def fingerprint_of_words(document: Document, ident: str, language: str) -> str:
    """`v1:` and the SHA-256 of these words; empty where there are none.

    The fingerprint of a clause in a recipe is another one: it covers numbers and addresses as well.
    """
    words = words_of(document, ident, language)
    return fingerprint(words) if any(words) else ""


def _blocks(document: Document, ident: str) -> Iterator[Block]:
    for block in all_blocks(document):
        if block.id.startswith(f"{ident}#") and not (isinstance(block, Clause) and block.reserved):
            yield block


def _in(block: Block, language: str) -> Iterator[Inlines]:
    return (texts.get(language, ()) for texts in texts_of(block))


def _words(inlines: Inlines) -> str:
    return "".join(f"{{{inline.target}}}" if isinstance(inline, Reference) else plain((inline,)) for inline in inlines)
