"""STR-06 to STR-08: the text of the document: references, languages, defined terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tmp_builder.assemble.refer import dangling
from tmp_builder.document.nodes import Clause, Inline, Inlines, Term, Text, Texts
from tmp_builder.document.walk import plain, texts_of
from tmp_builder.findings import Force, Severity
from tmp_builder.language import LANGUAGES
from tmp_builder.library.terms import finder, forms_of
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.structure.absent_rows import Absent, absent_rows

_CAPITALISED = re.compile(r"(?<=[a-z,;] )((?:[A-Z][a-z]+ )+[A-Z][a-z]+)\b")


@rule("STR-06", Severity.ERROR, Force.CONTRACT, "house rule: every reference leads to a part of the same plan")
def references_resolve(case: Case) -> Iterator[Hit]:
    """Every reference leads to a clause, section or schedule of this document, in both languages; every cell that names a
    project or a row leads to one.

    Why: a reference to a clause that fell out changes what the sentence says; a row that names a project which is not
    there falls out of every rule and date of that project.
    Bad: bespoke wording that refers to an option the plan does not choose; `project_id: P7` where the plan has P1 and P2.
    Good: a reference to a clause that is there; `project_id: P1`.
    Decision: looked at are the cells that name projects or rows of another register, the rights that a licence names,
    and the object of an event that is an item or a metric. A name of no member is refused when the plan is read.
    """
    own = _own(case)
    for clause in case.clauses:
        for target in sorted({target for texts in _texts(clause) for inlines in texts.values() for target in dangling(inlines)}):
            yield Hit(
                f"clause {case.numbers[clause.id]} refers to “{target}”, which is not in this document",
                f"第{case.numbers[clause.id]}条引用了“{target}”，但本文件中没有该内容",
                own.get(clause.origin, f"choices.{clause.origin.partition('.')[0]}"),
                clause.id,
                fix=fix("Choose the option that the text refers to, or change the wording.", "选用被引用的选项，或者修改文字。"),
                follows=(f"need:{target.partition('#')[0]}",),
            )

    yield from map(_absent, absent_rows(case))


def _absent(cell: Absent) -> Hit:
    advice = fix("Correct the name, or enter what it names.", "更正该名称，或者登记其所指的内容。")
    if cell.near:
        advice = fix(f"Write “{cell.near}”, or enter “{cell.named}”.", f"改为“{cell.near}”，或者登记“{cell.named}”。")
    return Hit(
        f"{cell.row} names “{cell.named}”, which is not in {cell.where['en']}"
        + (f" (nearest: “{cell.near}”)" if cell.near else ""),
        f"{cell.row}提及“{cell.named}”，但{cell.where['zh']}中没有该项" + (f"（最接近：“{cell.near}”）" if cell.near else ""),
        cell.address,
        fix=advice,
    )


def _own(case: Case) -> dict[str, str]:
    """Where the plan's own texts stand, by the origin of their clauses: bespoke wording and additional clauses."""
    return {option: f"wording.{option}" for option in case.plan.wording} | {
        f"additional.{each.id}": f"additional.{each.id}" for each in case.plan.additional
    }


def _texts(clause: Clause) -> Iterator[Texts]:
    """The texts of a clause: its own, its further paragraphs and its tables; the clauses below it come on their own."""
    for block in (clause, *(child for child in clause.children if not isinstance(child, Clause))):
        yield from texts_of(block)


def _whole(clause: Clause, language: str) -> Inlines:
    """Everything that a clause says in one language, a line for each paragraph and cell."""
    return tuple(inline for texts in _texts(clause) for inline in (*texts.get(language, ()), Text("\n")))


@rule("STR-07", Severity.ERROR, Force.CONTRACT, "CNCC Art. 466: texts in two languages are presumed to mean the same")
def languages_agree(case: Case) -> Iterator[Hit]:
    """Both languages hold the same clauses with the same numbers, dates and percentages.

    Why: where the two texts differ, each side will rely on its own. The cards are held together when the library is
    read; this rule looks at bespoke wording and additional clauses. Figures are compared: write “thirty (30)” and
    “三十（30）”.
    Bad: “within 30 days” beside “在60日内”. Good: the same figure, or better a parameter.
    """
    own = _own(case)
    for clause in case.clauses:
        if clause.origin in own:
            figures = {language: _figures(_whole(clause, language)) for language in case.document.languages}
            if len({tuple(found) for found in figures.values()}) > 1:
                shown = " / ".join(", ".join(found) or "–" for found in figures.values())
                yield Hit(
                    f"clause {case.numbers[clause.id]}: the figures differ between the languages: {shown}",
                    f"第{case.numbers[clause.id]}条：两种文字中的数字不一致：{shown}",
                    own[clause.origin],
                    clause.id,
                    fix=fix("Write the same figures in both languages.", "两种文字应写明相同的数字。"),
                )


