"""A redline of two documents: accepted it is the new one, rejected the old one; what did not change has no mark."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.samples import both, sample_document
from tmp_builder.assemble import assemble
from tmp_builder.compare import PlanChanges
from tmp_builder.compare.changes import Weight
from tmp_builder.compare.redline import redline
from tmp_builder.compare.redline.align import Pair, align
from tmp_builder.compare.redline.clauses import ClauseChange, clause_changes
from tmp_builder.compare.redline.report import clause_lines
from tmp_builder.compare.redline.texts import marked_inlines, same_words
from tmp_builder.compare.words import INSERTED as INSERTED_WORDS
from tmp_builder.compare.words import KEPT, Piece, tokens
from tmp_builder.document.nodes import (
    DELETED,
    INSERTED,
    Change,
    Clause,
    Document,
    Inlines,
    Paragraph,
    Reference,
    Row,
    Section,
    Table,
    Term,
    Text,
    Value,
)
from tmp_builder.document.sides import accepted, is_marked, new_words, old_words, rejected, words_of
from tmp_builder.document.walk import all_blocks, all_texts, bracketed, plain
from tmp_builder.readers.docx import read_docx
from tmp_builder.writers.docx import write


def text(words: str) -> Inlines:
    return (Text(words),)


def marks(old: str, new: str) -> str:
    return bracketed(marked_inlines(text(old), text(new)))


def hold_the_law(old: Document, new: Document) -> Document:
    marked = redline(old, new)
    assert words_of(accepted(marked)) == words_of(new)
    assert words_of(rejected(marked)) == words_of(old)
    return marked


def with_sections(*sections: Section) -> Document:
    return replace(sample_document(), sections=sections)


def section(name: str, *blocks: Clause | Paragraph | Table, number: str = "1") -> Section:
    return Section(f"section:{name}", both(name, f"{name}节"), blocks, number)


def clause(name: str, en: str, zh: str, number: str = "1.1") -> Clause:
    return Clause(name, 2, both(en, zh), number=number)


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("paid within sixty (60) days", "paid within ninety (90) days", "paid within [-sixty (60) days-]{+ninety (90) days+}"),
        ("应于六十（60）日内付款", "应于九十（90）日内付款", "应于[-六十（60）日-]{+九十（90）日+}内付款"),
        ("各成员应书面通知", "各成员应通知", "各成员应[-书面-]通知"),
        ("It may sell.", "It may not sell.", "It may {+not +}sell."),
        ("the same", "the same", "the same"),
        ("", "new", "{+new+}"),
        ("one two three", "four five six", "[-one two three-]{+four five six+}"),
    ],
)
def test_it_marks_words_characters_and_numbers_with_their_unit(old: str, new: str, said: str) -> None:
    assert marks(old, new) == said


def test_it_keeps_the_nodes_of_words_that_stayed() -> None:
    old = (Text("Each "), Term("Lead"), Text(" shall pay "), Value("USD 5", "parameters.a"), Text(" on the first day."))
    new = (Text("Each "), Term("Lead"), Text(" shall pay "), Value("USD 6", "parameters.a"), Text(" on the first day."))
    changes = (Change(DELETED, (Value("USD 5", "parameters.a"),)), Change(INSERTED, (Value("USD 6", "parameters.a"),)))
    assert marked_inlines(old, new) == (*new[:3], *changes, new[4])


def test_a_reference_that_points_elsewhere_is_marked_although_it_reads_the_same() -> None:
    old, new = ((Text("as provided for in "), Reference(target, "Clause ", "7.2")) for target in ("a", "b"))
    assert bracketed(marked_inlines(old, new)) == "as provided for in [-Clause 7.2-]{+Clause 7.2+}"
    assert not same_words({"en": old}, {"en": new}, numbers=False)


def test_a_text_becomes_a_value_without_a_mark() -> None:
    new = (Value("sixty (60) days", "x"),)
    assert marked_inlines(text("sixty (60) days"), new) == new


# ── order ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_it_moves_as_few_as_possible() -> None:
    found = list(align("abcde", "acdbe", str))
    assert [pair for pair in found if pair.moved] == [Pair("b", None, True), Pair(None, "b", True)]
    assert "".join(pair.old or "" for pair in found) == "abcde"
    assert "".join(pair.new or "" for pair in found) == "acdbe"


def test_what_went_stands_before_what_came() -> None:
    assert [(pair.old, pair.new) for pair in align("axb", "ayb", str)] == [("a", "a"), ("x", None), (None, "y"), ("b", "b")]


def test_items_with_the_same_key_are_kept_apart() -> None:
    assert [(pair.old, pair.new) for pair in align("aab", "ab", str)] == [("a", "a"), ("a", None), ("b", "b")]


# ── documents ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_identical_documents_have_no_mark() -> None:
    marked = redline(sample_document(), sample_document())
    assert not is_marked(marked)
    assert clause_changes(marked) == ()


def test_a_party_that_changes_its_name_is_marked_wherever_it_stands() -> None:
    marked = hold_the_law(sample_document(party="Old Lakes Institute"), sample_document(party="New Lakes Institute"))
    changed = [said for texts in all_texts(marked) for said in map(bracketed, texts.values()) if "[-Old-]{+New+}" in said]
    assert {change.place for change in clause_changes(marked)} >= {"cover", "signature"}
    assert all(said.replace("[-Old-]{+New+}", "").count("{+") == 0 for said in changed)


def test_a_clause_that_came_is_whole_and_the_next_ones_are_numbered_anew() -> None:
    first, second = clause("a.b#one", "One.", "一。"), clause("a.b#two", "Two.", "二。", "1.2")
    old = with_sections(section("A", replace(second, number="1.1")))
    new = with_sections(section("A", first, second))
    marked = hold_the_law(old, new)
    found = [(block.mark, block.number, block.was) for block in all_blocks(marked) if isinstance(block, Clause)][:2]
    assert found == [("inserted", "1.1", ""), ("", "1.2", "1.1")]
    kinds = [(change.kind, str(change.weight), change.old, change.new) for change in clause_changes(marked)]
    assert kinds == [("added", "substantive", "", "1.1"), ("renumbered", "cosmetic", "1.1", "1.2")]


def test_a_section_that_moved_without_other_change_is_moved() -> None:
    one, two = section("A", clause("a.a#x", "X.", "甲。")), section("B", clause("b.b#y", "Y.", "乙。", "2.1"), number="2")
    new = with_sections(
        replace(two, number="1", children=(clause("b.b#y", "Y.", "乙。"),)),
        replace(one, number="2", children=(clause("a.a#x", "X.", "甲。", "2.1"),)),
    )
    marked = hold_the_law(with_sections(one, two), new)
    assert [part.mark for part in marked.sections] in (["", "moved-to"], ["moved-from", "", "moved-to"])
    assert [change.kind for change in clause_changes(marked) if change.kind != "renumbered"] == ["moved"]


def test_a_section_that_moved_and_was_reworded_hides_no_change_in_the_move() -> None:
    one, two = section("A", clause("a.a#x", "X.", "甲。")), section("B", clause("b.b#y", "Y.", "乙。"), number="2")
    new = with_sections(replace(two, number="1"), replace(one, number="2", children=(clause("a.a#x", "Not X.", "非甲。"),)))
    marked = hold_the_law(with_sections(one, two), new)
    assert {part.mark for part in marked.sections if part.id == "section:A"} in ({""}, {"deleted", "inserted"})


def test_rows_of_a_register_come_go_and_change_alone() -> None:
    old = sample_document()
    table = next(
        block for block in all_blocks(old) if isinstance(block, Table) and block.kind == "register" and len(block.rows) > 1
    )
    rows = (Row("new", tuple(both("n", "新") for _ in table.columns)), *table.rows[1:])

    def changed(block: object) -> object:
        return replace(table, rows=rows) if block is table else block

    schedules = tuple(replace(part, children=tuple(map(changed, part.children))) for part in old.schedules)
    new = replace(old, schedules=schedules)  # type: ignore[arg-type]
    marked = hold_the_law(old, new)
    found = next(block for block in all_blocks(marked) if isinstance(block, Table) and block.id == table.id)
    assert [row.mark for row in found.rows] == ["deleted", "inserted"] + [""] * (len(table.rows) - 1)


def test_what_only_one_language_changes_marks_that_language_only() -> None:
    old, new = (with_sections(section("A", clause("a.b#c", "Same.", zh))) for zh in ("旧文。", "新文。"))
    (marked,) = [block for block in all_blocks(hold_the_law(old, new)) if isinstance(block, Clause) and block.id == "a.b#c"]
    assert bracketed(marked.texts["en"]) == "Same."
    assert bracketed(marked.texts["zh"]) == "[-旧-]{+新+}文。"


# ── the planted drafts ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def pair(drafts: PlanChanges) -> tuple[Document, Document]:
    return assemble(drafts.old.plan, drafts.old.library), assemble(drafts.new.plan, drafts.new.library)


def test_every_planted_change_is_found_among_the_clauses_and_nothing_else_is(
    drafts: PlanChanges, pair: tuple[Document, Document]
) -> None:
    changes = clause_changes(hold_the_law(*pair), drafts)
    assert {key for change in changes for key in change.causes} == {change.key for change in drafts.changes}
    alone = [change for change in changes if not change.causes and change.kind not in ("renumbered", "references")]
    assert [change.id for change in alone] == ["schedule:dates.D34:free"]  # a deadline of the new option, without a day yet
    assert all(change.weight is not None for change in changes)


def test_a_change_of_words_weighs_as_its_decision(drafts: PlanChanges, pair: tuple[Document, Document]) -> None:
    weights = {change.key: change.weight for change in drafts.changes}
    for change in clause_changes(redline(*pair), drafts):
        if change.causes:
            assert change.weight is min((weights[key] for key in change.causes), key=lambda weight: weight.rank)


def test_marks_stay_near_those_of_a_plain_word_diff(pair: tuple[Document, Document]) -> None:
    """A plain comparison of the whole texts: paragraphs are found again by their words, what stands between by word."""
    old, new = ([*paragraphs(document)] for document in pair)
    plainly = 0
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            one, two = ([word for said in part for word in tokens(said)] for part in (old[a:b], new[c:d]))
            plainly += sum(
                size(one[e:f]) + size(two[g:h])
                for kind, e, f, g, h in SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
                if kind != "equal"
            )
    marked = sum(
        size(tokens(plain(inline.inlines)))
        for texts in all_texts(redline(*pair))
        for inlines in texts.values()
        for inline in inlines
        if isinstance(inline, Change)
    )
    assert 0 < marked <= 1.5 * plainly


def size(words: list[str]) -> int:
    """The characters of words, without the space between them."""
    return sum(len(word.strip()) for word in words)


def paragraphs(document: Document) -> Iterator[str]:
    """The texts of a document in their order, language by language."""
    for language in document.languages:
        yield from (plain(texts[language]) for texts in all_texts(document) if texts.get(language))


@pytest.mark.parametrize("layout", ["columns", "stacked"])
def test_word_reads_the_redline_as_either_version(pair: tuple[Document, Document], tmp_path: Path, layout: str) -> None:
    old, new = (said(write(document, layout=layout), tmp_path, "accepted") for document in pair)
    marked = write(redline(*pair), layout=layout, author="Counsel")
    assert said(marked, tmp_path, "accepted") == new
    assert said(marked, tmp_path, "rejected") == old


def said(data: bytes, folder: Path, view: str) -> list[str]:
    """The paragraphs with words, without the last lines that carry fingerprints."""
    path = folder / "read.docx"
    path.write_bytes(data)
    return [each.text for each in read_docx(path, view).paragraphs if each.text and not each.style.startswith("Colophon")]


def test_both_sides_of_a_text_come_back_from_its_marks() -> None:
    marked = marked_inlines(text("a b c d e f g"), text("a b x d e f g"))
    assert (plain(old_words(marked)), plain(new_words(marked))) == ("a b c d e f g", "a b x d e f g")


def test_a_change_in_one_language_alone_is_shown_in_that_language() -> None:
    kept = (Piece(KEPT, "16 Gongye Road, Lanzhu, China"),)
    changed = (Piece(KEPT, "中国"), Piece(INSERTED_WORDS, "，"), Piece(KEPT, "岚渚市"))
    change = ClauseChange("reworded", Weight.COSMETIC, "row", "schedule:members.B4", pieces={"en": kept, "zh": changed})
    assert [line.text for line in clause_lines([change], "en")][-1] == "中国{+，+}岚渚市"
    both_changed = replace(change, pieces={"zh": changed, "en": (Piece(INSERTED_WORDS, "16 Gongye Road"),)})
    assert [line.text for line in clause_lines([both_changed], "en")][-1] == "{+16 Gongye Road+}"
