"""The document tree: visiting, rebuilding, the words of a text, the canonical form and its fingerprints."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from msgspec.structs import replace

from tests.samples import sample_document
from tmp_builder.document.canonical import as_data, canonical_json, fingerprint
from tmp_builder.document.nodes import (
    Alternatives,
    Blank,
    Block,
    Branch,
    Clause,
    FactBlank,
    Gap,
    Paragraph,
    Reference,
    Section,
    Table,
    Term,
    Text,
    Value,
)
from tmp_builder.document.walk import all_blocks, all_texts, blocks, clauses, map_texts, plain, rebuild, says, texts_of

SAMPLE = sample_document()


def clause(ident: str, *children: Block, level: int = 2) -> Clause:
    return Clause(ident, level, says(en=ident, zh=ident), children)


TREE = Section(
    "s",
    says(en="S", zh="S"),
    (
        clause("a", Paragraph("a.p", says(en="more")), clause("a.1", clause("a.1.i", level=4), level=3)),
        Alternatives(
            "open", (Branch("x", says(en="X"), (clause("b"),)), Branch("y", says(en="Y"), (clause("c", clause("c.1", level=3)),)))
        ),
        clause("d"),
    ),
)


def test_blocks_come_in_reading_order() -> None:
    assert [block.id for block in blocks(TREE)] == ["a", "a.p", "a.1", "a.1.i", "open", "b", "c", "c.1", "d"]


def test_clauses_of_a_document_are_those_of_sections_and_schedules() -> None:
    found = [each.id for each in clauses(SAMPLE)]
    assert found[0] == "parties.all-sign#members"
    assert "projects.P1#first" in found
    assert len(found) == len(set(found)) == sum(isinstance(block, Clause) for block in all_blocks(SAMPLE))


def words_in(data: Any) -> Iterator[str]:
    """Every word of the canonical form, wherever it stands."""
    if isinstance(data, dict):
        if data.get("node") in ("text", "term", "value"):
            yield data["text"]
        for value in data.values():
            yield from words_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from words_in(value)


def test_every_text_is_visited() -> None:
    seen = "".join(plain(inlines) for texts in all_texts(SAMPLE) for inlines in texts.values())
    words = list(words_in(as_data(SAMPLE)))
    assert len(words) > 200
    assert [word for word in words if word not in seen] == []


def test_a_change_may_drop_a_block_or_put_several_in_its_place() -> None:
    def change(block: Block) -> tuple[Block, ...]:
        if block.id == "a.1.i":
            return ()
        return (block, replace(block, id=block.id + "+")) if block.id == "c" else (block,)  # type: ignore[type-var]

    after = replace(TREE, children=rebuild(TREE.children, change))
    assert [block.id for block in blocks(after)] == ["a", "a.p", "a.1", "open", "b", "c", "c.1", "c+", "c.1", "d"]
    assert [block.id for block in blocks(TREE)][3] == "a.1.i", "the old tree stays as it was"


def test_a_change_reaches_every_text_of_a_block() -> None:
    for block in all_blocks(SAMPLE):
        marked = map_texts(block, lambda texts: dict.fromkeys(texts, (Text("x"),)))
        assert {inlines for texts in texts_of(marked) for inlines in texts.values()} <= {(Text("x"),)}
        assert len(list(texts_of(marked))) == len(list(texts_of(block)))


def test_the_words_of_every_inline_node() -> None:
    inlines = (
        Text("a "),
        Term("b"),
        Value(" c"),
        Gap("d", "x"),
        Reference("t", "Clause ", "7.2", "."),
        Blank("e"),
        FactBlank("f"),
    )
    assert plain(inlines) == "a b c[d ●]Clause 7.2.{{ e }}{{ f }}"


# ── the canonical form ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_node_says_what_it_is_and_leaves_out_what_is_empty() -> None:
    assert as_data(Clause("a", 2, says(en="A"))) == {
        "node": "clause",
        "id": "a",
        "level": 2,
        "texts": {"en": [{"node": "text", "text": "A"}]},
    }
    assert as_data(Table("t", "register", (), ())) == {"node": "table", "id": "t", "kind": "register"}


def test_there_is_one_spelling() -> None:
    assert canonical_json({"b": 1, "a": ["甲", "\u2028"]}) == '{"a":["甲","\u2028"],"b":1}'


def test_a_document_survives_as_json() -> None:
    data = as_data(SAMPLE)
    assert json.loads(canonical_json(data)) == data


def test_a_fingerprint_is_the_same_for_the_same_and_another_for_any_other() -> None:
    assert fingerprint(SAMPLE) == fingerprint(sample_document())
    others = [sample_document(("en",)), sample_document(party="X"), sample_document(final=True), sample_document(blocked=True)]
    assert len({fingerprint(each) for each in (SAMPLE, *others)}) == 5
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})


def test_the_form_itself_does_not_change_unnoticed(golden: Callable[[str, str], None]) -> None:
    """A fingerprint of an older version must stay comparable: a change here needs a new `FORM`."""
    golden("tree.json", json.dumps(as_data(TREE), ensure_ascii=False, indent=1) + "\n")
    assert fingerprint({"a": ["b", {"c": "甲"}]}) == "v1:202b91f5cab4dd714f9e2abfd690ae33d705b541bb1295211e5863ba3a607639"
