"""A person who only presses Enter: a valid draft of any profile, in which nothing is wrong and everything open is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.interviews import press_enter
from tmp_builder.cli import cli
from tmp_builder.cli.faults import run
from tmp_builder.findings import Severity
from tmp_builder.interview.session import Session
from tmp_builder.library.schema import Library
from tmp_builder.pipeline import Options, examine
from tmp_builder.plan.reader import read_plan

PROFILES = (
    "cerc",
    "desca",
    *(
        pytest.param(name, marks=pytest.mark.slow)
        for name in ("hub-and-affiliates", "open-consortium", "sematech", "smart-openness", "university-industry")
    ),
)


def test_every_profile_is_walked_through(library: Library) -> None:
    named = {each if isinstance(each, str) else each.values[0] for each in PROFILES}
    assert named == set(library.profiles)


@pytest.mark.parametrize("profile", PROFILES)
def test_enter_alone_gives_a_draft_without_errors_whose_gaps_are_named(
    open_session: Callable[..., Session], library: Library, profile: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    session = open_session()
    session.answer(profile)
    assert sum(1 for _ in press_enter(session)) > 50
    path = session.store.path
    plan = read_plan(path, library)
    assert plan.profile == profile
    draft = examine(plan, library)
    assert [finding.line() for finding in draft.of(Severity.ERROR)] == []
    gaps = {finding.address for finding in draft.open_points}
    untitled = "title" if len(plan.languages) > 1 else "title.en"
    assert {"members", "registers.datasets", "registers.equipment", untitled} <= gaps
    assert {finding.address for finding in examine(plan, library, Options(final=True)).open_points} == gaps

    assert run(cli, ["check", str(path)]) == 0
    assert run(cli, ["build", str(path), "-f", "md"]) == 0
    built = path.with_name(path.name.replace(".plan.yaml", ".md"))
    listed = _open_points(built.read_text(encoding="utf-8"))
    for title in ("Members and Contributions", "Data Inventory", "Equipment and Materials"):
        assert f"Blank: {title}" in listed
    built.unlink()
    assert run(cli, ["build", str(path), "-f", "md", "--final"]) == 4
    assert not built.exists()
    assert "无" not in capsysbinary.readouterr().out.decode()


def test_a_side_whose_parties_are_not_named_yet_is_unfinished_and_not_wrong(open_session: Callable[..., Session]) -> None:
    session = open_session(profile="cerc")
    session.write(
        {
            "members.A1": {"id": "A1", "name": {"en": "Lakeshore University", "zh": "湖滨大学"}, "side": "US"},
            "sides.US.lead": "A1",
        }
    )
    session.take_rest()
    found = examine(session.state.plan, session.state.library).findings
    (about,) = [finding for finding in found if finding.code == "PAR-01"]
    assert (about.address, about.severity) == ("sides.CN.lead", Severity.WARNING)


@pytest.mark.parametrize(("profile", "side"), [("cerc", "US"), ("sematech", "")])
def test_a_plan_that_names_one_party_is_unfinished_and_not_wrong(
    open_session: Callable[..., Session], profile: str, side: str
) -> None:
    session = open_session(profile=profile)
    named = {"id": "A1", "name": {"en": "Lakeshore University", "zh": "湖滨大学"}, "type": "university", "country": "US"}
    session.write({"members.A1": {**named, **({"side": side} if side else {})}, **({"sides.US.lead": "A1"} if side else {})})
    session.take_rest()
    plan = session.state.plan
    found = examine(plan, session.state.library).findings
    assert [each.line() for each in found if each.severity is Severity.ERROR] == []
    assert "PAR-05" in {each.code for each in found}
    final = examine(plan, session.state.library, Options(final=True)).findings
    assert "PAR-05" in {each.code for each in final if each.severity is Severity.ERROR}


def test_what_the_members_alone_can_declare_is_never_declared_for_them(open_session: Callable[..., Session]) -> None:
    session = open_session(profile="cerc")
    session.take_rest()
    held = session.state.plan.registers
    assert {"contacts", "technologies", "results"} <= set(held)
    assert not {"background", "datasets", "equipment", "awards"} & set(held)


def _open_points(text: str) -> str:
    found = re.search(r"^## Open points .*?(?=^---$)", text, re.DOTALL | re.MULTILINE)
    assert found, "the draft lists its open points"
    return found[0]


def test_the_draft_does_not_say_that_there_is_nothing(open_session: Callable[..., Session], tmp_path: Path) -> None:
    session = open_session(profile="cerc")
    session.take_rest()
    run(cli, ["build", str(session.store.path), "-f", "md", "-o", str(tmp_path / "out")])
    text = (tmp_path / "out" / "alliance.md").read_text(encoding="utf-8")
    assert "declared no dataset" not in text
    assert "\\[Data Inventory ●\\]" in text
    assert "\\[数据清单 ●\\]" in text
