"""The sections that a Word file from elsewhere seems to have, as a table for a terminal, as Markdown and as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from tmp_builder.cli.output import Talk
from tmp_builder.cli.width import columns
from tmp_builder.recognise import Sure
from tmp_builder.vetting.outcome import Seen

SURE = {
    "en": {Sure.CERTAIN: "certain", Sure.LIKELY: "likely", Sure.POSSIBLE: "possible", None: "not found"},
    "zh": {Sure.CERTAIN: "确定", Sure.LIKELY: "很可能", Sure.POSSIBLE: "可能", None: "未发现"},
}
_COLOURS = {Sure.CERTAIN: "green", Sure.LIKELY: "green", Sure.POSSIBLE: "yellow", None: "red"}
LONGEST = 60


def table(talk: Talk, seen: Sequence[Seen]) -> None:
    """A line for each section on stdout: how sure, its title, where; what every plan needs is marked with an asterisk."""
    names, mark = SURE[talk.language], {True: "*", False: " "}
    first = max(columns(name) for name in names.values())
    second = max(columns(each.section.title[talk.language]) for each in seen)
    for each in seen:
        sure = each.found.sure if each.found else None
        title = each.section.title[talk.language]
        word = click.style(_padded(names[sure], first), fg=_COLOURS[sure] if each.always or sure else None)
        talk.result(f"{word}  {mark[each.always]} {_padded(title, second)}  {where(each, talk.language)}".rstrip())
    talk.result(talk.pick("* required in every plan", "* 为任何计划的必备部分"))


def _padded(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def where(each: Seen, language: str) -> str:
    """Where a section seems to stand, and by which words; for one that was not found, when a plan needs it."""
    zh = language == "zh"
    if each.found is None:
        return _when(each.section.required_when, language)
    found = each.found
    heading = found.heading if len(found.heading) <= LONGEST else found.heading[:LONGEST] + "…"
    parts = [f"第{found.paragraph}段" if zh else f"paragraph {found.paragraph}"]
    if heading:
        parts.append(f"“{heading}”")
    if found.empty:
        parts.append("标题下几乎没有内容" if zh else "next to no text below")
    if found.phrases:
        parts.append(("措辞：" if zh else "words: ") + ("、" if zh else ", ").join(found.phrases))
    return ("，" if zh else ", ").join(parts)


def _when(fact: str, language: str) -> str:
    """On what it depends whether a plan needs a section: the question about the fact, as the interview asks it."""
    from tmp_builder.plan.facts import NAMED_FACTS

    if fact not in NAMED_FACTS:
        return ""
    question = NAMED_FACTS[fact].question[language]
    return f"（是否必备取决于：{question}）" if language == "zh" else f"(required or not: {question})"


def markdown(talk: Talk, seen: Sequence[Seen]) -> str:
    """The same as a table of Markdown."""
    head = talk.pick("| Section | Required | How sure | Where |", "| 部分 | 必备 | 把握 | 位置 |")
    yes = talk.pick("always", "是")
    rows = [
        (
            each.section.title[talk.language],
            yes if each.always else "",
            SURE[talk.language][each.found.sure if each.found else None],
        )
        for each in seen
    ]
    lines = [f"| {' | '.join(map(_cell, (*row, where(each, talk.language))))} |" for row, each in zip(rows, seen, strict=True)]
    return "\n".join([head, "|---|---|---|---|", *lines])


def _cell(text: str) -> str:
    """A text within a table: no bar, no line break, no mark of HTML."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def data(each: Seen) -> dict[str, Any]:
    """A section as plain data; keys are never translated."""
    found = each.found
    return {
        "section": each.section.id,
        "title": dict(each.section.title),
        "required_when": each.section.required_when,
        "sure": str(found.sure) if found else None,
        "heading": found.heading if found else "",
        "paragraph": found.paragraph if found else 0,
        "phrases": list(found.phrases) if found else [],
        "empty": found.empty if found else False,
    }
