"""Reading Word files: tracked changes accepted and rejected, tables, fields, notes, numbers, and what is not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wordfiles import BY, MAIN, W, document, gone, ins, par, row, run, table, word_file
from tmp_builder.readers.docx import ReadParagraph, read_docx
from tmp_builder.readers.markup import Issue, read_markup

NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="4">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="Head"/><w:lvlText w:val="第%1条"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%3)"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num>'
    '<w:num w:numId="8"><w:abstractNumId w:val="4"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="9"/></w:lvlOverride></w:num></w:numbering>'
)
STYLES = (
    f'<w:styles {W}><w:style w:styleId="Head"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/>'
    '<w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Head"/></w:style>'
    '<w:style w:styleId="21"><w:name w:val="toc 1"/></w:style></w:styles>'
)


def numbered(list_: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr>'


def texts(path: Path, body: str, view: str = "accepted", **parts: str) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(path, body, view, **parts)]


def paragraphs(path: Path, body: str, view: str = "accepted", **parts: str) -> tuple[ReadParagraph, ...]:
    given = {f"word/{name}.xml": content for name, content in parts.items()}
    return read_docx(word_file(path / "a.docx", body, given), view).paragraphs


VIEWS = {
    "words": (par("within ", gone("sixty"), ins("thirty"), " days"), ["within thirty days"], ["within sixty days"]),
    "mark deleted": (par("The Members ", mark="del") + par("meet."), ["The Members meet."], ["The Members", "meet."]),
    "mark inserted": (par("The Members ", mark="ins") + par("meet."), ["The Members", "meet."], ["The Members meet."]),
    "paragraph inserted": (
        par("One.") + par(ins("Two."), mark="ins") + par("Three."),
        ["One.", "Two.", "Three."],
        ["One.", "Three."],
    ),
    "moved": (
        par(f"<w:moveFrom {BY}>{run('Moved.')}</w:moveFrom>", mark="moveFrom")
        + par("Stays.")
        + par(f"<w:moveTo {BY}>{run('Moved.')}</w:moveTo>", mark="moveTo")
        + par("End."),
        ["Stays.", "Moved.", "End."],
        ["Moved.", "Stays.", "End."],
    ),
    "row inserted": (f"<w:tbl>{row(('a', 'b'))}{row(('c', 'd'), 'ins')}</w:tbl>", ["a", "b", "c", "d"], ["a", "b"]),
    "row deleted": (f"<w:tbl>{row(('a', 'b'))}{row(('c', 'd'), 'del')}</w:tbl>", ["a", "b"], ["a", "b", "c", "d"]),
    "cell deleted": (
        f"<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel {BY}/></w:tcPr>{par('a')}</w:tc><w:tc>{par('b')}</w:tc></w:tr></w:tbl>",
        ["b"],
        ["a", "b"],
    ),
    "deleted inside inserted": (
        par("x", f"<w:ins {BY}>{run('a')}{gone('b')}</w:ins>"),
        ["xa"],
        ["x"],
    ),
}


@pytest.mark.parametrize(("body", "accepted", "rejected"), VIEWS.values(), ids=VIEWS)
def test_tracked_changes_read_as_accepted_and_as_rejected(
    body: str, accepted: list[str], rejected: list[str], tmp_path: Path
) -> None:
    assert texts(tmp_path, body) == accepted
    assert texts(tmp_path, body, "rejected") == rejected


def test_paragraphs_that_are_joined_have_the_style_of_the_last(tmp_path: Path) -> None:
    found = paragraphs(tmp_path, par("The ", style="A", mark="del") + par("Members.", style="B"))
    assert [(each.text, each.style) for each in found] == [("The Members.", "B")]


def test_nested_tables_controls_links_and_fields_are_read_and_instructions_are_not(tmp_path: Path) -> None:
    inner = f"<w:tbl><w:tr><w:tc>{par('in')}{table(('deep',))}{par('out')}</w:tc></w:tr></w:tbl>"
    control = f'<w:sdt><w:sdtPr><w:alias w:val="owner"/></w:sdtPr><w:sdtContent>{par("held")}</w:sdtContent></w:sdt>'
    link = f'<w:hyperlink w:anchor="x">{run("linked")}</w:hyperlink>'
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    field = f"{marks[0]}{run(' REF _x ', 'instrText')}{marks[1]}{run('7.2')}{marks[2]}"
    nested = (
        f"{marks[0]}{run(' IF ', 'instrText')}{marks[0]}{marks[1]}{run('hidden')}{marks[2]}{marks[1]}{run('shown')}{marks[2]}"
    )
    found = paragraphs(tmp_path, inner + control + par("Clause ", field, link) + par(nested))
    assert [each.text for each in found] == ["in", "deep", "out", "held", "Clause 7.2linked", "shown"]
    assert found[3].control == "owner"


def test_notes_follow_the_body_in_the_order_of_their_references(tmp_path: Path) -> None:
    notes = f'<w:footnotes {W}><w:footnote w:id="1">{par("never")}</w:footnote><w:footnote w:id="2">{par("As amended.")}</w:footnote></w:footnotes>'
    found = paragraphs(tmp_path, par("The Act", NOTE) + par("End."), footnotes=notes)
    assert [(each.text, each.note) for each in found] == [("The Act", False), ("End.", False), ("As amended.", True)]
    assert texts(tmp_path, par("The Act", f"<w:del {BY}>{NOTE}</w:del>"), footnotes=notes) == ["The Act"]


def test_numbers_are_those_that_word_computes(tmp_path: Path) -> None:
    body = (
        par("Title", style="Head")
        + par("one", more=numbered(7, 1))
        + par("two", more=numbered(7, 1))
        + par("two, first", more=numbered(7, 2))
        + par("gone", more=numbered(7, 1), mark="del")
        + par("", more=numbered(7, 1))
        + par("Next", style="Sub")
        + par("from nine", more=numbered(8, 1))
        + par("plain")
    )
    found = paragraphs(tmp_path, body, numbering=NUMBERING, styles=STYLES)
    assert [(each.label, each.heading) for each in found] == [
        ("第一条", 1),
        ("1.1", 0),
        ("1.2", 0),
        ("(i)", 0),
        ("1.3", 0),
        ("第二条", 1),
        ("2.9", 0),
        ("", 0),
    ]


def test_entries_of_contents_are_known_by_the_name_of_their_style_in_any_language(tmp_path: Path) -> None:
    found = paragraphs(tmp_path, par("Title 3", style="21") + par("Title", style="Head"), styles=STYLES)
    assert [each.is_contents for each in found] == [True, False]


def test_the_main_part_may_have_another_name(tmp_path: Path) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    path = word_file(tmp_path / "a.docx", par("old"), {"word/document2.xml": document(par("Members meet."))})
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{kind}" Target="/word/document2.xml"/></Relationships>'
    import zipfile

    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document2.xml", document(par("Members meet.")))
        archive.writestr("_rels/.rels", rels)
    assert MAIN not in zipfile.ZipFile(path).namelist()
    assert [each.text for each in read_docx(path).paragraphs] == ["Members meet."]


def test_what_is_not_read_is_named(tmp_path: Path) -> None:
    math = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x</m:t></m:r></m:oMath>'
    body = (
        par(f"<w:r><w:pict><w:txbxContent>{par('boxed')}</w:txbxContent></w:pict></w:r>")
        + par("<w:r><w:object/></w:r>", math)
        + '<w:altChunk/><w:sectPr><w:headerReference w:type="default"/></w:sectPr>'
    )
    header = f"<w:hdr {W}>{par('Confidential')}</w:hdr>"
    path = word_file(tmp_path / "a.docx", body, {"word/header.xml": header})
    read = read_docx(path)
    assert read.skipped == (
        "text boxes",
        "images",
        "embedded objects",
        "equations (letters only)",
        "inserted files",
        "headers and footers",
    )
    assert [each.text for each in read.paragraphs] == ["", "x"]


def test_tracked_changes_and_comments_are_listed_with_author_date_and_place(tmp_path: Path) -> None:
    names = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    said = "".join(
        f'<w:comment w:id="{n}" w:author="Counsel {who}" w:date="2026-10-0{n}T08:00:00Z"><w:p w14:paraId="0000000{n}">{run(text)}</w:p></w:comment>'
        for n, who, text in ((1, "B", "Too long."), (2, "A", "Agreed?"))
    )
    threads = f'<w15:commentsEx {names}><w15:commentEx w15:paraId="00000001" w15:done="1"/><w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="1"/></w15:commentsEx>'
    quoted = f'<w:commentRangeStart w:id="1"/>{run("sixty days")}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r><w:r><w:commentReference w:id="2"/></w:r>'
    body = (
        par("Title", style="Head")
        + par('<w:bookmarkStart w:id="1" w:name="_x"/>', "within ", gone("sixty"), ins("thirty"), " days", more=numbered(7, 1))
        + par("pays in ", quoted)
        + f"<w:tbl>{row(('a', 'b'), 'ins')}</w:tbl>"
        + par("split", mark="ins")
        + par("end")
    )
    parts = {
        "word/numbering.xml": NUMBERING,
        "word/styles.xml": STYLES,
        "word/comments.xml": f"<w:comments {W} {names}>{said}</w:comments>",
        "word/commentsExtended.xml": threads,
    }
    found = read_markup(word_file(tmp_path / "a.docx", body, parts))
    assert [(each.kind, each.author, each.date[:10], each.old, each.new, each.where.label) for each in found] == [
        ("replaced", "Counsel B", "2026-10-01", "sixty", "thirty", "1.1"),
        ("comment", "Counsel B", "2026-10-01", "sixty days", "Too long.", ""),
        ("reply", "Counsel A", "2026-10-02", "", "Agreed?", ""),
        ("row inserted", "Counsel B", "2026-10-01", "", "a | b", ""),
        ("paragraph split", "Counsel B", "2026-10-01", "", "", ""),
    ]
    assert [each.answers for each in found if each.kind == "reply"] == ["1"]
    assert [each.resolved for each in found] == [False, True, True, False, False]
    assert {each.where.heading for each in found} == {"第一条 Title"}
    assert found[0].where.bookmarks == ("_x",)


def test_changes_side_by_side_of_two_people_stay_two(tmp_path: Path) -> None:
    other = gone("sixty").replace("Counsel B", "Counsel A")
    found = read_markup(word_file(tmp_path / "a.docx", par(other, ins("thirty"))))
    assert [(each.kind, each.author) for each in found] == [("deleted", "Counsel A"), ("inserted", "Counsel B")]
    assert all(isinstance(each, Issue) for each in found)
