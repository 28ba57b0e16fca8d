"""Known faults become a sentence and an exit code; unknown ones a short report."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from tmp_builder.errors import InputError, TmpError

INTERRUPTED = 130
UNEXPECTED = 70


def run(command: click.Command, arguments: Sequence[str] | None = None) -> int:  # noqa: PLR0911 - one return for each kind of ending
    """The exit code of `command`, with every fault told on stderr."""
    try:
        result = command.main(args=list(arguments) if arguments is not None else None, prog_name="tmp", standalone_mode=False)
    except click.exceptions.Exit as done:
        return done.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        return INTERRUPTED
    except click.ClickException as fault:
        fault.show(file=sys.stderr)
        return fault.exit_code
    except TmpError as fault:
        tell(fault)
        return fault.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except Exception as fault:
        return unexpected(fault)
    return result if isinstance(result, int) else 0


def tell(fault: TmpError) -> None:
    """The sentence of a known fault; every fault of a file on its own line, counted at the end."""
    if isinstance(fault, InputError):
        for each in fault.faults:
            click.echo(f"{each.place}: error: {each.message}", err=True)
            if each.hint:
                click.echo(f"  {each.hint}", err=True)
        count = len(fault.faults)
        click.echo(f"{count} {'fault' if count == 1 else 'faults'}; nothing was written.", err=True)
        return
    click.echo(f"error: {fault.message}", err=True)
    if fault.hint:
        click.echo(f"  {fault.hint}", err=True)


def unexpected(fault: Exception) -> int:
    """A fault nobody foresaw: where it happened, without a traceback unless --debug asks for it."""
    if "--debug" in sys.argv:
        raise fault
    import traceback

    last = traceback.extract_tb(fault.__traceback__)[-1]
    where = f"{os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119
    click.echo(f"error: an unexpected fault, {type(fault).__name__} at {where}: {fault}", err=True)
    click.echo("  Please report it. The same command with `tmp --debug …` shows where it comes from.", err=True)
    return UNEXPECTED
