"""What click says of a command line (usage, help, its own errors), in the language of the interface."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from typing import Any

import click

from tmp_builder.cli.width import columns, fold
from tmp_builder.findings import spoken

_EXAMPLES = ("示例：", "长期启用：")
_CUT = 20
"""A line that click cut short (“List sections and …”) is recognised by its beginning, if that is as long as this."""
_HEADINGS = {"Usage:": "用法：", "Options": "选项", "Commands": "命令", "Positional arguments": "参数"}
_NAMES = {"file": "文件", "directory": "文件夹", "path": "路径", "integer": "整数", "float": "数字", "text": "文字"}

_SENTENCES: tuple[tuple[str, str], ...] = (
    (r"Missing argument (.+?)\.(?P<rest>.*)", "缺少参数{0}。{rest}"),
    (r"Missing option (.+?)\.(?P<rest>.*)", "缺少选项{0}。{rest}"),
    (r"Missing command\.", "缺少命令。"),
    (
        r"No such option:? '?([^']+?)'?\.?(?: \(?(?:Did you mean|Possible options:)(?: one of:)? ?(.+?)\??\)?)?",
        "没有选项“{0}”。{1:是否应为：{}？}",
    ),
    (r"No such command [“'](.+?)[”']\.?(?:,? [Dd]id you mean [“']?(.+?)[”']?\?)?", "没有命令“{0}”。{1:是否应为“{}”？}"),
    (r"Option '(.+)' requires an argument\.", "选项“{0}”须带一个值。"),
    (r"Option '(.+)' requires (\d+) arguments\.", "选项“{0}”须带{1}个值。"),
    (r"Option '(.+)' does not take a value\.", "选项“{0}”不带值。"),
    (r"Got unexpected extra arguments? \((.+)\)", "多余的参数：{0}。"),
    (r"Invalid value for (.+?): (?P<rest>.*)", "{0}的值无效：{rest}"),
    (r"Invalid value: (?P<rest>.*)", "值无效：{rest}"),
    (r"'(.+)' is not one of (.+)\.", "“{0}”不在可选值之列（{1}）。"),
    (r"'(.+)' is not a valid (\w+)\.", "“{0}”不是有效的{1}。"),
    (r"(.+) is not in the range (.+)\.", "{0}不在范围{1}之内。"),
    (r"(\w+) '(.+)' does not exist\.", "{0}“{1}”不存在。"),
    (r"(\w+) '(.+)' is a directory\.", "“{1}”是文件夹。"),
    (r"(\w+) '(.+)' is a file\.", "“{1}”是文件。"),
    (r"(\w+) '(.+)' is not readable\.", "{0}“{1}”无法读取。"),
    (r"(\w+) '(.+)' is not writable\.", "{0}“{1}”无法写入。"),
    (r"Could not open file '?(.+?)'?: (.+)", "无法打开文件“{0}”：{1}"),
    (r"Choose from:(.*)", "可选：{0}。"),
)
"""The sentences of click 8, and what to say instead; `rest` is itself such a sentence. A sentence that is not here stays English."""


def language_of(arguments: Sequence[str] | None = None) -> str:
    """The language of the interface before anything is parsed: --ui-language, else the environment, else the locale."""
    from tmp_builder.cli.output import locale_language

    words = list(sys.argv[1:] if arguments is None else arguments)
    for position, word in enumerate(words):
        if word == "--ui-language" and position + 1 < len(words):
            return words[position + 1]
        if word.startswith("--ui-language="):
            return word.partition("=")[2]
    return os.environ.get("TMP_UI_LANGUAGE") or locale_language()


def in_chinese(sentence: str) -> str:
    """A sentence of click in Chinese; one that is not known is left as it is."""
    text = sentence.strip()
    for pattern, form in _SENTENCES:
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found:
            rest = in_chinese(found.groupdict().get("rest") or "")
            return _filled(form, [_word(part or "") for part in found.groups()], rest)
    return text


def _word(part: str) -> str:
    """A part of a sentence: quotation marks of programmers are left out, lists are divided as in Chinese."""
    listed = re.sub(r"'([^']*)'", r"\1", re.sub(r",\s+", "、", part.strip()))
    return _NAMES.get(listed.lower(), listed)


def _filled(form: str, parts: list[str], rest: str) -> str:
    """The sentence with its places filled; a place `{1:…{}…}` is left out where there is nothing to say."""
    whole = re.sub(r"\{(\d):([^{}]*)\{\}([^{}]*)\}", lambda found: _wrapped(found, parts), form)
    return re.sub(r"\{(\d|rest)\}", lambda found: rest if found[1] == "rest" else parts[int(found[1])], whole)


def _wrapped(found: re.Match[str], parts: list[str]) -> str:
    part = parts[int(found[1])]
    return f"{found[2]}{part}{found[3]}" if part else ""


def tell_usage(fault: click.ClickException, language: str) -> None:
    """A fault of the command line on stderr: how the command is called, what was wrong, where help is."""
    if language != "zh":
        fault.show(file=sys.stderr)
        return
    context = fault.ctx if isinstance(fault, click.UsageError) else None
    if context is not None:
        click.echo(context.get_usage(), err=True)
        click.echo(f"查看帮助：{context.command_path} {context.help_option_names[0]}\n", err=True)
    said = spoken(fault.message, "zh")
    click.echo(f"错误：{said if said != fault.message else in_chinese(fault.format_message())}", err=True)


def speak(language: str) -> None:
    """Let click format usage and help in `language`; its one place for that is the class of its contexts."""
    click.Context.formatter_class = _ChineseFormatter if language == "zh" else click.HelpFormatter


class _ChineseFormatter(click.HelpFormatter):
    """Click's formatter with its own words in Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        words = args.replace("[OPTIONS]", "[选项]").replace("[COMMAND] [ARGS]...", "[命令] [参数]...")
        words = words.replace("COMMAND [ARGS]...", "命令 [参数]...")
        super().write_usage(prog, words, _HEADINGS["Usage:"] if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}：\n")

    def write_text(self, text: str) -> None:
        space = " " * self.current_indent
        for number, text_of_it in enumerate(text.split("\n\n")):
            self.write("\n" if number else "")
            said = paragraph_in_chinese(text_of_it)
            kept = said.startswith(_EXAMPLES)  # commands are there to be copied: their lines are not folded
            self.write(
                "".join(f"{space}{line}\n" if kept else f"{fold(line, self.width, space)}\n" for line in said.splitlines())
            )

    def write_dl(self, rows: Any, col_max: int = 30, col_spacing: int = 2) -> None:
        said = [(name, _help_in_chinese(text)) for name, text in rows]
        space = " " * self.current_indent
        room = min(max((columns(name) for name, _ in said), default=0), col_max) + col_spacing
        for name, text in said:
            begin = f"{space}{name}{' ' * (room - columns(name))}"
            if columns(name) + col_spacing > room:
                self.write(f"{space}{name}\n")
                begin = space + " " * room
            self.write(f"{fold(text, self.width, begin, space + ' ' * room)}\n")


