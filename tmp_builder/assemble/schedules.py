"""Pass 6: the schedules, filled from members, projects and registers; "None" where the plan says so, a gap where it says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from tmp_builder.assemble.assembly import Assembly, label_in
from tmp_builder.assemble.dates import dates_body, with_dates
from tmp_builder.assemble.fill import Filler, PlanNames
from tmp_builder.assemble.introduce import introduced, pointer, remaining
from tmp_builder.assemble.place import clauses_of
from tmp_builder.assemble.wanted import special_options, wanted_schedules
from tmp_builder.document.nodes import (
    Block,
    Clause,
    Column,
    Gap,
    Inline,
    Inlines,
    Paragraph,
    Reference,
    Row,
    Schedule,
    Table,
    Text,
    Texts,
    Value,
)
from tmp_builder.document.walk import map_texts, rebuild, says
from tmp_builder.language import word
from tmp_builder.library.registers import column_spec
from tmp_builder.library.schema import RegisterColumn, ScheduleSpec
from tmp_builder.plan.schema import Project, RegisterRow
from tmp_builder.values import brief


def schedules(assembly: Assembly) -> Assembly:
    """Every schedule that the document prints."""
    return assembly.with_(schedules=tuple(_schedule(assembly, spec) for spec in wanted_schedules(assembly)))


def _schedule(assembly: Assembly, spec: ScheduleSpec) -> Schedule:
    intro = Paragraph(f"schedule:{spec.id}.intro", assembly.in_languages(spec.intro), "intro")
    builders = {"projects": _projects, "accession": _forms, "members": _members, "dates": _dates}
    body = builders.get(spec.id, _register)(assembly, spec)
    if not body:
        body = (Paragraph(f"schedule:{spec.id}.none", _nothing(assembly, spec), "body"),)
    return Schedule(f"schedule:{spec.id}", assembly.in_languages(spec.title), (intro, *body))


def _nothing(assembly: Assembly, spec: ScheduleSpec) -> Texts:
    """What stands in a schedule without rows: that there is nothing, but only if the plan says so; otherwise a gap.

    An alliance may well begin without projects: they are awaited only where an option rests on them.
    """
    address = assembly.plan.unlisted(spec.id)
    needed = {need.schedule for option in assembly.plan.entered() for need in assembly.library.options[option].needs}
    if not address or (spec.id == "projects" and spec.id not in needed):
        return assembly.in_languages(spec.none)
    return {language: (Gap(spec.title[language], address),) for language in assembly.plan.languages}


def _register(assembly: Assembly, spec: ScheduleSpec) -> tuple[Block, ...]:
    rows = with_dates(assembly, spec)
    return (_table(assembly, spec, spec.columns, rows),) if rows else ()


def _dates(assembly: Assembly, _spec: ScheduleSpec) -> tuple[Block, ...]:
    return dates_body(assembly)


def _members(assembly: Assembly, spec: ScheduleSpec) -> tuple[Block, ...]:
    """Every member; of those that the head of the agreement identifies, only what it does not say."""
    above = {member.id for member in introduced(assembly)}
    rows = tuple(
        RegisterRow(member.id, remaining(member) if member.id in above else member.cells, f"members.{member.id}")
        for member in assembly.plan.members
    )
    note = (Paragraph(f"schedule:{spec.id}.above", pointer(assembly), "intro"),) if above else ()
    columns = spec.columns if assembly.plan.template else _filled(spec.columns, rows)
    return (*note, _table(assembly, spec, columns, rows)) if rows else ()


def _filled(columns: tuple[RegisterColumn, ...], rows: tuple[RegisterRow, ...]) -> tuple[RegisterColumn, ...]:
    """The columns that some row fills: an alliance without sides has none to show."""
    return tuple(column for column in columns if column.required or any(column.name in row.cells for row in rows))


# ── tables of rows ──────────────────────────────────────────────────────────────────────────────────────────────────


def _table(
    assembly: Assembly, spec: ScheduleSpec, columns: tuple[RegisterColumn, ...], rows: tuple[RegisterRow, ...], name: str = ""
) -> Table:
    """The columns that identify a row as cells; the rest, where filled, as "label: value" below the row."""
    shown = [column for column in columns if column.shown == "table"]
    below = [column for column in columns if column.shown == "detail"]
    ident = f"schedule:{spec.id}{name}"
    return Table(
        f"{ident}.table",
        "register",
        tuple(Column(column.name, assembly.in_languages(column.label), _weight(column)) for column in shown),
        tuple(
            Row(
                f"{ident}.{row.id}",
                tuple(_cell(assembly, column, row) for column in shown),
                _detail(assembly, below, row),
            )
            for row in rows
        ),
        assembly.in_languages(spec.title),
    )


_WEIGHTS = {"money": 6, "date": 6, "party": 6, "territory": 6, "text": 6, "choice": 5}
"""What a column needs of the width, by its kind: a date or a sum is read on one line."""


def _weight(column: RegisterColumn) -> int:
    if column.bilingual:
        return 8
    return 4 if column.name.endswith("_id") else _WEIGHTS.get(column.kind, 4)


def _cell(assembly: Assembly, column: RegisterColumn, row: RegisterRow) -> Texts:
    return {language: _said(assembly, column, row, language) for language in assembly.plan.languages}


def _said(assembly: Assembly, column: RegisterColumn, row: RegisterRow, language: str) -> Inlines:
    value = row.cells.get(column.name)
    if value is None:
        return (Gap(column.label[language], f"{row.address}.{column.name}"),) if column.required else ()
    words = brief(column_spec(column), value, language, PlanNames(assembly.plan, assembly.library))
    return (Value(words, f"{row.address}.{column.name}"),)


def _detail(assembly: Assembly, columns: list[RegisterColumn], row: RegisterRow) -> Texts:
    out: dict[str, Inlines] = {}
    for language in assembly.plan.languages:
        colon, stop = (": ", "; ") if language == "en" else ("：", "；")
        parts: list[Text | Value] = []
        for column in columns:
            said = _said(assembly, column, row, language) if column.name in row.cells else ()
            if said and isinstance(said[0], Value) and said[0].text:
                parts += [Text((stop if parts else "") + column.label[language] + colon), said[0]]
        out[language] = tuple(parts)
    return out if any(out.values()) else {}


# ── the joint work plan and the ten-point plans ─────────────────────────────────────────────────────────────────────


def _projects(assembly: Assembly, spec: ScheduleSpec) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if assembly.plan.work_plan:
        blocks.append(_subheading(f"schedule:{spec.id}.work-plan", assembly.words("work-plan")))
        columns = tuple(replace(column, shown="table") for column in spec.plan_columns)
        table = _table(assembly, spec, columns, assembly.plan.work_plan, ".work-plan")
        blocks.append(replace(table, caption=assembly.words("work-plan")))
    for project in assembly.plan.projects:
        blocks += _project(assembly, spec, project)
    return tuple(blocks)


def _project(assembly: Assembly, spec: ScheduleSpec, project: Project) -> list[Block]:
    ident = f"schedule:{spec.id}.{project.id}"
    heading = {
        language: (Text(word("ten-point-plan", language, id=project.id, title=project.title.get(language) or "[●]")),)
        for language in assembly.plan.languages
    }
    rows = [
        _project_row(assembly, project, column, ident)
        for column in spec.columns
        if column.shown != "never" and column.name in project.cells
    ]
    rows += [_heading_row(assembly, project, key, label, number, ident) for number, (key, label) in enumerate(spec.headings, 1)]
    columns = (Column("item", assembly.words("item"), 3), Column("entry", assembly.words("entry"), 7))
    blocks: list[Block] = [_subheading(ident, heading), Table(f"{ident}.table", "register", columns, tuple(rows), heading)]
    special = _special_terms(assembly, project)
    if special:
        words = {language: (Text(word("special-terms", language, id=project.id)),) for language in assembly.plan.languages}
        blocks += [_subheading(f"{ident}.special", words), *special]
    return blocks


def _project_row(assembly: Assembly, project: Project, column: RegisterColumn, ident: str) -> Row:
    names = PlanNames(assembly.plan, assembly.library)
    cell: dict[str, Inlines] = {}
    for language in assembly.plan.languages:
        value = project.cells[column.name]
        cell[language] = (
            Value(_project_words(column, value, language, names), f"projects.{project.id}.{column.name.replace('_', '-')}"),
        )
    return Row(f"{ident}.{column.name}", (assembly.in_languages(column.label), cell))


def _project_words(column: RegisterColumn, value: Any, language: str, names: PlanNames) -> str:
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if column.kind == "choice" and isinstance(value, str) and value not in column.values:
        value = value.replace("-", "_")
    if column.kind == "territory" and column.many:
        value = tuple((code,) for code in value)  # a territory is a group of codes; a project lists single ones
    return brief(column_spec(column), value, language, names)


def _heading_row(assembly: Assembly, project: Project, key: str, label: Mapping[str, str], number: int, ident: str) -> Row:
    words = project.headings.get(key, {})
    head = says(**{language: f"{number}. {label[language]}" for language in assembly.plan.languages})
    cell: dict[str, Inlines] = {
        language: (
            Value(words[language], f"projects.{project.id}.headings.{key}")
            if words.get(language)
            else Gap(label_in("to-complete", language), f"projects.{project.id}.headings.{key}"),
        )
        for language in assembly.plan.languages
    }
    return Row(f"{ident}.{key}", (head, cell))


def _special_terms(assembly: Assembly, project: Project) -> tuple[Block, ...]:
    """A project's own choices and values: the clauses of the options concerned with the project's values in them."""
    values = {**assembly.plan.values, **project.values}
    filler = Filler(assembly, values, f"projects.{project.id}.parameters")
    own: list[Block] = []
    for option in special_options(project):
        own += filler.blocks(clauses_of(assembly, option), option)
    prefix = f"{project.id}:"

    mine = {clause.id for clause in own if isinstance(clause, Clause)}

    def point(texts: Texts) -> Texts:
        """A reference to a clause of the special terms leads there, not to the main body."""
        return {language: tuple(_moved(inline, mine, prefix) for inline in inlines) for language, inlines in texts.items()}

    def rename(block: Block) -> tuple[Block, ...]:
        """Ids stay unique: the main body holds the same clauses."""
        return (replace(map_texts(block, point), id=prefix + block.id),)

    return rebuild(tuple(own), rename)


def _moved(inline: Inline, mine: set[str], prefix: str) -> Inline:
    return replace(inline, target=prefix + inline.target) if isinstance(inline, Reference) and inline.target in mine else inline


# ── forms to be filled in by hand ───────────────────────────────────────────────────────────────────────────────────


def _forms(assembly: Assembly, spec: ScheduleSpec) -> tuple[Block, ...]:
    """The accession form and the leaving form, blank, followed by the rows of members who joined."""
    blocks: list[Block] = []
    for name, columns in (("joining", spec.columns), ("leaving", spec.leaving_columns)):
        rows = tuple(
            Row(f"schedule:{spec.id}.{name}.{column.name}", (assembly.in_languages(column.label), _blank(assembly)))
            for column in columns
            if column.shown != "never"
        )
        head = (Column("item", assembly.words("item"), 4), Column("entry", assembly.words("entry"), 6))
        blocks.append(_subheading(f"schedule:{spec.id}.{name}", assembly.words(name)))
        blocks.append(Table(f"schedule:{spec.id}.{name}.table", "register", head, rows, assembly.words(name)))
    return (*blocks, *_register(assembly, spec))


def _blank(assembly: Assembly) -> Texts:
    return {language: () for language in assembly.plan.languages}


def _subheading(ident: str, texts: Texts) -> Paragraph:
    return Paragraph(f"{ident}.heading", texts, "subheading")
