"""From a plan file and the tables it names to a plan: names resolved against the library, values typed, all faults at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tmp_builder.errors import PlanError, nearest
from tmp_builder.findings import Fault, Place
from tmp_builder.library.border import validate
from tmp_builder.library.registers import column_spec
from tmp_builder.library.schema import Library, RegisterColumn, ScheduleSpec
from tmp_builder.plan.facts import NAMED_FACTS
from tmp_builder.plan.members import member_of, project_cells
from tmp_builder.plan.schema import (
    Additional,
    DateSettings,
    Decision,
    Member,
    Plan,
    Project,
    RegisterRow,
    Side,
    Waiver,
    Wording,
)
from tmp_builder.plan.source import PlanSource, read_source
from tmp_builder.plan.tables import TableRow, read_table
from tmp_builder.values import Misfit, Spec, parse

if TYPE_CHECKING:
    from tmp_builder.plan.files import ChoiceEntry, MemberFile, ProjectFile

RESERVED_REGISTERS = {"members": "members:", "projects": "projects:"}
"""Schedules whose rows stand under keys of their own."""


def read_plan(path: Path, library: Library) -> Plan:
    """The plan at `path`, resolved against `library`. Raises PlanError with every fault."""
    return resolve(read_source(path), library)


def resolve(source: PlanSource, library: Library) -> Plan:
    """The plan of a source, resolved against `library`. Raises PlanError with every fault."""
    return _Resolver(source, library).plan()


@dataclass(slots=True)
class _Resolver:
    source: PlanSource
    library: Library
    faults: list[Fault] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)

    def plan(self) -> Plan:
        file = self.source.file
        members = tuple(self._members())
        sides = tuple(
            Side(side.id, side.name.model_dump(), side.territory, side.lead) for side in file.sides
        )
        self._hold_parties(members, sides)
        choices = {section: self._decision(section, entry, "choices") for section, entry in file.choices.items()}
        plan = Plan(
            id=file.id,
            title=file.title.model_dump(),
            version=file.version,
            library=file.library,
            profile=self._known(file.profile, self.library.profiles, "profile", "profile"),
            status=file.status,
            dated=file.dated,
            signed_on=file.signed_on,
            languages=file.languages,
            effective_date=None if file.effective_date == "conditional" else file.effective_date,
            conditional=file.effective_date == "conditional",
            sides=sides,
            members=members,
            facts=self._facts(),
            dates=DateSettings(**file.dates.model_dump()),
            numbering=file.numbering,
            reserved=tuple(self._known(option, self.library.options, "option", "reserved") for option in file.reserved),
            choices=choices,
            values=self._values(file.parameters, members, ("parameters",)),
            work_plan=tuple(self._work_plan()),
            projects=tuple(self._projects(members)),
            registers={name: tuple(self._register(name, rows, members)) for name, rows in file.registers.items()},
            wording=self._wording(),
            additional=tuple(self._additional()),
            waivers=tuple(
                Waiver(w.rule, w.object, w.reason, w.by, w.until, w.approval_ref) for w in file.waivers
            ),
            file=self.source.shown,
            places=self._places(),
        )
        if self.faults:
            raise PlanError(self.faults)
        return plan

    # ── small tools ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _fault(self, place: Place, message: str, hint: str = "") -> None:
        self.faults.append(Fault(place, message, hint))

    def _known(self, name: str, known: Iterable[str], what: str, *keys: str | int) -> str:
        known = list(known)
        if name and name not in known:
            self._fault(self.source.place(*keys), f"unknown {what} “{name}”{nearest(name, known)}", self._offer(what, known))
        return name

    @staticmethod
    def _offer(what: str, known: list[str]) -> str:
        if not known:
            return f"The plan has no {what}s yet."
        shown = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")
        return f"Known: {shown}"

    def _places(self) -> dict[str, Place]:
        """Every address of the file with its place; rows are addressed by their id, not by their position."""
        found: dict[str, Place] = {}
        data = self.source.marked.data
        for path, place in self.source.marked.places.items():
            address, here = [], data
            for part in path:
                here = here[part] if isinstance(here, (dict, list)) else None
                address.append(_row_id(here, part))
            found[".".join(address)] = place
        return found | self.places

    # ── parties ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _members(self) -> Iterable[Member]:
        for file, where in self._rows("members", self.source.file.members):
            yield member_of(file, self.library.schedules.get("members"), where, self.faults)

    def _rows(self, key: str, entry: str | tuple[Any, ...]) -> Iterable[tuple[Any, Place]]:
        """The rows under `key`, inline or from the table it names, as models."""
        from tmp_builder.plan.files import MemberFile, ProjectFile

        model: type[MemberFile] | type[ProjectFile] = MemberFile if key == "members" else ProjectFile
        rows: list[tuple[Any, Place]] = []
        if isinstance(entry, str):
            for row in read_table(self.source.folder, entry, self.source.place(key), self.faults):
                data = _split_lists(row.data, model)

                def place(path: tuple[str | int, ...], row: TableRow = row) -> Place:
                    return row.cells.get(".".join(map(str, path))) or (row.cells.get(str(path[0])) if path else None) or row.place

                file = validate(model, data, place, self.faults)
                if file is not None:
                    rows.append((file, row.place))
                    self.places |= {f"{key}.{file.id}": row.place}
                    self.places |= {f"{key}.{file.id}.{name}": where for name, where in row.cells.items()}
        else:
            rows = [(file, self.source.place(key, index)) for index, file in enumerate(entry)]
        self._once([(file.id, where) for file, where in rows], key)
        return rows

    def _once(self, ids: list[tuple[str, Place]], what: str) -> None:
        seen: set[str] = set()
        for ident, place in ids:
            if ident in seen:
                self._fault(place, f"the id “{ident}” stands twice in {what}", "Give each row an id of its own.")
            seen.add(ident)

    def _hold_parties(self, members: tuple[Member, ...], sides: tuple[Side, ...]) -> None:
        ids, side_ids = [m.id for m in members], [s.id for s in sides]
        self._once([(side.id, self.source.place("sides", index)) for index, side in enumerate(sides)], "sides")
        for index, side in enumerate(sides):
            self._known(side.lead, ids, "member", "sides", index, "lead")
            self._territory(side.territory, "sides", index, "territory")
        for index, member in enumerate(members):
            keys = ("members", index, "side") if not isinstance(self.source.file.members, str) else ("members",)
            place = self.places.get(f"members.{member.id}.side") or self.source.place(*keys)
            if member.side and member.side not in (*side_ids, "neutral"):
                self._fault(place, f"member {member.id}: unknown side “{member.side}”{nearest(member.side, side_ids)}", self._offer("side", side_ids))
            for other in member.competes_with:
                if other not in ids:
                    self._fault(place, f"member {member.id}: competes-with names no member: “{other}”{nearest(other, ids)}")

    def _territory(self, codes: Iterable[str], *keys: str | int) -> None:
        for code in codes:
            if code not in self.library.territories:
                self._fault(self.source.place(*keys), f"unknown country or region “{code}”", "Use two-letter codes such as CN, US, HK, DE.")

    # ── choices and values ──────────────────────────────────────────────────────────────────────────────────────────

    def _facts(self) -> Mapping[str, bool | None]:
        for name in self.source.file.facts:
            self._known(name, NAMED_FACTS, "fact", "facts", name)
        return self.source.file.facts

    def _decision(self, section: str, entry: ChoiceEntry, *where: str | int) -> Decision:
        from tmp_builder.plan.files import OpenChoiceFile

        self._known(section, self.library.sections, "section", *where, section)
        if section not in self.library.sections:
            return Decision()
        if isinstance(entry, OpenChoiceFile):
            alternatives = tuple(self._option(section, name, *where, section, "open") for name in entry.open)
            sides = [*(side.id for side in self.source.file.sides), *(m.id for m in self._plain_members())]
            for who, wanted in entry.positions.items():
                self._known(who, sides, "side or member", *where, section, "positions")
                self._option(section, wanted, *where, section, "positions")
            return Decision(
                options=tuple(self._option(section, name, *where, section, "settled") for name in entry.settled),
                open=alternatives,
                positions={who: _full(section, wanted) for who, wanted in entry.positions.items()},
                reasons=entry.reasons,
            )
        options = tuple(self._option(section, name, *where, section) for name in entry)
        for option in {option for option in options if options.count(option) > 1}:
            self._fault(self.source.place(*where, section), f"the option “{option}” stands twice")
        return Decision(options)

    def _plain_members(self) -> tuple[MemberFile, ...]:
        members = self.source.file.members
        return () if isinstance(members, str) else members

    def _option(self, section: str, name: str, *where: str | int) -> str:
        full = _full(section, name)
        if full not in self.library.options:
            names = [option.partition(".")[2] for option in self.library.sections[section].options]
            short = name.removeprefix(f"{section}.")
            hint = f"The section “{section}” offers: {', '.join(names)}."
            self._fault(self.source.place(*where), f"unknown option “{name}” in {section}{nearest(short, names)}", hint)
        return full

    def _values(self, entries: Mapping[str, Any], members: tuple[Member, ...], where: tuple[str | int, ...]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for address, raw in entries.items():
            parameter = self.library.parameter(address)
            place = self.source.place(*where, address)
            if parameter is None:
                self._unknown_parameter(address, place)
            elif parameter.fact:
                self._fault(place, f"{address} repeats a fact of the plan ({parameter.fact}) and is not written", "Delete the line.")
            elif raw is not None and raw != "":
                try:
                    values[address] = parse(parameter.spec, raw)
                    self._hold_names(parameter.spec, values[address], members, place, address)
                except Misfit as misfit:
                    self._fault(place, f"{address}: {misfit}")
        return values

    def _unknown_parameter(self, address: str, place: Place) -> None:
        option, _, name = address.rpartition(".")
        if option in self.library.options:
            known = self.library.options[option].parameters
            hint = f"{option} has: {', '.join(known)}." if known else f"{option} has no parameters."
            self._fault(place, f"unknown parameter “{address}”{nearest(name, known)}", hint)
        else:
            hint = "Write section.option.parameter: 60, such as protection.disclose.party_to_party_days: 60."
            self._fault(place, f"unknown parameter “{address}”{nearest(option, self.library.options)}", hint)

    def _hold_names(self, spec: Spec, value: Any, members: tuple[Member, ...], place: Place, what: str) -> None:  # noqa: ANN401
        """Members and territories that a value names exist."""
        if spec.kind == "party":
            ids = [member.id for member in members]
            if value not in ids:
                self._fault(place, f"{what}: no member has the id “{value}”{nearest(value, ids)}", self._offer("member", ids))
        elif spec.kind == "territory":
            for code in value:
                if code not in self.library.territories:
                    self._fault(place, f"{what}: unknown country or region “{code}”", "Use two-letter codes such as CN, US, HK, DE.")
        elif spec.is_records:
            for record in value:
                for name, item in record.items():
                    self._hold_names(spec.columns[name].spec, item, members, place, f"{what}.{name}")
        elif spec.kind == "list" and spec.of:
            for item in value:
                self._hold_names(spec.of, item, members, place, what)

    # ── projects, registers, bespoke texts ──────────────────────────────────────────────────────────────────────────

    def _projects(self, members: tuple[Member, ...]) -> Iterable[Project]:
        ids = [member.id for member in members]
        schedule = self.library.schedules.get("projects")
        headings = [ident for ident, _ in schedule.headings] if schedule else []
        for index, (file, place) in enumerate(self._rows("projects", self.source.file.projects)):
            for member in file.members:
                if member not in ids:
                    self._fault(place, f"project {file.id}: no member has the id “{member}”{nearest(member, ids)}")
            for heading in file.headings:
                if heading not in headings:
                    self._fault(place, f"project {file.id}: unknown heading “{heading}”{nearest(heading, headings)}")
            yield self._project(file, index, members)

    def _project(self, file: ProjectFile, index: int, members: tuple[Member, ...]) -> Project:
        where = ("projects", index)
        return Project(
            id=file.id,
            title=file.title.model_dump(),
            members=file.members,
            work_places=file.work_places,
            funding_type=file.funding_type or "",
            kind=file.class_ or "",
            tier=file.tier or "",
            basic_research=file.basic_research,
            start=file.start,
            end=file.end,
            filing_wishes=file.filing_wishes,
            headings={key: text.model_dump() for key, text in file.headings.items()},
            choices={section: self._decision(section, entry, *where, "choices") for section, entry in file.choices.items()},
            values=self._values(file.parameters, members, (*where, "parameters")),
            cells=project_cells(file),
        )

    def _work_plan(self) -> Iterable[RegisterRow]:
        schedule = self.library.schedules.get("projects")
        columns = {column.name: column for column in schedule.plan_columns} if schedule else {}
        for index, data in enumerate(self.source.file.work_plan):
            row = TableRow(data, self.source.place("work-plan", index), {key: self.source.place("work-plan", index, key) for key in data})
            yield RegisterRow(str(index + 1), self._cells(row, columns, (), "work-plan"), f"work-plan.{index}")

    def _register(self, name: str, entry: str | tuple[dict[str, Any], ...], members: tuple[Member, ...]) -> Iterable[RegisterRow]:
        self._known(name, [key for key in self.library.schedules if key not in RESERVED_REGISTERS], "register", "registers", name)
        schedule = self.library.schedules.get(name)
        if schedule is None or name in RESERVED_REGISTERS:
            return
        rows = (
            read_table(self.source.folder, entry, self.source.place("registers", name), self.faults)
            if isinstance(entry, str)
            else [
                TableRow(
                    data,
                    self.source.place("registers", name, index),
                    {key: self.source.place("registers", name, index, key) for key in data},
                )
                for index, data in enumerate(entry)
            ]
        )
        columns = {column.name: column for column in (*schedule.columns, *schedule.leaving_columns)}
        ids: list[tuple[str, Place]] = []
        for row in rows:
            ident = self._row_id(row, schedule)
            ids.append((ident, row.place))
            self.places |= {f"registers.{name}.{ident}": row.place}
            self.places |= {f"registers.{name}.{ident}.{key}": place for key, place in row.cells.items()}
            yield RegisterRow(ident, self._cells(row, columns, members, name), f"registers.{name}.{ident}")
        self._once(ids, f"the register {name}")

    def _row_id(self, row: TableRow, schedule: ScheduleSpec) -> str:
        ident = str(row.data.get(schedule.key) or "")
        if not ident:
            self._fault(row.place, f"a row of the register {schedule.id} has no {schedule.key}", f"Give it one: {schedule.key}: …")
        return ident

    def _cells(self, row: TableRow, columns: Mapping[str, RegisterColumn], members: tuple[Member, ...], register: str) -> dict[str, Any]:
        cells: dict[str, Any] = {}
        for key, raw in row.data.items():
            place = row.cells.get(key, row.place)
            column = columns.get(key)
            if column is None:
                self._fault(place, f"unknown column “{key}” in {register}{nearest(key, columns)}", f"Known: {', '.join(columns)}.")
            elif column.computed:
                self._fault(place, f"{key} is computed by the program and not written", "Delete it.")
            elif raw not in (None, ""):
                try:
                    spec = column_spec(column)
                    cells[key] = parse(spec, _listed(raw) if column.many else raw)
                    if column.kind == "party" and members:
                        self._hold_names(spec, cells[key], members, place, key)
                except Misfit as misfit:
                    self._fault(place, f"{key}: {misfit}")
        return cells

    def _wording(self) -> dict[str, Wording]:
        found = {}
        for option, file in self.source.file.wording.items():
            self._known(option, self.library.options, "option", "wording", option)
            found[option] = Wording(option, self._texts("wording", option), file.replaces, file.features, self.source.place("wording", option))
        return found

    def _additional(self) -> Iterable[Additional]:
        for index, file in enumerate(self.source.file.additional):
            self._known(file.after, self.library.sections, "section", "additional", index, "after")
            texts = self._texts("additional", index)
            yield Additional(file.id, file.after, file.title.model_dump(), texts, file.features, self.source.place("additional", index))

    def _texts(self, *keys: str | int) -> dict[str, tuple[str, int]]:
        data: Any = self.source.marked.data
        for key in keys:
            data = data[key]
        found = {lang: (str(data[lang]), self.source.place(*keys, lang).line + 1) for lang in ("en", "zh") if data.get(lang)}
        for language in self.source.file.languages:
            if language not in found:
                self._fault(self.source.place(*keys), f"{'.'.join(map(str, keys))}: the text in “{language}” is missing")
        return found


def _full(section: str, name: str) -> str:
    return name if name.startswith(f"{section}.") else f"{section}.{name}"


def _row_id(row: Any, part: str | int) -> str:  # noqa: ANN401
    if isinstance(part, int) and isinstance(row, Mapping):
        key = next((key for key in row if key == "id" or key.endswith("_id") or key in ("award_no",)), None)
        return str(row[key]) if key else str(part)
    return str(part)


def _listed(raw: Any) -> Any:  # noqa: ANN401
    """Several values in one cell are divided by semicolons."""
    return [part.strip() for part in raw.replace("；", ";").split(";") if part.strip()] if isinstance(raw, str) else raw


def _split_lists(data: Mapping[str, Any], model: type[MemberFile] | type[ProjectFile]) -> dict[str, Any]:
    """Cells of columns that take several values, divided at semicolons or commas."""
    out = dict(data)
    for name, info in model.model_fields.items():
        key = info.alias or name
        if isinstance(out.get(key), str) and str(info.annotation).startswith("tuple"):
            out[key] = [part.strip() for part in str(out[key]).replace("；", ";").replace(",", ";").split(";") if part.strip()]
    return out
