"""Whether the files of a library can be kept on every system: short paths, no names that Windows reserves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tmp_builder.findings import Place, Severity
from tmp_builder.library.care.catalogue import Hit, check
from tmp_builder.library.care.shelf import Shelf

LONGEST_PATH = 100
"""Characters below the folder of the library: Windows allows 260 in all, an installation takes up to 150 of them."""
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.I)
_NAME = re.compile(r"^[a-z0-9][a-z0-9-]*$")


@check("LIB-26", Severity.ERROR)
def names_suit_every_system(shelf: Shelf) -> Iterator[Hit]:
    """Names of sections and options are words joined by hyphens, at most 100 characters; Windows reserves none of them."""
    for option in shelf.library.options.values():
        path = f"{option.section}/{option.name}.md"
        problem = _problem(path, (option.section, option.name))
        if problem:
            yield Hit(f"{path}: {problem[0]}", f"{path}：{problem[1]}", Place(option.place.file), owner=option.id)


def _problem(path: str, parts: tuple[str, ...]) -> tuple[str, str] | None:
    if len(path) > LONGEST_PATH:
        return f"the path has {len(path)} characters, at most {LONGEST_PATH}", f"路径长{len(path)}个字符，至多{LONGEST_PATH}"
    if any(_RESERVED.match(part) for part in parts):
        return "Windows reserves this name", "该名称为Windows保留名称"
    if not all(_NAME.match(part) for part in parts):
        return "a name is lower-case words joined by hyphens", "名称应为以连字符连接的小写单词"
    return None
