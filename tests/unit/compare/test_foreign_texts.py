"""Two Word texts from anywhere: which paragraph is which, what changed and how gravely, in bounded time."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wordfiles import gone, ins, par, table, word_file
from tmp_builder.compare.changes import Weight
from tmp_builder.compare.foreign import compare_texts
from tmp_builder.compare.foreign.align import Line, align
from tmp_builder.compare.foreign.marks import mark_words
from tmp_builder.compare.foreign.report import said_lines
from tmp_builder.compare.words import DELETED, INSERTED, KEPT
from tmp_builder.readers.docx import ReadDocument, ReadParagraph, read_docx

from .conftest import Call

SHARES = "Each Member bears its own costs of protection and filing."
CAP = "The liability of a Member is limited to its share of the budget of the Project."
CAP_ZH = "成员单位的责任以其在项目预算中的份额为限。"
NOTICE = "A Member shall give notice within thirty (30) days after the event."
END = "This Plan ends when the last Project ends."


def read(*texts: str) -> ReadDocument:
    """Paragraphs; a text in capitals is a heading."""
    return ReadDocument(tuple(ReadParagraph(text, heading=1 if text.isupper() else 0) for text in texts))


def changes(old: ReadDocument, new: ReadDocument) -> list[tuple[str, Weight, str, str]]:
    return [(each.kind, each.weight, each.old, each.new) for each in compare_texts(old, new).changes]


def test_equal_texts_differ_in_nothing_whatever_their_spaces() -> None:
    assert changes(read("COSTS", SHARES, CAP), read("COSTS", SHARES.replace(" ", "  "), "", CAP)) == []


REWORDED = {
    "a word": (CAP, CAP.replace("is limited", "is not limited"), Weight.SUBSTANTIVE),
    "a Chinese word": (CAP_ZH, CAP_ZH.replace("份额为限", "份额的两倍为限"), Weight.SUBSTANTIVE),
    "a number": (NOTICE, NOTICE.replace("thirty (30)", "sixty (60)"), Weight.VALUE),
    "a comma": (SHARES, SHARES.replace("and", ", and"), Weight.COSMETIC),
}


@pytest.mark.parametrize(("old", "new", "weight"), REWORDED.values(), ids=REWORDED)
def test_a_reworded_paragraph_has_its_class_and_marked_words(old: str, new: str, weight: Weight) -> None:
    (found,) = compare_texts(read(END, old, SHARES), read(END, new, SHARES)).changes
    assert (found.kind, found.weight) == ("reworded", weight)
    assert "".join(piece.text for piece in found.pieces if piece.kind != INSERTED) == old
    assert "".join(piece.text for piece in found.pieces if piece.kind != DELETED) == new


def test_what_came_and_what_went_is_substantive() -> None:
    assert changes(read(END, CAP, SHARES), read(END, SHARES, NOTICE)) == [
        ("removed", Weight.SUBSTANTIVE, CAP, ""),
        ("added", Weight.SUBSTANTIVE, "", NOTICE),
    ]


def test_a_moved_paragraph_is_moved_and_one_that_also_changed_is_weighed_by_its_words() -> None:
    assert changes(read(CAP, END, SHARES, NOTICE), read(END, SHARES, NOTICE, CAP)) == [("moved", Weight.MOVED, CAP, CAP)]
    softer = CAP.replace("is limited", "is not limited")
    assert changes(read(CAP, END, SHARES, NOTICE), read(END, SHARES, NOTICE, softer)) == [
        ("moved", Weight.SUBSTANTIVE, CAP, softer)
    ]


def test_a_split_paragraph_and_joined_ones_are_told_without_false_words() -> None:
    both = f"{SHARES} {CAP}"
    assert changes(read(END, both, NOTICE), read(END, SHARES, CAP, NOTICE)) == [("split", Weight.COSMETIC, both, both)]
    assert changes(read(END, SHARES, CAP, NOTICE), read(END, both, NOTICE)) == [("joined", Weight.COSMETIC, both, both)]


def test_boilerplate_under_two_headings_stays_under_its_own() -> None:
    old = read("COSTS", SHARES, "None.", "TERM", END, "None.")
    new = read("COSTS", SHARES, "TERM", END, "None.")
    (found,) = compare_texts(old, new).changes
    assert (found.kind, found.old, found.spot.heading) == ("removed", "None.", "COSTS")


def test_a_cell_that_changes_its_column_is_a_substantive_change(tmp_path: Path) -> None:
    old = read_docx(word_file(tmp_path / "old.docx", table(("Party", "A", "B"), ("Share", "60%", ""))))
    new = read_docx(word_file(tmp_path / "new.docx", table(("Party", "A", "B"), ("Share", "", "60%"))))
    assert changes(old, new) == [("column", Weight.SUBSTANTIVE, "60%", "60%")]


def test_what_was_not_compared_is_said_in_both_languages_also_where_nothing_differs(tmp_path: Path) -> None:
    boxed = par(f"<w:r><w:pict><w:txbxContent>{par('boxed')}</w:txbxContent></w:pict></w:r>")
    old = read_docx(word_file(tmp_path / "old.docx", par(CAP)))
    new = read_docx(word_file(tmp_path / "new.docx", par(CAP) + boxed))
    found = compare_texts(old, new)
    assert found.changes == ()
    assert [line.text for line in said_lines(found, "en")] == [
        "No differences in what was compared.",
        "Not compared: formatting, text boxes, images.",
    ]
    assert [line.text for line in said_lines(found, "zh")] == ["已比较的内容没有差异。", "未比较：格式、文本框、图片。"]


def test_characters_that_nobody_sees_are_shown() -> None:
    found = compare_texts(read(END, "Pay 100 EUR."), read(END, "Pay 1\u200b00\u202e EUR."))
    assert "<U+200B>" in " ".join(line.text for line in said_lines(found, "en"))
    assert "<U+202E>" in " ".join(line.text for line in said_lines(found, "en"))


PARAGRAPHS = st.lists(st.sampled_from([SHARES, CAP, CAP_ZH, NOTICE, END, "None.", "无。", "COSTS", "TERM"]), max_size=12)


@settings(max_examples=150)
@given(PARAGRAPHS, PARAGRAPHS)
def test_every_paragraph_of_both_texts_is_in_exactly_one_match(old: list[str], new: list[str]) -> None:
    matches = align([Line(text, text.isupper()) for text in old], [Line(text, text.isupper()) for text in new])
    assert sorted(index for match in matches for index in match.old) == list(range(len(old)))
    assert sorted(index for match in matches for index in match.new) == list(range(len(new)))
    kept = [match for match in matches if match.old and match.new and not match.moved]
    assert kept == sorted(kept, key=lambda match: match.old)


@settings(max_examples=150)
@given(st.text("ab 1。，份额", max_size=30), st.text("ab 1。，份额", max_size=30))
def test_marked_words_give_both_texts(old: str, new: str) -> None:
    pieces = mark_words(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != INSERTED) == old
    assert "".join(piece.text for piece in pieces if piece.kind != DELETED) == new
    assert all(piece.kind == KEPT for piece in pieces) == (old == new)


def test_the_changes_of_a_hundred_pages_are_told_apart() -> None:
    old = [f"{SHARES} Case {number}: {CAP} {NOTICE}" for number in range(1_200)]
    new = [text.replace("Case", "Matter") if number % 9 == 0 else text for number, text in enumerate(old) if number % 50]
    found = compare_texts(read(*old), read(*new))
    assert {each.kind for each in found.changes} == {"reworded", "removed"}
    assert len([each for each in found.changes if each.kind == "removed"]) == 24


BIG = {
    "the same line again and again": (["None."] * 60_000, ["None."] * 59_000 + ["Other."]),
    "two texts with nothing in common": ([f"{n} apples" * 9 for n in range(8_000)], [f"pears {n}, " * 9 for n in range(8_000)]),
    "two lines in turn": (["None.", "Yes."] * 8_000, ["Yes.", "None.", "None."] * 8_000),
    "one paragraph of a million words": (["word " * 1_000_000], ["other " * 1_000_000]),
    "one paragraph of many numbers": (["1,"] * 1 + ["1 2 " * 20_000], ["1,", "2 1 1 " * 20_000]),
}


@pytest.mark.parametrize(("old", "new"), BIG.values(), ids=BIG)
def test_large_and_repetitive_texts_are_compared_to_the_end(old: list[str], new: list[str]) -> None:
    assert compare_texts(read(*old), read(*new)).changes


# ── the command ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_two_files_from_elsewhere_are_compared_by_the_command(tmp: Call, folder: Path) -> None:
    word_file(folder / "a.docx", par(END) + par(NOTICE) + par(CAP))
    word_file(
        folder / "b.docx",
        par(END)
        + par("A Member shall give notice within ", gone("thirty (30)"), ins("sixty (60)"), " days after the event.")
        + par(CAP),
    )
    code, out, err = tmp("diff", "a.docx", "b.docx", "--class")
    assert code == 12
    assert "within [-thirty (30) days-]{+sixty (60) days+} after" in out
    assert "b.docx  (2 tracked changes, read as accepted)" in out
    assert "Compared by their text" in err
    assert tmp("diff", "a.docx", "b.docx", "--view", "rejected")[0] == 0
    code, out, _ = tmp("diff", "a.docx", "b.docx", language="zh")
    assert code == 1
    assert "改写" in out
    assert "未比较：格式。" in out


def test_a_plan_is_compared_with_a_file_from_elsewhere_by_the_text_it_gives(tmp: Call, folder: Path) -> None:
    import json

    word_file(folder / "b.docx", par("No claim lies against any Member."))
    code, out, _ = tmp("diff", "old.plan.yaml", "b.docx", "--json")
    data = json.loads(out)
    assert (code, data["class"], data["paragraphs"]["new"]) == (1, "substantive", 1)
    assert "headers and footers" in data["not_compared"]


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_file_that_libreoffice_merely_saved_shows_nothing(tmp: Call, folder: Path) -> None:
    assert tmp("build", "old.plan.yaml", "-f", "docx", "-q")[0] == 0
    saved = folder / "saved"
    profile = f"-env:UserInstallation=file://{folder}/office"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(saved), str(folder / "old.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    found = compare_texts(read_docx(folder / "old.docx"), read_docx(saved / "old.docx"))
    assert found.changes == ()
    assert found.paragraphs[0] > 1_000
    assert "the table of contents" in found.unread
