"""Makes templates/reference.docx: the styles, lists and settings that every Word file of the program starts from.

Run it after a change here or in `tmp_builder.writers.docx.numbering`: python scripts/make_reference.py
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

sys.path.insert(0, str(Path(__file__).parents[1]))

from tmp_builder.writers.docx.archive import repack
from tmp_builder.writers.docx.numbering import LISTS, numbering_xml

TARGET = Path(__file__).parents[1] / "templates" / "reference.docx"

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

NAVY, GREY, RED, OCHRE, RULE = "1F3A5F", "595959", "B00020", "7A5A00", "BFBFBF"
SANS = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="SimHei"/>'
LIGHT = '<w:b w:val="0"/><w:bCs w:val="0"/>'
BOLD = "<w:b/><w:bCs/>"
KEEP = "<w:keepNext/><w:keepLines/>"

# ── styles ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def size(points: float, colour: str = "") -> str:
    """Colour and size of a font, in the order of the schema."""
    half = round(points * 2)
    tint = f'<w:color w:val="{colour}"/>' if colour else ""
    return f'{tint}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def space(before: float = 0, after: float = 0, line: str = "") -> str:
    """Space above and below in points; `line` holds further attributes."""
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{line}/>'


def rule(side: str, gap: int = 6, colour: str = RULE) -> str:
    """A thin rule above or below a paragraph."""
    return f'<w:pBdr><w:{side} w:val="single" w:sz="4" w:space="{gap}" w:color="{colour}"/></w:pBdr>'


def numbered(style: str) -> str:
    """The list and level tied to a style: the other half of the link that the list's level holds."""
    for item in LISTS:
        for index, level in enumerate(item.levels):
            if level.style == style:
                return f'<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="{item.number}"/></w:numPr>'
    raise LookupError(style)


def style(
    kind: str, key: str, name: str, based: str = "", *, ppr: str = "", rpr: str = "", following: str = "", more: str = ""
) -> str:
    """One style; `more` holds the properties of tables."""
    custom = "" if name in BUILT_IN else ' w:customStyle="1"'
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    after = f'<w:next w:val="{following}"/>' if following else ""
    paragraph = f"<w:pPr>{ppr}</w:pPr>" if ppr else ""
    run = f"<w:rPr>{rpr}</w:rPr>" if rpr else ""
    default = ' w:default="1"' if key in ("Normal", "DefaultParagraphFont", "TableNormal", "NoList") else ""
    return (
        f'<w:style w:type="{kind}"{default}{custom} w:styleId="{key}"><w:name w:val="{name}"/>{parent}{after}'
        f'<w:uiPriority w:val="1"/><w:qFormat/>{paragraph}{run}{more}</w:style>'
    )


BUILT_IN = {
    "Normal", "heading 1", "Title", "Subtitle", "Body Text", "toc 1", "toc 2", "header", "footer", "caption", "Table Grid",
    "Default Paragraph Font", "Normal Table", "No List", "annotation reference", "annotation text",
}  # fmt: skip

EVEN = ' w:line="290" w:lineRule="exact"'  # two languages keep step side by side, whatever their fonts
CLOSELY = ' w:line="244" w:lineRule="exact"'  # forty-eight entries fit on a page
TIGHT = ' w:line="240" w:lineRule="auto"'
CLOSE = "<w:contextualSpacing/>"
LEFT, BOTH, CENTRE = '<w:jc w:val="left"/>', '<w:jc w:val="both"/>', '<w:jc w:val="center"/>'
HEADING = SANS + BOLD + size(11.5, NAVY)
GREAT = SANS + BOLD + size(14, NAVY)
SMALL_SANS = SANS + size(8, GREY)


def level(depth: int) -> str:
    """The style of a level of the outline."""
    return f'<w:outlineLvl w:val="{depth}"/>'


def indent(left: int, hanging: int = 0) -> str:
    """An indent in twentieths of a point."""
    return f'<w:ind w:left="{left}"' + (f' w:hanging="{hanging}"/>' if hanging else "/>")


CONTENTS = '<w:tabs><w:tab w:val="left" w:pos="1247"/></w:tabs>' + space(0, 1, CLOSELY) + indent(1247, 1247)

