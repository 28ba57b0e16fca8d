"""What the passes hand on: plan, library, facts, what is picked, and the document as far as it has come."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

import tmp_builder
from tmp_builder.document.nodes import Cover, CoverParty, Document, Gap, Imprint, Signing, Texts, Value
from tmp_builder.document.walk import says
from tmp_builder.language import WORDS, say_date, word
from tmp_builder.library.schema import Labels, Library, SectionSpec, Slot
from tmp_builder.plan.facts import facts_of
from tmp_builder.plan.schema import Member, Plan
from tmp_builder.plan.truths import Truth

NOTICE = {
    "en": "Assembled from a clause library. This text is no legal advice; the lawyers of each party must review it before anyone signs.",
    "zh": "本文件由条款库组合生成，不构成法律意见；任何一方签署之前，须由其律师审查。",
}


class Pick(Struct, frozen=True):
    """What stands in a slot: the options chosen, the alternatives still open, or nothing where something must stand."""

    slot: Slot
    options: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    reserved: tuple[str, ...] = ()

    @property
    def missing(self) -> bool:
        """A slot of which something must be chosen, and nothing is."""
        return not self.options and not self.open and not self.reserved


class PickedSection(Struct, frozen=True):
    """A section that enters the document, with what stands in each of its slots."""

    spec: SectionSpec
    picks: tuple[Pick, ...]


class Assembly(Struct, frozen=True):
    """The state between two passes."""

    plan: Plan
    library: Library
    facts: Mapping[str, Truth]
    document: Document
    picked: tuple[PickedSection, ...] = ()

    def with_(self, **changes: object) -> Assembly:
        """The same with some fields of the document changed."""
        return replace(self, document=replace(self.document, **changes))

    def in_languages(self, labels: Labels) -> Texts:
        """A text of the library in the languages of the document."""
        return says(**{language: labels[language] for language in self.plan.languages})

    def words(self, name: str) -> Texts:
        """A fixed word in the languages of the document."""
        return says(**{language: word(name, language) for language in self.plan.languages})

    def named(self, labels: Labels, label: str, address: str) -> Texts:
        """A name the plan gives, with a gap in each language in which it does not."""
        return {
            language: (
                Value(labels[language], address)
                if labels.get(language)
                else Gap(label_in(label, language), f"{address}.{language}"),
            )
            for language in self.plan.languages
        }


def label_in(name: str, language: str) -> str:
    """The label of a gap: a fixed word."""
    return WORDS[name][language]


def begin(plan: Plan, library: Library, *, final: bool) -> Assembly:
    """The empty document of a plan: cover and imprint. A signed plan is final: nothing on it calls itself a draft."""
    imprint = Imprint(
        plan=plan.id,
        version=str(plan.version),
        status="signed" if plan.status == "signed" else "final" if final else plan.status,
        dated=plan.dated.isoformat() if plan.dated else "",
        library=library.label,
        final=final or plan.status == "signed",
        program=f"tmp-builder {tmp_builder.__version__}",
    )
    empty = Cover({}, {}, (), ())
    document = Document(plan.id, plan.languages, empty, (), (), Signing("signing", {}, {}, ()), imprint)
    assembly = Assembly(plan, library, facts_of(plan, library), document)
    return assembly.with_(cover=_cover(assembly))


def _cover(assembly: Assembly) -> Cover:
    plan, imprint = assembly.plan, assembly.document.imprint
    lines = [_template_line(assembly) if plan.template else assembly.words(imprint.status)]
    if not plan.template:
        number = "version-final" if imprint.final else "version"
        lines.append(says(**{lang: word(number, lang, version=imprint.version) for lang in plan.languages}))
    if plan.dated:
        lines.append(says(**{lang: word("dated", lang, date=say_date(plan.dated, lang)) for lang in plan.languages}))
    if plan.status == "signed" and plan.signed_on:
        lines.append(says(**{lang: word("signed-on", lang, date=say_date(plan.signed_on, lang)) for lang in plan.languages}))
    return Cover(
        title=assembly.named(plan.title, "title", "title"),
        kind=assembly.words("plan"),
        parties=tuple(_party(assembly, member) for member in signing_members(plan)),
        lines=tuple(lines),
        notice={} if imprint.final else assembly.in_languages(NOTICE),
    )


def _template_line(assembly: Assembly) -> Texts:
    """Which profile a blank text belongs to."""
    name = assembly.library.profiles[assembly.plan.profile].name
    return says(**{lang: word("template", lang, profile=name[lang]) for lang in assembly.plan.languages})


def _party(assembly: Assembly, member: Member) -> CoverParty:
    roles = capacity(assembly.plan, member)
    return CoverParty(assembly.named(member.name, "party-name", f"members.{member.id}.name"), says(**roles))


def capacity(plan: Plan, member: Member) -> dict[str, str]:
    """In what capacity a party takes part: as the lead of a side, or in its role."""
    side = next((side for side in plan.sides if side.lead == member.id), None)
    roles = {}
    for language in plan.languages:
        if side and side.name.get(language):
            roles[language] = word("lead-of", language, side=side.name[language])
        else:
            roles[language] = word(f"role-{member.role}", language)
    return roles


def signing_members(plan: Plan) -> tuple[Member, ...]:
    """Who signs: with `parties.leads` the leads, with `parties.entity` the entity first, otherwise every active member."""
    active = [member for member in plan.members if member.status != "left" and member.role != "observer"]
    if plan.has("parties.leads"):
        leads = [member for side in plan.sides if (member := plan.member(side.lead))]
        return tuple(leads or [member for member in active if member.role == "lead"])
    return (
        tuple(sorted(active, key=lambda member: member.type != "consortium-entity"))
        if plan.has("parties.entity")
        else tuple(active)
    )
