"""What to write into a plan so that it gives the text that came back: values first, then other options, then bespoke wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from tmp_builder.assemble import assemble
from tmp_builder.assemble.assembly import begin
from tmp_builder.assemble.place import clauses_of
from tmp_builder.compare.foreign.drafting import draft
from tmp_builder.compare.foreign.lines import Found, Names, Printed, Returned, owner_of, printed_lines, returned_lines, section_of
from tmp_builder.compare.foreign.matching import Heard, Matcher, Pattern, bare_of_references, match_line
from tmp_builder.document.nodes import Block, Document, Section
from tmp_builder.document.walk import clauses
from tmp_builder.library.prose import parse_prose
from tmp_builder.library.schema import Labels, Library
from tmp_builder.plan.profiles import as_written
from tmp_builder.plan.schema import Plan
from tmp_builder.readers.docx import ReadDocument

Lines = Mapping[str, Sequence[Found]]


class Proposal(Struct, frozen=True):
    """What to write into the plan for one clause or section. `kind`: option, value or wording; `edits`: address → plain data.

    `numbers_only`: nothing but numbers of references differs.
    """

    kind: str
    owner: str
    number: str
    edits: Mapping[str, Any]
    notes: tuple[Labels, ...] = ()
    numbers_only: bool = False


class Reading(Struct):
    """The plan, the lines it prints and the lines that came back."""

    plan: Plan
    library: Library
    document: Document
    returned: Returned
    notes: list[Labels] = field(default_factory=list)

    @classmethod
    def of(
        cls, plan: Plan, library: Library, document: Document, names: Names, texts: tuple[ReadDocument, ReadDocument]
    ) -> Reading:
        """Of the file that the plan gives and the one that came back (`texts`); `names` say what bookmarks stand for."""
        printed = printed_lines(document)
        found = cls(plan, library, document, returned_lines(texts[1], texts[0], names, plan.languages))
        found._supply(printed)
        return found

    def _supply(self, printed: Mapping[str, Sequence[Printed]]) -> None:
        """A language that the file does not have counts as unchanged."""
        for language in self.plan.languages:
            if any(each.get(language) for each in self.returned.lines.values()):
                continue
            name = {"en": ("English", "英文"), "zh": ("Chinese", "中文")}[language]
            self.notes.append(
                {
                    "en": f"the file has no {name[0]} text: it is kept as it is",
                    "zh": f"文件中没有{name[1]}文本：{name[1]}保持不变",
                }
            )
            for owner, lines in printed.items():
                same = [Found(line.text(language), line.level, line.node) for line in lines if line.text(language)]
                self.returned.lines.setdefault(owner, {})[language] = same
                self.returned.sections.setdefault(section_of(owner), {}).setdefault(language, []).extend(same)

    # ── values first, then what the text with these values still says otherwise ─────────────────────────────────────

    def proposals(self) -> Iterator[Proposal]:
        """What to write into the plan, in the order of the document."""
        values = self._values()
        self.plan = replace(
            self.plan, values={**self.plan.values, **{a.removeprefix("parameters."): v for a, v in values.items()}}
        )
        again = assemble(self.plan, self.library) if values else self.document
        numbers = {clause.id: clause.number for clause in clauses(self.document)}
        by_owner: dict[str, dict[str, Any]] = {}
        for address, value in values.items():
            by_owner.setdefault(address.removeprefix("parameters.").rpartition(".")[0], {})[address] = as_written(value)
        printed = printed_lines(again)
        for section in again.sections:
            owners = [owner for owner in printed if any(owner_of(block.id) == owner for block in section.children)]
            for owner in owners:
                if owner in by_owner:
                    yield Proposal("value", owner, _numbers(printed[owner], numbers), _plain(by_owner[owner]))
            yield from self._section(section, {owner: printed[owner] for owner in owners}, numbers)

    def _values(self) -> dict[str, Any]:
        """Values that every line with them, in every language, says alike and otherwise than the plan."""
        matcher, heard = Matcher(self.plan, self.library), Heard()
        for owner, lines in printed_lines(self.document).items():
            for line in lines:
                pattern = matcher.as_printed(line)
                for language in self.plan.languages:
                    text = next((each.text for each in self.returned.of(owner, language) if each.node == line.node), None)
                    found = match_line(pattern.segments.get(language, ()), text, language) if text is not None else None
                    for address, words in (found or {}).items():
                        heard.add(address, language, words)
        changed: dict[str, Any] = {}
        for address, said in heard.words.items():
            changed |= matcher.values(Heard({address: said})) or {}
        return changed

    def lines(self, owners: Sequence[str]) -> dict[str, list[Found]]:
        """What came back of these options or sections, per language."""
        return {lang: [line for owner in owners for line in self.returned.of(owner, lang)] for lang in self.plan.languages}

    def same(self, printed: Sequence[Printed], lines: Lines, *, bare: bool = False) -> bool:
        """Whether lines came back as they are printed; `bare` without the numbers of references."""
        read = bare_of_references if bare else str
        return all(
            [read(text) for line in printed if (text := line.text(lang))] == [read(line.text) for line in lines.get(lang, ())]
            for lang in self.plan.languages
        )

    def _section(
        self, section: Section, printed: Mapping[str, Sequence[Printed]], numbers: Mapping[str, str]
    ) -> Iterator[Proposal]:
        changed = [owner for owner in printed if not self.same(printed[owner], self.lines([owner]))]
        if not changed:
            return
        ident = section.id.removeprefix("section:")
        if ident in self.library.sections and not self.plan.choices[ident].open:
            found = self._other_options(ident, printed, changed)
            if found is not None:
                yield Proposal("option", ident, section.number, _plain(found))
                return
        strays = self.lines([section.id])
        for owner in changed:
            number, lines = _numbers(printed[owner], numbers), self.lines([owner])
            if not any(lines.values()) and any(strays.values()):
                lines, strays = strays, {}
            if any(lines.values()):
                yield self._wording(owner, printed[owner], number, lines)
            else:
                yield self._left_out(owner, ident, number)

    def _other_options(
        self, section: str, printed: Mapping[str, Sequence[Printed]], changed: Sequence[str]
    ) -> dict[str, Any] | None:
        """The edits for a section that reads as with one option exchanged, added or left out; None where it does not."""
        matcher = Matcher(self.plan, self.library)
        own = {owner: [matcher.as_printed(line) for line in lines] for owner, lines in printed.items()}
        lines = self.returned.sections.get(section, {})
        order = self.library.sections[section].options
        free = [option for option in order if option not in self.plan.choices[section].options]
        for gone, come in (*((x, z) for x in changed for z in free), *((x, "") for x in changed), *(("", z) for z in free)):
            drafted = matcher.as_drafted(self.library.options[come]) if come else []
            if drafted is None:
                continue
            patterns: dict[str, list[Pattern]] = {owner: each for owner, each in own.items() if owner != gone}
            patterns |= {come: drafted} if come else {}
            together = [pattern for option in order if option in patterns for pattern in patterns[option]]
            values = matcher.match(together, lines) if together else None
            if values is not None:
                kept = [option for option in self.plan.choices[section].options if option != gone]
                names = [option.partition(".")[2] for option in order if option in {*kept, come}]
                return {f"choices.{section}": names, **{address: as_written(value) for address, value in values.items()}}
        return None

    def _left_out(self, owner: str, section: str, number: str) -> Proposal:
        """An option, or an additional section, whose text is gone as a whole."""
        if owner.startswith("additional."):
            return Proposal("option", owner, number, {owner: None})
        kept = [option.partition(".")[2] for option in self.plan.choices[section].options if option != owner]
        return Proposal("option", owner, number, {f"choices.{section}": kept})

    def _wording(self, owner: str, printed: Sequence[Printed], number: str, lines: Lines) -> Proposal:
        prose, address, more = self._prose(owner)
        made = draft(prose, printed, lines, self.plan.languages)
        if owner.startswith("additional."):
            return Proposal(
                "wording", owner, number, {f"{address}.{lang}": text for lang, text in made.texts.items()}, made.notes
            )
        only = self.same(printed, lines, bare=True)
        return Proposal("wording", owner, number, {address: {**more, **made.texts}}, made.notes, only)

    def _prose(self, owner: str) -> tuple[Sequence[Block], str, dict[str, Any]]:
        """The present text of an option with its marks, the address of its wording, and what else stands there."""
        if owner.startswith("additional."):
            own = next(each for each in self.plan.additional if f"additional.{each.id}" == owner)
            return parse_prose({lang: own.texts[lang] for lang in self.plan.languages}, own.place.file, owner).clauses, owner, {}
        wording = self.plan.wording.get(owner)
        blocks = clauses_of(begin(self.plan, self.library, final=False), owner)
        more: dict[str, Any] = {"features": list(wording.features) if wording else []}
        if wording and wording.replaces:
            more = {"replaces": wording.replaces, **more}
        return blocks, f"wording.{owner}", more


def _numbers(lines: Sequence[Printed], numbers: Mapping[str, str]) -> str:
    """The numbers of the clauses of an option: "12.1", "12.1–12.6"."""
    found = [numbers[line.node] for line in lines if line.level == 2 and line.node in numbers]
    return "–".join(dict.fromkeys((found[0], found[-1]))) if found else ""


def _plain(edits: Mapping[str, Any]) -> dict[str, Any]:
    """Days as YAML and JSON write them."""
    return {address: value.isoformat() if hasattr(value, "isoformat") else value for address, value in edits.items()}
