"""The last touches to a PDF: the identifier of PDF/UA beside that of PDF/A, and the recipe as an attachment."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tmp_builder.datafiles import data_folder
from tmp_builder.errors import EngineError
from tmp_builder.findings import both

if TYPE_CHECKING:
    from weasyprint import Attachment

RECIPE_NAME = "recipe.json"
"""The name of the attachment."""

_UNDATED = datetime(1980, 1, 1, tzinfo=UTC)


def declare_accessible(document: object, pdf: Any) -> None:
    """Write into the XMP packet that the file is also PDF/UA-1.

    The engine declares one standard a file, and validators do not read a second packet, so it goes into the first;
    which stays readable for those who look for it without unpacking.
    """
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    packet = b"".join(part if isinstance(part, bytes) else part.encode() for part in stream.stream)
    merged = packet.replace(b"</rdf:RDF>", _identifier() + b"</rdf:RDF>", 1)
    if merged == packet:
        raise EngineError(
            both("the metadata of the PDF has no place for the identifier of PDF/UA", "PDF的元数据没有容纳PDF/UA标识的位置"),
            both("Report this with the version of weasyprint.", "请连同weasyprint的版本一并报告。"),
        )
    stream.stream, stream.compress = [merged], False


def recipe_attachment(recipe: bytes, dated: str) -> Attachment:
    """The recipe as the file's source, with the date of the document: the engine would stamp the present time."""
    from weasyprint import Attachment

    day = _day(dated)
    return Attachment(  # type: ignore[no-untyped-call]
        string=recipe,
        name=RECIPE_NAME,
        description="The plan this document was assembled from",
        relationship="Source",
        created=day,
        modified=day,
    )


def _day(dated: str) -> datetime:
    try:
        return datetime.fromisoformat(dated).replace(tzinfo=UTC)
    except ValueError:
        return _UNDATED


@lru_cache
def _identifier() -> bytes:
    """The descriptions inside templates/pdfuaid.xml, without the element around them."""
    text = (data_folder("templates") / "pdfuaid.xml").read_bytes()
    return text.partition(b">")[2].rpartition(b"</rdf:RDF>")[0]
