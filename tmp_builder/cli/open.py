"""`tmp open`: the plan inside a built file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tmp_builder.cli.output import Talk
from tmp_builder.findings import both

if TYPE_CHECKING:
    from tmp_builder.errors import InputError

NO_PLAN = both(
    "carries no plan: it was not built by this program, or lost its recipe",
    "不含计划：不是由本程序生成，或者生成信息已丢失",
)


@click.command("open")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write the plan [default: standard output].")
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
@click.pass_obj
def command(talk: Talk, file: Path, output: Path | None, force: bool) -> int:
    """Write back the plan that a built FILE (DOCX or PDF) carries.

    \b
    Examples:
      tmp open clean-vehicles.docx
      tmp open clean-vehicles.pdf -o again.plan.yaml
    """
    from tmp_builder.errors import EngineError, UsageError
    from tmp_builder.plan.writing import new_text, write_atomically
    from tmp_builder.readers.recipe import read_recipe

    recipe = read_recipe(file)
    if recipe is None:
        raise _without_plan(file)
    what = {
        "counterparty": talk.pick(
            "what the printed text needs (no comments, waivers or internal columns)",
            "打印文本所需内容（不含批注、豁免和内部栏目）",
        ),
        "internal": talk.pick("the whole plan", "完整计划"),
        "public": talk.pick("fingerprints only", "仅有指纹"),
    }
    talk.say(
        talk.pick(f"Inside {file}, made for {recipe.audience}: ", f"{file}内含（对象：{recipe.audience}）：")
        + what[recipe.audience]
    )
    talk.say(
        talk.pick(
            "What is inside can be changed by whoever sends a file; `tmp verify` compares it with the text.",
            "文件内容可能被发送人改动；可用tmp verify与文本核对。",
        )
    )
    if not recipe.plan:
        raise UsageError(both("{file} carries fingerprints only, not its plan", "{file}仅含指纹，不含计划", file=file))
    text = new_text(recipe.plan)
    if output is None:
        talk.result(text.rstrip("\n"))
        return 0
    if output.exists() and not force:
        raise EngineError(
            both("{path} exists", "{path}已存在", path=output),
            both("Choose another name with -o, or use --force.", "请用-o另取名称，或者使用--force。"),
        )
    write_atomically(output, text.encode())
    talk.result(str(output))
    return 0


def _without_plan(file: Path) -> InputError:
    """Why there is no plan to write: a signature page never carries one, any other file is not ours or lost it."""
    from tmp_builder.cli.signature_page import no_plan
    from tmp_builder.errors import InputError
    from tmp_builder.findings import Fault, Place
    from tmp_builder.readers.signature_page import read_signature_page

    page = read_signature_page(file)
    return no_plan(file, page) if page is not None else InputError([Fault(Place(str(file)), NO_PLAN)])
