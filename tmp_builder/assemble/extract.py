"""The extract of one member: who it is in the plan, its rights, its duties, its dates; a document for every writer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from tmp_builder.assemble import assemble
from tmp_builder.assemble.assembly import Assembly, begin
from tmp_builder.assemble.dates import date_words
from tmp_builder.deadlines import Deadline, Kind, current, deadlines
from tmp_builder.deadlines.who import concerns
from tmp_builder.document.canonical import fingerprint
from tmp_builder.document.nodes import (
    Column,
    Cover,
    Document,
    Paragraph,
    Row,
    Section,
    Table,
    Texts,
)
from tmp_builder.document.walk import clauses, says
from tmp_builder.errors import UsageError, nearest
from tmp_builder.language import CLAUSE_REFERENCE, join, word
from tmp_builder.library.schema import Labels, Library
from tmp_builder.plan.schema import Member, Plan

RIGHTS = (
    "background-access",
    "ownership",
    "joint-ownership",
    "territory",
    "licences",
    "third-party-licences",
    "improvements",
    "benefits",
)
DUTIES = (
    "background",
    "protection",
    "public-funding",
    "confidentiality",
    "publication",
    "data",
    "equipment",
    "export-control",
    "reciprocity",
    "personnel",
    "membership",
    "competition",
)
"""The sections whose choices an extract names, by what they mostly give or ask. The frame stays in the plan."""

_NOTICE: Labels = {
    "en": "This extract is an aid to work. It changes nothing: the plan and its schedules decide. It is no legal advice.",
    "zh": "本摘要仅供执行本计划时参考，不作任何变更，以本计划及其附件为准，亦不构成法律意见。",
}
_WORDS: Mapping[str, Labels] = {
    "kind": {"en": "Extract for {name}", "zh": "{name}适用摘要"},
    "member": {"en": "The Member", "zh": "成员单位"},
    "rights": {"en": "Rights", "zh": "权利"},
    "duties": {"en": "Duties", "zh": "义务"},
    "dates": {"en": "Dates", "zh": "日期"},
    "side": {"en": "Side", "zh": "国别方"},
    "role": {"en": "Role", "zh": "角色"},
    "projects": {"en": "Projects", "zh": "项目"},
    "rows": {"en": "Entries in the schedules", "zh": "附件中的登记"},
    "undecided": {"en": "Nothing has been chosen yet.", "zh": "尚未作出选择。"},
    "nothing": {"en": "No date concerns this Member yet.", "zh": "目前没有与该成员单位有关的日期。"},
    "subject": {"en": "Subject", "zh": "主题"},
    "holds": {"en": "What is agreed", "zh": "约定内容"},
    "what": {"en": "What", "zh": "事项"},
    "date": {"en": "Date", "zh": "日期"},
    "act": {"en": "Right or duty", "zh": "权利或者义务"},
    "clause": {"en": "Clause", "zh": "条款"},
    "pending": {"en": "Not dated yet", "zh": "尚无日期"},
}
_KINDS: Mapping[Kind, Labels] = {
    Kind.RIGHT: {"en": "right", "zh": "权利"},
    Kind.DUTY: {"en": "duty", "zh": "义务"},
    Kind.STATUTORY: {"en": "by law", "zh": "法定"},
}
_MINE = ("member", "owner", "provider", "host", "title_holder", "licensor", "licensee", "recipient", "owners", "employers")
"""Columns of registers that name the member to whom a row belongs."""


def extract(plan: Plan, library: Library, ident: str, as_of: date | None = None) -> Document:
    """The extract for the member `ident`. `as_of` leaves out dates that have passed. Raises UsageError for an unknown member."""
    member = plan.member(ident)
    if member is None:
        known = [each.id for each in plan.members]
        raise UsageError(f"no member has the id “{ident}”{nearest(ident, known)}", f"Known: {', '.join(known[:12])}")
    assembly = begin(replace(plan, dated=as_of or plan.dated), library, final=False)
    numbers = _numbers(assemble(plan, library))
    mine = [each for each in current(deadlines(plan, library, as_of)) if _is_theirs(each, plan, member)]
    sections = (
        Section("section:member", _said(assembly, "member"), (_about(assembly, member),), "1"),
        Section("section:rights", _said(assembly, "rights"), _choices(assembly, member, "rights", RIGHTS, numbers), "2"),
        Section("section:duties", _said(assembly, "duties"), _choices(assembly, member, "duties", DUTIES, numbers), "3"),
        Section("section:dates", _said(assembly, "dates"), _dates(assembly, mine, numbers), "4"),
    )
    return _document(assembly, member, sections)


def _document(assembly: Assembly, member: Member, sections: tuple[Section, ...]) -> Document:
    document = assembly.document
    name = {lang: member.name.get(lang) or member.id for lang in assembly.plan.languages}
    kind = says(**{lang: _WORDS["kind"][lang].format(name=name[lang]) for lang in assembly.plan.languages})
    cover = Cover(document.cover.title, kind, (), document.cover.lines, assembly.in_languages(_NOTICE))
    signing = replace(document.signing, title={}, intro={}, blocks=())
    imprint = replace(document.imprint, fingerprint=fingerprint((cover, sections)))
    return replace(document, id=f"{document.id}-{member.id}", cover=cover, sections=sections, signing=signing, imprint=imprint)


def _said(assembly: Assembly, name: str) -> Texts:
    return assembly.in_languages(_WORDS[name])


# ── who the member is ───────────────────────────────────────────────────────────────────────────────────────────────


def _about(assembly: Assembly, member: Member) -> Table:
    plan = assembly.plan
    side = plan.side(member.side)
    rows = [("role", {lang: word(f"role-{member.role}", lang) for lang in plan.languages})]
    if side:
        rows.insert(0, ("side", {lang: side.name.get(lang) or side.id for lang in plan.languages}))
    projects = [project for project in plan.projects if member.id in project.members]
    if projects:
        rows.append(
            (
                "projects",
                {lang: join([_project(each.id, each.title, lang) for each in projects], lang) for lang in plan.languages},
            )
        )
    entries = {lang: "; ".join(_entries(assembly, member, lang)) for lang in plan.languages}
    if any(entries.values()):
        rows.append(("rows", entries))
    columns = (Column("item", assembly.words("item"), 3), Column("entry", assembly.words("entry"), 7))
    body = tuple(Row(f"member.{name}", (_said(assembly, name), says(**entry))) for name, entry in rows)
    return Table("member.table", "records", columns, body)


def _project(ident: str, title: Labels, language: str) -> str:
    return f"{ident} {title.get(language) or ''}".strip()


def _entries(assembly: Assembly, member: Member, language: str) -> Iterator[str]:
    """What the member has in the schedules that are sent out: "Background IP Register: BG-1, BG-4"."""
    for spec in assembly.library.schedules.values():
        rows = [] if spec.internal else [row.id for row in assembly.plan.rows(spec.id) if _is_mine(row.cells, member.id)]
        if rows:
            yield f"{spec.title[language]}{word('colon', language)}{', '.join(rows)}"


def _is_mine(cells: Mapping[str, object], ident: str) -> bool:
    held = (cells.get(name) for name in _MINE)
    return any(ident == each or (isinstance(each, tuple) and ident in each) for each in held)


# ── what the choices give and ask ───────────────────────────────────────────────────────────────────────────────────


def _choices(
    assembly: Assembly, member: Member, name: str, sections: tuple[str, ...], numbers: Mapping[str, str]
) -> tuple[Table | Paragraph, ...]:
    """A row for each section that concerns the member: its title, what is chosen in it, where that begins."""
    rows = []
    for spec in (assembly.library.sections[ident] for ident in sections if ident in assembly.library.sections):
        chosen = [each for each in spec.options if assembly.plan.has(each) and _applies(assembly, member, each)]
        if chosen:
            cards = [assembly.library.options[each] for each in chosen]
            labels = {lang: " · ".join(card.label[lang] for card in cards) for lang in assembly.plan.languages}
            cells = (assembly.in_languages(spec.title), says(**labels), _clause(assembly, numbers.get(chosen[0], "")))
            rows.append(Row(f"{name}.{spec.id}", cells))
    if not rows:
        return (Paragraph(f"{name}.none", _said(assembly, "undecided")),)
    columns = tuple(Column(each, _said(assembly, each), weight) for each, weight in (("subject", 4), ("holds", 8), ("clause", 2)))
    return (Table(f"{name}.table", "records", columns, tuple(rows)),)


def _clause(assembly: Assembly, number: str, otherwise: str = "") -> Texts:
    """ "Clause 9.1"; what stands there where the plan's document has no such clause."""
    parts = {lang: CLAUSE_REFERENCE[lang] for lang in assembly.plan.languages}
    return says(**{lang: f"{before}{number}{after}" if number else otherwise for lang, (before, after) in parts.items()})