PARAGRAPHS = (
    ("Normal", "Normal", "", '<w:widowControl/><w:overflowPunct w:val="0"/>', ""),
    ("BodyText", "Body Text", "Normal", space(0, 5, EVEN), ""),
    ("Title", "Title", "Normal", space(8, 4, TIGHT), SANS + BOLD + size(27, NAVY)),
    ("Subtitle", "Subtitle", "Normal", space(0, 6, TIGHT), SANS + LIGHT + size(24, NAVY)),
    ("CoverKind", "Cover Kind", "Normal", space(90, 2) + CLOSE, SANS + size(12, GREY)),
    ("CoverBetween", "Cover Between", "Normal", rule("top", 14, NAVY) + space(30, 10), size(11, GREY)),
    ("CoverParty", "Cover Party", "Normal", space(2, 0), BOLD + size(12)),
    ("CoverRole", "Cover Role", "Normal", space(3, 0), size(10.5, GREY)),
    ("CoverLine", "Cover Line", "Normal", space(12, 3) + CLOSE, ""),
    ("CoverNotice", "Cover Notice", "Normal", space(40, 0) + CLOSE + BOTH, size(9, GREY)),
    ("Heading1", "heading 1", "Normal", KEEP + numbered("Heading1") + space(16, 6) + level(0), HEADING),
    ("Heading1Zh", "Heading 1 Chinese", "Heading1", numbered("Heading1Zh"), LIGHT),
    ("Clause2", "Clause 2", "Normal", numbered("Clause2") + space(0, 5, EVEN), ""),
    ("Clause3", "Clause 3", "Normal", numbered("Clause3") + space(0, 4, EVEN), ""),
    ("Clause4", "Clause 4", "Normal", numbered("Clause4") + space(0, 3, EVEN), ""),
    ("Clause2Zh", "Clause 2 Chinese", "Clause2", numbered("Clause2Zh") + BOTH, ""),
    ("Clause3Zh", "Clause 3 Chinese", "Clause3", numbered("Clause3Zh") + BOTH, ""),
    ("Clause4Zh", "Clause 4 Chinese", "Clause4", numbered("Clause4Zh") + BOTH, ""),
    ("ClauseText2", "Clause Text 2", "BodyText", indent(624), ""),
    ("ClauseText3", "Clause Text 3", "BodyText", indent(1134), ""),
    ("ClauseText4", "Clause Text 4", "BodyText", indent(1701), ""),
    ("Definition", "Definition", "BodyText", "", ""),
    ("Note", "Note", "BodyText", "", size(9.5, GREY)),
    ("Subheading", "Subheading", "Normal", KEEP + space(10, 4) + CLOSE + level(1), SANS + BOLD + size(10.5, NAVY)),
    ("AlternativeOpen", "Alternative Open", "Normal", KEEP + space(3, 4, EVEN), SANS + BOLD + size(9, OCHRE)),
    ("AlternativeClose", "Alternative Close", "Normal", space(0, 4, EVEN), SANS + size(9, OCHRE)),
    ("ContentsHeading", "Contents Heading", "Normal", KEEP + "<w:pageBreakBefore/>" + space(0, 10), GREAT),
    ("TOC1", "toc 1", "Normal", CONTENTS, size(10)),
    ("TOC2", "toc 2", "Normal", space(0, 2) + indent(1247), ""),
    ("ScheduleHeading", "Schedule Heading", "Normal", KEEP + numbered("ScheduleHeading") + space(0, 10) + level(0), GREAT),
    ("ScheduleHeadingZh", "Schedule Heading Chinese", "ScheduleHeading", numbered("ScheduleHeadingZh"), LIGHT),
    ("SigningHeading", "Signing Heading", "Normal", KEEP + space(0, 10) + level(0), GREAT),
    ("SigningHeadingZh", "Signing Heading Chinese", "SigningHeading", "", LIGHT),
    ("SigningParty", "Signing Party", "Normal", "<w:keepNext/>" + space(20, 2) + CLOSE, BOLD + size(11)),
    ("SigningLabel", "Signing Label", "Normal", space(6, 0, TIGHT), size(9, GREY)),
    ("SigningValue", "Signing Value", "Normal", space(6, 0), ""),
    ("Caption", "caption", "Normal", KEEP + space(6, 4) + CLOSE, SANS + BOLD + size(9, NAVY)),
    ("TableHead", "Table Head", "Normal", "<w:keepNext/>" + space(1, 1, TIGHT), SANS + BOLD + size(8, NAVY)),
    ("TableText", "Table Text", "Normal", space(1, 1, TIGHT), size(9)),
    ("TableTextSmall", "Table Text Small", "TableText", "", size(8)),
    ("Spacer", "Spacer", "Normal", space(0, 0, ' w:line="120" w:lineRule="exact"'), size(2)),
    ("Header", "header", "Normal", rule("bottom", 4) + space(), SMALL_SANS),
    ("HeaderFirst", "Header First", "Normal", space(), SMALL_SANS),
    ("Blocked", "Blocked", "Normal", space(0, 4) + CENTRE, SANS + BOLD + size(10, RED)),
    ("Footer", "footer", "Normal", space(), SMALL_SANS),
    ("FooterTop", "Footer Top", "Footer", rule("top", 4) + space(0, 1), SANS + size(8, NAVY)),
    ("TimelineYear", "Timeline Year", "Normal", KEEP + space(8, 2, TIGHT), SANS + BOLD + size(8, NAVY)),
    ("TimelineMark", "Timeline Mark", "Normal", "<w:keepNext/>" + space(1, 0, TIGHT), SANS + size(7.5, GREY)),
    ("Colophon", "Colophon", "Normal", space(14, 0) + CLOSE, SMALL_SANS),
    ("CommentText", "annotation text", "Normal", space(), size(10)),
)  # fmt: skip

