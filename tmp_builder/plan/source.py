"""A plan file read but not yet resolved: valid in form, every part with its line. The first of two steps (see `reader`)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from tmp_builder.errors import PlanError
from tmp_builder.findings import Fault, Place, both
from tmp_builder.library.border import validate
from tmp_builder.library.marked import Marked, read_marked_file
from tmp_builder.plan.printable import DELETE_IT, unprintable_parts
from tmp_builder.plan.tables import contained

if TYPE_CHECKING:
    from tmp_builder.plan.files import PlanFile

ENDING = ".plan.yaml"


class PlanSource(Struct):
    """The file as data and as model, with its marks."""

    path: Path
    shown: str
    file: PlanFile
    marked: Marked

    @property
    def folder(self) -> Path:
        """Where the tables that the plan names lie."""
        return self.path.parent

    def place(self, *keys: str | int) -> Place:
        """Where a part of the file stands."""
        return self.marked.place(keys)

    @property
    def overlay(self) -> Path | None:
        """The house's own library that the plan names, or None. Raises PlanError where it lies outside the plan's folder."""
        if not self.file.overlay:
            return None
        path = contained(self.folder, self.file.overlay)
        if path is None or not path.is_dir():
            what = (
                both("lies outside the folder of the plan", "不在计划所在的文件夹内")
                if path is None
                else both("is no folder", "不是文件夹")
            )
            raise PlanError(
                [
                    Fault(
                        self.place("overlay"),
                        both("overlay: “{name}” {what}", "overlay：“{name}”{what}", name=self.file.overlay, what=what),
                    )
                ]
            )
        return path


def read_source(path: Path, shown: str = "") -> PlanSource:
    """The plan file at `path`, valid in form. Raises PlanError with every fault of form."""
    from tmp_builder.plan.files import PlanFile

    shown = shown or str(path)
    if not path.is_file():
        what = (
            both("is a folder, not a plan file", "是文件夹，不是计划文件") if path.is_dir() else both("does not exist", "不存在")
        )
        raise PlanError([Fault(Place(shown), what, both("Begin a plan with: tmp new", "新建计划：tmp new"))])
    marked = read_marked_file(path, shown)
    return source_from(marked, path, shown, PlanFile)


def source_from(marked: Marked, path: Path, shown: str, model: type[PlanFile]) -> PlanSource:
    """A plan from data already read."""
    faults = list(marked.faults)
    faults += [Fault(marked.place(path), message, DELETE_IT) for path, message in unprintable_parts(marked.data)]
    file = validate(model, marked.data, marked.place, faults) if not faults else None
    if faults or file is None:
        raise PlanError(faults)
    return PlanSource(path, shown, file, marked)
