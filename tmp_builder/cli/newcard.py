"""What `tmp library new` and `tmp library translated` write: new cards, and stamps in cards."""

from __future__ import annotations

import re
from pathlib import Path

from tmp_builder.datafiles import data_folder
from tmp_builder.errors import EngineError, LibraryError, UsageError, nearest
from tmp_builder.findings import Fault, both

_IDENT = re.compile(r"^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$")


def write_new_card(ident: str, model: str | None, output: Path) -> Path:
    """The path of the new card `section.option` in the library `output`; a card that is there is never overwritten."""
    from tmp_builder.library.cards import parse_card
    from tmp_builder.plan.writing import write_atomically

    if not _IDENT.match(ident) or any(_RESERVED.match(part) for part in ident.split(".")):
        raise UsageError(
            both("“{ident}” is no id of an option", "“{ident}”不是选项编号", ident=ident),
            both(
                "Write SECTION.OPTION in lower-case words joined by hyphens: ownership.our-rule",
                "写作“部分.选项”，用小写单词和连字符：ownership.our-rule",
            ),
        )
    path = _path(output, ident)
    if path.exists():
        raise EngineError(
            both("{path} exists", "{path}已存在", path=path),
            both("Edit it, or choose another name.", "请直接编辑该文件，或者另取名称。"),
        )
    text = _text_of(ident, model)
    faults: list[Fault] = []
    option = parse_card(text, str(path), ident, faults)
    faults += option.prose.faults if option else []
    if faults:
        raise LibraryError(faults)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, text.encode())
    return path


def _text_of(ident: str, model: str | None) -> str:
    from tmp_builder.library.reader import read_library
    from tmp_builder.library.scaffold import card_from, new_card

    if model is None:
        return new_card(ident)
    options = read_library().options
    if model not in options:
        raise UsageError(
            both("unknown option “{model}”{near}", "没有选项“{model}”{near}", model=model, near=nearest(model, options)),
            both("List them with: tmp library list", "列出全部选项：tmp library list"),
        )
    text = _path(data_folder("clauses"), model).read_text(encoding="utf-8-sig")
    return card_from(text, ident, options[model])


def stamp_cards(idents: tuple[str, ...], folder: Path | None, *, every: bool) -> tuple[list[str], int]:
    """The cards whose stamp changed, and how many were looked at. Line endings of a card stay as they are."""
    from tmp_builder.cli.care import read_house
    from tmp_builder.library.care.translations import stamped
    from tmp_builder.plan.writing import write_atomically

    library, root = read_house(folder), folder or data_folder("clauses")
    wanted = [ident for ident in library.options if _path(root, ident).is_file()] if every else list(idents)
    if not wanted:
        raise UsageError(
            both("no card is named", "未写明条款卡"), both("Name the options, or use --all.", "请写明选项，或者使用--all。")
        )
    changed = []
    for ident in wanted:
        if ident not in library.options or not _path(root, ident).is_file():
            raise UsageError(
                both(
                    "no card “{ident}” in {root}{near}",
                    "{root}中没有条款卡“{ident}”{near}",
                    ident=ident,
                    root=root,
                    near=nearest(ident, library.options),
                ),
                both("List them with: tmp library list", "列出全部选项：tmp library list"),
            )
        old = _path(root, ident).read_bytes().decode("utf-8")
        new = stamped(old, library.options[ident])
        if new != old:
            write_atomically(_path(root, ident), new.encode())
            changed.append(ident)
    return changed, len(wanted)


def _path(root: Path, ident: str) -> Path:
    section, _, name = ident.partition(".")
    return root / section / f"{name}.md"
