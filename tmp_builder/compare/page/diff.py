"""The page of a comparison of two versions: the headline, the changes by class, and the dates and findings that follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tmp_builder.compare.approved import say_decision
from tmp_builder.compare.changes import DateMove, PlanChanges, Weight
from tmp_builder.compare.history import PARTS, part_of
from tmp_builder.compare.lead import favoured, shifts
from tmp_builder.compare.page.clauses import clause_view
from tmp_builder.compare.page.parts import change_view, chosen, date_view, finding_change_view, listed, titles
from tmp_builder.compare.page.words import every, say
from tmp_builder.compare.redline.clauses import ClauseChange
from tmp_builder.compare.report import COUNTS, WORDS, counted
from tmp_builder.language import BCP47, say_date, word
from tmp_builder.library.schema import Labels

FOLLOWED = ("renumbered", "references")
"""Kinds of changes in which only a number followed that of a clause: each kind stands in a list of its own."""


def diff_page(
    found: PlanChanges,
    language: str,
    *,
    shown: Sequence[str],
    remarks: Iterable[Labels] = (),
    clauses: Iterable[ClauseChange] = (),
    kind: str = "comparison",
) -> dict[str, Any]:
    """The page as plain data. `shown` names the two versions, empty where draft and date do; `clauses` adds what their redline says; `kind` may be what-if."""
    names, library = titles(found.new.library, PARTS), found.new.library
    views = {each.key: change_view(each, number, names, library, language) for number, each in enumerate(found.changes, 1)}
    rest = _with_clauses(views, clauses, language)
    for key, view in views.items():
        view["findings"] = [finding_change_view(each, language) for each in found.findings if each.cause == key]
        view["dates"] = [date_view(move, language) for move in found.dates if move.cause == key]
        view["decided"] = say_decision(found.decided[key], language) if key in found.decided else ""
        view["errors"] = any(each["error"] for each in view["findings"])
    changes = list(views.values())
    codes = {code for each in found.changes for code in (*each.more, *each.less)}
    return {
        "kind": "diff",
        "lang": BCP47[language],
        "words": every(language),
        "eyebrow": say(kind, language),
        "title": f"{say(kind, language)} – {found.new.plan.title.get(language) or found.new.plan.id}",
        "plan": found.new.plan.title.get(language) or found.new.plan.id,
        "headline": headline(found, language),
        "lead": list(_lead(found, language)),
        "versions": [_version(found, place, shown[place], language) for place in (0, 1)],
        "remarks": [remark[language] for remark in remarks],
        "groups": list(_groups(changes, language)),
        "dates": list(_dates(found, views, language)),
        "findings": [finding_change_view(each, language) for each in found.findings if not each.cause],
        "clauses": [clause_view(clause, language) for clause in rest if clause.kind not in FOLLOWED],
        **{name: [clause_view(clause, language) for clause in rest if clause.kind == name] for name in FOLLOWED},
        "sections": _sections(found, views, names, language),
        "count": len(changes),
        "filters": {
            "class": [(str(weight), say(str(weight), language)) for weight in Weight if any(found.of(weight))],
            "section": chosen(names, (part_of(each) for each in found.changes), language),
            "favours": chosen(library.favours, codes, language),
        },
    }


def headline(found: PlanChanges, language: str) -> str:
    """The comparison in one sentence: how much of it is substantive, and what, where it is one change."""
    total, grave = len(found.changes), list(found.of(Weight.SUBSTANTIVE))
    if not (total or found.findings or found.dates):
        return WORDS["none"][language]
    if len(grave) == 1:
        label = grave[0].label[language]
        if language == "zh":
            return f"共{total}项变更，其中1项为实质性变更——{label}"
        return f"One substantive change of {total} – {label}" if total > 1 else f"One change, and it is substantive – {label}"
    if language == "zh":
        return f"共{total}项变更，其中{len(grave)}项为实质性变更" if grave else f"共{total}项变更，均非实质性变更"
    some = f"{len(grave)} of {total} changes are substantive" if grave else f"{total} changes, none of them substantive"
    return some if total != 1 else "One change, and it is not substantive"


def _lead(found: PlanChanges, language: str) -> Iterator[dict[str, str]]:
    """Below the headline: who gains and who does not, what happens to dates, what to findings."""
    library, (more, less) = found.new.library, favoured(found)
    for sign, name, codes in (("▲", "more", more), ("▼", "less", less)):
        if codes:
            colon = word("colon", language)
            said = listed([library.favours[code][language] for code in codes], language)
            yield {"sign": sign, "text": f"{say(name, language)}{colon}{said}"}
    if found.dates:
        yield {"sign": "⇄", "text": _dates_said(found.dates, language), "href": "#at-dates"}
    counts = [
        (name, sum(each.appears is wanted for each in found.findings)) for name, wanted in (("appear", True), ("vanish", False))
    ]
    if said_findings := [_many(name, count, language) for name, count in counts if count]:
        yield {"sign": "!", "text": word("semicolon", language).join(said_findings)}


def _many(name: str, count: int, language: str) -> str:
    one, several, chinese = COUNTS[name]
    return f"{count}{chinese}" if language == "zh" else f"{count} {several if count > 1 else one}"


def _dates_said(moves: Sequence[DateMove], language: str) -> str:
    """How many dates move, and the greatest shifts: "13 dates move: up to 92 days later, up to 367 days earlier"."""
    count, most = _many("dates", len(moves), language), shifts(moves, language)
    return word("colon", language).join(filter(None, (count, most)))


def _version(found: PlanChanges, place: int, shown: str, language: str) -> dict[str, str]:
    version = (found.old, found.new)[place]
    plan = version.plan
    return {
        "name": say(("old", "new")[place], language),
        "shown": shown,
        "draft": f"第{plan.version}稿" if language == "zh" else f"draft {plan.version}",
        "day": say_date(plan.dated, language) if plan.dated else "",
        "library": version.library.label,
    }


def _groups(views: Sequence[dict[str, Any]], language: str) -> Iterator[dict[str, Any]]:
    for weight in Weight:
        changes = [view for view in views if view["weight"] == weight]
        if changes:
            yield {"weight": str(weight), "title": say(str(weight), language), "changes": changes}


def _dates(found: PlanChanges, views: dict[str, dict[str, Any]], language: str) -> Iterator[dict[str, Any]]:
    """The dates by the change they follow from, that with the greatest shift first; those of no single change last."""
    causes = dict.fromkeys(move.cause for move in found.dates)
    shift = {cause: max(abs(move.days or 0) for move in found.dates if move.cause == cause) for cause in causes}
    for cause in sorted(causes, key=lambda cause: (not cause, -shift[cause])):
        moves = [move for move in found.dates if move.cause == cause]
        yield {"cause": views.get(cause), "moves": [date_view(move, language) for move in moves]}


def _with_clauses(views: dict[str, dict[str, Any]], clauses: Iterable[ClauseChange], language: str) -> list[ClauseChange]:
    """Puts each clause below the first change that it follows from, and gives back those that follow from none."""
    places: dict[str, list[dict[str, Any]]] = {key: [] for key in views}
    rest: list[ClauseChange] = []
    for clause in clauses:
        key = next((cause for cause in clause.causes if cause in views), None)
        if key is None:
            rest.append(clause)
        else:
            places[key].append(clause_view(clause, language))
    for key, view in views.items():
        view["clauses"] = places[key]
        view["open"] = bool(view["clauses"]) and key.startswith("wording:")
        if view["open"]:
            view["words"] = []  # the clauses say the same, as printed
    return rest


def _sections(
    found: PlanChanges, views: dict[str, dict[str, Any]], names: dict[str, Labels], language: str
) -> list[dict[str, Any]]:
    """The sections in which something changed, each with links to its changes; its id is where a deep link lands."""
    made = []
    for ident, label in names.items():
        inside = [views[each.key] for each in found.changes if part_of(each) == ident]
        if inside:
            made.append({"id": ident, "title": counted(label, len(inside), language), "changes": inside})
    return made
