"""What neither the schema nor the Open XML SDK checks in a Word file: ids, targets, fields, and the order of children.

`lint(data)` gives a sentence for every fault; `order(data)` for every child that stands where the schema does not want it.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STORY = re.compile(r"word/(document|comments|footnotes|endnotes|header\d+|footer\d+)\.xml")
NAME = re.compile(r"[A-Za-z_]\w{0,39}")
MAIN = "word/document.xml"

ORDER = {
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "sdt": "sdtPr sdtContent",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens "
    "kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing "
    "mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden "
    "color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd "
    "tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols "
    "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "numbering": "numPicBullet abstractNum num",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal pPr rPr "
    "tblPr trPr tcPr tblStylePr",
    "settings": "writeProtection view zoom trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection defaultTabStop "
    "characterSpacingControl footnotePr endnotePr compat themeFontLang decimalSymbol listSeparator",
}
"""The order of children that the schema (ISO/IEC 29500-1, transitional) gives; elements that are not named here are free."""

FIRST = {"p": "pPr", "r": "rPr", "tc": "tcPr"}
"""Children that stand before all others, of parents whose other children are free."""


class Parts:
    """The parts of a package, parsed when asked for."""

    def __init__(self, data: bytes) -> None:
        with ZipFile(BytesIO(data)) as archive:
            self.listed = archive.namelist()
            self.content = {name: archive.read(name) for name in self.listed}

    def xml(self, name: str) -> etree._Element | None:
        return etree.fromstring(self.content[name]) if name in self.content else None

    def stories(self) -> Iterator[tuple[str, etree._Element]]:
        """The parts that hold text."""
        for name in sorted(self.content):
            if STORY.fullmatch(name):
                yield name, etree.fromstring(self.content[name])


def lint(data: bytes) -> list[str]:
    """Every fault of reference in a Word file."""
    parts = Parts(data)
    checks = (_package, _bookmarks, _styles, _numbers, _fields, _cells, _controls, _revisions, _comments)
    return [fault for check in checks for fault in check(parts)]


def order(data: bytes) -> list[str]:
    """Every child that stands before one it has to follow."""
    parts, found = Parts(data), []
    for name in sorted(parts.content):
        if name.startswith("word/") and name.endswith(".xml"):
            for node in etree.fromstring(parts.content[name]).iter(etree.Element):
                found += [f"{name}: {fault}" for fault in _misplaced(node)]
    return found


def _misplaced(node: etree._Element) -> Iterator[str]:
    parent = etree.QName(node).localname
    names = [etree.QName(child).localname for child in node.iterchildren(etree.Element)]
    wanted = ORDER.get(parent, "").split()
    places = [wanted.index(name) for name in names if name in wanted]
    if any(left > right for left, right in pairwise(places)):
        yield f"{parent} has {' '.join(names)}"
    if FIRST.get(parent) in names[1:]:
        yield f"{parent} does not begin with {FIRST[parent]}"
    if wanted and set(names) - set(wanted):
        yield f"{parent} has {' '.join(sorted(set(names) - set(wanted)))}, which the table does not know"


def _val(node: etree._Element, name: str = "val") -> str:
    return str(node.get(f"{W}{name}", ""))


def _doubles(values: list[str], what: str) -> Iterator[str]:
    yield from (f"{what} {value!r} x{count}" for value, count in Counter(values).items() if count > 1)


def _package(parts: Parts) -> Iterator[str]:
    yield from _doubles(parts.listed, "part")
    types = parts.xml("[Content_Types].xml")
    overrides = {node.get("PartName", "").lstrip("/") for node in types if node.get("PartName")}
    endings = {node.get("Extension") for node in types if node.get("Extension")}
    yield from (f"content type for missing part {name}" for name in sorted(overrides - set(parts.content)))
    for name, content in parts.content.items():
        if name.endswith("/"):
            yield f"folder entry {name}"
        if not content.strip():
            yield f"empty part {name}"
        if name != "[Content_Types].xml" and name not in overrides and name.rpartition(".")[2] not in endings:
            yield f"no content type for {name}"
    yield from _relations(parts)


def _relations(parts: Parts) -> Iterator[str]:
    reached = {"[Content_Types].xml"}
    for name in parts.content:
        if name.endswith(".rels"):
            reached.add(name)
            base = posixpath.dirname(posixpath.dirname(name))
            for relation in parts.xml(name):
                target = str(relation.get("Target"))
                if relation.get("TargetMode") == "External":
                    yield f"{name} leads outside: {target}"
                    continue
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
                reached.add(path)
                if path not in parts.content:
                    yield f"{name} names missing {path}"
    yield from (f"nothing leads to {name}" for name in sorted(set(parts.content) - reached))


def _bookmarks(parts: Parts) -> Iterator[str]:
    names, starts, ends = [], [], []
    for _, story in parts.stories():
        for node in story.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
            if node.tag == f"{W}bookmarkStart":
                names.append(_val(node, "name"))
                starts.append(_val(node, "id"))
            else:
                ends.append(_val(node, "id"))
                if _val(node, "id") not in starts:
                    yield f"bookmark {_val(node, 'id')} ends before it starts"
    yield from _doubles(names, "bookmark")
    yield from _doubles(starts, "bookmark id")
    yield from (f"no name for a bookmark: {name!r}" for name in names if not NAME.fullmatch(name))
    if sorted(starts) != sorted(ends):
        yield f"bookmarks not closed: {sorted(set(starts) ^ set(ends))[:5]}"


def _styles(parts: Parts) -> Iterator[str]:
    sheet = parts.xml("word/styles.xml")
    known = [_val(style, "styleId") for style in sheet.iter(f"{W}style")]
    yield from _doubles(known, "style")
    for name, root in (*parts.stories(), ("word/styles.xml", sheet), ("word/numbering.xml", parts.xml("word/numbering.xml"))):
        for node in root.iter(*(f"{W}{tag}" for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"))):
            if _val(node) not in known:
                yield f"{name}: style {_val(node)!r} is not defined"


def _numbers(parts: Parts) -> Iterator[str]:
    lists = parts.xml("word/numbering.xml")
    abstract = {_val(node, "abstractNumId") for node in lists.findall(f"{W}abstractNum")}
    known = {_val(node, "numId") for node in lists.findall(f"{W}num")}
    for node in lists.iter(f"{W}num"):
        if _val(node.find(f"{W}abstractNumId")) not in abstract:
            yield f"list {_val(node, 'numId')} has no definition"
    for name, root in (*parts.stories(), ("word/styles.xml", parts.xml("word/styles.xml"))):
        for node in root.iter(f"{W}numId"):
            if _val(node) not in known | {"0"}:
                yield f"{name}: list {_val(node)} is not defined"


def _fields(parts: Parts) -> Iterator[str]:
    bookmarks = {_val(node, "name") for _, story in parts.stories() for node in story.iter(f"{W}bookmarkStart")}
    for name, story in parts.stories():
        yield from (f"{name}: {fault}" for fault in _field_states(story))
        for node in story.iter(f"{W}instrText"):
            found = re.match(r"\s*(REF|PAGEREF|NOTEREF)\s+(\S+)", node.text or "")
            if found and found[2] not in bookmarks:
                yield f"{name}: {found[1]} to missing bookmark {found[2]}"
        for node in story.iter(f"{W}hyperlink"):
            if node.get(f"{W}anchor") and _val(node, "anchor") not in bookmarks:
                yield f"{name}: link to missing bookmark {_val(node, 'anchor')}"
    settings = parts.content.get("word/settings.xml", b"")
    if b"updateFields" in settings or any(b"w:dirty" in content for content in parts.content.values()):
        yield "fields are marked for an update"


def _field_states(story: etree._Element) -> Iterator[str]:
    """Fields are nested properly, and every one has a result."""
    depth: list[bool] = []
    for node in story.iter(f"{W}fldChar", f"{W}t"):
        kind = _val(node, "fldCharType")
        if node.tag == f"{W}t":
            depth = [bool(node.text) or has for has in depth]
        elif kind == "begin":
            depth.append(False)
        elif kind == "end" and not depth:
            yield "a field ends that did not begin"
        elif kind == "end" and not depth.pop():
            yield "a field has no result"
    if depth:
        yield f"{len(depth)} fields do not end"


def _cells(parts: Parts) -> Iterator[str]:
    for name, story in parts.stories():
        for cell in story.iter(f"{W}tc"):
            if cell[-1].tag not in (f"{W}p", f"{W}sdt"):
                yield f"{name}: a cell ends in {etree.QName(cell[-1]).localname}"
        for table in story.iter(f"{W}tbl"):
            width = len(table.findall(f"{W}tblGrid/{W}gridCol"))
            for row in table.findall(f"{W}tr"):
                spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")]
                if sum(1 if span is None else int(_val(span)) for span in spans) != width:
                    yield f"{name}: a row does not fill its table"


def _controls(parts: Parts) -> Iterator[str]:
    numbers = []
    for name, story in parts.stories():
        for control in story.iter(f"{W}sdt"):
            numbers += [_val(node) for node in control.findall(f"{W}sdtPr/{W}id")]
            content = control.find(f"{W}sdtContent")
            if content is None or not len(content):
                yield f"{name}: an empty content control"
            for tag in ("alias", "tag"):
                node = control.find(f"{W}sdtPr/{W}{tag}")
                if node is not None and len(_val(node).encode("utf-16-le")) > 128:
                    yield f"{name}: {tag} longer than 64"
            if control.find(f"{W}sdtPr/{W}dataBinding") is not None:
                yield f"{name}: a bound control"
    yield from _doubles(numbers, "control id")


def _revisions(parts: Parts) -> Iterator[str]:
    numbers = []
    for name, story in parts.stories():
        for node in story.iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"):
            numbers.append(_val(node, "id"))
        for node in story.iter(f"{W}del", f"{W}moveFrom"):
            if node.tag == f"{W}del" and next(node.iter(f"{W}t"), None) is not None:
                yield f"{name}: plain text inside a deletion"
        for node in story.iter(f"{W}delText"):
            if not any(above.tag in (f"{W}del", f"{W}moveFrom") for above in node.iterancestors()):
                yield f"{name}: deleted text outside a deletion"
    yield from _doubles(numbers, "revision id")


def _comments(parts: Parts) -> Iterator[str]:
    part = parts.xml("word/comments.xml")
    known = [] if part is None else [_val(node, "id") for node in part]
    yield from _doubles(known, "comment id")
    body = parts.xml(MAIN)
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        found = [_val(node, "id") for node in body.iter(f"{W}{tag}")]
        if sorted(found) != sorted(known):
            yield f"{tag}: {sorted(set(found) ^ set(known))[:5]}"
