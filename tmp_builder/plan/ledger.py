"""What the resolving of a plan writes down: faults, and the places of rows that came from tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tmp_builder.errors import nearest
from tmp_builder.findings import Fault, Place
from tmp_builder.library.schema import Library
from tmp_builder.plan.source import PlanSource
from tmp_builder.values import Spec


@dataclass(slots=True)
class Ledger:
    """The source of a plan, the library it is held against, and what has been found so far.

    `lost` holds the ids of rows that could not be read: whatever names them is no fault of its own.
    """

    source: PlanSource
    library: Library
    faults: list[Fault] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    def fault(self, place: Place, message: str, hint: str = "") -> None:
        """Write a fault down."""
        self.faults.append(Fault(place, message, hint))

    def known(self, name: str, known: Iterable[str], what: str, *keys: str | int) -> str:
        """`name`, with a fault at `keys` of the file when it is none of the `known`."""
        names = list(known)
        if name and name not in names:
            self.fault(self.source.place(*keys), f"unknown {what} “{name}”{nearest(name, names)}", offer(what, names))
        return name

    def once(self, ids: Iterable[tuple[str, Place]], what: str) -> None:
        """A fault for each id that stands twice."""
        seen: set[str] = set()
        for ident, place in ids:
            if ident in seen:
                self.fault(place, f"the id “{ident}” stands twice in {what}", "Give each row an id of its own.")
            seen.add(ident)

    def territory(self, codes: Iterable[str], place: Place, what: str) -> None:
        """A fault for each code that is no country or region."""
        for code in codes:
            if code not in self.library.territories:
                self.fault(place, f"{what}: unknown country or region “{code}”", "Use two-letter codes such as CN, US, HK, DE.")

    def names_in(self, spec: Spec, value: Any, ids: list[str], place: Place, what: str) -> None:
        """A fault for each member (not among `ids`) and each territory that a typed value names and that does not exist."""
        if spec.kind == "party" and value not in ids:
            self.fault(place, f"{what}: no member has the id “{value}”{nearest(value, ids)}", offer("member", ids))
        elif spec.kind == "territory":
            self.territory(value, place, what)
        elif spec.is_records:
            for record in value:
                for name, item in record.items():
                    self.names_in(spec.columns[name].spec, item, ids, place, f"{what}.{name}")
        elif spec.kind == "list" and spec.of:
            for item in value:
                self.names_in(spec.of, item, ids, place, what)


def offer(what: str, known: list[str]) -> str:
    """What could stand there instead."""
    if not known:
        return f"The plan has no {what}s yet."
    return f"Known: {', '.join(known[:12])}{' …' if len(known) > 12 else ''}"
