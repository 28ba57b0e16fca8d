"""The options that several commands share, each made in one place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from tmp_builder.writers.formats import PDF_ENGINES

Command = TypeVar("Command", bound=Callable[..., Any])
_META = "tmp_builder.option."

library_option = click.option("--library", type=click.Path(path_type=Path), help="Another clause library than the built-in one.")
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
font_option = click.option(
    "--font-dir", "font_dirs", multiple=True, type=click.Path(path_type=Path), help="A folder of fonts for the PDF (repeatable)."
)
engine_option = click.option(
    "--pdf-engine",
    type=click.Choice(PDF_ENGINES),
    default=PDF_ENGINES[0],
    help="What sets the PDF; typst is many times faster, honours no CSS, and comes with tmp-builder[fast].",
)


def kept(context: click.Context, parameter: click.Parameter, value: object) -> None:
    """Callback of an option that its command is not handed: whoever the option speaks to asks for it by `given`."""
    context.meta[_META + (parameter.name or "")] = value


def given(name: str) -> Any:
    """The value of an option that was kept; None where the command has no such option."""
    return click.get_current_context().meta.get(_META + name)


def layout_option(text: str = "Two languages side by side, or one below the other.", **more: Any) -> Callable[[Command], Command]:
    """`--layout`, its help in other words or with other settings where a command needs them; so also the options below."""
    return click.option("--layout", type=click.Choice(["columns", "stacked"]), default="columns", help=text, **more)


def paper_option(text: str = "Paper size.", **more: Any) -> Callable[[Command], Command]:
    """`--paper`."""
    return click.option("--paper", type=click.Choice(["A4", "Letter"]), default="A4", help=text, **more)


def style_option(text: str) -> Callable[[Command], Command]:
    """`--style`, as `styles`."""
    return click.option("--style", "styles", multiple=True, type=click.Path(path_type=Path), help=text)


def audience_option(text: str) -> Callable[[Command], Command]:
    """`--for`, as `audience`."""
    return click.option("--for", "audience", type=click.Choice(["internal", "counterparty", "public"]), help=text)
