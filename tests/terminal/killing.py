"""A child process with `tmp new` in a terminal of its own, watched question by question, that can be killed at any moment."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

LIMIT = 30.0
"""Seconds to wait for the child."""


@dataclass
class Child:
    """A forked copy of this process that runs `tmp new --plain`. It tells on a pipe what it asks, and when it writes.

    `stop_in` names a place inside the atomic write at which the child stops and waits to be killed: `before` the new file takes
    the place of the old one, or `after`.
    """

    folder: Path
    arguments: Sequence[str]
    stop_in: str = ""
    pid: int = 0
    terminal: int = -1
    events: int = -1
    _rest: bytes = field(default=b"")

    def __enter__(self) -> Child:
        self.events, theirs = os.pipe()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.close(self.events)
            _interview(self.folder, self.arguments, theirs, self.stop_in)
        os.close(theirs)
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        os.close(self.terminal)
        os.close(self.events)

    def next(self) -> dict[str, Any]:
        """What the child tells next; its terminal is read on the side, so that it never waits for the screen."""
        while b"\n" not in self._rest:
            ready, _, _ = select.select([self.events, self.terminal], [], [], LIMIT)
            assert ready, "the child says nothing"
            if self.terminal in ready:
                _drain(self.terminal)
            if self.events in ready:
                more = os.read(self.events, 65536)
                if not more:
                    return {"event": "end"}
                self._rest += more
        line, _, self._rest = self._rest.partition(b"\n")
        told: dict[str, Any] = json.loads(line)
        return told

    def type(self, text: str) -> None:
        """Type a line and press Enter."""
        os.write(self.terminal, f"{text}\n".encode())

    def kill(self) -> int:
        """Kill the child with SIGKILL; the signal that ended it, 0 where it had ended before."""
        if not self.pid:
            return 0
        pid, self.pid = self.pid, 0
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def _drain(terminal: int) -> None:
    try:
        os.read(terminal, 65536)
    except OSError:  # the other end is closed: the child has ended
        select.select([], [], [], 0.01)


def _interview(folder: Path, arguments: Sequence[str], events: int, stop_in: str) -> NoReturn:
    """In the child: the command itself, with its questions and its writes told on the pipe."""
    from tmp_builder.cli import cli
    from tmp_builder.cli.faults import run
    from tmp_builder.interview import session
    from tmp_builder.interview.plain import PlainAsker

    def tell(**what: Any) -> None:
        os.write(events, (json.dumps(what) + "\n").encode())

    asks = PlainAsker.ask

    def asked(self: PlainAsker, ask: Any) -> Any:
        tell(event="ask", id=ask.id, kind=ask.kind, choices=[choice.id for choice in ask.choices], default=ask.default)
        return asks(self, ask)

    code = 70
    session.see = lambda _state: session.Seen((), {})  # what the rules say is not what is tried here, and takes its time
    session.completed = lambda state: state
    try:
        os.chdir(folder)
        sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode) for number, mode in enumerate("rww"))
        os.environ.pop("CI", None)
        PlainAsker.ask = asked  # type: ignore[method-assign]
        _stop_in(stop_in, tell)
        code = run(cli, ["new", *arguments, "--plain"])
        tell(event="end", code=code)
    finally:
        os._exit(code)


def _stop_in(place: str, tell: Any) -> None:
    """Let the child stop inside the atomic write."""
    flush, replace = os.fsync, Path.replace

    def before(handle: int) -> None:
        flush(handle)
        tell(event="writing")
        signal.pause()

    def after(path: Path, target: Path) -> Path:
        moved = replace(path, target)
        tell(event="writing")
        signal.pause()
        return moved

    if place == "before":
        os.fsync = before
    elif place == "after":
        Path.replace = after  # type: ignore[method-assign]
