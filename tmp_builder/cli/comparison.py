"""How a comparison is printed: its heading, its lines in colour, its JSON and its exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from tmp_builder.cli.output import Talk, print_json
from tmp_builder.cli.width import columns, fold, terminal_width

if TYPE_CHECKING:
    from tmp_builder.compare import PlanChanges
    from tmp_builder.compare.redline.clauses import ClauseChange
    from tmp_builder.compare.report import Line
    from tmp_builder.versions import Found

_LOOKS: dict[str, dict[str, object]] = {
    "title": {"bold": True},
    "old": {"fg": "red"},
    "new": {"fg": "green"},
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow"},
}


def compared(old: Found, new: Found) -> PlanChanges:
    """The comparison of two versions that were found."""
    from tmp_builder.compare import compare_plans

    return compare_plans(old.version, new.version)


def show(
    talk: Talk, old: Found, new: Found, changes: PlanChanges, *, as_json: bool, clauses: Sequence[ClauseChange] | None = None
) -> None:
    """The report on stdout, in JSON with the layer of `clauses`; what a reader must know about the two versions on stderr."""
    from tmp_builder.compare.data import changes_data
    from tmp_builder.compare.report import lines

    remarks = [*old.remarks, *new.remarks]
    if as_json:
        shown = {"old_file": old.shown, "new_file": new.shown, "remarks": [dict(remark) for remark in remarks]}
        print_json({**shown, **changes_data(changes), **_layer(clauses)})
        return
    for remark in remarks:
        talk.say(remark[talk.language])
    talk.result(_heading(talk, old, talk.pick("Old", "旧")))
    talk.result(_heading(talk, new, talk.pick("New", "新")))
    if clauses and not (changes.changes or changes.findings or changes.dates):
        talk.result(talk.pick("The plans do not differ; the text does.", "计划没有差异，文本有差异。"))
        return
    print_lines(talk, lines(changes, talk.language))


def _layer(clauses: Sequence[ClauseChange] | None) -> dict[str, object]:
    from tmp_builder.compare.redline.report import clauses_data

    return {} if clauses is None else {"clauses": clauses_data(clauses)}


def _heading(talk: Talk, found: Found, name: str) -> str:
    from tmp_builder.language import say_date

    plan = found.version.plan
    draft = talk.pick(f"draft {plan.version}", f"第{plan.version}稿")
    day = say_date(plan.dated, talk.language) if plan.dated else ""
    return f"{name}  {found.shown}  ({talk.pick(', ', '，').join(filter(None, (draft, day)))})"


def print_lines(talk: Talk, lines: Iterable[Line]) -> None:
    """The lines of a report, folded to the terminal."""
    width = terminal_width()
    for line in lines:
        space = "  " * line.indent
        text = fold(line.text, width, space, space + "  ") if columns(line.text) + len(space) > width > 0 else space + line.text
        look = _LOOKS.get(line.look)
        talk.result(click.style(text, **look) if look else text)  # type: ignore[arg-type]


def exit_code(changes: PlanChanges, *, by_class: bool, clauses: Sequence[ClauseChange] = ()) -> int:
    """1 for differences and 0 for none; with --class 10 cosmetic, 11 moved, 12 value, 13 substantive.

    Words follow from decisions and weigh as those do; of `clauses` only what no decision explains counts for itself.
    """
    if not by_class:
        return 1 if changes.changes or changes.findings or changes.dates or clauses else 0
    own = not changes.changes or changes.old.library.fingerprint != changes.new.library.fingerprint
    weights = [change.weight for change in clauses if change.typed or (own and not change.causes)]
    weights += [changes.weight] if changes.weight else []
    return max((weight.exit_code for weight in weights), default=0)
