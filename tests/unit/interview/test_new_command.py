"""`tmp new` where nobody can be asked: answers from flags, files and defaults, what is missing, where values come from."""

from __future__ import annotations

import io
import json
import shlex
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tmp_builder.cli import cli
from tmp_builder.cli.faults import run

Command = Callable[..., tuple[int, str, str]]
CERC = ("--profile", "cerc")


@pytest.fixture
def new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Command:
    """Runs `tmp new` in a folder of its own without a terminal; gives exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")  # 2026-11-21
    monkeypatch.delenv("TMP_UI_LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setattr("sys.stdin", io.StringIO())

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(cli, ["new", *arguments])
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return call


def _plan(path: str = "a.plan.yaml") -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    return data


def test_it_lists_each_missing_key_with_what_is_allowed_and_how_to_give_it(new: Command) -> None:
    code, out, err = new("a")
    assert code == 4
    assert "profile: Which arrangement comes closest to yours?" in out
    assert "    --profile cerc" in out
    assert "one of: corresponding-day, day-before" in out
    assert "--set dated=2026-11-21" in out
    assert "add --defaults" in err
    assert not Path("a.plan.yaml").exists()


def test_every_way_to_give_an_answer_that_it_names_is_accepted(new: Command) -> None:
    _, out, _ = new("a", *CERC, "--no-input", "--json")
    flags = [
        each["how"]
        for each in json.loads(out)["missing"]
        if "…" not in each["how"] and each["address"] != "profile" and each["kind"] != "rows"
    ]
    assert len(flags) > 25
    code, _, err = new("a", *CERC, "--no-input", "--no-build", *(part for flag in flags for part in shlex.split(flag)))
    assert code == 4, err
    choices = _plan()["choices"]
    assert choices["ownership"] == ["employer"]
    assert choices["parties"] == ["recitals", "leads"]  # two slots, one flag for both


def test_without_a_profile_a_flag_is_named_for_each_slot_that_must_be_filled(new: Command) -> None:
    _, out, _ = new("a", "--no-input", "--json")
    how = {(each["address"], each["slot"]): each["how"] for each in json.loads(out)["missing"]}
    assert how["choices.ownership", "owner"] == "--set choices.ownership=employer"
    assert how["choices.parties", "signing"] == how["choices.parties", "add-ons"] == "--set choices.parties=leads"
    assert (
        how["choices.reciprocity", "metrics"] == how["choices.reciprocity", "add-ons"] == "--set choices.reciprocity=metrics-hard"
    )
    assert how["choices.protection", "clearance"] == "--set choices.protection=disclose"  # the disclosure chain is no question


def test_a_fact_on_which_two_sections_hang_is_missing_once(new: Command) -> None:
    _, out, _ = new("a", "--no-input", "--json")
    places = [(each["address"], each["slot"]) for each in json.loads(out)["missing"]]
    assert ("facts.sta-basis", "") in places
    assert len(places) == len(set(places))


def test_projects_and_registers_are_given_as_files(new: Command) -> None:
    new("a", *CERC, "--defaults", "--no-input", "--no-build")
    _, out, _ = new("a", "--no-input", "--json")
    how = {each["address"]: each["how"] for each in json.loads(out)["missing"]}
    assert how["projects"] == "--set projects=projects.csv"
    assert how["registers.background"] == "--set registers.background=background.csv"
    Path("projects.csv").write_text("id,title.en,title.zh,start,end\nP1,Cold,严寒,2027-01-01,2028-01-01\n", encoding="utf-8")
    code, _, err = new("a", "--no-input", "--no-build", "--set", "projects=projects.csv", "--set", "registers.background=[]")
    assert code == 4, err
    assert (_plan()["projects"], _plan()["registers"]["background"]) == ("projects.csv", [])


@pytest.mark.parametrize(
    ("given", "written"), [("附条件", "conditional"), ("2026年9月30日", date(2026, 9, 30)), ("2026/9/30", date(2026, 9, 30))]
)
def test_a_flag_takes_a_day_as_the_prompt_does(new: Command, given: str, written: object) -> None:
    new("a", *CERC, "--no-input", "--set", f"effective-date={given}")
    assert _plan()["effective-date"] == written


def test_the_environment_of_a_build_server_is_never_asked(new: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert new("a", *CERC)[0] == 4


def test_defaults_fill_the_profile_in_and_leave_the_rest_open(new: Command) -> None:
    code, _, err = new("a", *CERC, "--defaults", "--no-input", "--no-build")
    assert code == 0
    plan = _plan()
    assert plan["choices"]["territory"] == ["own-territory-right", "hong-kong-macau-taiwan"]
    assert plan["parameters"]["term.fixed.term_months"] == 60
    assert "effective-date" not in plan
    assert "When does the plan take effect?" in err
    assert "tmp check a.plan.yaml" in err


def test_defaults_do_not_choose_the_profile(new: Command) -> None:
    code, out, _ = new("a", "--defaults", "--no-input")
    assert code == 4
    assert out.startswith("profile:")


def test_a_flag_is_stronger_than_the_file_and_the_file_than_the_plan(new: Command) -> None:
    new("a", *CERC, "--set", "parameters.term.fixed.term_months=36", "--set", "choices.term=fixed", "--set", "title.en=Old")
    Path("answers.yaml").write_text(
        "title: {en: From the file, zh: 文件}\nparameters: {term.fixed.term_months: 48}\n", encoding="utf-8"
    )
    new("a", "--answers", "answers.yaml", "--set", "title.en=From the flag")
    plan = _plan()
    assert plan["title"] == {"en": "From the flag", "zh": "文件"}
    assert str(plan["parameters"]["term.fixed.term_months"]) == "48"


def test_it_explains_where_each_value_comes_from(new: Command) -> None:
    Path("answers.yaml").write_text("# ours\r\ntitle: {zh: 文件}\r\n", encoding="utf-8")
    code, out, _ = new(
        "a",
        *CERC,
        "--answers",
        "answers.yaml",
        "--set",
        "title.en=Flag",
        "--set",
        "choices.term=fixed",
        "--explain-values",
        "--json",
    )
    origins = {each["address"]: each["origin"] for each in json.loads(out)["values"]}
    assert code == 0
    assert origins["title.en"] == "flag"
    assert origins["title.zh"] == "file"
    assert origins["choices.ownership"] == "profile"
    assert origins["parameters.term.fixed.term_months"] == "profile"
    assert origins["parameters.term.fixed.continues_after_basis"] == "default"
    assert origins["effective-date"] == "open"
    assert not Path("a.plan.yaml").exists()


def test_questions_are_listed_as_json_without_changing_anything(new: Command) -> None:
    code, out, _ = new("a", *CERC, "--questions", "--json")
    data = json.loads(out)
    assert code == 0
    assert data["schema_version"] == 1
    owner = next(each for each in data["questions"] if each["slot"] == "owner")
    assert owner["address"] == "choices.ownership"
    assert owner["text"] == {"en": "Who owns what the projects create?", "zh": "项目产生的知识产权归谁所有？"}
    assert owner["offered"] == ["employer"]
    assert "joint-equal" in owner["allowed"]
    assert not Path("a.plan.yaml").exists()


def test_a_signed_plan_is_not_changed(new: Command) -> None:
    new("a", *CERC, "--defaults", "--no-build")
    path = Path("a.plan.yaml")
    path.write_text(
        path.read_text(encoding="utf-8").replace("status: draft", "status: signed\nsigned-on: 2026-10-01"), encoding="utf-8"
    )
    before = path.read_bytes()
    code, _, err = new("a", "--set", "title.en=New")
    assert code == 3
    assert "the plan is signed and is not changed" in err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--set", "titel.en=X"), 2, "did you mean “title”?"),
        (("--set", "parameters.term.fixed.term_month=4"), 2, "did you mean “parameters.term.fixed.term_months”?"),
        (("--set", "parameters.term.fixed.term_months=soon"), 2, "expected a whole number of months, such as 12, not 'soon'"),
        (("--set", "parameters.basis.endorsed.letters=a|b|c|d"), 2, "“a|b|c|d” has 4 cells, a row has 3"),
        (("--set", "choices.ownership=employers"), 3, "unknown option “employers”"),
        (("--set", "dated=2026-02-30"), 3, "dated"),
        (("--profile", "cerk"), 2, "did you mean “cerc”?"),
        (("--section", "ownerships"), 2, "did you mean “ownership”?"),
    ],
)
def test_a_wrong_answer_is_refused_with_what_to_write_instead(
    new: Command, arguments: tuple[str, ...], code: int, words: str
) -> None:
    found, _, err = new("a", *arguments)
    assert found == code
    assert words in err
    assert not Path("a.plan.yaml").exists()


def test_an_answers_file_with_unknown_keys_is_refused_with_their_lines(new: Command) -> None:
    Path("answers.yaml").write_text("title: {en: X}\nchoises: {ownership: employer}\n", encoding="utf-8")
    code, _, err = new("a", "--answers", "answers.yaml")
    assert code == 3
    assert "answers.yaml:2:1: error: unknown key “choises”, did you mean “choices”?" in err


def test_a_folder_is_no_plan(new: Command, tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    assert new("plans")[0] == 2


def test_a_plan_given_whole_by_flags_is_built(new: Command) -> None:
    code, out, err = new("a", *CERC, "--defaults", "-f", "md,json", "-o", "out")
    assert code == 0  # what nobody has answered yet is a gap and no error
    assert "a.md" in out
    assert Path("out/a.json").exists()
    assert "The plan is saved in a.plan.yaml." in err
