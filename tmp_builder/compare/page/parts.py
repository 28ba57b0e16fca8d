"""The parts that pages of comparisons share: one change, one finding, one date, as plain data in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from tmp_builder.compare.changes import Change, DateMove, FindingChange
from tmp_builder.compare.history import part_of
from tmp_builder.compare.lead import shift
from tmp_builder.compare.page.clauses import SIGNS, words_view
from tmp_builder.compare.page.words import say
from tmp_builder.compare.report import SEVERITIES, move_named
from tmp_builder.compare.report import WORDS as REPORT
from tmp_builder.findings import Finding, Severity
from tmp_builder.language import say_date, word
from tmp_builder.library.schema import Labels, Library

_MARKS = re.compile(r"\{#[\w.-]+\}\s*")
"""Names of clauses, which a card carries and no document prints."""

Parts = Mapping[str, Labels]


def titles(library: Library, parts: Parts) -> dict[str, Labels]:
    """What sections and parts are called, by id, in the order of the document; a section goes before a part of its name."""
    return {
        **{ident: section.title for ident, section in library.sections.items()},
        **{k: v for k, v in parts.items() if k not in library.sections},
    }


def change_view(change: Change, number: int, names: Mapping[str, Labels], library: Library, language: str) -> dict[str, Any]:
    """A change: what it is called, old and new, whom it favours, its words per language."""
    section = part_of(change)
    words = [_words(lang, pieces, language) for lang, pieces in change.pieces.items()]
    plain = not change.pieces or (change.kind == "wording" and change.old != change.new)
    return {
        "id": f"change-{number}",
        "number": number,
        "weight": str(change.weight),
        "weight_name": say(str(change.weight), language),
        "sign": SIGNS[change.weight],
        "section": section,
        "section_title": names[section][language] if section in names else section,
        "label": change.label[language],
        "address": change.address,
        "plain": plain,
        "old": change.old.get(language, ""),
        "new": change.new.get(language, ""),
        "words": words[:1] if len(set(change.pieces.values())) == 1 and change.pieces and not _prose(change) else words,
        "more": [library.favours[code][language] for code in change.more],
        "less": [library.favours[code][language] for code in change.less],
        "favours": " ".join((*change.more, *change.less)),
        "details": [detail[language] for detail in change.details],
    }


def _prose(change: Change) -> bool:
    """Whether its words are those of a clause, which are shown in each language even if they changed alike."""
    return change.kind in ("wording", "section")


def _words(lang: str, pieces: Any, language: str) -> dict[str, Any]:
    shown = tuple(replace(piece, text=_MARKS.sub("", piece.text)) for piece in pieces)
    return words_view(lang, shown, language, shortened=True)


def finding_view(finding: Finding, language: str) -> dict[str, Any]:
    """A finding: its severity as a word and as a class, its code, its sentence, where it gets its force."""
    return {
        "severity": str(finding.severity),
        "severity_name": SEVERITIES[finding.severity][language],
        "code": finding.code,
        "text": finding.text(language),
        "force": str(finding.force),
        "force_name": say(str(finding.force), language),
        "fix": finding.fix.get(language, ""),
        "section": section_of(finding),
    }


def section_of(finding: Finding) -> str:
    """The section that a finding speaks of, empty where it is none."""
    head, _, rest = finding.address.partition(".")
    if head in ("choices", "parameters", "wording"):
        return rest.partition(".")[0].partition("=")[0]
    return finding.clause.partition(".")[0]


def finding_change_view(each: FindingChange, language: str) -> dict[str, Any]:
    """A finding that appears or vanishes."""
    severity = SEVERITIES[each.finding.severity][language]
    text = REPORT["appears" if each.appears else "vanishes"][language]
    said = text.format(severity=severity, code=each.finding.code, text=each.finding.text(language))
    error = each.appears and each.finding.severity is Severity.ERROR
    return {**finding_view(each.finding, language), "said": said, "appears": each.appears, "error": error}


def date_view(move: DateMove, language: str) -> dict[str, Any]:
    """A date that moves: from when to when, and by how many days; a sign tells later from earlier."""
    old, new = (say_date(day, language) if day else "" for day in (move.old, move.new))
    came, later = "new" if move.new else "gone", "later" if (move.days or 0) > 0 else "earlier"
    way = came if move.days is None else later
    return {"name": move_named(move, language), "old": old, "new": new, "by": shift(move)[language], "way": way}


def chosen(names: Mapping[str, Labels], used: Iterable[str], language: str) -> list[tuple[str, str]]:
    """The choices of a filter: what is used, in the order of `names`."""
    wanted = set(used)
    return [(ident, label[language]) for ident, label in names.items() if ident in wanted]


def listed(parts: Sequence[str], language: str) -> str:
    """Parts one after another, as a heading lists them."""
    return word("comma", language).join(parts)
