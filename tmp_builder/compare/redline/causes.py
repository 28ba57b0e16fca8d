"""From changed words back to the decisions they follow from: the value, option, row or date of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tmp_builder.compare.changes import Change, PlanChanges
from tmp_builder.document import nodes
from tmp_builder.document.nodes import Inline, Texts, Value

_DATES = "schedule:dates."


class Causes:
    """The changes of two plans, found again from what is printed. Without plans nothing has a cause."""

    def __init__(self, plans: PlanChanges | None) -> None:
        self.changes = plans.changes if plans else ()
        self.moves = plans.dates if plans else ()

    def of_words(self, place: str, ident: str, texts: Texts) -> tuple[Change, ...]:
        """The causes of changed words: the addresses of the values that changed, else what the place is made from."""
        addresses = {_spelt(value.address) for value in _values(texts) if value.address}
        found = [change for change in self.changes if _covers(change, addresses)]
        return tuple(found) or self.of_place(place, ident)

    def of_node(self, place: str, ident: str, texts: Texts, mark: str) -> tuple[Change, ...]:
        """The causes why a clause, a row, a section came, went or moved."""
        if mark in (nodes.MOVED_FROM, nodes.MOVED_TO):
            name = _name(ident)
            heads = {_spelt(value.address).partition(".")[0] for value in _values(texts) if value.address}
            orders = [change for change in self.changes if change.kind in ("order", "section")]
            return tuple(change for change in orders if name in _spelt(change.address) or _head(change) in heads)
        return self.of_words(place, ident, texts)

    def of_place(self, place: str, ident: str) -> tuple[Change, ...]:
        """The causes of a place: its option or wording, the date of its row, the settings on the cover."""
        if place == "cover":
            return tuple(change for change in self.changes if change.kind == "setting")
        if is_date(ident):
            return self.of_date(ident.removeprefix(_DATES))
        option = ident.partition("#")[0]
        section = option.removeprefix("section:").partition(".")[0]
        own = tuple(change for change in self.changes if option in change.options and change.kind in ("choice", "wording"))
        return own or tuple(change for change in self.changes if change.kind == "choice" and change.section == section)

    def of_date(self, key: str) -> tuple[Change, ...]:
        """The causes of a row of the table of dates, which may stand for several of one kind."""
        causes = {move.cause for move in self.moves if move.key == key or move.key.startswith(f"{key}:")}
        return tuple(change for change in self.changes if change.key in causes)


def is_date(ident: str) -> bool:
    """Whether a row is one of the table of dates, whose words are reckoned and never decided."""
    return ident.startswith(_DATES)


def _covers(change: Change, addresses: Iterable[str]) -> bool:
    """Whether a change of the plan is one of these addresses, or of a part above or below one."""
    own = _spelt(change.address)
    return change.kind != "order" and any(own == each or each.startswith(f"{own}.") for each in addresses)


def _head(change: Change) -> str:
    return _spelt(change.address).partition(".")[0]


def _name(ident: str) -> str:
    return _spelt(ident.removeprefix("section:"))


def _spelt(address: str) -> str:
    """An address as plans write it: columns of registers are called with underscores in the library."""
    return address.replace("_", "-")


def _values(texts: Texts) -> Iterator[Value]:
    for inlines in texts.values():
        for inline in inlines:
            if isinstance(inline, nodes.Change):
                yield from _inside(inline.inlines)


def _inside(inlines: Iterable[Inline]) -> Iterator[Value]:
    return (inline for inline in inlines if isinstance(inline, Value))