def paragraph_in_chinese(text: str) -> str:
    """A paragraph of the help of a command; a list of examples keeps its lines."""
    from tmp_builder.cli.help_commands import COMMANDS

    whole = " ".join(text.replace("\b", " ").split())
    if whole in COMMANDS:
        return COMMANDS[whole]
    return text.replace("\b\n", "").replace("Examples:", _EXAMPLES[0]).replace("Put it in place for good:", _EXAMPLES[1])


def _help_in_chinese(text: str) -> str:
    """The help of an option, or the line of a command in a list; what click itself adds stands behind two blanks."""
    from tmp_builder.cli.help_commands import COMMANDS
    from tmp_builder.cli.help_options import OPTIONS

    said, _, added = text.partition("  [")
    whole = " ".join(said.split())
    cut = whole.removesuffix("...").rstrip(".")
    known = {**COMMANDS, **OPTIONS}
    found = known.get(whole) or next((zh for en, zh in known.items() if len(cut) > _CUT and en.startswith(cut)), "")
    return _added_in_chinese(f"{found or said}{f'  [{added}' if added else ''}")


def _added_in_chinese(text: str) -> str:
    """The words that click itself puts into the help of an option."""
    text = text.replace("Show this message and exit.", "显示本说明并退出。")
    return (
        re.sub(r"\[default: ([^\]]*)\]", r"[默认：\1]", text).replace("[required]", "[必填]").replace("[env var: ", "[环境变量：")
    )
