"""Fields with the results they will have when Word computes them: references, page numbers, the table of contents.

A reference uses REF with `\\n` (the paragraph's own number, wherever it is cited from; Word and LibreOffice alike drop a full
stop at its end), or `\\w` where the cited number is longer than the node's own: 7.2(a). The result is the whole label, so what
stands before and after the number (第…条, Schedule …) moves into the field as far as the label already says it. No field is
marked dirty and nothing asks for an update, since both make Word put a question to whoever opens the file.
"""

from __future__ import annotations

from tmp_builder.document.nodes import Reference
from tmp_builder.writers.docx.markup import escape
from tmp_builder.writers.docx.names import Anchor, bookmark_name
from tmp_builder.writers.docx.numbering import list_of, printed


def begin(instruction: str, look: str = "") -> str:
    """The runs of a field up to its result."""
    return (
        f'<w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{look}<w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r>'
    )


def end(look: str = "") -> str:
    """The run that closes a field."""
    return f'<w:r>{look}<w:fldChar w:fldCharType="end"/></w:r>'


def field(instruction: str, result: str, look: str = "") -> str:
    """A whole field; `instruction` and `result` are escaped already."""
    return f"{begin(instruction, look)}<w:r>{look}<w:t>{result}</w:t></w:r>{end(look)}"


def reference_field(reference: Reference, anchor: Anchor, language: str, look: str) -> tuple[str, str, str]:
    """What stands before a reference's field, the field, and what stands after it."""
    before, result, after, switch = taken_in(reference, anchor, language)
    instruction = f"REF {bookmark_name(reference.target, language)} {switch} \\h"
    return before, field(instruction, escape(result), look), after


def taken_in(reference: Reference, anchor: Anchor, language: str) -> tuple[str, str, str, str]:
    """The reference as before, result, after and switch, with the words of the label moved into the result.

    Where the text does not have those words ("Schedules 1 and 2"), `\\t` makes Word show the bare number.
    """
    if reference.number != anchor.number:
        return reference.before, printed(reference.number, anchor.part, 2, language), reference.after, r"\w"
    result = printed(reference.number, anchor.part, anchor.level, language)
    head, tail = words_around(anchor, language)
    if reference.before.endswith(head) and reference.after.startswith(tail):
        return reference.before.removesuffix(head), result, reference.after.removeprefix(tail), r"\n"
    return reference.before, reference.number, reference.after, r"\n \t"


def words_around(anchor: Anchor, language: str) -> tuple[str, str]:
    """What the label itself says before and after the number: 第 and 条, "Schedule " and nothing."""
    if anchor.level > 1:
        return "", ""
    head, _, tail = list_of(anchor.part, language).levels[0].text.removesuffix(".").partition("%1")
    return head, tail
