"""What holds in one project: its own choices and values where it has them, those of the plan elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Plan, Project
from tmp_builder.rules.case import Case


def options_in(case: Case, project: Project | None, section: str) -> tuple[str, ...]:
    """The options of a section that hold in a project (None: in the plan as a whole).

    A project's option takes the place of the plan's in a slot that holds one; elsewhere it comes on top, since special terms of a
    project are printed beside the main body and take nothing out of it.
    """
    return chosen_in(case.plan, case.library, project, section)


def chosen_in(plan: Plan, library: Library, project: Project | None, section: str) -> tuple[str, ...]:
    """The same, where no case is at hand."""
    general = tuple(plan.chosen(section))
    own = project.choices[section].options if project and section in project.choices else ()
    if not own:
        return general
    spec = library.sections[section]
    replaced = {option for slot in spec.slots if slot.high == 1 and set(slot.options) & set(own) for option in slot.options}
    return (*(option for option in general if option not in replaced and option not in own), *own)


def has_in(case: Case, project: Project | None, option: str) -> bool:
    """Whether an option holds in a project (None: in the plan as a whole)."""
    return option in options_in(case, project, option.partition(".")[0])


def value_in(plan: Plan, project: Project | None, address: str) -> Any:
    """The value of `section.option.parameter` that holds in a project (None: in the plan as a whole), or None."""
    own = project.values.get(address) if project else None
    return plan.values.get(address) if own is None else own


def scopes(case: Case, section: str) -> Iterator[tuple[Project | None, str]]:
    """The plan as a whole, then each project with choices of its own in a section, each with the address of those choices."""
    yield None, f"choices.{section}"
    for project in case.plan.projects:
        if section in project.choices:
            yield project, f"projects.{project.id}.choices.{section}"


def values_in(case: Case, address: str) -> Iterator[tuple[Project | None, Any, str]]:
    """Each value of `section.option.parameter` that is in force: the plan's and those of projects, with its address.

    Only where the option holds and the value is known; a value that several projects share with the plan comes once.
    """
    option, seen = address.rpartition(".")[0], set()
    for project in (None, *case.plan.projects):
        where, value = parameter_address(project, address), value_in(case.plan, project, address)
        if where not in seen and value is not None and has_in(case, project, option):
            seen.add(where)
            yield project, value, where


def parameter_address(project: Project | None, address: str) -> str:
    """Where the value of `section.option.parameter` stands that holds in a project."""
    own = project is not None and address in project.values
    return f"projects.{project.id}.parameters.{address}" if project and own else f"parameters.{address}"
