"""Pass 3: blanks become values, tables or gaps; items that say nothing fall out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tmp_builder.assemble.assembly import Assembly
from tmp_builder.document.nodes import (
    Alternatives,
    Blank,
    Block,
    Clause,
    Column,
    FactBlank,
    Gap,
    Inline,
    Inlines,
    Paragraph,
    Row,
    Table,
    Text,
    Texts,
    Value,
)
from tmp_builder.document.walk import map_texts, says
from tmp_builder.library.schema import Library, Parameter
from tmp_builder.plan.printed import PRINTED_FACTS, address_of, gap_address, label_of, printed_fact
from tmp_builder.plan.schema import Plan
from tmp_builder.values import brief, say


class PlanNames(Struct, frozen=True):
    """What members and territories are called, for `tmp_builder.values.say`."""

    plan: Plan
    library: Library

    def party(self, ident: str, language: str) -> str | None:
        """The member's name in `language`, else in any language it has one."""
        member = self.plan.member(ident)
        if member is None:
            return None
        return member.name.get(language) or next((name for name in member.name.values() if name), None)

    def territory(self, code: str, language: str) -> str | None:
        """The name of a country or region."""
        label = self.library.territories.get(code)
        return label[language] if label else None


def fill(assembly: Assembly) -> Assembly:
    """Every blank of every section filled from the plan."""
    filler = Filler(assembly, assembly.plan.values)
    sections = tuple(replace(section, children=filler.blocks(section.children, "")) for section in assembly.document.sections)
    return assembly.with_(sections=sections)


class Filler(Struct, frozen=True):
    """Fills blanks from typed `values` (the plan's, or those of a project that overrides them)."""

    assembly: Assembly
    values: Mapping[str, Any]
    address: str = "parameters"

    def blocks(self, blocks: tuple[Block, ...], origin: str) -> tuple[Block, ...]:
        """The blocks with their blanks filled; `origin` is the option whose parameters they name."""
        return tuple(filled for block in blocks for filled in self._block(block, origin))

    def _block(self, block: Block, origin: str) -> tuple[Block, ...]:
        match block:
            case Clause():
                return self._clause(block)
            case Alternatives():
                branches = tuple(replace(branch, children=self.blocks(branch.children, branch.id)) for branch in block.branches)
                return (replace(block, branches=branches),)
            case _:
                filled = map_texts(block, lambda texts: self._texts(texts, origin))
                return () if isinstance(filled, Paragraph) and _is_empty(filled.texts) else (filled,)

    def _clause(self, clause: Clause) -> tuple[Block, ...]:
        records = self._records(clause)
        if records is not None:
            return () if clause.reserved else (records,)
        texts = self._texts(clause.texts, clause.origin)
        children = self.blocks(clause.children, clause.origin)
        if _is_empty(texts) and not children:
            return ()
        if clause.reserved:
            return (replace(clause, texts=self.assembly.words("reserved"), children=()),)
        return (replace(clause, texts=texts, children=children),)

    def _texts(self, texts: Texts, origin: str) -> Texts:
        return {
            language: _tidy(tuple(self._inline(inline, origin, language) for inline in inlines))
            for language, inlines in texts.items()
        }

    def _inline(self, inline: Inline, origin: str, language: str) -> Inline:
        match inline:
            case Blank(name=name):
                return self._blank(origin, name, language)
            case FactBlank(name=name):
                return self._fact(name, language)
            case _:
                return inline

    def _fact(self, name: str, language: str) -> Inline:
        if name not in PRINTED_FACTS:
            return Gap(name, "")
        plan = self.assembly.plan
        words = printed_fact(plan, self.assembly.library, name, language)
        return Value(words, address_of(name)) if words else Gap(label_of(name, language), gap_address(plan, name, language))

    def _parameter(self, origin: str, name: str) -> Parameter | None:
        option = self.assembly.library.options.get(origin)
        return option.parameters.get(name) if option else None

    def _blank(self, origin: str, name: str, language: str) -> Inline:
        parameter = self._parameter(origin, name)
        if parameter is None:
            return Gap(name, f"{self.address}.{origin}.{name}")
        if parameter.fact:
            return self._fact(parameter.fact, language)
        address = f"{self.address}.{origin}.{name}"
        value = self.values.get(f"{origin}.{name}")
        if value is None:
            silent = parameter.spec.optional and not self.assembly.plan.template
            return Value("", address) if silent else Gap(parameter.label[language], address)
        return Value(say(parameter.spec, value, language, PlanNames(self.assembly.plan, self.assembly.library)), address)

    # ── lists of records print as tables ────────────────────────────────────────────────────────────────────────────

    def _records(self, clause: Clause) -> Table | None:
        """The table of a clause that consists only of a blank for a list of records the plan fills."""
        first = next(iter(clause.texts.values()), ())
        if len(first) != 1 or not isinstance(first[0], Blank) or clause.children:
            return None
        parameter = self._parameter(clause.origin, first[0].name)
        rows = self.values.get(f"{clause.origin}.{first[0].name}")
        if parameter is None or not parameter.spec.is_records or not rows:
            return None
        names = PlanNames(self.assembly.plan, self.assembly.library)
        columns = tuple(Column(name, self.assembly.in_languages(column.label)) for name, column in parameter.spec.columns.items())
        body = tuple(
            Row(
                f"{clause.id}.{index}",
                tuple(
                    {
                        language: (
                            Value(
                                brief(column.spec, row[name], language, names), f"{self.address}.{clause.origin}.{first[0].name}"
                            ),
                        )
                        if name in row
                        else ()
                        for language in self.assembly.plan.languages
                    }
                    for name, column in parameter.spec.columns.items()
                ),
            )
            for index, row in enumerate(rows, 1)
        )
        return Table(clause.id, "records", columns, body, self._caption(parameter))

    def _caption(self, parameter: Parameter) -> Texts:
        return says(**{language: parameter.label[language] for language in self.assembly.plan.languages})


def _is_empty(texts: Texts) -> bool:
    """Whether a text consists of nothing but values that say nothing."""
    every = [inline for inlines in texts.values() for inline in inlines]
    return bool(every) and all(isinstance(inline, Value) and not inline.text for inline in every)


def _tidy(inlines: Inlines) -> Inlines:
    """Without the double space that an empty value leaves between two others."""
    out: list[Inline] = []
    skipped = False
    for inline in inlines:
        if isinstance(inline, Value) and not inline.text and len(inlines) > 1:
            skipped = True
            continue
        closes = skipped and isinstance(inline, Text) and (not out or _ends_open(out[-1]))
        out.append(Text(inline.text.lstrip(" ")) if closes and isinstance(inline, Text) else inline)
        skipped = False
    return tuple(out)


def _ends_open(inline: Inline) -> bool:
    text = getattr(inline, "text", "")
    return bool(text.endswith(" "))
