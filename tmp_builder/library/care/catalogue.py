"""The checks of a library by their code, and the run: every check over one library, its hits as findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module

from msgspec import Struct

from tmp_builder.findings import Finding, Force, Place, Severity
from tmp_builder.library.care.shelf import Shelf

GROUPS = ("texts", "references", "relations", "presets", "sources", "terms", "wording", "likeness", "translations", "names")
"""The modules of checks."""


class Hit(Struct, frozen=True):
    """What a check saw: a sentence per language, where, and what to do. `severity` only where it differs from the check's."""

    en: str
    zh: str
    place: Place
    fix_en: str = ""
    fix_zh: str = ""
    owner: str = ""
    severity: Severity | None = None


Look = Callable[[Shelf], Iterable[Hit]]


class Check(Struct, frozen=True):
    """A check: its code, how much its hits weigh, the function that looks; `page` explains it."""

    code: str
    severity: Severity
    look: Look
    page: str


CHECKS: dict[str, Check] = {}


def check(code: str, severity: Severity) -> Callable[[Look], Look]:
    """Enter the decorated function in the catalogue; its docstring is the page of the check."""

    def enter(look: Look) -> Look:
        assert code not in CHECKS, code
        CHECKS[code] = Check(code, severity, look, look.__doc__ or "")
        return look

    return enter


def catalogue() -> Mapping[str, Check]:
    """Every check by its code; reads the modules of checks when first asked."""
    for group in GROUPS:
        import_module(f"tmp_builder.library.care.{group}")
    return dict(sorted(CHECKS.items()))


def look_after(shelf: Shelf, codes: Iterable[str] | None = None) -> list[Finding]:
    """The findings of every check (or of `codes`) over a library, errors first, then by file and line."""
    checks = catalogue()
    wanted = checks.values() if codes is None else [checks[code] for code in codes]
    found = [finding for each in wanted for finding in _findings(each, shelf)]
    return sorted(found, key=lambda finding: (finding.severity.rank, finding.place, finding.code, finding.text()))


def _findings(each: Check, shelf: Shelf) -> Iterator[Finding]:
    for hit in each.look(shelf):
        yield Finding(
            code=each.code,
            severity=hit.severity or each.severity,
            message={"en": hit.en, "zh": hit.zh},
            address=hit.owner,
            place=hit.place,
            fix={"en": hit.fix_en, "zh": hit.fix_zh} if hit.fix_en else {},
            force=Force.HOUSE,
        )
