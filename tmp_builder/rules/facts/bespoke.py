"""The texts that no card has: bespoke wording that is in the document and additional clauses, with what they declare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from tmp_builder.plan.schema import Plan


class BespokeText(Struct, frozen=True):
    """One such text: its address, the option it words (empty for an additional clause), its features, its prose per language."""

    address: str
    option: str
    features: tuple[str, ...]
    prose: Mapping[str, str]


def declared(plan: Plan) -> Iterator[BespokeText]:
    """Every bespoke text of the document; wording kept for options that are not chosen says nothing."""
    entered = set(plan.entered())
    for option, wording in plan.wording.items():
        if option in entered:
            yield BespokeText(
                f"wording.{option}", option, wording.features, {lang: text for lang, (text, _) in wording.texts.items()}
            )
    for extra in plan.additional:
        yield BespokeText(f"additional.{extra.id}", "", extra.features, {lang: text for lang, (text, _) in extra.texts.items()})
