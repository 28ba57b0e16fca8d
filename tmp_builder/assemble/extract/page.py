"""The extract put together: who, the next dates, rights, duties, periods; a sheet of paper for every writer."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from tmp_builder.assemble.assembly import Assembly, begin
from tmp_builder.assemble.extract.bearing import is_theirs
from tmp_builder.assemble.extract.choices import choices
from tmp_builder.assemble.extract.member import about
from tmp_builder.assemble.extract.when import next_dates, periods
from tmp_builder.assemble.extract.words import DUTIES, NOTICE, RIGHTS, WORDS, said
from tmp_builder.assemble.ground import Ground, member_of
from tmp_builder.document.canonical import fingerprint
from tmp_builder.document.nodes import Block, Cover, Document, Section
from tmp_builder.document.walk import says
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Member, Plan


def extract(plan: Plan, library: Library, ident: str, as_of: date | None = None, ground: Ground | None = None) -> Document:
    """The extract for the member `ident`. Raises UsageError for an unknown member.

    Dates before `as_of` (else the date of the plan) have passed and are left out; `ground` is what the plan's papers rest on, where
    it is worked out already.

    It is made to fit one page of A4 in one language, two in both: it shows the next dates, counts the later ones, and leaves
    the full list to the member's calendar.
    """
    member = member_of(plan, ident)
    ground, today = ground or Ground(plan, library), as_of or plan.dated
    assembly = ground.assembly if today == plan.dated else begin(replace(plan, dated=today), library, final=False)
    numbers = ground.beginnings
    mine = [each for each in ground.dates(today) if is_theirs(each, plan, member)]
    parts: tuple[tuple[str, tuple[Block, ...]], ...] = (
        ("member", (about(assembly, member),)),
        ("dates", next_dates(assembly, member, mine, numbers)),
        ("rights", choices(assembly, member, "rights", RIGHTS, numbers)),
        ("duties", choices(assembly, member, "duties", DUTIES, numbers)),
        ("periods", periods(assembly, mine, numbers)),
    )
    told = [(name, blocks) for name, blocks in parts if blocks]
    sections = tuple(Section(f"section:{name}", said(assembly, name), part) for name, part in told)
    return _document(assembly, member, sections)


def _document(assembly: Assembly, member: Member, sections: tuple[Section, ...]) -> Document:
    document = assembly.document
    name = {lang: member.name.get(lang) or member.id for lang in assembly.plan.languages}
    kind = says(**{lang: WORDS["kind"][lang].format(name=name[lang]) for lang in assembly.plan.languages})
    cover = Cover(document.cover.title, kind, (), document.cover.lines, assembly.in_languages(NOTICE))
    signing = replace(document.signing, title={}, intro={}, blocks=())
    imprint = replace(document.imprint, fingerprint=fingerprint((cover, sections)))
    ident = f"{document.id}-{member.id}"
    return replace(document, id=ident, cover=cover, sections=sections, signing=signing, imprint=imprint, sheet=True)
