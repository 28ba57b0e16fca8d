"""The papers of one job, made: the plan of the row put together, each paper as a document, each document as bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from tmp_builder import pipeline
from tmp_builder.assemble import assemble
from tmp_builder.assemble.accession import OPTION, accession_form, clauses_fingerprint, needs_form
from tmp_builder.assemble.assembly import signing_members
from tmp_builder.assemble.cover_note import cover_note
from tmp_builder.batch.jobs import Due, Job, Outcome, Shared, Target
from tmp_builder.batch.merge import changed, merged
from tmp_builder.deadlines import Deadline, current, deadlines
from tmp_builder.deadlines.who import concerns
from tmp_builder.document.nodes import Document
from tmp_builder.errors import UsageError
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


@dataclass
class Desk:
    """One job on its way: what several papers need is worked out once."""

    job: Job
    shared: Shared
    skipped: list[tuple[str, Labels]] = field(default_factory=list)

    @property
    def options(self) -> pipeline.Options:
        """How the papers are built."""
        return self.shared.options

    @cached_property
    def library(self) -> Library:
        """The clause library of the base plan."""
        return self.shared.libraries[self.job.base]

    @cached_property
    def plan(self) -> Plan:
        """The base plan with the row in it; with all rows where that makes other clauses than the common text has."""
        return self.assembled[0]

    @cached_property
    def assembled(self) -> tuple[Plan, Document | None]:
        """The plan of the row, and its document where it had to be assembled to hold its clauses against the common ones."""
        row = self._with_row(self.job.plan or self.shared.plans[self.job.base])
        if not self.job.clauses or self.job.base not in self.shared.wholes:
            return row, None
        document = assemble(row, self.library)
        if clauses_fingerprint(document) == self.job.clauses:
            return row, document
        return self._with_row(self.shared.wholes[self.job.base]), None

    def _with_row(self, base: Plan) -> Plan:
        plan = merged(changed(base, self.library, self.job.changes, self.job.places), self.job.members, self.job.places)
        dated = self.options.dated or plan.dated
        return replace(plan, dated=dated, languages=self.options.languages or plan.languages)

    @cached_property
    def checked(self) -> pipeline.Checked:
        """The text of the plan with its findings."""
        return pipeline.examine(self.plan, self.library, self.options)

    @cached_property
    def common(self) -> pipeline.Checked:
        """The common text, which those who sign for all sign."""
        return pipeline.examine(self._with_row(self.shared.wholes[self.job.base]), self.library, self.options)

    @cached_property
    def signers(self) -> frozenset[str]:
        """The ids of the members that sign the plan itself."""
        return frozenset(member.id for member in signing_members(self.plan))

    @cached_property
    def dates(self) -> tuple[Deadline, ...]:
        """The dates that concern the member, or all of them where there is none."""
        every = current(deadlines(self.plan, self.library, self.shared.as_of))
        return tuple(each for each in every if not self.job.member or concerns(each, self.plan, self.job.member))

    @cached_property
    def form(self) -> Document | None:
        """The accession form of the member; None where it needs none, or none would rest on a clause."""
        member = self.plan.member(self.job.member)
        if member is None or not needs_form(self.plan, member, self.signers) or not self.plan.has(OPTION):
            return None
        return accession_form(self.plan, self.library, member.id, self.job.clauses, self.assembled[1])


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
        findings=desk.checked.findings if whole else (),
        gaps=len(desk.checked.open_points) if whole else 0,
        dates=tuple(_due(desk)) if job.member else (),
        fingerprint=desk.checked.document.imprint.fingerprint if whole else "",
        skipped=tuple(desk.skipped),
        code=1 if whole and desk.checked.errors else 0,
    )


def _due(desk: Desk) -> Iterator[Due]:
    open_ones = [(each.date, each) for each in desk.dates if each.date and not each.passed and not each.met_on]
    for day, each in sorted(open_ones, key=lambda pair: (pair[0], pair[1].key))[:MOST_DATES]:
        label = {lang: f"{text} ({each.object})" if each.object else text for lang, text in each.label.items()}
        yield Due(day.isoformat(), each.code, label)


Maker = Callable[[Desk, list[Target]], Mapping[str, bytes]]


def _tmp(desk: Desk, targets: list[Target]) -> Mapping[str, bytes]:
    options = replace(desk.options, formats=tuple(target.form for target in targets))
    return pipeline.render(desk.checked, options)


def _accession(desk: Desk, targets: list[Target]) -> Mapping[str, bytes]:
    if desk.form is None:
        desk.skipped.append(("accession", _NO_FORM if desk.plan.has(OPTION) else _NO_CLAUSE))
        return {}
    return _written(desk, desk.form, targets)


def _extract(desk: Desk, targets: list[Target]) -> Mapping[str, bytes]:
    from tmp_builder.assemble.extract import extract

    return _written(desk, extract(desk.plan, desk.library, desk.job.member, desk.shared.as_of), targets)


def _note(desk: Desk, targets: list[Target]) -> Mapping[str, bytes]:
    skipped = {paper for paper, _ in desk.skipped}
    enclosed = [(paper, name) for paper, name in desk.job.note if paper not in skipped]
    return _written(desk, cover_note(desk.plan, desk.library, desk.job.member, enclosed), targets)


def _written(desk: Desk, document: Document, targets: list[Target]) -> Mapping[str, bytes]:
    return {target.form: pipeline.write(document, target.form, desk.options) for target in targets}


def _page(desk: Desk, targets: list[Target]) -> Mapping[str, bytes]:
    """The signature page of the plan for a member that signs it, else that of its accession form."""
    from tmp_builder.writers.pdf import write_page
    from tmp_builder.writers.signature_pages import signature_pages

    member, options = desk.job.member, desk.options
    if member in desk.signers:
        document = pipeline.printed(desk.common if desk.job.text else desk.checked, options)
    elif desk.form is not None:
        document = replace(desk.form, sheet=False)
    else:
        desk.skipped.append(("signature-page", _NO_PAGE))
        return {}
    look, css, fonts = {"layout": options.layout, "paper": options.paper}, options.house.css, options.font_dirs
    return {target.form: write_page(signature_pages(document)[member], **look, style=css, font_dirs=fonts) for target in targets}


def _calendar(desk: Desk, targets: list[Target]) -> Mapping[str, bytes]:
    from tmp_builder.writers.ics import write

    content = write(desk.dates, desk.plan, stamp(desk.plan, desk.shared.as_of), desk.job.member)
    return {target.form: content for target in targets}


def stamp(plan: Plan, as_of: date | None) -> date:
    """The day that a calendar bears. Raises UsageError where nothing gives one; the clock never does."""
    day = as_of or plan.dated or plan.signed_on
    if day is None:
        raise UsageError("the plan has no date, and a calendar needs one", "Set dated: in the plan, or add --date 2026-09-30.")
    return day


_MAKERS: Mapping[str, Maker] = {
    "tmp": _tmp,
    "accession": _accession,
    "signature-page": _page,
    "extract": _extract,
    "calendar": _calendar,
    "cover-note": _note,
}
