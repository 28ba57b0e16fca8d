"""YAML with lines: what is read as data, what is refused, and where the fault lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from tmp_builder.findings import Place
from tmp_builder.library import marked
from tmp_builder.library.marked import Marked, read_marked, read_marked_file

LAUGHS = "a: &a [x, x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(12))


def read(text: str) -> Marked:
    return read_marked(text, "plan.yaml")


def messages(text: str) -> list[str]:
    return [str(fault) for fault in read(text).faults]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", {}),
        ("# only a comment\n", {}),
        ("a: NO\nb: yes\nc: 2026-09-30\nd: 012\n", {"a": "NO", "b": "yes", "c": "2026-09-30", "d": "012"}),
        ("a:\nb: ~\nc: null\n", {"a": None, "b": None, "c": None}),
        ("a: ''\nb: 'null'\n", {"a": "", "b": "null"}),
        ("a: [1, {b: c}]\n", {"a": ["1", {"b": "c"}]}),
        ("- 1\n- 2\n", ["1", "2"]),
        ("a: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}),
        ("a: |\n  two\n  lines\n", {"a": "two\nlines\n"}),
        ("? 甲\n: 乙\n", {"甲": "乙"}),
    ],
)
def test_plain_scalars_stay_text(text: str, data: object) -> None:
    assert read(text).data == data
    assert read(text).faults == []


def test_every_part_knows_its_line_and_column() -> None:
    found = read("title:\n  en: A\n  zh: 甲\nmembers:\n  - id: A1\n")
    assert found.place(("title", "zh")) == Place("plan.yaml", 3, 3)
    assert found.place(("members", 0)) == Place("plan.yaml", 5, 5)
    assert found.place(("members", 0, "side")) == Place("plan.yaml", 5, 5), "a missing part stands where the one above it stands"
    assert found.place(("nowhere",)) == Place("plan.yaml", 1, 1)


def test_lines_count_from_where_the_text_begins_in_its_file() -> None:
    assert read_marked("a: 1\nb: 2\n", "card.md", first_line=2).place(("b",)) == Place("card.md", 3, 1)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "the key “a” stands twice"),
        ("a: {b: 1, b: 2}\n", 1, "the key “b” stands twice"),
        ("a: &x 1\nb: *x\n", 2, "uses an alias"),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", 3, "alias"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "a tag that is not read"),
        ("a: !house 1\n", 1, "a tag that is not read"),
        ("a: !!binary aGFsbG8=\n", 1, "a tag that is not read"),
        ("? [a, b]\n: 1\n", 1, "a key must be one word"),
        ("a: b: c\n", 1, "is no valid YAML"),
        ("a: [1, 2\n", 2, "is no valid YAML"),
        ("a: 1\n\tb: 2\n", 2, "is no valid YAML"),
        ("a: 1\n--- \nb: 2\n", 2, "begins a second document"),
        ("a: 1\nb: x\x07y\n", 2, "the control character U+0007"),
        ("a: \x00\n", 1, "the control character U+0000"),
        ("%YAML 9.9\n---\na: 1\n", 1, "is no valid YAML"),
    ],
)
def test_it_refuses_what_could_surprise_and_names_the_line(text: str, line: int, words: str) -> None:
    faults = read(text).faults
    assert len(faults) == 1
    assert faults[0].place.line == line
    assert words in faults[0].message


def test_a_billion_laughs_stay_a_few_faults() -> None:
    faults = read(LAUGHS).faults
    assert faults
    assert all("alias" in fault.message for fault in faults)
    assert len(faults) < 200


def test_a_text_knows_the_line_on_which_it_begins() -> None:
    found = read("a:\n  en: one\n  zh: |\n    two\nb: >-\n  three\n")
    assert [found.lines["a", "en"], found.lines["a", "zh"], found.lines[("b",)]] == [2, 4, 6]


def test_an_anchor_that_contains_itself_ends() -> None:
    assert any("alias" in message for message in messages("a: &x [*x]\n"))


def test_deep_nesting_is_refused_not_recursed() -> None:
    assert any("too deeply" in message for message in messages("a: " + "[" * 40 + "]" * 40 + "\n"))
    assert messages("a: " + "[" * 100_000 + "]" * 100_000 + "\n"), "far deeper than any stack"


def test_a_file_that_is_too_large_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marked, "MAX_BYTES", 100)
    assert messages("a: 1\n" * 21) == ["plan.yaml: is larger than 100 characters\n  Split it."]
    assert messages("a: 1\n") == []


def test_a_file_larger_than_the_limit_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"\xff" * 5000)
    monkeypatch.setattr(marked, "MAX_BYTES", 1000)
    assert "larger than" in str(read_marked_file(path, "large.yaml").faults[0])


@pytest.mark.parametrize(
    ("content", "data"),
    [(b"\xef\xbb\xbfa: 1\n", {"a": "1"}), ("a: 甲\r\nb: 乙\r\n".encode(), {"a": "甲", "b": "乙"})],
    ids=["byte order mark", "Windows line ends"],
)
def test_a_file_is_utf_8_with_or_without_a_byte_order_mark(content: bytes, data: object, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    found = read_marked_file(path, "a.yaml")
    assert (found.data, found.faults) == (data, [])


@pytest.mark.parametrize("content", ["a: 甲\n".encode("gb18030"), "a: 1\n".encode("utf-16"), b"a: \xff\n"])
def test_a_file_in_another_encoding_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    (fault,) = read_marked_file(path, "a.yaml").faults
    assert "UTF-8" in fault.message or "no valid YAML" in fault.message


def test_a_missing_file_is_a_fault_of_that_file(tmp_path: Path) -> None:
    (fault,) = read_marked_file(tmp_path / "none.yaml", "none.yaml").faults
    assert str(fault) == "none.yaml: cannot be read: No such file or directory"
