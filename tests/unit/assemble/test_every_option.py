"""A bundle of plans that together use every option; each assembles in both languages and refers to nothing that is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from tmp_builder.assemble import assemble
from tmp_builder.assemble.refer import DANGLING
from tmp_builder.document.nodes import Document, Gap, Reference
from tmp_builder.document.walk import all_texts, clauses, plain
from tmp_builder.library.care.reach import complete
from tmp_builder.library.reader import read_library
from tmp_builder.library.schema import Library, Parameter
from tmp_builder.pipeline import Options, write
from tmp_builder.plan.schema import DateSettings, Decision, Member, Plan, Side
from tmp_builder.rules import Case, check
from tmp_builder.values import Money, Spec


def _member(ident: str, en: str, zh: str, side: str, kind: str, role: str, money: str) -> Member:
    name = {"en": en, "zh": zh}
    return Member(ident, name, side, kind, role, side, (money,), cells={"member_id": ident, "name": name})


MEMBERS = (
    _member("A1", "Lakeshore University", "湖滨大学", "US", "university", "lead", "us-federal"),
    _member("B1", "Riverbank University", "江岸大学", "CN", "university", "lead", "cn-fiscal"),
    _member("C1", "Consortium Ltd", "联盟有限公司", "US", "consortium-entity", "member", "none"),
)
FACTS = ("cn-party", "more-than-two-members", "public-money")
"""What these members make true: some sections are required by it."""
SIDES = (
    Side("US", {"en": "the US Side", "zh": "美方"}, ("US",), "A1"),
    Side("CN", {"en": "the Chinese Side", "zh": "中方"}, ("CN",), "B1"),
)


@cache
def the_library() -> Library:
    return read_library()


@cache
def bundle() -> tuple[frozenset[str], ...]:
    """Sets of options that satisfy needs, conflicts and slots; taken together they hold every option."""
    library = the_library()
    waiting, sets = list(library.options), []
    while waiting:
        wanted: list[str] = []
        for option in waiting:
            if complete(library, [*wanted, option], facts=FACTS) is not None:
                wanted.append(option)
        chosen = complete(library, wanted, facts=FACTS)
        assert chosen, waiting[0]
        sets.append(chosen)
        waiting = [option for option in waiting if option not in chosen]
    return tuple(sets)


def plan_with(options: frozenset[str], languages: tuple[str, ...] = ("en", "zh")) -> Plan:
    """A plan with these options, every parameter filled and every register named."""
    library = the_library()
    choices = {
        section.id: Decision(held)
        for section in library.sections.values()
        if (held := tuple(option for option in section.options if option in options))
    }
    values = {
        f"{option}.{parameter.name}": some_value(parameter)
        for option in options
        for parameter in library.options[option].parameters.values()
        if not parameter.fact
    }
    needed = [need for option in options for need in library.options[option].needs if need.value]
    values |= {need.value[0]: need.value[1] for need in needed if need.value and not need.if_fact}
    return Plan(
        id="bundle",
        title={"en": "Everything", "zh": "全部选项"},
        languages=languages,
        dated=date(2026, 9, 15),
        effective_date=date(2026, 9, 30),
        sides=SIDES,
        members=MEMBERS,
        facts={"crada": True, "sensitive-technology": True},
        dates=DateSettings(calendars=("US", "CN")),
        choices=choices,
        values=values,
        registers={name: () for name in library.schedules},
    )


def some_value(parameter: Parameter) -> Any:
    return parameter.default if parameter.default is not None else _made_up(parameter.spec)


def _made_up(spec: Spec) -> Any:
    if spec.kind == "list":
        item = (
            {name: _made_up(column.spec) for name, column in spec.columns.items()}
            if spec.columns
            else _made_up(spec.of or Spec("text"))
        )
        return (item,)
    low = spec.low if spec.low is not None else min(spec.allowed, default=Fraction(1))
    made = {
        "money": Money(Decimal(1000), "USD"),
        "date": date(2027, 1, 31),
        "text": {"en": "as agreed", "zh": "依约定"},
        "party": "A1",
        "territory": ("US",),
        "choice": next(iter(spec.choices), ""),
        "fraction": Fraction(low),
        "percent": Decimal(low.numerator) / low.denominator,
        "decimal": Decimal(low.numerator) / low.denominator,
    }
    return made.get(spec.kind, int(low))


def test_the_bundle_holds_every_option() -> None:
    assert frozenset().union(*bundle()) == frozenset(the_library().options)
    assert len(bundle()) <= 15, "the widest slot, ownership, has twelve options"


@pytest.mark.parametrize("languages", [("en", "zh"), ("en",), ("zh",)], ids="-".join)
@pytest.mark.parametrize("index", range(len(bundle())))
def test_each_plan_of_the_bundle_assembles_without_a_dangling_reference(index: int, languages: tuple[str, ...]) -> None:
    options = bundle()[index]
    document = assemble(plan_with(options, languages), the_library())
    assert {clause.origin for clause in clauses(document)} >= options - _silent(options)
    assert list(_dangling(document)) == []
    assert list(_gaps(document)) == []
    for language in languages:
        assert all(plain(clause.texts[language]).strip() for clause in clauses(document))


def _silent(options: frozenset[str]) -> set[str]:
    """Options whose clauses all stand as tables: none in this library, but nothing forbids it."""
    return {option for option in options if not the_library().options[option].clauses}


def _dangling(document: Document) -> Iterator[str]:
    for texts in all_texts(document):
        for inlines in texts.values():
            yield from (inline.target for inline in inlines if isinstance(inline, Reference) and inline.number in ("", DANGLING))


def _gaps(document: Document) -> Iterator[str]:
    for texts in all_texts(document):
        for inlines in texts.values():
            yield from (inline.address for inline in inlines if isinstance(inline, Gap))


@pytest.mark.parametrize("index", range(len(bundle())))
def test_each_plan_of_the_bundle_keeps_the_rules_of_structure(index: int) -> None:
    plan = plan_with(bundle()[index])
    library = the_library()
    case = Case(plan, library, assemble(plan, library))
    found = [finding.line() for finding in check(case, ["STR-02", "STR-04", "STR-05", "STR-06"])]
    assert found == []


def test_two_options_of_one_slot_complete_to_nothing() -> None:
    assert complete(the_library(), ["ownership.employer", "ownership.joint-equal"]) is None


@pytest.mark.parametrize("index", range(len(bundle())))
def test_each_plan_of_the_bundle_can_be_written_in_word_and_for_the_screen(index: int) -> None:
    document = assemble(plan_with(bundle()[index]), the_library())
    assert write(document, "docx", Options())[:2] == b"PK"
    assert write(document, "html", Options()).count(b"<h2") >= len(document.sections)
