"""STR-09 and STR-10: what a project may change, and what may be released as final."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.findings import Force, Severity
from tmp_builder.plan.schema import Project
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, catalogue, check, rule
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.waivers import left_by_waivers

PROTECTED = ("public-funding", "export-control", "confidentiality")
"""Sections that no project may weaken, whatever a card says."""

ALLOWED_VALUES = ("export-control.us-ear.rely_on_fre",)
"""Values that a project may set although their section is protected."""


@rule(
    "STR-09",
    Severity.ERROR,
    Force.CONTRACT,
    "domain catalogue §1.2: a lower level fills gaps and never contradicts the level above",
)
def projects_override_only_what_they_may(case: Case) -> Iterator[Hit]:
    """A project departs from the plan only in options marked overridable, and never in funders' rights, export
    control or secrecy.

    Why: the plan binds all members, the ten-point plan only those of one project; a project that loosens a funder's
    or a licensing authority's terms breaks the law for everyone.
    Bad: `projects.P1.choices: {confidentiality: residuals}`. Good: `projects.P1.choices: {ownership: joint-equal}`.
    Decision: the mark stands on the cards (background, access to it, ownership, joint ownership, exclusive field,
    publication, rights in data, equipment, conditional term). Of the protected sections a project may set
    `export-control.us-ear.rely_on_fre` alone, because whether its work is fundamental research is a matter of the
    project; no mark on a card of a house's own library opens the rest.
    """
    for project in case.plan.projects:
        for section, decision in project.choices.items():
            for option in decision.every:
                if section in PROTECTED or not case.library.options[option].overridable:
                    yield _not_overridable(case, project, option, f"projects.{project.id}.choices.{section}")
        for address in project.values:
            option = address.rpartition(".")[0]
            section = option.partition(".")[0]
            free = section not in PROTECTED and case.library.options[option].overridable
            if not free and address not in ALLOWED_VALUES and option not in _chosen(project):
                yield _not_overridable(case, project, option, f"projects.{project.id}.parameters.{address}")


def _chosen(project: Project) -> set[str]:
    """The options that a project chooses: a value of one that it may not choose is no second finding."""
    return {option for decision in project.choices.values() for option in decision.every}


def _not_overridable(case: Case, project: Project, option: str, address: str) -> Hit:
    label = case.library.options[option].label
    return Hit(
        f"Project {project.id} changes “{label['en']}” ({option}), which a project may not change",
        f"项目{project.id}变更了“{label['zh']}”（{option}），该内容不得由项目变更",
        address,
        option,
        fix=fix("Agree it for the plan as a whole, or drop it from the project.", "在本计划层面统一约定，或者从该项目中删去。"),
    )


@rule("STR-10", Severity.ERROR, Force.CONTRACT, "house rule: no signature copy with an error")
def a_final_document_has_no_error(case: Case) -> Iterator[Hit]:
    """A document that is final, or a plan that is signed, has no finding of severity error.

    Why: an execution copy is signed as it stands; whoever signs relies on its having been checked.
    Bad: `tmp build --final` with two errors left. Good: the errors put right, or the draft marked as such.
    Decision: in a draft the errors stand for themselves. An error that is waived within the limits does not count. A plan whose status is `signed` is held to the same measure.
    The mark “blocked” that a draft with a blocking finding carries is printed by the writers.
    """
    if not case.final and case.plan.status != "signed":
        return
    found = check(case, [code for code in catalogue() if code != "STR-10"])
    errors = [finding.code for finding in left_by_waivers(case.plan, found) if finding.severity is Severity.ERROR]
    if errors:
        codes = ", ".join(sorted(set(errors)))
        count = f"{len(errors)} {'error' if len(errors) == 1 else 'errors'}"
        what = (
            {"en": "a signed plan", "zh": "已签署的计划"}
            if case.plan.status == "signed"
            else {"en": "a final document", "zh": "签署稿"}
        )
        yield Hit(
            f"{what['en']} may have no error; this one has {count}: {codes}",
            f"{what['zh']}不得有错误，现有{len(errors)}项：{codes}",
            "status",
            fix=fix("Put the errors right, or build a draft.", "更正上述错误，或者生成草案。"),
        )
