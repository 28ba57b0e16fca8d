"""Words kept, deleted and inserted between two texts: Latin words, Chinese characters, and numbers with their unit as one token."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from msgspec import Struct

KEPT, DELETED, INSERTED = "kept", "deleted", "inserted"

_UNIT = (
    r"(?:percent\b|%|calendar\s(?:days?|months?)\b|working\s?days?\b|(?:day|month|year|hour|week)s?\b"
    r"|个?(?:工作日|自然日|月|周|小时)|日|天|年|元人民币|美元|欧元|英镑|元|倍)"
)
_ONE = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million)"
)
_ENGLISH = rf"\b{_ONE}(?:(?:-|\sand\s|\s){_ONE})*\b"
_CHINESE = r"(?:百分之)?[零一二两三四五六七八九十百千万亿点]+"
_FIGURE = r"\d+(?:[.,]\d+)*%?"
_WRITTEN = rf"(?:{_ENGLISH}(?:\spercent)?\s\({_FIGURE}\)|{_CHINESE}（{_FIGURE}）)"
"""A number as contracts write it, in words and figures: "sixty (60)", "六十（60）"."""
_NUMBER = (
    rf"(?:(?:USD|EUR|CNY|GBP|RMB)\s?)?(?:(?:{_WRITTEN}|{_FIGURE})(?:\s?(?P<unit>{_UNIT}))?"
    rf"|(?:{_ENGLISH}\s|{_CHINESE})(?P<after>{_UNIT}))"
)
_HAN = "㐀-鿿豈-﫿"
_TOKEN = re.compile(
    rf"(?P<mark>\{{\{{.*?\}}\}})"
    rf"|(?P<number>{_NUMBER})"
    rf"|(?P<chinese>[{_HAN}])"
    rf"|(?P<word>[^\W\d_{_HAN}][^\W_{_HAN}]*(?:['’\-][^\W_{_HAN}]+)*)"
    r"|(?P<space>\s+)"
    r"|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_MOST = 20_000
"""Above so many tokens two texts are shown as replaced as a whole: their comparison would take minutes."""


class Piece(Struct, frozen=True):
    """A run of text with what happened to it: kept, deleted or inserted."""

    kind: str
    text: str


def tokens(text: str) -> list[str]:
    """The text cut into what a reader sees as one: nothing is lost, joined they are the text again."""
    return [match.group() for match in _TOKEN.finditer(text)]


def compare_words(old: str, new: str) -> tuple[Piece, ...]:
    """The runs of two texts. Kept and deleted ones give `old`, kept and inserted ones give `new`; equal texts give kept ones only."""
    if old == new:
        return (Piece(KEPT, new),) if new else ()
    one, two = tokens(old), tokens(new)
    if len(one) + len(two) > _MOST:
        return tuple(piece for piece in (Piece(DELETED, old), Piece(INSERTED, new)) if piece.text)
    return tuple(_runs(one, two))


def _runs(one: list[str], two: list[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(KEPT, "".join(one[a:b]))
            continue
        if a < b:
            yield Piece(DELETED, "".join(one[a:b]))
        if c < d:
            yield Piece(INSERTED, "".join(two[c:d]))


def only_spelling(old: str, new: str) -> bool:
    """Whether two texts differ in nothing but spaces, punctuation, letter case and width; `not` and 不 are never spelling."""
    return _bare(old) == _bare(new)


def only_numbers(old: str, new: str) -> bool:
    """Whether two texts have the same words and differ in numbers (and spelling) alone."""
    return _bare(old, numbers=False) == _bare(new, numbers=False)


def _bare(text: str, *, numbers: bool = True) -> list[str]:
    """The tokens that carry a meaning, spelt alike; without `numbers` a number is only a place with its unit."""
    found = []
    for match in _TOKEN.finditer(text):
        kind, token = _kind(match), unicodedata.normalize("NFKC", match.group())
        if kind == "number":
            found.append(_number(match, token) if numbers else f"{_currency(token)}#{_unit(match)}")
        elif kind in ("word", "chinese", "mark"):
            found.append(re.sub(r"\s", "", token).casefold())
        elif token in _SIGNS:
            found.append(token)
    return found


_SIGNS = tuple("+-=<>≤≥±")
"""Signs that carry a meaning."""


def _kind(match: re.Match[str]) -> str:
    return next(name for name in ("mark", "number", "chinese", "word", "space", "other") if match[name] is not None)


def _unit(match: re.Match[str]) -> str:
    return (match["unit"] or match["after"] or "").casefold().rstrip("s").replace(" ", "")


def _number(match: re.Match[str], token: str) -> str:
    """Its figures where it has some, else its words; with its currency and unit."""
    figure = re.search(_FIGURE, token)
    said = figure.group().replace(",", "") if figure else re.sub(r"\s", "", token).casefold()
    return f"{_currency(token)}{said}{_unit(match)}"


def _currency(token: str) -> str:
    found = re.match(r"USD|EUR|CNY|GBP|RMB", token, re.IGNORECASE)
    return found.group().upper() if found else ""


def texts_of(texts: Mapping[str, tuple[str, int]]) -> dict[str, str]:
    """The texts of an option or of bespoke wording without the lines on which they begin."""
    return {language: text for language, (text, _line) in texts.items()}
