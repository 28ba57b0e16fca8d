"""`tmp why`: why each option of a section is in a plan or out, and what a change would bring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tmp_builder.cli.options import json_option, library_option
from tmp_builder.cli.output import Talk, finding_data, folded, print_json
from tmp_builder.findings import both, spoken

if TYPE_CHECKING:
    from tmp_builder.findings import Finding
    from tmp_builder.library.schema import Library
    from tmp_builder.reasons import Reason

STATES = {"in": ("in", "已选"), "open": ("open", "待定"), "out": ("out", "未选")}


@click.command("why")
@click.argument("plan_path", metavar="PLAN", type=click.Path(path_type=Path))
@click.argument("section")
@json_option
@library_option
@click.pass_obj
def command(talk: Talk, plan_path: Path, section: str, as_json: bool, library: Path | None) -> int:
    """Say of each option of SECTION whether it is in PLAN, by whose choice, how to change that and what would follow.

    The plan is changed in memory only; nothing is written. An option instead of a section shows that option alone.

    \b
    Examples:
      tmp why clean-vehicles.plan.yaml ownership
      tmp why clean-vehicles.plan.yaml disputes.institution --json
    """
    from tmp_builder import pipeline
    from tmp_builder.reasons import reasons

    plan, found = pipeline.read(plan_path, library)
    wanted = [each for each in reasons(plan, found, section.partition(".")[0]) if "." not in section or each.option == section]
    _hold_found(section, wanted, found)
    if as_json:
        print_json({"plan": str(plan_path), "section": section.partition(".")[0], "options": [_data(each) for each in wanted]})
        return 0
    for reason in wanted:
        for line in _lines(reason, found, talk):
            talk.result(folded(line, "       "))
    return 0


def _hold_found(section: str, wanted: list[Reason], library: Library) -> None:
    from tmp_builder.errors import unknown

    if not wanted:
        names = library.sections[section.partition(".")[0]].options
        raise unknown(both("option", "选项"), section, names)


def _lines(reason: Reason, library: Library, talk: Talk) -> Iterator[str]:
    from tmp_builder.library.listing import option_words
    from tmp_builder.reasons import WHO

    def named(options: Iterable[str]) -> str:
        return talk.pick(", ", "、").join(option_words(library, each, talk.language) for each in dict.fromkeys(options))

    label = library.options[reason.option].label[talk.language]
    state = talk.pick(*STATES[reason.state])
    head = click.style(f"{state}  {reason.option}", bold=reason.state == "in")
    yield f"{head}  {label}"
    yield f"     {WHO[reason.who][talk.language]}"
    if reason.needed_by:
        yield talk.pick("     needed by: ", "     下列选项需要该项：") + named(reason.needed_by)
    if reason.blocked_by:
        yield talk.pick("     in its way: ", "     受下列选项排斥或者占位：") + named(reason.blocked_by)
    yield talk.pick(f"     to change it: {reason.change}", f"     如需变更：{reason.change}")
    if reason.fault:
        yield talk.pick(
            f"     then the plan could not be assembled: {reason.fault}", f"     变更后无法生成文件：{spoken(reason.fault, 'zh')}"
        )
    appear, vanish, other = _sorted_out(reason)
    yield from _then(appear, talk.pick("     would bring ", "     将出现 "), talk)
    yield from _then(vanish, talk.pick("     would end ", "     将消除 "), talk)
    yield from _then(other, talk.pick("     would change to ", "     将变为 "), talk)
    if not (reason.appear or reason.vanish or reason.fault):
        yield talk.pick("     no finding would come or go", "     不增减任何发现")


def _sorted_out(reason: Reason) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """What would come, what would go, and what would stay with other words: one rule at one place is told once."""
    gone, comes, other = list(reason.vanish), [], []
    for finding in reason.appear:
        same = next((each for each in gone if (each.code, each.address) == (finding.code, finding.address)), None)
        if same is None:
            comes.append(finding)
        else:
            gone.remove(same)
            other.append(finding)
    return comes, gone, other


def _then(findings: Iterable[Finding], before: str, talk: Talk) -> Iterator[str]:
    from tmp_builder.cli.output import SEVERITIES

    for finding in findings:
        yield f"{before}{SEVERITIES[talk.language][finding.severity]} {finding.code}: {finding.text(talk.language)}"


def _data(reason: Reason) -> dict[str, object]:
    return {
        "option": reason.option,
        "slot": reason.slot,
        "state": reason.state,
        "who": reason.who,
        "needed_by": list(reason.needed_by),
        "blocked_by": list(dict.fromkeys(reason.blocked_by)),
        "change": reason.change,
        "appear": [finding_data(finding) for finding in reason.appear],
        "vanish": [finding_data(finding) for finding in reason.vanish],
        "fault": reason.fault,
    }
