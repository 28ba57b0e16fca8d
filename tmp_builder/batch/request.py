"""What a batch is asked to do, its base plans read, and where its files go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from tmp_builder import pipeline
from tmp_builder.batch.jobs import PAPERS, Target
from tmp_builder.batch.members import MemberRow
from tmp_builder.batch.names import distinct, safe_name
from tmp_builder.errors import UsageError, unknown
from tmp_builder.findings import both, listed
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Member, Plan
from tmp_builder.plan.source import ENDING
from tmp_builder.writers.formats import FORMATS

LEADS = "parties.leads"
"""The option with which two leads sign for all: then all rows have one text in common."""

OWN_PAPERS = ("accession", "signature-page", "extract", "calendar")
"""What a row gets beside the common text, if nothing else is asked for."""

FIELDS = ("id", "name", "name.en", "name.zh", "side", "consortium")
"""What stands between braces in the template of folder names."""


class Request(Struct, frozen=True):
    """What the command line says. `makes` is empty where the usual papers are wanted; `naming` is the template of folders."""

    members: Path
    bases: tuple[Path, ...]
    folder: Path
    options: pipeline.Options
    makes: tuple[str, ...] = ()
    as_of: date | None = None
    library: Path | None = None
    naming: str = "{id}"
    force: bool = False


class Base(Struct, frozen=True):
    """A base plan, read: one consortium."""

    path: Path
    plan: Plan
    library: Library

    @property
    def stem(self) -> str:
        """What the names of its files begin with."""
        return safe_name(self.path.name.removesuffix(ENDING).removesuffix(".yaml"), self.plan.id)

    @property
    def has_common_text(self) -> bool:
        """Whether two leads sign for all."""
        return self.plan.has(LEADS)

    def day(self, as_of: date | None) -> date | None:
        """The day that decides who is a member: the one given, else the date of the plan, else that of its signature."""
        return as_of or self.plan.dated or self.plan.signed_on


def read_bases(paths: Iterable[Path], library: Path | None) -> tuple[Base, ...]:
    """The base plans. Raises UsageError for two with one id, and what reading a plan raises."""
    bases = tuple(Base(path, *pipeline.read(path, library)) for path in paths)
    ids = [base.plan.id for base in bases]
    twice = sorted({ident for ident in ids if ids.count(ident) > 1})
    if twice:
        raise UsageError(
            both("two base plans have the id “{id}”", "两份基础计划的编号同为“{id}”", id=twice[0]),
            both("Each consortium needs an id of its own.", "每个联盟须有各自的编号。"),
        )
    return bases


def parse_makes(text: str | None) -> tuple[str, ...]:
    """The papers of `--make`, each known, none twice, in their usual order."""
    names = [name.strip().lower() for name in (text or "").split(",") if name.strip()]
    for name in names:
        if name not in PAPERS:
            raise unknown(both("paper", "文件种类"), name, PAPERS)
    return tuple(paper for paper in PAPERS if paper in names)


def check_naming(template: str) -> str:
    """The template of folder names. Raises UsageError for one that names something else than a row."""
    rest = template
    for name in FIELDS:
        rest = rest.replace(f"{{{name}}}", "")
    if "{" in rest or "}" in rest or not template.strip():
        fields = listed("{" + name + "}" for name in FIELDS)
        raise UsageError(
            both("--name {template}: unknown field", "--name {template}：没有这一字段", template=template),
            both("Known: {fields}.", "可用：{fields}。", fields=fields),
        )
    return template


# ── where files go ──────────────────────────────────────────────────────────────────────────────────────────────────


def folders(
    rows: Sequence[tuple[MemberRow, Member]], base: Base, naming: str
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The folder of each member by its id, safe and distinct on every system; and the ids of those that wanted the same one."""
    wanted = {member.id: safe_name(row.folder or _named(naming, member, base.plan), member.id) for row, member in rows}
    return distinct(wanted)


def _named(naming: str, member: Member, plan: Plan) -> str:
    english, chinese = member.name.get("en", ""), member.name.get("zh", "")
    said: Mapping[str, str] = {
        "id": member.id,
        "name": member.name.get(plan.languages[0]) or english or chinese or member.id,
        "name.en": english or member.id,
        "name.zh": chinese or member.id,
        "side": member.side,
        "consortium": plan.id,
    }
    parts = naming.replace("}", "{").split("{")
    return "".join(said.get(part, part) if place % 2 else part for place, part in enumerate(parts))


def papers_of(row: MemberRow, asked: tuple[str, ...], base: Base) -> tuple[str, ...]:
    """What a row gets: what was asked for, else the usual; a column of the table decides for its row."""
    usual = ("tmp", *OWN_PAPERS) if base.has_common_text else ("tmp",)
    wanted = {paper: paper in (asked or usual) for paper in PAPERS} | dict(row.makes)
    return tuple(paper for paper in PAPERS if wanted[paper])


def targets_of(paper: str, member: str, folder: str, base: Base, formats: Sequence[str]) -> tuple[Target, ...]:
    """The files of one paper of one member. A calendar is an .ics; a signature page is always a PDF."""
    if paper == "calendar":
        return (Target(paper, "ics", (f"{folder}/{base.stem}-dates-{member}.ics",)),)
    if paper == "tmp":
        name = base.stem if base.has_common_text else f"{base.stem}-{member}"
    else:
        name = f"{base.stem}-{paper.removesuffix('-page')}-{member}"
    forms = ("pdf",) if paper == "signature-page" else formats
    return tuple(Target(paper, form, (f"{folder}/{name}{FORMATS[form]}",)) for form in forms)
