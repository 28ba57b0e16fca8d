"""The editions of a document: clean, annotated (guidance beside the clauses) and summary (choices and rights on a few pages)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from tmp_builder.assemble.summary import summary
from tmp_builder.document.nodes import Alternatives, Block, Clause, Document, Paragraph, Section, Text, Texts
from tmp_builder.language import word
from tmp_builder.library.schema import Labels, Library
from tmp_builder.plan.schema import Plan

EDITIONS = ("clean", "annotated", "summary")
_PARAGRAPHS = re.compile(r"\n\s*\n|\n(?=[-*] )")
_BULLET = re.compile(r"^[-*] ")
_WRAPPED_WIDE = re.compile(r"(?<=[^\x00-\x7f])[ \t]*\n\s*|[ \t]*\n\s*(?=[^\x00-\x7f])")


def edition(document: Document, plan: Plan, library: Library, name: str) -> Document:
    """The document of a plan in one of `EDITIONS`; the clean one is the document itself."""
    if name == "annotated":
        return annotated(document, library)
    if name == "summary":
        return summary(document, plan, library)
    return document


def annotated(document: Document, library: Library) -> Document:
    """The document with the guidance of each section at its head and that of each option after its first clause.

    Guidance stands in paragraphs of the style "note" that say of themselves that they are no part of the text; numbers,
    references and the fingerprint stay those of the clean text.
    """
    return replace(document, sections=tuple(_section(section, document, library) for section in document.sections))


def _section(section: Section, document: Document, library: Library) -> Section:
    spec = library.sections.get(section.id.removeprefix("section:"))
    head = _notes(spec.guidance, section.id, document.languages) if spec else ()
    return replace(section, children=(*head, *_blocks(section.children, document, library, set())))


def _blocks(children: tuple[Block, ...], document: Document, library: Library, seen: set[str]) -> Iterator[Block]:
    for block in children:
        if isinstance(block, Alternatives):
            branches = tuple(
                replace(branch, children=tuple(_blocks(branch.children, document, library, seen))) for branch in block.branches
            )
            yield replace(block, branches=branches)
            continue
        yield block
        if isinstance(block, Clause) and block.origin in library.options and block.origin not in seen:
            seen.add(block.origin)
            yield from _notes(library.options[block.origin].guidance, block.origin, document.languages)


def _notes(guidance: Labels, ident: str, languages: tuple[str, ...]) -> tuple[Paragraph, ...]:
    """Guidance as notes, paragraph beside paragraph; the first says what they are."""
    cut = {language: _cut(guidance.get(language, ""), language) for language in languages}
    longest = max((len(parts) for parts in cut.values()), default=0)
    return tuple(
        Paragraph(f"guidance:{ident}.{index}", _texts({lang: parts[index : index + 1] for lang, parts in cut.items()}), "note")
        for index in range(longest)
    )


def _texts(parts: dict[str, list[str]]) -> Texts:
    return {language: tuple(Text(part) for part in found) for language, found in parts.items()}


def _cut(text: str, language: str) -> list[str]:
    """The paragraphs of guidance without marks of Markdown, the line breaks inside them joined as the language joins them."""
    found = []
    for part in _PARAGRAPHS.split(text.strip()):
        joined = _WRAPPED_WIDE.sub("", part.strip()) if language == "zh" else part.strip()
        words = re.sub(r"\s*\n\s*", " ", joined).replace("**", "")
        if words:
            found.append(_BULLET.sub("– ", words))
    return [word("guidance-note", language) + found[0], *found[1:]] if found else []
