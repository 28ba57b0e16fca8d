"""The built-in library under its own care: no finding; the page that lists it is fresh; every option is within reach."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from tmp_builder.datafiles import data_folder
from tmp_builder.findings import Finding
from tmp_builder.library.care import Shelf, look_after
from tmp_builder.library.care.reach import complete
from tmp_builder.library.care.texts import lengths, median_words
from tmp_builder.library.care.words import word_rules
from tmp_builder.library.listing import library_page
from tmp_builder.library.schema import Library
from tmp_builder.plan.facts import NAMED_FACTS
from tmp_builder.plan.printed import PRINTED_FACTS

DAY = date(2026, 11, 21)
"""The day on which the sources were read."""
PAGE = Path(__file__).parents[3] / "docs" / "library.md"


@pytest.fixture(scope="module")
def found(library: Library) -> list[Finding]:
    return look_after(Shelf(library, frozenset(PRINTED_FACTS), frozenset(NAMED_FACTS), DAY))


def test_the_built_in_library_is_clean(found: list[Finding]) -> None:
    assert [finding.line() for finding in found] == []


def test_its_sources_grow_old_after_a_year(library: Library) -> None:
    shelf = Shelf(library, as_of=date(2027, 11, 22))
    codes = {finding.address for finding in look_after(shelf, ["LIB-15"])}
    assert codes == {f"source:{source.code}" for source in library.sources.values() if source.seen != "K"}


def test_no_source_claims_a_day_on_which_nobody_read_it(library: Library) -> None:
    assert {source.checked for source in library.sources.values() if source.seen != "K"} == {DAY.isoformat()}
    assert {source.checked for source in library.sources.values() if source.seen == "K"} == {"never"}


def test_it_has_all_sections_options_and_profiles(library: Library) -> None:
    assert (len(library.sections), len(library.options), len(library.profiles)) == (31, 211, 7)


def test_every_card_has_the_length_that_was_promised(library: Library) -> None:
    shelf = Shelf(library)
    assert median_words(shelf) >= 150
    short = [option.id for option in shelf.readable if lengths(shelf, option)["en"] < 80 or lengths(shelf, option)["zh"] < 130]
    assert short == []


def test_the_page_of_the_library_is_fresh(library: Library) -> None:
    assert PAGE.read_text(encoding="utf-8") == library_page(library), (
        "make it again: tmp library list --markdown > docs/library.md"
    )


def test_every_option_and_every_pair_of_a_profile_is_within_reach(library: Library) -> None:
    for profile in library.profiles.values():
        chosen = [option for options in profile.choices.values() for option in options]
        assert complete(library, chosen) is not None, profile.id


def test_every_data_file_reads_the_same_without_the_fast_loader() -> None:
    root = data_folder("clauses")
    for path in [*root.rglob("*.yaml"), *root.rglob("*.md")]:
        text = path.read_text(encoding="utf-8")
        front = text.split("\n---", 1)[0] if path.suffix == ".md" else text
        assert yaml.compose(front, Loader=yaml.SafeLoader) is not None, path


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        ("archaic", "as set out hereinafter", "as set out below, here and thereafter"),
        ("wordy", "provided that it pays", "if it pays; the notice provided"),
        ("and-or", "Leads and/or Members", "Leads and Members"),
        ("will-must", "the owner will pay", "at the owner's wish, the good of all"),
        ("said-such", "such Member pays", "costs such as fees"),
        ("he-or-she", "he or she signs", "the Leads sign themselves"),
        ("american", "the program is organized", "computer programs are organised"),
        ("license-noun", "a license is granted", "a licence to license others"),
        ("hand-numbered", "under Clause 7.2", "Article 2 of the Convention"),
        ("country-regions", "countries such as Hong Kong", "Hong Kong and other regions"),
        ("this-agreement", "this Agreement ends", "their agreement ends"),
        ("shall-for-facts", "“X” shall mean Y", "the Lead shall apply for it"),
        ("unclear-duty", "use best efforts", "use its efforts"),
        ("lower-case-term", "its background IP", "its Background IP"),
        ("half-width", "成员单位,应当", "成员单位，应当"),
        ("half-width", "期限(三十日)", "期限（三十日）"),
        ("spaces", "在 30 日内", "在30日内"),
        ("dujia", "独家许可", "独占实施许可"),
        ("country-regions-zh", "香港等国家", "香港等国家或地区"),
        ("this-agreement-zh", "本协议生效", "本计划生效"),
        ("spoken", "成员单位应该付款", "成员单位应付款"),
        ("must-zh", "必须书面通知", "应书面通知；将会议纪要送交"),
        ("hand-numbered-zh", "依照第七条", "依照《公约》第二条"),
        ("quotes", "「成果」", "“成果”"),
        ("translationese", "对成果进行使用", "使用成果"),
    ],
)
def test_each_rule_of_wording_finds_the_bad_and_passes_the_good(rule: str, bad: str, good: str) -> None:
    (found_rule,) = [each for each in word_rules() if each.id == rule]
    assert found_rule.pattern.search(bad), bad
    assert not found_rule.pattern.search(good), good


def test_every_rule_of_wording_speaks_both_languages_and_is_tested() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    for rule in word_rules():
        assert rule.says["en"] != rule.says["zh"]
        assert rule.fix["en"] != rule.fix["zh"]
        assert f'"{rule.id}"' in here, rule.id
