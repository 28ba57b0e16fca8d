"""One card, readable in a terminal: what it does, its values, what it needs, both texts with their blanks named."""

from __future__ import annotations

from collections.abc import Iterator

import click

from tmp_builder.cli.output import Talk
from tmp_builder.cli.width import fold
from tmp_builder.document.nodes import Blank, Clause, FactBlank, Inline, Inlines, Reference, Table
from tmp_builder.document.walk import plain
from tmp_builder.language import NAMES, label
from tmp_builder.library.listing import favours_words, option_words, relation_words, source_words
from tmp_builder.library.schema import Library, Option, Parameter
from tmp_builder.plan.conditions import CONDITIONS
from tmp_builder.plan.printed import PRINTED_FACTS
from tmp_builder.values import Spec


def card_lines(library: Library, option: Option, talk: Talk, width: int) -> Iterator[str]:
    """The lines of a card; `width` in columns, 0 for no folding."""
    yield from _head(library, option, talk, width)
    yield from _parameters(option, talk, width)
    yield from _relations(library, option, talk, width)
    for language in option.texts:
        yield ""
        yield _heading(talk.pick(f"Text, {NAMES['en'][language]}", f"{NAMES['zh'][language]}文本"))
        for number, clause in enumerate(option.clauses, 1):
            yield from _clause(library, option, clause, f"{number}.  ", "", language, width)
    for language, text in option.guidance.items():
        yield ""
        yield _heading(
            talk.pick(f"Guidance, {NAMES['en'][language]} (no part of the text)", f"{NAMES['zh'][language]}说明（不属于正文）")
        )
        for paragraph in _paragraphs(text):
            yield fold(paragraph, width, "  ")


def _heading(text: str) -> str:
    return click.style(text, bold=True)


def _head(library: Library, option: Option, talk: Talk, width: int) -> Iterator[str]:
    lang = talk.language
    section = library.sections[option.section]
    slot = section.slot_of(option.id)
    yield _heading(fold(f"{option.label['en']} · {option.label['zh']}", width, f"{option.id}  ", "    "))
    yield fold(f"{section.domain_id} {section.title[lang]}{talk.pick(', ', '，')}{slot.label[lang]}", width, "  ")
    for name, words in (
        (talk.pick("Effect", "效果"), option.effect[lang]),
        (talk.pick("Use when", "适用"), option.use_when[lang]),
        (talk.pick("Favours", "有利于"), favours_words(library, option, lang)),
    ):
        yield fold(words, width, f"  {name}: " if lang == "en" else f"  {name}：")
    if option.overridable:
        yield fold(talk.pick("A project may deviate from it.", "项目可以另行约定。"), width, "  ")


def _parameters(option: Option, talk: Talk, width: int) -> Iterator[str]:
    if option.parameters:
        yield ""
        yield _heading(talk.pick("Values", "参数"))
    for name, parameter in option.parameters.items():
        yield fold(f"{parameter.label[talk.language]}: {_about(parameter, talk)}", width, f"  {name}  ", "      ")
        for key, choice in parameter.spec.choices.items():
            yield fold(choice.label[talk.language], width, f"      {key}: ")


KINDS_ZH = {
    "days": "日数",
    "working-days": "工作日数",
    "months": "月数",
    "years": "年数",
    "percent": "百分比",
    "decimal": "小数",
    "integer": "整数",
    "fraction": "分数",
    "money": "金额",
    "date": "日期",
    "text": "文字",
    "party": "成员单位",
    "territory": "国家或地区",
    "choice": "选择",
    "list": "列表",
}
"""The kinds of values as Chinese readers call them; in English their ids are plain words."""


def _about(parameter: Parameter, talk: Talk) -> str:
    if parameter.fact:
        fact = PRINTED_FACTS[parameter.fact][1][talk.language] if parameter.fact in PRINTED_FACTS else parameter.fact
        return talk.pick(f"the plan's own “{fact}”, never asked", f"取自本计划的“{fact}”，不另行填写")
    parts = [talk.pick(parameter.spec.kind, KINDS_ZH[parameter.spec.kind])]
    bounds = _bounds(parameter.spec, talk)
    if bounds:
        parts.append(bounds)
    if parameter.default is not None:
        from tmp_builder.plan.profiles import as_written

        parts.append(talk.pick(f"default {as_written(parameter.default)}", f"默认值{as_written(parameter.default)}"))
    if parameter.spec.optional:
        parts.append(talk.pick("may stay empty", "可以留空"))
    return talk.pick(", ", "，").join(parts)


