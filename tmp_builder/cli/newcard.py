"""What `tmp library new` and `tmp library translated` write: new cards, and stamps in cards."""

from __future__ import annotations

import re
from pathlib import Path

from tmp_builder.datafiles import data_folder
from tmp_builder.errors import EngineError, LibraryError, UsageError, nearest
from tmp_builder.findings import Fault

_IDENT = re.compile(r"^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$")


def write_new_card(ident: str, model: str | None, output: Path) -> Path:
    """The path of the new card `section.option` in the library `output`; a card that is there is never overwritten."""
    from tmp_builder.library.cards import parse_card
    from tmp_builder.plan.writing import write_atomically

    if not _IDENT.match(ident) or any(_RESERVED.match(part) for part in ident.split(".")):
        raise UsageError(
            f"“{ident}” is no id of an option", "Write SECTION.OPTION in lower-case words joined by hyphens: ownership.our-rule"
        )
    section, _, name = ident.partition(".")
    path = output / section / f"{name}.md"
    if path.exists():
        raise EngineError(f"{path} exists", "Edit it, or choose another name.")
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
        raise UsageError(f"unknown option “{model}”{nearest(model, options)}", "List them with: tmp library list")
    section, _, name = model.partition(".")
    text = (data_folder("clauses") / section / f"{name}.md").read_text(encoding="utf-8-sig")
    return card_from(text, ident, options[model])


def stamp_cards(idents: tuple[str, ...], folder: Path | None, *, every: bool) -> tuple[list[str], int]:
    """The cards whose stamp changed, and how many were looked at. Line endings of a card stay as they are."""
    from tmp_builder.library.care.translations import stamped
    from tmp_builder.library.reader import read_library
    from tmp_builder.plan.writing import write_atomically

    library = read_library(folder)
    wanted = list(library.options) if every else list(idents)
    if not wanted:
        raise UsageError("no card is named", "Name the options, or use --all.")
    changed = []
    for ident in wanted:
        if ident not in library.options:
            raise UsageError(f"unknown option “{ident}”{nearest(ident, library.options)}", "List them with: tmp library list")
        option = library.options[ident]
        path = (folder or data_folder("clauses")) / option.section / f"{option.name}.md"
        old = path.read_bytes().decode("utf-8")
        new = stamped(old, option)
        if new != old:
            write_atomically(path, new.encode())
            changed.append(ident)
    return changed, len(wanted)
