"""Who the member is: its Side, its role, its projects, and what it has in the schedules, as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tmp_builder.assemble.assembly import Assembly
from tmp_builder.assemble.extract.words import WORDS, said
from tmp_builder.document.nodes import Column, Row, Table
from tmp_builder.document.walk import says
from tmp_builder.language import join, word
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Member

_MINE = ("member", "owner", "provider", "host", "title_holder", "licensor", "licensee", "recipient", "owners", "employers")
"""Columns of registers that name the member to whom a row belongs."""

_UNNAMED = ("contacts",)
"""Schedules whose rows give a member neither right nor duty."""

_MANY = 6
"""So many projects, or rows of one schedule, are named; of more the first and their number."""


def about(assembly: Assembly, member: Member) -> Table:
    """A row each for Side and role, projects and entries; nothing that the plan does not say."""
    rows = [_standing(assembly, member)]
    if projects := [project for project in assembly.plan.projects if member.id in project.members]:
        rows.append(("projects", _in_each(assembly, lambda lang: _some([_project(p.id, p.title, lang) for p in projects], lang))))
    glue = {"en": "; ", "zh": "；"}
    entries = _in_each(assembly, lambda lang: glue[lang].join(_entries(assembly, member, lang)))
    if any(entries.values()):
        rows.append(("rows", entries))
    columns = (Column("item", assembly.words("item"), 2), Column("entry", assembly.words("entry"), 8))
    body = tuple(Row(f"member.{name}", (said(assembly, name), says(**entry))) for name, entry in rows)
    return Table("member.table", "records", columns, body)


def _in_each(assembly: Assembly, say: Callable[[str], str]) -> Labels:
    return {language: say(language) for language in assembly.plan.languages}


def _standing(assembly: Assembly, member: Member) -> tuple[str, Labels]:
    """The role of the member, with its Side where it has one."""
    side = assembly.plan.side(member.side)
    role = _in_each(assembly, lambda lang: word(f"role-{member.role}", lang))
    if side is None:
        return "role", role
    return "side", _in_each(assembly, lambda lang: f"{side.name.get(lang) or side.id} · {role[lang]}")


def _project(ident: str, title: Labels, language: str) -> str:
    return f"{ident} {title.get(language) or ''}".strip()


def _some(names: list[str], language: str) -> str:
    """All of a few; of many the first and how many there are."""
    if len(names) <= _MANY:
        return join(names, language)
    shown = word("comma", language).join(names[: _MANY - 1])
    return WORDS["others"][language].format(shown=shown, count=len(names) - _MANY + 1, all=len(names))


def _entries(assembly: Assembly, member: Member, language: str) -> Iterator[str]:
    """What the member has in the schedules that are sent out: "Background IP Register: BG-1 and BG-4"."""
    for spec in assembly.library.schedules.values():
        silent = spec.internal or spec.id in _UNNAMED
        rows = [] if silent else [row.id for row in assembly.plan.rows(spec.id) if _is_mine(row.cells, member.id)]
        if rows:
            yield f"{spec.title[language]}{word('colon', language)}{_some(rows, language)}"


def _is_mine(cells: Mapping[str, object], ident: str) -> bool:
    held = (cells.get(name) for name in _MINE)
    return any(ident == each or (isinstance(each, tuple) and ident in each) for each in held)
