"""The papers of one job, made: the plan of the row put together, each paper as a document, each document as bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from tmp_builder import pipeline
from tmp_builder.assemble.accession import OPTION, accession_form, needs_form
from tmp_builder.assemble.cover_note import cover_note
from tmp_builder.batch.jobs import Due, Job, Outcome, Shared, Target
from tmp_builder.batch.texts import Text, text_of
from tmp_builder.deadlines import Deadline
from tmp_builder.deadlines.who import concerns
from tmp_builder.document.nodes import Document
from tmp_builder.library.schema import Labels, Library
from tmp_builder.plan.schema import Plan

MOST_DATES = 12
"""So many coming dates of a member are kept for the report; its calendar holds all."""

_NO_FORM: Labels = {
    "en": "no accession form: it signs the plan itself, or is not bound by it",
    "zh": "无须加入书：该单位自行签署本计划，或者不受本计划约束",
}
_NO_CLAUSE: Labels = {
    "en": f"no accession form: the plan has no clause on accession ({OPTION})",
    "zh": f"无加入书：本计划未选用加入条款（{OPTION}）",
}
_NO_PAGE: Labels = {
    "en": "no signature page: it signs neither the plan nor a form",
    "zh": "无签署页：该单位既不签署本计划，也不签署加入书",
}


class Desk(Struct, dict=True):
    """One job on its way: what several papers need is worked out once."""

    job: Job
    shared: Shared
    skipped: list[tuple[str, Labels]] = field(default_factory=list)

    @property
    def options(self) -> pipeline.Options:
        """How the papers are built."""
        return self.shared.options

    @cached_property
    def text(self) -> Text:
        """What the papers rest on."""
        return text_of(self.job, self.shared)

    @property
    def plan(self) -> Plan:
        """The plan with the row in it."""
        return self.text.plan

    @property
    def library(self) -> Library:
        """The clause library of the base plan."""
        return self.text.library

    @cached_property
    def dates(self) -> tuple[Deadline, ...]:
        """The dates that concern the member, or all of them where there is none."""
        every = self.text.ground.dates(self.shared.as_of)
        return tuple(each for each in every if not self.job.member or concerns(each, self.plan, self.job.member))

    @cached_property
    def form(self) -> Document | None:
        """The accession form of the member; None where it needs none, or none would rest on a clause."""
        member = self.plan.member(self.job.member)
        if member is None or not needs_form(self.plan, member, self.text.signers) or not self.plan.has(OPTION):
            return None
        return accession_form(self.plan, self.library, member.id, self.job.clauses, self.text.ground)


def make(job: Job, shared: Shared) -> Outcome:
    """Every file of a job. Raises what the pipeline raises."""
    desk = Desk(job, shared)
    files: dict[str, bytes] = {}
    for paper in dict.fromkeys(target.paper for target in job.targets):
        targets = [target for target in job.targets if target.paper == paper]
        made = _MAKERS[paper](desk, targets)
        files |= {target.paths[0]: made[target.form] for target in targets if target.form in made}
    whole = "tmp" in {target.paper for target in job.targets}
    return Outcome(
        job.id,
        files,
        findings=desk.text.checked.findings if whole else (),
        gaps=len(desk.text.checked.open_points) if whole else 0,
        dates=tuple(_due(desk)) if job.member else (),
        fingerprint=desk.text.checked.document.imprint.fingerprint if whole else "",
        skipped=tuple(desk.skipped),
        code=1 if whole and desk.text.checked.errors else 0,
    )


def _due(desk: Desk) -> Iterator[Due]:
    open_ones = [(each.date, each) for each in desk.dates if each.date and not each.passed and not each.met_on]
    for day, each in sorted(open_ones, key=lambda pair: (pair[0], pair[1].key))[:MOST_DATES]:
        marks = {"en": " ({})", "zh": "（{}）"}
        label = {lang: text + marks[lang].format(each.object) if each.object else text for lang, text in each.label.items()}
        yield Due(day.isoformat(), each.code, label)


Maker = Callable[[Desk, list[Target]], Mapping[str, bytes]]


def _tmp(desk: Desk, targets: list[Target]) -> Mapping[str, bytes]:
    options = replace(desk.options, formats=tuple(target.form for target in targets))
    return pipeline.render(desk.text.checked, options)


def _accession(desk: Desk, targets: list[Target]) -> Mapping[str, bytes]:
    if desk.form is None:
        desk.skipped.append(("accession", _NO_FORM if desk.plan.has(OPTION) else _NO_CLAUSE))
        return {}
    return _written(desk, desk.form, targets)


def _extract(desk: Desk, targets: list[Target]) -> Mapping[str, bytes]:
    from tmp_builder.assemble.extract import extract

    return _written(desk, extract(desk.plan, desk.library, desk.job.member, desk.shared.as_of, desk.text.ground), targets)


def _note(desk: Desk, targets: list[Target]) -> Mapping[str, bytes]:
    skipped = {paper for paper, _ in desk.skipped}
    enclosed = [(paper, name) for paper, name in desk.job.note if paper not in skipped]
    return _written(desk, cover_note(desk.plan, desk.library, desk.job.member, enclosed, desk.text.ground), targets)


def _written(desk: Desk, document: Document, targets: list[Target]) -> Mapping[str, bytes]:
    return {target.form: pipeline.write(document, target.form, desk.options) for target in targets}


def _page(desk: Desk, targets: list[Target]) -> Mapping[str, bytes]:
    """The signature page of the plan for a member that signs it, else that of its accession form."""
    from tmp_builder.writers.signature_pages import signature_pages

    member, options = desk.job.member, desk.options
    if member in desk.text.signers:
        document = pipeline.printed(desk.text.checked, options)
    elif desk.form is not None:
        document = replace(desk.form, sheet=False)
    else:
        desk.skipped.append(("signature-page", _NO_PAGE))
        return {}
    return {target.form: pipeline.write_page(signature_pages(document)[member], options) for target in targets}


def _calendar(desk: Desk, targets: list[Target]) -> Mapping[str, bytes]:
    from tmp_builder.writers.datesheet import stamp
    from tmp_builder.writers.ics import write

    content = write(desk.dates, desk.plan, stamp(desk.plan, desk.shared.as_of), desk.job.member)
    return {target.form: content for target in targets}


_MAKERS: Mapping[str, Maker] = {
    "tmp": _tmp,
    "accession": _accession,
    "signature-page": _page,
    "extract": _extract,
    "calendar": _calendar,
    "cover-note": _note,
}
