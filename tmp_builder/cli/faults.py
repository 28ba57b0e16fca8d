"""Known faults become a sentence and an exit code; unknown ones a short report."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from tmp_builder.cli.usage import language_of, speak, tell_usage
from tmp_builder.errors import InputError, TmpError
from tmp_builder.findings import spoken

INTERRUPTED = 130
UNEXPECTED = 70


def run(command: click.Command, arguments: Sequence[str] | None = None) -> int:  # noqa: PLR0911 - one return for each kind of ending
    """The exit code of `command`, with every fault told on stderr in the language of the interface."""
    language = language_of(arguments)
    speak(language)
    try:
        result = command.main(args=list(arguments) if arguments is not None else None, prog_name="tmp", standalone_mode=False)
    except click.exceptions.Exit as done:
        return done.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断。" if language == "zh" else "Interrupted.", err=True)
        return INTERRUPTED
    except click.ClickException as fault:
        tell_usage(fault, language)
        return fault.exit_code
    except TmpError as fault:
        tell(fault, language)
        return fault.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except Exception as fault:
        return unexpected(fault, language)
    return result if isinstance(result, int) else 0


def tell(fault: TmpError, language: str = "en") -> None:
    """The sentence of a known fault; every fault of a file on its own line, counted at the end."""
    error = "错误：" if language == "zh" else "error: "
    if isinstance(fault, InputError):
        for each in fault.faults:
            click.echo(f"{each.place}: {error}{spoken(each.message, language)}", err=True)
            if each.hint:
                click.echo(f"  {spoken(each.hint, language)}", err=True)
        count = len(fault.faults)
        english = f"{count} {'fault' if count == 1 else 'faults'}; nothing was written."
        click.echo(f"共{count}处错误，未写入任何内容。" if language == "zh" else english, err=True)
        return
    click.echo(f"{error}{spoken(fault.message, language)}", err=True)
    if fault.hint:
        click.echo(f"  {spoken(fault.hint, language)}", err=True)


def unexpected(fault: Exception, language: str = "en") -> int:
    """A fault nobody foresaw: where it happened, without a traceback unless --debug asks for it."""
    if "--debug" in sys.argv:
        raise fault
    import traceback

    last = traceback.extract_tb(fault.__traceback__)[-1]
    where = f"{os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119
    if language == "zh":
        click.echo(f"错误：程序发生意外故障，{type(fault).__name__}，位置{where}：{fault}", err=True)
        click.echo("  请报告此故障。以`tmp --debug …`重新执行同一命令，可查看其来源。", err=True)
        return UNEXPECTED
    click.echo(f"error: an unexpected fault, {type(fault).__name__} at {where}: {fault}", err=True)
    click.echo("  Please report it. The same command with `tmp --debug …` shows where it comes from.", err=True)
    return UNEXPECTED
