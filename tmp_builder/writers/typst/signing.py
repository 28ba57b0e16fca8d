"""The signature page: one block a party, with lines for the pen; no block is split over two pages."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.document.nodes import SignatureBlock
from tmp_builder.document.walk import plain
from tmp_builder.writers.html.setting import Setting
from tmp_builder.writers.typst.body import heading
from tmp_builder.writers.typst.markup import array, block, call
from tmp_builder.writers.typst.words import each, flat

MOST = 3000
"""A block of more letters may be split, or it might not fit on a page."""


def signing(setting: Setting, *, broken: bool) -> Iterator[str]:
    """The heading (on a new page if `broken`), the sentence above the blocks, the blocks; nothing where nobody signs."""
    node = setting.document.signing
    if not node.title:
        return
    if broken:
        yield "pagebreak(weak:true)"
    yield from heading(node.id, {}, node.title, setting, first=True)
    yield call("running", each(node.intro, setting))
    yield from (_block(part, setting) for part in node.blocks)


def _block(node: SignatureBlock, setting: Setting) -> str:
    """The party, and for each line what is to be filled in and a rule to write it on."""
    lines = [array((flat(line.label, setting, "h(.6em)"), block((flat(line.value, setting),)))) for line in node.lines]
    texts = (node.party, *(text for line in node.lines for text in (line.label, line.value)))
    letters = sum(len(plain(inlines)) for text in texts for inlines in text.values())
    keep = "true" if letters < MOST else "false"
    return call("signer", keep, flat(node.party, setting, "h(.6em)"), *lines)
