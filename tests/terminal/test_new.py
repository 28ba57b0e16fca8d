"""`tmp new` in a real terminal: 80×24 and 120×40, English and Chinese, drawn and plain."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tmp_builder.interview.guide import read_guide
from tmp_builder.interview.session import Session
from tmp_builder.interview.store import Store
from tmp_builder.interview.words import say
from tmp_builder.library.schema import Library
from tmp_builder.plan.reader import read_plan

pexpect = pytest.importorskip("pexpect", reason="a terminal is needed")

ENTER = "\r"
CERC = ("--profile", "cerc", "--no-build")
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|\r|\x1b[=>]")


class Terminal:
    """A terminal in which `tmp new` runs."""

    def __init__(
        self, folder: Path, *arguments: str, language: str = "en", size: tuple[int, int] = (24, 80), plain: bool = False
    ) -> None:
        environment = {name: value for name, value in os.environ.items() if name not in ("CI", "NO_COLOR", "TMP_UI_LANGUAGE")}
        environment |= {
            "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8",
            "SOURCE_DATE_EPOCH": "1795219200",
            "PROMPT_TOOLKIT_NO_CPR": "1",
        }
        flags = ["--plain"] if plain else []
        command = ["-m", "tmp_builder", "--ui-language", language, "new", *arguments, *flags]
        self.language, self.plain = language, plain
        self.child = pexpect.spawn(
            sys.executable, command, cwd=str(folder), env=environment, dimensions=size, encoding="utf-8", timeout=120
        )
        self.child.delaybeforesend = 0.02

    def word(self, name: str, **values: object) -> str:
        """A sentence of the interface."""
        return say(name, self.language, **values)

    def see(self, text: str) -> None:
        """Wait until the text stands on the screen; its words may be divided by line ends and drawing."""
        pieces = [re.escape(piece) for piece in re.findall(r"[\u4e00-\u9fff]|[^\s\u4e00-\u9fff]+", text)]
        self.child.expect(r"(?:\s|\x1b\[[0-9;?]*[A-Za-z])*".join(pieces))

    def ready(self) -> None:
        """Wait until the question that was seen can be answered."""
        if not self.plain:
            self.child.expect([r"/ more", r"/ 更多"])

    def type(self, text: str) -> None:
        """Type a text and press Enter."""
        self.child.send(text + ENTER)

    def answer(self, question: str, text: str = "") -> None:
        """Wait for a question, type an answer (or nothing) and press Enter."""
        self.see(question)
        self.ready()
        self.type(text)

    def move(self, question: str, sign: str) -> None:
        """Wait for a question and make a move; where lines are read it needs Enter."""
        self.see(question)
        self.ready()
        self.child.send(sign + (ENTER if self.plain or sign == "/" else ""))

    def end(self) -> int:
        """Wait for the end; the exit code."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -int(self.child.signalstatus))


Opens = Callable[..., Terminal]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Opens]:
    """Opens terminals in one folder and closes them."""
    opened: list[Terminal] = []

    def start(*arguments: str, **how: object) -> Terminal:
        opened.append(Terminal(tmp_path, *arguments, **how))  # type: ignore[arg-type]
        return opened[-1]

    yield start
    for each in opened:
        each.child.close(force=True)


EVERY = pytest.mark.parametrize(
    ("language", "size", "plain"),
    [("en", (24, 80), False), ("zh", (24, 80), False), ("en", (40, 120), False), ("zh", (40, 120), True), ("en", (24, 80), True)],
)


@EVERY
def test_a_plan_is_begun_left_with_ctrl_c_and_continued(
    terminal: Opens, tmp_path: Path, library: Library, language: str, size: tuple[int, int], plain: bool
) -> None:
    here = terminal("alliance", *CERC, language=language, size=size, plain=plain)
    word = here.word
    names = {"en": ("English", "Chinese"), "zh": ("英文", "中文")}[language]
    here.see(word("welcome", count=31, file="alliance.plan.yaml").split("\n")[1])
    here.answer(word("languages-title"))
    here.answer(word("title-title", language=names[0]), "Clean Vehicles")
    here.answer(word("title-title", language=names[1]), "清洁汽车")
    here.answer(word("dated-title"))
    here.move(word("effective-title"), "<")
    here.move(word("dated-title"), "<")
    here.move(word("title-title", language=names[1]), "<")
    here.answer(word("title-title", language=names[0]), "Cleaner Vehicles")
    here.answer(word("effective-title"), "2027-02-30")
    here.see(word("no-date", text="2027-02-30"))
    here.answer(word("effective-title"), "2027-02-28")
    here.see(word("day-rule-title"))
    here.ready()
    here.child.sendintr()
    assert here.end() == 130
    assert "tmp new alliance.plan.yaml" in ESCAPES.sub("", here.child.before)
    plan = read_plan(tmp_path / "alliance.plan.yaml", library)
    assert plan.title == {"en": "Cleaner Vehicles", "zh": "清洁汽车"}
    again = terminal("alliance.plan.yaml", "--no-build", language=language, size=size, plain=plain)
    again.see(word("welcome-back", file="alliance.plan.yaml", open=len(_open(library, tmp_path))).split(".plan.yaml")[0])
    again.see(word("day-rule-title"))
    again.ready()
    again.child.sendeof()
    assert again.end() == 130


