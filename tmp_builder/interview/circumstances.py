"""The short questions of fact that decide which sections apply: money, work, data, equipment, competitors, technology."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tmp_builder.interview.asks import Answered, Ask, Choice, Taken
from tmp_builder.interview.state import State, Step
from tmp_builder.library.schema import Labels
from tmp_builder.plan.facts import NAMED_FACTS
from tmp_builder.plan.questions import facts_that_matter

UNKNOWN = "unknown"

ASKED = (
    "public-money",
    "us-federal-money",
    "doe-money",
    "crada",
    "cn-fiscal-money",
    "eu-money",
    "us-party",
    "cn-party",
    "us-work",
    "cn-work",
    "data-crosses-borders",
    "equipment-listed",
    "more-than-two-members",
    "competitors",
    "standards",
    "sensitive-technology",
)
"""Facts that people know before they choose, in the order of asking. The others follow from choices and registers."""

_PARTS = {
    "competitors-or-standards": ("competitors", "standards"),
    "us-and-cn": ("us-party", "cn-party"),
    "work-in-both": ("us-work", "cn-work"),
}
"""Facts that are put together from others: the parts are asked."""

_ONLY_IF = {
    "us-federal-money": "public-money",
    "cn-fiscal-money": "public-money",
    "eu-money": "public-money",
    "doe-money": "us-federal-money",
    "crada": "us-federal-money",
}
"""A fact that is asked only once another one is known to be true."""

_ALWAYS = ("sensitive-technology",)
"""Asked in every plan: the rules on export and security look at it, although no section hangs on it alone."""


def steps(state: State) -> Iterator[Step]:
    """The facts that matter for this plan and that people know beforehand."""
    reasons = reasons_of(state)
    yield from (_fact(state, name, reasons[name]) for name in ASKED if name in reasons and _wanted(state, name))


def late_steps(state: State, section: str) -> Iterator[Step]:
    """Facts that only choices can tell, asked before the section that hangs on them if they are still unknown."""
    name = state.library.sections[section].required_when
    if name in NAMED_FACTS and name not in ASKED and name not in _PARTS and _answerable(state, name):
        yield _fact(state, name, reasons_of(state)[name], section)


def reasons_of(state: State) -> dict[str, Labels]:
    """The facts on which something depends, each with the reason for asking."""
    found = dict(facts_that_matter(state.plan, state.library))
    for when, options in state.profile.by_fact if state.profile else ():
        label = state.library.options[options[0]].label
        for name in when:
            found.setdefault(
                name, {"en": f"It decides whether “{label['en']}” comes in.", "zh": f"决定是否采用“{label['zh']}”。"}
            )
    for whole, parts in _PARTS.items():
        for part in parts:
            if whole in found:
                found.setdefault(part, found[whole])
    for name in _ALWAYS:
        found.setdefault(name, {"en": state.word("sensitive-why"), "zh": state.word("sensitive-why")})
    found.setdefault("public-money", {"en": state.word("money-why"), "zh": state.word("money-why")})
    return found


def _wanted(state: State, name: str) -> bool:
    """Whether the plan itself cannot tell, or a person has answered before."""
    if name in _ONLY_IF and state.fact(_ONLY_IF[name]) is not True:
        return False
    return _answerable(state, name)


def _answerable(state: State, name: str) -> bool:
    return name in state.plan.facts or NAMED_FACTS[name].compute(state.plan, state.library) is None


def _fact(state: State, name: str, why: Labels, section: str = "") -> Step:
    address = f"facts.{name}"

    def ask() -> Ask:
        choices = (Choice("yes", state.word("yes")), Choice("no", state.word("no")), Choice(UNKNOWN, state.word("not-known")))
        held = state.plan.facts.get(name)
        default = UNKNOWN if held is None else "yes" if held else "no"
        return Ask(
            address,
            "one",
            state.label(NAMED_FACTS[name].question),
            why=state.label(why),
            choices=choices,
            default=default,
            section=section,
        )

    def take(answer: Answered) -> Taken:
        if answer == UNKNOWN:
            return Taken({address: None} if name in state.plan.facts else {}, leave=True)
        return Taken({address: str(answer)})

    return Step(
        address, state.plan.facts.get(name) is None and state.fact(name) is None, ask, take, section=section, group="facts"
    )


def telling(state: State) -> Mapping[str, bool | None]:
    """The facts that matter with their present truth, for the review."""
    return {name: state.fact(name) for name in ASKED if name in reasons_of(state)}
