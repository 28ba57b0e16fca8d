"""The talk between a session and whoever asks: puts each question, carries out moves, offers fixes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from msgspec import Struct

from tmp_builder.interview import explain
from tmp_builder.interview.asks import LATER, NONE, Answered, Ask, Choice, Offer, Outcome
from tmp_builder.interview.moves import Kind, Move, menu
from tmp_builder.interview.session import Session
from tmp_builder.interview.words import say

STAY = "stay"


class Stopped(Exception):
    """The person wants to stop; everything answered is saved."""


class Asker(Protocol):
    """Who draws a question and reads what a person does: a terminal, plain lines, a test."""

    def ask(self, ask: Ask) -> Answered | Move:
        """The answer to a question, or a move. Raises KeyboardInterrupt or EOFError when the person stops."""

    def tell(self, text: str) -> None:
        """Say one thing after an answer."""

    def show(self, lines: list[str]) -> None:
        """Show a longer text, page by page where the screen is small. `#` begins a heading, `*` an item."""


class Interview(Struct, dict=True):
    """One sitting: the session, and who asks."""

    session: Session
    asker: Asker

    def run(self) -> str:
        """Ask until the review says what comes next: `build` or `stop`. Raises Stopped when the person leaves before."""
        while (ask := self.session.current()) is not None:
            try:
                self.step(ask)
            except (KeyboardInterrupt, EOFError):
                raise Stopped from None
        self.session.finish()
        return self.session.done

    def step(self, ask: Ask) -> None:
        """Put one question and carry out what comes of it."""
        reply = self.asker.ask(ask)
        if isinstance(reply, Move):
            self.move(reply, ask)
        else:
            self.follow(self.session.answer(reply))

    def word(self, name: str, /, **values: object) -> str:
        """A sentence of the interface."""
        return say(name, self.session.language, **values)

    # ── what comes of an answer ─────────────────────────────────────────────────────────────────────────────────────

    def follow(self, outcome: Outcome) -> None:
        """Tell what came of an answer, and offer the fixes."""
        if outcome.refused:
            self.asker.tell(f"! {outcome.refused}")
        for notice in outcome.notices:
            self.asker.tell(notice)
        if outcome.left:
            self.asker.tell(self.word("left-open"))
        self._findings(outcome)
        for line in outcome.dates:
            self.asker.tell(line)
        for offer in outcome.offers:
            self.follow(self._offer(offer))

    def _findings(self, outcome: Outcome) -> None:
        language, colon = self.session.language, self.word("colon")
        for word, findings in (("caused", outcome.caused), ("cured", outcome.cured)):
            for finding in findings:
                self.asker.tell(f"{self.word(word)}{colon}{finding.code} {finding.text(language)}")

    def _offer(self, offer: Offer) -> Outcome:
        """Offer the repairs of a consequence: Enter takes the first."""
        fixes = [Choice(str(number), fix.label) for number, fix in enumerate(offer.fixes)]
        title = self.word("fix-title", text=offer.text)
        reply = self._pick(Ask("fix", "one", title, choices=(*fixes, Choice(STAY, offer.stay)), default="0"))
        if not reply or reply == STAY:
            return Outcome()
        fix = offer.fixes[int(reply)]
        return self.session.apply(fix.changes)

    def _pick(self, ask: Ask) -> str:
        """The id of a choice; empty where the person makes a move instead, which leaves the small question."""
        reply = self.asker.ask(ask)
        if isinstance(reply, Move):
            if reply.kind is Kind.QUIT:
                raise Stopped
            return ""
        return str(reply)

    # ── moves ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def move(self, move: Move, ask: Ask) -> None:
        """Carry out a move from the question `ask`."""
        moves: Mapping[Kind, Callable[[Move, Ask], None]] = {
            Kind.HELP: self._help,
            Kind.BACK: self._back,
            Kind.FORWARD: lambda _move, _ask: self._forward(),
            Kind.MENU: self._menu,
            Kind.JUMP: lambda move, _ask: self._jump(move.argument),
            Kind.SEARCH: lambda move, _ask: self._search(move.argument),
            Kind.PREVIEW: self._preview,
            Kind.FINDINGS: lambda _move, _ask: self._show_findings(),
            Kind.LATER: lambda _move, _ask: self.follow(self.session.later()),
            Kind.OPEN: self._open,
            Kind.REST: lambda _move, _ask: self._rest(),
            Kind.REVIEW: lambda _move, _ask: self.session.review(),
            Kind.QUIT: self._quit,
        }
        moves[move.kind](move, ask)

    def _help(self, move: Move, ask: Ask) -> None:
        self.asker.show(list(explain.help_lines(self.session.state, ask, move.argument)))

    def _back(self, _move: Move, _ask: Ask) -> None:
        if not self.session.back():
            self.asker.tell(self.word("first-question"))

    def _forward(self) -> None:
        self.session.forward()

    def _menu(self, _move: Move, ask: Ask) -> None:
        rest = self.session.state.profile is not None
        chosen = self._pick(menu(ask, slot=bool(self.session.slot_at()), rest=rest, language=self.session.language))
        if chosen:
            self.move(Move(Kind(chosen)), ask)

    def _jump(self, name: str) -> None:
        state = self.session.state
        titles = {section.id: state.label(section.title) for section in state.library.sections.values()}
        found = [ident for ident, title in titles.items() if name.casefold() in (ident, title.casefold())] if name else []
        found = found or [ident for ident, title in titles.items() if name.casefold() in f"{ident} {title}".casefold()]
        if not found:
            self.asker.tell(self.word("no-section", name=name))
            return
        chosen = found[0] if len(found) == 1 else self._pick_section(found, titles)
        if chosen:
            self.session.jump(f"section:{chosen}")

    def _pick_section(self, found: list[str], titles: Mapping[str, str]) -> str:
        chosen = self.session.state.plan.choices
        mark = self.word("mark-chosen")
        choices = tuple(Choice(ident, titles[ident], marks=(mark,) if ident in chosen else ()) for ident in found)
        return self._pick(Ask("jump", "one", self.word("jump-title"), choices=choices, default=found[0]))

    def _search(self, words: str) -> None:
        words = words or self._pick(Ask("search", "text", self.word("search-title"), hint=self.word("search-hint")))
        if not words:
            return
        state = self.session.state
        found = explain.search(state, words)
        if not found:
            self.asker.tell(self.word("search-none", words=words))
            return
        title = self.word("search-found", count=len(found), words=words)
        chosen = self._pick(
            Ask("found", "one", title, choices=(*found, Choice(STAY, self.word("search-stay"))), default=found[0].id)
        )
        if not chosen or chosen == STAY:
            return
        option = state.library.options[chosen]
        self.asker.show(list(explain.option_lines(state, option)))
        section = state.label(state.library.sections[option.section].title)
        choices = (Choice(STAY, self.word("search-stay")), Choice("go", self.word("search-go", section=section)))
        if self._pick(Ask("search-then", "one", self.word("search-what"), choices=choices, default=STAY)) == "go":
            self.session.jump(f"section:{option.section}")

    def _preview(self, _move: Move, ask: Ask) -> None:
        if ask.section:
            self.asker.show(list(explain.preview_lines(self.session.state, ask.section)))
        else:
            self.asker.tell(self.word("no-preview"))

    def _show_findings(self) -> None:
        self.asker.show(list(explain.finding_lines(self.session.state, self.session.findings)))

    def _rest(self) -> None:
        if self.session.state.profile is None:
            self.asker.tell(self.word("no-rest"))
            return
        self.follow(self.session.take_rest())
        self.session.go_on()

    def _quit(self, _move: Move, _ask: Ask) -> None:
        raise Stopped

    # ── an open choice ──────────────────────────────────────────────────────────────────────────────────────────────

    def _open(self, _move: Move, ask: Ask) -> None:
        """Keep a slot open between alternatives, with what each side or member wants."""
        if not self.session.slot_at():
            self.asker.tell(self.word("open-not-here"))
            return
        options = tuple(choice for choice in ask.choices if choice.id not in (LATER, NONE))
        reply = self.asker.ask(
            Ask("open", "many", self.word("open-title"), why=self.word("open-why"), choices=options, low=2, section=ask.section)
        )
        if isinstance(reply, Move) or len(reply) < 2:
            self.asker.tell(self.word("open-few"))
            return
        alternatives = tuple(reply)
        self.follow(self.session.open_between(alternatives, {}))
        positions: dict[str, str] = {}
        for ident, name in self._holders():
            wanted = self._position(name, [choice for choice in options if choice.id in alternatives])
            if wanted:
                positions[ident] = wanted
                self.follow(self.session.open_between(alternatives, dict(positions)))
        self.asker.tell(self.word("open-done", count=len(alternatives)))
        self.session.go_on()

    def _holders(self) -> list[tuple[str, str]]:
        """Who may hold a position: the sides, or the members where there are no sides."""
        state = self.session.state
        return [(each.id, state.label(each.name)) for each in (state.plan.sides or state.plan.members)]

    def _position(self, who: str, choices: list[Choice]) -> str:
        unknown = Choice(STAY, self.word("open-no-position"))
        chosen = self._pick(
            Ask("position", "one", self.word("open-position", who=who), choices=(*choices, unknown), default=STAY)
        )
        return "" if chosen == STAY else chosen
