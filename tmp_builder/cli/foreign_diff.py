"""`tmp diff` where a Word file from elsewhere takes part: texts side by side, what to paste into the plan, the open issues."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from tmp_builder.cli.options import given, kept
from tmp_builder.cli.output import Talk, print_json
from tmp_builder.findings import Words, both

if TYPE_CHECKING:
    from tmp_builder import pipeline
    from tmp_builder.compare.foreign import TextChanges
    from tmp_builder.readers.docx import ReadDocument
    from tmp_builder.returned import TakenBack

_Command = TypeVar("_Command", bound=Callable[..., object])


def foreign_options(command: _Command) -> _Command:
    """The options of `tmp diff` that speak of Word files from elsewhere; `foreign` reads them from the context."""
    view = click.option(
        "--view",
        type=click.Choice(["accepted", "rejected"]),
        default="accepted",
        expose_value=False,
        callback=kept,
        help="Word files from elsewhere: with tracked changes accepted, or rejected (shows what changed untracked).",
    )
    wording = click.option(
        "--as-wording",
        is_flag=True,
        expose_value=False,
        callback=kept,
        help="OLD a plan, NEW its returned Word file: print as YAML what to paste into the plan.",
    )
    issues = click.option(
        "--open-issues",
        type=click.Path(path_type=Path),
        metavar="FILE.xlsx",
        expose_value=False,
        callback=kept,
        help="Also write the tracked changes and comments of NEW as a workbook.",
    )
    return view(wording(issues(command)))


def foreign(
    talk: Talk, old: str, new: str | None, *, by_class: bool, as_json: bool, library: Path | None, force: bool = False
) -> int | None:
    """The exit code of a comparison in which a Word file from elsewhere takes part; None where the plans are to be compared."""
    from tmp_builder.errors import UsageError

    wanted: Path | None = given("open_issues")
    as_wording = bool(given("as_wording"))
    if (wanted or as_wording) and (new is None or not _is_word(new)):
        raise UsageError(both("a returned Word file is needed as NEW", "NEW须为返回的Word文件"), _hint())
    if new is None:
        return None
    if wanted is not None:
        _write_issues(talk, old, Path(new), wanted, library, force=force)
    if as_wording:
        _refuse_others()
        return _as_wording(talk, old, new, library, as_json=as_json)
    if _takes_part(old, new, given("view")):
        _refuse_others()
        return _texts(talk, old, new, given("view"), library, by_class=by_class, as_json=as_json)
    return None


def _hint() -> Words:
    return both("Write: tmp diff PLAN returned.docx --as-wording", "写作：tmp diff PLAN returned.docx --as-wording")


def _refuse_others() -> None:
    """What is made from two plans is not offered where one file has none. Raises UsageError."""
    from tmp_builder.errors import UsageError

    context = click.get_current_context()
    named = {"--sheet": context.params.get("sheet"), "--html": context.params.get("html")}
    for name, value in {"-f": given("formats"), **named}.items():
        if value:
            wrong = both("{name} is not offered for Word files from elsewhere", "{name}不适用于外来Word文件", name=name)
            raise UsageError(wrong, both("Use --json, or compare two plans.", "请使用--json，或者比较两个计划。"))


def _is_word(target: str) -> bool:
    return Path(target).suffix.lower() == ".docx"


def _takes_part(old: str, new: str, view: str) -> bool:
    """Whether a Word file without a recipe takes part; between two Word files one that carries no plan, or a view, is enough."""
    from tmp_builder.readers.recipe import read_recipe

    recipes = [read_recipe(Path(each)) for each in (old, new) if _is_word(each)]
    if len(recipes) == 2 and (view == "rejected" or any(recipe is not None and not recipe.plan for recipe in recipes)):
        return True
    return any(recipe is None for recipe in recipes)


# ── two texts ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _texts(talk: Talk, old: str, new: str, view: str, library: Path | None, *, by_class: bool, as_json: bool) -> int:
    from tmp_builder.compare.foreign import compare_texts
    from tmp_builder.compare.foreign.report import texts_data

    sides = [_read(each, view, library) for each in (old, new)]
    found = compare_texts(*sides)
    if as_json:
        print_json({"old_file": old, "new_file": new, "view": view, **texts_data(found)})
    else:
        _show(talk, (old, new), (sides[0], sides[1]), view, found)
    if by_class:
        return found.weight.exit_code if found.weight else 0
    return 1 if found.changes else 0


def _read(target: str, view: str, library: Path | None) -> ReadDocument:
    """The text of a Word file, or the one that a plan gives."""
    from tmp_builder.readers.docx import read_docx
    from tmp_builder.returned import built

    return read_docx(Path(target), view) if _is_word(target) else built(_checked(target, library))


def _checked(target: str, library: Path | None) -> pipeline.Checked:
    from tmp_builder import pipeline
    from tmp_builder.versions import Shelf, find

    version = find(target, Shelf(library)).version
    return pipeline.examine(version.plan, version.library)


def _show(talk: Talk, files: tuple[str, str], sides: tuple[ReadDocument, ReadDocument], view: str, found: TextChanges) -> None:
    from tmp_builder.cli.comparison import print_lines
    from tmp_builder.compare.foreign.report import said_lines

    for name, file, read in zip((talk.pick("Old", "旧"), talk.pick("New", "新")), files, sides, strict=True):
        many, as_read = read.revisions, talk.pick(view, {"accepted": "接受", "rejected": "拒绝"}[view])
        tracked = (
            talk.pick(f"  ({many} tracked changes, read as {as_read})", f"（含{many}处修订，按全部{as_read}比较）")
            if many
            else ""
        )
        talk.result(f"{name}  {file}{tracked}")
    talk.say(talk.pick("Compared by their text, not by plans.", "按文本比较，而非按计划比较。"))
    print_lines(talk, said_lines(found, talk.language))


# ── back into the plan ──────────────────────────────────────────────────────────────────────────────────────────────


def _as_wording(talk: Talk, old: str, new: str, library: Path | None, *, as_json: bool) -> int:
    from tmp_builder.compare.foreign.report import texts_data
    from tmp_builder.errors import UsageError
    from tmp_builder.returned import take_back

    if not old.endswith((".yaml", ".yml")) or not Path(old).is_file():
        raise UsageError(
            both("--as-wording needs the plan file that the Word file came from", "--as-wording须给出该Word文件所依据的计划文件"),
            _hint(),
        )
    found = take_back(Path(old), Path(new), library)
    if as_json:
        print_json(
            {
                "plan": old,
                "file": new,
                "found_by": found.by,
                "proposals": [
                    {
                        "kind": each.kind,
                        "of": each.owner,
                        "number": each.number,
                        "edits": dict(each.edits),
                        "notes": list(map(dict, each.notes)),
                    }
                    for each in found.proposals
                ],
                "faults": [str(fault) for fault in found.faults],
                "remaining": texts_data(found.rest) if found.rest else None,
                "not_compared": ["formatting", *found.unread],
            }
        )
    else:
        _print_paste(talk, found)
    return 1 if found.proposals or found.rest is None or found.rest.changes else 0


def _print_paste(talk: Talk, found: TakenBack) -> None:
    """The YAML alone on stdout; everything else is talk."""
    from tmp_builder.compare.foreign.paste import KINDS, Entry, paste_lines
    from tmp_builder.compare.foreign.report import not_compared, said_lines

    entries = []
    for each in found.proposals:
        head = f"{each.number} {each.owner}: {KINDS[each.kind][talk.language]}"
        entries.append(Entry("\n".join([head, *(note[talk.language] for note in each.notes)]), each.edits))
    for line in paste_lines(entries):
        talk.result(line.text)
    for note in found.notes:
        talk.say(note[talk.language])
    if found.by == "words":
        talk.say(
            talk.pick("The file lost its bookmarks: clauses were found by their words.", "文件的书签已丢失：条款按文字识别。")
        )
    unread = not_compared(found.unread, talk.language)
    talk.say(talk.pick(f"Not compared: {unread}.", f"未比较：{unread}。"))
    if found.rest is None:
        talk.say(talk.pick("The plan with these edits cannot be built:", "写入上述内容后计划无法生成："))
        for fault in found.faults:
            talk.say(f"  {fault}")
    elif found.rest.changes:
        many = len(found.rest.changes)
        talk.say(
            talk.pick(
                f"With these edits the plan still gives another text at {many} places. Dates and registers are computed; change the rest by hand:",
                f"写入上述内容后，计划的文本仍有{many}处不同：日期和清单由程序计算，其余须手工处理：",
            )
        )
        for line in said_lines(found.rest, talk.language):
            talk.say("  " * line.indent + line.text)
    else:
        talk.say(talk.pick("With these edits the plan gives the returned text.", "写入上述内容后，计划的文本与返回文件一致。"))


# ── open issues ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _write_issues(talk: Talk, old: str, new: Path, wanted: Path, library: Path | None, *, force: bool) -> None:
    """The workbook; clauses are named after the plan where OLD is one, or carries one."""
    from datetime import date

    from tmp_builder import pipeline
    from tmp_builder.cli.keeping import keep_foreign
    from tmp_builder.compare.foreign.issues import SHEET, issue_sheet
    from tmp_builder.document.walk import clauses
    from tmp_builder.errors import UsageError
    from tmp_builder.readers.markup import read_markup
    from tmp_builder.readers.recipe import read_recipe
    from tmp_builder.returned import names_of
    from tmp_builder.writers.tablesheet import write

    if wanted.suffix.lower() != ".xlsx":
        raise UsageError(
            both("{file} is no name of a workbook", "{file}不是工作簿的文件名", file=wanted),
            both("End it in .xlsx.", "请以.xlsx结尾。"),
        )
    issues = read_markup(new)
    recipe = read_recipe(Path(old)) if _is_word(old) else None
    nodes: dict[str, str] = {}
    numbers: dict[str, str] = {}
    dated = date(2000, 1, 1)
    if not _is_word(old) or (recipe is not None and recipe.plan):
        checked = _checked(old, library)
        nodes = {name: node for name, (node, _) in names_of(checked.document).items()}
        numbers = {clause.id: clause.number for clause in clauses(checked.document)}
        numbers |= {section.id: section.number for section in checked.document.sections}
        dated = checked.plan.dated or dated
    content = write([issue_sheet(issues, nodes, numbers, talk.language)], SHEET[talk.language], dated)
    keep_foreign(wanted, content, "xlsx", force=force)
    pipeline.save({wanted: content})
    talk.say(
        talk.pick(
            f"{wanted}: {len(issues)} tracked changes and comments  (written)", f"{wanted}：{len(issues)}处修订和批注（已写入）"
        )
    )
