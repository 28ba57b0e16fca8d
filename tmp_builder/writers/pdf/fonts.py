"""Whether the fonts at hand can print every character of a text, found out before anything is laid out.

A PDF whose font lacks a character shows an empty box and still gives the right words to a text extractor, so only looking into
the fonts finds it. The fonts looked into are those that the style sheet names, not whatever the system would put in their place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from tmp_builder.errors import EngineError
from tmp_builder.findings import both, listed

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont
    from weasyprint.text.fonts import FontConfiguration

_FAMILY = re.compile(r"""["']([^"'\n]+)["']""")
_DECLARED = re.compile(r"font(?:-family)?\s*:([^;{}]+)|--house\s*:([^;{}]+)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
_SHOWN = 12


def families_of(css: str) -> tuple[str, ...]:
    """The font families that a style sheet names, in order."""
    declared = ("".join(found.groups("")) for found in _DECLARED.finditer(_COMMENT.sub("", css)))
    return tuple(dict.fromkeys(name for value in declared for name in _FAMILY.findall(value)))


def check_glyphs(text: str, installed: dict[str, Path], families: Iterable[str]) -> None:
    """Raise EngineError if the installed ones of `families` together lack a character of `text`."""
    present = [family for family in families if family.casefold() in installed]
    missing = sorted({char for char in set(text) if _printed(char)} - _union(present, installed))
    if missing:
        raise EngineError(
            both(
                "no glyph for {missing} in the fonts {present}",
                "字体{present}中没有字形：{missing}",
                missing=_named(missing),
                present=listed(present) if present else both("(none is installed)", "（均未安装）"),
            ),
            both(
                "Install a font that has them (Chinese: Debian and Ubuntu package fonts-noto-cjk), name a folder with one by "
                "--font-dir, or change the text: {where}",
                "请安装含有这些字形的字体（中文：Debian和Ubuntu的fonts-noto-cjk），用--font-dir指明字体文件夹，或者改动文字：{where}",
                where=_where(text, missing[0]),
            ),
        )


def installed_fonts(configuration: FontConfiguration) -> dict[str, Path]:
    """One file of every font family that the layout engine can see, by the family's names in small letters."""
    return {name: min(paths) for name, paths in font_files(configuration).items()}


def font_files(configuration: FontConfiguration) -> dict[str, set[Path]]:
    """The files of every font family that the layout engine can see, all weights and slopes, by the family's names in small letters."""
    from weasyprint.text.ffi import ffi, fontconfig

    found: dict[str, set[Path]] = {}
    for which in (fontconfig.FcSetSystem, fontconfig.FcSetApplication):
        fonts = fontconfig.FcConfigGetFonts(configuration._config, which)
        for index in range(fonts.nfont if fonts != ffi.NULL else 0):
            path = Path(next(_strings(fonts.fonts[index], b"file"), ""))
            if path.suffix.lower() in _ENDINGS:
                for family in _strings(fonts.fonts[index], b"family"):
                    found.setdefault(family.casefold(), set()).add(path)
    return found


def add_fonts(configuration: FontConfiguration, font_dirs: Iterable[Path]) -> list[str]:
    """Make the fonts of some folders known to the layout engine; the names of their families. Raises EngineError."""
    from weasyprint.text.ffi import ffi, fontconfig, pangoft2

    before = installed_fonts(configuration)
    for folder in font_dirs:
        files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS)
        if not files:
            raise EngineError(
                both("no font in {folder}", "{folder}中没有字体", folder=folder),
                both(
                    "--font-dir takes a folder with {endings} files.",
                    "--font-dir须为含有{endings}文件的文件夹。",
                    endings=listed(_ENDINGS),
                ),
            )
        for path in files:
            fontconfig.FcConfigAppFontAddFile(configuration._config, str(path.resolve()).encode())
    pangoft2.pango_fc_font_map_config_changed(ffi.cast("PangoFcFontMap *", configuration.font_map))
    return sorted(set(installed_fonts(configuration)) - set(before))


def _strings(pattern: object, name: bytes) -> Iterator[str]:
    """The values of a property of a font pattern."""
    from weasyprint.text.ffi import ffi, fontconfig

    value = ffi.new("FcChar8 **")
    index = 0
    while fontconfig.FcPatternGetString(pattern, name, index, value) == fontconfig.FcResultMatch:
        yield ffi.string(value[0]).decode(errors="replace")
        index += 1


def _union(families: Iterable[str], installed: dict[str, Path]) -> set[str]:
    return set().union(*(_characters(installed[family.casefold()], family.casefold()) for family in families))


@lru_cache(maxsize=64)
def _characters(path: Path, family: str) -> frozenset[str]:
    """Every character for which a font has a glyph; of a collection, the font of that family."""
    from fontTools.ttLib import TTCollection, TTFont  # type: ignore[attr-defined]

    if path.suffix.lower() not in (".ttc", ".otc"):
        with TTFont(path, lazy=True) as font:
            return _mapped(font)
    with TTCollection(path, lazy=True) as collection:  # type: ignore[no-untyped-call]
        return _mapped(next((font for font in collection if family in _names(font)), collection[0]))


def _mapped(font: TTFont) -> frozenset[str]:
    return frozenset(map(chr, font.getBestCmap() or ()))


def _names(font: TTFont) -> set[str]:
    """The family names of a font (name ids 1 and 16), in small letters."""
    return {record.toUnicode().casefold() for record in font["name"].names if record.nameID in (1, 16)}


def _printed(char: str) -> bool:
    """Whether a character needs a glyph: not spaces, controls, joiners and variation selectors."""
    return not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf") and not _SELECTORS.match(char)


def _named(missing: list[str]) -> str:
    said = [f"“{char}” (U+{ord(char):04X} {unicodedata.name(char, 'without name')})" for char in missing[:_SHOWN]]
    more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
    return ", ".join(said) + more


def _where(text: str, char: str) -> str:
    """A few words around the first place of a character."""
    at = text.index(char)
    return f"…{' '.join(text[max(0, at - 20) : at + 20].split())}…"
