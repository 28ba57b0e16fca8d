"""What a person does in an interview, for tests: press Enter, answer a question, go to one."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.interview.asks import Answered, Ask, Outcome
from tmp_builder.interview.session import Session


def enter(ask: Ask) -> Answered:
    """What Enter alone answers."""
    if ask.kind == "one":
        return ask.default or ask.choices[0].id
    return ask.default


def press_enter(session: Session, until: str = "review") -> Iterator[Ask]:
    """Press Enter until a question (or the review) is reached; yields each question that was answered."""
    for _ in range(500):
        ask = session.current()
        if ask is None or ask.id == until:
            return
        outcome = session.answer(enter(ask))
        assert not outcome.refused, (ask.id, outcome.refused)
        yield ask
    raise AssertionError(f"never came to {until}")


def walk_to(session: Session, ident: str) -> Ask:
    """Press Enter until the question `ident` is put."""
    for _ in press_enter(session, until=ident):
        pass
    return _present(session, ident)


def go_to(session: Session, ident: str) -> Ask:
    """Go to the question `ident` directly, or through its section where other answers bring it up."""
    if all(step.id != ident for step in session.steps()):
        session.jump(f"section:{ident.partition(':')[2] or ident.split('.')[1]}")
        return walk_to(session, ident)
    session.at = ident
    return _present(session, ident)


def _present(session: Session, ident: str) -> Ask:
    ask = session.current()
    assert ask is not None
    assert ask.id == ident
    return ask


def answer(session: Session, ident: str, given: Answered) -> Outcome:
    """Answer the question `ident`, which must be the present one."""
    ask = session.current()
    assert ask is not None
    assert ask.id == ident
    return session.answer(given)
