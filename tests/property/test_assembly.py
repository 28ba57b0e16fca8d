"""What holds for every complete plan: no gap, no dead reference, numbers without holes, two languages of one shape."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.plans import small_plan, source_of
from tests.property.random_plans import NAMES, WORDS, random_plan
from tmp_builder.assemble import assemble
from tmp_builder.assemble.refer import dangling
from tmp_builder.document.canonical import as_data, canonical_json, fingerprint
from tmp_builder.document.nodes import Alternatives, Clause, Document, Gap, Inlines, Table, Text, Value
from tmp_builder.document.walk import all_blocks, all_texts, clauses
from tmp_builder.language import label
from tmp_builder.library.marked import read_marked
from tmp_builder.library.prose import parse_prose
from tmp_builder.library.reader import read_library
from tmp_builder.plan.reader import resolve
from tmp_builder.plan.writing import new_text
from tmp_builder.rules import Case, check

LIBRARY = read_library()
FEW = settings(
    max_examples=25,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
MANY = settings(FEW, max_examples=150)
SEEDS = st.integers(0, 2**32)
STRUCTURE = [f"STR-0{number}" for number in range(1, 9)]


def inlines_of(document: Document) -> Iterator[Inlines]:
    return (inlines for texts in all_texts(document) for inlines in texts.values())


def numbers_below(blocks: tuple[Any, ...]) -> list[str]:
    """The numbers of the clauses that stand directly below something, alternatives counted through."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Clause):
            found.append(block.number)
        elif isinstance(block, Alternatives):
            found += [number for branch in block.branches for number in numbers_below(branch.children)]
    return found


@FEW
@given(SEEDS, NAMES)
def test_a_complete_plan_is_a_complete_document(seed: int, name: str) -> None:
    plan = random_plan(LIBRARY, seed, name)
    document = assemble(plan, LIBRARY)
    hold_nothing_is_missing(document)
    hold_numbers_run_on(document)
    hold_languages_have_one_shape(document)
    hold_the_canonical_form(document)
    found = check(Case(plan, LIBRARY, document), STRUCTURE)
    assert [finding.line() for finding in found] == []


def hold_nothing_is_missing(document: Document) -> None:
    """No gap, no dead reference, no id twice."""
    assert [inline for inlines in inlines_of(document) for inline in inlines if isinstance(inline, Gap)] == []
    assert [target for inlines in inlines_of(document) for target in dangling(inlines)] == []
    ids = [block.id for block in all_blocks(document)]
    assert [ident for ident in set(ids) if ids.count(ident) > 1] == []


def hold_numbers_run_on(document: Document) -> None:
    """Sections, schedules and clauses are numbered without a hole."""
    assert [section.number for section in document.sections] == [str(n) for n in range(1, len(document.sections) + 1)]
    assert [schedule.number for schedule in document.schedules] == [str(n) for n in range(1, len(document.schedules) + 1)]
    for section in document.sections:
        found = numbers_below(section.children)
        assert found == [f"{section.number}.{n}" for n in range(1, len(found) + 1)]
    for clause in clauses(document):
        below = numbers_below(clause.children)
        assert below == [label(n, clause.level + 1) for n in range(1, len(below) + 1)], clause.id


def hold_languages_have_one_shape(document: Document) -> None:
    """The same nodes in both languages, the same cells in every row."""
    for texts in all_texts(document):
        assert set(texts) in (set(), {"en", "zh"})
        shapes = [
            sorted(type(inline).__name__ for inline in inlines if not isinstance(inline, (Text, Value)))
            for inlines in texts.values()
        ]
        assert all(shape == shapes[0] for shape in shapes), texts
    for block in all_blocks(document):
        if isinstance(block, Table):
            assert all(len(row.cells) == len(block.columns) for row in block.rows)


def hold_the_canonical_form(document: Document) -> None:
    """It survives JSON, and an equal document has an equal fingerprint."""
    data = as_data(document)
    assert json.loads(canonical_json(data)) == data
    assert fingerprint(document) == fingerprint(replace(document))


@settings(FEW, max_examples=5)
@given(SEEDS)
def test_the_same_plan_gives_the_same_document(seed: int) -> None:
    one, two = (assemble(random_plan(LIBRARY, seed), LIBRARY) for _ in range(2))
    assert one == two


@settings(FEW, max_examples=5)
@given(SEEDS)
def test_the_order_of_keys_in_a_plan_does_not_matter(seed: int) -> None:
    data = small_plan(LIBRARY)
    mixed = shuffled(data, random.Random(seed))
    one, two = (assemble(resolve(source_of(each), LIBRARY), LIBRARY) for each in (data, mixed))
    assert one == two


def shuffled(data: Any, chance: random.Random) -> Any:
    """The same data with the keys of every mapping in another order."""
    if isinstance(data, dict):
        keys = list(data)
        chance.shuffle(keys)
        return {key: shuffled(data[key], chance) for key in keys}
    return [shuffled(item, chance) for item in data] if isinstance(data, list) else data


@MANY
@given(st.dictionaries(st.sampled_from(["en", "zh"]), WORDS, min_size=1), WORDS)
def test_any_text_comes_back_from_a_plan_that_was_written(title: dict[str, str], value: str) -> None:
    data = {"id": "x", "title": title, "facts": {"a": value}, "reserved": [value]}
    assert read_marked(new_text(data), "p").data == data


@MANY
@given(st.text(max_size=300))
def test_no_text_whatsoever_breaks_the_reader_of_yaml(text: str) -> None:
    read_marked(text, "p")
    read_marked(f"id: x\ntitle: {text}\n", "p")


@MANY
@given(st.text(alphabet="{}#[]()*_`<>|-+1.a \n\\!&:/甲，。", max_size=200))
def test_no_text_whatsoever_breaks_the_reader_of_prose(text: str) -> None:
    found = parse_prose({"en": (text, 1), "zh": (text, 1)}, "p", "a.b")
    assert found.faults or found.clauses
