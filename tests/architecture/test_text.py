"""What no file of the repository may hold: paths of a machine, hosts of registries, left-over marks."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BINARY = (".docx", ".xlsx", ".pdf", ".png", ".ttf", ".otf", ".woff2", ".zip")


def mark(*parts: str) -> str:
    """A word written in parts, so that this file does not hold it."""
    return "".join(parts)


HOMES = "|".join((mark("ho", "me"), mark("Us", "ers"), mark("ro", "ot"), mark("wo", "rk")))
HOSTS = "|".join((mark("pyp", "i.org"), mark("files.pythonhosted", ".org"), mark("artifact", "ory"), mark("nex", r"us\.[a-z]+")))
LEFT_OVER = "|".join((mark("TO", "DO"), mark("FIX", "ME"), mark("X", "XX"), mark("HA", "CK")))

FORBIDDEN = {
    "a path of a machine": rf"(?<![\w.])/({HOMES})/[\w.-]{{2,}}/|[A-Z]:\\+Users\\",
    "a host of a registry or a proxy": rf"\b({HOSTS})\b|\b{mark('local', 'host')}:\d+",
    "a left-over mark": rf"\b({LEFT_OVER})\b|^(<{{7}}|>{{7}}|={{7}})( |$)",
    "a breakpoint": rf"\b{mark('break', 'point')}\(\)|\b{mark('pdb', '.set_trace')}|^\s*{mark('import', ' pdb')}",
}


@cache
def texts() -> dict[str, str]:
    """Every tracked text by its name."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("no checkout of a repository")
    names = [name for name in done.stdout.split("\0") if name and not name.endswith(BINARY) and (ROOT / name).is_file()]
    return {name: (ROOT / name).read_text(encoding="utf-8") for name in names}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what], re.M)
    found = [
        f"{name}:{text[: hit.start()].count(chr(10)) + 1}: {hit[0]}"
        for name, text in texts().items()
        for hit in pattern.finditer(text)
    ]
    assert found == []


def test_every_text_is_utf_8_with_unix_line_ends_and_ends_with_one() -> None:
    wrong = [
        name for name, text in texts().items() if "\r" in text or (text and not text.endswith("\n")) or text.startswith("\ufeff")
    ]
    assert wrong == []


def test_the_patterns_find_what_they_are_for() -> None:
    """The table above is no good if it finds nothing at all."""
    samples = {
        "a path of a machine": "see /" + mark("ho", "me") + "/someone/plan.yaml",
        "a host of a registry or a proxy": "https://" + mark("pyp", "i.org") + "/simple",
        "a left-over mark": "# " + mark("TO", "DO") + " later",
        "a breakpoint": mark("break", "point") + "()",
    }
    assert all(re.search(FORBIDDEN[what], text, re.M) for what, text in samples.items())
    assert set(samples) == set(FORBIDDEN)
