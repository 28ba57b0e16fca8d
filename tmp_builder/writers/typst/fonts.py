"""The fonts that Typst is given: those that the style of our PDFs names, found among the system's, and those of named folders."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from tmp_builder.errors import EngineError
from tmp_builder.findings import both

LATIN = ("Liberation Serif", "Times New Roman", "Noto Serif", "DejaVu Serif")
CHINESE = ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", "WenQuanYi Micro Hei")
FAMILIES: Mapping[str, tuple[str, ...]] = {"en": (*LATIN, *CHINESE), "zh": (*CHINESE, *LATIN)}
"""The families for each language, in the order of document.css."""


class Fonts(Struct, frozen=True):
    """The fonts at hand: as the engine takes them, the families for each language, and the file of each family in small letters."""

    engine: Any
    families: Mapping[str, tuple[str, ...]]
    files: Mapping[str, Path]


@lru_cache(maxsize=4)
def fonts_at_hand(font_dirs: tuple[Path, ...] = ()) -> Fonts:
    """What there is of `FAMILIES`, and all families in `font_dirs` as the last choice; looked for once in a process.

    Raises EngineError if Typst is missing or a folder has no font.
    """
    named = {family.casefold() for family in FAMILIES["en"]}
    system = {name: path for name, path in _files(_engine(system=True)).items() if name in named}
    house = [family for folder in font_dirs for family in _house(folder)]
    folders = sorted({path.parent for path in system.values()} | set(font_dirs))
    engine = _engine(*folders)
    files = _files(engine)
    families = {
        language: tuple(dict.fromkeys(family for family in (*names, *house) if family.casefold() in files))
        for language, names in FAMILIES.items()
    }
    return Fonts(engine, families, {family.casefold(): files[family.casefold()] for family in families["en"]})


def fonts_within_reach(font_dirs: tuple[Path, ...] = ()) -> set[Path]:
    """The files of every font that a PDF can use, in every weight. Raises EngineError as `fonts_at_hand` does."""
    fonts = fonts_at_hand(font_dirs)
    return {Path(font.path) for font in fonts.engine.fonts() if font.path and font.family.casefold() in fonts.files}


def typst() -> Any:
    """The engine. Raises EngineError where it is not installed."""
    try:
        import typst as engine
    except ImportError as error:
        raise EngineError(
            both("the engine typst is not installed: {error}", "未安装引擎typst：{error}", error=error),
            both(
                "Install it (pip install 'tmp-builder[fast]'), or leave out --pdf-engine.",
                "请安装（pip install 'tmp-builder[fast]'），或者去掉--pdf-engine。",
            ),
        ) from error
    return engine


def _house(folder: Path) -> list[str]:
    found = sorted(set(_engine(folder).families()))
    if not found:
        raise EngineError(
            both("no font in {folder}", "{folder}中没有字体", folder=folder),
            both(
                "--font-dir takes a folder with .ttf, .otf, .ttc, .otc files.",
                "--font-dir须为含有.ttf、.otf、.ttc、.otc文件的文件夹。",
            ),
        )
    return found


def _engine(*folders: Path, system: bool = False) -> Any:
    paths = [str(folder) for folder in folders]
    return typst().Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=paths)


def _files(engine: Any) -> dict[str, Path]:
    """The file of every family by its name in small letters, the upright one if it has several."""
    found: dict[str, Path] = {}
    order = sorted(
        engine.fonts(), key=lambda font: (font.style != "normal", abs(font.weight - 400), font.stretch != 1.0, font.path or "")
    )
    for font in order:
        if font.path:
            found.setdefault(font.family.casefold(), Path(font.path))
    return found
