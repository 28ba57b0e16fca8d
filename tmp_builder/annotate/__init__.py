"""What a file says beside the agreement: marks on its cover, open points, a timeline, and notes for one's own house."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tmp_builder.annotate.notes import drafting_notes, finding_notes
from tmp_builder.annotate.open_points import open_points
from tmp_builder.annotate.timeline import with_timeline
from tmp_builder.document.nodes import Cover, Document, Texts
from tmp_builder.document.walk import says
from tmp_builder.findings import Finding
from tmp_builder.language import word
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Plan


def annotate(document: Document, plan: Plan, library: Library, findings: Sequence[Finding], audience: str) -> Document:
    """The document as it is printed for `audience` (counterparty, internal, public).

    The text and its fingerprint stay as they are. Findings and drafting notes are only in a file for one's own house; a draft
    lists its open points, a final document never does.
    """
    drawn = with_timeline(marked(document, plan, audience), plan, library)
    if document.imprint.final or plan.template:
        return drawn
    internal = tuple(findings) if audience == "internal" else ()
    notes = (*drafting_notes(document, plan, library), *finding_notes(document, internal)) if audience == "internal" else ()
    return replace(drawn, annexes=open_points(document, internal), notes=notes)


def marked(document: Document, plan: Plan, audience: str) -> Document:
    """The document with what its cover and every page say of it: not binding until signed, confidential unless for the public."""
    confidential = audience != "public" and not plan.template
    imprint = replace(document.imprint, confidential=confidential)
    return replace(document, cover=_cover(document, confidential), imprint=imprint)


def _cover(document: Document, confidential: bool) -> Cover:
    """The status lines, followed by how the text stands and who may read it."""
    wanted = {"not-binding": not document.imprint.final, "confidential-to": confidential}
    lines: tuple[Texts, ...] = tuple(
        says(**{language: word(name, language) for language in document.languages}) for name, holds in wanted.items() if holds
    )
    return replace(document.cover, lines=(*document.cover.lines, *lines))
