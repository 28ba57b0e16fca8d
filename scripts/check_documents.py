"""Builds every example in every language and layout, and holds each Word and PDF file against the validators that are installed.

Run it with: make check-documents, or python scripts/check_documents.py [--keep DIR] [--jobs N] [PLAN…]

Each tool is looked for on the path, or under the command that a variable of the environment names; one that is absent is named and
left out. A file with a finding is named with it, and the exit code is 1.

    OOXML_VALIDATOR   the Open XML SDK                     FILE --officeVersion VERSION
    DOCX_LINT         a lint of one's own for Word files   FILE
    VERAPDF           PDF/A and PDF/UA                     FLAVOURS FILE, such as 3a,ua1
    QPDF, MUTOOL, GHOSTSCRIPT
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.conformance.lint import lint, order
from tmp_builder.pipeline import Options, examine, files, read

ROOT = Path(__file__).parents[1]
VARIANTS = (
    ("en", ("en",), "columns"),
    ("zh", ("zh",), "columns"),
    ("columns", ("en", "zh"), "columns"),
    ("stacked", ("en", "zh"), "stacked"),
)
OWN = "own lint"


@dataclass(frozen=True, slots=True)
class Tool:
    """A validator: the kind of file it reads, the variable and the program that find it, its arguments; `{}` is the file.

    `silent` says that whatever it prints besides its exit code is a finding.
    """

    name: str
    ending: str
    variable: str
    program: str
    arguments: tuple[str, ...]
    silent: bool = False


TOOLS = (
    Tool("SDK 2010", ".docx", "OOXML_VALIDATOR", "ooxml-validator", ("{}", "--officeVersion", "Office2010")),
    Tool("SDK 365", ".docx", "OOXML_VALIDATOR", "ooxml-validator", ("{}", "--officeVersion", "Microsoft365")),
    Tool("docx lint", ".docx", "DOCX_LINT", "docxlint", ("{}",)),
    Tool("veraPDF 3a+ua1", ".pdf", "VERAPDF", "veracheck", ("3a,ua1", "{}")),
    Tool("qpdf", ".pdf", "QPDF", "qpdf", ("--check", "{}")),
    Tool("mutool", ".pdf", "MUTOOL", "mutool", ("info", "{}")),
    Tool("Ghostscript", ".pdf", "GHOSTSCRIPT", "gs", ("-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=nullpage", "{}"), True),
)
_TROUBLE = ("warning:", "error:")
"""What MuPDF says on the error channel without an exit code for it."""


@dataclass(frozen=True, slots=True)
class Job:
    """One plan in one variant, and the folder for its files."""

    plan: Path
    variant: str
    languages: tuple[str, ...]
    layout: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tool found in a file; nothing, if all is well."""

    file: str
    tool: str
    finding: str = ""


def command_of(tool: Tool) -> list[str]:
    """How the tool is called: by the command of its variable, by its program, or not at all."""
    given = os.environ.get(tool.variable, "")
    if given:
        return shlex.split(given)
    found = shutil.which(tool.program)
    return [found] if found else []


def check(job: Job) -> list[Outcome]:
    """The two files of a job built, and what every tool says of them."""
    plan, library = read(job.plan)
    options = Options(formats=("docx", "pdf"), languages=job.languages, layout=job.layout)
    made = files(examine(plan, library, options), options)
    outcomes: list[Outcome] = []
    for form, content in made.items():
        path = job.folder / f"{plan.id}-{job.variant}.{form}"
        path.write_bytes(content)
        if form == "docx":
            outcomes.append(Outcome(path.name, OWN, "; ".join([*lint(content), *order(content)])))
        outcomes += _outside(path)
    return outcomes


def _outside(path: Path) -> Iterator[Outcome]:
    for tool in TOOLS:
        command = command_of(tool)
        if tool.ending == path.suffix and command:
            yield Outcome(path.name, tool.name, _finding(tool, command, path))


def _finding(tool: Tool, command: Sequence[str], path: Path) -> str:
    arguments = [argument.format(path) for argument in tool.arguments]
    done = subprocess.run([*command, *arguments], check=False, capture_output=True, text=True, errors="replace")
    said = f"{done.stdout}\n{done.stderr}".strip()
    troubled = any(word in done.stderr.lower() for word in _TROUBLE)
    return (said[-600:] or f"exit code {done.returncode}") if done.returncode or troubled or (tool.silent and said) else ""


def table(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """A line for each tool: how many files it read, and in how many it found something."""
    every = list(outcomes)
    yield f"{'tool':<16}{'files':>7}{'findings':>10}"
    for name in dict.fromkeys(outcome.tool for outcome in every):
        mine = [outcome for outcome in every if outcome.tool == name]
        yield f"{name:<16}{len(mine):>7}{sum(bool(outcome.finding) for outcome in mine):>10}"


def say(line: str) -> None:
    """A line on the way, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run(plans: Sequence[Path], folder: Path, jobs: int) -> int:
    """Every plan in every variant; the exit code."""
    for tool in TOOLS:
        if not command_of(tool):
            say(f"left out: {tool.name} ({tool.program} is not on the path, and {tool.variable} is not set)")
    work = [Job(plan, name, languages, layout, folder) for plan in plans for name, languages, layout in VARIANTS]
    found: list[Outcome] = []
    with ProcessPoolExecutor(jobs) as executor:
        for job, outcomes in zip(work, executor.map(check, work), strict=True):
            found += outcomes
            say(f"{job.plan.name} {job.variant}: {sum(bool(outcome.finding) for outcome in outcomes)} findings")
            for outcome in outcomes:
                if outcome.finding:
                    say(f"  {outcome.file}: {outcome.tool}: {outcome.finding}")
    say("\n".join(table(found)))
    return int(any(outcome.finding for outcome in found))


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("plans", nargs="*", type=Path)
    parser.add_argument("--keep", type=Path, help="the folder in which the files stay")
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    plans = given.plans or [*sorted(ROOT.glob("templates/demo/*.plan.yaml")), *sorted(ROOT.glob("examples/*/*.plan.yaml"))]
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
        return run(plans, given.keep, given.jobs)
    with tempfile.TemporaryDirectory() as folder:
        return run(plans, Path(folder), given.jobs)


if __name__ == "__main__":
    sys.exit(main())
