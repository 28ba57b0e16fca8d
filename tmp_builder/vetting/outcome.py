"""What the check of a file gives: findings, what they rest on, the sections seen in it, and what in it was not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from tmp_builder.findings import Finding, Place, Severity
from tmp_builder.library.schema import Labels, SectionSpec
from tmp_builder.plan.schema import Waiver
from tmp_builder.readers.unread import UNREAD
from tmp_builder.recognise import Recognised

HARMLESS = ("headers and footers", "the table of contents", "equations (letters only)", "charts")
"""What is not read and can hardly hold a section."""


class Seen(Struct, frozen=True):
    """A section of the library and where a Word file seems to have it; `found` is None where nothing points to it."""

    section: SectionSpec
    found: Recognised | None

    @property
    def always(self) -> bool:
        """Whether every plan needs the section, whatever its facts."""
        return self.section.required_when == "always"


class Vetted(Struct, frozen=True):
    """The outcome. `seen` is empty for a file whose plan is inside; `remarks` say what the findings rest on."""

    findings: tuple[Finding, ...]
    waived: tuple[tuple[Finding, Waiver], ...] = ()
    remarks: tuple[Labels, ...] = ()
    seen: tuple[Seen, ...] = ()
    unread: tuple[str, ...] = ()


def not_read(shown: str, skipped: Sequence[str]) -> Iterator[Finding]:
    """What was not read: a warning where text may stand in it, a note elsewhere."""
    grave = [name for name in skipped if name not in HARMLESS]
    light = [name for name in skipped if name in HARMLESS]
    for names, severity in ((grave, Severity.WARNING), (light, Severity.NOTE)):
        if names:
            en, zh = ", ".join(names), "、".join(UNREAD.get(name, name) for name in names)
            message = {
                "en": f"not read: {en}; what stands there is not in this answer",
                "zh": f"未读取：{zh}；其中内容不在检查结果之内",
            }
            fix = {"en": "Look at them in the file.", "zh": "请在文件中自行查看。"}
            yield Finding("DOC-05", severity, message, place=Place(shown), fix=fix)


def revised(shown: str, revisions: int) -> Iterator[Labels]:
    """How tracked changes were read, where there are any."""
    if revisions:
        yield {
            "en": f"{shown}: tracked changes ({revisions}) are read as if they were accepted",
            "zh": f"{shown}：文件有{revisions}处修订标记，按全部接受后的文本检查",
        }
