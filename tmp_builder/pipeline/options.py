"""How a document is to be built: everything that decides its bytes besides plan and library."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct

from tmp_builder.errors import UsageError, unknown
from tmp_builder.findings import both
from tmp_builder.writers.formats import PDF_ENGINES
from tmp_builder.writers.house import House

_OURS = House()

_NO_CSS = (
    both(
        "the PDF engine typst knows no CSS: nothing of a style sheet of the house would be honoured in the PDF",
        "PDF引擎typst不使用CSS：自有样式表在PDF中将完全不起作用",
    ),
    both(
        "Leave out --pdf-engine, or the .css of --style. A .docx of --style serves Word with either engine.",
        "请去掉--pdf-engine，或者去掉--style的.css文件。--style的.docx文件不受影响，仍用于Word。",
    ),
)


class Options(Struct, frozen=True):
    """How a document is to be built; everything that decides its bytes besides plan and library."""

    formats: tuple[str, ...] = ("docx", "pdf")
    final: bool = False
    languages: tuple[str, ...] = ()
    dated: date | None = None
    layout: str = "columns"
    paper: str = "A4"
    font_dirs: tuple[Path, ...] = ()
    audience: str = "counterparty"
    edition: str = "clean"
    house: House = _OURS
    protect: bool = False
    toc_pages: bool = False
    signature_pages: bool = False
    pdf_engine: str = PDF_ENGINES[0]

    def __post_init__(self) -> None:
        """Raises UsageError for an engine that does not exist, or one that cannot honour the style of the house."""
        if self.pdf_engine not in PDF_ENGINES:
            raise unknown(both("PDF engine", "PDF引擎"), self.pdf_engine, PDF_ENGINES)
        if self.pdf_engine == "typst" and self.house.css and ("pdf" in self.formats or self.signature_pages):
            raise UsageError(*_NO_CSS)

    @property
    def settings(self) -> dict[str, str | bool]:
        """What decides the bytes of a file besides plan, library and format; goes into the recipe (of a style its hash)."""
        always: dict[str, str | bool] = {"layout": self.layout, "paper": self.paper, "final": self.final, "edition": self.edition}
        more: dict[str, str | bool] = {"protect": self.protect, "toc-pages": self.toc_pages, "style": self.house.fingerprint}
        more |= {"pdf-engine": self.pdf_engine} if self.pdf_engine != PDF_ENGINES[0] else {}
        if self.audience == "public":  # its recipe has no plan that says them
            more |= {"languages": ",".join(self.languages), "dated": self.dated.isoformat() if self.dated else ""}
        return always | {name: value for name, value in more.items() if value}
