"""`tmp new`: the interview, or the same answers from files and flags; then the documents."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from tmp_builder.cli.completion import ANSWERS, PLANS, PROFILES, SECTIONS
from tmp_builder.cli.newfile import ENDING, asker_for, choose_plan, plan_path
from tmp_builder.cli.options import library_option
from tmp_builder.cli.output import Talk
from tmp_builder.errors import PlanError, unknown
from tmp_builder.findings import Fault, both

if TYPE_CHECKING:
    from tmp_builder.interview.drive import Asker
    from tmp_builder.interview.session import Session
    from tmp_builder.library.schema import Library

INTERRUPTED = 130
INCOMPLETE = 4


class Wishes(Struct, frozen=True):
    """What the command line asks for."""

    plan: Path | None
    profile: str
    plain: bool
    review: bool
    section: str
    answers: Path | None
    sets: tuple[str, ...]
    defaults: bool
    no_input: bool
    no_build: bool
    output: Path | None
    formats: str
    library: Path | None
    force: bool

    @property
    def interactive(self) -> bool:
        """Whether questions may be put: a person sits at a terminal and nothing forbids it."""
        ci = os.environ.get("CI", "").lower() in ("true", "1", "yes")
        return sys.stdin.isatty() and not self.no_input and not ci


@click.command("new")
@click.argument("plan", required=False, type=click.Path(path_type=Path), shell_complete=PLANS)
@click.option("--profile", default="", help="Start from this profile (see: tmp profiles).", shell_complete=PROFILES)
@click.option("--plain", is_flag=True, help="Numbered choices, no cursor movement: for screen readers and simple terminals.")
@click.option("--review", is_flag=True, help="Go through every question of an existing plan again.")
@click.option("--section", default="", help="Go through one section only.", shell_complete=SECTIONS)
@click.option(
    "--answers",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Take answers from a YAML file in the form of a plan.",
)
@click.option(
    "--set", "sets", multiple=True, metavar="ADDRESS=VALUE", help="Give one answer (repeatable).", shell_complete=ANSWERS
)
@click.option(
    "--defaults", is_flag=True, help="Take the profile's choices and the cards' values; what has no default stays open."
)
@click.option("--no-input", is_flag=True, help="Never ask: list what is missing and exit with 4.")
@click.option("--questions", is_flag=True, help="List the open questions; change nothing.")
@click.option("--explain-values", is_flag=True, help="List every value with where it comes from; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --questions, --explain-values or --no-input: one JSON object.")
@click.option("--no-build", is_flag=True, help="Write the plan only, no documents.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder for the documents [default: beside the plan].")
@click.option("-f", "--format", "formats", default="docx,pdf", help="Formats of the documents [default: docx,pdf].")
@library_option
@click.option("--force", is_flag=True, help="Overwrite documents that were edited since they were built.")
@click.pass_obj
def command(talk: Talk, /, questions: bool, explain_values: bool, as_json: bool, **wished: Any) -> int:
    """Begin a plan, or go on with PLAN, by answering questions; then build it as Word and PDF.

    Every answer is saved at once; Ctrl-C stops, the same command goes on. An answer comes from, the strongest first: --set,
    --answers, the plan itself, its profile, the default of the clause (see --explain-values).

    \b
    Examples:
      tmp new clean-vehicles
      tmp new clean-vehicles.plan.yaml --section ownership
      tmp new clean-vehicles --profile cerc --defaults --set title.en='Clean Vehicles' --no-input
      tmp new clean-vehicles --profile cerc --questions --json
    """
    from tmp_builder.cli import newlists

    wishes = Wishes(**wished)
    listing = questions or explain_values
    asker = asker_for(talk, plain=wishes.plain) if wishes.interactive and not listing else None
    path = plan_path(wishes.plan) if wishes.plan else choose_plan(talk, asker) if asker else Path(f"new{ENDING}")
    session, flags, file = _begin(talk, wishes, path, dry=listing or (wishes.plan is None and asker is None))
    before, fresh = dict(session.state.raw), not path.exists()
    _give(session, {**file, **flags})
    if questions:
        return newlists.questions(talk, session, as_json=as_json)
    if explain_values:
        return newlists.origins(talk, session, flags, file, before, as_json=as_json)
    if wishes.defaults:
        from tmp_builder.interview.answers import fill

        fill(session)
    if asker:
        return _interview(talk, wishes, session, asker, fresh=fresh)
    return _without_asking(talk, wishes, session, as_json=as_json)


# ── the plan and its session ────────────────────────────────────────────────────────────────────────────────────────


def _begin(talk: Talk, wishes: Wishes, path: Path, *, dry: bool) -> tuple[Session, dict[str, Any], dict[str, Any]]:
    """The session over the plan, and what flags and file answer. Refuses a signed plan."""
    from tmp_builder.interview.answers import read_answers, read_sets
    from tmp_builder.interview.guide import read_guide
    from tmp_builder.interview.session import Session
    from tmp_builder.interview.store import Store, beginning

    library = _library(wishes.library, path)
    if wishes.profile and wishes.profile not in library.profiles:
        raise unknown(both("profile", "模板"), wishes.profile, library.profiles)
    if wishes.section and wishes.section not in library.sections:
        raise unknown(both("section", "条"), wishes.section, library.sections)
    store = Store(path, library, beginning(path, library), dry=dry)
    session = Session(store, read_guide(library, wishes.library), talk.language, _today(), build=not wishes.no_build)
    if session.state.plan.status == "signed" and not dry:
        hint = both(
            "Copy it under another name, set status: draft and a new version, and change the copy.",
            "请另存为新文件，设status: draft和新的version，再修改副本。",
        )
        raise PlanError(
            [
                Fault(
                    session.state.plan.place("status"),
                    both("the plan is signed and is not changed", "计划已签署，不再改动"),
                    hint,
                )
            ]
        )
    flags = read_sets(wishes.sets, library)
    if wishes.profile:
        flags = {"profile": wishes.profile, **flags}
    return session, flags, read_answers(wishes.answers) if wishes.answers else {}


def _library(folder: Path | None, path: Path) -> Library:
    """The library, with the house's own one that an existing plan names laid over it."""
    from tmp_builder.library.reader import read_library
    from tmp_builder.plan.source import read_source

    return read_library(folder, read_source(path).overlay if path.exists() else None)


