"""The small pieces: moves, lines, lists, notes and words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmp_builder.interview.asks import Ask, Choice
from tmp_builder.interview.lines import pad, shorten, width, wrap
from tmp_builder.interview.listing import Listing
from tmp_builder.interview.moves import Kind, Move, menu, parse_move
from tmp_builder.interview.notes import Notes, read_notes, with_notes, without_notes
from tmp_builder.interview.words import SENTENCES, say

# ── moves ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "move"),
    [
        ("?", Move(Kind.HELP)),
        ("？", Move(Kind.HELP)),
        (" < ", Move(Kind.BACK)),
        ("《", Move(Kind.BACK)),
        (">", Move(Kind.FORWARD)),
        ("/", Move(Kind.MENU)),
        ("/jump ownership", Move(Kind.JUMP, "ownership")),
        ("/j ownership", Move(Kind.JUMP, "ownership")),
        ("/搜索 许可费", Move(Kind.SEARCH, "许可费")),
        ("、返回", Move(Kind.BACK)),
        ("/later", Move(Kind.LATER)),
    ],
)
def test_a_typed_move_is_understood(typed: str, move: Move) -> None:
    assert parse_move(typed) == move


@pytest.mark.parametrize("typed", ["", "members.xlsx", "/home/a/members.xlsx", "Why?", "A < B", "-", "/unknown"])
def test_what_is_no_move_is_an_answer(typed: str) -> None:
    assert parse_move(typed) is None


def test_the_menu_offers_what_is_possible_where_one_is() -> None:
    everywhere = {choice.id for choice in menu(Ask("x", "text", "?"), slot=False, rest=False, language="en").choices}
    at_a_slot = {choice.id for choice in menu(Ask("x", "one", "?", section="term"), slot=True, rest=True, language="zh").choices}
    assert {"back", "forward", "help", "jump", "search", "findings", "later", "review", "quit"} == everywhere
    assert at_a_slot - everywhere == {"preview", "open", "rest"}


# ── lines ───────────────────────────────────────────────────────────────────────────────────────────────────────────

WORDS = st.text(alphabet="ab 中文，。（x）“”", min_size=1, max_size=80)


@given(text=WORDS, columns=st.integers(14, 60))
def test_no_line_is_wider_than_the_screen_and_nothing_is_lost(text: str, columns: int) -> None:
    text = " ".join(text.split())
    lines = wrap(text, columns, "  ")
    longest = max((width(piece) for piece in re.findall(r"[ab x（“]+|[，。）”]+", text)), default=0)
    assert all(width(line) <= max(columns, longest + 6) for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_chinese_characters_take_two_columns() -> None:
    assert width("中文ab") == 6
    assert pad("中", 4) == "中  "
    assert shorten("中文中文", 5) == "中文…"


def test_a_chinese_line_does_not_begin_with_a_comma() -> None:
    assert all(not line.startswith(("，", "。")) for line in wrap("甲乙丙丁，戊己庚辛。壬癸", 10))


# ── lists ───────────────────────────────────────────────────────────────────────────────────────────────────────────

CHOICES = tuple(Choice(ident, f"Label {ident}", f"note of {ident}") for ident in "abcd")


def test_a_list_begins_at_its_default_and_comes_round_at_the_end() -> None:
    listing = Listing(Ask("x", "one", "?", choices=CHOICES, default="d"), "en")
    assert listing.reply() == "d"
    listing.step(+1)
    assert listing.reply() == "a"


def test_ticks_are_returned_in_the_order_of_the_list() -> None:
    listing = Listing(Ask("x", "many", "?", choices=CHOICES, default=("c",)), "en")
    listing.tick()
    assert listing.reply() == ("a", "c")


def test_too_few_ticks_are_no_answer_but_none_leaves_it_open() -> None:
    listing = Listing(Ask("x", "many", "?", choices=CHOICES, low=2), "en")
    assert listing.reply() == ()
    listing.tick()
    assert listing.reply() is None


def test_the_choice_that_stands_alone_excludes_the_others() -> None:
    listing = Listing(Ask("x", "many", "?", choices=CHOICES, default=("a", "b"), alone="d"), "en")
    listing.point(3)
    listing.tick()
    assert listing.reply() == ("d",)
    listing.point(0)
    listing.tick()
    assert listing.reply() == ("a",)


def test_every_note_is_shown_where_there_is_room_otherwise_only_that_of_the_pointed_line() -> None:
    listing = Listing(Ask("x", "one", "?", choices=CHOICES, default="b"), "en")
    assert len(listing.lines(40, room=8)) == 8
    assert [text.strip() for _, text in listing.lines(40, room=7)] == ["Label a", "❯ Label b", "note of b", "Label c", "Label d"]
    assert listing.line_of(40, room=7) == 2


# ── notes ───────────────────────────────────────────────────────────────────────────────────────────────────────────

FILE = "# yaml-language-server: $schema=./plan.schema.json\n# ours\nid: x\n"


def test_notes_stand_below_the_header_and_are_read_back() -> None:
    notes = Notes(("protection.clearance", "members"), {"pays": "grant", "join": "-"})
    text = with_notes(FILE, notes)
    assert text.splitlines()[0] == FILE.splitlines()[0]
    assert read_notes(text) == notes
    assert without_notes(text) == FILE


def test_a_guide_begun_without_answers_is_remembered() -> None:
    assert read_notes(with_notes(FILE, Notes((), {}))).guide == {}
    assert read_notes(FILE).guide is None


def test_notes_that_make_no_sense_are_passed_over() -> None:
    assert read_notes("# tmp new will still ask: a b, {x}, members\n").pending == ("members",)


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", SENTENCES)
def test_every_sentence_has_the_same_places_in_both_languages(name: str) -> None:
    english, chinese = (set(re.findall(r"{(\w+)[:}]", text)) for text in SENTENCES[name])
    assert english == chinese
    assert SENTENCES[name][0].strip()
    assert SENTENCES[name][1].strip()


def test_a_sentence_is_filled() -> None:
    assert say("unit-days", "en", count=60) == "60 days"
    assert say("unit-days", "zh", count=60) == "60日"


@pytest.mark.parametrize(("count", "said"), [(1, "1 row was not taken."), (2, "2 rows were not taken.")])
def test_a_count_and_its_word_agree(count: int, said: str) -> None:
    assert say("table-skipped", "en", count=count).startswith(said)
    assert say("table-skipped", "zh", count=count).startswith(f"{count}行未采用。")


def test_marks_are_divided_as_the_language_of_the_interface_does() -> None:
    marked = Ask("x", "one", "?", choices=(Choice("a", "甲", marks=("模板", "默认")),), default="a")
    assert Listing(marked, "zh").lines(40, room=5)[0][1].endswith("[模板、默认]")
    assert Listing(marked, "en").lines(40, room=5)[0][1].endswith("[模板, 默认]")
