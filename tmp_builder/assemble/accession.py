"""The accession form of one member: the form of the schedule with what the plan knows, what the joiner declares, who signs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from tmp_builder.assemble.assembly import Assembly
from tmp_builder.assemble.fill import PlanNames
from tmp_builder.assemble.ground import Ground, clauses_fingerprint, member_of
from tmp_builder.assemble.introduce import is_chinese
from tmp_builder.assemble.sign import signature_block
from tmp_builder.document.canonical import fingerprint
from tmp_builder.document.nodes import (
    Column,
    Cover,
    Document,
    Paragraph,
    Row,
    Section,
    SignatureBlock,
    SignatureLine,
    Signing,
    Table,
    Texts,
)
from tmp_builder.document.walk import says
from tmp_builder.errors import UsageError
from tmp_builder.findings import both
from tmp_builder.language import say_date, word
from tmp_builder.library.registers import column_spec
from tmp_builder.library.schema import Labels, Library, RegisterColumn
from tmp_builder.plan.schema import Member, Plan
from tmp_builder.values import brief, say

OPTION = "membership.accession"
"""The clause on which a form rests; without it a form would bind nobody."""

_WORDS: Mapping[str, Labels] = {
    "kind": {"en": "Accession Form of {name}", "zh": "{name}加入书"},
    "entries": {"en": "The Joiner", "zh": "新加入成员"},
    "declares": {"en": "Declaration", "zh": "声明"},
    "accepts": {
        "en": "The Joiner has read and accepts the Technology Management Plan “{title}” ({version}) with its Schedules. "
        "Its clauses have the fingerprint {fingerprint}.",
        "zh": "新加入成员已阅读并接受技术管理计划《{title}》（{version}）及其附件。该计划条款的文本指纹为{fingerprint}。",
    },
    "effect": {
        "en": "By this form the Joiner becomes a Member under {clause} of that Plan. The accession takes effect {when}.",
        "zh": "新加入成员通过本加入书，依该计划{clause}成为成员单位。加入的生效时间为{when}。",
    },
    "before": {
        "en": "It has no effect on the time before, as {clause} provides. Until it takes effect the Joiner receives no "
        "Confidential Information and exercises no right under that Plan.",
        "zh": "依{clause}，加入对生效之前的事项不产生影响。加入生效之前，新加入成员不得接收保密信息，亦不得行使该计划项下的权利。",
    },
    "authority": {
        "en": "The person who signs for the Joiner confirms the authority to bind it.",
        "zh": "代表新加入成员签署的人员确认其有权使新加入成员受本加入书约束。",
    },
    "signatures": {"en": "Signatures", "zh": "签署"},
    "for-joiner": {"en": "For the Joiner: {who}", "zh": "新加入成员：{who}"},
    "for-members": {"en": "For the Members: the Secretariat", "zh": "代表全体成员单位：秘书处"},
    "named-secretariat": {"en": "For the Members: {who} as Secretariat", "zh": "代表全体成员单位：{who}（秘书处）"},
    "reserved": {
        "en": "Entries that are left empty are completed by hand before the form is signed.",
        "zh": "空白栏目应在签署前手工填写完整。",
    },
    "notice": {
        "en": "Prepared from the plan and the table of members. No legal advice; the lawyers of the Joiner review it before it is signed.",
        "zh": "本加入书依本计划和成员表编制，不构成法律意见；签署之前，应由新加入成员的律师审查。",
    },
    "version": {"en": "draft no. {version}", "zh": "第{version}稿"},
    "version-dated": {"en": "draft no. {version}, dated {date}", "zh": "第{version}稿，日期：{date}"},
}


def accession_form(plan: Plan, library: Library, ident: str, text: str = "", ground: Ground | None = None) -> Document:
    """The form by which the member `ident` accedes to the plan.

    `text` is the fingerprint of the clauses that it accepts, by default those of `plan` itself (`clauses_fingerprint`); `ground`
    is what the plan's papers rest on, where it is worked out already. Raises UsageError for an unknown member, and where the plan
    has no clause on accession.
    """
    member = member_of(plan, ident)
    if not plan.has(OPTION):
        raise UsageError(
            both("the plan has no clause on accession ({option})", "本计划没有加入条款（{option}）", option=OPTION),
            both("Choose it, or leave out the accession form.", "请选用该条款，或者不制作加入书。"),
        )
    ground = ground or Ground(plan, library)
    assembly = ground.assembly
    sections = (
        Section("section:entries", _said(assembly, "entries"), (_entries(assembly, member),)),
        Section("section:declares", _said(assembly, "declares"), _declaration(assembly, ground.numbers, text or ground.clauses)),
    )
    return _document(assembly, member, sections)


def needs_form(plan: Plan, member: Member, signers: frozenset[str]) -> bool:
    """Whether a member is bound by a form of its own: it does not sign the plan, or joins after it was signed. Observers are not bound."""
    joined = member.cells.get("joined_on")
    late = plan.signed_on is not None and joined is not None and joined > plan.signed_on
    return member.role not in ("observer", "funder") and (late or member.id not in signers)


def _document(assembly: Assembly, member: Member, sections: tuple[Section, ...]) -> Document:
    document, plan = assembly.document, assembly.plan
    kind = {lang: _WORDS["kind"][lang].format(name=member.name.get(lang) or member.id) for lang in plan.languages}
    cover = Cover(document.cover.title, says(**kind), (), document.cover.lines, _said(assembly, "notice"))
    signing = Signing("signing", _said(assembly, "signatures"), _said(assembly, "reserved"), _blocks(assembly, member))
    imprint = replace(document.imprint, fingerprint=fingerprint((cover.title, sections, (), signing)))
    ident = f"{document.id}-accession-{member.id}"
    return replace(document, id=ident, cover=cover, sections=sections, signing=signing, imprint=imprint, sheet=True)


def _said(assembly: Assembly, name: str, **values: Labels) -> Texts:
    """A fixed text in the languages of the plan; each value is a text per language."""
    languages = assembly.plan.languages
    return says(**{lang: _WORDS[name][lang].format(**{key: text[lang] for key, text in values.items()}) for lang in languages})


# ── the entries of the form ─────────────────────────────────────────────────────────────────────────────────────────


def _entries(assembly: Assembly, member: Member) -> Table:
    """The form as the schedule of accession has it, item for item, with what the plan knows of the member."""
    spec = assembly.library.schedules["accession"]
    known = _known(assembly, member)
    recorded: Mapping[str, Any] = next(
        (row.cells for row in assembly.plan.rows("accession") if row.cells.get("member") == member.id), {}
    )
    rows = tuple(
        Row(f"entries.{column.name}", (assembly.in_languages(column.label), _entry(assembly, column, recorded, known)))
        for column in spec.columns
        if column.shown != "never"
    )
    head = (Column("item", assembly.words("item"), 4), Column("entry", assembly.words("entry"), 6))
    return Table("entries.table", "register", head, rows)


def _entry(assembly: Assembly, column: RegisterColumn, recorded: Mapping[str, Any], known: Mapping[str, Labels]) -> Texts:
    if column.name in recorded:
        names = PlanNames(assembly.plan, assembly.library)
        value = recorded[column.name]
        return says(**{lang: brief(column_spec(column), value, lang, names) for lang in assembly.plan.languages})
    if column.name in known:
        return assembly.in_languages(known[column.name])
    return {language: () for language in assembly.plan.languages}


def _known(assembly: Assembly, member: Member) -> dict[str, Labels]:
    """What the plan says of a member, by the columns of the form. Results of screening are internal and never printed."""
    plan, library, languages = assembly.plan, assembly.library, assembly.plan.languages
    side = plan.side(member.side)
    found: dict[str, Labels] = {
        "member": {lang: member.name.get(lang) or member.id for lang in languages},
        "accepted_tmp_version": {lang: _version(plan, lang) for lang in languages},
    }
    if side:
        found["side"] = {lang: side.name.get(lang) or side.id for lang in languages}
    columns = {column.name: column for column in library.schedules["members"].columns} if "members" in library.schedules else {}
    for name in ("type", "class"):
        if name in member.cells and name in columns:
            found[name] = {lang: _brief(assembly, columns[name], member.cells[name], lang) for lang in languages}
    given = [columns[name] for name in ("cash", "inkind") if name in columns and name in member.cells]
    if given:
        found["contribution"] = {
            lang: word("semicolon", lang).join(
                f"{column.label[lang]}{word('colon', lang)}{_brief(assembly, column, member.cells[column.name], lang)}"
                for column in given
            )
            for lang in languages
        }
    if any(row.cells.get("member") == member.id for row in plan.rows("background")):
        found["background_rows_ready"] = {"en": "Yes", "zh": "是"}
    return found


def _brief(assembly: Assembly, column: RegisterColumn, value: Any, language: str) -> str:
    return brief(column_spec(column), value, language, PlanNames(assembly.plan, assembly.library))


def _version(plan: Plan, language: str) -> str:
    day = say_date(plan.dated, language) if plan.dated else ""
    name = "version-dated" if day else "version"
    return _WORDS[name][language].format(version=plan.version, date=day)


# ── what is declared, and who signs ─────────────────────────────────────────────────────────────────────────────────


def _declaration(assembly: Assembly, numbers: Mapping[str, str], text: str) -> tuple[Paragraph, ...]:
    plan = assembly.plan
    languages = plan.languages
    title = {lang: plan.title.get(lang) or plan.id for lang in languages}
    version = {lang: _version(plan, lang) for lang in languages}
    told: tuple[tuple[str, dict[str, Labels]], ...] = (
        ("accepts", {"title": title, "version": version, "fingerprint": dict.fromkeys(languages, text)}),
        ("effect", {"clause": _clause(numbers, "form"), "when": _when(assembly)}),
        ("before", {"clause": _clause(numbers, "no-retroactivity")}),
        ("authority", {}),
    )
    return tuple(Paragraph(f"declares.{name}", _said(assembly, name, **values)) for name, values in told)


def _clause(numbers: Mapping[str, str], item: str) -> Labels:
    number = numbers.get(f"{OPTION}#{item}", "")
    return (
        {"en": f"Clause {number}", "zh": f"第{number}条"} if number else {"en": "its clause on accession", "zh": "关于加入的条款"}
    )


def _when(assembly: Assembly) -> Labels:
    """When an accession takes effect, in the words of the clause; a visible gap where that is not decided."""
    parameter = assembly.library.parameter(f"{OPTION}.effective")
    value = assembly.plan.values.get(f"{OPTION}.effective")
    if parameter is None or value is None:
        return {"en": "[●]", "zh": "【●】"}
    names = PlanNames(assembly.plan, assembly.library)
    return {lang: say(parameter.spec, value, lang, names) for lang in assembly.plan.languages}


def _blocks(assembly: Assembly, member: Member) -> tuple[SignatureBlock, ...]:
    plan = assembly.plan
    own = signature_block(assembly, member)
    name = {lang: member.name.get(lang) or member.id for lang in plan.languages}
    joiner = replace(own, party=_said(assembly, "for-joiner", who=name))
    office = plan.member(str(plan.values.get("governance.secretariat.secretariat") or ""))
    if office is None:
        party = _said(assembly, "for-members")
    else:
        party = _said(assembly, "named-secretariat", who={lang: office.name.get(lang) or office.id for lang in plan.languages})
    sealed = (office and is_chinese(plan, office)) or plan.values.get("language.execution.seal") == "yes"
    names = ("signature", "name", "title", "date", "place", *(("seal",) if sealed else ()))
    lines = tuple(SignatureLine(assembly.words(f"sign-{name}")) for name in names)
    return (joiner, SignatureBlock("sign:secretariat", party, lines))


__all__ = ["OPTION", "accession_form", "clauses_fingerprint", "needs_form"]
