"""Whether what a library rests on is known, honestly dated and not stale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from tmp_builder.errors import nearest
from tmp_builder.findings import Place, Severity
from tmp_builder.library.care.catalogue import Hit, check
from tmp_builder.library.care.passages import CITED
from tmp_builder.library.care.shelf import Shelf
from tmp_builder.library.schema import Citation, Library, Source

OLD_AFTER_DAYS = 365


@check("LIB-13", Severity.ERROR)
def citations_are_known(shelf: Shelf) -> Iterator[Hit]:
    """Whatever a card, a term or a profile rests on, and whatever guidance cites in brackets, is a code of sources.yaml."""
    known = shelf.library.sources
    for owner, place, citations in _lists(shelf.library):
        for entry in citations:
            if entry.source not in known:
                yield _unknown(entry.source, shelf.library, place, owner)
    for passage in shelf.passages_in("guidance"):
        for found in CITED.finditer(passage.text):
            if found[1] not in known:
                yield _unknown(found[1], shelf.library, passage.place(found.start()), passage.owner)


def _lists(library: Library) -> Iterator[tuple[str, Place, Iterable[Citation]]]:
    for option in library.options.values():
        yield option.id, Place(option.place.file, option.lines.get("sources", 1)), option.sources
    for term in library.terms:
        yield f"term:{term.id}", term.place, term.sources
    for profile in library.profiles.values():
        yield f"profile:{profile.id}", profile.place, profile.sources


def _unknown(code: str, library: Library, place: Place, owner: str) -> Hit:
    return Hit(
        f"unknown source “{code}”{nearest(code, library.sources)}",
        f"不存在的来源代码“{code}”",
        place,
        "Enter it in sources.yaml with how it was seen and when, or cite another.",
        "在sources.yaml中登记其查阅方式和日期，或者改引其他来源。",
        owner,
    )


@check("LIB-14", Severity.ERROR)
def sources_are_honestly_dated(shelf: Shelf) -> Iterator[Hit]:
    """A source that was seen says when; general knowledge (K) says never; no day lies in the future.

    Why: a date that nobody can vouch for is worse than none.
    """
    for source in shelf.library.sources.values():
        problem = _dating(source, shelf.as_of)
        if problem:
            yield Hit(f"{source.code}: {problem[0]}", f"{source.code}：{problem[1]}", source.place, owner=f"source:{source.code}")


def _dating(source: Source, as_of: date | None) -> tuple[str, str] | None:
    if source.seen == "K":
        return (
            None
            if source.checked == "never"
            else ("general knowledge was never checked; write “never”", "一般知识未经核对，应写“never”")
        )
    if source.checked == "never":
        return "was seen, so it must say when", "既已查阅，应注明日期"
    day = _day(source.checked)
    if day is None:
        return f"“{source.checked}” is no date", f"“{source.checked}”不是日期"
    if as_of and day > as_of:
        return f"was checked on {source.checked}, a day that has not come yet", f"核对日期{source.checked}尚未到来"
    return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@check("LIB-15", Severity.NOTE)
def sources_are_fresh(shelf: Shelf) -> Iterator[Hit]:
    """A source was checked within the last year; statutes and model terms change."""
    for source in shelf.library.sources.values():
        day = _day(source.checked)
        if shelf.as_of and day and (shelf.as_of - day).days > OLD_AFTER_DAYS:
            yield Hit(
                f"{source.code} was last checked on {source.checked}",
                f"{source.code}最近一次核对于{source.checked}",
                source.place,
                "Read it again, mend the cards that rest on it, and enter the day.",
                "重新查阅，修改以其为依据的条款卡，并登记日期。",
                f"source:{source.code}",
            )
