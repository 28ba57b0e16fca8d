"""What a file says beside the agreement: marks on its cover, open points, a timeline, and notes for one's own house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
    lists its open points, a final document never does; a plan with a finding that blocks is marked for everybody.
    """
    confidential = audience != "public" and not plan.template
    marked = replace(
        document,
        cover=_cover(document, confidential),
        imprint=replace(
            document.imprint, confidential=confidential, blocked=document.imprint.blocked or any(each.blocks for each in findings)
        ),
    )
    if document.imprint.final or plan.template:
        return with_timeline(marked, plan, library)
    internal = tuple(findings) if audience == "internal" else ()
    annex = open_points(document, internal)
    notes = (*drafting_notes(document, plan, library), *finding_notes(document, internal)) if audience == "internal" else ()
    return with_timeline(replace(marked, annexes=(*document.annexes, *annex), notes=(*document.notes, *notes)), plan, library)


def _cover(document: Document, confidential: bool) -> Cover:
    """The status lines, followed by how the text stands and who may read it."""
    wanted = {"not-binding": not document.imprint.final, "confidential-to": confidential}
    lines: tuple[Texts, ...] = tuple(
        says(**{language: word(name, language) for language in document.languages}) for name, holds in wanted.items() if holds
    )
    return replace(document.cover, lines=(*document.cover.lines, *lines))
