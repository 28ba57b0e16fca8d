"""`tmp completion`: the script for a shell, and what it completes: plan files, sections, options, codes, profiles, addresses."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from pathlib import Path

import click
from click.shell_completion import CompletionItem, get_completion_class

from tmp_builder.datafiles import data_folder

Finder = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

SHELLS = ("bash", "zsh", "fish", "powershell")
INSTALL = {
    "bash": 'eval "$(tmp completion bash)"   in ~/.bashrc',
    "zsh": 'eval "$(tmp completion zsh)"   in ~/.zshrc',
    "fish": "tmp completion fish > ~/.config/fish/completions/tmp.fish",
    "powershell": "tmp completion powershell | Out-String | Invoke-Expression   in $PROFILE",
}
"""How each shell takes the script, for good."""

_KEYS = ("title.en", "title.zh", "languages", "dated", "effective-date", "members", "dates.day-rule", "dates.calendars")


def _items(values: list[str], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(value) for value in values if value.startswith(incomplete)]


def sections() -> list[str]:
    """The ids of the sections of the built-in library, from its folders: nothing is read."""
    return sorted(path.parent.name for path in data_folder("clauses").glob("*/section.yaml"))


def options() -> list[str]:
    """The ids of every option of the built-in library, from its file names."""
    return sorted(f"{path.parent.name}.{path.stem}" for path in data_folder("clauses").glob("*/*.md"))


def profiles() -> list[str]:
    """The ids of the profiles of the built-in library."""
    return sorted(
        path.stem for path in (data_folder("clauses") / "profiles").glob("*.yaml") if path.stem not in ("every", "guide")
    )


def codes() -> list[str]:
    """The codes that have a page: rules, what is found about files and libraries, dates."""
    from tmp_builder.cli.codes import code_pages
    from tmp_builder.deadlines import catalogue as dates
    from tmp_builder.rules.waivers import pages

    return [*(rule.code for rule in pages()), *(code.code for code in code_pages()), *sorted(dates())]


def _plan_files(incomplete: str) -> list[str]:
    """Plan files and folders below what was typed."""
    typed = Path(incomplete)
    folder = typed if incomplete.endswith(("/", "\\")) else typed.parent
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return []
    names = [f"{path}/" if path.is_dir() else str(path) for path in found if path.is_dir() or path.name.endswith(".plan.yaml")]
    return [name for name in names if "/." not in f"/{name}" or name.startswith("..")]


def plans(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Completes plan files, and folders on the way to them."""
    return _items(_plan_files(incomplete), incomplete)


def _of(names: Callable[[], list[str]]) -> Finder:
    def find(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return _items(names(), incomplete)

    return find


def _places(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Completes sections, and the options of one as soon as its dot is typed."""
    return _items(options() if "." in incomplete else sections(), incomplete)


def _answers(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Completes `address=value`: keys, then the options of a section, the facts, the parameters of the cards."""
    address, equals, value = incomplete.partition("=")
    if address.startswith("choices.") and equals:
        section = address.removeprefix("choices.")
        names = [option.partition(".")[2] for option in options() if option.startswith(f"{section}.")]
        done, comma, last = value.rpartition(",")
        return [CompletionItem(f"{address}={done}{comma}{name}") for name in names if name.startswith(last)]
    if address.startswith("parameters."):
        return _items(_parameters(), incomplete)
    if address.startswith("facts."):
        from tmp_builder.plan.facts import NAMED_FACTS

        return _items([f"facts.{name}={answer}" for name in NAMED_FACTS for answer in ("yes", "no")], incomplete)
    heads = [*(f"{key}=" for key in _KEYS), *(f"choices.{section}=" for section in sections()), "facts.", "parameters."]
    return _items(heads, incomplete)


def _parameters() -> list[str]:
    from tmp_builder.library.reader import read_library

    return [
        f"{each.address}=" for option in read_library().options.values() for each in option.parameters.values() if not each.fact
    ]


PLANS, SECTIONS, OPTIONS, PROFILES, ANSWERS = plans, _of(sections), _of(options), _of(profiles), _answers

_BY_NAME: dict[tuple[str, str], Finder] = {
    ("", "plan"): PLANS,
    ("", "plans"): PLANS,
    ("check", "targets"): PLANS,
    ("", "profile"): PROFILES,
    ("profiles", "ident"): PROFILES,
    ("", "section"): SECTIONS,
    ("", "sets"): ANSWERS,
    ("", "plan_path"): PLANS,
    ("", "plan_file"): PLANS,
    ("why", "section"): _places,
    ("explain", "names"): _of(lambda: [*codes(), *options()]),
    ("", "ident"): OPTIONS,
    ("", "idents"): OPTIONS,
    ("", "option"): OPTIONS,
}
"""What completes a parameter, by command and name; an empty command means every command."""


class _Completing(click.types.StringParamType):
    """A type that completes by a finder; used only while a shell asks for completions."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """What the finder finds."""
        return self.finder(ctx, param, incomplete)


def attach(command: click.Command) -> click.Command:
    """The command, and those below it, with parameters that complete by their names; the command itself stays as it is."""
    made = copy(command)
    made.params = [_completing(command.name or "", param) for param in command.params]
    if isinstance(made, click.Group) and isinstance(command, click.Group):
        made.commands = {name: attach(inner) for name, inner in command.commands.items()}
    return made


def _completing(command: str, param: click.Parameter) -> click.Parameter:
    finder = _BY_NAME.get((command, param.name or "")) or _BY_NAME.get(("", param.name or ""))
    if finder is None or isinstance(param.type, click.Choice):
        return param
    made = copy(param)
    made.type = _Completing(finder)
    return made


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> int:
    """Print the completion script for SHELL: commands, flags, plan files, profiles, sections, options, codes.

    \b
    Put it in place for good:
      bash        eval "$(tmp completion bash)"    in ~/.bashrc
      zsh         eval "$(tmp completion zsh)"     in ~/.zshrc
      fish        tmp completion fish > ~/.config/fish/completions/tmp.fish
      PowerShell  tmp completion powershell | Out-String | Invoke-Expression    in $PROFILE
    """
    from tmp_builder.cli import cli
    from tmp_builder.errors import EngineError
    from tmp_builder.findings import both

    maker = get_completion_class(shell)
    if maker is None:
        raise EngineError(
            both("this version of click has no completion for {shell}", "所装的click不支持{shell}补全", shell=shell),
            both("Install click 8.5 or newer.", "请安装click 8.5或更新版本。"),
        )
    script = maker(cli, {}, "tmp", "_TMP_COMPLETE").source()
    click.echo(script.encode(), nl=False)
    click.echo(f"# {INSTALL[shell]}", err=True)
    return 0
