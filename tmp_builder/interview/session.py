"""The session: the order of questions, back, forward, jump and leave; every answer is saved before the next question is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from tmp_builder.errors import PlanError
from tmp_builder.findings import Finding, spoken
from tmp_builder.interview import order, review, sections
from tmp_builder.interview.asks import LATER, Answered, Ask, Outcome, Taken
from tmp_builder.interview.blanks import missing
from tmp_builder.interview.consequences import Seen, changed, completed, moved, offers, see
from tmp_builder.interview.guide import Guide
from tmp_builder.interview.order import heading, on_tour
from tmp_builder.interview.state import State, Step
from tmp_builder.interview.store import Stand, Store

REVIEW = review.REVIEW
EVERYTHING = "*"


class Session(Struct, dict=True):
    """One sitting over one plan. It knows no terminal: it says what to ask, takes answers, and keeps the file up to date."""

    store: Store
    guide: Guide
    language: str
    today: date
    build: bool = True
    at: str = ""
    tour: str = ""
    returns: bool = False
    left: set[str] = field(default_factory=set)
    declined: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()
    done: str = ""
    quiet: bool = False

    def __post_init__(self) -> None:
        self._stand: Stand = self.store.read()
        self._seen: Seen | None = None
        self._whole: Seen | None = None
        self.at = self.at or self._first_open() or REVIEW

    # ── what stands ─────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def state(self) -> State:
        """The plan as it stands, with what this session knows."""
        stand = self._stand
        return State(stand.plan, stand.raw, stand.notes, self.store.library, self.guide, self.language, self.today, self.declined)

    def steps(self) -> list[Step]:
        """Every question of the plan as it stands, in order, answered or not."""
        return order.steps(self.state, self.store.path.parent)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules say about the plan as it stands."""
        return self.seen.findings

    @property
    def seen(self) -> Seen:
        """The findings and dates of the plan as it stands; examined when first wanted after a change."""
        if self._seen is None:
            self._seen = see(self.state)
        return self._seen

    @property
    def whole(self) -> Seen:
        """The findings and dates that the plan would have if the profile answered everything still open."""
        if self._whole is None:
            self._whole = see(completed(self.state))
        return self._whole

    def open_steps(self) -> list[Step]:
        """The questions that the plan does not answer yet, each once: two sections may hang on one fact."""
        found: dict[str, Step] = {}
        for step in self.steps():
            if step.open:
                found.setdefault(step.id, step)
        return list(found.values())

    # ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def current(self) -> Ask | None:
        """The question to put now; None when the interview is over."""
        if self.done:
            return None
        steps = self.steps()
        step = next((each for each in steps if each.id == self.at), None)
        if step is None:
            self.at = REVIEW
            return review.screen(self.state, steps, self.findings, self.touched, build=self.build)
        ask = step.ask()
        return replace(ask, heading=ask.heading or heading(self.state, step, steps))

    def slot_at(self) -> str:
        """The slot that is being decided, as section.slot; empty elsewhere."""
        step = next((each for each in self.steps() if each.id == self.at), None)
        return f"{step.section}.{step.slot}" if step and step.slot else ""

    # ── answering ───────────────────────────────────────────────────────────────────────────────────────────────────

    def answer(self, answer: Answered) -> Outcome:
        """Take an answer to the present question, save it, and go on. A refused answer changes nothing."""
        if self.at == REVIEW:
            return self._reviewed(str(answer))
        step = next(each for each in self.steps() if each.id == self.at)
        if answer == LATER or (
            not answer and step.ask().kind == "text" and not step.hidden and not step.id.startswith("members.")
        ):
            return self.later()
        return self._taken(step, step.take(answer))

    def _taken(self, step: Step, taken: Taken) -> Outcome:
        if taken.decline:
            self.declined |= {taken.decline}
        if taken.refused:
            return Outcome(refused=taken.refused, notices=taken.notices)
        outcome = self._save(taken.changes, taken)
        if outcome.refused:
            return outcome
        if step.section and taken.changes:
            self.touched |= {step.section}
        if taken.leave:
            self.left.add(step.id)
        else:
            self.left.discard(step.id)
        self.left |= set(taken.leaves)
        if taken.rest:
            outcome = self.take_rest()
        if taken.tour:
            self.tour = taken.tour
        self.at = taken.goto or self._next(step.id)
        return replace(outcome, notices=(*taken.notices, *outcome.notices), left=taken.leave and step.group != "facts")

    def _save(self, changes: Mapping[str, Any], taken: Taken) -> Outcome:
        """Write changes; what they bring with them is only worked out where choices or values changed."""
        before, seen = self.state, self.whole if _weighs(changes) and not self.quiet else None
        try:
            self._stand = self.store.write(self._stand, changes, self._stand.notes.changed(taken.pending, taken.guide))
        except PlanError as error:
            said = ((spoken(fault.message, self.language), spoken(fault.hint, self.language)) for fault in error.faults)
            return Outcome(refused="\n".join(self.state.space.join(part for part in parts if part) for parts in said))
        if changes:
            self._seen = self._whole = None
        if seen is None:
            return Outcome()
        caused, cured = changed(seen, self.whole) if before.profile or not self._undecided() else ((), ())
        return Outcome(
            offers=tuple(offers(before, self.state)), caused=caused, cured=cured, dates=moved(before, seen, self.whole)
        )

    def _undecided(self) -> bool:
        """Whether a slot is still open: without a profile, findings about sections nobody has come to mean nothing yet."""
        return any(step.open and step.slot for step in self.steps())

    def write(self, changes: Mapping[str, Any]) -> None:
        """Write answers that were given without a question. Raises PlanError, and writes nothing, where one of them is wrong."""
        self._stand = self.store.write(self._stand, changes, self._stand.notes)
        self._seen = self._whole = None
        self.at = self._first_open() or REVIEW

    def speaking(self, language: str) -> Session:
        """The same plan in the other language of the interface."""
        other = Session(self.store, self.guide, language, self.today, self.build)
        other._stand = self._stand  # what was given on the command line need not be in the file yet
        return other

    def apply(self, changes: Mapping[str, Any]) -> Outcome:
        """Write a fix that was offered. The section it touches may become the next to ask about."""
        return self._save(changes, Taken())

    def open_between(self, alternatives: tuple[str, ...], positions: dict[str, str]) -> Outcome:
        """Leave the present slot open between alternatives, with the position of each side."""
        section, _, name = self.slot_at().partition(".")
        slot = next(each for each in self.state.library.sections[section].slots if each.id == name)
        return self._save_quietly(section, sections.take_open(self.state, slot, alternatives, positions))

    def _save_quietly(self, section: str, taken: Taken) -> Outcome:
        outcome = self._save(taken.changes, taken)
        self.touched |= {section}
        return outcome

    def take_rest(self) -> Outcome:
        """Take the profile's choices, and the values offered, for every section nobody has decided yet.

        A choice can bring a fact, and a fact further options of the profile: so it goes round until nothing new comes.
        """
        mine = {section for section in self.state.library.sections if section not in self.state.plan.choices}
        refused, quiet = "", self.quiet
        self.quiet = True
        while not refused and (changes := sections.profile_answers(self.state, mine)):
            refused = self._save(changes, Taken()).refused
        values = {
            address: value for section in self.state.plan.choices for address, value in missing(self.state, section).items()
        }
        refused = refused or self._save(values, Taken()).refused
        self.quiet = quiet
        return Outcome(refused=refused, notices=(self.state.word("rest-taken", count=len(self.state.plan.choices)),))

    # ── moving ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def later(self) -> Outcome:
        """Leave the present question open (it prints as a gap) and go on."""
        if self.at != REVIEW:
            self.left.add(self.at)
            self.at = self._next(self.at)
        return Outcome(left=True)

    def go_on(self) -> None:
        """Go to the next open question."""
        self.at = self._next(self.at)

    def back(self) -> bool:
        """Go to the question before; False at the first one."""
        return self._move(-1)

    def forward(self) -> bool:
        """Go to the question after, answered or not; the last one leads to the review."""
        return self._move(+1)

    def _move(self, direction: int) -> bool:
        steps = [step for step in self.steps() if not step.hidden or step.id == self.at]
        ids = [step.id for step in steps]
        at = ids.index(self.at) if self.at in ids else len(ids)
        if at + direction < 0:
            return False
        self.at = ids[at + direction] if at + direction < len(ids) else REVIEW
        return True

    def jump(self, target: str, *, returns: bool = False) -> bool:
        """Go through all questions of a tour (see `order.on_tour`), then on to where things are open, or to the review."""
        self.tour, self.returns = target, returns
        first = next((step.id for step in self.steps() if on_tour(step, target)), "")
        if not first:
            self.tour = ""
            return False
        self.at, self.done = first, ""
        return True

    def review(self) -> None:
        """Go to the review screen."""
        self.at, self.tour = REVIEW, ""

    def _reviewed(self, answer: str) -> Outcome:
        if answer in (review.BUILD, review.STOP):
            self.done = answer
        else:
            self.jump(answer, returns=True)
        return Outcome()

    def _next(self, after: str) -> str:
        """The question after `after`: the next of a tour, otherwise the next open one that was not left for later."""
        steps = self.steps()
        at = next((number for number, step in enumerate(steps) if step.id == after), -1)
        if self.tour:
            following = [step for step in steps[at + 1 :] if on_tour(step, self.tour)]
            if following:
                return following[0].id
            self.tour = ""
            if self.returns:
                return REVIEW
        return self._first(steps[at + 1 :]) or self._first(steps[: at + 1]) or REVIEW

    def _first(self, steps: Iterable[Step]) -> str:
        return next((step.id for step in steps if step.open and step.id not in self.left), "")

    def _first_open(self) -> str:
        return self._first(self.steps())

    def save(self) -> None:
        """Write the plan even if nothing was answered, so that it stands alone."""
        self._stand = self.store.write(self._stand, {}, self._stand.notes)

    def finish(self) -> None:
        """Take the interview's notes out of a plan that needs them no longer."""
        if self.store.path.exists():
            self._stand = self.store.write(self._stand, {}, replace(self._stand.notes, guide=None))


def _weighs(changes: Mapping[str, Any]) -> bool:
    """Whether changes may cause findings or move dates: choices, values, dates."""
    return any(
        address.partition(".")[0] in ("choices", "parameters", "dates", "effective-date", "registers") for address in changes
    )
