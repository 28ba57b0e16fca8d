"""The questions about one party: its names, what it is, where it is organised and works, which public money pays, who signs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from tmp_builder.interview.asks import Answered, Ask, Choice, Taken
from tmp_builder.interview.particulars import particular_steps
from tmp_builder.interview.state import State, Step
from tmp_builder.language import NAMES
from tmp_builder.plan.schema import Member

MENU = "members"
TYPES = ("university", "institute", "national-lab", "company", "consortium-entity", "ngo", "government")
MONEY = ("us-federal", "cn-fiscal", "eu", "none")
DETAILS = ("type", "country", "work-places", "public-money")

Take = Callable[[Answered], Taken]


def member_steps(state: State, member: Member) -> Iterator[Step]:
    """What is asked about a party that was added by hand; a party is done when nothing of this is missing."""
    row: dict[str, Any] = next((row for row in state.raw.get("members") or () if row.get("id") == member.id), {})
    fresh = f"members.{member.id}" in state.notes.pending
    missing = [key for key in DETAILS if key not in row]
    missing += [language for language in state.plan.languages if not member.name.get(language)]

    def step(key: str, open_: bool, ask: Ask, take: Any) -> Step:
        def taken(answer: Answered) -> Taken:
            done = take(answer)
            last = set(missing) <= {key, key.removeprefix("name.")}
            over = {f"members.{member.id}": False} if last and not done.refused and not done.leave else {}
            return Taken(done.changes, done.refused, done.notices, done.goto, over, leave=done.leave)

        return Step(f"members.{member.id}.{key}", fresh and open_, lambda: ask, taken, group="parties")

    name = member.name.get(state.plan.languages[0]) or member.id
    for language in state.plan.languages:
        yield step(
            f"name.{language}",
            not member.name.get(language),
            _name_ask(state, member, language, name),
            _name_take(state, member, language),
        )
    for key in DETAILS:
        yield step(key, key not in row, *_ASKS[key](state, member, name))
    yield from particular_steps(state, member, name)


def _name_ask(state: State, member: Member, language: str, name: str) -> Ask:
    return Ask(
        f"members.{member.id}.name.{language}",
        "text",
        state.word("member-name-of", name=name, language=NAMES[state.language][language]),
        why=state.word("member-name-other-why"),
        hint=state.word("remove-hint"),
        default=member.name.get(language, ""),
    )


def _name_take(state: State, member: Member, language: str) -> Any:
    address = f"members.{member.id}"

    def take(answer: Answered) -> Taken:
        name = str(answer).strip()
        if name in ("-", "—"):
            leads = {f"sides.{side.id}.lead": None for side in state.plan.sides if side.lead == member.id}
            return Taken(
                {**leads, address: None}, goto=MENU, notices=(state.word("member-removed", name=state.label(member.name)),)
            )
        return Taken({f"{address}.name.{language}": name}) if name else Taken(leave=True)

    return take


def _type(state: State, member: Member, name: str) -> tuple[Ask, Take]:
    choices = tuple(Choice(kind, state.word(f"type-{kind}")) for kind in TYPES)
    later = Choice("later", state.word("leave-later"))
    address = f"members.{member.id}.type"
    ask = Ask(
        address,
        "one",
        state.word("member-type", name=name),
        why=state.word("member-type-why"),
        choices=(later, *choices),
        default=member.type or "later",
    )
    return ask, lambda answer: Taken(leave=True) if answer == "later" else Taken({address: str(answer)})


def _country(state: State, member: Member, name: str) -> tuple[Ask, Take]:
    address = f"members.{member.id}.country"
    ask = Ask(
        address,
        "text",
        state.word("member-country", name=name),
        why=state.word("member-country-why"),
        hint=state.word("code-form"),
        default=member.country,
    )

    def take(answer: Answered) -> Taken:
        codes = read_codes(str(answer))
        if not codes:
            return Taken(leave=True)
        if len(codes) > 1 or codes[0] not in state.library.territories:
            return Taken(refused=state.word("unknown-territory", code=" ".join(codes)))
        return Taken({address: codes[0]})

    return ask, take


def _work_places(state: State, member: Member, name: str) -> tuple[Ask, Take]:
    address = f"members.{member.id}.work-places"
    default = ", ".join(member.work_places) or member.country
    ask = Ask(
        address,
        "text",
        state.word("member-work", name=name),
        why=state.word("member-work-why"),
        hint=state.word("codes-form"),
        default=default,
    )
    return ask, lambda answer: take_codes(state, address, str(answer))


def take_codes(state: State, address: str, answer: str) -> Taken:
    """Codes of countries or regions as the answer for `address`."""
    codes = read_codes(answer)
    unknown = [code for code in codes if code not in state.library.territories]
    if unknown:
        return Taken(refused=state.word("unknown-territory", code=unknown[0]))
    return Taken({address: codes}) if codes else Taken(leave=True)


def _money(state: State, member: Member, name: str) -> tuple[Ask, Take]:
    address = f"members.{member.id}.public-money"
    ask = Ask(
        address,
        "many",
        state.word("member-money", name=name),
        why=state.word("member-money-why"),
        choices=tuple(Choice(kind, state.word(f"money-{kind}")) for kind in MONEY),
        default=member.public_money,
        alone="none",
    )
    return ask, lambda answer: Taken({address: list(answer)}) if answer else Taken(leave=True)


_ASKS = {"type": _type, "country": _country, "work-places": _work_places, "public-money": _money}


def read_codes(text: str) -> list[str]:
    """Codes of countries or regions as a person types them."""
    return [code.upper() for code in re.split(r"[\s,;，；、]+", text.strip()) if code]