def _bounds(spec: Spec, talk: Talk) -> str:
    if spec.allowed:
        listed = ", ".join(str(value) for value in spec.allowed)
        return talk.pick(f"one of {listed}", f"取值{listed}")
    if spec.low is None and spec.high is None:
        return ""
    low, high = ("…" if bound is None else str(bound) for bound in (spec.low, spec.high))
    return talk.pick(f"{low} to {high}", f"{low}至{high}")


def _relations(library: Library, option: Option, talk: Talk, width: int) -> Iterator[str]:
    lang = talk.language
    groups = [
        (
            talk.pick("Needs", "需要"),
            [relation_words(library, option.id, relation, lang, CONDITIONS) for relation in option.needs],
        ),
        (talk.pick("Conflicts with", "与下列相互排斥"), list(_conflicts(library, option, lang))),
        (talk.pick("Rests on", "依据"), [source_words(library, entry, lang) for entry in option.sources]),
    ]
    for name, lines in groups:
        if lines:
            yield ""
            yield _heading(name)
            for line in lines:
                yield fold(line, width, "  - ")


def _conflicts(library: Library, option: Option, language: str) -> Iterator[str]:
    """Conflicts read in both directions: those of the card, and the cards that name it."""
    for owner, relation in library.conflicts.get(option.id, ()):
        if owner == option.id:
            yield relation_words(library, owner, relation, language, CONDITIONS)
        else:
            yield option_words(library, owner, language)


def _clause(
    library: Library, option: Option, clause: Clause, number: str, indent: str, language: str, width: int
) -> Iterator[str]:
    yield fold(_words(library, option, clause.texts[language], language), width, f"  {indent}{number}")
    inner = indent + "    "
    children = [child for child in clause.children if isinstance(child, Clause)]
    for child in clause.children:
        if isinstance(child, Clause):
            yield from _clause(
                library, option, child, label(children.index(child) + 1, child.level, language) + " ", inner, language, width
            )
        elif isinstance(child, Table):
            for cells in ([column.header for column in child.columns], *(row.cells for row in child.rows)):
                yield f"  {inner}" + " | ".join(_words(library, option, cell[language], language) for cell in cells)
        else:
            yield fold(_words(library, option, getattr(child, "texts", {}).get(language, ()), language), width, f"  {inner}")


def _words(library: Library, option: Option, inlines: Inlines, language: str) -> str:
    return "".join(_inline(library, option, inline, language) for inline in inlines)


def _inline(library: Library, option: Option, inline: Inline, language: str) -> str:
    match inline:
        case Blank(name=name):
            parameter = option.parameters.get(name)
            return f"‹{parameter.label[language] if parameter else name}›"
        case FactBlank(name=name):
            return f"‹{PRINTED_FACTS[name][1][language] if name in PRINTED_FACTS else name}›"
        case Reference(target=target):
            return f"‹{_target(library, target, language)}›"
        case _:
            return plain((inline,))


def _target(library: Library, target: str, language: str) -> str:
    """What a reference points to, by its title: numbers exist only in a document."""
    kind, _, name = target.partition(":")
    if kind == "section" and name in library.sections:
        return (
            f"Clause “{library.sections[name].title[language]}”"
            if language == "en"
            else f"“{library.sections[name].title[language]}”条"
        )
    if kind == "schedule" and name in library.schedules:
        title = library.schedules[name].title[language]
        return f"Schedule “{title}”" if language == "en" else f"附件“{title}”"
    return f"Clause {target}" if language == "en" else f"条款{target}"


def _paragraphs(text: str) -> list[str]:
    """The paragraphs and bullets of guidance, each as one line, without the marks of Markdown."""
    found: list[str] = []
    for block in text.split("\n\n"):
        lines = block.strip().split("\n")
        for line in lines:
            bullet = line.startswith(("- ", "* "))
            words = line.strip().replace("**", "")
            if bullet or not found or line is lines[0]:
                found.append(words)
            else:
                found[-1] += ("" if words[:1] and not words[0].isascii() else " ") + words
    return [line for line in found if line]