def _open(library: Library, folder: Path) -> list[str]:
    session = Session(Store(folder / "alliance.plan.yaml", library), read_guide(library), "en", date(2026, 11, 21))
    return [step.id for step in session.open_steps()]


@pytest.mark.parametrize("plain", [False, True])
def test_jump_help_and_search_from_a_question(terminal: Opens, plain: bool) -> None:
    here = terminal("alliance", *CERC, plain=plain)
    here.answer("In which language is the document written?")
    here.answer("What is the plan called in English?", "/jump ownership of")
    here.move("Who owns what the projects create?", "?")
    here.see("About Ownership of Project IP" if plain else "Text in English")
    if not plain:
        here.see("Enter: more")
        here.child.send("q")
    here.see("Who owns what the projects create?")
    here.ready()
    if plain:
        here.type("/search 等额共有")
    else:
        here.child.send("/")
        here.see("What would you like to do?")
        here.ready()
        here.child.send("5" + ENTER)
        here.answer("Search for which words?", "等额共有")
    here.answer("Open which one?")
    if plain:
        here.see("Joint ownership in equal shares")
    else:
        here.see("Enter: more")
        here.child.send("q")
    here.answer("What next?")
    here.answer("Who owns what the projects create?")
    here.see("Numbers and other values: Ownership of Project IP")


def test_a_number_out_of_range_is_warned_about_in_the_terminal(terminal: Opens) -> None:
    here = terminal("alliance", *CERC, plain=True)
    here.answer("In which language is the document written?", "/jump effect")
    here.answer("When does this Plan start, and when does it end?")
    here.answer("Conditions and renewal.")
    here.answer("Numbers and other values: Effect and term", "2")
    here.answer("Length of the term", "900")
    here.see("900 months is outside what the clause allows (a number of months, 6 to 120).")
    here.answer("Length of the term", "48")
    here.see("Length of the term: 48 months")


def test_a_party_without_a_name_is_not_added_in_the_terminal(terminal: Opens, tmp_path: Path) -> None:
    here = terminal("alliance", *CERC)
    here.answer("In which language is the document written?", "")
    for question in (
        "called in English?",
        "called in Chinese?",
        "Which date",
        "When does the plan take effect?",
        "period of months end?",
    ):
        here.answer(question)
    here.answer("Between which two countries")
    here.answer("Who are the parties?")
    here.answer("Name of the party in English?")
    here.see("No party was added: it had no name.")
    here.answer("Who are the parties?")
    here.see("Whose working days count?")
    assert "members" not in (tmp_path / "alliance.plan.yaml").read_text(encoding="utf-8")


def test_the_profile_for_everything_leads_to_documents(terminal: Opens, tmp_path: Path, library: Library) -> None:
    here = terminal("alliance", "--profile", "cerc", "-f", "docx,md", size=(40, 120))
    here.see("In which language is the document written?")
    here.ready()
    here.child.send("/")
    here.see("What would you like to do?")
    here.ready()
    here.child.send("\x1b[F\x1b[A\x1b[A" + ENTER)  # End, up, up: the profile's answers for the rest
    here.see("sections are filled in.")
    here.see("What is the plan called in English?")
    here.ready()
    here.type("/review")
    here.answer("Review of alliance")
    here.see("The plan is saved in alliance.plan.yaml.")
    assert here.end() == 0  # what nobody has answered yet is a gap and no error
    assert (tmp_path / "alliance.docx").stat().st_size > 10_000
    assert "Technology Management Plan" in (tmp_path / "alliance.md").read_text(encoding="utf-8")
    assert read_plan(tmp_path / "alliance.plan.yaml", library).has("ownership.employer")


def test_killed_between_any_two_answers_nothing_is_lost(terminal: Opens, tmp_path: Path, library: Library) -> None:
    path = tmp_path / "alliance.plan.yaml"
    answers = [
        ("In which language", "", "languages: [en, zh]"),
        ("called in English?", "Clean Vehicles", "en: Clean Vehicles"),
        ("called in Chinese?", "清洁汽车", "zh: 清洁汽车"),
        ("Which date", "2026-12-01", "dated: 2026-12-01"),
        ("When does the plan take effect?", "2027-01-31", "effective-date: 2027-01-31"),
        ("period of months end?", "2", "day-rule: day-before"),
        ("Between which two", "US, CN", "territory: [CN]"),
    ]
    for number, (question, text, written) in enumerate(answers):
        here = terminal("alliance", *(CERC if number == 0 else ("--no-build",)), plain=True)
        here.answer(question, text)
        here.see(answers[number + 1][0] if number + 1 < len(answers) else "Who are the parties?")
        here.child.kill(signal.SIGKILL)
        assert here.end() == -signal.SIGKILL
        read_plan(path, library)
        content = path.read_text(encoding="utf-8")
        assert all(line in content for _, _, line in answers[: number + 1]), written


@pytest.mark.slow
def test_enter_alone_goes_all_the_way_to_documents(terminal: Opens, tmp_path: Path) -> None:
    here = terminal("alliance", "-f", "docx,pdf")
    for _ in range(400):
        seen = here.child.expect([r"/ more", pexpect.TIMEOUT, "The plan is saved in", pexpect.EOF], timeout=3)
        if seen >= 2:
            break
        here.child.send(ENTER)
    here.child.expect(pexpect.EOF)
    assert (tmp_path / "alliance.docx").exists()
    assert (tmp_path / "alliance.pdf").exists()