def _figures(inlines: Inlines) -> list[str]:
    words = plain(tuple(inline for inline in inlines if isinstance(inline, Text)))
    return sorted(re.findall(r"\d+(?:[.,]\d+)*", words))


@rule("STR-08", Severity.ERROR, Force.CONTRACT, "house rule: one word, one meaning")
def terms_are_defined(case: Case) -> Iterator[Hit]:
    """Bespoke text uses the defined terms exactly: no near miss, no term of its own that nobody defines, none defined
    twice.

    Why: “Project Intellectual Property” beside “Project IP” invites the argument that two things are meant.
    Bad: “Pre-existing IP”. Good: “Background IP”; or a term defined where it stands as **New Term**.
    """
    own = _own(case)
    defined = [inline.text for clause in case.clauses for inline in _inlines(clause) if isinstance(inline, Term)]
    for clause in case.clauses:
        if clause.origin in own:
            yield from _wrong_words(case, clause, own[clause.origin])
            yield from _undefined_words(case, clause, own[clause.origin], defined)
            yield from _defined_twice(case, clause, own[clause.origin], defined)


def _inlines(clause: Clause) -> Iterator[Inline]:
    return (inline for texts in _texts(clause) for inlines in texts.values() for inline in inlines)


def _wrong_words(case: Case, clause: Clause, address: str) -> Iterator[Hit]:
    for language in case.document.languages:
        for wrong, right in near_misses(case, language, plain(_whole(clause, language))):
            yield Hit(
                f"clause {case.numbers[clause.id]}: “{wrong}” is not a defined term; the term is “{right}”",
                f"第{case.numbers[clause.id]}条：“{wrong}”不是定义术语，应为“{right}”",
                address,
                clause.id,
                fix=fix(f"Write “{right}”.", f"改为“{right}”。"),
            )


def _undefined_words(case: Case, clause: Clause, address: str, defined: list[str]) -> Iterator[Hit]:
    for unknown in _undefined(case, plain(_whole(clause, "en")), defined):
        yield Hit(
            f"clause {case.numbers[clause.id]}: “{unknown}” is written like a defined term but is not defined",
            f"第{case.numbers[clause.id]}条：“{unknown}”写法如同定义术语，但没有定义",
            address,
            clause.id,
            fix=fix(
                f"Define it where it stands (**{unknown}**), or write it in lower case.",
                "在该处以**术语**加以定义，或者改为小写。",
            ),
        )


def _defined_twice(case: Case, clause: Clause, address: str, defined: list[str]) -> Iterator[Hit]:
    words = {form for term in case.library.terms for language in LANGUAGES for form in forms_of(term, language)}
    for again in [inline.text for inline in _inlines(clause) if isinstance(inline, Term)]:
        if again in words or defined.count(again) > 1:
            yield Hit(
                f"clause {case.numbers[clause.id]}: “{again}” is defined here and elsewhere",
                f"第{case.numbers[clause.id]}条：“{again}”在此处和别处均有定义",
                address,
                clause.id,
                fix=fix(
                    f"Use “{again}” without defining it again, or choose another word.",
                    f"直接使用“{again}”，不再定义；或者改用其他词语。",
                ),
            )


def near_misses(case: Case, language: str, text: str) -> Iterator[tuple[str, str]]:
    """Wrong forms of defined terms in a text, each with the right word."""
    for term in case.library.terms:
        for wrong in term.avoid.get(language, ()):
            pattern = rf"\b{re.escape(wrong)}s?\b" if language == "en" else re.escape(wrong)
            if re.search(pattern, text):
                yield wrong, term.term[language]


def _undefined(case: Case, text: str, defined: list[str]) -> Iterator[str]:
    """Phrases of two or more capitalised words inside a sentence that are no term, no name and not defined on the spot."""
    names = {name for member in case.plan.members for name in member.name.values()}
    names |= {name for side in case.plan.sides for name in side.name.values()}
    terms = {form for term in case.library.terms for form in forms_of(term, "en")}
    known = finder(case.library, "en")
    for phrase in _capitalised(text):
        inside = list(known.used(phrase))
        if phrase not in terms and phrase not in defined and not inside and not any(phrase in name for name in names):
            yield phrase


def _capitalised(text: str) -> list[str]:
    """Phrases of two or more capitalised words inside a sentence, without the proper names of several words that cards may use."""
    found = re.findall(_CAPITALISED, text)
    if not found:
        return []
    from tmp_builder.library.care.words import proper_names  # reads its own file, which few plans need

    return re.findall(_CAPITALISED, proper_names().sub(lambda name: name[0].lower() if " " in name[0] else name[0], text))
