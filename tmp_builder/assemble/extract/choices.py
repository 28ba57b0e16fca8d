"""What the chosen options give and ask of a member: a row for each section, with the clause where it begins."""

from __future__ import annotations

from collections.abc import Mapping

from tmp_builder.assemble.assembly import Assembly
from tmp_builder.assemble.extract.bearing import binds
from tmp_builder.assemble.extract.words import clause_words, said
from tmp_builder.document.nodes import Column, Paragraph, Row, Table
from tmp_builder.document.walk import says
from tmp_builder.plan.schema import Member


def choices(
    assembly: Assembly, member: Member, name: str, sections: tuple[str, ...], numbers: Mapping[str, str]
) -> tuple[Table | Paragraph, ...]:
    """A row for each of `sections` that concerns the member: its title, what is chosen in it, where that begins."""
    rows = []
    for spec in (assembly.library.sections[ident] for ident in sections if ident in assembly.library.sections):
        chosen = [each for each in spec.options if assembly.plan.has(each) and binds(assembly.plan, member, each)]
        if chosen:
            cards = [assembly.library.options[each] for each in chosen]
            labels = {lang: " · ".join(card.label[lang] for card in cards) for lang in assembly.plan.languages}
            where = [numbers[chosen[0]]] if numbers.get(chosen[0]) else []
            rows.append(
                Row(f"{name}.{spec.id}", (assembly.in_languages(spec.title), says(**labels), clause_words(assembly, where)))
            )
    if not rows:
        return (Paragraph(f"{name}.none", said(assembly, "undecided")),)
    columns = tuple(Column(each, said(assembly, each), weight) for each, weight in (("subject", 8), ("holds", 20), ("clause", 3)))
    return (Table(f"{name}.table", "records", columns, tuple(rows)),)