def _give(session: Session, given: dict[str, Any]) -> None:
    if given:
        session.write(given)


def _today() -> date:
    """The day offered for a new draft; SOURCE_DATE_EPOCH where it is set, otherwise the clock (UTC)."""
    from tmp_builder.cli.given import parse_date

    return parse_date(None) or datetime.now(UTC).date()


# ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _interview(talk: Talk, wishes: Wishes, session: Session, asker: Asker, *, fresh: bool) -> int:
    """The interview itself; afterwards the documents, and what to do next."""
    from tmp_builder.cli import newlists
    from tmp_builder.interview.drive import Interview, Stopped

    newlists.welcome(talk, session, fresh=fresh)
    if wishes.section:
        session.jump(f"section:{wishes.section}", returns=True)
    elif wishes.review:
        session.jump("*", returns=True)
    try:
        done = Interview(session, asker).run()
    except Stopped:
        newlists.stopped(talk, session)
        return INTERRUPTED
    code = 0
    if done == "build" and not wishes.no_build:
        code = _build(talk, wishes, session)
    newlists.ended(talk, session)
    return code


def _build(talk: Talk, wishes: Wishes, session: Session) -> int:
    from tmp_builder.cli.build import build
    from tmp_builder.cli.given import parse_formats
    from tmp_builder.interview.words import say
    from tmp_builder.pipeline import Options

    talk.say()
    talk.say(say("building", talk.language))
    options = Options(formats=parse_formats(wishes.formats))
    return build(talk, session.store.path, options, wishes.output, wishes.library, force=wishes.force, quiet=True)


# ── not asking ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _without_asking(talk: Talk, wishes: Wishes, session: Session, *, as_json: bool) -> int:
    """Save what was given and build it, or list what is missing and exit with 4."""
    from tmp_builder.cli import newlists

    open_ = session.open_steps()
    if wishes.plan is None or "profile" not in session.state.raw or (open_ and not wishes.defaults):
        newlists.missing(talk, session, named=wishes.plan is not None, as_json=as_json)
        return INCOMPLETE
    session.save()
    code = 0 if wishes.no_build else _build(talk, wishes, session)
    newlists.ended(talk, session)
    return code
