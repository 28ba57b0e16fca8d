"""The command line: one thin module a command, imported when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from typing import NoReturn

import click

COMMANDS = {
    "demo": "Build the bundled example and say what to try next.",
    "new": "Begin or continue a plan by answering questions; then build it.",
    "build": "Assemble plans into Word, PDF, HTML, Markdown or JSON.",
    "check": "Hold plans, Word files, PDFs or a library against the rules.",
    "explain": "Show the page of a rule, an option, a term or a date.",
    "why": "Say why each option of a section is in a plan or out.",
    "open": "Write back the plan that a built Word file or PDF carries.",
    "verify": "Say whether a built file is as it was built.",
    "diff": "Say what differs between two versions of a plan, and what follows.",
    "approve": "Write the decisions of a filled-in decision sheet into the plan.",
    "matrix": "Lay many plans side by side: departures, rare choices, findings.",
    "history": "Say what each revision of a plan in Git changed, and by whom.",
    "what-if": "Say what a change would bring that is not made.",
    "batch": "Build a set of papers for every row of a table of members.",
    "dates": "Compute every date of a plan with its working; calendars and extracts.",
    "library": "List, show, search and check the clause library.",
    "profiles": "List the profiles a plan can start from.",
    "schema": "Write JSON Schemas for editors.",
    "doctor": "Check fonts, engines and the library; each line with its fix.",
    "completion": "Print the completion script for bash, zsh, fish or PowerShell.",
}
"""The commands in the order of the help, each with its one-line help: nothing is imported to print it."""


class LazyGroup(click.Group):
    """A group whose commands are modules of this package, imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, its module imported now."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"tmp_builder.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        if "_TMP_COMPLETE" in os.environ:
            from tmp_builder.cli.completion import attach

            return attach(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but an unknown command names the nearest one."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            from tmp_builder.errors import nearest
            from tmp_builder.findings import both

            ctx.fail(both("No such command “{name}”{near}", "没有命令“{name}”{near}", name=name, near=nearest(name, COMMANDS)))
        return super().resolve_command(ctx, args)


def _version(ctx: click.Context, _option: click.Option, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    import platform

    from tmp_builder import __version__
    from tmp_builder.datafiles import data_folder

    lines = (data_folder("clauses") / "library.yaml").read_text(encoding="utf-8").splitlines()
    about = dict(line.split(": ", 1) for line in lines if ": " in line and not line.startswith("#"))
    click.echo(f"tmp-builder {__version__}, library {about['name']} {about['version']}, Python {platform.python_version()}")
    ctx.exit()


@click.command(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, invoke_without_command=True
)
@click.option(
    "--version", is_flag=True, callback=_version, expose_value=False, is_eager=True, help="Print the versions and stop."
)
@click.option(
    "--ui-language",
    type=click.Choice(["en", "zh"]),
    envvar="TMP_UI_LANGUAGE",
    help="Language of messages [default: from the locale].",
)
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colour on terminals; NO_COLOR wins over auto.",
)
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected fault.")
@click.pass_context
def cli(ctx: click.Context, ui_language: str | None, color: str, debug: bool) -> None:
    """Assemble IP Technology Management Plans in English and Chinese from a clause library.

    \b
    Begin with:  tmp demo        an example, complete, in Word and PDF
    then:        tmp new         your own plan, question by question

    The texts are no legal advice: lawyers of each country must review a plan before anyone signs it. Nothing is sent anywhere.
    """
    from tmp_builder.cli.output import Talk

    ctx.obj = Talk.begin(ui_language, color, debug=debug)
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main() -> NoReturn:
    """Run the command `tmp`; every known fault is a sentence and an exit code."""
    import gc

    from tmp_builder import kept
    from tmp_builder.cli.faults import run
    from tmp_builder.collector import SELDOM, retire

    kept.use(kept.usual_folder())
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "true")  # looking for plugins reads every installed package
    gc.set_threshold(*SELDOM)  # a command ends before its garbage is worth collecting
    code = run(cli)
    retire()
    sys.exit(code)
