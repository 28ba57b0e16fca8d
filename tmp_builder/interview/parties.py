"""The questions about the parties: sides, members one by one or from a table, their leads, and whose calendars count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tmp_builder.interview.asks import Answered, Ask, Choice, Taken
from tmp_builder.interview.member import MENU, member_steps, read_codes, take_codes
from tmp_builder.interview.particulars import mark_of
from tmp_builder.interview.state import State, Step
from tmp_builder.interview.tables import import_members
from tmp_builder.language import NAMES
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Member

NEUTRAL = "neutral"
_KNOWN_SIDES = {"US": {"en": "the US Side", "zh": "美方"}, "CN": {"en": "the Chinese Side", "zh": "中方"}}


def steps(state: State, folder: Path) -> Iterator[Step]:
    """Sides first, then the members of each, then who leads; `folder` is where a table is looked for."""
    if has_sides(state):
        yield _sides(state)
    yield from (_new(state, side) for side in holders(state))
    yield _table(state, folder)
    if not isinstance(state.raw.get("members"), str):
        for member in state.plan.members:
            yield from member_steps(state, member)
    yield _menu(state)
    yield from (_lead(state, side.id) for side in state.plan.sides)
    yield _calendars(state)


def has_sides(state: State) -> bool:
    """Whether the members are grouped in sides: the plan says so, or its profile does."""
    return bool(state.plan.sides) or bool(state.profile and state.profile.sides)


def holders(state: State) -> list[str]:
    """What a new member can belong to: the sides and, beside them, no side; without sides only the alliance itself ("")."""
    return [*(side.id for side in state.plan.sides), NEUTRAL] if state.plan.sides else [""]


# ── sides ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _sides(state: State) -> Step:
    def ask() -> Ask:
        default = ", ".join(code for side in state.plan.sides for code in side.territory[:1]) or "US, CN"
        return Ask(
            "sides",
            "text",
            state.word("sides-title"),
            why=state.word("sides-why"),
            hint=state.word("sides-form"),
            default=default,
        )

    def take(answer: Answered) -> Taken:
        codes = read_codes(str(answer))
        unknown = [code for code in codes if code not in state.library.territories]
        if unknown or len(set(codes)) != 2 or len(codes) != 2:
            return Taken(refused=state.word("unknown-territory", code=unknown[0]) if unknown else state.word("two-sides"))
        kept = {side.territory[:1]: side.id for side in state.plan.sides}
        if [*kept] == [(code,) for code in codes]:
            return Taken()
        if state.plan.members and state.plan.sides:
            return Taken(refused=state.word("sides-in-use"))
        rows = side_rows(state.library, codes)
        names = [state.label(row["name"]) for row in rows]
        return Taken({"sides": rows}, notices=(state.word("sides-named", first=names[0], second=names[1]),))

    return Step("sides", not state.plan.sides, ask, take, group="parties")


def side_rows(library: Library, codes: Iterable[str]) -> list[dict[str, Any]]:
    """The sides of these countries as the plan file writes them: the US Side, 美方; others by the names of their countries."""
    rows = []
    for code in codes:
        country = library.territories.get(code, {"en": code, "zh": code})
        name = _KNOWN_SIDES.get(code) or {"en": f"the Side of {country['en']}", "zh": f"{country['zh']}方"}
        rows.append({"id": code, "name": dict(name), "territory": [code]})
    return rows


# ── the list of members ─────────────────────────────────────────────────────────────────────────────────────────────


def side_label(state: State, ident: str) -> str:
    """The name of a side, of the members without one, or of the alliance."""
    side = state.plan.side(ident)
    return state.label(side.name) if side else ""


def _menu(state: State) -> Step:
    members, empty = state.plan.members, [side.id for side in state.plan.sides if not _of(state, side.id)]
    from_table = isinstance(state.raw.get("members"), str)
    open_ = not members or bool(empty) or MENU in state.notes.pending

    def ask() -> Ask:
        add = [Choice(f"+{side}", _add_label(state, side)) for side in holders(state)]
        table = Choice("table", state.word("members-table"), state.word("members-table-note"))
        done = Choice("done", state.word("members-done" if members else "members-later"))
        mine = [Choice(f"-{member.id}", _member_label(state, member), state.word("member-change")) for member in members[:40]]
        choices = (table, done) if from_table else (*add, table, done, *mine)
        wanted = f"+{empty[0]}" if empty and members else add[0].id if not members else "done"
        return Ask(
            MENU,
            "one",
            state.word("members-title", count=len(members)) if members else state.word("members-title-none"),
            why=state.word("members-why"),
            choices=choices,
            default="done" if from_table or MENU in state.declined else wanted,
        )

    def take(answer: Answered) -> Taken:
        chosen = str(answer)
        if chosen == "done":
            return Taken(pending={MENU: False}, leave=not members or bool(empty))
        if chosen.startswith("-"):
            return Taken(
                goto=f"members.{chosen[1:]}.name.{state.plan.languages[0]}", tour=f"member:{chosen[1:]}", pending={MENU: True}
            )
        return Taken(goto="members.table" if chosen == "table" else f"members.{chosen}")

    return Step(MENU, open_, ask, take, group="parties")


def _of(state: State, side: str) -> list[Member]:
    return [member for member in state.plan.members if member.side == side]


def _add_label(state: State, side: str) -> str:
    if not side:
        return state.word("member-add")
    return state.word("member-add-neutral") if side == NEUTRAL else state.word("member-add-side", side=side_label(state, side))


def _member_label(state: State, member: Member) -> str:
    side = side_label(state, member.side)
    return f"{member.id}  {state.label(member.name)}{f' – {side}' if side else ''}"


def _new(state: State, side: str) -> Step:
    """The name of a party that is about to be added: with it the party exists."""
    language = state.plan.languages[0]

    def ask() -> Ask:
        title = state.word("member-name", language=NAMES[state.language][language])
        why = (
            state.word("member-name-why", side=side_label(state, side))
            if side_label(state, side)
            else state.word("member-name-why-plain")
        )
        return Ask(f"members.+{side}", "text", title, why=why, hint=state.word(f"member-name-example-{language}"))

    def take(answer: Answered) -> Taken:
        name = str(answer).strip()
        if not name:
            return Taken(goto=MENU, notices=(state.word("member-empty"),), decline=MENU)
        if any(name == member.name.get(language) for member in state.plan.members):
            return Taken(refused=state.word("member-twice", name=name))
        ident = new_id(state, side)
        row: dict[str, Any] = {"id": ident, "name": {language: name}}
        home = state.plan.side(side)
        row |= {"side": side} if side else {}
        row |= {"country": home.territory[0]} if home and len(home.territory) == 1 else {}
        return Taken({f"members.{ident}": row}, pending={MENU: True, f"members.{ident}": True, mark_of(ident): True})

    return Step(f"members.+{side}", False, ask, take, group="parties", hidden=True)


def new_id(state: State, side: str) -> str:
    """The next free id: A1, A2 … for the first side, B1 … for the second, N1 … without a side, M1 … where there are no sides."""
    order = [each.id for each in state.plan.sides]
    letter = "ABCDEFGH"[order.index(side)] if side in order else "N" if order else "M"
    taken = {member.id for member in state.plan.members}
    return next(f"{letter}{number}" for number in range(1, 10_000) if f"{letter}{number}" not in taken)


def _table(state: State, folder: Path) -> Step:
    def ask() -> Ask:
        why = state.word("table-why", columns="id, name.en, name.zh, side, type, country, public-money")
        return Ask("members.table", "text", state.word("table-title"), why=why, hint=state.word("table-form"))

    def take(answer: Answered) -> Taken:
        name = str(answer).strip().strip("'\"")
        return import_members(state, folder, name) if name else Taken(goto=MENU, decline=MENU)

    return Step("members.table", False, ask, take, group="parties", hidden=True)


# ── leads and calendars ─────────────────────────────────────────────────────────────────────────────────────────────


def _lead(state: State, side: str) -> Step:
    members, lead = _of(state, side), next(each.lead for each in state.plan.sides if each.id == side)
    address = f"sides.{side}.lead"

    def ask() -> Ask:
        choices = tuple(Choice(member.id, state.label(member.name) or member.id) for member in members)
        title = state.word("lead-title", side=side_label(state, side))
        default = lead or (members[0].id if members else "")
        return Ask(address, "one", title, why=state.word("lead-why"), choices=choices, default=default)

    def take(answer: Answered) -> Taken:
        in_file = not isinstance(state.raw.get("members"), str)
        roles = {f"members.{lead}.role": "member", f"members.{answer}.role": "lead"} if in_file else {}
        roles.pop("members..role", None)
        return Taken({address: str(answer), **(roles if lead != answer else {})})

    return Step(address, bool(members) and not lead, ask, take, group="parties", hidden=not members)


def _calendars(state: State) -> Step:
    written = bool((state.raw.get("dates") or {}).get("calendars"))

    def ask() -> Ask:
        codes = [code for side in state.plan.sides for code in side.territory] or [
            member.country for member in state.plan.members if member.country
        ]
        default = ", ".join(state.plan.dates.calendars or dict.fromkeys(codes[:4]))
        return Ask(
            "dates.calendars",
            "text",
            state.word("calendars-title"),
            why=state.word("calendars-why"),
            hint=state.word("codes-form"),
            default=default,
        )

    return Step(
        "dates.calendars", not written, ask, lambda answer: take_codes(state, "dates.calendars", str(answer)), group="parties"
    )
