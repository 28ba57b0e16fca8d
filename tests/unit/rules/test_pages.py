"""The pages of the rules: complete, in the order of their groups, and fresh in docs/."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tmp_builder.rules.catalogue import Rule
from tmp_builder.rules.groups import GROUP_NAMES, group_of
from tmp_builder.rules.pages import PARTS, page_of
from tmp_builder.rules.waivers import pages

ROOT = Path(__file__).parents[3]
OWN = ("WAI", "APP", "XPL")
"""Groups that the domain does not number: about waivers, about approvals, across plans."""


def test_every_rule_of_the_domain_has_a_page_and_every_group_a_name() -> None:
    counted: dict[str, int] = {}
    for rule in pages():
        counted[group_of(rule.code)] = counted.get(group_of(rule.code), 0) + 1
    assert sum(count for group, count in counted.items() if group not in OWN) == 133
    assert set(counted) <= set(GROUP_NAMES)


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.code) for rule in pages()])
def test_a_page_says_what_holds_why_and_shows_a_bad_and_a_good_plan(rule: Rule) -> None:
    page = page_of(rule)
    assert page.holds.endswith(".")
    assert {"Why", "Bad", "Good"} <= set(page.parts) <= set(PARTS)
    assert all(page.parts.values())
    assert rule.source


def test_the_generated_pages_are_fresh() -> None:
    spec = importlib.util.spec_from_file_location("make_docs", ROOT / "scripts" / "make_docs.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    stale = [path.name for path, text in module.pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    assert stale == [], "make them again: python scripts/make_docs.py"
