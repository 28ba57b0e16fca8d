"""What every comparison page keeps: it loads nothing, says what may run, is the same each time, and can be read by everyone."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from itertools import product

import pytest

from tests.unit.compare.test_matrix import found, members
from tmp_builder.compare.page import matrix_page
from tmp_builder.compare.page.words import WORDS
from tmp_builder.datafiles import data_folder
from tmp_builder.writers.html.report import KINDS, write

CSS = (data_folder("templates") / "report.css").read_text(encoding="utf-8")
PAPERS = ("paper", "sheet")
INKS = ("ink", "soft", "accent", "grave", "value", "moved", "quiet")
TINTED = (("ink", "value-tint"), ("ink", "grave-tint"), ("ink", "ins-tint"), ("ink", "del-tint"), ("ins", "ins-tint"))
TINTED += (("del", "del-tint"), ("grave", "grave-tint"), ("value", "value-tint"), ("moved", "tint"), ("accent", "tint"))
TINTED += (("soft", "tint"), ("soft", "ins-tint"), ("soft", "del-tint"))
THEMES = {
    "light": r":root \{",
    "dark": r':root\[data-theme="dark"\] \{',
    "dark by itself": r':root:not\(\[data-theme="light"\]\) \{',
}


@pytest.fixture(scope="module")
def page() -> str:
    return write(matrix_page(found(members()), "en")).decode()


def test_the_page_loads_nothing(page: str) -> None:
    assert not re.search(r"(src|href)=[\"'](?!#)", page)
    assert not re.search(r"url\(|@import|https?:", page)


def test_its_policy_names_its_own_script_and_style_and_nothing_else(page: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    allowed = html.unescape(policy[1])
    for name in ("script", "style"):
        (text,) = re.findall(rf"<{name}>(.*?)</{name}>", page, re.S)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in allowed
    assert allowed.startswith("default-src 'none';")
    assert "unsafe" not in allowed
    assert not re.search(r"<[^>]+ (style|on\w+)=", page)


def test_the_same_comparison_gives_the_same_bytes(page: str) -> None:
    assert write(matrix_page(found(members()), "en")).decode() == page


def test_a_kind_of_page_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match=r"page '\.\./x' is none of diff, matrix, history"):
        write({"kind": "../x"})
    assert all((data_folder("templates") / f"report-{kind}.html.j2").is_file() for kind in KINDS)


def test_every_word_of_the_page_is_there_in_both_languages() -> None:
    assert all(set(labels) == {"en", "zh"} and all(labels.values()) for labels in WORDS.values())
    marks = {name: [set(re.findall(r"\{\w+\}", text)) for text in labels.values()] for name, labels in WORDS.items()}
    assert [name for name, (english, chinese) in marks.items() if english != chinese] == []


@pytest.mark.parametrize("theme", THEMES)
def test_text_stands_out_from_its_ground_at_least_four_and_a_half_times(theme: str) -> None:
    """Contrast as WCAG 2.2 reckons it (success criterion 1.4.3, level AA)."""
    block = re.search(THEMES[theme] + r"(.*?)\}", CSS, re.S)
    assert block
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block[1]))
    weak = [pair for pair in (*product(INKS, PAPERS), *TINTED) if contrast(colours[pair[0]], colours[pair[1]]) < 4.5]
    assert weak == []


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_reckoned_as_the_standard_does() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
