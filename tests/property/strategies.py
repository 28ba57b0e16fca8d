"""Random but complete plans: choices that satisfy slots, needs and conflicts, and a value in range for every parameter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from tests.plans import SMALL, changed, small_plan, source_of
from tmp_builder.library.schema import Library, Option, Parameter, Relation, SectionSpec
from tmp_builder.plan.facts import fact
from tmp_builder.plan.profiles import as_written
from tmp_builder.plan.reader import resolve
from tmp_builder.plan.schema import Decision, Plan
from tmp_builder.values import Spec

MEMBERS = ("A1", "B1")
Draw = Callable[[st.SearchStrategy[Any]], Any]

REFUSED = "\ufffe\uffff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp"), exclude_characters=REFUSED), min_size=1, max_size=40
)
"""Any text that a plan may hold, in any script."""

NAMES = WORDS.map(str.strip).filter(bool)


def whole(spec: Spec, low: int = 0, high: int = 400) -> st.SearchStrategy[int]:
    """A whole number in the range of a specification."""
    least = low if spec.low is None else -(-spec.low.numerator // spec.low.denominator)
    most = high if spec.high is None else spec.high.numerator // spec.high.denominator
    return st.integers(least, max(least, most))


def value_of(spec: Spec) -> st.SearchStrategy[Any]:
    """A value in range, as a plan file writes it."""
    if spec.allowed:
        return st.sampled_from([as_written(number) for number in spec.allowed])
    kinds: dict[str, Callable[[], st.SearchStrategy[Any]]] = {
        **dict.fromkeys(("days", "working-days", "months", "years", "integer"), lambda: whole(spec)),
        "percent": lambda: whole(spec, high=100),
        "decimal": lambda: st.fractions(spec.low or 0, spec.high or 1000, max_denominator=8).map(_as_decimal),
        "fraction": lambda: st.fractions(spec.low or Fraction(1, 9), spec.high or 1, max_denominator=9).map(as_written),
        "money": lambda: st.integers(0, 10**7).map(lambda amount: f"USD {amount:,}"),
        "date": lambda: st.integers(0, 3000).map(lambda days: (date(2026, 1, 1) + timedelta(days)).isoformat()),
        "text": lambda: st.one_of(NAMES, st.fixed_dictionaries({"en": NAMES, "zh": NAMES})),
        "party": lambda: st.sampled_from(MEMBERS),
        "territory": lambda: st.lists(st.sampled_from(["US", "CN", "DE", "HK"]), min_size=1, max_size=3, unique=True),
        "choice": lambda: st.sampled_from(sorted(spec.choices)),
        "list": lambda: list_of(spec),
    }
    return kinds[spec.kind]()


def _as_decimal(value: Fraction) -> str:
    return str(Decimal(value.numerator) / value.denominator)


def list_of(spec: Spec) -> st.SearchStrategy[list[Any]]:
    """One to three items, or records with every column filled."""
    if spec.columns:
        row = st.fixed_dictionaries({name: value_of(column.spec) for name, column in spec.columns.items()})
        return st.lists(row, min_size=1, max_size=3)
    item = spec.of or Spec("text")
    unique = item.kind in ("choice", "party")
    return st.lists(value_of(item), min_size=1, max_size=2, unique=unique)


def _met(relation: Relation, chosen: set[str], plan: Plan, library: Library) -> bool:
    if relation.if_fact and fact(plan, library, relation.if_fact) is not True:
        return True
    return not relation.any_of or bool(chosen & set(relation.any_of))


def _clashes(option: str, chosen: set[str], library: Library) -> bool:
    """Whether an option conflicts with one that is chosen, in either direction; a conflict with a value counts as one with its option."""
    for declared, relation in library.conflicts.get(option, ()):
        others = {declared, *relation.any_of} - {option}
        if relation.value:
            others.add(relation.value[0].rpartition(".")[0])
        if others & chosen:
            return True
    return any(
        relation.value and relation.value[0].rpartition(".")[0] == option
        for each in chosen
        for relation in library.options[each].conflicts
    )


def _pick(draw: Draw, section: SectionSpec, chosen: set[str], library: Library) -> None:
    """Fill the slots of a section at random, where nothing clashes."""
    for slot in section.slots:
        free = [option for option in slot.options if not _clashes(option, chosen, library)]
        most = len(free) if slot.high is None else min(slot.high, len(free))
        count = draw(st.integers(min(slot.low, most), min(most, 3)))
        for option in draw(st.permutations(free))[:count] if count else ():
            if not _clashes(option, chosen, library):
                chosen.add(option)


def _complete(draw: Draw, chosen: set[str], plan: Plan, library: Library) -> bool:
    """Add what chosen options need until nothing is missing; False where that is not possible."""
    for _ in range(12):
        missing = [
            (library.options[option], need)
            for option in sorted(chosen)
            for need in library.options[option].needs
            if not _met(need, chosen, plan, library)
        ]
        if not missing:
            return True
        for option, need in missing:
            _add(draw, option, need, chosen, library)
    return False


def _add(draw: Draw, option: Option, need: Relation, chosen: set[str], library: Library) -> None:
    wanted = draw(st.sampled_from(sorted(need.any_of)))
    slot = library.sections[wanted.partition(".")[0]].slot_of(wanted)
    if slot.high == 1:
        chosen -= set(slot.options)
    if _clashes(wanted, chosen, library):
        chosen.discard(option.id)
    else:
        chosen.add(wanted)


def _decisions(chosen: set[str], library: Library) -> dict[str, Decision]:
    return {
        section.id: Decision(tuple(option for option in section.options if option in chosen))
        for section in library.sections.values()
    }


def parameters_of(chosen: set[str], library: Library) -> dict[str, Parameter]:
    """Every parameter that the chosen options ask for."""
    return {
        f"{option}.{name}": parameter
        for option in sorted(chosen)
        for name, parameter in library.options[option].parameters.items()
        if not parameter.fact
    }


@st.composite
def complete_plans(draw: Draw, library: Library) -> Plan:
    """A plan whose slots are filled, whose needs are met and whose parameters all have a value in range."""
    base = resolve(source_of({**SMALL, "choices": {}, "parameters": {}}), library)
    chosen: set[str] = set()
    for section in library.sections.values():
        if section.required_when != "never" or draw(st.booleans()):
            _pick(draw, section, chosen, library)
    plan = replace(base, choices=_decisions(chosen, library))
    if not _complete(draw, chosen, plan, library):
        chosen = {option for decision in small_decisions(library).values() for option in decision.options}
    values = {address: draw(value_of(parameter.spec)) for address, parameter in parameters_of(chosen, library).items()}
    choices = {
        section: [option.partition(".")[2] for option in each.options] for section, each in _decisions(chosen, library).items()
    }
    registers = {name: [] for name in library.schedules if name not in ("members", "projects")} | SMALL["registers"]
    data = {**SMALL, "registers": registers, "choices": choices, "parameters": values}
    return resolve(source_of(changed(data, {"members.A1.name.en": draw(NAMES), "title.zh": draw(NAMES)})), library)


def small_decisions(library: Library) -> dict[str, Decision]:
    """The choices of the small plan, for draws that lead nowhere."""
    return dict(resolve(source_of(small_plan(library)), library).choices)
