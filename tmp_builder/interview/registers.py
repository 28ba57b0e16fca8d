"""The registers that chosen options need: named in the plan, empty, so that the schedule says “None” until rows come."""

from __future__ import annotations

from collections.abc import Iterable

from tmp_builder.interview.state import State
from tmp_builder.plan.rows import OWN_KEYS

_TELLING = {"datasets": "data-crosses-borders", "equipment": "equipment-listed"}
"""Registers whose emptiness answers a question of fact: they are named as empty only once that answer is no."""

_FORMS = ("accession",)
"""Schedules that are forms to fill in later and have no rows in the plan."""


def registers_for(state: State, options: Iterable[str]) -> tuple[dict[str, list[object]], tuple[str, ...]]:
    """The registers to write as `[]` for newly chosen options, by address, and the words that say so."""
    wanted = {need.schedule for option in options for need in state.library.options[option].needs if need.schedule}
    missing = [name for name in state.library.schedules if name in wanted and name not in (*OWN_KEYS, *_FORMS) and name not in state.plan.registers]
    empty = [name for name in missing if name not in _TELLING or state.fact(_TELLING[name]) is False]
    titles = {name: state.label(state.library.schedules[name].title) for name in missing}
    notices = [state.word("register-added", title=titles[name], address=f"registers.{name}") for name in empty]
    notices += [state.word("register-later", title=titles[name], address=f"registers.{name}") for name in missing if name not in empty]
    return {f"registers.{name}": [] for name in empty}, tuple(notices)
