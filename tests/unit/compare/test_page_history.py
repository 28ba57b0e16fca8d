"""The page of a history: sections by drafts, then each draft with who changed what."""

from __future__ import annotations

import re
from pathlib import Path

from tmp_builder.compare.history import history
from tmp_builder.compare.page import history_page
from tmp_builder.versions import drafts_of
from tmp_builder.writers.html.report import write

from .conftest import Call, git, library, shelf
from .test_history import repository

__all__ = ["repository"]


def test_28_drafts_stand_in_one_table_and_an_unreadable_one_is_not_an_unchanged_one(repository: Path) -> None:
    found = history(*drafts_of(repository / "old.plan.yaml", shelf()))
    assert len({track.id for track in found.tracks}) == len(found.tracks)
    view = history_page(found, library(), "old.plan.yaml", "en")
    assert view["headline"] == "28 drafts of old.plan.yaml: 4 substantive changes in 3 sections"
    assert [line["text"] for line in view["lead"]] == [
        "5 January 2026 – 13 July 2026",
        "Ownership of Project IP: open 42 days",
    ]
    ownership = next(track for track in view["tracks"] if track["id"] == "ownership")
    letters = "".join(cell["letter"] or "." for cell in ownership["cells"])
    assert letters == "..SoooooS...?..............."
    assert view["steps"][12]["fault"].startswith("cannot be read: ")
    assert view["steps"][8]["author"] == "Counsel of the US Side"
    page = write(view).decode()
    assert len(re.findall(r'id="draft-\d+"', page)) == 28
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert history_page(found, library(), "旧稿", "zh")["headline"] == "旧稿共28稿：4项实质性变更，涉及3个部分"


def test_the_command_writes_the_page_and_what_people_wrote_into_git_is_no_markup(folder: Path, tmp: Call) -> None:
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "<script>alert(1)</script>", author="A <b>bold</b> counsel".replace("<", "‹").replace(">", "›"))
    code, out, err = tmp("history", "old.plan.yaml", "--html", "drafts.html")
    assert (code, "drafts.html  (written)" in err) == (0, True)
    assert out.startswith("1 draft of old.plan.yaml, 2026-09-15\n")
    page = (folder / "drafts.html").read_text(encoding="utf-8")
    assert page.count("<script>") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "1 draft of old.plan.yaml: no substantive change" in page
