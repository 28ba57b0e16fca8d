"""`tmp check`: plans, built files, Word files from elsewhere, libraries and folders of plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from tmp_builder.cli.options import library_option
from tmp_builder.cli.outcomes import Looked, tell
from tmp_builder.cli.output import Talk
from tmp_builder.cli.reports import REPORTS
from tmp_builder.findings import Severity

if TYPE_CHECKING:
    from tmp_builder import pipeline

PLANS = (".yaml", ".yml")
"""How plan files end: for them the readers of Word files and PDFs are not imported."""


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
@library_option
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
    """Hold TARGETS against the rules: plan files, Word files, built PDFs, folders of plans, a clause library.

    A Word file or PDF that was built here is checked by the plan inside, and its sections are looked for in its text. Of a Word
    file from elsewhere the sections are listed that it seems to have, with how sure that is.

    \b
    Examples:
      tmp check clean-vehicles.plan.yaml
      tmp check clean-vehicles.plan.yaml --final --report markdown
      tmp check *.plan.yaml --select LIC,OWN-02 --strict
      tmp check returned.docx
      tmp check plans/
    """
    from tmp_builder.cli.across import with_contradictions
    from tmp_builder.cli.given import parse_date
    from tmp_builder.pipeline import Options

    wanted = Selection.parse(select, ignore)
    options = Options(final=final, dated=parse_date(as_of))
    every = [(path, folder) for target in targets for path, folder in _expanded(talk, target)]
    if fix:
        _repair_plans(talk, [path for path, _ in every], library)
    alone = len(every) == 1 and not every[0][1]
    looked = [_looked(path, options, library, alone=alone) for path, _ in every]
    kept = [each.filtered(wanted.takes) for each in with_contradictions(looked, library)]
    tell(talk, "json" if as_json else form, [str(target) for target in targets], kept)
    if any(each.fault for each in kept):
        return 3
    bad = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return 1 if not exit_zero and any(finding.severity in bad for each in kept for finding in each.findings) else 0


def _expanded(talk: Talk, target: Path) -> Iterator[tuple[Path, bool]]:
    """A target as it is, or the plans of a folder; with whether it came out of a folder."""
    from tmp_builder.cli.folders import is_library, plans_below

    if not target.is_dir():
        yield target, False
    elif is_library(target):
        if any(target.glob("*.plan.yaml")):
            said = talk.pick("is checked as a clause library; its plan files are not", "按条款库检查，其中的计划文件未检查")
            talk.say(f"{target}: {said}")
        yield target, False
    else:
        for plan in plans_below(target):
            yield plan, True


def _looked(path: Path, options: pipeline.Options, library: Path | None, *, alone: bool) -> Looked:
    """What there is about one target. A file that cannot be read stops the run only where it is all there is to check."""
    from tmp_builder.errors import InputError

    try:
        return _examined(path, options, library)
    except InputError as fault:
        if alone:
            raise
        return Looked(str(path), fault=fault)


def _examined(path: Path, options: pipeline.Options, library: Path | None) -> Looked:
    if path.is_dir():
        from tmp_builder.cli.care import care

        return Looked(str(path), tuple(care(path)))
    from tmp_builder import pipeline

    if path.suffix.lower() not in PLANS:
        from tmp_builder import vetting

        if vetting.is_file_of_text(path):
            found = vetting.vet(path, options, library)
            return Looked(str(path), found.findings, found.waived, found.remarks, found.seen, found.unread)
    plan, cards = pipeline.read(path, library)
    checked = pipeline.examine(plan, cards, options)
    return Looked(str(path), checked.findings, checked.waived)


def _repair_plans(talk: Talk, paths: Sequence[Path], library: Path | None) -> None:
    """The safe repairs of every plan. Raises UsageError, before anything is written, where a target is none."""
    from tmp_builder.errors import UsageError
    from tmp_builder.findings import both
    from tmp_builder.vetting import is_file_of_text

    for path in paths:
        if is_file_of_text(path):
            raise UsageError(
                both("--fix changes plan files; {path} is none", "--fix改动的是计划文件，{path}不是", path=path),
                both(
                    "Take its plan out first: tmp open {path} -o NAME.plan.yaml",
                    "请先取出其中的计划：tmp open {path} -o NAME.plan.yaml",
                    path=path,
                ),
            )
    for path in paths:
        if not path.is_dir():
            _repair(talk, path, library)


def _repair(talk: Talk, target: Path, library: Path | None) -> None:
    from tmp_builder.repair import repair_file

    repair = repair_file(target, library)
    for said in repair.said:
        talk.say(f"{target}: {said[talk.language]}")
    if repair.signed:
        talk.say(
            talk.pick(
                f"{target}: signed, and so not changed; copy it to amend", f"{target}：已签署，未作更改；如需修订，请先复制该文件"
            )
        )
    elif not repair.said:
        talk.say(talk.pick(f"{target}: nothing to add safely", f"{target}：没有可以安全增加的内容"))


class Selection(Struct, frozen=True):
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
    from tmp_builder.cli.codes import code_pages
    from tmp_builder.errors import UsageError, nearest
    from tmp_builder.findings import both, listed
    from tmp_builder.rules.groups import GROUP_NAMES
    from tmp_builder.rules.waivers import pages

    known = [*(rule.code for rule in pages()), *(code.code for code in code_pages()), *GROUP_NAMES]
    for code in codes:
        if code not in known:
            near = nearest(code, known)
            message = both("unknown rule or group “{code}”{near}", "没有规则或规则组“{code}”{near}", code=code, near=near)
            raise UsageError(message, both("Groups: {groups}.", "规则组：{groups}。", groups=listed(GROUP_NAMES)))
