"""The worker processes of this machine: what their end must not wait for."""

from __future__ import annotations

import os
import struct
import sys
import threading
import time
from pathlib import Path

import pytest

from tmp_builder.batch.jobs import Shared
from tmp_builder.batch.run import Processes
from tmp_builder.pipeline import Options

SHARED = Shared({}, {}, Options())


@pytest.fixture
def _no_sockets() -> None:
    """Here processes are begun through a socket of this machine."""


def _half_a_result(said: str) -> None:
    """In a worker: sends the first bytes of a result and no more, as one does that is ended while it sends."""
    frame = sys._getframe()
    while "result_queue" not in frame.f_locals:
        assert frame.f_back is not None
        frame = frame.f_back
    os.write(frame.f_locals["result_queue"]._writer.fileno(), struct.pack("!i", 1000) + b"x")
    Path(said).touch()
    time.sleep(60)


def test_an_end_in_the_middle_of_a_result_does_not_wait_for_its_other_half(tmp_path: Path) -> None:
    pool, said = Processes(SHARED, 1), tmp_path / "said"
    executor = pool.open()
    executor.submit(_half_a_result, str(said))
    patience = time.monotonic() + 30
    while not said.exists():
        assert time.monotonic() < patience
        time.sleep(0.01)
    ending = threading.Thread(target=pool.close, args=(executor,), kwargs={"now": True}, daemon=True)
    ending.start()
    ending.join(20)
    assert not ending.is_alive()
