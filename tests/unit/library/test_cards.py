"""One card: what becomes an option, and every fault with its line."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tests.libraries import CARD
from tmp_builder.errors import LibraryError
from tmp_builder.findings import Fault
from tmp_builder.library.cards import parse_card, read_card
from tmp_builder.library.schema import Option, Relation


def card(text: str) -> tuple[Option | None, list[Fault]]:
    faults: list[Fault] = []
    return parse_card(text, "owner/employer.md", "owner.employer", faults), faults


def option(text: str) -> Option:
    found, faults = card(text)
    assert faults == []
    assert found is not None
    return found


def with_parameter(text: str) -> str:
    """The card with its parameter written otherwise."""
    before, _, rest = CARD.partition("  report_days:\n")
    _, _, after = rest.partition("    label: {en: Days to report, zh: 报告天数}\n")
    return f"{before}  report_days:\n{text}    label: {{en: Days, zh: 天数}}\n{after}"


def test_a_card_becomes_an_option() -> None:
    found = option(CARD)
    assert (found.id, found.section, found.name, found.domain_id) == ("owner.employer", "owner", "employer", "own.employer")
    assert found.label == {"en": "The employer owns", "zh": "归雇主单位"}
    assert found.guidance == {"en": "Say who owns.", "zh": "写明归属。"}
    assert found.texts["en"][1] == 21, "the text begins on the line after its heading"
    assert [clause.id for clause in found.clauses] == ["owner.employer#owner", "owner.employer#report"]
    parameter = found.parameters["report_days"]
    assert (parameter.default, parameter.spec.low, parameter.spec.high) == (30, Fraction(10), Fraction(60))
    assert parameter.address == "parameters.owner.employer.report_days"


def test_a_card_with_windows_line_ends_and_a_byte_order_mark_is_the_same_card(tmp_path: Path) -> None:
    path = tmp_path / "employer.md"
    path.write_bytes(b"\xef\xbb\xbf" + CARD.replace("\n", "\r\n").encode())
    faults: list[Fault] = []
    assert read_card(path, "owner/employer.md", "owner", faults) == option(CARD)
    assert faults == []


@pytest.mark.parametrize(
    ("written", "relation"),
    [
        ("paper.keep", Relation(("paper.keep",))),
        ("{any-of: [a.b, c.d]}", Relation(("a.b", "c.d"))),
        ("{option: a.b, if: cn-party}", Relation(("a.b",), if_fact="cn-party")),
        ("{value: {a.b.c: yes}}", Relation(value=("a.b.c", "yes"))),
        ("{schedule: register}", Relation(schedule="register")),
        ("{option: a.b, if-value: {report_days: 30}}", Relation(("a.b",), if_value=("report_days", "30"))),
    ],
)
def test_needs_in_every_form(written: str, relation: Relation) -> None:
    assert option(CARD.replace("needs: []", f"needs: [{written}]")).needs == (relation,)


def test_a_relation_without_alternative_or_condition_names_its_one_option() -> None:
    assert Relation(("a.b",)).unconditional_option == "a.b"
    assert Relation(("a.b", "c.d")).unconditional_option == ""
    assert Relation(("a.b",), if_fact="cn-party").unconditional_option == ""


@pytest.mark.parametrize(
    ("written", "default"),
    [
        ("    type: percent\n    default: 2.5\n    range: [0, 10%]\n", Decimal("2.5")),
        ("    type: fraction\n    default: 2/3\n    range: [1/2, 1]\n", Fraction(2, 3)),
        ("    type: territory\n    default: [CN, US]\n", ("CN", "US")),
        ("    type: list\n    of: territory\n    default: [[CN], [US]]\n", (("CN",), ("US",))),
        ("    type: text\n    optional: true\n", None),
        ("    type: choice\n    default: no\n    values: {no: {label: {en: No, zh: 否}}}\n", "no"),
        ("    type: days\n    range: [~, 60]\n", None),
    ],
)
def test_defaults_are_typed(written: str, default: object) -> None:
    assert option(with_parameter(written)).parameters["report_days"].default == default


FAULTS = [
    ("no front matter", CARD[4:], 1, "has no front matter"),
    ("front matter that does not end", CARD.replace("---\n\n## English", "\n## English"), 1, "has no front matter"),
    ("an unknown key", CARD.replace("favours: [all]", "favors: [all]"), 6, "unknown key “favors”, did you mean “favours”?"),
    ("a key twice", CARD.replace("needs: []", "needs: []\nneeds: []"), 8, "the key “needs” stands twice"),
    ("a missing key", CARD.replace("use-when: {en: Usually., zh: 通常采用。}\n", ""), 2, "the key “use-when” is missing"),
    (
        "a label in one language",
        CARD.replace("label: {en: The employer owns, zh: 归雇主单位}", "label: {en: The employer}"),
        3,
        "“zh”",
    ),
    ("an empty label", CARD.replace("label: {en: The employer owns,", 'label: {en: "",'), 3, "label.en"),
    ("a wrong type", CARD.replace("overridable: false", "overridable: perhaps"), 9, "expected yes or no"),
    ("no source", CARD.replace("  - {source: LAW, at: Art. 1}\n", "  []\n"), 10, "sources"),
    ("a missing heading", CARD.replace("## 说明\n", ""), 0, "the heading “## 说明” is missing"),
    (
        "an unknown heading",
        CARD.replace("## Guidance", "## Guidence"),
        32,
        "unknown heading “Guidence”, did you mean “Guidance”?",
    ),
    ("a heading twice", CARD + "\n## English\n\n1.  {#x} X.\n", 40, "the heading “English” stands twice"),
    (
        "text before the first heading",
        CARD.replace("---\n\n## English", "---\n\nHello.\n\n## English"),
        20,
        "text before the first heading",
    ),
    ("an unknown type of a value", with_parameter("    type: dayz\n"), 14, "unknown type “dayz”, did you mean “days”?"),
    ("a choice without values", with_parameter("    type: choice\n"), 13, "a choice needs values"),
    ("a range that is none", with_parameter("    type: days\n    range: [a, b]\n"), 15, "cannot be read"),
    ("a range of three", with_parameter("    type: days\n    range: [1, 2, 3]\n"), 15, "range"),
    ("a range by nought", with_parameter("    type: fraction\n    range: [1/0, 1]\n"), 15, "cannot be read"),
    (
        "a range upside down",
        with_parameter("    type: days\n    range: [60, 10]\n"),
        15,
        "the lower bound is above the upper one",
    ),
    ("a default that does not fit", with_parameter("    type: days\n    default: soon\n"), 15, "the default does not fit"),
    ("a list of an unknown type", with_parameter("    type: list\n    of: dayz\n"), 13, "cannot be read"),
]


@pytest.mark.parametrize(("text", "line", "words"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_every_fault_names_its_line(text: str, line: int, words: str) -> None:
    _, faults = card(text)
    found = [fault for fault in faults if words in fault.message]
    assert found, faults
    assert line in (0, found[0].place.line)
    assert found[0].place.file == "owner/employer.md"


def test_all_faults_of_a_card_come_at_once() -> None:
    text = (
        CARD.replace("favours: [all]", "favors: [all]")
        .replace("overridable: false", "overridable: perhaps")
        .replace("## 说明", "## 注释")
    )
    _, faults = card(text)
    assert {fault.place.line for fault in faults} >= {6, 9}
    assert any("注释" in fault.message for fault in faults)


def test_faults_of_the_prose_come_when_the_text_is_needed() -> None:
    found = option(CARD.replace("Each Member owns", "Each <b>Member</b> owns"))
    with pytest.raises(LibraryError) as caught:
        _ = found.clauses
    assert str(caught.value).startswith("owner/employer.md:22: an HTML tag is not allowed here")


def test_a_card_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "employer.md"
    path.write_bytes(CARD.encode("gb18030"))
    faults: list[Fault] = []
    assert read_card(path, "owner/employer.md", "owner", faults) is None
    assert [str(fault) for fault in faults] == ["owner/employer.md: cannot be read: it is not UTF-8 text"]
