"""XPL-01: the ownership of the same results under the plans of one project."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from tmp_builder.findings import Force, Severity
from tmp_builder.language import LANGUAGES, join
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Project, RegisterRow
from tmp_builder.rules.across.plans import Held, Hit, Plans, disagreement, one_each, options_named, shared_projects
from tmp_builder.rules.across.run import across
from tmp_builder.rules.facts.likeness import alike
from tmp_builder.rules.facts.special_terms import chosen_in
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import text_of

OWNERSHIP = "ownership"


@across("XPL-01", Severity.ERROR, Force.CONTRACT, "logic of parallel agreements on one project")
def the_same_results_have_one_owner(plans: Plans) -> Iterator[Hit]:
    """Plans of the members of one project say the same about who owns its results.

    Why: two members who each hold a paper that makes them the owner cannot both be right, and a licensee of either takes the risk.
    Bad: Project P1 under `ownership.employer` in one member's plan and under `ownership.sponsor` in another's. Good: one of them
    in both, as special terms of the project where the rest differs.
    Decision: a project is the same where its id is, and its title in one language. What counts is the choice that holds in the
    project, and for a Result that several plans register its applicants. Earlier drafts of a plan are left out.
    """
    yield from one_each(_choices(plans), _said)
    for project, group in shared_projects(plans):
        yield from _applicants(project, group)


def _choices(plans: Plans) -> Iterator[tuple[str, Hit]]:
    """Who says what of each project; of which project is said when those of one cause are together."""
    for project, group in shared_projects(plans):
        values = {held.name: chosen_in(held.plan, held.library, own, OWNERSHIP) for held, own in group}
        found = disagreement(values, partial(_options, group))
        if found:
            said, names = found
            held, own = next(each for each in group if each[0].name == names[0])
            advice = fix(
                "Choose the same owner for the Project in every plan, as its special terms where the rest differs.",
                "在各计划中对该项目选用相同的归属方式，其余内容不同的，以项目特别约定写明。",
            )
            yield project.id, Hit(said["en"], said["zh"], held, address_in(own, OWNERSHIP), names, fix=advice)


def _said(projects: Labels, hit: Hit) -> Hit:
    en = f"the results of {projects['en']} have different owners: {hit.en}"
    return replace(hit, en=en, zh=f"{projects['zh']}的成果归属不一致：{hit.zh}")


def _options(group: Sequence[tuple[Held, Project]], value: Hashable) -> Labels:
    return options_named(group[0][0].library, value if isinstance(value, tuple) else ())


def _applicants(project: Project, group: Sequence[tuple[Held, Project]]) -> Iterator[Hit]:
    """A Result that several plans register, with other applicants in each."""
    first: dict[str, tuple[RegisterRow, dict[str, tuple[str, ...]]]] = {}
    for held, _ in group:
        for row in held.plan.rows("results"):
            known = first.setdefault(row.id, (row, {}))
            same = row.cells.get("project_id") == project.id and alike(known[0].cells.get("title"), row.cells.get("title"))
            if same and row.cells.get("applicants"):
                known[1][held.name] = tuple(sorted(_name(held, ident) for ident in row.cells["applicants"]))
    for row, values in first.values():
        found = disagreement(values, _listed)
        if found:
            said, names = found
            title = text_of(row.cells.get("title"))
            yield Hit(
                f"Result {row.id} {title['en']} has different applicants: {said['en']}",
                f"成果{row.id} {title['zh']}的申请人不一致：{said['zh']}",
                next(held for held, _ in group if held.name == names[0]),
                f"registers.results.{row.id}",
                names,
                fix=fix("Register the same applicants in every plan.", "在各计划中登记相同的申请人。"),
            )


def _listed(value: Hashable) -> Labels:
    names = value if isinstance(value, tuple) else ()
    return {language: join(list(names), language) for language in LANGUAGES}


def _name(held: Held, ident: str) -> str:
    """An organisation by its name, since each plan has ids of its own."""
    member = held.plan.member(ident)
    return next((name for name in member.name.values() if name), ident) if member else ident


def address_in(project: Project, section: str) -> str:
    """Where the choices of a section stand that hold in a project."""
    return f"projects.{project.id}.choices.{section}" if section in project.choices else f"choices.{section}"
