"""The page of a history: sections by drafts in one table, then the drafts one by one with who changed what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from tmp_builder.compare.changes import Weight
from tmp_builder.compare.history import LETTERS, PARTS, WORDS, History, Step, Track, part_of
from tmp_builder.compare.page.clauses import SIGNS
from tmp_builder.compare.page.parts import change_view, chosen, titles
from tmp_builder.compare.page.words import every, say
from tmp_builder.language import BCP47, say_date, word
from tmp_builder.library.schema import Labels, Library


def history_page(found: History, library: Library, plan: str, language: str) -> dict[str, Any]:
    """The page as plain data; `plan` is what the file is called."""
    names = titles(library, PARTS)
    changes = [change for step in found.steps for change in step.changes]
    authors = dict.fromkeys(step.draft.revision.author for step in found.steps)
    return {
        "kind": "history",
        "lang": BCP47[language],
        "words": every(language),
        "eyebrow": say("history", language),
        "title": f"{say('history', language)} – {plan}",
        "plan": plan,
        "headline": headline(found, plan, language),
        "lead": list(_lead(found, language)),
        "days": [
            {"id": f"draft-{number}", "number": number, "day": step.draft.revision.day}
            for number, step in enumerate(found.steps, 1)
        ],
        "tracks": [_track(track, found, language) for track in found.tracks],
        "steps": list(_steps(found, names, library, language)),
        "count": len(found.steps),
        "letters": [(LETTERS[weight], say(str(weight), language)) for weight in Weight],
        "unread": any(step.draft.plan is None for step in found.steps),
        "filters": {
            "section": chosen(names, map(part_of, changes), language),
            "class": [(str(w), say(str(w), language)) for w in Weight if any(change.weight is w for change in changes)],
            "author": [(author, author) for author in authors] if len(authors) > 1 else [],
        },
    }


def headline(found: History, plan: str, language: str) -> str:
    """How many drafts, and how many changes to rights and duties."""
    grave = [change for step in found.steps for change in step.changes if change.weight is Weight.SUBSTANTIVE]
    places = len({part_of(change) for change in grave})
    count, many = len(found.steps), len(grave)
    if language == "zh":
        tail = f"{many}项实质性变更，涉及{places}个部分" if many else "没有实质性变更"
        return f"{plan}共{count}稿：{tail}"
    drafts = f"{count} draft{'' if count == 1 else 's'} of {plan}"
    if not many:
        return f"{drafts}: no substantive change"
    return f"{drafts}: {many} substantive change{'s' if many > 1 else ''} in {places} section{'s' if places > 1 else ''}"


def _lead(found: History, language: str) -> Iterator[dict[str, str]]:
    """From when to when, and what stood open longest or still does."""
    days = [_day(step, language) for step in found.steps]
    yield {"sign": "⇄", "text": f"{days[0]} – {days[-1]}"}
    colon = word("colon", language)
    still = [track for track in found.tracks if track.still_open]
    longest = max((track for track in found.tracks if track.days_open), key=lambda track: track.days_open, default=None)
    for track in still or ([longest] if longest else []):
        said = WORDS["still" if track.still_open else "open"][language].format(days=track.days_open)
        yield {"sign": "o", "text": f"{track.label[language]}{colon}{said}"}


def _day(step: Step, language: str) -> str:
    return say_date(date.fromisoformat(step.draft.revision.day), language)


def _track(track: Track, found: History, language: str) -> dict[str, Any]:
    """A row of the table: a cell per draft with its letter, its meaning in words, and whether the section was open."""
    changed = [place for place, weight in enumerate(track.weights) if weight]
    last = found.steps[changed[-1]] if changed else None
    return {
        "id": track.id,
        "label": track.label[language],
        "cells": [
            _cell(weight, opened, step, language)
            for weight, opened, step in zip(track.weights, track.open, found.steps, strict=True)
        ],
        "last": last.draft.revision.day if last else "",
        "author": last.draft.revision.author if last else "",
        "days_open": track.days_open,
        "still_open": bool(track.open and track.still_open),
    }


def _cell(weight: Weight | None, opened: bool, step: Step, language: str) -> dict[str, str]:
    """What happened in one draft: a class, or that it was open; a draft that cannot be read is not one without a change."""
    if step.draft.plan is None:
        return {"look": "", "letter": "?", "said": say("unread", language)}
    look = str(weight) if weight else "open" if opened else ""
    return {
        "look": look,
        "letter": LETTERS[weight] if weight else "o" if opened else "",
        "said": say(look, language) if look else "",
    }


def _steps(found: History, names: dict[str, Labels], library: Library, language: str) -> Iterator[dict[str, Any]]:
    """The drafts, oldest first; their changes are numbered through, so that each has its own link."""
    number = 0
    for place, step in enumerate(found.steps, 1):
        revision, plan = step.draft.revision, step.draft.plan
        views = []
        for change in step.changes:
            number += 1
            views.append(change_view(change, number, names, library, language))
        gravest = min((change.weight for change in step.changes), key=lambda weight: weight.rank, default=None)
        yield {
            "id": f"draft-{place}",
            "number": place,
            "day": _day(step, language),
            "commit": revision.short,
            "author": revision.author,
            "subject": revision.subject,
            "draft": WORDS["draft"][language].format(version=plan.version) if plan else "",
            "fault": WORDS["unreadable"][language].format(why=step.draft.fault) if plan is None else "",
            "remark": "" if plan is None or views else say("first-draft" if place == 1 else "same", language),
            "sign": SIGNS[gravest] if gravest else "",
            "changes": views,
        }
