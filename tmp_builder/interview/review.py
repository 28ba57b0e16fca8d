"""The review screen as data: what each section holds, where it departs from the profile, what is open, what the rules say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from tmp_builder.findings import Finding, Severity
from tmp_builder.interview.asks import Ask, Choice
from tmp_builder.interview.state import State, Step
from tmp_builder.library.schema import SectionSpec
from tmp_builder.plan.schema import Decision

REVIEW = "review"
BUILD = "build"
STOP = "stop"
FOUNDATIONS = (("opening", "review-opening"), ("parties", "review-parties"), ("facts", "review-facts"))
LAST = ("registers", "review-registers")
"""The groups of questions before and after the sections, with the words for each."""


class Line(Struct, frozen=True):
    """A section on the review screen. `added` and `dropped` are departures from the profile; `changed`: in this session."""

    section: str
    title: str
    chosen: tuple[str, ...]
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    open: int = 0
    errors: int = 0
    warnings: int = 0
    changed: bool = False
    used: bool = True


def lines(state: State, steps: list[Step], findings: tuple[Finding, ...], touched: frozenset[str]) -> Iterator[Line]:
    """Every section of the library in document order; those the plan does not have come without choices."""
    open_ = _count(step.section for step in steps if step.open and step.section)
    errors, warnings = (
        _count(_section_of(state, each) for each in findings if each.severity is rank)
        for rank in (Severity.ERROR, Severity.WARNING)
    )
    for section in state.library.sections.values():
        decision = state.plan.choices.get(section.id, Decision())
        profile = state.offered.get(section.id, ()) if decision.every else ()
        yield Line(
            section=section.id,
            title=state.label(section.title),
            chosen=tuple(_chosen(state, decision)),
            added=tuple(
                option for option in decision.options if state.profile and option not in profile and not _forced(section, option)
            ),
            dropped=tuple(option for option in profile if option not in decision.every),
            open=open_.get(section.id, 0),
            errors=errors.get(section.id, 0) if decision.every or open_.get(section.id) else 0,
            warnings=warnings.get(section.id, 0) if decision.every else 0,
            changed=section.id in touched,
            used=bool(decision.every) or bool(open_.get(section.id)),
        )


def _forced(section: SectionSpec, option: str) -> bool:
    slot = section.slot_of(option)
    return slot.pick == "one" and len(slot.options) == 1


def _chosen(state: State, decision: Decision) -> Iterator[str]:
    for option in decision.options:
        yield state.label(state.library.options[option].label)
    if decision.open:
        yield state.word(
            "review-alternatives",
            options=" / ".join(state.label(state.library.options[option].label) for option in decision.open),
        )


def _count(names: Iterator[str]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for name in names:
        if name:
            found[name] = found.get(name, 0) + 1
    return found


def _section_of(state: State, finding: Finding) -> str:
    """The section that a finding is about, from its address; empty for the plan as a whole."""
    head, _, rest = finding.address.partition(".")
    name = rest.partition(".")[0] if head in ("choices", "parameters", "wording") else ""
    return name if name in state.library.sections else ""


def screen(state: State, steps: list[Step], findings: tuple[Finding, ...], touched: frozenset[str], *, build: bool) -> Ask:
    """The review as a question: build, open a part to change it, or stop here."""
    errors = sum(1 for finding in findings if finding.severity is Severity.ERROR)
    open_ = sum(1 for step in steps if step.open)
    first = Choice(BUILD, state.word("review-build" if build else "review-finish"), state.word("review-build-note"))
    before = [_foundation(state, steps, findings, group, name) for group, name in FOUNDATIONS]
    rows = [_row(state, line) for line in lines(state, steps, findings, touched)]
    stop = (Choice(STOP, state.word("review-stop")),) if build else ()
    title = {language: text for language, text in state.plan.title.items() if text}
    return Ask(
        REVIEW,
        "one",
        state.word("review-title", title=state.label(title) if title else state.plan.id),
        heading=state.word("heading-review", open=open_),
        why=state.word(
            "review-why",
            open=open_,
            errors=errors,
            profile=state.label(state.profile.name) if state.profile else state.word("no-profile"),
        ),
        choices=(first, *before, *rows, _foundation(state, steps, findings, *LAST), *stop),
        default=BUILD,
    )


_PLACES = {
    "members": "parties",
    "sides": "parties",
    "facts": "facts",
    "registers": "registers",
    "projects": "registers",
    "work-plan": "registers",
}
"""The group of questions that a finding belongs to, by the first key of its address."""


def _foundation(state: State, steps: list[Step], findings: tuple[Finding, ...], group: str, name: str) -> Choice:
    mine = [
        each
        for each in findings
        if not _section_of(state, each) and _PLACES.get(each.address.partition(".")[0], "opening") == group
    ]
    counts = {
        "open": sum(1 for step in steps if step.open and step.group == group),
        "errors": sum(1 for each in mine if each.severity is Severity.ERROR),
        "warnings": sum(1 for each in mine if each.severity is Severity.WARNING),
    }
    marks = tuple(state.word(f"mark-{what}", count=count) for what, count in counts.items() if count)
    return Choice(
        f"group:{group}", state.word(name, members=len(state.plan.members), projects=len(state.plan.projects)), marks=marks
    )


def _row(state: State, line: Line) -> Choice:
    chosen = state.join(line.chosen) or state.word("review-nothing" if line.used else "review-unused")
    label = f"{line.title}{state.word('colon')}{chosen}"
    marks = [state.word("mark-changed")] if line.changed else []
    if line.added or line.dropped:
        marks.append(state.word("mark-departs"))
    marks += [
        state.word(f"mark-{name}", count=count)
        for name, count in (("open", line.open), ("errors", line.errors), ("warnings", line.warnings))
        if count
    ]
    return Choice(f"section:{line.section}", label, _departures(state, line), tuple(marks))


def _departures(state: State, line: Line) -> str:
    """What a section has beyond the profile and what it lacks, in words."""
    said = [("review-added", line.added), ("review-dropped", line.dropped)]
    return " ".join(
        state.word(name, options=state.join(state.label(state.library.options[o].label) for o in options))
        for name, options in said
        if options
    )
