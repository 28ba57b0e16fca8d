"""The signature page: one block a party, with lines for the pen; no block is split over two pages."""

from __future__ import annotations

from tmp_builder.document.nodes import SignatureBlock, SignatureLine
from tmp_builder.writers.html.body import heading
from tmp_builder.writers.html.setting import Setting
from tmp_builder.writers.html.words import each, flat


def signing(setting: Setting) -> str:
    """The heading on a new page, the sentence above the blocks, the blocks; nothing for a document that nobody signs."""
    node = setting.document.signing
    if not node.title:
        return ""
    blocks = "".join(_block(block, setting) for block in node.blocks)
    return f'<section class="signing">{heading(node.id, {}, node.title, setting)}{each(node.intro, setting)}{blocks}</section>'


def _block(block: SignatureBlock, setting: Setting) -> str:
    party = f'<tr><th class="party" colspan="2" scope="colgroup">{flat(block.party, setting)}</th></tr>'
    lines = "".join(_line(line, setting) for line in block.lines)
    widths = '<colgroup><col style="width:36%"><col style="width:64%"></colgroup>'
    return f'<table class="signature">{widths}<tbody>{party}{lines}</tbody></table>'


def _line(line: SignatureLine, setting: Setting) -> str:
    """What is to be filled in, and a rule to write it on."""
    return f'<tr><th scope="row">{flat(line.label, setting)}</th><td>{flat(line.value, setting)}</td></tr>'
