"""What decides the bytes of a set, part by part: a set is made again when one of them changed, and the report says which."""

from __future__ import annotations

import hashlib
import json
import platform
import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from msgspec.structs import asdict

import tmp_builder
from tmp_builder.datafiles import data_folder
from tmp_builder.library.schema import Labels, Library
from tmp_builder.pipeline import Options
from tmp_builder.plan.data import plan_data
from tmp_builder.plan.schema import Plan

ENGINES = (
    "weasyprint",
    "pydyf",
    "typst",
    "fonttools",
    "python-docx",
    "lxml",
    "jinja2",
    "icalendar",
    "markdown-it-py",
    "holidays",
)
"""Packages whose version can change the bytes of a file."""

CHANGED: Mapping[str, Labels] = {
    "plan": {"en": "the base plan changed", "zh": "基础计划有变更"},
    "row": {"en": "the row changed", "zh": "该行有变更"},
    "text": {"en": "the common text changed", "zh": "共同文本有变更"},
    "papers": {"en": "its papers or their names changed", "zh": "文件种类或者名称有变更"},
    "library": {"en": "the clause library changed", "zh": "条款库有变更"},
    "templates": {"en": "the templates changed", "zh": "模板有变更"},
    "fonts": {"en": "the fonts changed", "zh": "字体有变更"},
    "layout": {"en": "the layout engine of PDFs has another version", "zh": "PDF排版引擎版本有变更"},
    "program": {"en": "the program or an engine has another version", "zh": "程序或者引擎版本有变更"},
    "options": {"en": "the options changed", "zh": "选项有变更"},
    "new": {"en": "it was not built before", "zh": "此前未生成"},
    "missing": {"en": "a file is missing", "zh": "文件缺失"},
    "differs": {"en": "a file is not as it was built", "zh": "文件与生成时不一致"},
    "failed": {"en": "it failed before", "zh": "上次生成失败"},
    "forced": {"en": "--force was given", "zh": "使用了 --force"},
}
"""Why a set is made, by the name of what changed."""


def digest(data: Any) -> str:
    """The SHA-256 of plain data, whatever the order of its keys; dates and numbers by how they are written."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def of_bytes(content: bytes) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()


def of_plan(plan: Plan, library: Library) -> str:
    """Of everything that a plan says, with its tables; how it is written down makes no difference."""
    return digest(plan_data(plan, library))


def of_options(options: Options, as_of: date | None) -> str:
    """Of everything on the command line that decides bytes; of folders of fonts the fonts count, not where they lie."""
    data = asdict(options) | {"house": options.house.fingerprint, "font_dirs": "", "formats": ""}
    return digest([data, as_of])


def of_templates() -> str:
    """Of the templates that came with the program, without the demonstration and those of reports, which are in no set."""
    folder = data_folder("templates")
    return _of_files(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("report"))


def _of_files(paths: Iterable[Path]) -> str:
    """By names and contents, not by where they lie: two folders may hold files of one name."""
    found = hashlib.sha256()
    for name, content in sorted((path.name, hashlib.sha256(path.read_bytes()).digest()) for path in paths):
        found.update(f"{name}\0".encode() + content)
    return found.hexdigest()


def engines() -> dict[str, str]:
    """The versions of what makes the files; goes into the manifest."""
    found = {"python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    for name in ENGINES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def of_program() -> str:
    """Of the program and its engines."""
    return digest([tmp_builder.__version__, engines()])


def of_fonts(options: Options) -> str:
    """Of the fonts that a PDF of ours can use, in every weight: those that the style sheets name, and those of `--font-dir`.

    Raises EngineError where the engine of PDFs is missing.
    """
    if options.pdf_engine == "typst":
        from tmp_builder.writers.typst.fonts import fonts_within_reach

        return _of_files(fonts_within_reach(options.font_dirs))
    from tmp_builder.writers.pdf import engine

    return _of_files(engine.fonts_within_reach(options.paper, options.house.css, options.font_dirs))


def layout_engine(options: Options) -> str:
    """What lays out PDFs beyond the packages of `ENGINES`: Pango's version and the subsetter of fonts; none for Typst, which is whole.

    To be asked after `of_fonts`, which says in words that an engine is missing.
    """
    if options.pdf_engine == "typst":
        return ""
    from tmp_builder.writers.pdf.engine import layout_version

    return layout_version()


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the parts that differ."""
    return tuple(name for name in new if old.get(name) != new[name])
