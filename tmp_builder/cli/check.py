"""`tmp check`: plans and libraries against the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from tmp_builder.cli.output import Talk
from tmp_builder.cli.reports import REPORTS
from tmp_builder.findings import Finding, Severity
from tmp_builder.plan.schema import Waiver


@click.command("check")
@click.argument("targets", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--final", is_flag=True, help="Check as for an execution copy: gaps and open choices are errors.")
@click.option("--date", "as_of", help="As-of date, YYYY-MM-DD, for waivers and whatever has a last day [default: the plan's].")
@click.option("--select", multiple=True, metavar="CODES", help="Only these rules or groups: OWN-02,LIC.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Without these rules or groups.")
@click.option("--report", "form", type=click.Choice(REPORTS), default="text", help="How findings are written [default: text].")
@click.option("--json", "as_json", is_flag=True, help="Short for --report json.")
@click.option("--strict", is_flag=True, help="Warnings also lead to exit code 1.")
@click.option("--exit-zero", is_flag=True, help="Exit code 0 whatever is found.")
@click.option("--fix", is_flag=True, help="Add to the plan what options need, with its defaults; never a fact.")
@click.option("--library", type=click.Path(path_type=Path), help="Another clause library than the built-in one.")
@click.pass_obj
def command(
    talk: Talk,
    targets: tuple[Path, ...],
    final: bool,
    as_of: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    form: str,
    as_json: bool,
    strict: bool,
    exit_zero: bool,
    fix: bool,
    library: Path | None,
) -> int:
    """Hold TARGETS (plan files or folders of a clause library) against the rules.

    \b
    Examples:
      tmp check clean-vehicles.plan.yaml
      tmp check clean-vehicles.plan.yaml --final --report markdown
      tmp check *.plan.yaml --select LIC,OWN-02 --strict
    """
    from tmp_builder.cli.given import parse_date
    from tmp_builder.cli.reports import report
    from tmp_builder.pipeline import Options

    wanted = Selection.parse(select, ignore)
    options = Options(final=final, dated=parse_date(as_of))
    found, silenced = _examined(talk, targets, options, library, fix=fix)
    kept = [finding for finding in found if wanted.takes(finding.code)]
    waived = [each for each in silenced if wanted.takes(each[0].code)]
    report(talk, "json" if as_json else form, [str(target) for target in targets], kept, waived)
    bad = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return 1 if not exit_zero and any(finding.severity in bad for finding in kept) else 0


def _examined(
    talk: Talk, targets: Sequence[Path], options: object, library: Path | None, *, fix: bool
) -> tuple[list[Finding], list[tuple[Finding, Waiver]]]:
    """The findings about every target, and what waivers silence; with `fix` after the safe repairs, which are told."""
    from tmp_builder import pipeline

    assert isinstance(options, pipeline.Options)
    found: list[Finding] = []
    silenced: list[tuple[Finding, Waiver]] = []
    for target in targets:
        if target.is_dir():
            from tmp_builder.cli.care import care

            found += care(target)
            continue
        if fix:
            _repair(talk, target, library)
        plan, cards = pipeline.read(target, library)
        checked = pipeline.examine(plan, cards, options)
        found += checked.findings
        silenced += checked.waived
    return found, silenced


def _repair(talk: Talk, target: Path, library: Path | None) -> None:
    from tmp_builder.repair import repair_file

    repair = repair_file(target, library)
    for said in repair.said:
        talk.say(f"{target}: {said[talk.language]}")
    if not repair.said:
        talk.say(talk.pick(f"{target}: nothing to add safely", f"{target}：没有可以安全增加的内容"))


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules a check reports: codes and groups that are asked for, and those that are left out."""

    select: frozenset[str]
    ignore: frozenset[str]

    @classmethod
    def parse(cls, select: Sequence[str], ignore: Sequence[str]) -> Selection:
        """From the options of the command line. Raises UsageError for what is neither a rule nor a group."""
        return cls(_codes(select), _codes(ignore))

    def takes(self, code: str) -> bool:
        """Whether the findings of a rule are reported."""
        names = {code, code.partition("-")[0]}
        return (not self.select or bool(names & self.select)) and not names & self.ignore


def _codes(given: Sequence[str]) -> frozenset[str]:
    codes = [code.strip().upper() for each in given for code in each.split(",") if code.strip()]
    if codes:
        _hold_known(codes)
    return frozenset(codes)


def _hold_known(codes: Sequence[str]) -> None:
    from tmp_builder.errors import UsageError, nearest
    from tmp_builder.rules.groups import GROUP_NAMES
    from tmp_builder.rules.waivers import pages

    known = [*(rule.code for rule in pages()), *GROUP_NAMES]
    for code in codes:
        if code not in known and not code.startswith("LIB-"):
            raise UsageError(f"unknown rule or group “{code}”{nearest(code, known)}", f"Groups: {', '.join(GROUP_NAMES)}.")
