"""A document for every kind of node, with words in it that occur nowhere else: no writer may leave a kind out."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from tests.samples import both, sample_document
from tmp_builder.document import nodes
from tmp_builder.document.nodes import (
    INSERTED,
    Alternatives,
    Annex,
    Blank,
    Block,
    Branch,
    Change,
    Clause,
    Column,
    CoverParty,
    Document,
    FactBlank,
    Gap,
    Inline,
    Mark,
    Note,
    Paragraph,
    Reference,
    Row,
    Schedule,
    Section,
    SignatureBlock,
    SignatureLine,
    Table,
    Term,
    Text,
    Texts,
    Timeline,
    Value,
)
from tmp_builder.document.walk import all_blocks, all_texts

KINDS = sorted(
    (kind for kind in vars(nodes).values() if isinstance(kind, type) and issubclass(kind, Struct) and kind is not Struct),
    key=lambda kind: kind.__name__,
)
"""Every node class there is."""

WHOLE = {"Document", "Imprint"}
"""The document itself and what surrounds its text: tested by their own tests."""

DRAWN = {"Mark"}
"""What is part of a drawing only: other writers have the words of its alternative."""


def words(kind: str) -> Texts:
    return both(f"{kind}inEnglish", f"{kind}中文")


def _inline(make: Callable[[str], Inline]) -> Callable[[], Document]:
    def document() -> Document:
        texts = {language: (make(name),) for language, name in {"en": "ThisOne", "zh": "这一个"}.items()}
        return _with(Clause("probe", 2, texts, number="1.1"))

    return document


def _with(*blocks: Block) -> Document:
    return replace(sample_document(), sections=(Section("section:probe", words("Title"), blocks, "1"),), schedules=())


def _table(
    column: Texts = nodes.NO_TEXTS, cell: Texts = nodes.NO_TEXTS, detail: Texts = nodes.NO_TEXTS, caption: Texts = nodes.NO_TEXTS
) -> Table:
    row = Row("row", (cell, both("x", "x")), detail)
    return Table("table", "register", (Column("a", column), Column("b", both("B", "B"))), (row,), caption)


def _cover(**changes: object) -> Document:
    document = sample_document()
    return replace(document, cover=replace(document.cover, **changes))


def _signing(**changes: object) -> Document:
    document = sample_document()
    return replace(document, signing=replace(document.signing, **changes))


PROBES: dict[str, tuple[Callable[[], Document], str, str]] = {
    "Text": (_inline(Text), "ThisOne", "这一个"),
    "Term": (_inline(Term), "ThisOne", "这一个"),
    "Value": (_inline(Value), "ThisOne", "这一个"),
    "Blank": (_inline(Blank), "ThisOne", "这一个"),
    "FactBlank": (_inline(FactBlank), "ThisOne", "这一个"),
    "Gap": (_inline(Gap), "ThisOne", "这一个"),
    "Reference": (_inline(lambda name: Reference("probe", name, "77.8")), "ThisOne77.8", "这一个77.8"),
    "Change": (_inline(lambda name: Change(INSERTED, (Text(name),))), "ThisOne", "这一个"),
    "Clause": (lambda: _with(Clause("c", 2, words("Clause"), number="1.1")), "ClauseinEnglish", "Clause中文"),
    "Paragraph": (lambda: _with(Paragraph("p", words("Paragraph"))), "ParagraphinEnglish", "Paragraph中文"),
    "Column": (lambda: _with(_table(column=words("Column"))), "ColumninEnglish", "Column中文"),
    "Row": (lambda: _with(_table(cell=words("Cell"), detail=words("Detail"))), "DetailinEnglish", "Detail中文"),
    "Table": (lambda: _with(_table(caption=words("Caption"))), "CaptioninEnglish", "Caption中文"),
    "Branch": (lambda: _with(Alternatives("a", (Branch("b", words("Branch"), ()),))), "BranchinEnglish", "Branch中文"),
    "Alternatives": (
        lambda: _with(Alternatives("a", (Branch("b", {}, (Clause("c", 2, words("Inside"), number="1.1"),)),))),
        "InsideinEnglish",
        "Inside中文",
    ),
    "Section": (_with, "TitleinEnglish", "Title中文"),
    "Schedule": (
        lambda: replace(sample_document(), schedules=(Schedule("s", words("Schedule"), (), "9"),)),
        "Schedule 9: ScheduleinEnglish",
        "附件9：Schedule中文",
    ),
    "Annex": (
        lambda: replace(sample_document(), annexes=(Annex("a", words("Annex"), (Paragraph("p", words("InAnnex")),)),)),
        "InAnnexinEnglish",
        "InAnnex中文",
    ),
    "Timeline": (lambda: _with(Timeline("t", (Mark("2026-09-30", "D01"),), words("Drawn"))), "DrawninEnglish", "Drawn中文"),
    "Note": (
        lambda: replace(sample_document(), notes=(Note("protection.disclose#members", "drafting", (words("Noted"),)),)),
        "NotedinEnglish",
        "Noted中文",
    ),
    "Cover": (lambda: _cover(notice=words("Notice")), "NoticeinEnglish", "Notice中文"),
    "CoverParty": (lambda: _cover(parties=(CoverParty(words("Party"), words("Role")),)), "RoleinEnglish", "Role中文"),
    "Signing": (lambda: _signing(intro=words("Intro")), "IntroinEnglish", "Intro中文"),
    "SignatureBlock": (lambda: _signing(blocks=(SignatureBlock("s", words("Signer"), ()),)), "SignerinEnglish", "Signer中文"),
    "SignatureLine": (
        lambda: _signing(blocks=(SignatureBlock("s", {}, (SignatureLine(words("Label"), words("Entry")),)),)),
        "EntryinEnglish",
        "Entry中文",
    ),
}
"""For each kind of node a document, and what it must print in English and in Chinese."""


def printed_texts(document: Document) -> list[Texts]:
    """Every text that is printed in all layouts: not the titles of reserved sections, nor the heads of definitions."""
    silent = [section.title for section in document.sections if section.reserved]
    for block in all_blocks(document):
        if isinstance(block, Table) and block.kind == "definitions":
            silent += [column.header for column in block.columns]
    return [texts for texts in all_texts(document) if texts not in silent]


HOSTILE = (
    "A*B_{{x}}<b>",
    "</style><script>alert(1)</script>",
    "say \"no\" & 'yes'",
    "# 1. - [x](javascript:alert(1)) | a\\b `c`",
    "{% raw %}{{ 7*7 }}{# #}",
    "two\nlines\tand a tab",
    "bell\x07 and escape\x1b[31m",
    "&lt;b&gt; &amp;amp;",
    "$x$ ~~gone~~ https://example.org",
)
"""Names that try to be markup."""
