"""Pass 2: the clauses of the picked options, in slot order, as sections with their blanks still open."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from tmp_builder.assemble.assembly import Assembly, Pick, PickedSection
from tmp_builder.document.nodes import Alternatives, Block, Branch, Clause, Gap, Inlines, Section, Texts
from tmp_builder.document.walk import map_texts, rebuild, says
from tmp_builder.errors import LibraryError, PlanError
from tmp_builder.findings import Fault, both
from tmp_builder.language import join, word
from tmp_builder.library.prose import parse_prose
from tmp_builder.plan.marks import faults_of_text
from tmp_builder.plan.schema import Additional, Wording


def place(assembly: Assembly) -> Assembly:
    """Sections of the library with the plan's own sections after the one they name. Raises LibraryError for texts with faults."""
    _hold_cards(assembly)
    sections: list[Section] = []
    for picked in assembly.picked:
        sections.append(_section(assembly, picked))
    for own in assembly.plan.additional:
        sections.insert(_place_after(sections, own.after), _additional(assembly, own))
    return assembly.with_(sections=tuple(sections))


def _place_after(sections: list[Section], after: str) -> int:
    """Behind the section `after` and what already follows it of the plan's own; at the end where the section is not there."""
    place = next((index for index, section in enumerate(sections) if section.id == f"section:{after}"), len(sections) - 1) + 1
    while place < len(sections) and sections[place].id.startswith("section:additional."):
        place += 1
    return place


def _hold_cards(assembly: Assembly) -> None:
    """Every fault of the texts that enter the document, those of all cards at once."""
    plan, library = assembly.plan, assembly.library
    entered = [*plan.entered(), *plan.reserved]
    entered += [option for project in plan.projects for decision in project.choices.values() for option in decision.every]
    cards = [library.options[option] for option in dict.fromkeys(entered) if option not in plan.wording]
    faults = [fault for card in cards for fault in faults_of_text(card.prose, card.place.file, card.parameters, library)]
    if faults:
        raise LibraryError(faults)


def _section(assembly: Assembly, picked: PickedSection) -> Section:
    children = tuple(block for pick in picked.picks for block in _slot(assembly, pick))
    reserved = bool(children) and all(isinstance(block, Clause) and block.reserved for block in children)
    title = assembly.words("reserved") if reserved else assembly.in_languages(picked.spec.title)
    return Section(f"section:{picked.spec.id}", title, () if reserved else children, reserved=reserved)


def _slot(assembly: Assembly, pick: Pick) -> Iterator[Block]:
    if pick.missing:
        yield _gap(assembly, pick)
    chosen = {**dict.fromkeys(pick.options, False), **dict.fromkeys(pick.reserved, True)}
    for option in pick.slot.options:
        if option in chosen:
            yield from (replace(clause, reserved=chosen[option]) for clause in clauses_of(assembly, option))
    if pick.open:
        yield _alternatives(assembly, pick)


def _gap(assembly: Assembly, pick: Pick) -> Clause:
    """The place of a choice that must be made and is not."""
    address = f"choices.{pick.slot.section}"
    texts = {
        language: (Gap(f"{word('choose', language)}: {pick.slot.label[language]}", address),)
        for language in assembly.plan.languages
    }
    return Clause(f"slot:{pick.slot.section}.{pick.slot.id}", 2, texts, origin=f"slot:{pick.slot.section}.{pick.slot.id}")


def clauses_of(assembly: Assembly, option: str) -> tuple[Clause, ...]:
    """The clauses of an option in the languages of the plan: the card's, or the plan's bespoke wording."""
    wording = assembly.plan.wording.get(option)
    if wording is None:
        return tuple(_in_languages(clause, assembly) for clause in assembly.library.options[option].clauses)
    return _own_clauses(assembly, wording, option)


def _own_clauses(assembly: Assembly, own: Wording | Additional, origin: str) -> tuple[Clause, ...]:
    """The clauses of a text that the plan brings; it was read in the plan's own languages, others may have been asked for."""
    missing = [language for language in assembly.plan.languages if language not in own.texts]
    if missing:
        raise PlanError(
            [
                Fault(own.place, both("the text in “{language}” is missing", "缺少“{language}”文本", language=language))
                for language in missing
            ]
        )
    prose = parse_prose({language: own.texts[language] for language in assembly.plan.languages}, own.place.file, origin)
    if prose.faults:
        raise PlanError(prose.faults)
    return prose.clauses


def _additional(assembly: Assembly, own: Additional) -> Section:
    title = assembly.named(own.title, "title", f"additional.{own.id}.title")
    return Section(f"section:additional.{own.id}", title, _own_clauses(assembly, own, f"additional.{own.id}"))


def _in_languages(clause: Clause, assembly: Assembly) -> Clause:
    """The clause without the languages that the plan leaves out."""
    languages = assembly.plan.languages
    if set(clause.texts) == set(languages):
        return clause

    def keep(texts: Texts) -> Texts:
        return {language: texts[language] for language in languages if language in texts}

    (kept,) = rebuild((clause,), lambda block: (map_texts(block, keep),))
    assert isinstance(kept, Clause)
    return kept


def _alternatives(assembly: Assembly, pick: Pick) -> Alternatives:
    branches = []
    for index, option in enumerate(pick.open):
        label = {language: _branch_label(assembly, pick, option, index, language) for language in assembly.plan.languages}
        branches.append(Branch(option, label, clauses_of(assembly, option)))
    return Alternatives(f"open:{pick.slot.section}.{pick.slot.id}", tuple(branches))


def _branch_label(assembly: Assembly, pick: Pick, option: str, index: int, language: str) -> Inlines:
    """ "Alternative A (Joint ownership) – proposed by the US Side": which alternative, and whose position it is."""
    plan = assembly.plan
    label = assembly.library.options[option].label[language]
    positions = plan.choices[pick.slot.section].positions
    names = []
    for who, wanted in positions.items():
        party = plan.side(who) or plan.member(who)
        if wanted == option and party:
            names.append(party.name.get(language) or party.id)
    text = word("alternative", language, letter=chr(ord("A") + index), label=label)
    if names:
        text += word("proposed-by", language, names=join(names, language))
    return says(x=text)["x"]
