"""The question between the facts and the sections: go through them one by one, or take the profile's answers and review."""

from __future__ import annotations

from tmp_builder.interview.asks import Answered, Ask, Choice, Taken
from tmp_builder.interview.sections import wanted
from tmp_builder.interview.state import State, Step

EACH = "each"
ALL = "all"


def pace_step(state: State) -> Step:
    """Asked once, before the first section is decided, where there is a profile to take answers from."""
    todo = [
        section for section in state.library.sections.values() if wanted(state, section) and section.id not in state.plan.choices
    ]
    undecided = not state.plan.choices and state.profile is not None and "pace" not in state.declined

    def ask() -> Ask:
        each = Choice(EACH, state.word("pace-each", count=len(todo)), state.word("pace-each-note"))
        every = Choice(ALL, state.word("pace-all"), state.word("pace-all-note"))
        return Ask("pace", "one", state.word("pace-title"), why=state.word("pace-why"), choices=(each, every), default=EACH)

    def take(answer: Answered) -> Taken:
        return Taken(decline="pace", rest=answer == ALL)

    return Step("pace", undecided, ask, take, group="pace", hidden=state.profile is None)
