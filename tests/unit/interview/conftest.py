"""Sessions without a terminal, over plan files in a folder of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tmp_builder.interview.guide import Guide, read_guide
from tmp_builder.interview.session import Session
from tmp_builder.interview.store import Store, beginning
from tmp_builder.library.schema import Library

TODAY = date(2026, 11, 21)
BEGUN = {
    "languages": ["en", "zh"],
    "dated": TODAY,
    "dates": {"day-rule": "corresponding-day", "roll": "none", "calendars": ["US", "CN"]},
}
SIDES = {
    "sides": [
        {"id": "US", "name": {"en": "the US Side", "zh": "美方"}, "territory": ["US"]},
        {"id": "CN", "name": {"en": "the Chinese Side", "zh": "中方"}, "territory": ["CN"]},
    ]
}


@pytest.fixture(scope="session")
def guide(library: Library) -> Guide:
    """The built-in decision guide."""
    return read_guide(library)


@pytest.fixture
def open_session(library: Library, guide: Guide, tmp_path: Path) -> Callable[..., Session]:
    """Opens a session over a plan file in a folder of its own; the same name again continues it.

    With a profile, the plan is past its first questions; titles, effective date, parties, facts and sections are open.
    """

    def start(name: str = "alliance", language: str = "en", profile: str = "", *, quiet: bool = True) -> Session:
        path = tmp_path / f"{name}.plan.yaml"
        session = Session(Store(path, library, beginning(path, library)), guide, language, TODAY)
        session.quiet = quiet
        if profile and not path.exists():
            session.write(BEGUN | {"profile": profile} | (SIDES if library.profiles[profile].sides else {}))
        return session

    return start
