"""Comparison pages as a reader uses them: filters, search, keys, deep links, themes, narrow screens, no network."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.browser.chromium import ask, needs_chromium, run

pytestmark = needs_chromium

PRESS = "const press = (key, at = document.body) => at.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));"
SHOWN = "const shown = () => [...document.querySelectorAll('article.item')].filter((each) => each.getClientRects().length).map((each) => each.id);"
SET = """const set = (name, value) => {
  const field = document.querySelector('form.bar').elements[name];
  if (field.type === 'checkbox') field.checked = value; else field.value = value;
  field.dispatchEvent(new Event('input', {bubbles: true}));
};"""


def test_the_page_runs_its_own_script_under_its_policy_and_no_other(diff: bytes, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    strange = "<script>document.title = 'taken over'</script><img src=x onerror=\"document.title='taken over'\">"
    page.write_bytes(diff.replace(b"</body>", strange.encode() + b"</body>"))
    found = run(page)
    assert "14 of 14 shown" in found
    assert "<title>taken over" not in found


def test_filters_and_search_show_what_they_say(diff: bytes, tmp_path: Path) -> None:
    script = """
    const out = {};
    out.all = shown().length;
    set('class', 'substantive'); out.substantive = shown();
    set('class', ''); set('favours', 'security'); out.security = shown();
    set('favours', ''); set('section', 'term'); out.term = shown();
    set('section', ''); set('q', 'cyclers'); out.search = shown();
    set('q', 'no such word'); out.none = [shown().length, document.querySelector('output.count').textContent];
    set('q', ''); set('errors', true); out.errors = shown();
    document.querySelector('form.bar').reset(); await new Promise((done) => setTimeout(done, 50)); out.reset = shown().length;
    return out;"""
    found = ask(diff, SHOWN + SET + script, tmp_path)
    assert found["all"] == found["reset"] == 14
    assert found["substantive"] == found["security"] == ["change-1"]
    assert len(found["term"]) == len(found["search"]) == 1
    assert found["none"] == [0, "Nothing matches these filters."]
    assert found["errors"] == []


def test_keys_walk_expand_search_and_help(diff: bytes, tmp_path: Path) -> None:
    script = """
    const out = {}, at = () => document.activeElement.id;
    press('j'); out.first = at();
    press('j'); press('j'); press('k'); out.second = at();
    press('k'); press('e'); out.opened = [...document.querySelectorAll('#change-1 details')].every((each) => each.open);
    press('e'); out.closed = [...document.querySelectorAll('#change-1 details')].some((each) => each.open);
    press('/'); out.search = document.activeElement.name;
    press('j', document.activeElement); out.typing = document.activeElement.name;
    document.activeElement.blur(); press('?'); out.help = document.querySelector('dialog').open;
    press('?'); out.after = document.querySelector('dialog').open;
    press('a'); out.all = [...document.querySelectorAll('main details')].every((each) => each.open);
    return out;"""
    found = ask(diff, PRESS + script, tmp_path)
    assert found == {
        "first": "change-1",
        "second": "change-2",
        "opened": True,
        "closed": False,
        "search": "q",
        "typing": "q",
        "help": True,
        "after": False,
        "all": True,
    }


@pytest.mark.parametrize(
    ("link", "shown", "focus"),
    [("#change-7", 14, "change-7"), ("#term", 1, "change-7"), ("#%3Cscript%3E", 14, "")],
)
def test_a_deep_link_shows_a_change_or_a_section(diff: bytes, tmp_path: Path, link: str, shown: int, focus: str) -> None:
    script = "await new Promise((done) => setTimeout(done, 300)); return [shown().length, document.activeElement.id];"
    assert ask(diff, SHOWN + script, tmp_path, query=link) == [shown, focus]


@pytest.mark.parametrize("which", ["diff", "matrix"])
def test_a_phone_shows_the_page_without_scrolling_sideways(which: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """A window of Chromium is never so narrow, so that the page stands in a frame of 390 pixels."""
    (tmp_path / "inner.html").write_bytes(request.getfixturevalue(which))
    script = """const inner = document.querySelector('iframe').contentDocument.documentElement;
    const small = [...inner.querySelectorAll('button, select, input[type=search]')].filter((each) => each.getClientRects().length);
    return [inner.scrollWidth, inner.clientWidth, Math.min(...small.map((each) => each.getBoundingClientRect().height))];"""
    whole, seen, lowest = _framed(script, tmp_path)
    assert whole <= seen
    assert lowest >= 32


def _framed(script: str, folder: Path) -> list[float]:
    frame = '<!DOCTYPE html><body><iframe width="390" height="844" src="inner.html"></iframe><pre id=result></pre>'
    added = f"<script>onload = () => {{ result.textContent = JSON.stringify((() => {{ {script} }})()); }}</script></body>"
    page = folder / "page.html"
    page.write_text(frame + added, encoding="utf-8")
    found = re.search(r'<pre id="result">(.*?)</pre>', run(page, "--allow-file-access-from-files"))
    assert found
    numbers: list[float] = json.loads(found[1])
    return numbers


def test_the_theme_is_the_readers_or_the_one_asked_for(diff: bytes, tmp_path: Path) -> None:
    script = """const look = () => getComputedStyle(document.body).backgroundColor, out = [look()];
    document.querySelector('[data-do=theme]').click(); out.push(look());
    document.querySelector('[data-do=theme]').click(); out.push(look());
    return out;"""
    first, second, third = ask(diff, script, tmp_path, query="?theme=dark")
    assert first == third == "rgb(21, 23, 26)"
    assert second == "rgb(251, 250, 247)"


def test_every_field_has_a_label_and_every_focus_can_be_seen(diff: bytes, tmp_path: Path) -> None:
    script = """
    const fields = [...document.querySelectorAll('input, select')].filter((each) => !each.labels.length).length;
    const button = document.querySelector('button');
    const names = [...document.querySelectorAll('a, button, summary')].filter((each) => !each.textContent.trim()).length;
    const broken = [...document.querySelectorAll('[aria-labelledby]')].filter((each) => !document.getElementById(each.getAttribute('aria-labelledby')));
    const ids = [...document.querySelectorAll('[id]')].map((each) => each.id);
    return [fields, names, broken.length, ids.length - new Set(ids).size, document.querySelectorAll('main, h1').length];"""
    assert ask(diff, script, tmp_path) == [0, 0, 0, 0, 2]


def test_the_five_outliers_stand_before_the_163_that_are_alike(matrix: bytes, tmp_path: Path) -> None:
    script = """
    const names = () => [...document.querySelectorAll('table.overview tbody tr')].filter((each) => !each.hidden).map((each) => each.querySelector('th').textContent.trim());
    const out = {all: names(), columns: document.querySelectorAll('table.grid')[0].querySelectorAll('thead tr:last-child th').length};
    out.top = document.querySelector('table.overview').getBoundingClientRect().bottom < innerHeight;
    set('errors', true); out.errors = names();
    set('errors', false); set('q', 'member-042'); out.search = shown();
    set('q', ''); set('section', 'ownership'); out.section = shown().length;
    return out;"""
    found = ask(matrix, SHOWN + SET + script, tmp_path)
    assert found["all"][0] == found["errors"][0] == "member-120"
    assert set(found["all"][:5]) == {"member-017", "member-042", "member-077", "member-120", "member-163"}
    assert found["all"][5:] == ["163 plans like the standard"]
    assert found["columns"] == 2 + 6
    assert found["top"]
    assert len(found["errors"]) == 1
    assert len(found["search"]) == 1
    assert found["section"] == 1


def test_without_script_everything_is_there_to_read(diff: bytes, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(re.sub(r"(script-src &#39;)sha256-[^&]*", r"\1none", diff.decode()), encoding="utf-8")
    found = run(page)
    assert '<form class="bar" role="search" aria-label="Filters" hidden="">' in found
    assert found.count('<article class="item change') == 14
