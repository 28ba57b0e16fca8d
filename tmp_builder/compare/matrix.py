"""Many plans side by side: slots and values against a standard, what is rare, and the plans in the order of their trouble."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from tmp_builder.compare.changes import Version
from tmp_builder.compare.choices import labels_of, slot_label
from tmp_builder.compare.values import say_value, value_label
from tmp_builder.findings import Finding, Severity
from tmp_builder.library.schema import Labels, Library, Parameter, Slot
from tmp_builder.plan.schema import Decision, Plan
from tmp_builder.values import Spec

OPEN = "?"
NOTHING: Labels = {"en": "(nothing)", "zh": "（无）"}


class Entry(Struct, frozen=True):
    """A plan of the matrix: its name (of the file), its group (of the folder) and what it is."""

    name: str
    version: Version
    group: str = ""


class Standard(Struct, frozen=True):
    """What departures are counted from: `plan`, `profile` or `majority`, its name, and for each entry the plan that it should be.

    A standard without plans is the majority: what the largest number of the plans have.
    """

    kind: str
    name: str = ""
    plans: Mapping[str, Plan] = field(default_factory=dict)


class Spot(Struct, frozen=True):
    """What one plan has in one row: said in both languages, what the standard has, whether few other plans have the same."""

    said: Labels
    standard: Labels
    departs: bool
    rare: bool
    count: int


class Row(Struct, frozen=True):
    """A slot or a parameter with what each plan has; a plan to which it does not apply is left out."""

    address: str
    section: str
    label: Labels
    spots: Mapping[str, Spot]
    is_value: bool = False

    @property
    def differs(self) -> bool:
        """Whether a plan departs, or the plans have not all the same."""
        return any(spot.departs for spot in self.spots.values()) or len({str(spot.said) for spot in self.spots.values()}) > 1


class Matrix(Struct, frozen=True):
    """The plans, those with errors first and outliers next, group by group; and the rows in the order of the document.

    `across` holds what the plans contradict each other in, each finding with the names of the plans.
    """

    standard: Standard
    entries: tuple[Entry, ...]
    rows: tuple[Row, ...]
    across: tuple[tuple[Finding, tuple[str, ...]], ...] = ()

    def departures(self, name: str) -> list[Row]:
        """The rows in which a plan departs from the standard, rare ones first."""
        found = [row for row in self.rows if name in row.spots and row.spots[name].departs]
        return sorted(found, key=lambda row: (not row.spots[name].rare, row.is_value))


def matrix(entries: Sequence[Entry], standard: Standard, sections: Iterable[str] = ()) -> Matrix:
    """The matrix of these plans, of some sections only where they are named. Pure; the findings come with the versions."""
    library = entries[0].version.library
    wanted = set(sections)
    rows = (*_slots(entries, standard, library), *_values(entries, standard, library))
    kept = tuple(row for row in rows if not wanted or row.section in wanted)
    return Matrix(standard, tuple(_ordered(entries, kept)), kept)


def is_rare(count: int, total: int) -> bool:
    """Whether what `count` of `total` plans have is rare: one plan alone among three or more, else at most a tenth."""
    return total >= 3 and count <= max(1, total // 10)


# ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _slots(entries: Sequence[Entry], standard: Standard, library: Library) -> Iterator[Row]:
    for slot in library.slots():
        found = {entry.name: _in_slot(entry.version.plan, slot) for entry in entries}
        if any(found.values()) or any(_in_slot(plan, slot) for plan in standard.plans.values()):
            usual = _usual(found, {name: _in_slot(plan, slot) for name, plan in standard.plans.items()}, standard)
            said = {options: _said_options(library, options) for options in {*found.values(), *usual.values()}}
            label = slot_label(library, slot)
            yield Row(f"choices.{slot.section}", slot.section, label, _spots(found, usual, said))


def _in_slot(plan: Plan, slot: Slot) -> tuple[str, ...]:
    """The options chosen in a slot; those of an open choice are marked, since two that are weighed are not two that hold."""
    decision = plan.choices.get(slot.section, Decision())
    return tuple(f"{OPEN}{option}" if option in decision.open else option for option in slot.options if option in decision.every)


def _said_options(library: Library, options: Iterable[str]) -> Labels:
    said = labels_of(library, [option.removeprefix(OPEN) for option in options])
    if any(option.startswith(OPEN) for option in options):
        return {"en": f"open: {said['en']}", "zh": f"待定：{said['zh']}"}
    return said or NOTHING


def _values(entries: Sequence[Entry], standard: Standard, library: Library) -> Iterator[Row]:
    versions = {entry.name: entry.version for entry in entries}
    for parameter in (each for option in library.options.values() for each in option.parameters.values()):
        key = f"{parameter.option}.{parameter.name}"
        found = {
            name: version.plan.values.get(key) for name, version in versions.items() if _applies(version.plan, parameter.option)
        }
        if parameter.fact or not found:
            continue
        yield _value_row(parameter, found, standard, versions, library)


def _value_row(
    parameter: Parameter, found: Mapping[str, Any], standard: Standard, versions: Mapping[str, Version], library: Library
) -> Row:
    """The row of one parameter. A standard that leaves the value open sets none, so that filling it in is no departure."""
    key = f"{parameter.option}.{parameter.name}"
    given = {name: standard.plans[name].values.get(key) for name in found if _standard_has(standard, name, parameter.option)}
    shown: dict[Hashable, Labels] = {}
    keys = {name: _shown(parameter.spec, value, versions[name], shown) for name, value in found.items()}
    usual = {name: _shown(parameter.spec, value, versions[name], shown) for name, value in given.items() if value is not None}
    spots = _spots(keys, _usual(keys, usual, standard), shown)
    return Row(f"parameters.{key}", parameter.option.partition(".")[0], value_label(parameter, library), spots, is_value=True)


def _shown(spec: Spec, value: Any, version: Version, shown: dict[Hashable, Labels]) -> Hashable:
    """By what a value is counted; what it says is put into `shown`. An id names another party in another plan, so a name counts there."""
    if _names_parties(spec):
        said = say_value(spec, value, version)
        key: Hashable = tuple(said.items())
        shown[key] = said
        return key
    key = _key(value)
    if key not in shown:
        shown[key] = say_value(spec, value, version)
    return key


def _names_parties(spec: Spec) -> bool:
    inner = [*([spec.of] if spec.of else []), *(column.spec for column in spec.columns.values())]
    return spec.kind == "party" or any(map(_names_parties, inner))


def _applies(plan: Plan, option: str) -> bool:
    return option in plan.choices.get(option.partition(".")[0], Decision()).every


def _standard_has(standard: Standard, name: str, option: str) -> bool:
    return name in standard.plans and _applies(standard.plans[name], option)


def _key(value: Any) -> Hashable:
    """A value by which equal ones are counted; lists of records can only be compared as text."""
    try:
        hash(value)
    except TypeError:
        return repr(value)
    return value  # type: ignore[no-any-return]


def _usual(found: Mapping[str, Any], given: Mapping[str, Any], standard: Standard) -> Mapping[str, Any]:
    """What each plan should have: what is given, else what the largest number have; where two are as frequent, nothing is usual."""
    if standard.plans:
        return given
    first, *others = Counter(found.values()).most_common(2)
    return {} if others and others[0][1] == first[1] else dict.fromkeys(found, first[0])


def _spots(found: Mapping[str, Any], usual: Mapping[str, Any], said: Mapping[Any, Labels]) -> dict[str, Spot]:
    counts = Counter(found.values())
    return {
        name: Spot(
            said=said[value],
            standard=said[usual[name]] if name in usual else {},
            departs=name in usual and usual[name] != value,
            rare=is_rare(counts[value], len(found)),
            count=counts[value],
        )
        for name, value in found.items()
    }


# ── plans ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _ordered(entries: Sequence[Entry], rows: Sequence[Row]) -> list[Entry]:
    """Errors first, then what is rare, then departures; a group stands where its first plan does."""
    ranks = {entry.name: _rank(entry, rows) for entry in entries}
    groups: dict[str, tuple[int, int, int]] = {}
    for entry in entries:
        groups[entry.group] = min(groups.get(entry.group, ranks[entry.name]), ranks[entry.name])
    return sorted(entries, key=lambda entry: (groups[entry.group], entry.group, ranks[entry.name], entry.name))


def _rank(entry: Entry, rows: Sequence[Row]) -> tuple[int, int, int]:
    spots = [row.spots[entry.name] for row in rows if entry.name in row.spots]
    errors = sum(1 for finding in entry.version.findings if finding.severity is Severity.ERROR)
    return -errors, -sum(spot.departs and spot.rare for spot in spots), -sum(spot.departs for spot in spots)
