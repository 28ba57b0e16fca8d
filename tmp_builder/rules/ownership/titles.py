"""Who takes title to whose Project IP under the ownership that a plan and its projects choose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tmp_builder.plan.schema import Member, Plan, Project
from tmp_builder.rules.case import Case
from tmp_builder.rules.facts.homes import bound, participants
from tmp_builder.rules.facts.special_terms import options_in, value_in


class Move(Struct, frozen=True):
    """Title to what `giver` makes goes, in whole or in share, to `takers`, under `option` as chosen at `address`."""

    giver: Member
    takers: tuple[Member, ...]
    option: str
    address: str

    def to(self, wanted: Callable[[Member], bool]) -> Move:
        """The same move to those takers only."""
        return replace(self, takers=tuple(taker for taker in self.takers if wanted(taker)))


def moves(case: Case) -> Iterator[Move]:
    """Every move of title away from the member that makes a result; one a member, option and place of choice.

    A choice that lets the inventor's employer own moves nothing. While it is not known who takes (no lead named, no
    participants), nothing is said to move.
    """
    found: dict[tuple[str, str, str], tuple[Member, dict[str, Member]]] = {}
    for project in case.plan.projects or (None,):
        address = (
            f"projects.{project.id}.choices.ownership" if project and "ownership" in project.choices else "choices.ownership"
        )
        for option in options_in(case, project, "ownership"):
            for giver in participants(case.plan, project):
                takers = takers_from(case.plan, project, option, giver)
                if takers:
                    found.setdefault((address, option, giver.id), (giver, {}))[1].update({taker.id: taker for taker in takers})
    for (address, option, _), (giver, takers_by_id) in found.items():
        yield Move(giver, tuple(takers_by_id.values()), option, address)


def by_choice(found: Iterable[Move]) -> Iterator[tuple[str, str, list[Member], list[Member]]]:
    """Moves gathered by the choice that causes them: its address, the option, who gives, who takes."""
    gathered: dict[tuple[str, str], tuple[dict[str, Member], dict[str, Member]]] = {}
    for move in found:
        givers, takers = gathered.setdefault((move.address, move.option), ({}, {}))
        givers[move.giver.id] = move.giver
        takers |= {taker.id: taker for taker in move.takers}
    for (address, option), (givers, takers) in gathered.items():
        yield address, option, list(givers.values()), list(takers.values())


def takers_from(plan: Plan, project: Project | None, option: str, giver: Member) -> list[Member]:
    """The members that take title, or a share of it, to what `giver` makes in a project (None: in the plan)."""
    there = participants(plan, project)
    if option == "ownership.territory-split":
        return [member for member in there if member.side and giver.side and member.side not in (giver.side, "neutral")]
    if option == "ownership.sponsor" and giver in _sponsors(there):
        return []
    if option == "ownership.imec-layers":
        hub = value_in(plan, project, "ownership.imec-layers.hub")
        pairs = [member for member in there if hub in (member.id, giver.id)]
        return [member for member in pairs if member.id != giver.id]
    return [member for member in _owners(plan, project, option, there) if member.id != giver.id]


def _owners(plan: Plan, project: Project | None, option: str, there: list[Member]) -> list[Member]:
    """The owners under an option whose owners do not depend on the maker."""

    def named(parameter: str) -> Any:
        return value_in(plan, project, f"{option}.{parameter}")

    owners: list[Member] = []
    match option.removeprefix("ownership."):
        case "joint-equal":
            groups = {"project_participants": there, "all_members": bound(plan), "both_leads": leads(plan)}
            owners = groups.get(named("owners"), [])
        case "joint-contribution":
            owners = there
        case "consortium":
            owners = entities(plan)
        case "consortium-and-authorised":
            owners = [*entities(plan), *_members(plan, named("authorised") or ())]
        case "lead-assigns":
            owners = _members(plan, [named("lead")])
        case "sponsor":
            owners = _sponsors(there)
        case "university-option":
            owners = _sponsors(there) if named("kind") == "assignment" else []
        case "field-germane":
            owners = _members(plan, [row.get("member") for row in named("fields") or ()])
    return owners


def entities(plan: Plan) -> list[Member]:
    """The members that are a consortium's own legal entity."""
    return [member for member in bound(plan) if member.type == "consortium-entity"]


def leads(plan: Plan) -> list[Member]:
    """The lead of each side, else the members whose role is lead."""
    named = _members(plan, [side.lead for side in plan.sides])
    return named or [member for member in bound(plan) if member.role == "lead"]


def _members(plan: Plan, idents: Iterable[Any]) -> list[Member]:
    wanted = set(idents)
    return [member for member in bound(plan) if member.id in wanted]


def _sponsors(there: list[Member]) -> list[Member]:
    """Who may be the paying member of a project: its companies."""
    return [member for member in there if member.type == "company"]
