"""`tmp batch` from the table to the folder: sets, faults, what changed, the manifest, the proof."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

from tests.batch.conftest import ROWS, files_of

Tmp = Callable[..., tuple[int, str, str]]
Table = Callable[..., Path]
MAKE = ("-f", "md", "--make", "tmp,accession,extract,calendar,cover-note")
BAD = ("C9", "Bad", "坏", "XX", "US", "circus", "someday", "", "")


def lines_of(out: str) -> dict[str, str]:
    """The state of each set by its id."""
    rows = [json.loads(line) for line in out.splitlines()]
    return {row["id"]: row["state"] for row in rows if "id" in row}


def test_sets_are_built_bad_rows_are_told_and_nothing_is_built_twice(tmp: Tmp, table: Table, tmp_path: Path) -> None:
    table("C1", "C2", "C3", "C4", BAD)
    code, out, _ = tmp(*MAKE, "--json")
    assert code == 3
    states = lines_of(out)
    assert states.pop("alliance/C9") == "failed"
    assert set(states.values()) == {"built"}
    folder = tmp_path / "out"
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {"Dept-1- a", "北方大学", "same-C3", "SAME-C4"}
    names = {path.name for path in (folder / "Dept-1- a").iterdir()}
    assert names == {
        *("alliance.md", "alliance-accession-C1.md", "alliance-extract-C1.md"),
        *("alliance-dates-C1.ics", "alliance-cover-note-C1.md"),
    }
    before = files_of(folder)

    code, out, _ = tmp(*MAKE, "--json")
    assert code == 3
    states = lines_of(out)
    assert states.pop("alliance/C9") == "failed"
    assert set(states.values()) == {"unchanged"}
    assert files_of(folder) == before

    code, out, _ = tmp(*MAKE, "--json", "--dry-run")
    assert [json.loads(line)["would"] for line in out.splitlines()].count("build") == 0


def test_the_common_text_is_the_same_in_every_set_and_names_every_member(tmp: Tmp, table: Table, tmp_path: Path) -> None:
    table("C1", "C2")
    tmp(*MAKE)
    one, two = (tmp_path / "out" / name / "alliance.md" for name in ("Dept-1- a", "北方大学"))
    assert one.read_bytes() == two.read_bytes()
    text = one.read_text(encoding="utf-8")
    assert "Acme Research" in text
    assert "北方大学" in text


def test_one_row_changed_builds_its_papers_and_the_common_text(tmp: Tmp, table: Table) -> None:
    table("C1", "C2")
    tmp(*MAKE)
    table("C1", tuple(cell.replace("Northern", "Southern") for cell in ROWS["C2"]))
    _, out, _ = tmp(*MAKE, "--json")
    states = lines_of(out)
    assert states.pop("alliance/C1") == "unchanged"
    assert states == {"alliance/*": "built", "alliance/C2": "built"}
    why = {row["id"]: row["why"] for row in map(json.loads, out.splitlines()) if "id" in row}
    assert why["alliance/C2"] == ["row"]
    assert why["alliance/*"] == ["text"]


def test_a_file_that_is_missing_is_built_again_and_one_that_was_edited_is_kept(tmp: Tmp, table: Table, tmp_path: Path) -> None:
    table("C1", "C2")
    tmp(*MAKE)
    gone, edited = (next((tmp_path / "out").glob(f"*/alliance-extract-{name}.md")) for name in ("C1", "C2"))
    content = gone.read_bytes()
    gone.unlink()
    edited.write_text(edited.read_text(encoding="utf-8").replace("Northern", "Southern"), encoding="utf-8")
    kept = edited.read_bytes()
    code, out, _ = tmp(*MAKE, "--json")
    assert code == 5
    assert lines_of(out) == {"alliance/*": "unchanged", "alliance/C1": "built", "alliance/C2": "failed"}
    assert gone.read_bytes() == content
    assert edited.read_bytes() == kept
    code, out, _ = tmp(*MAKE, "--json", "--force")
    assert set(lines_of(out).values()) == {"built"}
    assert edited.read_bytes() != kept


def test_the_manifest_has_no_path_of_the_machine_and_every_hash(tmp: Tmp, table: Table, tmp_path: Path) -> None:
    import hashlib

    table("C1", BAD)
    tmp(*MAKE)
    text = (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    entries = {entry["id"]: entry for entry in json.loads(text)["entries"]}
    assert entries["alliance/C9"]["code"] == 3
    for entry in entries.values():
        for file in entry.get("files", []):
            assert hashlib.sha256((tmp_path / "out" / file["path"]).read_bytes()).hexdigest() == file["sha256"]
    assert entries["alliance/C1"]["missing"][0] == "form"


def test_the_report_carries_a_name_like_a_formula_as_text(tmp: Tmp, table: Table, tmp_path: Path) -> None:
    table("C3")
    tmp(*MAKE)
    book = load_workbook(tmp_path / "out" / "report.xlsx")
    assert book.sheetnames == ["Sets", "Chase list", "Dispatch list", "Findings", "Dates", "Nothing made"]
    cell = next(cell for row in book["Sets"].iter_rows() for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"
    chased = [cell.value for cell in list(book["Chase list"].iter_rows())[1]]
    assert chased[:5] == ["C3", "alliance", "=1+1", "missing", chased[4]]
    assert "=1+1" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_fail_fast_stops_and_the_same_command_without_it_goes_on(tmp: Tmp, table: Table, tmp_path: Path) -> None:
    table(BAD, "C1")
    code, out, _ = tmp(*MAKE, "--json", "--fail-fast")
    assert code == 3
    assert lines_of(out) == {"alliance/C9": "failed"}
    assert not list((tmp_path / "out").glob("*/*.md"))
    code, out, _ = tmp(*MAKE, "--json")
    assert lines_of(out)["alliance/C1"] == "built"


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp: Tmp, table: Table, tmp_path: Path, monkeypatch: object) -> None:
    import pytest

    from tmp_builder.batch import run

    assert isinstance(monkeypatch, pytest.MonkeyPatch)
    table("C1", "C2")
    whole = run.portion

    def stop(jobs: tuple[object, ...], shared: object) -> object:
        if any(getattr(job, "id", "") == "alliance/C2" for job in jobs):
            raise KeyboardInterrupt
        return whole(jobs, shared)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "portion", stop)
    monkeypatch.setattr(run, "PORTION", 1)
    code, _, err = tmp(*MAKE)
    assert code == 130
    assert "goes on from here" in err
    assert not (tmp_path / "out" / "manifest.json").exists()
    monkeypatch.setattr(run, "portion", whole)
    code, out, _ = tmp(*MAKE, "--json")
    assert lines_of(out) == {"alliance/*": "unchanged", "alliance/C1": "unchanged", "alliance/C2": "built"}
    assert not list((tmp_path / "out").glob(".tmp-batch*"))


def test_nothing_is_written_through_a_link_out_of_the_folder(tmp: Tmp, table: Table, tmp_path: Path) -> None:
    table("C2")
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out" / "北方大学").symlink_to(tmp_path / "elsewhere")
    code, _, err = tmp(*MAKE)
    assert code == 5
    assert "outside the folder of the batch" in err
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_archives_are_the_same_on_every_run(tmp: Tmp, table: Table, tmp_path: Path) -> None:
    table("C2")
    tmp(*MAKE, "--zip", "member")
    first = (tmp_path / "out" / "北方大学.zip").read_bytes()
    tmp(*MAKE, "--zip", "member", "--force")
    assert (tmp_path / "out" / "北方大学.zip").read_bytes() == first


def test_the_day_decides_who_is_a_member(tmp: Tmp, base: Path, tmp_path: Path) -> None:
    (base.parent / "members.csv").write_text(
        "id,name.en,side,joined-on,left-on\nC1,One,US,2027-01-01,\nC2,Two,US,,2026-10-01\nC3,Three,US,,\n", encoding="utf-8"
    )
    _, out, err = tmp(*MAKE, "--dry-run", "--date", "2026-10-01")
    assert "alliance/C3" in out
    assert "alliance/C1" not in out
    assert "nothing made for C1: joins on 2027-01-01, after 2026-10-01" in err
    assert "nothing made for C2: left on 2026-10-01" in err
    assert not (tmp_path / "out").exists()


def test_a_row_of_another_consortium_gets_nothing_and_is_told(tmp: Tmp, base: Path) -> None:
    (base.parent / "members.csv").write_text(
        "id,name.en,side,consortia\nC1,One,US,alliance; buildings\nC2,Two,US,buildings\n", encoding="utf-8"
    )
    _, out, err = tmp(*MAKE, "--dry-run")
    assert "alliance/C1" in out
    assert "alliance/C2" not in out
    assert "2 rows name the consortium “buildings”, for which no --base is given" in err


def test_joining_and_leaving_are_shown_and_nothing_is_written(tmp: Tmp, table: Table, base: Path) -> None:
    table("C1", "C2")
    before = files_of(base.parent)
    code, out, err = tmp("--join", "C2", output=False)
    assert code == 1
    assert "Northern University" in out
    assert "Nothing was written." in err
    code, out, _ = tmp("--leave", "C2@2027-03-31", output=False)
    assert code == 1
    assert "2027-03-31" in out or "31 March 2027" in out
    assert files_of(base.parent) == before


def test_verify_builds_everything_again_and_finds_the_byte_that_changed(
    tmp: Tmp, table: Table, base: Path, tmp_path: Path, capsys: object
) -> None:
    from tmp_builder.cli import cli
    from tmp_builder.cli.faults import run

    path = table("C1", "C2")
    tmp(*MAKE)
    folder = tmp_path / "out"
    call = ["--ui-language", "en", "verify", str(folder), "--members", str(path), "--base", str(base), "--sample", "all"]
    assert run(cli, call) == 0
    target = next(folder.glob("*/alliance-extract-C1.md"))
    target.write_bytes(target.read_bytes() + b" ")
    assert run(cli, call) == 1
