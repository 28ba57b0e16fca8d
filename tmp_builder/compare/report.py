"""The report of a comparison as lines of text, in either language of the interface: what is substantive comes first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from tmp_builder.compare.approved import say_decision
from tmp_builder.compare.changes import Change, DateMove, FindingChange, PlanChanges, Weight
from tmp_builder.compare.lead import lead, shift
from tmp_builder.compare.words import DELETED, INSERTED, Piece
from tmp_builder.language import NAMES, aside, say_date, word
from tmp_builder.library.schema import Labels

WORDS: dict[str, Labels] = {
    "substantive": {"en": "SUBSTANTIVE", "zh": "实质性变更"},
    "value": {"en": "VALUES", "zh": "数值变更"},
    "moved": {"en": "MOVED", "zh": "位置变更"},
    "cosmetic": {"en": "COSMETIC", "zh": "形式变更"},
    "findings": {"en": "FINDINGS of several changes together", "zh": "多项变更共同引起的检查结果"},
    "dates": {"en": "DATES", "zh": "日期"},
    "none": {"en": "No differences.", "zh": "没有差异。"},
    "more": {"en": "favours more: {who}", "zh": "更有利于：{who}"},
    "less": {"en": "favours less: {who}", "zh": "不再特别有利于：{who}"},
    "nothing": {"en": "(nothing)", "zh": "（无）"},
    "appears": {"en": "new {severity} {code}: {text}", "zh": "新出现{severity} {code}：{text}"},
    "vanishes": {"en": "gone: {severity} {code}: {text}", "zh": "已消除{severity} {code}：{text}"},
    "dates-more": {"en": "… and {count} more dates, listed at the end", "zh": "……另有{count}个日期，见文末"},
}
SEVERITIES: dict[str, Labels] = {
    "error": {"en": "error", "zh": "错误"},
    "warning": {"en": "warning", "zh": "警告"},
    "note": {"en": "note", "zh": "提示"},
}
COUNTS: dict[str, tuple[str, str, str]] = {
    "substantive": ("substantive", "substantive", "项实质性变更"),
    "value": ("value", "values", "项数值变更"),
    "moved": ("moved", "moved", "项位置变更"),
    "cosmetic": ("cosmetic", "cosmetic", "项形式变更"),
    "appear": ("finding appears", "findings appear", "项检查结果新出现"),
    "vanish": ("finding vanishes", "findings vanish", "项检查结果已消除"),
    "dates": ("date moves", "dates move", "个日期变动"),
}
"""How the summary counts: one, several, Chinese."""

MOST_DATES = 5
_NAMES = re.compile(r"\{#[\w.-]+\}\s*")
"""Names of clauses, which a card carries and no document prints."""

AROUND = 60
"""How many characters of unchanged text stand on each side of a changed word."""


class Line(Struct, frozen=True):
    """A line of the report. `look` is title, head, old, new, error, note or plain; the text says all that a colour would."""

    text: str
    indent: int = 0
    look: str = "plain"


def lines(found: PlanChanges, language: str) -> Iterator[Line]:
    """The whole report below its heading: the weightiest changes first, each with what follows from it."""
    if not (found.changes or found.findings or found.dates):
        yield Line(WORDS["none"][language])
        return
    yield Line(summary(found, language), look="title")
    yield from (Line(said, 1) for said in lead(found, language))
    late: list[DateMove] = []
    for weight in Weight:
        changes = list(found.of(weight))
        if changes:
            yield Line("")
            yield Line(counted(WORDS[weight], len(changes), language), look="title")
        for change in changes:
            yield from _change(change, found, language)
            if change.key in found.decided:
                yield Line(say_decision(found.decided[change.key], language), 2)
            yield from _effects(change, found, language, late)
    yield from _rest(found, language, late)


def summary(found: PlanChanges, language: str) -> str:
    """The report in one line: "14 changes: 1 substantive, 6 values …; 2 findings appear; 3 dates move"."""
    counts = {str(weight): sum(1 for _ in found.of(weight)) for weight in Weight}
    more = {
        "appear": sum(each.appears for each in found.findings),
        "vanish": sum(not each.appears for each in found.findings),
        "dates": len(found.dates),
    }
    total = len(found.changes)
    if language == "zh":
        said = [f"{count}{COUNTS[name][2]}" for name, count in (counts | more).items() if count]
        return f"共{total}项变更：{'，'.join(said)}。"
    weights = ", ".join(f"{count} {COUNTS[name][count > 1]}" for name, count in counts.items() if count)
    rest = "".join(f"; {count} {COUNTS[name][count > 1]}" for name, count in more.items() if count)
    return f"{total} change{'' if total == 1 else 's'}: {weights}{rest}."


def _change(change: Change, found: PlanChanges, language: str) -> Iterator[Line]:
    nothing = WORDS["nothing"][language]
    old, new = change.old.get(language, "") or nothing, change.new.get(language, "") or nothing
    label = change.label[language]
    if change.pieces:
        yield Line(f"{label}  [{change.address}]", 1, "head")
        if change.kind == "wording" and old != new:
            yield Line(f"{old} → {new}", 2)
        yield from (Line(text, 2) for text in _words(change, language))
    elif change.weight is Weight.SUBSTANTIVE:
        yield Line(f"{label}  [{change.address}]", 1, "head")
        yield Line(f"- {old}", 2, "old")
        yield Line(f"+ {new}", 2, "new")
    else:
        colon = word("colon", language)
        yield Line(f"{label}{colon}{old} → {new}  [{change.address}]", 1, "head")
    for name, codes in (("more", change.more), ("less", change.less)):
        if codes:
            yield Line(WORDS[name][language].format(who=_who(codes, found, language)), 2)
    yield from (Line(detail[language], 2) for detail in change.details)


def _words(change: Change, language: str) -> list[str]:
    """The changed words of each language; once where they are the same, as a number is."""
    if len(set(change.pieces.values())) == 1 and len(change.pieces) > 1:
        return [_NAMES.sub("", excerpt(next(iter(change.pieces.values()))))]
    colon = word("colon", language)
    return [f"{NAMES[language][lang]}{colon}{_NAMES.sub('', excerpt(pieces))}" for lang, pieces in change.pieces.items()]


def _who(codes: Sequence[str], found: PlanChanges, language: str) -> str:
    labels = found.new.library.favours
    return word("comma", language).join(labels[code][language] for code in codes)


def excerpt(pieces: Sequence[Piece]) -> str:
    """The changed words with some text around them: [-deleted-] and {+inserted+}; longer unchanged text is left out with an ellipsis."""
    said = []
    for place, piece in enumerate(pieces):
        if piece.kind == DELETED:
            said.append(f"[-{piece.text}-]")
        elif piece.kind == INSERTED:
            said.append(f"{{+{piece.text}+}}")
        else:
            said.append(_kept(piece.text, first=place == 0, last=place == len(pieces) - 1))
    return " ".join("".join(said).split())


def _kept(text: str, *, first: bool, last: bool) -> str:
    """Unchanged text: its end before a change, its beginning after one, both between two."""
    head = "" if first else text[:AROUND]
    tail = "" if last else text[-AROUND:]
    if len(text) <= len(head) + len(tail) or (first and last):
        return text
    return f"{head}…{tail}"


def _effects(change: Change, found: PlanChanges, language: str, late: list[DateMove]) -> Iterator[Line]:
    """What follows from a change: its findings, and its first dates; the others are kept for the end."""
    yield from (_finding(each, language) for each in found.findings if each.cause == change.key)
    moves = [move for move in found.dates if move.cause == change.key]
    yield from (Line(say_move(move, language), 2) for move in moves[:MOST_DATES])
    if len(moves) > MOST_DATES:
        late += moves[MOST_DATES:]
        yield Line(WORDS["dates-more"][language].format(count=len(moves) - MOST_DATES), 2)


def _finding(change: FindingChange, language: str) -> Line:
    return Line(say_finding(change, language), 2, str(change.finding.severity) if change.appears else "plain")


def say_finding(change: FindingChange, language: str) -> str:
    """ "new error OWN-04: …", or "gone: …"."""
    severity = SEVERITIES[change.finding.severity][language]
    name = "appears" if change.appears else "vanishes"
    return WORDS[name][language].format(severity=severity, code=change.finding.code, text=change.finding.text(language))


def move_named(move: DateMove, language: str) -> str:
    """What a date is called, with the thing it belongs to where its label does not name that."""
    return " ".join(filter(None, (move.label[language], move.object if move.object not in move.label[language] else "")))


def say_move(move: DateMove, language: str) -> str:
    """ "End of the term: 1 May 2031 → 1 May 2030 (365 days earlier)"."""
    colon = word("colon", language)
    said = [say_date(day, language) if day else "" for day in (move.old, move.new)]
    name = move_named(move, language)
    days = said[1] or said[0] if move.days is None else " → ".join(said)
    return f"{name}{colon}{days}{aside(shift(move)[language], language)}"


def counted(title: Labels, count: int, language: str) -> str:
    """A title with how many stand below it."""
    return f"{title[language]}{aside(str(count), language)}"


def _rest(found: PlanChanges, language: str, late: Iterable[DateMove]) -> Iterator[Line]:
    """What no single change explains, and the dates that did not stand below theirs."""
    findings = [each for each in found.findings if not each.cause]
    if findings:
        yield Line("")
        yield Line(counted(WORDS["findings"], len(findings), language), look="title")
        yield from (_finding(each, language) for each in findings)
    moves = [*(move for move in found.dates if not move.cause), *late]
    if moves:
        yield Line("")
        yield Line(counted(WORDS["dates"], len(moves), language), look="title")
        yield from (Line(say_move(move, language), 2) for move in moves)
