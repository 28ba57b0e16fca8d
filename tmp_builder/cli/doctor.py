"""`tmp doctor`: whether everything that the program needs is there, each line with its fix."""

from __future__ import annotations

import locale
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from msgspec import Struct

from tmp_builder.cli.options import json_option
from tmp_builder.cli.output import Talk, print_json

LATIN = "AZaz09éñüß–—‘’“”…●"
CHINESE = "中国联盟知识产权归属许可保密，。；：（）“”《》【】"
BROKEN = 5


class Line(Struct, frozen=True):
    """One thing looked at: its name, whether it is as it should be (None: only something to know), what was found, what to do."""

    name: str
    good: bool | None
    found: dict[str, str]
    fix: dict[str, str]


@click.command("doctor")
@json_option
@click.pass_obj
def command(talk: Talk, as_json: bool) -> int:
    """Check Python, the PDF engine, fonts, the terminal and the clause library; each line says how to mend what is wrong.

    \b
    Examples:
      tmp doctor
      tmp doctor --json
    """
    lines = list(examine())
    if as_json:
        rows = [{"name": line.name, "good": line.good, "found": line.found, "fix": line.fix} for line in lines]
        print_json({"healthy": all(line.good is not False for line in lines), "lines": rows})
    else:
        for line in lines:
            _say(talk, line)
    return BROKEN if any(line.good is False for line in lines) else 0


def _say(talk: Talk, line: Line) -> None:
    mark = {
        True: click.style(talk.pick("ok", "正常"), fg="green"),
        False: click.style(talk.pick("MISSING", "缺失"), fg="red"),
        None: talk.pick("note", "提示"),
    }
    talk.result(f"{mark[line.good]}  {line.name}: {line.found[talk.language]}")
    if line.good is not True and line.fix:
        talk.result(f"    → {line.fix[talk.language]}")


def examine() -> Iterator[Line]:
    """Every line, in the order in which things are needed."""
    for look in (_python, _engine, _subset, _typst, _latin_font, _chinese_font, _terminal, _encoding, _library, _cache):
        yield look()


def _both(en: str, zh: str) -> dict[str, str]:
    return {"en": en, "zh": zh}


def _per_system(debian: str, mac: str, windows: str) -> dict[str, str]:
    """The fix for the system at hand, the others named after it."""
    system = platform.system()
    fixes = {"Linux": f"Debian, Ubuntu: {debian}", "Darwin": f"macOS: {mac}", "Windows": f"Windows: {windows}"}
    ordered = [fixes.pop(system)] if system in fixes else []
    text = "; ".join([*ordered, *fixes.values()])
    return _both(text, text.replace("; ", "；"))


def _python() -> Line:
    version = platform.python_version()
    fine = sys.version_info >= (3, 11)
    fix = _both("Install Python 3.11 or newer.", "请安装Python 3.11或更高版本。")
    return Line("Python", fine, _both(f"{version}, {platform.system()}", f"{version}，{platform.system()}"), fix)


