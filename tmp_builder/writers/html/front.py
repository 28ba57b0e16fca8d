"""What stands before the first section: the cover, and the table of contents."""

from __future__ import annotations

from tmp_builder.document.nodes import Cover, CoverParty, Schedule, Section, Texts
from tmp_builder.document.walk import plain
from tmp_builder.language import word
from tmp_builder.writers.flow import reserved
from tmp_builder.writers.html.body import noted
from tmp_builder.writers.html.setting import Setting
from tmp_builder.writers.html.words import each, escape, flat, spoken
from tmp_builder.writers.numbers import schedule_number, section_number

SHORT = 8
"""With up to so many parties the notice stands at the foot of the cover."""


def cover(setting: Setting) -> str:
    """Kind, title, parties with their roles, status lines, and the notice at the foot."""
    node = setting.document.cover
    lines = "".join(f"<li>{flat(line, setting)}</li>" for line in node.lines)
    status = f'<ul class="status">{lines}</ul>' if lines else ""
    look = "cover short" if len(node.parties) <= SHORT else "cover"
    notes = "".join(noted("", language, setting) for language in setting.languages)
    notice = f'<div class="notice">{each(node.notice, setting)}</div>' if spoken(node.notice, setting) else ""
    return (
        f'<header class="{look}"><div class="kind">{each(node.kind, setting)}</div>'
        f"<h1>{flat(node.title, setting)}</h1>{notes}{_parties(node, setting)}{status}{notice}</header>"
    )


def alone(setting: Setting) -> str:
    """The title above a document that is one page of another."""
    return f'<header class="alone"><h1>{flat(setting.document.cover.title, setting)}</h1></header>'


def contents(setting: Setting) -> str:
    """The table of contents; page numbers are added where there are pages."""
    document = setting.document
    entries = [
        *(_section_entry(section, setting) for section in document.sections),
        *([_entry(document.signing.id, {}, document.signing.title, setting)] if document.signing.title else []),
        *(_schedule_entry(schedule, setting) for schedule in document.schedules),
        *(_entry(annex.id, {}, annex.title, setting) for annex in document.annexes),
    ]
    title = " ".join(f"<span{setting.lang(language)}>{word('contents', language)}</span>" for language in setting.languages)
    return f'<nav class="contents" aria-labelledby="contents"><h2 id="contents">{title}</h2><ul>{"".join(entries)}</ul></nav>'


def _parties(node: Cover, setting: Setting) -> str:
    if not node.parties:
        return ""
    between = " ".join(f"<span{setting.lang(language)}>{word('between', language)}</span>" for language in setting.languages)
    return f'<p class="between">{between}</p><ul class="parties">{"".join(_party(party, setting) for party in node.parties)}</ul>'


def _party(party: CoverParty, setting: Setting) -> str:
    return f'<li><p class="name">{flat(party.name, setting)}</p><p class="role">{flat(party.role, setting)}</p></li>'


def _section_entry(section: Section, setting: Setting) -> str:
    numbers = {language: section_number(section, language) for language in setting.languages}
    return _entry(section.id, numbers, reserved() if section.reserved else section.title, setting)


def _schedule_entry(schedule: Schedule, setting: Setting) -> str:
    numbers = {language: schedule_number(schedule, language).rstrip() for language in setting.languages}
    return _entry(schedule.id, numbers, schedule.title, setting)


def _entry(node_id: str, numbers: dict[str, str], title: Texts, setting: Setting) -> str:
    """One line: number and title in every language, each a link of nothing but words, or a PDF of it could not be tagged."""
    said: list[str] = []
    for language in setting.languages:
        number = numbers.get(language, "")
        glue = "" if number.endswith("：") else " " if said or number.endswith(":") else "\t"
        words = escape(number) + (glue if number else "") + escape(plain(title.get(language, ())))
        said.append(f'<a href="#{setting.anchors[node_id]}"{setting.lang(language)}>{words}</a>')
    return f"<li>{' '.join(said)}</li>"
