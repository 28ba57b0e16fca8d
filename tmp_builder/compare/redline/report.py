"""The clauses and words of a redline as lines of text and as plain data, in either language of the interface."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tmp_builder.compare.redline.clauses import ClauseChange
from tmp_builder.compare.report import Line, counted, excerpt
from tmp_builder.compare.words import DELETED, INSERTED, Piece
from tmp_builder.document.walk import plain
from tmp_builder.language import NAMES, aside, word
from tmp_builder.library.schema import Labels

_TITLE: Labels = {"en": "CLAUSES AND WORDS", "zh": "条款与文字"}
_KINDS: dict[str, Labels] = {
    "added": {"en": "added", "zh": "新增"},
    "removed": {"en": "removed", "zh": "删除"},
    "moved": {"en": "moved", "zh": "移动"},
    "reworded": {"en": "reworded", "zh": "改写"},
    "value": {"en": "value changed", "zh": "数值变更"},
}
_PLACES: dict[str, Labels] = {
    "section": {"en": "Clause {number}", "zh": "第{number}条"},
    "clause": {"en": "Clause {number}", "zh": "第{number}条"},
    "schedule": {"en": "Schedule {number}", "zh": "附件{number}"},
    "row": {"en": "Row", "zh": "行"},
    "cover": {"en": "Cover", "zh": "封面"},
    "signature": {"en": "Signature page", "zh": "签署页"},
    "annex": {"en": "Annex", "zh": "附页"},
    "page": {"en": "Page {number}", "zh": "第{number}页"},
}
_WEIGHTS: dict[str, Labels] = {
    "substantive": {"en": "substantive", "zh": "实质性"},
    "value": {"en": "value", "zh": "数值"},
    "moved": {"en": "moved", "zh": "位置"},
    "cosmetic": {"en": "cosmetic", "zh": "形式"},
}
_RENUMBERED: Labels = {"en": "Renumbered: {list}", "zh": "重新编号：{list}"}
_REFERENCES: Labels = {
    "en": "References that follow the new numbers stand in: {list}",
    "zh": "随编号变动的引用见：{list}",
}
_TYPED: Labels = {"en": "typed into {file}", "zh": "直接改在{file}中"}
SPACE: Labels = {"en": " ", "zh": ""}
COMMA: Labels = {"en": ", ", "zh": "，"}
MOST_NAMED = 12
"""So many numbers are listed; the redline shows them all."""


def clause_lines(changes: Sequence[ClauseChange], language: str, *, words: bool = False) -> Iterator[Line]:
    """The layer of clauses below that of choices. `words`: every changed text whole and in each language, not an excerpt."""
    if not changes:
        return
    yield Line("")
    yield Line(counted(_TITLE, len(changes), language), look="title")
    for change in changes:
        if change.kind in _KINDS:
            yield Line(_head(change, language), 1, "head")
            yield from (Line(text, 2) for text in _texts(change, language, words=words))
    yield from _together(
        [f"{change.old} → {change.new}" for change in changes if change.kind == "renumbered"], _RENUMBERED, language
    )
    yield from _together([change.new for change in changes if change.kind == "references"], _REFERENCES, language)


def _together(items: list[str], said: Labels, language: str) -> Iterator[Line]:
    if items:
        unique = list(dict.fromkeys(items))
        shown = word("comma", language).join(unique[:MOST_NAMED]) + (" …" if len(unique) > MOST_NAMED else "")
        yield Line(said[language].format(list=shown), 1)


def _head(change: ClauseChange, language: str) -> str:
    title = plain(change.part.get(language, ()))
    weight = [] if change.kind == str(change.weight) else [_WEIGHTS[change.weight][language]]
    facts = COMMA[language].join([kind_said(change, language), *weight, *typed_said(change, language)])
    return f"{place_said(change, language)}{SPACE[language]}{title}{aside(facts, language)}  [{change.id}]"


def place_said(change: ClauseChange, language: str) -> str:
    """Where a change stands, by its number now, else by the one it had: "Clause 7.2", "第7.2条"; empty where it has none."""
    return place_named(change.place, change.new or change.old, language)


def place_named(place: str, number: str, language: str) -> str:
    """A kind of place with its number: "Clause 7.2", "附件5"; empty where it should have a number and has none."""
    said = _PLACES[place][language]
    return said.format(number=number) if number or "{" not in said else ""


def kind_said(change: ClauseChange, language: str) -> str:
    """What happened there in a word or two; empty for a number that followed."""
    return _KINDS[change.kind][language] if change.kind in _KINDS else ""


def typed_said(change: ClauseChange, language: str) -> list[str]:
    """In which built file somebody typed it; nothing where the plan says so."""
    return [_TYPED[language].format(file=change.typed)] if change.typed else []


def _texts(change: ClauseChange, language: str, *, words: bool) -> Iterator[str]:
    if not words:
        yield _short(_telling(change, language))
        return
    colon = word("colon", language)
    for lang, pieces in change.pieces.items():
        yield f"{NAMES[language][lang]}{colon}{_whole(pieces)}"


def _telling(change: ClauseChange, language: str) -> Sequence[Piece]:
    """The words in the language of the interface, unless only those of another language changed."""
    ordered = sorted(change.pieces, key=lambda lang: lang != language)
    changed = (lang for lang in ordered if any(piece.kind in (DELETED, INSERTED) for piece in change.pieces[lang]))
    chosen = next(changed, ordered[0] if ordered else "")
    return change.pieces.get(chosen, ())


def _short(pieces: Sequence[Piece]) -> str:
    """An excerpt; of a text that came or went whole its beginning."""
    said = excerpt(pieces)
    return said if len(said) <= 240 or len(pieces) > 1 else f"{said[:236]}…{said[-2:]}"


def _whole(pieces: Sequence[Piece]) -> str:
    around = {DELETED: ("[-", "-]"), INSERTED: ("{+", "+}")}
    parts = (around.get(piece.kind, ("", "")) for piece in pieces)
    return " ".join("".join(f"{a}{piece.text}{b}" for piece, (a, b) in zip(pieces, parts, strict=True)).split())


def clauses_data(changes: Sequence[ClauseChange]) -> list[dict[str, Any]]:
    """Every change as plain data; keys are never translated."""
    return [
        {
            "kind": change.kind,
            "class": str(change.weight),
            "place": change.place,
            "id": change.id,
            "part": {language: plain(inlines) for language, inlines in change.part.items()},
            "old_number": change.old,
            "new_number": change.new,
            "typed_into": change.typed,
            "causes": list(change.causes),
            "words": {
                lang: [{"kind": piece.kind, "text": piece.text} for piece in pieces] for lang, pieces in change.pieces.items()
            },
        }
        for change in changes
    ]