def _engine() -> Line:
    name = "WeasyPrint, Pango"
    fix = _per_system(
        "apt install libpango-1.0-0 libpangoft2-1.0-0",
        "brew install pango",
        "install MSYS2, then: pacman -S mingw-w64-x86_64-pango",
    )
    try:
        import weasyprint
        from weasyprint.text.ffi import pango
    except (ImportError, OSError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        return Line(name, False, _both(f"the PDF engine does not start: {reason}", f"PDF引擎无法启动：{reason}"), fix)
    number = pango.pango_version()
    version = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    found = f"WeasyPrint {weasyprint.__version__}, Pango {version}"
    return Line(name, True, _both(found, found), {})


def _subset() -> Line:
    """Without it WeasyPrint subsets Chinese fonts in Python: right, but four times slower."""
    from ctypes.util import find_library

    found = find_library("harfbuzz-subset")
    fix = _per_system("apt install libharfbuzz-subset0", "brew install harfbuzz", "pacman -S mingw-w64-x86_64-harfbuzz")
    words = (
        _both("present", "已安装")
        if found
        else _both("absent: Chinese PDFs build about four times slower", "未安装：生成中文PDF约慢四倍")
    )
    return Line("harfbuzz-subset", True if found else None, words, fix)


def _typst() -> Line:
    """The second PDF engine, which is wanted only for speed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = f"typst {version('typst')}"
    except PackageNotFoundError:
        words = _both(
            "absent: --pdf-engine typst does not work; PDFs are built by WeasyPrint",
            "未安装：无法使用--pdf-engine typst，PDF由WeasyPrint生成",
        )
        return Line("Typst", None, words, _both("pip install 'tmp-builder[fast]'", "pip install 'tmp-builder[fast]'"))
    return Line("Typst", True, _both(found, found), {})


def _latin_font() -> Line:
    fix = _per_system(
        "apt install fonts-liberation", "nothing: Times New Roman comes with it", "nothing: Times New Roman comes with it"
    )
    return _font("Latin font", LATIN, fix)


def _chinese_font() -> Line:
    fix = _per_system(
        "apt install fonts-noto-cjk (or fonts-wqy-microhei, smaller)",
        "brew install font-noto-serif-cjk",
        "install Noto Serif CJK SC, or name a folder of fonts with --font-dir",
    )
    return _font("Chinese font", CHINESE, fix)


def _font(name: str, sample: str, fix: dict[str, str]) -> Line:
    """Whether the fonts that the style sheet names hold every character of the sample: looked up in the fonts themselves."""
    from tmp_builder.errors import EngineError

    try:
        from weasyprint.text.fonts import FontConfiguration

        from tmp_builder.writers.html.page import stylesheet
        from tmp_builder.writers.pdf.fonts import check_glyphs, families_of, installed_fonts

        installed = installed_fonts(FontConfiguration())  # type: ignore[no-untyped-call]
        families = families_of(stylesheet("A4", None, "document.pdf.css"))
        check_glyphs(sample, installed, families)
        alone = next((family for family in families if _holds(family, sample, installed)), ", ".join(families))
    except EngineError as error:
        return Line(name, False, _both(error.message, error.message), fix)
    except (ImportError, OSError) as error:
        return Line(name, False, _both(f"cannot be looked for: {error}", f"无法检查：{error}"), fix)
    return Line(name, True, _both(alone, alone), {})


def _holds(family: str, sample: str, installed: dict[str, Path]) -> bool:
    """Whether one font has every character by itself."""
    from tmp_builder.errors import EngineError
    from tmp_builder.writers.pdf.fonts import check_glyphs

    try:
        check_glyphs(sample, installed, [family])
    except EngineError:
        return False
    return family.casefold() in installed


def _terminal() -> Line:
    import shutil

    size = shutil.get_terminal_size()
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    words = f"{size.columns}×{size.lines}"
    fix = _both(
        "Call tmp new in a terminal; without one, use --answers and --set.",
        "请在终端中运行tmp new；没有终端时使用--answers和--set。",
    )
    if not interactive:
        return Line("terminal", None, _both("no terminal: questions cannot be asked", "没有终端：无法提问"), fix)
    narrow = size.columns < 80 or size.lines < 24
    wider = _both("Widen the window to 80×24, or use tmp new --plain.", "请将窗口放大到80×24，或者使用tmp new --plain。")
    return Line("terminal", None if narrow else True, _both(words, words), wider)


def _encoding() -> Line:
    name = (getattr(sys.stdout, "encoding", "") or locale.getpreferredencoding(False)).lower()
    fine = name.replace("-", "") in ("utf8", "utf8sig", "cp65001")
    fix = _per_system("export LC_ALL=C.UTF-8", "export LC_ALL=en_US.UTF-8", "set PYTHONUTF8=1")
    return Line("encoding", True if fine else None, _both(name, name), fix)


def _library() -> Line:
    """Whether the clause library that came with the program can be read and has no error."""
    from tmp_builder.cli.library import care
    from tmp_builder.findings import Severity

    errors = [finding for finding in care(None) if finding.severity is Severity.ERROR]
    fix = _both(
        "Install the program again; for a library of your own: tmp library check DIR",
        "请重新安装本程序；自有条款库请运行：tmp library check DIR",
    )
    if errors:
        first = errors[0]
        return Line(
            "clause library",
            False,
            _both(f"{len(errors)} errors, first: {first.text('en')}", f"{len(errors)}个错误，首个：{first.text('zh')}"),
            fix,
        )
    return Line("clause library", True, _both("read, no error", "可以读取，没有错误"), fix)


def _cache() -> Line:
    """Where copies of what was read are kept: somebody who deletes a plan wants to know of them."""
    from tmp_builder.kept import SWITCH, usual_folder

    folder = usual_folder()
    if folder is None:
        return Line("cache", True, _both("switched off", "已关闭"), {})
    words = _both(
        f"{folder} keeps what was read, plans too, for this user only; delete it at will, or switch it off with {SWITCH}=off",
        f"{folder}保存读取过的内容（包括计划），仅本用户可读；可随时删除，或者用{SWITCH}=off关闭",
    )
    return Line("cache", True, words, {})
