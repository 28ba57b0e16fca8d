"""The decision guide: plain questions, scored by data, that propose a profile, with reasons and with what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, Field

from tmp_builder.datafiles import data_folder
from tmp_builder.errors import LibraryError, nearest
from tmp_builder.findings import Fault, both
from tmp_builder.library.border import validate
from tmp_builder.library.marked import Marked, read_marked_file
from tmp_builder.library.schema import Labels, Library
from tmp_builder.plan.facts import NAMED_FACTS

UNKNOWN = "-"
"""The answer of someone who does not know yet: it counts for nothing."""

Points = Annotated[int, Field(ge=-5, le=5)]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BothFile(_File):
    """A text in both languages."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)


class AnswerFile(_File):
    """An answer with its points by profile, and the reason it gives for a profile it speaks for."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    label: BothFile
    reason: BothFile
    points: dict[str, Points]


class QuestionFile(_File):
    """A question; `fact` names the fact of the plan that it settles too."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    text: BothFile
    why: BothFile
    fact: str = ""
    answers: tuple[AnswerFile, ...] = Field(min_length=2)


class SureFile(_File):
    """By how many points a profile must lead."""

    clear: int = Field(ge=1)
    likely: int = Field(ge=1)


class GuideFile(_File):
    """`profiles/guide.yaml`."""

    fallback: str
    sure: SureFile
    questions: tuple[QuestionFile, ...] = Field(min_length=1)


class Answer(Struct, frozen=True):
    """An answer: its label, the reason it gives, its points by profile."""

    id: str
    label: Labels
    reason: Labels
    points: Mapping[str, int]


class Question(Struct, frozen=True):
    """A question of the guide."""

    id: str
    text: Labels
    why: Labels
    fact: str
    answers: tuple[Answer, ...]


class Advice(Struct, frozen=True):
    """A proposed profile: the reasons, how sure (`clear`, `likely`, `close`, `none`), the next best, what would change it.

    `changes` are (question, answer, the profile that would then be proposed).
    """

    profile: str
    sure: str
    reasons: tuple[Labels, ...]
    second: str
    changes: tuple[tuple[Question, Answer, str], ...]
    points: Mapping[str, int]


class Guide(Struct, frozen=True):
    """The guide as data: questions in order, the profile proposed when nothing is known, and what counts as sure."""

    questions: tuple[Question, ...]
    fallback: str
    clear: int
    likely: int
    profiles: tuple[str, ...]

    def points(self, answers: Mapping[str, str]) -> dict[str, int]:
        """The points of every profile, best first; equal ones in the order of the library."""
        totals = dict.fromkeys(self.profiles, 0)
        for answer in self._given(answers):
            for profile, points in answer.points.items():
                totals[profile] += points
        return dict(sorted(totals.items(), key=lambda item: -item[1]))

    def best(self, answers: Mapping[str, str]) -> str:
        """The profile with most points; the fallback where no answer counts."""
        points = self.points(answers)
        return next(iter(points)) if any(points.values()) else self.fallback

    def advise(self, answers: Mapping[str, str]) -> Advice:
        """The profile to propose for these answers (question id → answer id)."""
        points, best = self.points(answers), self.best(answers)
        others = [profile for profile in points if profile != best]
        margin = points[best] - points[others[0]] if others else self.clear
        counted = [answer for answer in self._given(answers) if answer.points.get(best, 0) > 0]
        reasons = sorted(counted, key=lambda answer: -answer.points[best])
        sure = "clear" if margin >= self.clear else "likely" if margin >= self.likely else "close"
        return Advice(
            profile=best,
            sure=sure if reasons else "none",
            reasons=tuple(answer.reason for answer in reasons),
            second=others[0] if others and reasons else "",
            changes=tuple(self._changes(answers, best)) if reasons else (),
            points=points,
        )

    def _given(self, answers: Mapping[str, str]) -> Iterator[Answer]:
        for question in self.questions:
            yield from (answer for answer in question.answers if answer.id == answers.get(question.id))

    def _changes(self, answers: Mapping[str, str], best: str) -> Iterator[tuple[Question, Answer, str]]:
        """Single answers that would lead to another profile, the others staying as they are."""
        for question in self.questions:
            for answer in question.answers:
                if answer.id != answers.get(question.id):
                    other = self.best({**answers, question.id: answer.id})
                    if other != best:
                        yield question, answer, other


def read_guide(library: Library, folder: Path | None = None) -> Guide:
    """The guide in the `profiles` of a library's folder (the built-in one by default); a house's own library may have none.

    Raises LibraryError with every fault.
    """
    path = (folder or data_folder("clauses")) / "profiles" / "guide.yaml"
    if folder and not path.is_file():
        return Guide((), next(iter(library.profiles), ""), 1, 1, tuple(library.profiles))
    marked = read_marked_file(path, "clauses/profiles/guide.yaml")
    faults = list(marked.faults)
    file = validate(GuideFile, marked.data, marked.place, faults) if not faults else None
    if file:
        faults += _hold(file, marked, library)
    if faults or file is None:
        raise LibraryError(faults)
    return Guide(
        tuple(_question(question) for question in file.questions),
        file.fallback,
        file.sure.clear,
        file.sure.likely,
        tuple(library.profiles),
    )


def _question(file: QuestionFile) -> Question:
    answers = tuple(Answer(each.id, each.label.model_dump(), each.reason.model_dump(), each.points) for each in file.answers)
    return Question(file.id, file.text.model_dump(), file.why.model_dump(), file.fact, answers)


def _hold(file: GuideFile, marked: Marked, library: Library) -> Iterator[Fault]:
    """Faults: names that the library or the table of facts does not know."""
    if file.fallback not in library.profiles:
        yield Fault(
            marked.place(("fallback",)),
            both(
                "unknown profile “{fallback}”{near}",
                "没有模板“{fallback}”{near}",
                fallback=file.fallback,
                near=nearest(file.fallback, library.profiles),
            ),
        )
    for number, question in enumerate(file.questions):
        place = marked.place(("questions", number))
        if question.fact and question.fact not in NAMED_FACTS:
            yield Fault(
                place,
                both(
                    "unknown fact “{fact}”{near}",
                    "没有事实“{fact}”{near}",
                    fact=question.fact,
                    near=nearest(question.fact, NAMED_FACTS),
                ),
            )
        for name in {name for answer in question.answers for name in answer.points if name not in library.profiles}:
            yield Fault(
                place,
                both("unknown profile “{name}”{near}", "没有模板“{name}”{near}", name=name, near=nearest(name, library.profiles)),
            )
