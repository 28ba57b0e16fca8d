"""XPL-02: background terms of one project's members that are not reciprocal."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Project
from tmp_builder.rules.across.plans import Held, Hit, Plans, disagreement, one_each, options_named, shared_projects
from tmp_builder.rules.across.results import address_in
from tmp_builder.rules.across.run import across
from tmp_builder.rules.facts.special_terms import chosen_in
from tmp_builder.rules.fixes import fix

ACCESS = "background-access"
SLOTS: Mapping[str, Labels] = {
    "project-use": {"en": "use in the Project", "zh": "项目内使用"},
    "exploitation": {"en": "use for exploitation", "zh": "商业实施"},
}
TERMS: Mapping[str, Labels] = {
    "rf": {"en": "royalty-free", "zh": "免费"},
    "fee": {"en": "for a fee", "zh": "收费"},
    "none": {"en": "no access", "zh": "不开放"},
}
"""The terms of access of the register, from the most open on."""

_FIX = fix("Agree on the same terms in every plan of this Project.", "在该项目的各份计划中约定相同条件。")


@across("XPL-02", Severity.WARNING, Force.CONTRACT, "reciprocity of access to background among the participants of one project")
def background_terms_are_reciprocal(plans: Plans) -> Iterator[Hit]:
    """Members of one project give each other access to their background on the same terms.

    Why: who gives its background free of charge and pays for that of the others pays twice; it learns of it when the plans meet.
    Bad: `project-royalty-free` in one plan of Project P1 and `none` in the other; items of one member `rf`, all those of another
    `fee`. Good: the same choice, and terms of access that match.
    Decision: compared are the choices on use in the project and on exploitation that hold in it, and for each plan the most open
    terms among the items of its register for the project. Members within one plan know each other's terms and are left alone.
    """
    for slot, label in SLOTS.items():
        yield from one_each(_choices(plans, slot), partial(_said, label))
    yield from one_each(_items(plans), _said_of_items)


def _choices(plans: Plans, slot: str) -> Iterator[tuple[str, Hit]]:
    for project, group in shared_projects(plans):
        values = {held.name: _in_slot(held, own, slot) for held, own in group}
        found = disagreement(values, partial(_options, group))
        if found:
            said, names = found
            held, own = next(each for each in group if each[0].name == names[0])
            yield project.id, Hit(said["en"], said["zh"], held, address_in(own, ACCESS), names, fix=_FIX)


def _said(label: Labels, projects: Labels, hit: Hit) -> Hit:
    en = f"background for {projects['en']}, {label['en']}, stands on different terms: {hit.en}"
    return replace(hit, en=en, zh=f"{projects['zh']}的背景知识产权（{label['zh']}）条件不一致：{hit.zh}")


def _in_slot(held: Held, project: Project, slot: str) -> tuple[str, ...]:
    spec = next((each for each in held.library.sections[ACCESS].slots if each.id == slot), None)
    options = spec.options if spec else ()
    return tuple(option for option in chosen_in(held.plan, held.library, project, ACCESS) if option in options)


def _options(group: Sequence[tuple[Held, Project]], value: Hashable) -> Labels:
    return options_named(group[0][0].library, value if isinstance(value, tuple) else ())


def _items(plans: Plans) -> Iterator[tuple[str, Hit]]:
    """The most open terms of the items that each plan lists for a project."""
    for project, group in shared_projects(plans):
        given = {held.name: _terms(held, project.id) for held, _ in group}
        best = {name: min(terms, key=list(TERMS).index) for name, terms in given.items() if terms}
        found = disagreement(best, _access)
        if found:
            said, names = found
            held = next(held for held, _ in group if held.name == names[0])
            yield project.id, Hit(said["en"], said["zh"], held, "registers.background", names, fix=_FIX)


def _access(value: Hashable) -> Labels:
    return TERMS[str(value)]


def _said_of_items(projects: Labels, hit: Hit) -> Hit:
    en = f"members give background for {projects['en']} on terms that are not reciprocal: {hit.en}"
    return replace(hit, en=en, zh=f"各成员单位为{projects['zh']}提供背景知识产权的条件不对等：{hit.zh}")


def _terms(held: Held, project: str) -> set[str]:
    rows = held.plan.rows("background")
    applies = [row for row in rows if not row.cells.get("project_ids") or project in row.cells["project_ids"]]
    return {str(row.cells["access_terms"]) for row in applies if row.cells.get("access_terms") in TERMS}
