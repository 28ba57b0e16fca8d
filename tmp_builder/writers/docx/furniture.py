"""What stands on every page: the header with the title, the footer with page, draft, status, date and library."""

from __future__ import annotations

from tmp_builder.document.walk import plain
from tmp_builder.language import word
from tmp_builder.writers.docx.fields import field
from tmp_builder.writers.docx.markup import paragraph
from tmp_builder.writers.docx.setting import Setting
from tmp_builder.writers.docx.text import properties, run
from tmp_builder.writers.imprint import colophon as colophon_line
from tmp_builder.writers.imprint import imprint_line, standing

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_PAGES = {"{page}": "PAGE", "{pages}": "NUMPAGES"}


def header(setting: Setting, *, first: bool) -> str:
    """The header part: the title, and a mark if the document must not be signed; the cover has only the mark."""
    mark = _blocked(setting) if setting.document.imprint.blocked else ""
    title = "" if first else paragraph("Header", _titles(setting), more=_right_tab(setting.width))
    inner = f"{mark}{title}" or paragraph("HeaderFirst", "")
    return f"<w:hdr {NAMESPACES}>{inner}</w:hdr>"


def footer(setting: Setting, *, first: bool) -> str:
    """The footer part: per language how the text stands and the page, then which text it is; no page number on the cover."""
    tab, imprint = _right_tab(setting.width), setting.document.imprint
    tops = [
        run(standing(imprint, code), code) + ("" if first else f"<w:r><w:tab/></w:r>{_page(code)}") for code in setting.languages
    ]
    lines = [paragraph("Footer", run(imprint_line(imprint, code), code)) for code in setting.languages]
    return f"<w:ftr {NAMESPACES}>{''.join(paragraph('FooterTop', top, more=tab) for top in tops)}{''.join(lines)}</w:ftr>"


def colophon(setting: Setting) -> str:
    """The last lines of the file: the fingerprints and the program; nothing for a text without fingerprint."""
    said = [(code, colophon_line(setting.document.imprint, code)) for code in setting.languages]
    close = '<w:spacing w:before="40" w:after="0" w:line="190" w:lineRule="exact"/>' if setting.document.sheet else ""
    return "".join(paragraph("Colophon", run(words, code), more=close) for code, words in said if words)


def _titles(setting: Setting) -> str:
    """At the left the title in the first language, at the right in the second; in one language the kind of document."""
    cover = setting.document.cover
    first, last = setting.languages[0], setting.languages[-1]
    left = plain(cover.title.get(first, ()))
    right = plain((cover.kind if first == last else cover.title).get(last, ()))
    return run(left, first) + ("<w:r><w:tab/></w:r>" + run(right, last) if right != left else "")


def _blocked(setting: Setting) -> str:
    parts = [run(word("blocked", language), language, properties(language)) for language in setting.languages]
    return paragraph("Blocked", run("  ", "en").join(parts))


def _page(language: str) -> str:
    """ "Page x of y" with fields for the two numbers."""
    look = properties(language)
    text = run(word("page", language, page="{page}", pages="{pages}"), language, look)
    closing, opening = "</w:t></w:r>", f'<w:r>{look}<w:t xml:space="preserve">'
    for place, instruction in _PAGES.items():
        text = text.replace(place, f"{closing}{field(instruction, '1', look)}{opening}")
    return text.replace(f"{opening}{closing}", "")


def _right_tab(width: int) -> str:
    return f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
