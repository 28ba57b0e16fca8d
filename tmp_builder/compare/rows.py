"""Rows that changed: sides, members, projects and the registers; cell by cell, with rows that came, went or moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from msgspec import Struct

from tmp_builder.compare.changes import Change, Weight
from tmp_builder.compare.values import weigh_texts
from tmp_builder.compare.words import compare_words, only_spelling
from tmp_builder.language import LANGUAGES, word
from tmp_builder.library.schema import Labels, Library, RegisterColumn, ScheduleSpec
from tmp_builder.plan.addresses import row_key

Row = Mapping[str, Any]

CONTACT_KEYS = ("role", "member")
"""By what a contact is found again: its name is what changes."""

RECORDS = ("contacts", "events", "results", "grants", "publications", "metrics", "registry")
"""Registers that record what happened: a row more or less is a detail, not another agreement."""

DETAILS = (
    "address",
    "legal_form",
    "registration_no",
    "legal_representative",
    "signatory",
    "maker",
    "arbitration_authority_ref",
    "terms_ref",
)
"""Cells of text that identify or describe: another wording of them is a change of value."""

_YES_NO: Mapping[str, Labels] = {"yes": {"en": "yes", "zh": "是"}, "no": {"en": "no", "zh": "否"}}
_WORDS: Mapping[str, Labels] = {
    "name": {"en": "Name", "zh": "名称"},
    "lead": {"en": "Lead", "zh": "牵头单位"},
    "territory": {"en": "Territory", "zh": "地域"},
    "side": {"en": "Side", "zh": "国别方"},
    "role": {"en": "Role", "zh": "角色"},
    "competes_with": {"en": "Competes with", "zh": "竞争对手"},
    "signatory": {"en": "Signatory", "zh": "签署人"},
    "order": {"en": "order", "zh": "顺序"},
    "sides": {"en": "Side", "zh": "国别方"},
    "members": {"en": "Member", "zh": "成员单位"},
    "projects": {"en": "Project", "zh": "项目"},
    "additional": {"en": "Additional section", "zh": "补充条款"},
    "work-plan": {"en": "Joint Work Plan", "zh": "联合工作计划"},
}
"""Labels of keys that are no column of a schedule, and of the lists themselves."""


class Table(Struct, frozen=True):
    """A list of rows of one kind: what it is called in addresses, and the schedules whose columns name its cells."""

    kind: str
    address: str
    spec: ScheduleSpec | None = None
    other: ScheduleSpec | None = None

    @property
    def name(self) -> str:
        """The last part of its address: `members`, `equipment`."""
        return self.address.rpartition(".")[2]

    @property
    def title(self) -> Labels:
        """What one row, or the register, is called."""
        return _WORDS.get(self.name) or (self.spec.title if self.spec else {"en": self.name, "zh": self.name})

    def column(self, key: str) -> RegisterColumn | None:
        """The column of a cell."""
        name = key.replace("-", "_")
        columns = (spec.column(name) for spec in (self.spec, self.other) if spec)
        return next((column for column in columns if column), None)


class _Spot(Struct, frozen=True):
    """The row whose cells are compared."""

    table: Table
    ident: str
    row: Row
    library: Library


def compare_rows(table: Table, old: Sequence[Row], new: Sequence[Row], library: Library) -> Iterator[Change]:
    """The changes of a list of rows, in the order of the new one."""
    before, after = _by_id(table, old), _by_id(table, new)
    for ident, row in after.items():
        if ident not in before:
            yield _row(table, ident, {}, row)
            continue
        yield from _cells(_Spot(table, ident, row, library), before[ident], row)
    yield from (_row(table, ident, row, {}) for ident, row in before.items() if ident not in after)
    yield from _moves(table, before, after)


def _by_id(table: Table, rows: Sequence[Row]) -> dict[str, Row]:
    """Rows by their id; a row without one, or whose id stands twice, by its number as well."""
    found: dict[str, Row] = {}
    seen: Counter[str] = Counter()
    for row in rows:
        ident = _id_of(table, row)
        seen[ident] += 1
        found[ident if seen[ident] == 1 else f"{ident}#{seen[ident]}"] = row
    return found


def _id_of(table: Table, row: Row) -> str:
    if table.name == "contacts":
        return "/".join(str(row.get(key, "")) for key in CONTACT_KEYS)
    if table.kind == "work-plan":
        topic = row.get("topic")
        return str(topic.get("en") or topic.get("zh") if isinstance(topic, Mapping) else topic)
    above = table.address.split(".")
    return str(row.get(row_key(above, row)) or "")


def _name_of(row: Row) -> dict[str, str]:
    """What a row is called beside its id."""
    for key in ("name", "title", "description", "topic"):
        value = row.get(key)
        if value:
            return {lang: str(value.get(lang) or "") if isinstance(value, Mapping) else str(value) for lang in LANGUAGES}
    return dict.fromkeys(LANGUAGES, "")


def _called(table: Table, ident: str, row: Row) -> dict[str, str]:
    name = _name_of(row)
    return {
        lang: " ".join(filter(None, (table.title[lang], ident, name[lang] if name[lang] != ident else ""))) for lang in LANGUAGES
    }


def _row(table: Table, ident: str, old: Row, new: Row) -> Change:
    name = _name_of(new or old)
    said = {lang: " ".join(filter(None, (ident, name[lang]))) for lang in LANGUAGES}
    return Change(
        kind=table.kind,
        weight=Weight.VALUE if table.name in RECORDS else Weight.SUBSTANTIVE,
        address=f"{table.address}.{ident}",
        label=table.title,
        old=said if old else {},
        new=said if new else {},
        row=ident,
        raw=(dict(old) or None, dict(new) or None),
    )


def _cells(spot: _Spot, old: Row, new: Row) -> Iterator[Change]:
    for key in dict.fromkeys((*new, *old)):
        if old.get(key) == new.get(key) or key in ("choices", "parameters"):
            continue
        if key == "headings":
            yield from _headings(spot, old.get(key) or {}, new.get(key) or {})
            continue
        column = spot.table.column(key)
        yield _cell(spot, key, column.label if column else _label(key), (old.get(key), new.get(key)))


def _label(key: str) -> Labels:
    plain = key.replace("-", " ").replace("_", " ")
    return _WORDS.get(key.replace("-", "_"), {"en": plain, "zh": plain})


def _headings(spot: _Spot, old: Row, new: Row) -> Iterator[Change]:
    """The texts of a Ten-Point Plan."""
    labels = dict(spot.table.spec.headings) if spot.table.spec else {}
    for key in dict.fromkeys((*new, *old)):
        if old.get(key) != new.get(key):
            yield _cell(spot, f"headings.{key}", labels.get(key) or _label(key), (old.get(key), new.get(key)))


def _cell(spot: _Spot, key: str, label: Labels, values: tuple[Any, Any]) -> Change:
    table, (old, new), column = spot.table, values, spot.table.column(key)
    called = _called(table, spot.ident, spot.row)
    texts = [_texts(value) for value in values]
    running = _is_text(old, column) and _is_text(new, column)
    changed = [lang for lang in LANGUAGES if running and texts[0][lang] != texts[1][lang]]
    return Change(
        kind=table.kind,
        weight=_weigh(table, key, old, new),
        address=f"{table.address}.{spot.ident}.{key}",
        label={"en": f"{called['en']}: {label['en']}", "zh": f"{called['zh']}：{label['zh']}"},
        old=say_cell(old, column, spot.library),
        new=say_cell(new, column, spot.library),
        row=spot.ident,
        pieces={lang: compare_words(texts[0][lang], texts[1][lang]) for lang in changed},
        raw=(old, new),
    )


def _is_text(value: Any, column: RegisterColumn | None) -> bool:
    return bool(value) and isinstance(value, (Mapping, str)) and (column is None or column.kind == "text")


def _texts(value: Any) -> dict[str, str]:
    if isinstance(value, Mapping) and not set(value) & set(LANGUAGES):
        parts = [_texts(part) for part in value.values()]
        return {lang: " ".join(filter(None, (part[lang] for part in parts))) for lang in LANGUAGES}
    if isinstance(value, Mapping):
        return {lang: str(value.get(lang) or "") for lang in LANGUAGES}
    return dict.fromkeys(LANGUAGES, "" if value is None else str(value))


def say_cell(value: Any, column: RegisterColumn | None, library: Library | None) -> Labels:
    """A cell in both languages: choices and countries by their labels, lists with commas; empty for none."""
    if value in (None, "", [], {}):
        return {}
    if isinstance(value, (list, tuple)):
        parts = [say_cell(part, column, library) for part in value]
        return {lang: word("comma", lang).join(part.get(lang, "") for part in parts) for lang in LANGUAGES}
    if column is not None and isinstance(value, str):
        labels = column.values.get(value.replace("-", "_")) or (_YES_NO.get(value) if column.kind == "yes-no" else None)
        if column.kind == "territory" and library is not None:
            labels = library.territories.get(value)
        if labels:
            return labels
    return _texts(value)


def _weigh(table: Table, key: str, old: Any, new: Any) -> Weight:
    column = table.column(key)
    if isinstance(old, list) and isinstance(new, list) and sorted(map(str, old)) == sorted(map(str, new)):
        return Weight.MOVED
    one, two = _texts(old), _texts(new)
    detail = key.replace("-", "_") in DETAILS or table.name in RECORDS
    if detail or (column is not None and column.kind not in ("text", "choice", "party", "territory", "yes-no", "row", "project")):
        return Weight.COSMETIC if old and new and all(only_spelling(one[lang], two[lang]) for lang in LANGUAGES) else Weight.VALUE
    if column is not None and column.kind != "text":
        return Weight.SUBSTANTIVE
    return weigh_texts(one, two)


def _moves(table: Table, before: Mapping[str, Row], after: Mapping[str, Row]) -> Iterator[Change]:
    """Rows of both versions that stand elsewhere among the others: the fewest that explain the new order."""
    one, two = [i for i in before if i in after], [i for i in after if i in before]
    blocks = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    stayed = {ident for block in blocks for ident in one[block.a : block.a + block.size]}
    for ident in two:
        if ident not in stayed:
            called = _called(table, ident, after[ident])
            yield Change(
                kind="order",
                weight=Weight.MOVED,
                address=f"{table.address}.{ident}",
                label={"en": f"{called['en']}: order", "zh": f"{called['zh']}：顺序"},
                old=_after(one, ident),
                new=_after(two, ident),
                row=ident,
                raw=(one.index(ident) + 1, two.index(ident) + 1),
            )


def _after(idents: Sequence[str], ident: str) -> Labels:
    place = idents.index(ident)
    if not place:
        return {"en": "first", "zh": "首位"}
    return {"en": f"after {idents[place - 1]}", "zh": f"在{idents[place - 1]}之后"}
