"""What a returned Word file means for its plan: other options, other values, bespoke wording; and what must be done by hand."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tmp_builder import pipeline
from tmp_builder.compare.foreign import TextChanges, compare_texts
from tmp_builder.compare.foreign.lines import Names, printed_lines
from tmp_builder.compare.foreign.matching import bare_of_references
from tmp_builder.compare.foreign.proposals import Proposal, Reading
from tmp_builder.compare.foreign.texts import one_line
from tmp_builder.document.nodes import Document
from tmp_builder.document.walk import clauses, parts
from tmp_builder.errors import PlanError
from tmp_builder.findings import Fault
from tmp_builder.library.marked import read_marked
from tmp_builder.library.schema import Labels, Library
from tmp_builder.plan.files import PlanFile
from tmp_builder.plan.reader import resolve
from tmp_builder.plan.source import read_source, source_from
from tmp_builder.plan.writing import edit
from tmp_builder.readers.docx import ReadDocument, read_docx
from tmp_builder.writers.docx.names import bookmark_name


class TakenBack(Struct, frozen=True):
    """The outcome. `rest`: where the plan with every edit still gives another text than the returned file; None with `faults`.

    `by` is what clauses were found by: bookmarks or words. `faults`: why the edited plan cannot be built.
    """

    by: str
    proposals: tuple[Proposal, ...]
    unread: tuple[str, ...]
    rest: TextChanges | None = None
    faults: tuple[Fault, ...] = ()
    notes: tuple[Labels, ...] = ()

    @property
    def edits(self) -> dict[str, Any]:
        """Every edit together, by address."""
        return {address: value for proposal in self.proposals for address, value in proposal.edits.items()}


def names_of(document: Document) -> Names:
    """What the bookmarks of a built file stand for: node and language."""
    nodes = [clause.id for clause in clauses(document)] + [part.id for part in parts(document)] + [document.signing.id]
    return {bookmark_name(node, lang): (node, lang) for node in nodes for lang in document.languages}


def built(checked: pipeline.Checked) -> ReadDocument:
    """The text of the Word file that a plan gives, read the way a returned one is."""
    content = pipeline.files(checked, pipeline.Options(formats=("docx",)))["docx"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "built.docx"
        path.write_bytes(content)
        return read_docx(path)


def take_back(path: Path, file: Path, library: Path | None = None) -> TakenBack:
    """What the Word file `file`, every tracked change accepted, means for the plan at `path`.

    The plan with all edits is built again and compared: `rest` names every place where it still gives another text. Raises PlanError
    for a plan with faults, NotReadable for a file that is no Word document.
    """
    read = read_docx(file)
    plan, found = pipeline.resolve_source(read_source(path), library)
    checked = pipeline.examine(plan, found)
    original = built(checked)
    reading = Reading.of(plan, found, checked.document, names_of(checked.document), (original, read))
    proposals = tuple(reading.proposals())
    unread = compare_texts(read, read).unread
    outcome = TakenBack(reading.returned.by, proposals, unread, notes=tuple(reading.notes))
    try:
        if any(proposal.numbers_only for proposal in proposals):
            outcome = replace(outcome, proposals=tuple(_without_renumbered(path, reading, proposals)))
        again = built(_edited(path, outcome.edits, found))
    except PlanError as error:
        return replace(outcome, faults=error.faults)
    return replace(outcome, rest=_without_references(compare_texts(again, read), original))


def _without_renumbered(path: Path, reading: Reading, proposals: Sequence[Proposal]) -> Iterator[Proposal]:
    """Without wording for texts in which only references differ, where the other edits renumber those to just what came back."""
    edits = {address: value for each in proposals if not each.numbers_only for address, value in each.edits.items()}
    printed = printed_lines(_edited(path, edits, reading.library).document)
    for proposal in proposals:
        owner = proposal.owner
        if not (proposal.numbers_only and owner in printed and reading.same(printed[owner], reading.lines([owner]))):
            yield proposal


def _without_references(found: TextChanges, original: ReadDocument) -> TextChanges:
    """Without places that came back as they were sent, and in which the edits only renumber references: Word does that by itself."""
    sent = {one_line(paragraph.text) for paragraph in original.paragraphs}
    kept = (
        each for each in found.changes if each.new not in sent or bare_of_references(each.old) != bare_of_references(each.new)
    )
    return replace(found, changes=tuple(kept))


def _edited(path: Path, edits: Mapping[str, Any], library: Library) -> pipeline.Checked:
    shown = f"{path} (with these edits)"
    text = edit(path.read_text(encoding="utf-8"), edits)
    source = source_from(read_marked(text, shown), path, shown, PlanFile)
    return pipeline.examine(resolve(source, library), library)
