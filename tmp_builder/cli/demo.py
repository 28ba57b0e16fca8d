"""`tmp demo`: the bundled example, copied into a folder and built there."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path

import click

from tmp_builder.cli.output import Talk
from tmp_builder.datafiles import data_folder
from tmp_builder.errors import EngineError
from tmp_builder.findings import both

PLAN = "clean-vehicles.plan.yaml"
"""The plan of the bundled example; its tables lie beside it in `templates/demo`."""

_PARTS = (".yaml", ".csv", ".xlsx")
"""What belongs to the example; documents that somebody built beside it do not."""


@click.command("demo")
@click.argument("folder", metavar="[DIR]", default="demo", type=click.Path(path_type=Path))
@click.option("-f", "--format", "formats", default="docx,pdf", help="Formats, divided by commas [default: docx,pdf].")
@click.option("--force", is_flag=True, help="Overwrite an example that was edited, and documents that are not ours.")
@click.pass_obj
def command(talk: Talk, folder: Path, formats: str, force: bool) -> int:
    """Copy the bundled example into DIR [default: ./demo] and build it there. Works without a network.

    The example is a complete plan of an invented research consortium with ten members on two Sides, in English and Chinese.

    \b
    Examples:
      tmp demo
      tmp demo try-out -f docx,html
    """
    from tmp_builder.cli.build import build
    from tmp_builder.cli.given import parse_formats
    from tmp_builder.pipeline import Options, save

    options = Options(formats=parse_formats(formats))
    files = {folder / name: content for name, content in bundled().items()}
    if not force:
        _refuse_edited(files)
    _make(folder)
    save(files)
    code = build(talk, folder / PLAN, options, None, force=force)
    talk.say()
    talk.say(what_next(talk, folder / PLAN))
    return code


def bundled() -> Mapping[str, bytes]:
    """The files of the example by name: the plan and the tables it names."""
    source = data_folder("templates") / "demo"
    return {path.name: path.read_bytes() for path in sorted(source.iterdir()) if path.suffix in _PARTS}


def _refuse_edited(files: Mapping[Path, bytes]) -> None:
    """Nothing that a person has changed is lost without --force."""
    edited = [path for path, content in files.items() if path.is_file() and path.read_bytes() != content]
    if edited:
        names = ", ".join(str(path) for path in edited)
        plan = next(path for path in files if path.name == PLAN)
        hint = both(
            "Build it as it is: tmp build {plan}. Or choose another folder, or overwrite it with --force.",
            "可按现状生成：tmp build {plan}；也可另选文件夹，或者用--force覆盖。",
            plan=shlex.quote(str(plan)),
        )
        raise EngineError(
            both(
                "{names} differs from the bundled example, and nothing was written",
                "{names}与随附的示例不同，未写入任何内容",
                names=names,
            ),
            hint,
        )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        from tmp_builder.library.marked import reason_of

        raise EngineError(
            both(
                "the folder {folder} cannot be made: {why}", "无法建立文件夹{folder}：{why}", folder=folder, why=reason_of(error)
            ),
            both("Choose another: tmp demo DIR.", "请另选文件夹：tmp demo DIR。"),
        ) from error


def what_next(talk: Talk, plan: Path) -> str:
    """Commands to try on the example, each with what it shows."""
    name = shlex.quote(str(plan))
    steps = (
        (f"tmp check {name}", "hold the plan against the rules", "按规则检查计划"),
        (f"tmp build {name} --final", "an execution copy, without draft marks", "生成不带草案标记的签署稿"),
        (f"tmp build {name} -f html --language zh", "the Chinese text alone, as a web page", "仅生成中文网页文本"),
        ("tmp new", "your own plan, question by question", "逐题拟定自己的计划"),
    )
    width = max(len(command) for command, _, _ in steps)
    title = talk.pick(
        f"Open the documents, then change a line of {plan} and build again. To try next:",
        f"请打开所生成的文件，修改{plan}中的内容后重新生成。还可尝试：",
    )
    return "\n".join([title, *(f"  {command:<{width}}  {talk.pick(en, zh)}" for command, en, zh in steps)])
