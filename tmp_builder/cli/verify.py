"""`tmp verify`: is a file as it was built?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import asdict

from tmp_builder.cli.options import json_option, library_option, style_option
from tmp_builder.cli.output import Talk, print_json
from tmp_builder.errors import UsageError
from tmp_builder.findings import both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tmp_builder.rounds import Sent
    from tmp_builder.verify import Difference, Verdict

LONG = 400
"""Of a longer text an excerpt is shown."""


@click.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--plan", type=click.Path(path_type=Path), help="The plan it should come from [default: the one inside the file].")
@click.option("--members", type=click.Path(path_type=Path), help="Folder of a batch: the table its sets were built from.")
@click.option(
    "--base", "bases", multiple=True, type=click.Path(path_type=Path), help="Folder of a batch: the base plan (repeatable)."
)
@style_option("Folder of a batch: the style of your house.")
@click.option("--sample", default="", help="Folder of a batch: how many sets are built again, or all [default: 5].")
@library_option
@json_option
@click.pass_obj
def command(
    talk: Talk,
    file: Path,
    plan: Path | None,
    members: Path | None,
    bases: tuple[Path, ...],
    styles: tuple[Path, ...],
    sample: str,
    library: Path | None,
    as_json: bool,
) -> int:
    """Build FILE (DOCX or PDF) again and say which clauses differ; of a folder of a batch, say which files are not as built.

    Without --plan it is built from the recipe inside, which its sender could have changed: the answer then says only that text
    and recipe agree. With --plan the log of circulated drafts says to whom this text went. Of a signature page, which carries
    no recipe, that log says whether it is as sent.

    \b
    Examples:
      tmp verify returned.docx --plan clean-vehicles.plan.yaml
      tmp verify drafts/012/clean-vehicles-signature-A1.pdf
      tmp verify clean-vehicles.pdf
      tmp verify sets --members members.xlsx --base alliance.plan.yaml --sample all
    """
    if file.is_dir():
        from tmp_builder.cli.verify_batch import verify_folder

        if members is not None and not bases and not members.is_dir():
            raise UsageError(
                both("--members needs the base plan", "--members需要配合基础计划"),
                both("Add --base PLAN.", "请加上 --base PLAN。"),
            )
        return verify_folder(talk, file, members, bases, sample, library, styles, as_json=as_json)
    if members or bases or sample or styles:
        raise UsageError(
            both(
                "--members, --base, --style and --sample belong to a folder of a batch",
                "--members、--base、--style和--sample仅用于批处理文件夹",
            ),
            both("Name the folder.", "请指定该文件夹。"),
        )
    from tmp_builder.readers.signature_page import read_signature_page
    from tmp_builder.rounds import find
    from tmp_builder.verify import verify

    if (page := read_signature_page(file)) is not None:
        from tmp_builder.cli.signature_page import verified

        return verified(talk, file, page, plan, as_json=as_json)
    verdict = verify(file, plan, library)
    sent = find(plan, file, verdict.recipe.fingerprint) if plan is not None else []
    return _told(talk, file, verdict, sent, with_plan=plan is not None, as_json=as_json)


def _told(talk: Talk, file: Path, verdict: Verdict, sent: list[Sent], *, with_plan: bool, as_json: bool) -> int:
    """The verdict on stdout or as JSON; 1 where the text is not as built."""
    from tmp_builder.cli.signature_page import entry, in_log
    from tmp_builder.readers.unread import UNREAD

    if as_json:
        print_json(
            {
                "file": str(file),
                "as_built": verdict.same_bytes,
                "text_agrees": verdict.agrees,
                "against": "plan" if verdict.against_plan else "recipe",
                "differences": [asdict(each) for each in verdict.differences],
                "reasons": [dict(each) for each in verdict.reasons],
                "not_compared": list(verdict.skipped),
                "sent": [entry(each) for each in sent],
            }
        )
        return 0 if verdict.agrees else 1
    for each in verdict.differences:
        for line in _difference(talk, each):
            talk.result(line)
    for reason in verdict.reasons:
        talk.say(talk.pick(reason["en"], reason["zh"]))
    for name in verdict.skipped:
        talk.say(talk.pick(f"not compared: {name}", f"未比较：{UNREAD.get(name, name)}"))
    for one in sent:
        talk.say(in_log(talk, one))
    if with_plan and not sent:
        talk.say(talk.pick("In the log of circulated drafts: none with this text.", "登记簿中没有文本相同的送出稿。"))
    talk.say(_sentence(talk, verdict))
    return 0 if verdict.agrees else 1


def _difference(talk: Talk, found: Difference) -> Iterator[str]:
    """Where a text differs, and how; of a long one an excerpt around its changed words."""
    from tmp_builder.compare.redline.report import place_named
    from tmp_builder.compare.report import excerpt
    from tmp_builder.compare.words import compare_words

    where = place_named(found.place, found.number, talk.language) + (
        f" ({found.clause})" if found.number and found.clause else ""
    )
    yield talk.pick(f"differs: {where}", f"不一致：{where}")
    if max(len(found.expected), len(found.found)) <= LONG:
        yield f"  - {found.expected}\n  + {found.found}"
    else:
        yield f"    {excerpt(compare_words(found.expected, found.found))}"


def _sentence(talk: Talk, verdict: Verdict) -> str:
    if count := len(verdict.differences):
        places = "1 place differs" if count == 1 else f"{count} places differ"
        return talk.pick(f"{places} from the text as built.", f"与生成文本有{count}处不一致。")
    against = (
        talk.pick("the plan", "该计划")
        if verdict.against_plan
        else talk.pick("the recipe inside (which its sender could have changed)", "文件内的配方（发送人可能改动过）")
    )
    if verdict.same_bytes:
        return talk.pick(f"As built, byte for byte, from {against}.", f"与依{against}生成的文件逐字节一致。")
    if verdict.reasons:
        return talk.pick(f"Its text agrees with {against}.", f"其文本与{against}一致。")
    return talk.pick(
        f"The file was saved again since; its text agrees with {against}.", f"文件此后被另存过；其文本与{against}一致。"
    )
