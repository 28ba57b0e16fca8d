"""The multi-level lists that number a Word file: one per language and part, counting in parallel, and the labels they give.

The label of a section is "7." in English and 第7条 in Chinese; below it both languages count 7.2, (a), (i) alike. Schedules have
lists of their own: "Schedule 3", 附件3, with clauses S3.1, S3.2. Chinese levels spell out their own format, because
LibreOffice ignores `w:isLgl`.
"""

from __future__ import annotations

from msgspec import Struct

from tmp_builder.language import label

_FORMATS = ("decimal", "decimal", "lowerLetter", "lowerRoman")


class Level(Struct, frozen=True):
    """A level of a list: label text, indents in twentieths of a point, the paragraph style tied to it, if any."""

    text: str
    left: int
    hanging: int
    style: str = ""


class List(Struct, frozen=True):
    """A list with its number in the file; `part` is `body` or `schedules`."""

    number: int
    part: str
    language: str
    levels: tuple[Level, ...]


LISTS = (
    List(
        1,
        "body",
        "en",
        (
            Level("%1.", 624, 624, "Heading1"),
            Level("%1.%2", 624, 624, "Clause2"),
            Level("(%3)", 1134, 510, "Clause3"),
            Level("(%4)", 1701, 567, "Clause4"),
        ),
    ),
    List(
        2,
        "body",
        "zh",
        (
            Level("第%1条", 964, 964, "Heading1Zh"),
            Level("%1.%2", 624, 624, "Clause2Zh"),
            Level("（%3）", 1191, 567, "Clause3Zh"),
            Level("（%4）", 1928, 737, "Clause4Zh"),
        ),
    ),
    List(
        3,
        "schedules",
        "en",
        (
            Level("Schedule %1", 1701, 1701, "ScheduleHeading"),
            Level("S%1.%2", 737, 737),
            Level("(%3)", 1247, 510),
            Level("(%4)", 1814, 567),
        ),
    ),
    List(
        4,
        "schedules",
        "zh",
        (
            Level("附件%1", 1134, 1134, "ScheduleHeadingZh"),
            Level("S%1.%2", 737, 737),
            Level("（%3）", 1304, 567),
            Level("（%4）", 2041, 737),
        ),
    ),
)

_BY_PART = {(numbered.part, numbered.language): numbered for numbered in LISTS}


def list_of(part: str, language: str) -> List:
    """The list that numbers `part` in `language`."""
    return _BY_PART[part, language]


def printed(number: str, part: str, level: int, language: str) -> str:
    """The label that Word computes for a node numbered `number`, as references show it: without the full stop of a heading."""
    text = list_of(part, language).levels[level - 1].text
    if level == 1:
        return text.replace("%1", number).removesuffix(".")
    return number.replace("(", "（").replace(")", "）") if language == "zh" else number


def expected(counters: tuple[int, ...], numbered: List) -> str:
    """The label of the paragraph whose counters are `counters`, the way Word fills in a level's text."""
    text = numbered.levels[len(counters) - 1].text
    for index, counter in enumerate(counters, 1):
        figure = str(counter) if index < 3 else label(counter, index)[1:-1]
        text = text.replace(f"%{index}", figure)
    return text


def numbering_xml() -> str:
    """The children of `w:numbering`: every definition first, then the lists that use them."""
    return "".join(map(_definition, LISTS)) + "".join(
        f'<w:num w:numId="{item.number}"><w:abstractNumId w:val="{item.number}"/></w:num>' for item in LISTS
    )


def _definition(numbered: List) -> str:
    code = f"{0x1A2B3C40 + numbered.number:08X}"
    levels = "".join(_level(index, level) for index, level in enumerate(numbered.levels))
    return (
        f'<w:abstractNum w:abstractNumId="{numbered.number}"><w:nsid w:val="{code}"/><w:multiLevelType w:val="multilevel"/>'
        f'<w:tmpl w:val="{code[::-1]}"/>{levels}</w:abstractNum>'
    )


def _level(index: int, level: Level) -> str:
    style = f'<w:pStyle w:val="{level.style}"/>' if level.style else ""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{_FORMATS[index]}"/>{style}<w:suff w:val="tab"/>'
        f'<w:lvlText w:val="{level.text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{level.left}"/></w:tabs>'
        f'<w:ind w:left="{level.left}" w:hanging="{level.hanging}"/></w:pPr></w:lvl>'
    )
