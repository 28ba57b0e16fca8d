"""The cover note of one member's set: what is enclosed, what is to be signed and sent back, what is still missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from tmp_builder.assemble.accession import OPTION
from tmp_builder.assemble.assembly import Assembly
from tmp_builder.assemble.ground import Ground, member_of
from tmp_builder.document.canonical import fingerprint
from tmp_builder.document.nodes import Column, Cover, Document, Paragraph, Row, Section, Signing, Table, Texts
from tmp_builder.document.walk import says
from tmp_builder.language import counted, join
from tmp_builder.library.schema import Labels, Library
from tmp_builder.plan.schema import Member, Plan

_WORDS: Mapping[str, Labels] = {
    "kind": {"en": "Cover note for {name}", "zh": "致{name}的文件说明"},
    "notice": {
        "en": "This note lists what is enclosed. It changes nothing: the Plan and the signed forms decide. It is no legal advice.",
        "zh": "本说明仅列明所附文件，不作任何变更，以本计划和已签署的文件为准，亦不构成法律意见。",
    },
    "enclosed": {"en": "Enclosed", "zh": "所附文件"},
    "paper": {"en": "Paper", "zh": "文件"},
    "file": {"en": "File", "zh": "文件名"},
    "asked": {"en": "What is asked of you", "zh": "请办理的事项"},
    "missing": {"en": "What is still missing", "zh": "尚缺事项"},
    "review": {
        "en": "Please check the entries about your organisation in the Schedules against your own records, and tell the Secretariat of "
        "any error before you sign.",
        "zh": "请核对附件中有关贵单位的各项登记，如有错误，请在签署前告知秘书处。",
    },
    "sign-form": {
        "en": "Please have the Accession Form completed and signed by a person with authority to bind your organisation, and send it to "
        "the Secretariat.",
        "zh": "请由有权代表贵单位的人员填妥并签署加入书，送交秘书处。",
    },
    "in-time": {
        "en": "Under the Plan the Lead of your Side obtains the signed form within {days} days after it signs the Plan itself.",
        "zh": "依本计划，贵方牵头单位应在其签署本计划后{days}日内取得已签署的加入书。",
    },
    "sign-page": {
        "en": "Please have the signature page signed by a person with authority to bind your organisation. It belongs to the text "
        "whose fingerprint it states, and to no other text.",
        "zh": "请由有权代表贵单位的人员签署签署页。签署页仅属于其所载文本指纹对应的文本，不得用于其他文本。",
    },
    "sign-either": {
        "en": "The separate signature page is that of the Accession Form, for signing apart from it: please sign one of the two. It "
        "belongs to the form whose fingerprint it states, and to no other text.",
        "zh": "另附的签署页即加入书的签署页，供单独签署之用，两者择一签署即可。签署页仅属于其所载文本指纹对应的加入书，不得用于其他文本。",
    },
    "lack-background": {
        "en": "your entries for the Schedule of Background IP, or the statement that you bring in none",
        "zh": "贵单位在背景知识产权附件中的登记，或者不带入任何背景知识产权的声明",
    },
    "lack-contact": {"en": "your contact for notices", "zh": "贵单位接收通知的联系人"},
    "lack-registration": {"en": "your registration number", "zh": "贵单位的登记号"},
    "lack-name": {"en": "the name of your organisation in both languages", "zh": "贵单位的中英文名称"},
    "please-send": {"en": "Please send: {what}.", "zh": "请补充：{what}。"},
    "tmp": {"en": "Technology Management Plan", "zh": "技术管理计划"},
    "accession": {"en": "Accession Form", "zh": "加入书"},
    "signature-page": {"en": "Signature page", "zh": "签署页"},
    "extract": {"en": "Extract: your rights, duties and dates", "zh": "适用摘要：贵单位的权利、义务和日期"},
    "calendar": {"en": "Calendar of your dates", "zh": "贵单位的日期日历"},
}


def cover_note(
    plan: Plan, library: Library, ident: str, enclosed: Sequence[tuple[str, str]], ground: Ground | None = None
) -> Document:
    """The note for the member `ident`; `enclosed` holds paper and file name of each file of its set, in their order.

    `ground` is what the plan's papers rest on, where it is worked out already.

    Raises UsageError for an unknown member.
    """
    member = member_of(plan, ident)
    assembly = (ground or Ground(plan, library)).assembly
    papers = {paper for paper, _ in enclosed}
    parts = (
        ("enclosed", (_enclosed(assembly, enclosed),)),
        ("asked", tuple(_paragraph(assembly, *asked) for asked in _asked(plan, papers))),
        ("missing", tuple(_missing(assembly, member))),
    )
    sections = tuple(Section(f"section:{name}", _said(assembly, name), blocks) for name, blocks in parts if blocks)
    return _document(assembly, member, sections)


def lacking(plan: Plan, member: Member) -> Iterator[str]:
    """What a member still has to send, by the names of `_WORDS`: `background`, `contact`, `registration`, `name`."""
    if plan.has("background.positive-list") and not any(row.cells.get("member") == member.id for row in plan.rows("background")):
        yield "background"
    if not any(row.cells.get("member") == member.id for row in plan.rows("contacts")):
        yield "contact"
    if not member.registration_no:
        yield "registration"
    if not all(member.name.get(language) for language in plan.languages):
        yield "name"


def _said(assembly: Assembly, name: str, **values: Labels) -> Texts:
    languages = assembly.plan.languages
    return says(**{lang: _WORDS[name][lang].format(**{key: text[lang] for key, text in values.items()}) for lang in languages})


def _document(assembly: Assembly, member: Member, sections: tuple[Section, ...]) -> Document:
    document = assembly.document
    kind = {lang: _WORDS["kind"][lang].format(name=member.name.get(lang) or member.id) for lang in assembly.plan.languages}
    cover = Cover(document.cover.title, says(**kind), (), document.cover.lines, _said(assembly, "notice"))
    signing = Signing("signing", {}, {}, ())
    imprint = replace(document.imprint, fingerprint=fingerprint((cover.title, sections, (), signing)))
    ident = f"{document.id}-cover-note-{member.id}"
    return replace(document, id=ident, cover=cover, sections=sections, signing=signing, imprint=imprint, sheet=True)


def _enclosed(assembly: Assembly, enclosed: Sequence[tuple[str, str]]) -> Table:
    languages = assembly.plan.languages
    files: dict[str, list[str]] = {}
    for paper, name in enclosed:
        files.setdefault(paper, []).append(name)
    rows = tuple(
        Row(f"enclosed.{paper}", (_said(assembly, paper), says(**dict.fromkeys(languages, ", ".join(names)))))
        for paper, names in files.items()
    )
    columns = (Column("paper", _said(assembly, "paper"), 5), Column("file", _said(assembly, "file"), 5))
    return Table("enclosed.table", "records", columns, rows)


def _asked(plan: Plan, papers: set[str]) -> Iterator[tuple[str, dict[str, Labels]]]:
    yield "review", {}
    if "accession" in papers:
        yield "sign-form", {}
        days = plan.values.get("parties.leads.flowdown_days")
        if plan.has("parties.leads") and plan.has(OPTION) and isinstance(days, int):
            yield "in-time", {"days": {lang: counted(days, lang) for lang in plan.languages}}
    if "signature-page" in papers:
        yield "sign-either" if "accession" in papers else "sign-page", {}


def _paragraph(assembly: Assembly, name: str, values: Mapping[str, Labels]) -> Paragraph:
    return Paragraph(f"asked.{name}", _said(assembly, name, **values))


def _missing(assembly: Assembly, member: Member) -> Iterator[Paragraph]:
    names = [f"lack-{name}" for name in lacking(assembly.plan, member)]
    if names:
        what = {lang: join([_WORDS[name][lang] for name in names], lang) for lang in assembly.plan.languages}
        yield Paragraph("missing.send", _said(assembly, "please-send", what=what))
