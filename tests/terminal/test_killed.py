"""Killed with SIGKILL at every step of an interview: nothing answered is lost, the plan file always parses."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

if sys.platform == "win32":
    pytest.skip("a terminal that forks is needed", allow_module_level=True)

from tests.terminal.killing import Child
from tmp_builder.library.reader import read_library
from tmp_builder.plan.reader import read_plan

NAME = "alliance.plan.yaml"
TYPED = {
    "title.en": "Clean Vehicles",
    "title.zh": "清洁汽车",
    "effective-date": "2027-01-31",
    "members.+US": "Lakeshore University",
    "members.+CN": "Binhai University",
    "parameters.disputes.uncitral-mutual.seat": "Singapore",
}
"""What is typed; everywhere else Enter, or what `_picked` picks."""


@pytest.fixture(autouse=True)
def _same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("CI", raising=False)
    read_library()  # a child begins with everything read


@dataclass
class Person:
    """Who answers: always the same to the same question. Knows what was left open, and answers that again in the same way."""

    left: set[str] = field(default_factory=set)
    parties: tuple[str, ...] = ()

    def reply(self, asked: dict[str, Any], plan: bytes) -> str:
        """What this person types to a question."""
        ident, choices = asked["id"], asked["choices"]
        wanted = self._picked(ident, choices, plan)
        return str(choices.index(wanted) + 1) if wanted else TYPED.get(ident, "")

    def _picked(self, ident: str, choices: list[str], plan: bytes) -> str:
        if ident == "members":
            have = sum(name.encode() in plan for name in ("Lakeshore", "Binhai"))
            return self.parties[have] if have < len(self.parties) else "done"
        if ident.startswith("facts."):
            return "yes"
        if ident.startswith("registers."):
            return "none"
        return "stop" if ident == "review" else ""


def _read(folder: Path) -> bytes:
    path = folder / NAME
    return path.read_bytes() if path.exists() else b""


def _arguments(folder: Path) -> list[str]:
    return [NAME, "--no-build", *([] if (folder / NAME).exists() else ["--profile", "cerc"])]


def _questions(child: Child, person: Person, folder: Path) -> Iterator[dict[str, Any]]:
    """The questions of a child that this person has not left open before; those are left open again on the way."""
    while (asked := child.next())["event"] == "ask":
        if asked["id"] in person.left:
            child.type(person.reply(asked, _read(folder)))
        else:
            yield asked


def _undisturbed(folder: Path, person: Person, most: int = 1000) -> list[tuple[str, bytes]]:
    """Every answer that changed the plan (at most so many), with the file after it."""
    found: list[tuple[str, bytes]] = []
    last = ("", b"")
    with Child(folder, _arguments(folder)) as child:
        for asked in _questions(child, person, folder):
            now = _read(folder)
            if last[0] and now == last[1]:
                person.left.add(last[0])
            elif last[0]:
                found.append((last[0], now))
            if asked["id"] == "review" or len(found) == most:
                break
            last = (asked["id"], now)
            child.type(person.reply(asked, now))
    return found


def _killed_in_the_write(folder: Path, person: Person, place: str) -> tuple[str, int]:
    """Answer the next question and kill the program inside the write that follows; the question, and what ended the child.

    Questions whose answer changes nothing cause no write: they are left open, and the next one is answered.
    """
    last = ""
    with Child(folder, _arguments(folder), stop_in=place) as child:
        while (told := child.next())["event"] == "ask":
            if last:
                person.left.add(last)
            last = "" if told["id"] in person.left else told["id"]
            child.type(person.reply(told, _read(folder)))
        assert told["event"] == "writing"
        return last, child.kill()


def _killed_between(folder: Path, person: Person, answers: int) -> tuple[list[str], int]:
    """Give so many answers that change the plan, and kill the program while it waits for the next one."""
    given: list[str] = []
    last, before = "", _read(folder)
    with Child(folder, _arguments(folder)) as child:
        for asked in _questions(child, person, folder):
            now = _read(folder)
            if last and now == before:
                person.left.add(last)
            elif last:
                given.append(last)
            if len(given) == answers or asked["id"] == "review":
                break
            last, before = asked["id"], now
            child.type(person.reply(asked, now))
        return given, child.kill()


def _hold(folder: Path, wanted: bytes) -> None:
    """The plan holds what it must hold, and reads as a plan."""
    assert _read(folder) == wanted
    if wanted:
        read_plan(folder / NAME, read_library())


def _walk(folder: Path, person: Person, whole: list[tuple[str, bytes]], every: int) -> int:
    """Go through the interview again, killed inside and after the write of every so many answers; the number of kills."""
    with Child(folder, _arguments(folder)) as child:
        child.next()  # the first question: the profile of the command line is written by then
    begun = _read(folder)
    assert b"profile: cerc" in begun
    done = kills = 0
    while done < len(whole):
        before = whole[done - 1][1] if done else begun
        asked, ended = _killed_in_the_write(folder, person, "before")
        assert (asked, ended) == (whole[done][0], signal.SIGKILL)
        _hold(folder, before)  # the old file, untouched
        if kills % 4:
            _, ended = _killed_in_the_write(folder, person, "after")
            done += 1
        else:
            given, ended = _killed_between(folder, person, min(every, len(whole) - done))
            assert given == [ident for ident, _ in whole[done : done + every]]
            done += len(given)
        assert ended == signal.SIGKILL
        _hold(folder, whole[done - 1][1])  # everything answered, to the byte
        kills += 2
    return kills


def _folders(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("whole", "killed"):
        (tmp_path / name).mkdir()
    return tmp_path / "whole", tmp_path / "killed"


def test_killed_now_and_then_nothing_answered_is_lost(tmp_path: Path) -> None:
    undisturbed, killed = _folders(tmp_path)
    parties = ("+US", "+CN")
    whole = _undisturbed(undisturbed, Person(parties=parties), most=24)
    assert len(whole) == 24
    assert _walk(killed, Person(parties=parties), whole, every=4) > 12


@pytest.mark.slow
def test_killed_at_every_step_nothing_answered_is_lost(tmp_path: Path) -> None:
    undisturbed, killed = _folders(tmp_path)
    whole = _undisturbed(undisturbed, Person())
    assert len(whole) > 80
    assert _walk(killed, Person(), whole, every=1) == 2 * len(whole)
    plan = read_plan(killed / NAME, read_library())
    assert plan.title == {"en": "Clean Vehicles", "zh": "清洁汽车"}
    assert plan.has("ownership.employer")
    assert plan.values["term.fixed.term_months"] == 60
