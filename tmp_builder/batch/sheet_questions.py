"""The open questions of a plan as columns of the members' workbook, with those that an answer would open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from tmp_builder.batch.sheet_cells import ANY, Applies, SheetColumn
from tmp_builder.language import LANGUAGES
from tmp_builder.library.schema import Labels, Library
from tmp_builder.plan.questions import Question, open_questions, parameter_question
from tmp_builder.plan.schema import Plan
from tmp_builder.values import Spec


def fits_a_cell(question: Question) -> bool:
    """Whether the answer is a value or a few; a table of its own is not."""
    return not (question.spec and question.spec.is_records)


def question_columns(asked: Iterable[Question], plan: Plan, library: Library) -> list[SheetColumn]:
    """A column for each address that is asked for today."""
    columns = _joined(_of_question(question, plan, library) for question in asked if fits_a_cell(question))
    return _narrowed(columns, plan, library)


def _of_question(question: Question, plan: Plan, library: Library, applies: Applies | None = None) -> SheetColumn:
    spec = question.spec or Spec("text")
    many = spec.kind == "list" or (question.kind == "choice" and question.pick in ("some", "any"))
    inner = spec.of or spec if spec.kind == "list" else spec
    values: dict[str, Labels] = {_short(question, answer.id): answer.label for answer in question.answers}
    values |= {key: choice.label for key, choice in inner.choices.items()}
    listed = True
    if inner.kind == "party":
        values, listed = {member.id: member.name for member in plan.members}, False
    return SheetColumn(
        question.address,
        _title(question, library),
        inner,
        values,
        many,
        listed,
        needed=True,
        applies=applies,
        note=_note(question),
        of_plan=True,
    )


def _title(question: Question, library: Library) -> Labels:
    """What people read above the column: a value after the option it belongs to, a slot after its section."""
    said = question.label if question.kind == "choice" else question.text
    if question.kind == "value":
        option = question.address.removeprefix("parameters.").rpartition(".")[0]
        before = library.options[option].label
    elif question.kind == "choice":
        before = library.sections[question.section].title
    else:
        return said
    return {"en": f"{before['en']}: {said['en']}", "zh": f"{before['zh']}：{said['zh']}"}


def _short(question: Question, answer: str) -> str:
    return answer.removeprefix(f"{question.section}.") if question.kind == "choice" else answer


def _note(question: Question) -> Labels:
    """Why it is asked, and what is offered; what is offered counts only where somebody writes it down."""
    offered = question.offered
    if offered in (None, "", [], ()):
        return question.why
    shown = [_short(question, str(each)) for each in (offered if isinstance(offered, (list, tuple)) else [offered])]
    return {
        "en": f"{question.why['en']} Usual: {', '.join(shown)}.",
        "zh": f"{question.why['zh']}通常为：{'、'.join(shown)}。",
    }


def _joined(columns: Iterable[SheetColumn]) -> list[SheetColumn]:
    """Columns with one heading as one: the slots of a section are answered together, its options divided by semicolons."""
    found: dict[str, SheetColumn] = {}
    for column in columns:
        before = found.get(column.heading)
        found[column.heading] = column if before is None else _both(before, column)
    return list(found.values())


def _both(one: SheetColumn, other: SheetColumn) -> SheetColumn:
    applies = _either(one.applies, other.applies)
    if not one.heading.startswith("choices."):
        return replace(one, applies=applies)
    divider = {"en": ": ", "zh": "："}
    title = {lang: f"{one.title[lang]} + {other.title[lang].partition(divider[lang])[2]}" for lang in LANGUAGES}
    note = {language: f"{one.note[language]}\n{other.note[language]}" for language in LANGUAGES}
    return replace(one, title=title, note=note, values={**one.values, **other.values}, many=True, applies=applies)


def _either(one: Applies | None, other: Applies | None) -> Applies | None:
    """A question that two answers lead to; where they stand in different cells, or one always leads to it, it always applies."""
    if one is None or other is None or one.heading != other.heading:
        return None
    return replace(one, values=tuple(dict.fromkeys((*one.values, *other.values))))


# ── what follows from answers ───────────────────────────────────────────────────────────────────────────────────────


def following(asked: Sequence[Question], plan: Plan, library: Library) -> list[SheetColumn]:
    """Questions that an answer would open: sections and slots that a fact brings, values that an option needs."""
    known = {(question.address, question.slot) for question in asked}
    found: list[SheetColumn] = []
    for question in asked:
        if question.kind == "fact":
            for answer, new in _with_fact(plan, library, question):
                applies = Applies(question.address, (answer,))
                found += [
                    _of_question(each, plan, library, applies)
                    for each in new
                    if (each.address, each.slot) not in known and fits_a_cell(each)
                ]
        elif question.kind == "choice":
            found += _values_of(plan, library, question)
    return _joined(found)


def _with_fact(plan: Plan, library: Library, question: Question) -> Iterator[tuple[str, list[Question]]]:
    """What would be open if the fact were so, and if it were not."""
    name = question.address.removeprefix("facts.")
    for answer in ("yes", "no"):
        yield answer, list(open_questions(replace(plan, facts={**plan.facts, name: answer == "yes"}), library))


def _values_of(plan: Plan, library: Library, question: Question) -> Iterator[SheetColumn]:
    section = library.sections[question.section]
    many = question.pick in ("some", "any") or len(section.slots) > 1
    for answer in question.answers:
        option = library.options[answer.id]
        for parameter in option.parameters.values():
            asked = parameter_question(option, parameter, section)
            answered = parameter.fact or parameter.spec.optional or f"{option.id}.{parameter.name}" in plan.values
            if not answered and fits_a_cell(asked):
                yield _of_question(asked, plan, library, Applies(question.address, (_short(question, answer.id),), many))


def _narrowed(columns: list[SheetColumn], plan: Plan, library: Library) -> list[SheetColumn]:
    """Columns of today's questions that an answer to a fact would close: they apply until it is given."""
    closing: dict[str, Applies] = {}
    for column in columns:
        if not column.heading.startswith("facts."):
            continue
        question = Question(column.heading, "fact", {}, {})
        open_by = {answer: {each.address for each in left} for answer, left in _with_fact(plan, library, question)}
        for other in columns:
            stays = tuple(answer for answer, left in open_by.items() if other.heading in left)
            if other is not column and len(stays) == 1:
                closing.setdefault(other.heading, Applies(column.heading, (*stays, ANY)))
    return [replace(column, applies=closing.get(column.heading)) for column in columns]
