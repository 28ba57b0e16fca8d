"""The plan file under the interview: read anew before each answer, written in one step after it, never left unreadable."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from tmp_builder.errors import PlanError
from tmp_builder.findings import Fault, Place, both
from tmp_builder.interview.notes import Notes, read_notes, with_notes, without_notes
from tmp_builder.library.marked import read_marked, reason_of
from tmp_builder.library.schema import Library
from tmp_builder.plan.files import PlanFile
from tmp_builder.plan.pieces import same_elsewhere
from tmp_builder.plan.reader import resolve
from tmp_builder.plan.schema import Plan
from tmp_builder.plan.source import ENDING, source_from
from tmp_builder.plan.writing import edit, edit_in_place, new_text, write_atomically


class Stand(Struct, frozen=True):
    """The plan as its file holds it: resolved, as raw data, with the interview's notes."""

    plan: Plan
    raw: Mapping[str, Any]
    notes: Notes
    text: str


class Store(Struct):
    """The file at `path`. A plan that does not exist yet begins with `begin` and is written with the first answer.

    `dry` writes nothing: for lists of what would be.
    """

    path: Path
    library: Library
    begin: Mapping[str, Any] = field(default_factory=dict)
    dry: bool = False

    def read(self) -> Stand:
        """The plan as it stands. Raises PlanError with every fault of the file."""
        try:
            text = self.path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            text = new_text(self.begin)
        except (OSError, UnicodeDecodeError) as error:
            reason = reason_of(error) if isinstance(error, OSError) else both("it is not UTF-8 text", "不是UTF-8文本")
            message = both("cannot be read: {reason}", "无法读取：{reason}", reason=reason)
            raise PlanError([Fault(Place(str(self.path)), message)]) from error
        return self.stand(text)

    def stand(self, text: str) -> Stand:
        """What a plan file with this text would say. Raises PlanError with every fault."""
        marked = read_marked(text, str(self.path))
        source = source_from(marked, self.path, str(self.path), PlanFile)
        return Stand(resolve(source, self.library), marked.data, read_notes(text), text)

    def write(self, before: Stand, changes: Mapping[str, Any], notes: Notes) -> Stand:
        """The plan with `changes` by address and these notes, saved. Raises PlanError, and writes nothing, if it is none."""
        text, after = self._changed(before, changes, notes)
        if not self.dry and (text != before.text or not self.path.exists()):
            write_atomically(self.path, text.encode())
        return after

    def _changed(self, before: Stand, changes: Mapping[str, Any], notes: Notes) -> tuple[str, Stand]:
        """The file with the changes, edited in place where that changes nothing else, otherwise as a whole."""
        body = without_notes(before.text)
        text = with_notes(edit_in_place(body, changes) if changes else body, notes)
        try:
            after = self.stand(text)
        except PlanError:
            after = None
        if after is None or not same_elsewhere(before.raw, after.raw, changes):
            text = with_notes(edit(body, changes) if changes else body, notes)
            after = self.stand(text)
        return text, after


def ident_of(path: Path) -> str:
    """The id of the plan that a file of this name holds: lower case, words joined by hyphens."""
    stem = path.name.removesuffix(ENDING) if path.name.endswith(ENDING) else path.stem
    kept = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in stem.lower())
    return "-".join(part for part in kept.split("-") if part)[:64].strip("-") or "plan"


def beginning(path: Path, library: Library, profile: str = "") -> dict[str, Any]:
    """The data with which a new plan at `path` begins: what every plan says and nobody is asked for."""
    begin: dict[str, Any] = {"id": ident_of(path), "version": 1, "library": library.label}
    if profile:
        begin["profile"] = profile
    return begin | {"title": {}, "status": "draft", "numbering": "close-up"}
