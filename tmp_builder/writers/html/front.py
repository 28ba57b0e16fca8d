"""What stands before the first section: the cover, and the table of contents."""

from __future__ import annotations

from tmp_builder.document.nodes import COME, GONE, MOVED_FROM, MOVED_TO, Cover, CoverParty
from tmp_builder.document.walk import plain
from tmp_builder.language import columns, word
from tmp_builder.writers.contents import Listed, listed, mark_of, number_of, title_of
from tmp_builder.writers.html.body import noted
from tmp_builder.writers.html.setting import Setting
from tmp_builder.writers.html.words import each, escape, flat, spoken, standing

SHORT, TITLE = 4, 60
"""With up to so many parties, and a title of so many characters (a Chinese one counts as two), the notice stands at the foot;
with more parties each takes one line, so that the cover stays one page."""


def cover(setting: Setting) -> str:
    """Kind, title, parties with their roles, status lines, and the notice at the foot."""
    node = setting.document.cover
    lines = "".join(f"<li>{flat(line, setting)}</li>" for line in node.lines)
    status = f'<ul class="status">{lines}</ul>' if lines else ""
    look = f"cover {look_of(node)}".rstrip()
    notes = "".join(noted("", language, setting) for language in setting.languages)
    notice = f'<div class="notice">{each(node.notice, setting)}</div>' if spoken(node.notice, setting) else ""
    return (
        f'<header class="{look}"><div class="kind">{each(node.kind, setting)}</div>'
        f"<h1>{flat(node.title, setting)}</h1>{notes}{_parties(node, setting)}{status}{notice}</header>"
    )


def look_of(node: Cover) -> str:
    """How full a cover is: `many` gives each party one line, `short` leaves the foot free for the notice, any other has no name."""
    if len(node.parties) > SHORT:
        return "many"
    widest = max((columns(plain(title)) for title in node.title.values()), default=0)
    return "short" if widest <= TITLE else ""


def alone(setting: Setting) -> str:
    """The title above a document that is one page of another; above a sheet also what it is, its state and its notice."""
    if setting.document.sheet:
        return _sheet(setting.document.cover, setting)
    return f'<header class="alone"><h1>{flat(setting.document.cover.title, setting)}</h1></header>'


def _sheet(node: Cover, setting: Setting) -> str:
    status = " · ".join(flat(line, setting) for line in (node.title, *node.lines))
    return (
        f'<header class="alone"><h1>{flat(node.kind, setting)}</h1>'
        f'<p class="status">{status}</p><div class="notice">{each(node.notice, setting)}</div></header>'
    )


def contents(setting: Setting) -> str:
    """The table of contents; page numbers are added where there are pages."""
    document = setting.document
    entries = "".join(_entry(node, setting) for node in listed(document))
    title = " ".join(f"<span{setting.lang(language)}>{word('contents', language)}</span>" for language in setting.languages)
    return f'<nav class="contents" aria-labelledby="contents"><h2 id="contents">{title}</h2><ul>{entries}</ul></nav>'


def _parties(node: Cover, setting: Setting) -> str:
    if not node.parties:
        return ""
    between = " ".join(f"<span{setting.lang(language)}>{word('between', language)}</span>" for language in setting.languages)
    return f'<p class="between">{between}</p><ul class="parties">{"".join(_party(party, setting) for party in node.parties)}</ul>'


def _party(party: CoverParty, setting: Setting) -> str:
    return f'<li><p class="name">{flat(party.name, setting)}</p><p class="role">{flat(party.role, setting)}</p></li>'


def _entry(node: Listed, setting: Setting) -> str:
    """One line: number and title in every language, each a link of nothing but words, or a PDF of it could not be tagged."""
    said: list[str] = []
    title, mark = title_of(node), mark_of(node)
    moved = ' class="moved"' if mark in (MOVED_FROM, MOVED_TO) else ""
    for language in setting.languages:
        number = standing(number_of(node, language))
        glue = "" if number.endswith("：") else " " if said or number.endswith(":") else "\t"
        words = escape(number) + (glue if number else "") + escape(standing(title.get(language, ())))
        if mark in GONE:
            said.append(f"<del{moved}{setting.lang(language)}>{words}</del>")
        else:
            said.append(f'<a href="#{setting.anchors[node.id]}"{setting.lang(language)}>{words}</a>')
    entry = " ".join(said)
    return f"<li><ins{moved}>{entry}</ins></li>" if mark in COME else f"<li>{entry}</li>"
