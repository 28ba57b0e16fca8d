"""What the resolving of a plan writes down: faults, and the places of rows that came from tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct, field

from tmp_builder.errors import nearest
from tmp_builder.findings import Fault, Place, Words, both, listed
from tmp_builder.library.schema import Library
from tmp_builder.plan.source import PlanSource
from tmp_builder.values import Spec

_CALLED = {
    "profile": "模板",
    "fact": "事实",
    "option": "选项",
    "section": "条",
    "member": "成员单位",
    "side": "国别方",
    "side or member": "国别方或成员单位",
    "register": "清单",
    "heading": "标题项",
    "calendar": "日历",
}

TWO_LETTERS = both("Use two-letter codes such as CN, US, HK, DE.", "请用两位字母代码，例如CN、US、HK、DE。")


class Ledger(Struct):
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
            self.fault(
                self.source.place(*keys),
                both(
                    "unknown {what} “{name}”{near}",
                    "没有这样的{what}：“{name}”{near}",
                    what=called(what),
                    name=name,
                    near=nearest(name, names),
                ),
                offer(what, names),
            )
        return name

    def once(self, ids: Iterable[tuple[str, Place]], what: str) -> None:
        """A fault for each id that stands twice."""
        seen: set[str] = set()
        for ident, place in ids:
            if ident in seen:
                self.fault(
                    place,
                    both(
                        "the id “{ident}” stands twice in {what}",
                        "编号“{ident}”在{what}中重复出现",
                        ident=ident,
                        what=called(what),
                    ),
                    both("Give each row an id of its own.", "每一行应有不同的编号。"),
                )
            seen.add(ident)

    def territory(self, codes: Iterable[str], place: Place, what: str) -> None:
        """A fault for each code that is no country or region."""
        for code in codes:
            if code not in self.library.territories:
                self.fault(
                    place,
                    both(
                        "{what}: unknown country or region “{code}”",
                        "{what}：没有这样的国家或地区：“{code}”",
                        what=what,
                        code=code,
                    ),
                    TWO_LETTERS,
                )

    def names_in(self, spec: Spec, value: Any, ids: list[str], place: Place, what: str) -> None:
        """A fault for each member (not among `ids`) and each territory that a typed value names and that does not exist."""
        if spec.kind == "party" and value not in ids:
            self.fault(
                place,
                both(
                    "{what}: no member has the id “{value}”{near}",
                    "{what}：没有编号为“{value}”的成员单位{near}",
                    what=what,
                    value=value,
                    near=nearest(value, ids),
                ),
                offer("member", ids),
            )
        elif spec.kind == "territory":
            self.territory(value, place, what)
        elif spec.is_records:
            for record in value:
                for name, item in record.items():
                    self.names_in(spec.columns[name].spec, item, ids, place, f"{what}.{name}")
        elif spec.kind == "list" and spec.of:
            for item in value:
                self.names_in(spec.of, item, ids, place, what)


def called(what: str) -> Words:
    """What a part of a plan is called in messages of either language; a name that is none of these is left as it is."""
    return what if isinstance(what, Words) else Words(what, _CALLED.get(what, what))


def offer(what: str, known: list[str]) -> Words:
    """What could stand there instead."""
    if not known:
        return both("The plan has no {what}s yet.", "本计划尚无{what}。", what=called(what))
    return both("Known: {known}{more}", "可用：{known}{more}", known=listed(known[:12]), more=" …" if len(known) > 12 else "")
