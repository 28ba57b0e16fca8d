"""Whether every card holds its whole text in both languages, and whether its parameters stand in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from statistics import median

from tmp_builder.document.nodes import Blank, Block, Clause, Inlines
from tmp_builder.document.walk import blocks, texts_of
from tmp_builder.findings import Place, Severity
from tmp_builder.library.care.catalogue import Hit, check
from tmp_builder.library.care.shelf import Shelf
from tmp_builder.library.schema import Option, Parameter
from tmp_builder.values import Spec, out_of_range

LEAST = {"en": 80, "zh": 130}
"""English words and Chinese characters below which a main option cannot hold its whole legal content."""
LEAST_MEDIAN = 150
"""English words: the median of all cards of a library that can be signed."""
LONGEST_LABEL = {"en": 60, "zh": 30}


@check("LIB-01", Severity.ERROR)
def prose_parses(shelf: Shelf) -> Iterator[Hit]:
    """The legal text of every card can be read, with the same items, blanks and references in both languages."""
    for option in shelf.library.options.values():
        for fault in option.prose.faults:
            yield Hit(fault.message, f"正文无法读取：{fault.message}", fault.place, fault.hint, fault.hint, option.id)


@check("LIB-02", Severity.ERROR)
def texts_have_substance(shelf: Shelf) -> Iterator[Hit]:
    """A main option has at least 80 English words and 130 Chinese characters; for an add-on fewer are a warning.

    Why: a card of one sentence leaves who, when and what-if to the next quarrel.
    """
    for option in shelf.readable:
        for language, length in lengths(shelf, option).items():
            if length < LEAST[language]:
                unit = "words" if language == "en" else "characters"
                yield Hit(
                    f"{option.id}: the {'English' if language == 'en' else 'Chinese'} text has {length} {unit}, "
                    f"at least {LEAST[language]} are needed",
                    f"{option.id}：{'英文' if language == 'en' else '中文'}文本仅{length}{'词' if language == 'en' else '字'}，"
                    f"至少应有{LEAST[language]}{'词' if language == 'en' else '字'}",
                    Place(option.place.file, option.lines.get(f"text.{language}", 1)),
                    "Say who does what, by when, and what follows if not.",
                    "写明由谁、何时、做什么，以及未做到的后果。",
                    option.id,
                    None if option.id in shelf.main else Severity.WARNING,
                )


def lengths(shelf: Shelf, option: Option) -> dict[str, int]:
    """English words and Chinese characters of the legal text of an option; a mark counts as nothing."""
    words = {"en": 0, "zh": 0}
    for passage in shelf.by_owner.get(option.id, ()):
        if passage.kind == "text":
            pattern = r"[A-Za-z][\w’'-]*" if passage.language == "en" else r"[\u3400-\u9fff]"
            words[passage.language] += len(re.findall(pattern, passage.text))
    return words


def median_words(shelf: Shelf) -> float:
    """The median number of English words of the cards; 0 for a library without cards."""
    return median([lengths(shelf, option)["en"] for option in shelf.readable] or [0])


@check("LIB-03", Severity.WARNING)
def the_median_is_real(shelf: Shelf) -> Iterator[Hit]:
    """The median card has at least 150 English words."""
    middle = median_words(shelf)
    if shelf.readable and middle < LEAST_MEDIAN:
        place = next(iter(shelf.library.sections.values())).place
        yield Hit(
            f"the median card has {middle:g} English words, at least {LEAST_MEDIAN} are expected",
            f"条款卡英文词数的中位数为{middle:g}，应不少于{LEAST_MEDIAN}",
            Place(place.file.rpartition("/")[0].rpartition("/")[0]),
        )


@check("LIB-04", Severity.ERROR)
def parameters_stand_in_the_text(shelf: Shelf) -> Iterator[Hit]:
    """Every parameter stands in the text, equally often in both languages; every blank has its parameter; records stand alone.

    Why: a value that is asked and never printed misleads; a blank that nobody can fill stays a gap for ever; a list of records
    prints as a table and cannot stand in a sentence.
    """
    for option in shelf.readable:
        used = {language: Counter(_blanks(option, language)) for language in option.texts}
        for name in sorted(set().union(*used.values()) - set(option.parameters)):
            yield _hit(
                option,
                f"the blank “{{{{ {name} }}}}” has no parameter",
                f"空白“{{{{ {name} }}}}”没有对应的参数",
                f"text.{min(used)}",
            )
        for name, parameter in option.parameters.items():
            counts = {language: used[language][name] for language in used}
            if not all(counts.values()):
                yield _hit(
                    option, f"the parameter “{name}” stands in no text", f"参数“{name}”未在正文中使用", f"parameters.{name}"
                )
            elif len(set(counts.values())) > 1:
                en, zh = f"“{name}” stands more often in one language", f"“{name}”在两种文字中出现的次数不同"
                yield _hit(option, en, zh, f"parameters.{name}")
            if parameter.spec.is_records and name in _inside_sentences(option):
                en, zh = f"the list of records “{name}” must stand alone in its item", f"记录列表“{name}”须单独成项"
                yield _hit(option, en, zh, f"parameters.{name}")


def _hit(option: Option, en: str, zh: str, key: str) -> Hit:
    return Hit(f"{option.id}: {en}", f"{option.id}：{zh}", Place(option.place.file, option.lines.get(key, 1)), owner=option.id)


def _inlines(option: Option, language: str) -> Iterator[tuple[Block, Inlines]]:
    for clause in option.clauses:
        for block in (clause, *blocks(clause)):
            for texts in texts_of(block):
                yield block, texts.get(language, ())


def _blanks(option: Option, language: str) -> Iterator[str]:
    return (inline.name for _, inlines in _inlines(option, language) for inline in inlines if isinstance(inline, Blank))


def _inside_sentences(option: Option) -> set[str]:
    """The blanks that share their item with words or with sub-items."""
    found: set[str] = set()
    for language in option.texts:
        for block, inlines in _inlines(option, language):
            alone = len(inlines) == 1 and isinstance(block, Clause) and not block.children
            if not alone:
                found |= {inline.name for inline in inlines if isinstance(inline, Blank)}
    return found


@check("LIB-05", Severity.ERROR)
def defaults_fit(shelf: Shelf) -> Iterator[Hit]:
    """A default lies in its range; a parameter that repeats a fact has none; a choice speaks in both languages or in none."""
    for option in shelf.library.options.values():
        for parameter in option.parameters.values():
            yield from _default(option, parameter)


def _default(option: Option, parameter: Parameter) -> Iterator[Hit]:
    key = f"parameters.{parameter.name}"
    name = parameter.name
    if parameter.default is not None and out_of_range(parameter.spec, parameter.default):
        yield _hit(option, f"the default of “{name}” lies outside its range", f"“{name}”的默认值超出范围", key)
    if parameter.fact and parameter.default is not None:
        yield _hit(option, f"“{name}” repeats a fact and cannot have a default", f"“{name}”取自既有事实，不应有默认值", key)
    for value in _half_said(parameter.spec):
        yield _hit(
            option,
            f"“{name}”: the value “{value}” says something in one language only",
            f"“{name}”的取值“{value}”仅有一种文字的表述",
            key,
        )


def _half_said(spec: Spec) -> Iterator[str]:
    choices = {**spec.choices, **(spec.of.choices if spec.of else {})}
    return (value for value, choice in choices.items() if bool(choice.say.get("en")) != bool(choice.say.get("zh")))


@check("LIB-06", Severity.WARNING)
def labels_are_short(shelf: Shelf) -> Iterator[Hit]:
    """The label of an option fits a line: at most 60 English or 30 Chinese characters."""
    for option in shelf.library.options.values():
        for language, limit in LONGEST_LABEL.items():
            label = option.label[language]
            if len(label) > limit:
                en, zh = (
                    f"its label has {len(label)} characters, at most {limit} fit a line",
                    f"标题有{len(label)}字，至多{limit}字",
                )
                yield _hit(option, en, zh, "label")


@check("LIB-27", Severity.ERROR)
def figures_agree(shelf: Shelf) -> Iterator[Hit]:
    """An item holds the same figures in both languages: “sixty (60) days” beside 六十（60）日.

    Why: where the two texts differ, each side relies on its own (CNCC Art. 466 presumes that they mean the same).
    """
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    places: dict[tuple[str, str], Place] = {}
    for passage in shelf.passages_in("text"):
        key = (passage.owner, passage.item)
        places[key] = passage.place()
        found.setdefault(key, {"en": [], "zh": []})[passage.language] += re.findall(r"\d+(?:[.,]\d+)*", passage.text)
    for (owner, item), figures in found.items():
        if sorted(figures["en"]) != sorted(figures["zh"]):
            shown = " / ".join(", ".join(figures[language]) or "–" for language in ("en", "zh"))
            en, zh = f"{owner}#{item}: the figures differ: {shown}", f"{owner}#{item}：两种文字中的数字不一致：{shown}"
            yield Hit(
                en, zh, places[owner, item], "Write the same figures in both languages.", "两种文字应写明相同的数字。", owner
            )
