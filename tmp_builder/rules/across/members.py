"""XPL-04: members whom the base plan names and who have no plan of their own."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.findings import Force, Severity
from tmp_builder.plan.schema import Member
from tmp_builder.rules.across.plans import Held, Hit, Plans, same_member
from tmp_builder.rules.across.run import across
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import member_name

GONE = ("left",)
"""The status of members who need no plan any more."""
OUTSIDE = ("observer", "funder")
"""The roles of those who are named and bound by no plan."""


@across("XPL-04", Severity.WARNING, Force.CONTRACT, "logic of member plans made from one base")
def every_member_of_the_base_has_a_plan(plans: Plans) -> Iterator[Hit]:
    """Whoever the base plan names as a member is a party to one of the plans made from it.

    Why: a member without a signed plan takes part in the work, and nothing says who owns what it makes.
    Bad: a base with 168 members and 167 member plans. Good: a plan for each, or the member marked as having left.
    Decision: the base is the plan named with `--standard`, else the plan that alone names every member of all the others and more.
    Observers, funders and those who left need no plan. A member is found again by its name in one language, else by its id.
    """
    base = plans.base or _base(plans.held)
    others = [held for held in plans.held if base is not None and held.plan.id != base.plan.id]
    if base is None or not others:
        return
    parties = [member for held in others for member in held.plan.members]
    for member in base.plan.members:
        if member.role in OUTSIDE or member.status in GONE or any(same_member(member, other) for other in parties):
            continue
        name = member_name(member)
        yield Hit(
            f"{name['en']} ({member.id}) is a member in {base.name} and has no plan among the {len(others)} others",
            f"{name['zh']}（{member.id}）在{base.name}中列为成员单位，但其余{len(others)}份计划均未包括该单位",
            base,
            f"members.{member.id}",
            (base.name,),
            party=member.id,
            fix=fix("Make its plan, or mark it as having left.", "为其制作计划，或者标明其已退出。"),
        )


def _base(held: tuple[Held, ...]) -> Held | None:
    """The one plan that names the members of every other plan, and more than any of them; there must be two others at least."""
    if len(held) < 3:
        return None
    largest = max(held, key=lambda each: len(each.plan.members))
    others = [each for each in held if each is not largest]
    names = largest.plan.members
    return largest if all(_covers(names, each.plan.members) for each in others) else None


def _covers(names: tuple[Member, ...], members: tuple[Member, ...]) -> bool:
    return len(members) < len(names) and all(any(same_member(one, other) for one in names) for other in members)
