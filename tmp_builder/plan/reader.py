"""From a plan file and the tables it names to a plan: names resolved against the library, values typed, all faults at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tmp_builder.errors import LibraryError, PlanError, nearest
from tmp_builder.findings import Place, both
from tmp_builder.language import LANGUAGES
from tmp_builder.library.prose import parse_prose
from tmp_builder.library.schema import Library
from tmp_builder.plan.addresses import row_id
from tmp_builder.plan.choices import decisions, values
from tmp_builder.plan.facts import NAMED_FACTS
from tmp_builder.plan.ledger import Ledger, offer
from tmp_builder.plan.marks import faults_of_text, unknown_facts
from tmp_builder.plan.members import member_of, project_cells
from tmp_builder.plan.rows import model_rows, registers, work_plan
from tmp_builder.plan.schema import Additional, Approval, DateSettings, Member, Plan, Project, Side, Waiver, Wording
from tmp_builder.plan.source import PlanSource, read_source

if TYPE_CHECKING:
    from tmp_builder.plan.files import ProjectFile


def read_plan(path: Path, library: Library) -> Plan:
    """The plan at `path`, resolved against `library`. Raises PlanError with every fault."""
    return resolve(read_source(path), library)


def resolve(source: PlanSource, library: Library) -> Plan:
    """The plan of a source, resolved against `library`. Raises PlanError with every fault; LibraryError for unknown facts."""
    if faults := unknown_facts(library):
        raise LibraryError(faults)
    ledger, file = Ledger(source, library), source.file
    members = tuple(_members(ledger))
    sides = tuple(Side(side.id, side.name.model_dump(), side.territory, side.lead) for side in file.sides)
    ids = [*(member.id for member in members), *ledger.lost]
    holders = [*(side.id for side in sides), *ids]
    _hold_parties(members, sides, ledger)
    plan = Plan(
        id=file.id,
        title=file.title.model_dump(),
        version=file.version,
        library=file.library,
        profile=ledger.known(file.profile, library.profiles, "profile", "profile"),
        status=file.status,
        dated=file.dated,
        signed_on=file.signed_on,
        signed_fingerprint=file.signed_fingerprint,
        languages=file.languages,
        effective_date=None if file.effective_date == "conditional" else file.effective_date,
        conditional=file.effective_date == "conditional",
        sides=sides,
        members=members,
        facts={ledger.known(name, NAMED_FACTS, "fact", "facts", name): answer for name, answer in file.facts.items()},
        dates=_dates(ledger),
        numbering=file.numbering,
        reserved=tuple(ledger.known(option, library.options, "option", "reserved") for option in file.reserved),
        choices=decisions(file.choices, holders, ("choices",), ledger),
        values=values(file.parameters, ids, ("parameters",), ledger),
        work_plan=tuple(work_plan(file.work_plan, ids, ledger)),
        projects=tuple(_projects(ids, holders, ledger)),
        registers=registers(file.registers, ids, ledger),
        wording=_wording(ledger),
        additional=tuple(_additional(ledger)),
        waivers=tuple(Waiver(w.rule, w.object, w.reason, w.by, w.until, w.approval_ref) for w in file.waivers),
        approvals=tuple(Approval(**approval.model_dump()) for approval in file.approvals),
        file=source.shown,
        places=_places(ledger),
    )
    if ledger.faults:
        raise PlanError(ledger.faults)
    return plan


def _dates(ledger: Ledger) -> DateSettings:
    settings = ledger.source.file.dates
    ledger.territory(settings.calendars, ledger.source.place("dates", "calendars"), "calendars")
    return DateSettings(**settings.model_dump())


# ── parties ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _members(ledger: Ledger) -> Iterator[Member]:
    from tmp_builder.plan.files import MemberFile

    for index, (file, where) in enumerate(model_rows("members", ledger.source.file.members, MemberFile, ledger)):
        at = partial(_part, ledger, file.id, index, where)
        who = both("member {id}", "成员单位{id}", id=file.id)
        ledger.territory([file.country] if file.country else [], at("country"), who)
        ledger.territory([code for code in file.work_places if code], at("work-places"), who)
        yield member_of(file, ledger.library.schedules.get("members"), where, ledger.faults, at)


def _part(ledger: Ledger, ident: str, index: int, member: Place, key: str) -> Place:
    """Where a key of a member stands: in the cell of a table, or on its line of the plan."""
    if f"members.{ident}" in ledger.places:
        return ledger.places.get(f"members.{ident}.{key}", member)
    return ledger.source.place("members", index, key)


def _hold_parties(members: tuple[Member, ...], sides: tuple[Side, ...], ledger: Ledger) -> None:
    ids, side_ids = [*(m.id for m in members), *ledger.lost], [s.id for s in sides]
    ledger.once([(side.id, ledger.source.place("sides", index)) for index, side in enumerate(sides)], "sides")
    for index, side in enumerate(sides):
        ledger.known(side.lead, ids, "member", "sides", index, "lead")
        ledger.territory(
            side.territory, ledger.source.place("sides", index, "territory"), both("side {id}", "国别方{id}", id=side.id)
        )
    for index, member in enumerate(members):
        place = ledger.places.get(f"members.{member.id}.side") or ledger.source.place("members", index, "side")
        if member.side and member.side not in (*side_ids, "neutral"):
            hint = offer("side", [*side_ids, "neutral"])
            ledger.fault(
                place,
                both(
                    "member {id}: unknown side “{side}”{near}",
                    "成员单位{id}：没有国别方“{side}”{near}",
                    id=member.id,
                    side=member.side,
                    near=nearest(member.side, side_ids),
                ),
                hint,
            )
        for other in member.competes_with:
            if other not in ids:
                ledger.fault(
                    place,
                    both(
                        "member {id}: competes-with names no member: “{other}”{near}",
                        "成员单位{id}：competes-with所列“{other}”不是成员单位{near}",
                        id=member.id,
                        other=other,
                        near=nearest(other, ids),
                    ),
                )


# ── projects and bespoke texts ──────────────────────────────────────────────────────────────────────────────────────


def _projects(ids: list[str], holders: list[str], ledger: Ledger) -> Iterator[Project]:
    from tmp_builder.plan.files import ProjectFile

    schedule = ledger.library.schedules.get("projects")
    headings = [ident for ident, _ in schedule.headings] if schedule else []
    for index, (file, place) in enumerate(model_rows("projects", ledger.source.file.projects, ProjectFile, ledger)):
        for member in file.members:
            if member not in ids:
                ledger.fault(
                    place,
                    both(
                        "project {id}: no member has the id “{member}”{near}",
                        "项目{id}：没有编号为“{member}”的成员单位{near}",
                        id=file.id,
                        member=member,
                        near=nearest(member, ids),
                    ),
                    offer("member", ids),
                )
        for heading in file.headings:
            if heading not in headings:
                ledger.fault(
                    place,
                    both(
                        "project {id}: unknown heading “{heading}”{near}",
                        "项目{id}：没有标题项“{heading}”{near}",
                        id=file.id,
                        heading=heading,
                        near=nearest(heading, headings),
                    ),
                    offer("heading", headings),
                )
        ledger.territory((*file.work_places, *file.filing_wishes), place, both("project {id}", "项目{id}", id=file.id))
        yield _project(file, index, ids, holders, ledger)


def _project(file: ProjectFile, index: int, ids: list[str], holders: list[str], ledger: Ledger) -> Project:
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
        choices=decisions(file.choices, holders, (*where, "choices"), ledger),
        values=values(file.parameters, ids, (*where, "parameters"), ledger),
        cells=project_cells(file),
    )


def _wording(ledger: Ledger) -> dict[str, Wording]:
    found = {}
    for option, file in ledger.source.file.wording.items():
        ledger.known(option, ledger.library.options, "option", "wording", option)
        place, texts = ledger.source.place("wording", option), _texts(ledger, "wording", option)
        parameters = ledger.library.options[option].parameters if option in ledger.library.options else {}
        _hold_prose(texts, option, parameters, ledger)
        found[option] = Wording(option, texts, file.replaces, file.features, place)
    return found


def _additional(ledger: Ledger) -> Iterator[Additional]:
    own = ledger.source.file.additional
    ledger.once([(file.id, ledger.source.place("additional", index)) for index, file in enumerate(own)], "additional")
    for index, file in enumerate(ledger.source.file.additional):
        ledger.known(file.after, ledger.library.sections, "section", "additional", index, "after")
        place, texts = ledger.source.place("additional", index), _texts(ledger, "additional", index)
        _hold_prose(texts, f"additional.{file.id}", (), ledger)
        yield Additional(file.id, file.after, file.title.model_dump(), texts, file.features, place)


def _hold_prose(texts: dict[str, tuple[str, int]], origin: str, parameters: Collection[str], ledger: Ledger) -> None:
    """The faults of a bespoke text in the languages of the plan."""
    languages, shown = ledger.source.file.languages, ledger.source.shown
    wanted: dict[str, tuple[str, int]] = {language: text for language, text in texts.items() if language in languages}
    if wanted:
        ledger.faults += faults_of_text(parse_prose(wanted, shown, origin), shown, parameters, ledger.library)


def _texts(ledger: Ledger, *keys: str | int) -> dict[str, tuple[str, int]]:
    """The bespoke text per language with the line on which it begins; a missing language is a fault."""
    data: Any = ledger.source.marked.data
    for key in keys:
        data = data[key]
    lines = ledger.source.marked.lines
    found = {lang: (str(data[lang]), lines.get((*keys, lang), 1)) for lang in LANGUAGES if data.get(lang)}
    for language in ledger.source.file.languages:
        if language not in found:
            ledger.fault(
                ledger.source.place(*keys),
                both(
                    "{where}: the text in “{language}” is missing",
                    "{where}：缺少“{language}”文本",
                    where=".".join(map(str, keys)),
                    language=language,
                ),
            )
    return found


# ── places ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _places(ledger: Ledger) -> dict[str, Place]:
    """Every address of the file with its place; rows are addressed by their id, not by their position."""
    found: dict[str, Place] = {}
    above: dict[tuple[str | int, ...], tuple[Any, tuple[str, ...]]] = {(): (ledger.source.marked.data, ())}
    for path, place in ledger.source.marked.places.items():
        if path:
            above[path] = _named(path[-1], *above[path[:-1]])
        found[".".join(above[path][1])] = place
    return found | ledger.places


def _named(part: str | int, here: Any, address: tuple[str, ...]) -> tuple[Any, tuple[str, ...]]:
    """The part below a key or a position, with its address."""
    below = _below(here, part)
    ident = row_id(below, address) if isinstance(part, int) and isinstance(below, Mapping) else ""
    return below, (*address, ident or str(part))


def _below(data: Any, part: str | int) -> Any:
    """The part of plain data below a key or a position."""
    if isinstance(part, int):
        return data[part] if isinstance(data, list) else None
    return data.get(part) if isinstance(data, dict) else None
