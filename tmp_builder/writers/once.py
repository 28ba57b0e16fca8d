"""Texts that are printed in every language, but once where all languages say the same; in a redline that holds for both versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from tmp_builder.document.nodes import DELETED, INSERTED, Change, Inlines, Texts
from tmp_builder.document.sides import has_changes, new_words, old_words
from tmp_builder.document.walk import plain


class Said(Struct, frozen=True):
    """What is printed of a text in one language. `mark` says that only one version of a redline prints it at all."""

    language: str
    inlines: Inlines
    mark: str = ""


def said_once(texts: Texts, languages: Iterable[str]) -> list[Said]:
    """What is printed of a text, in the order of the languages: nothing empty, nothing that an earlier language said."""
    if has_changes(texts):
        return list(_of_both(texts, languages))
    seen: dict[str, Said] = {}
    for language in languages:
        inlines = texts.get(language, ())
        words = plain(inlines)
        if words and words not in seen:
            seen[words] = Said(language, inlines)
    return list(seen.values())


def _of_both(texts: Texts, languages: Iterable[str]) -> Iterator[Said]:
    """The same for a text with changes: a language may be silent, or say what another says, in one of the versions only."""
    earlier: set[str] = set()
    later: set[str] = set()
    for language in languages:
        inlines = texts.get(language, ())
        old, new = old_words(inlines), new_words(inlines)
        was, now = plain(old), plain(new)
        gone, stays = bool(was) and was not in earlier, bool(now) and now not in later
        if gone and stays:
            yield Said(language, inlines)
        elif stays:
            yield Said(language, (Change(_kind(inlines, INSERTED), new),), INSERTED)
        elif gone:
            yield Said(language, (Change(_kind(inlines, DELETED), old),), DELETED)
        earlier.add(was)
        later.add(now)


def _kind(inlines: Inlines, otherwise: str) -> str:
    """The kind of a text that is one change, such as a moved one."""
    return inlines[0].kind if len(inlines) == 1 and isinstance(inlines[0], Change) else otherwise
