"""Numbers as they are printed: the stored number of a node, in the manner of each language."""

from __future__ import annotations

from msgspec.structs import replace

from tmp_builder.document.nodes import DELETED, INSERTED, Change, Inlines, Schedule, Section, Text
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


def section_label(section: Section, language: str) -> Inlines:
    """As `section_number`; in a redline with its mark, and with the number it had."""
    was = section_number(replace(section, number=section.was), language) if section.was else ""
    return label(section_number(section, language), was, section.mark)


def schedule_label(schedule: Schedule, language: str) -> Inlines:
    """As `schedule_number`, without a space at its end; in a redline with its mark, and with the number it had."""
    was = schedule_number(replace(schedule, number=schedule.was), language).rstrip() if schedule.was else ""
    return label(schedule_number(schedule, language).rstrip(), was, schedule.mark)


def label(number: str, was: str = "", mark: str = "") -> Inlines:
    """A number as words that may have changed: a new one, an old one that is gone, both where a node was numbered anew."""
    if not number:
        return ()
    if mark:
        return (Change(mark, (Text(number),)),)
    return (Change(DELETED, (Text(was),)), Text(" "), Change(INSERTED, (Text(number),))) if was else (Text(number),)
