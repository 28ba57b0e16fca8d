"""Random but complete plans: choices that satisfy slots, needs and conflicts, and a value in range for every parameter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from tests.plans import SMALL, small_plan, source_of
from tmp_builder.library.schema import Library, Relation, SectionSpec
from tmp_builder.plan.facts import Truth, facts_of
from tmp_builder.plan.profiles import as_written
from tmp_builder.plan.reader import resolve
from tmp_builder.plan.schema import Decision, Plan
from tmp_builder.values import Spec

REFUSED = "\ufffe\uffff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp"), exclude_characters=REFUSED), min_size=1, max_size=40
)
"""Any text that a plan may hold, in any script."""

NAMES = WORDS.map(str.strip).filter(bool)
TEXTS = ("Singapore", "A*B_{{x}}<b>", "甲乙丙", "100 % & more", "“quoted”", "1. item", "#", "两 个 词")
ENTITY = {
    "id": "E1",
    "name": {"en": "Consortium Company", "zh": "联盟公司"},
    "country": "US",
    "type": "consortium-entity",
    "public-money": ["none"],
    "work-places": ["US"],
}
"""Some options speak of the Consortium's own legal entity."""

WHOLE = ("days", "working-days", "months", "years", "integer")


# ── values in range ─────────────────────────────────────────────────────────────────────────────────────────────────