CHARACTERS = (
    ("DefaultParagraphFont", "Default Paragraph Font", ""),
    ("DefinedTerm", "Defined Term", BOLD),
    ("Gap", "Gap", '<w:shd w:val="clear" w:color="auto" w:fill="FFEB84"/>'),
    ("CommentReference", "annotation reference", size(8)),
)

MARGINS = '<w:tblCellMar><w:top w:w="{0}" w:type="dxa"/><w:left w:w="{1}" w:type="dxa"/><w:bottom w:w="{0}" w:type="dxa"/><w:right w:w="{1}" w:type="dxa"/></w:tblCellMar>'


def table_style(key: str, name: str, borders: str, *, top: int, side: int, more: str = "") -> str:
    """A table style: which rules it draws, how far the text stands from the edges."""
    drawn = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
        if edge in borders.split()
    )
    drawn = f"<w:tblBorders>{drawn}</w:tblBorders>" if drawn else ""
    based = "" if key == "TableNormal" else "TableNormal"
    inner = f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{drawn}{MARGINS.format(top, side)}</w:tblPr>{more}'
    return style("table", key, name, based, more=inner)


HEAD_ROW = '<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="EEF1F5"/></w:tcPr></w:tblStylePr>'

TABLES = (
    table_style("TableNormal", "Normal Table", "", top=0, side=108),
    table_style("Bilingual", "Bilingual", "insideV", top=0, side=142),
    table_style("Register", "Register", "top bottom insideH insideV left right", top=28, side=85, more=HEAD_ROW),
    table_style("Definitions", "Definitions", "bottom insideH", top=40, side=85, more=HEAD_ROW),
    table_style("Parties", "Parties", "bottom insideH", top=60, side=0),
    table_style("Signature", "Signature", "", top=0, side=0),
    table_style("Plain", "Plain", "", top=0, side=0),
)


def styles() -> str:
    """The part with all styles."""
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="SimSun"/>'
        '<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    paragraphs = "".join(style("paragraph", key, name, based, ppr=ppr, rpr=rpr) for key, name, based, ppr, rpr in PARAGRAPHS)
    characters = "".join(style("character", key, name, "", rpr=rpr) for key, name, rpr in CHARACTERS)
    lists = style("numbering", "NoList", "No List")
    return f"<w:styles {W}>{defaults}{paragraphs}{characters}{''.join(TABLES)}{lists}</w:styles>"


# ── the other parts ─────────────────────────────────────────────────────────────────────────────────────────────────

COMPATIBILITY = {
    "compatibilityMode": 15,
    "overrideTableStyleFontSizeAndJustification": 1,
    "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1,
}


def settings() -> str:
    """The part with the settings; the list separator is the one between the styles that a table of contents names."""
    office = "http://schemas.microsoft.com/office/word"
    said = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{office}" w:val="{value}"/>' for name, value in COMPATIBILITY.items()
    )
    return (
        f'<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        f'<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>{said}</w:compat>'
        '<w:themeFontLang w:val="en-GB" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


FONTS = (
    ("Times New Roman", "", "roman", "00"),
    ("Arial", "", "swiss", "00"),
    ("SimSun", "宋体", "auto", "86"),
    ("SimHei", "黑体", "modern", "86"),
)


def fonts() -> str:
    """The part that tells a reader's machine what the fonts are also called."""
    said = "".join(
        f'<w:font w:name="{name}">'
        + (f'<w:altName w:val="{other}"/>' if other else "")
        + f'<w:charset w:val="{charset}"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, other, family, charset in FONTS
    )
    return f"<w:fonts {W}>{said}</w:fonts>"


def relationships(*targets: tuple[str, str]) -> str:
    """A part of relationships."""
    said = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>' for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{said}</Relationships>'


def content_types(**parts: str) -> str:
    """The list of what every part is."""
    said = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{said}</Types>'
    )


def parts() -> dict[str, str]:
    """Every part of the package, by name."""
    core = f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"/>'
    app = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>tmp-builder</Application>'
        "</Properties>"
    )
    types = {f"/word/{name}.xml": f"{WORD}.{name}+xml" for name in ("styles", "numbering", "settings", "fontTable")} | {
        "/word/document.xml": f"{WORD}.document.main+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    return {
        "[Content_Types].xml": content_types(**types),
        "_rels/.rels": relationships(
            (f"{OFFICE}/officeDocument", "word/document.xml"),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{OFFICE}/extended-properties", "docProps/app.xml"),
        ),
        "docProps/core.xml": core,
        "docProps/app.xml": app,
        "word/document.xml": f"<w:document {W}><w:body><w:p/></w:body></w:document>",
        "word/styles.xml": styles(),
        "word/numbering.xml": f"<w:numbering {W}>{numbering_xml()}</w:numbering>",
        "word/settings.xml": settings(),
        "word/fontTable.xml": fonts(),
        "word/_rels/document.xml.rels": relationships(
            *((f"{OFFICE}/{name}", f"{name}.xml") for name in ("styles", "numbering", "settings", "fontTable"))
        ),
    }


def reference() -> bytes:
    """The whole package, the same bytes every time."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, text in parts().items():
            archive.writestr(name, DECLARATION + text)
    return repack(packed.getvalue())


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(reference())
