"""Pass 5: the parties at the head of the agreement, each with what identifies it; where they are many, their schedule does that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from tmp_builder.assemble.assembly import Assembly, capacity, signing_members
from tmp_builder.document.nodes import Column, Gap, Inline, Inlines, Reference, Row, Table, Text, Texts, Value
from tmp_builder.language import word
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Member, Plan

PARTIES = "section:parties"
MOST = 12
"""More parties than these are no longer read at the head of an agreement: they stand in the schedule of members alone."""

PARTICULARS = ("legal_form", "registration_no", "address", "legal_representative", "signatory_name", "signatory_title")
"""The columns of the schedule of members that say what the head of the agreement says."""

_SEATED = ("company", "consortium-entity", "ngo")
"""Types whose address is that of a register: the registered office."""


def introduce(assembly: Assembly) -> Assembly:
    """The table of the parties before the first clause of their section."""
    parties = introduced(assembly)
    if not parties:
        return assembly
    columns = (Column("party", assembly.words("party"), 3), Column("particulars", assembly.words("particulars"), 7))
    rows = tuple(_row(assembly, member) for member in parties)
    table = Table("parties.table", "register", columns, rows, assembly.words("the-parties"))
    sections = tuple(
        replace(section, children=(table, *section.children)) if section.id == PARTIES else section
        for section in assembly.document.sections
    )
    return assembly.with_(sections=sections)


def introduced(assembly: Assembly) -> tuple[Member, ...]:
    """The parties that the head of the agreement identifies: those who sign, unless they are too many or the plan says nothing of any."""
    plan = assembly.plan
    if not any(section.id == PARTIES and not section.reserved for section in assembly.document.sections):
        return ()
    signing = signing_members(plan)
    told = plan.template or any(_is_told(member) for member in signing)
    return signing if told and len(signing) <= MOST else ()


def is_chinese(plan: Plan, member: Member) -> bool:
    """Whether a member is organised in China: by its country, else by the territory of its side."""
    side = plan.side(member.side)
    return member.country == "CN" or (not member.country and bool(side and "CN" in side.territory))


def particulars(plan: Plan, member: Member) -> tuple[tuple[str, str, Labels], ...]:
    """What identifies a member, by the customs of its country and type: the label, the key in the plan, the text per language.

    A Chinese legal person has a unified social credit code and a legal representative; a government body elsewhere has no
    register that it stands in.
    """
    chinese = is_chinese(plan, member)
    number = {language: member.registration_no for language in plan.languages if member.registration_no}
    found = [
        ("sign-legal-form", "legal-form", member.legal_form),
        ("sign-credit-code" if chinese else "sign-registration", "registration-no", number),
        ("sign-office" if chinese or member.type in _SEATED else "sign-address", "address", member.address),
    ]
    if member.type == "government" and not chinese and not number:
        del found[1]
    if chinese:
        found.append(("sign-legal-representative", "legal-representative", member.legal_representative))
    return tuple(found)


def remaining(member: Member) -> dict[str, Any]:
    """The columns of the schedule of members that say of a party what the head of the agreement does not."""
    return {name: value for name, value in member.cells.items() if name not in PARTICULARS}


def pointer(assembly: Assembly) -> Texts:
    """In the schedule of members: where the rest stands."""
    return {
        language: (Text(word("told-before", language)), Reference(PARTIES), Text(word("told-after", language)))
        for language in assembly.plan.languages
    }


def _is_told(member: Member) -> bool:
    return bool(member.registration_no) or any(map(any, (member.legal_form.values(), member.address.values())))


def _row(assembly: Assembly, member: Member) -> Row:
    plan = assembly.plan
    name = assembly.named(member.name, "party-name", f"members.{member.id}.name")
    roles = capacity(plan, member)
    party = {language: (*name[language], *_as(roles[language], language)) for language in plan.languages}
    if member.role == "member" and all(side.lead != member.id for side in plan.sides):
        party = dict(name)
    return Row(f"party:{member.id}", (party, {language: tuple(_said(assembly, member, language)) for language in plan.languages}))


def _as(role: str, language: str) -> Inlines:
    return (Text({"en": f" ({role})", "zh": f"（{role}）"}[language]),)


def _said(assembly: Assembly, member: Member, language: str) -> Iterator[Inline]:
    """ "Legal form: Stock corporation; registration no.: 38-1; …": what is given, in a blank text also what will have to be."""
    stop = word("semicolon", language)
    entries = [
        (label, told)
        for label, key, texts in particulars(assembly.plan, member)
        if (told := _value(assembly, texts, label, f"members.{member.id}.{key}", language))
    ]
    if who := _representative(member, language):
        entries.append(("sign-represented", who))
    for index, (label, told) in enumerate(entries):
        yield Text((stop if index else "") + word(label, language) + word("colon", language))
        yield from told


def _value(assembly: Assembly, texts: Labels, label: str, address: str, language: str) -> Inlines:
    """A text; a gap where it is given in the other language alone."""
    if texts.get(language):
        return (Value(texts[language], address),)
    wanted = any(texts.values()) or assembly.plan.template
    return (Gap(word(label, language), f"{address}.{language}"),) if wanted else ()


def _representative(member: Member, language: str) -> Inlines:
    """Who signs, as far as it is known: the name, the office, or both."""
    given = [(key, getattr(member.signatory, key).get(language, "")) for key in ("name", "title")]
    known = [(key, text) for key, text in given if text]
    if not known:
        return ()
    words = {"en": ", ", "zh": "，"}[language].join(text for _, text in known)
    return (Value(words, f"members.{member.id}.signatory.{known[0][0]}"),)