def value_of(spec: Spec, chance: Random) -> Any:
    """A value in range, as a plan file writes it."""
    if spec.allowed:
        return str(chance.choice(spec.allowed))
    if spec.kind in WHOLE or spec.kind == "percent":
        low = Fraction(0) if spec.low is None else spec.low
        high = Fraction(100 if spec.kind == "percent" else 400) if spec.high is None else spec.high
        return chance.randint(-(-low.numerator // low.denominator), max(low, high).__floor__())
    return _MAKERS[spec.kind](spec, chance)


def _fraction(spec: Spec, chance: Random) -> Fraction:
    low, high = spec.low or Fraction(0), spec.high or Fraction(1)
    return low + (high - low) * Fraction(chance.randint(0, 8), 8)


def _decimal(spec: Spec, chance: Random) -> str:
    value = _fraction(spec, chance)
    return str(Decimal(value.numerator) / value.denominator)


def _list(spec: Spec, chance: Random) -> list[Any]:
    if spec.columns:
        return [
            {name: value_of(column.spec, chance) for name, column in spec.columns.items()} for _ in range(chance.randint(1, 3))
        ]
    item = spec.of or Spec("text")
    values = [value_of(item, chance) for _ in range(chance.randint(1, 3))]
    return [value for index, value in enumerate(values) if value not in values[:index]]


_MAKERS: dict[str, Callable[[Spec, Random], Any]] = {
    "decimal": _decimal,
    "fraction": lambda spec, chance: as_written(_fraction(spec, chance) or Fraction(1, 2)),
    "money": lambda _, chance: f"USD {chance.randint(0, 10**7):,}",
    "date": lambda _, chance: (date(2026, 1, 1) + timedelta(chance.randint(0, 3000))).isoformat(),
    "text": lambda _, chance: {"en": chance.choice(TEXTS), "zh": chance.choice(TEXTS)},
    "party": lambda _, chance: chance.choice(("A1", "B1")),
    "territory": lambda _, chance: chance.sample(("US", "CN", "DE", "HK"), chance.randint(1, 3)),
    "choice": lambda spec, chance: chance.choice(sorted(spec.choices)),
    "list": _list,
}


# ── choices that go together ────────────────────────────────────────────────────────────────────────────────────────


def _clashes(option: str, chosen: set[str], library: Library) -> bool:
    """Whether an option conflicts with one that is chosen; a conflict with a value counts as one with the option it belongs to."""
    for one, other in ((option, chosen), *((each, {option}) for each in chosen)):
        for relation in library.options[one].conflicts:
            named = {*relation.any_of, *((relation.value[0].rpartition(".")[0],) if relation.value else ())}
            if named & other:
                return True
    return False


def _pick(section: SectionSpec, chosen: set[str], library: Library, chance: Random) -> None:
    """Fill the slots of a section at random, where nothing clashes."""
    for slot in section.slots:
        options = list(slot.options)
        chance.shuffle(options)
        count = chance.randint(slot.low, min(slot.high or 3, 3, len(options)))
        for option in options:
            if count and not _clashes(option, chosen, library):
                chosen.add(option)
                count -= 1


def _missing(chosen: set[str], facts: dict[str, Truth], library: Library) -> list[tuple[str, Relation]]:
    return [
        (option, need)
        for option in sorted(chosen)
        for need in library.options[option].needs
        if need.any_of and not chosen & set(need.any_of) and (not need.if_fact or facts[need.if_fact])
    ]


def _completed(chosen: set[str], facts: dict[str, Truth], library: Library, chance: Random) -> bool:
    """Add what chosen options need until nothing is missing; False where that does not end."""
    for _ in range(15):
        missing = _missing(chosen, facts, library)
        if not missing:
            return True
        for option, need in missing:
            wanted = chance.choice(need.any_of)
            slot = library.sections[wanted.partition(".")[0]].slot_of(wanted)
            if slot.high == 1:
                chosen -= set(slot.options)
            if _clashes(wanted, chosen, library):
                chosen.discard(option)
            else:
                chosen.add(wanted)
    return False


def _filled(chosen: set[str], facts: dict[str, Truth], library: Library) -> bool:
    """Whether no slot that must hold something was emptied on the way."""
    for section in library.sections.values():
        entered = any(option in chosen for option in section.options) or facts.get(
            section.required_when, section.required_when == "always"
        )
        for slot in section.slots:
            if entered and slot.low and not chosen & set(slot.options) and (not slot.when or facts[slot.when]):
                return False
    return True


def _decisions(chosen: set[str], library: Library) -> dict[str, Decision]:
    return {
        section.id: Decision(tuple(option for option in section.options if option in chosen))
        for section in library.sections.values()
    }


def random_choices(library: Library, chance: Random) -> set[str]:
    """Options that go together; tried anew until they do."""
    base = resolve(source_of({**SMALL, "members": [*SMALL["members"], ENTITY], "choices": {}, "parameters": {}}), library)
    for _ in range(30):
        chosen: set[str] = set()
        for section in library.sections.values():
            if section.required_when != "never" or chance.random() < 0.5:
                _pick(section, chosen, library, chance)
        facts = dict(facts_of(replace(base, choices=_decisions(chosen, library)), library))
        if _completed(chosen, facts, library, chance):
            facts = dict(facts_of(replace(base, choices=_decisions(chosen, library)), library))
            if _filled(chosen, facts, library) and not _missing(chosen, facts, library):
                return chosen
    raise AssertionError("no choices go together")


def random_plan(library: Library, seed: int, name: str = "Lakeshore") -> Plan:
    """A plan whose slots are filled, whose needs are met and whose parameters all have a value in range."""
    chance = Random(seed)
    chosen = random_choices(library, chance)
    values = {
        f"{option}.{parameter.name}": value_of(parameter.spec, chance)
        for option in sorted(chosen)
        for parameter in library.options[option].parameters.values()
        if not parameter.fact
    }
    choices = {
        section: [option.partition(".")[2] for option in each.options] for section, each in _decisions(chosen, library).items()
    }
    registers = {key: [] for key in library.schedules if key not in ("members", "projects")} | SMALL["registers"]
    data = {**small_plan(library), "registers": registers, "choices": choices, "parameters": values}
    data["members"] = [{**data["members"][0], "name": {"en": name, "zh": name}}, data["members"][1], ENTITY]
    return resolve(source_of(data), library)
