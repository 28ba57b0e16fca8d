"""The open points of a draft: gaps and open choices, for one's own house also findings, each linked to its clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from tmp_builder.annotate.places import Places, places_of
from tmp_builder.document.nodes import (
    Alternatives,
    Annex,
    Block,
    Clause,
    Column,
    Document,
    Gap,
    Inline,
    Inlines,
    Paragraph,
    Row,
    Table,
    Text,
    Texts,
)
from tmp_builder.document.walk import all_texts, parts, plain, says, texts_of
from tmp_builder.findings import Finding, Severity
from tmp_builder.language import join

IDENT = "annex:open-points"
OPEN = "STR-05"
"""The rule that reports gaps and open choices: they are listed from the document itself."""

WORDS = {
    "title": {"en": "Open points", "zh": "待定事项"},
    "intro": {
        "en": "This list is an aid to negotiation. It is no part of the agreement and falls away in the execution copy.",
        "zh": "本清单供谈判参考，不构成协议内容，签署稿中不再保留。",
    },
    "place": {"en": "Place", "zh": "位置"},
    "point": {"en": "What is open", "zh": "待定内容"},
    "blank": {"en": "Blank: {label}", "zh": "空白：{label}"},
    "choice": {"en": "Choice between {labels}", "zh": "待选：{labels}"},
    "elsewhere": {"en": "Cover, signatures", "zh": "封面、签署页"},
    "finding": {"en": "{severity} {code}: {message}", "zh": "{severity}{code}：{message}"},
    "error": {"en": "Error", "zh": "错误"},
    "warning": {"en": "Warning", "zh": "警告"},
    "note": {"en": "Note", "zh": "提示"},
}


class _Point(Struct):
    """An open point with the nodes in which it stands."""

    texts: Texts
    nodes: dict[str, None] = field(default_factory=dict)


def open_points(document: Document, findings: Sequence[Finding] = ()) -> tuple[Annex, ...]:
    """The annex, if anything is open; `findings` are those to be listed beside the gaps and choices, notes left out."""
    places = places_of(document)
    points = [*_points(document), *_found(findings, places)]
    if not points:
        return ()
    columns = (Column("place", _words("place", document), 2), Column("point", _words("point", document), 5))
    rows = tuple(_row(index, point, places, document) for index, point in enumerate(points, 1))
    intro = Paragraph(f"{IDENT}.intro", _words("intro", document), "note")
    return (Annex(IDENT, _words("title", document), (intro, Table(f"{IDENT}.table", "register", columns, rows))),)


def said(name: str, language: str, **values: str) -> str:
    """A fixed word of the open points and of notes, its places filled."""
    return WORDS[name][language].format(**values)


def finding_words(finding: Finding, language: str) -> str:
    """A finding in one sentence, without the place in the plan file."""
    severity = said(str(finding.severity), language)
    return said("finding", language, severity=severity, code=finding.code, message=finding.text(language))


def _words(name: str, document: Document) -> Texts:
    return says(**{language: said(name, language) for language in document.languages})


def _row(index: int, point: _Point, places: Places, document: Document) -> Row:
    where = {language: _where(point.nodes, places, language) for language in document.languages}
    return Row(f"{IDENT}.{index}", (where, point.texts))


def _where(nodes: Iterable[str], places: Places, language: str) -> Inlines:
    """References to the places, divided by commas."""
    found = [reference for node in nodes if (reference := places.reference(node, language))]
    out: list[Inline] = []
    for reference in found:
        out += [Text(", " if language == "en" else "、"), reference] if out else [reference]
    return tuple(out) or (Text(said("elsewhere", language)),)


# ── what the document itself shows ──────────────────────────────────────────────────────────────────────────────────


def _points(document: Document) -> Iterator[_Point]:
    """Gaps, each once, and open choices, in the order of the document; the gaps of cover and signature page at the end."""
    found: dict[str, _Point] = {}
    for part in parts(document):
        for node, block in _placed(part.children, part.id):
            if isinstance(block, Alternatives):
                found[block.id] = _Point(_choice(block, document), {node: None})
            for texts in texts_of(block):
                _note_gaps(texts, node, found)
    for texts in all_texts(document):
        _note_gaps(texts, "", found)
    yield from found.values()


def _placed(children: Iterable[Block], node: str) -> Iterator[tuple[str, Block]]:
    """Every block with the clause of level 2, or the part, in which it stands."""
    for block in children:
        here = block.id if isinstance(block, Clause) and block.level == 2 else node
        yield here, block
        if isinstance(block, Clause):
            yield from _placed(block.children, here)
        elif isinstance(block, Alternatives):
            for branch in block.branches:
                yield from _placed(branch.children, here)


def _note_gaps(texts: Texts, node: str, found: dict[str, _Point]) -> None:
    for language, inlines in texts.items():
        for inline in inlines:
            if isinstance(inline, Gap):
                key = _key(inline, language)
                point = found.setdefault(key, _Point({}))
                point.texts = {**point.texts, language: (Text(said("blank", language, label=inline.label)),)}
                if node or not point.nodes:
                    point.nodes.pop("", None)
                    point.nodes[node] = None


def _key(gap: Gap, language: str) -> str:
    """A gap by the part of the plan that fills it; the names of one thing in two languages are one gap."""
    return gap.address.removesuffix(f".{language}") or gap.label


def _choice(block: Alternatives, document: Document) -> Texts:
    labels = {
        language: join([plain(branch.label.get(language, ())) for branch in block.branches], language)
        for language in document.languages
    }
    return says(**{language: said("choice", language, labels=label) for language, label in labels.items()})


# ── what the rules found ────────────────────────────────────────────────────────────────────────────────────────────


def _found(findings: Iterable[Finding], places: Places) -> Iterator[_Point]:
    for finding in findings:
        if finding.code != OPEN and finding.severity is not Severity.NOTE:
            texts = says(**{language: finding_words(finding, language) for language in ("en", "zh")})
            yield _Point(texts, {places.target(finding): None})