def _numbers(document: Document) -> Mapping[str, str]:
    """The number of the first clause of each option in the plan's own document."""
    found: dict[str, str] = {}
    for clause in clauses(document):
        if clause.level == 2 and clause.origin:
            found.setdefault(clause.origin, clause.number)
    return found


Test = Callable[[Plan, Member], bool]


def _in(code: str) -> Test:
    """Organised there, or working there."""

    def test(plan: Plan, member: Member) -> bool:
        side = plan.side(member.side)
        places = {member.country} if member.country else set(side.territory if side else ())
        return code in places or code in member.work_places

    return test


def _paid(funder: str) -> Test:
    def test(plan: Plan, member: Member) -> bool:
        awards = (row.cells for row in plan.rows("awards") if row.cells.get("recipient") == member.id)
        return funder in member.public_money or any(cells.get("funder") == funder.replace("-", "_") for cells in awards)

    return test


def _of_type(kind: str) -> Test:
    return lambda _plan, member: member.type == kind


_ONLY: Mapping[str, Test] = {
    "benefits.china-reward": _in("CN"),
    "protection.china-first": _in("CN"),
    "export-control.china-export": _in("CN"),
    "protection.us-first": _in("US"),
    "export-control.us-ear": _in("US"),
    "public-funding.us-reservation": _paid("us-federal"),
    "public-funding.us-manufacture": _paid("us-federal"),
    "public-funding.china-fiscal": _paid("cn-fiscal"),
    "public-funding.eu-grant": _paid("eu"),
    "public-funding.national-laboratory": _of_type("national-lab"),
    "publication.thesis": _of_type("university"),
}
"""Choices that bind only some members, and which."""

