"""What stands before the first section: the cover, and the table of contents with its pages."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.document.nodes import COME, GONE, CoverParty, Texts
from tmp_builder.language import word
from tmp_builder.writers.contents import Listed, listed, mark_of, number_of, title_of
from tmp_builder.writers.html.front import look_of
from tmp_builder.writers.html.setting import Setting
from tmp_builder.writers.html.words import spoken, standing
from tmp_builder.writers.legend import legend as legend_of
from tmp_builder.writers.once import said_once
from tmp_builder.writers.typst.body import noted
from tmp_builder.writers.typst.markup import array, block, call, literal
from tmp_builder.writers.typst.words import LOOKS, each, flat, within, words

APART = "h(.8em)"
"""What stands between the languages of a line of the cover."""


def legend(setting: Setting) -> Iterator[str]:
    """How to read a redline, above its cover."""
    said = [(language, legend_of(setting.document, language)) for language in setting.languages]
    found = [call("par", within(language, literal(text), setting)) for language, text in said if text]
    if found:
        yield call("legend", block(found))


def cover(setting: Setting) -> str:
    """Kind, title, parties with their roles, status lines, and the notice at the foot."""
    node = setting.document.cover
    notes = [within(language, note, setting) for language in setting.languages for note in noted("", language, setting)]
    return call(
        "cover",
        literal(look_of(node)),
        each(node.kind, setting),
        _name(node.title, setting),
        _title(node.title, setting),
        block(notes) if notes else "none",
        _between(setting) if node.parties else "none",
        array(_party(party, setting) for party in node.parties),
        array(flat(line, setting, APART) for line in node.lines),
        each(node.notice, setting) if spoken(node.notice, setting) else "none",
    )


def alone(setting: Setting) -> str:
    """The title above a document that is one page of another; above a sheet also what it is, its state and its notice."""
    node = setting.document.cover
    if not setting.document.sheet:
        return call("alone", _name(node.title, setting), flat(node.title, setting, "h(.6em)"))
    state = [part for line in (node.title, *node.lines) for part in ('" · "', flat(line, setting, APART))][1:]
    return call("sheet-head", _name(node.kind, setting), flat(node.kind, setting), block(state), each(node.notice, setting))


def contents(setting: Setting) -> str:
    """The table of contents: number and title in every language, each a link, and the page."""
    document = setting.document
    said = [(language, word("contents", language)) for language in setting.languages]
    shown = call("inline", *(within(language, literal(text), setting) for language, text in said))
    return call(
        "contents", literal(" ".join(text for _, text in said)), shown, *(_entry(node, setting) for node in listed(document))
    )


def _name(texts: Texts, setting: Setting) -> str:
    """A title as its entry in the outline."""
    said = " ".join(standing(said.inlines) for said in said_once(texts, setting.languages))
    return literal(said, unbroken=len(said) + 1)


def _title(texts: Texts, setting: Setting) -> str:
    """The title in every language, one below the other, further ones smaller."""
    found = [
        within(said.language, words(said.inlines, setting, unbroken=20), setting) for said in said_once(texts, setting.languages)
    ]
    return call("titles", *found)


def _between(setting: Setting) -> str:
    said = [within(language, literal(word("between", language)), setting) for language in setting.languages]
    return call("inline", *said)


def _party(party: CoverParty, setting: Setting) -> str:
    role = flat(party.role, setting, APART) if spoken(party.role, setting) else "none"
    return array((flat(party.name, setting, APART), role))


def _entry(node: Listed, setting: Setting) -> str:
    """One line of the contents; what is gone has neither link nor page."""
    title, mark = title_of(node), mark_of(node)
    gone = mark in GONE
    anchor = "" if gone else setting.anchors[node.id]
    said: list[str] = []
    for language in setting.languages:
        number, name = standing(number_of(node, language)), literal(standing(title.get(language, ())))
        glue = "" if number.endswith("：") else " "
        if number and not said and not number.endswith((":", "：")):
            shown = call("tab", "3.6em" if language == "zh" else "2em", literal(number), name)
        else:
            shown = block((literal(number + glue), name)) if number else name
        linked = call(LOOKS[mark], shown) if gone else call("to", literal(anchor), shown)
        second = call("second", linked) if said and not gone else linked
        said.append(within(language, second, setting))
    entry = block(part for index, part in enumerate(said) for part in (("h(.7em)", part) if index else (part,)))
    return call("entry", literal(anchor), entry, *((f"look:{LOOKS[mark]}",) if mark in COME else ()))
