"""Numbers as they are printed: the stored number of a node, in the manner of each language."""

from __future__ import annotations

from tmp_builder.document.nodes import Schedule, Section
from tmp_builder.language import CLAUSE_REFERENCE, word

_FULL_WIDTH = str.maketrans("()", "（）")


def section_number(section: Section, language: str) -> str:
    """What stands before the title of a section: "7." or "第7条"."""
    if not section.number:
        return ""
    if language == "en":
        return f"{section.number}."
    before, after = CLAUSE_REFERENCE[language]
    return f"{before}{section.number}{after}"


def clause_number(number: str, language: str) -> str:
    """The number of a clause: "7.2" in every language; "(a)" becomes "（a）" in Chinese."""
    return number if language == "en" else number.translate(_FULL_WIDTH)


def schedule_number(schedule: Schedule, language: str) -> str:
    """What stands before the title of a schedule, with its colon: "Schedule 3: " or "附件3："."""
    name = word("schedule", language)
    if not schedule.number:
        return name + word("colon", language)
    space = " " if language == "en" else ""
    return f"{name}{space}{schedule.number}{word('colon', language)}"