_ONLY_DATES: Mapping[str, Test] = {
    "D15": _paid("us-federal"),
    "D16": _paid("us-federal"),
    "D20": _in("US"),
    "D24": _in("CN"),
    "D26": _in("CN"),
}
"""Dates of a statute that are of no use to every member, as long as they are windows as such."""


def _is_theirs(each: Deadline, plan: Plan, member: Member) -> bool:
    """Whether a date that is still to come belongs into the extract of this member."""
    test = _ONLY_DATES.get(each.code) if each.general else None
    return (
        concerns(each, plan, member.id) and not each.passed and each.key != "D53:needed" and (test is None or test(plan, member))
    )


def _applies(assembly: Assembly, member: Member, option: str) -> bool:
    test = _ONLY.get(option)
    return test is None or test(assembly.plan, member)


# ── when ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _dates(assembly: Assembly, mine: list[Deadline], numbers: Mapping[str, str]) -> tuple[Table | Paragraph, ...]:
    if not mine:
        return (Paragraph("dates.none", _said(assembly, "nothing")),)
    dated = [each for each in mine if each.date]
    waiting = [each for each in mine if not each.date]
    tables = []
    for name, found in (("dates", dated), ("pending", waiting)):
        if found:
            tables.append(
                Table(
                    f"{name}.table",
                    "records",
                    _columns(assembly),
                    tuple(_row(assembly, each, numbers) for each in found),
                    _said(assembly, name),
                )
            )
    return tuple(tables)


def _columns(assembly: Assembly) -> tuple[Column, ...]:
    return tuple(
        Column(name, _said(assembly, name), weight) for name, weight in (("date", 4), ("what", 6), ("act", 2), ("clause", 2))
    )


def _row(assembly: Assembly, each: Deadline, numbers: Mapping[str, str]) -> Row:
    languages = assembly.plan.languages
    what = {lang: f"{each.label[lang]} ({each.object})" if each.object else each.label[lang] for lang in languages}
    cells = (
        says(**{lang: date_words(each, lang) for lang in languages}),
        says(**what),
        assembly.in_languages(_KINDS[each.kind]),
        _clause(assembly, numbers.get(each.source, ""), each.basis),
    )
    return Row(f"dates.{each.key}", cells)
