"""The page of a rule in parts: what must hold, why, bad, good, decision; and all pages as one document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from tmp_builder.findings import CodePage, spoken
from tmp_builder.rules.catalogue import Rule
from tmp_builder.rules.groups import GROUP_NAMES, group_of
from tmp_builder.rules.waivers import pages

PARTS = ("Why", "Bad", "Good", "Decision")
_PART = re.compile(rf"(?:^|\s)({'|'.join(PARTS)}): ")


class Page(Struct, frozen=True):
    """A rule's page: what must hold, and the parts that explain it, by name."""

    rule: Rule
    holds: str
    parts: dict[str, str] = field(default_factory=dict)


def page_of(rule: Rule) -> Page:
    """The docstring of a rule taken apart."""
    text = " ".join(rule.page.split())
    pieces = _PART.split(text)
    return Page(rule, pieces[0].strip(), {name: said.strip() for name, said in zip(pieces[1::2], pieces[2::2], strict=True)})


def rules_page() -> str:
    """The page `docs/rules.md`: every rule in its group."""
    return "\n".join(_lines()) + "\n"


def codes_page(codes: Iterable[CodePage]) -> str:
    """The end of the page `docs/rules.md`: codes about files and libraries, each in both languages."""
    lines = [
        "",
        "## Codes about files and libraries",
        "",
        "They are no rules of a plan: no waiver silences them, no final copy waits.",
    ]
    for code in codes:
        lines += ["", f"### {code.code}", "", f"*{str(code.severity).capitalize()}.* {code.page}", "", spoken(code.page, "zh")]
    return "\n".join(lines) + "\n"


def _lines() -> Iterator[str]:
    every = list(pages())
    yield "# The rules"
    yield ""
    yield f"{len(every)} rules. `tmp explain CODE` shows one of them. Made by `scripts/make_docs.py`; a test keeps the page fresh."
    yield ""
    yield "An error keeps a document from being final, a warning does not. The force says where a rule gets its authority:"
    yield "law, a funder's terms, the logic of the contract, or house practice. Findings of law are never waived."
    for group, name in GROUP_NAMES.items():
        rules = [rule for rule in every if group_of(rule.code) == group]
        if rules:
            yield ""
            yield f"## {name['en']} · {name['zh']}"
            for rule in sorted(rules, key=lambda each: each.code):
                yield from _rule(page_of(rule))


def _rule(page: Page) -> Iterator[str]:
    yield ""
    yield f"### {page.rule.code}"
    yield ""
    yield f"*{str(page.rule.severity).capitalize()}, {page.rule.force}.* {page.holds}"
    yield ""
    for name, said in page.parts.items():
        yield f"- **{name}:** {said}"
    yield f"- **Source:** {page.rule.source}"
