"""From rows to sets: the papers of each row as a job, the common text of those whom two leads sign for, a plan of a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from tmp_builder.assemble.assembly import signing_members
from tmp_builder.assemble.cover_note import lacking
from tmp_builder.batch import fingerprints
from tmp_builder.batch.jobs import Job, Target, all_told
from tmp_builder.batch.known import Known, data_of, known_text, named_in_papers
from tmp_builder.batch.manifest import Entry, Manifest
from tmp_builder.batch.members import MemberRow
from tmp_builder.batch.membership import LeftOut, belongs, why_not
from tmp_builder.batch.merge import changed, check_rows, merged, places_of
from tmp_builder.batch.names import safe_name
from tmp_builder.batch.request import Base, Request, folders, papers_of, targets_of
from tmp_builder.batch.texts import as_asked
from tmp_builder.errors import InputError
from tmp_builder.findings import Fault
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Member, Plan


class Case(Struct, frozen=True):
    """One set: what the manifest will say of it, the job that makes it, and why it has to be made; without reasons it is unchanged.

    A case without a job is a row with faults.
    """

    entry: Entry
    job: Job | None = None
    reasons: tuple[str, ...] = ()
    old: Entry | None = None


class Draft(Struct):
    """What is collected while the work is laid out."""

    request: Request
    inputs: Mapping[str, str]
    old: Manifest
    cases: list[Case] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[Labels] = field(default_factory=list)
    plans: dict[str, Plan] = field(default_factory=dict)
    wholes: dict[str, Plan] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)
    prints: dict[str, str] = field(default_factory=dict)
    texts: dict[str, Any] = field(default_factory=dict)


# ── one consortium ──────────────────────────────────────────────────────────────────────────────────────────────────


def consortium(draft: Draft, base: Base, rows: Sequence[MemberRow], *, several: bool) -> None:
    """The cases of one base plan: the common text where two leads sign for all, then a case for each row."""
    mine = [row for row in rows if belongs(row, base.plan)]
    checked = check_rows(mine, base.plan, base.library)
    faults: dict[int, tuple[Fault, ...]] = dict(checked.faults)
    for number, found in _wrong_changes(mine, base):
        faults[number] = (*faults.get(number, ()), *found)
    members = {number: member for number, member in checked.members.items() if number not in faults}
    day = base.day(draft.request.as_of)
    here: list[tuple[MemberRow, Member]] = []
    for row in mine:
        if row.number in faults:
            draft.cases.append(Case(_faulty(row, base, faults[row.number])))
        elif (why := why_not(members[row.number], day)) is not None:
            draft.left_out.append(LeftOut(row, base.plan.id, why))
        else:
            here.append((row, members[row.number]))
    draft.members += [member for _, member in here]
    draft.plans[base.plan.id] = base.plan
    draft.prints[base.plan.id] = fingerprints.of_plan(base.plan, base.library)
    named, clashes = folders(here, base, draft.request.naming)
    prefix = f"{safe_name(base.plan.id, base.stem)}/" if several else ""
    draft.wholes[base.plan.id] = _whole(base, members, here)
    sets = [_Set(row, member, f"{prefix}{named[member.id]}", _clash(member.id, clashes, named)) for row, member in here]
    for group in _groups(sets):
        draft.cases += _cases(draft, base, group)


def _whole(base: Base, members: Mapping[int, Member], here: Sequence[tuple[MemberRow, Member]]) -> Plan:
    """The base with every member of the table; those who are no members today only where the base names them."""
    known = {member.id for member in base.plan.members} | {member.id for _, member in here}
    places = {address: place for row, _ in here for address, place in places_of(row).items() if address.startswith("members.")}
    return merged(base.plan, [member for member in members.values() if member.id in known], places)


def _wrong_changes(rows: Sequence[MemberRow], base: Base) -> Iterator[tuple[int, tuple[Fault, ...]]]:
    """The faults of values that rows set in the plan; rows that set the same are looked at once."""
    seen: dict[str, bool] = {}
    for row in rows:
        key = fingerprints.digest(row.changes)
        if seen.get(key):
            continue
        try:
            changed(base.plan, base.library, row.changes, places_of(row))
            seen[key] = True
        except InputError as error:
            yield row.number, error.faults


def _faulty(row: MemberRow, base: Base, faults: Sequence[Fault]) -> Entry:
    name = row.member.get("name")
    labels = {lang: str(text) for lang, text in name.items()} if isinstance(name, Mapping) else {"en": str(name or "")}
    return Entry(
        id=f"{base.plan.id}/{row.key}" if not row.twice else f"{base.plan.id}/{row.key}@{row.number}",
        consortium=base.plan.id,
        member=row.id,
        name={lang: text for lang, text in labels.items() if text},
        place=str(row.place),
        fault=all_told(faults),
        code=3,
    )


def _clash(ident: str, clashes: Mapping[str, Sequence[str]], named: Mapping[str, str]) -> tuple[Labels, ...]:
    others = next((keys for keys in clashes.values() if ident in keys), ())
    if not others:
        return ()
    rest = ", ".join(key for key in others if key != ident)
    return (
        {
            "en": f"{rest} wanted a folder of the same name; this one is “{named[ident]}”",
            "zh": f"{rest}要求使用同名文件夹；本文件夹名为“{named[ident]}”",
        },
    )


# ── from rows to cases ──────────────────────────────────────────────────────────────────────────────────────────────


class _Set(Struct, frozen=True):
    """A row that becomes a set: its member, its folder below the folder of the batch, what to say about it."""

    row: MemberRow
    member: Member
    folder: str
    warnings: tuple[Labels, ...] = ()


def _groups(sets: Sequence[_Set]) -> list[list[_Set]]:
    """Sets whose rows set the same values in the plan: they have one text in common where two leads sign for all."""
    found: dict[str, list[_Set]] = {}
    for each in sets:
        found.setdefault(fingerprints.digest(each.row.changes), []).append(each)
    return list(found.values())


def _cases(draft: Draft, base: Base, group: Sequence[_Set]) -> Iterator[Case]:
    request = draft.request
    papers = {each.member.id: papers_of(each.row, request.makes, base) for each in group}
    parts = {"plan": draft.prints[base.plan.id], "library": base.library.fingerprint, **draft.inputs}
    known: Known | None = None
    if base.has_common_text:
        row = group[0].row
        whole = as_asked(changed(draft.wholes[base.plan.id], base.library, row.changes, places_of(row)), request.options)
        made_of, known = known_text(whole, base.library, draft.inputs, request.as_of, _mapping(draft.old.about.get("texts")))
        draft.texts[made_of] = data_of(known)
        holders = [each for each in group if "tmp" in papers[each.member.id]]
        if holders:
            yield _common(draft, base, holders, parts, made_of, known)
    signers = {member.id for member in signing_members(draft.wholes[base.plan.id])}
    for each in group:
        own = tuple(paper for paper in papers[each.member.id] if not (paper == "tmp" and base.has_common_text))
        rests = (
            _rests_on(draft.wholes[base.plan.id], known, each.member, signs=each.member.id in signers and "signature-page" in own)
            if known
            else ()
        )
        yield _row_case(draft, base, each, own, papers[each.member.id], parts, known.clauses if known else "", rests)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _rests_on(whole: Plan, known: Known, member: Member, *, signs: bool) -> Sequence[Any]:
    """What decides the papers of a row in the common text besides the row: clauses, its dates, who is named; for signers all of it."""
    named = named_in_papers(whole, member.id)
    return [known.clauses, known.text if signs else "", known.dates.get(member.id, ""), named]


def _common(draft: Draft, base: Base, holders: Sequence[_Set], parts: Mapping[str, str], made_of: str, known: Known) -> Case:
    """The text that all rows of a group have in common, made once and put into the folder of each."""
    formats = draft.request.options.formats
    each_ones = [targets_of("tmp", each.member.id, each.folder, base, formats) for each in holders]
    targets = tuple(replace(same[0], paths=tuple(target.paths[0] for target in same)) for same in zip(*each_ones, strict=True))
    first = holders[0].row
    ident = f"{base.plan.id}/*" if not first.changes else f"{base.plan.id}/*{fingerprints.digest(first.changes)[:8]}"
    places = places_of(first)
    job = Job(ident, base.plan.id, targets, changes=first.changes, places=places, clauses=known.clauses)
    own = {"text": made_of, "papers": fingerprints.digest([_said(target) for target in targets])}
    warnings = tuple(_left_out_of_it(draft, base))
    entry = Entry(ident, base.plan.id, name=dict(base.plan.title), warnings=warnings, parts={**parts, **own})
    return Case(entry, job)


def _left_out_of_it(draft: Draft, base: Base) -> Iterator[Labels]:
    """Rows with faults are not in the common text; where the base plan names the member itself, that entry stands in it."""
    faulty = [
        case.entry.member or case.entry.place
        for case in draft.cases
        if case.job is None and case.entry.consortium == base.plan.id
    ]
    instead = [ident for ident in faulty if base.plan.member(ident)]
    if faulty:
        en = f"rows with faults are left out of the common text: {', '.join(faulty)}"
        zh = f"有误的行未纳入共同文本：{'、'.join(faulty)}"
        more_en = f"; it shows what the base plan says of {', '.join(instead)}" if instead else ""
        more_zh = f"；其中{'、'.join(instead)}仍按基础计划所载列示" if instead else ""
        yield {"en": en + more_en, "zh": zh + more_zh}


def _said(target: Target) -> list[Any]:
    return [target.paper, target.form, list(target.paths)]


def _row_case(
    draft: Draft,
    base: Base,
    each: _Set,
    own: Sequence[str],
    every: Sequence[str],
    parts: Mapping[str, str],
    clauses: str,
    rests: Sequence[Any],
) -> Case:
    """The papers of one row."""
    row, member = each.row, each.member
    formats = draft.request.options.formats
    targets = [target for paper in own for target in targets_of(paper, member.id, each.folder, base, formats)]
    shown = [target for paper in every for target in targets_of(paper, member.id, each.folder, base, formats)]
    note = tuple((t.paper, t.paths[0].rpartition("/")[2]) for t in shown if t.paper != "cover-note")
    job = Job(
        f"{base.plan.id}/{member.id}",
        base.plan.id,
        tuple(targets),
        member.id,
        () if clauses else (member,),
        row.changes,
        places_of(row),
        clauses,
        note=note if "cover-note" in own else (),
    )
    prints = {
        "row": fingerprints.digest([row.member, row.changes]),
        "text": fingerprints.digest(rests),
        "papers": fingerprints.digest([[_said(target) for target in targets], job.note]),
    }
    entry = Entry(
        job.id,
        base.plan.id,
        member.id,
        {lang: text for lang, text in member.name.items() if text},
        each.folder,
        str(row.place),
        missing=tuple(missing(draft.wholes[base.plan.id], member)),
        warnings=each.warnings,
        parts={**parts, **prints},
    )
    return Case(entry, job)


def missing(plan: Plan, member: Member) -> Iterator[str]:
    """What the secretariat has to chase a member for: `form`, `screening`, `signature`, and what its papers lack."""
    signers = {each.id for each in signing_members(plan)}
    form = next((row.cells for row in plan.rows("accession") if row.cells.get("member") == member.id), {})
    if plan.has("membership.accession") and member.id not in signers and not form.get("date_signed"):
        yield "form"
    if not member.cells.get("screening_date") or member.cells.get("screening_result") != "clear":
        yield "screening"
    if member.id in signers and plan.status != "signed":
        yield "signature"
    yield from lacking(plan, member)
