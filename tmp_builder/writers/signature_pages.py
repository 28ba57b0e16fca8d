"""A signature page for each party as a document of its own, which names the text it belongs to by its fingerprint."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from tmp_builder.document.nodes import Document, Texts
from tmp_builder.document.walk import plain, says
from tmp_builder.writers.imprint import imprint_line

_BELONGS = {
    "en": "This signature page belongs to “{title}” ({kind}; {imprint}) with the text whose fingerprint is {fingerprint}, and to no other text.",
    "zh": "本签署页仅属于“{title}”（{kind}；{imprint}），其文本指纹为{fingerprint}，不得用于其他文本。",
}


def signature_pages(document: Document) -> Mapping[str, Document]:
    """For each party, by its id, a document that consists of nothing but its signature block."""
    intro = says(**{language: _belongs(document, language) for language in document.languages})
    return {
        block.id.removeprefix("sign:"): replace(
            document,
            sections=(),
            schedules=(),
            annexes=(),
            notes=(),
            signing=replace(document.signing, intro=intro, blocks=(block,)),
        )
        for block in document.signing.blocks
    }


def _belongs(document: Document, language: str) -> str:
    cover, imprint = document.cover, document.imprint

    def words(texts: Texts) -> str:
        return plain(texts.get(language, ()))

    return _BELONGS[language].format(
        title=words(cover.title), kind=words(cover.kind), imprint=imprint_line(imprint, language), fingerprint=imprint.fingerprint
    )
