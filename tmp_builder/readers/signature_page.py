"""Which text a signature page of ours names: the plan, the draft and the fingerprint, read off the page itself."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from tmp_builder.readers.pdf import read_pdf
from tmp_builder.readers.recipe import read_recipe

MOST_PAGES = 3
"""A signature block runs over no more pages."""

_SPACE = re.compile(r"\s+")
_BELONGS = (
    re.compile(
        r"Thissignaturepagebelongsto“.{1,2000}?Document(?P<plan>[\w.-]{1,200})·(?:Draftno\.|Version)(?P<version>\d{1,5})·"
        r".{1,2000}?whosefingerprintis(?P<fingerprint>v\d:[0-9a-f]{64})"
    ),
    re.compile(
        r"本签署页仅属于“.{1,2000}?文件编号：(?P<plan>[\w.-]{1,200})·第(?P<version>\d{1,5})[稿版]·"
        r".{1,2000}?文本指纹为(?P<fingerprint>v\d:[0-9a-f]{64})"
    ),
)
"""The sentence that `writers.signature_pages` prints, without spaces: in a PDF a line may break anywhere."""


class SignaturePage(Struct, frozen=True):
    """What a signature page says of the text it belongs to. Whoever has the file could have changed it."""

    plan: str
    version: int
    fingerprint: str


def read_signature_page(path: Path) -> SignaturePage | None:
    """What the signature page at `path` says; None for any other file. Raises NotReadable for a PDF that cannot be read."""
    if path.suffix.lower() != ".pdf" or read_recipe(path) is not None:
        return None
    pages = read_pdf(path)
    if len(pages) > MOST_PAGES:
        return None
    text = _SPACE.sub("", "".join(pages))
    found = next(filter(None, (pattern.search(text) for pattern in _BELONGS)), None)
    return SignaturePage(found["plan"], int(found["version"]), found["fingerprint"]) if found else None
