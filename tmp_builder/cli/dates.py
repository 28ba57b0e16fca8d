"""`tmp dates`: every date that follows from a plan, with its working; as a table, a sheet, a calendar, a timeline, an extract."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tmp_builder.cli.options import library_option
from tmp_builder.cli.output import Talk
from tmp_builder.findings import both, listed

if TYPE_CHECKING:
    from tmp_builder.deadlines import Deadline
    from tmp_builder.library.schema import Library
    from tmp_builder.plan.schema import Plan

FORMATS = ("text", "csv", "json", "xlsx", "html", "ics")
EXTRACTS = ("md", "docx", "pdf", "html")
BINARY = ("xlsx", "docx", "pdf")
"""What does not go to a terminal."""


@click.command("dates")
@click.argument("plan_path", metavar="PLAN", type=click.Path(path_type=Path))
@click.option("--date", "as_of", help="As-of date, YYYY-MM-DD: marks what has passed; the date of calendars and sheets.")
@click.option("--member", metavar="ID", help="Only what concerns this member.")
@click.option(
    "-f", "--format", "form", type=click.Choice(FORMATS), default="text", help="How the dates are written [default: text]."
)
@click.option("--json", "as_json", is_flag=True, help="Short for -f json.")
@click.option("--extract", type=click.Choice(EXTRACTS), help="The extract of one member instead: its rights, duties and dates.")
@click.option("--language", "languages", help="Languages of the papers: en, zh, or en,zh [default: the plan's].")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write; - for stdout [default: stdout].")
@library_option
@click.option("--dry-run", is_flag=True, help="Say what would be written; write nothing.")
@click.option("--force", is_flag=True, help="Overwrite a file that this command did not write.")
@click.pass_obj
def command(
    talk: Talk,
    plan_path: Path,
    as_of: str | None,
    member: str | None,
    form: str,
    as_json: bool,
    extract: str | None,
    languages: str | None,
    output: Path | None,
    library: Path | None,
    dry_run: bool,
    force: bool,
) -> int:
    """Compute every date that follows from PLAN: rule, formula, working, date, who must act, source clause.

    Sorted by date; windows whose event has not happened stand at the end. A day that depends on holidays not yet announced is
    marked.

    \b
    Examples:
      tmp dates clean-vehicles.plan.yaml
      tmp dates clean-vehicles.plan.yaml --member A1 -f ics -o a1.ics
      tmp dates clean-vehicles.plan.yaml -f xlsx -o dates.xlsx --date 2027-01-15
      tmp dates clean-vehicles.plan.yaml --member A1 --extract docx --language en -o a1.docx
    """
    from msgspec.structs import replace

    from tmp_builder import pipeline
    from tmp_builder.cli.given import parse_date, parse_languages

    day = parse_date(as_of)
    plan, found = pipeline.read(plan_path, library)
    table = "json" if as_json else form
    chosen = extract or table
    _refuse(plan, member, extract, table, output)
    if languages:
        _refuse_language(chosen)
        plan = replace(plan, languages=parse_languages(languages) or plan.languages)
    if extract:
        content = _extract(plan, found, member or "", extract, day)
    else:
        every = _dates(plan, found, member, day)
        if chosen == "text":
            return _say(talk, every, plan, found, member)
        content = _content(every, plan, chosen, member or "", day)
    return _put(talk, content, output, chosen, dry_run=dry_run, force=force)


def _refuse(plan: Plan, member: str | None, extract: str | None, table: str, output: Path | None) -> None:
    """What makes no sense together, each with what to type instead."""
    from tmp_builder.errors import UsageError, nearest

    chosen = extract or table
    known = [each.id for each in plan.members]
    if member is not None and member not in known:
        near = nearest(member, known)
        message = both("no member has the id “{member}”{near}", "没有编号为“{member}”的成员单位{near}", member=member, near=near)
        raise UsageError(message, both("Known: {known}", "可用：{known}", known=listed(known[:12])))
    if extract and member is None:
        raise UsageError(
            both("--extract is the extract of one member", "--extract是一个成员单位的摘录"),
            both("Add --member ID.", "请加上--member ID。"),
        )
    if extract and table not in ("text", extract):
        raise UsageError(
            both(
                "--extract {extract} and -f {table} are two different papers",
                "--extract {extract}与-f {table}是两份不同的文件",
                extract=extract,
                table=table,
            ),
            both("Make them one after the other.", "请分两次生成。"),
        )
    if chosen in BINARY and output is None and sys.stdout.isatty():
        raise UsageError(
            both("{form} is no text for a terminal", "{form}不能在终端显示", form=chosen),
            both(
                "Add -o NAME.{form}, or -o - to write it to stdout.",
                "请加上-o NAME.{form}，或者用-o -写到标准输出。",
                form=chosen,
            ),
        )


def _refuse_language(chosen: str) -> None:
    """A list on the terminal speaks the language of the interface, and data hold both: the option would do nothing."""
    from tmp_builder.errors import UsageError

    if chosen in ("text", "json"):
        raise UsageError(
            both("--language is the language of a paper", "--language指定的是文件的语言"),
            both(
                "Use tmp --ui-language for the terminal, or add --extract or -f.",
                "终端请用tmp --ui-language；或者加上--extract或-f。",
            ),
        )


def _dates(plan: Plan, library: Library, member: str | None, as_of: date | None) -> tuple[Deadline, ...]:
    from tmp_builder.deadlines import current, deadlines
    from tmp_builder.deadlines.who import concerns

    every = current(deadlines(plan, library, as_of))
    return every if member is None else tuple(each for each in every if concerns(each, plan, member))


def _content(every: Sequence[Deadline], plan: Plan, form: str, member: str, as_of: date | None) -> bytes:
    if form == "json":
        return _json(every, plan, member, as_of)
    from tmp_builder.writers.datesheet import stamp, write_csv

    if form == "csv":
        return write_csv(every, plan)
    if form == "html":
        from tmp_builder.writers.datespage import write as write_page
        from tmp_builder.writers.ours import seal

        return seal(write_page(every, plan, plan.languages[0]))
    if form == "xlsx":
        from tmp_builder.writers.xlsx import write as write_xlsx

        return write_xlsx(every, plan, stamp(plan, as_of))
    from tmp_builder.writers.ics import write as write_ics

    return write_ics(every, plan, stamp(plan, as_of), member)


def _json(every: Sequence[Deadline], plan: Plan, member: str, as_of: date | None) -> bytes:
    import json

    from tmp_builder.calendar import DEFAULT, calendar_version

    data = {
        "schema_version": 1,
        "plan": plan.id,
        "version": plan.version,
        "as_of": as_of.isoformat() if as_of else "",
        "member": member,
        "calendars": list(plan.dates.calendars or DEFAULT),
        "calendar_data": calendar_version(plan.dates.calendars or DEFAULT),
        "dates": [each.data() for each in every],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _extract(plan: Plan, library: Library, member: str, form: str, as_of: date | None) -> bytes:
    from tmp_builder import pipeline
    from tmp_builder.assemble.extract import extract

    return pipeline.write(extract(plan, library, member, as_of), form, pipeline.Options())


# ── on the terminal and into files ──────────────────────────────────────────────────────────────────────────────────


def _say(talk: Talk, every: Sequence[Deadline], plan: Plan, library: Library, member: str | None) -> int:
    """The table as text: a line with the day and what it is, below it the rule, the working, who acts, the source."""
    from tmp_builder.cli.width import terminal_width

    width = terminal_width()
    dated = [each for each in every if each.date]
    waiting = [each for each in every if not each.date]
    for each in dated:
        _say_one(talk, each, plan, library, width)
    if waiting:
        talk.result(click.style(talk.pick("Not dated yet", "尚无日期"), bold=True))
        for each in waiting:
            _say_one(talk, each, plan, library, width)
    moved = talk.pick("; provisional days depend on holidays not announced yet", "；暂定日期取决于尚未公布的节假日")
    note = moved if any(each.provisional for each in every) else ""
    whose = talk.pick(f" for {member}", f"（与{member}有关）") if member else ""
    talk.say(
        talk.pick(
            f"{len(dated)} {'date' if len(dated) == 1 else 'dates'}{whose}, {len(waiting)} not dated yet",
            f"{len(dated)}个日期{whose}，{len(waiting)}项尚无日期",
        )
        + note
    )
    return 0


def _say_one(talk: Talk, each: Deadline, plan: Plan, library: Library, width: int) -> None:
    from tmp_builder.cli.width import fold
    from tmp_builder.deadlines.who import named

    lang = talk.language
    marks = [
        talk.pick(english, chinese)
        for is_so, english, chinese in (
            (each.provisional, "provisional", "暂定"),
            (each.assumed, "expected", "预计"),
            (each.passed, "passed", "已过"),
        )
        if is_so
    ]
    what = f"{each.label[lang]} ({each.object})" if each.object else each.label[lang]
    head = f"{each.date.isoformat() if each.date else '–':<10}  {click.style(each.code, bold=True)}  {what}"
    talk.result(fold(head + (f"  [{', '.join(marks)}]" if marks else ""), width))
    colon = talk.pick(": ", "：")
    card = library.options.get(each.source)
    source = f"{each.source} ({card.label[lang]})" if card else each.source
    for name, words in (
        (talk.pick("rule", "规则"), each.rule[lang]),
        (talk.pick("formula", "公式"), each.formula[lang]),
        (talk.pick("working", "计算"), each.working.get(lang, "")),
        (talk.pick("who", "责任方"), named(each.who, plan, lang)),
        (talk.pick("send by", "最迟发出"), each.latest_send.isoformat() if each.latest_send else ""),
        (talk.pick("safe day", "稳妥日期"), each.safe.isoformat() if each.safe else ""),
        (talk.pick("done", "已完成"), each.met_on.isoformat() if each.met_on else ""),
        (talk.pick("source", "来源"), " · ".join(filter(None, (source, each.basis)))),
        (talk.pick("note", "注"), " ".join(filter(None, (each.non_working.get(lang), each.note.get(lang))))),
    ):
        if words:
            talk.result(fold(words, width, f"            {name}{colon}"))


def _put(talk: Talk, content: bytes, output: Path | None, form: str, *, dry_run: bool, force: bool) -> int:
    """To stdout, or into the file; a file that is not ours is kept unless --force is given."""
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(content)
        return 0
    if dry_run:
        talk.result(f"{talk.pick('would write', '将写入')} {output}")
        return 0
    from tmp_builder import pipeline
    from tmp_builder.cli.keeping import keep_foreign

    keep_foreign(output, content, form, force=force)
    written = pipeline.save({output: content})
    talk.result(f"{output}  ({talk.pick('written', '已写入') if written else talk.pick('unchanged', '未变')})")
    return 0
