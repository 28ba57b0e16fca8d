"""The questions about what identifies a party and who signs for it: legal form, representative, signatory, per language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from tmp_builder.assemble.introduce import is_chinese
from tmp_builder.interview.asks import Answered, Ask, Taken
from tmp_builder.interview.state import State, Step
from tmp_builder.language import NAMES
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Member

_CLEARS = ("-", "—")


class _Particular(Struct, frozen=True):
    """One text about a party in one language: the key in the plan, what it holds in every language, whether it is asked last."""

    member: str
    name: str
    key: str
    texts: Labels
    language: str
    last: bool

    @property
    def address(self) -> str:
        return f"members.{self.member}.{self.key}"

    @property
    def id(self) -> str:
        return f"{self.address}.{self.language}"


def mark_of(member: str) -> str:
    """The note that these questions are still to be asked about a party; it goes when the last of them was put."""
    return f"members.{member}.particulars"


def particular_steps(state: State, member: Member, name: str) -> Iterator[Step]:
    """What is asked about a party after its details. Nothing of it has to be known: Enter alone leaves it for later or for the pen.

    A further language is asked for only where a text is given in one: a text without the other prints there as a gap. The legal
    representative (法定代表人) is an office of Chinese law, so it is asked about parties organised in China alone.
    """
    fresh = mark_of(member.id) in state.notes.pending
    fields = _fields(state, member)
    for key, texts in fields.items():
        for language in state.plan.languages if any(texts.values()) else state.plan.languages[:1]:
            particular = _Particular(member.id, name, key, texts, language, last=key == [*fields][-1])
            ask, take = partial(_ask, state, particular), partial(_take, state, particular)
            yield Step(particular.id, fresh and not texts.get(language), ask, take, group="parties")


def _fields(state: State, member: Member) -> dict[str, Labels]:
    """The keys of the plan in the order of asking, with what they hold."""
    found = {"legal-form": member.legal_form}
    if is_chinese(state.plan, member):
        found["legal-representative"] = member.legal_representative
    return found | {"signatory.name": member.signatory.name, "signatory.title": member.signatory.title}


def _ask(state: State, asked: _Particular) -> Ask:
    word = f"member-{asked.key.replace('.', '-')}"
    return Ask(
        asked.id,
        "text",
        state.word(word, name=asked.name, language=NAMES[state.language][asked.language]),
        why=state.word(f"{word}-why"),
        hint=state.word("particular-hint"),
        default=asked.texts.get(asked.language, ""),
    )


def _take(state: State, asked: _Particular, answer: Answered) -> Taken:
    """A text is written with what the other language holds, so that one text for both becomes one each."""
    text = str(answer).strip()
    given = text not in ("", *_CLEARS)
    closes = asked.last and (not given or asked.language == state.plan.languages[-1])
    pending = {mark_of(asked.member): False} if closes else {}
    if given:
        return Taken({asked.address: {**asked.texts, asked.language: text}}, pending=pending)
    kept = {language: other for language, other in asked.texts.items() if language != asked.language}
    return Taken({asked.address: kept or None} if text and asked.texts else {}, pending=pending, leave=True)
