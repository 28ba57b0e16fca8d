"""Values as people type them: read to what the plan file holds, and shown in a few words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tmp_builder.interview.session import Session
from tmp_builder.interview.values import allowed, as_typed, read_day, read_value, shown
from tmp_builder.library.schema import Library
from tmp_builder.plan.profiles import as_written
from tmp_builder.values import Misfit, Spec, parse


@pytest.mark.parametrize(
    ("kind", "typed", "held"),
    [
        ("days", "60", 60),
        ("days", "60 days", 60),
        ("working-days", "15个工作日", 15),
        ("percent", "10 %", 10),
        ("percent", "2.5%", "2.5"),
        ("money", "USD 1，000", "USD 1,000"),
        ("date", "2026年9月30日", date(2026, 9, 30)),
        ("text", "Hong Kong | 香港", {"en": "Hong Kong", "zh": "香港"}),
        ("text", "Hong Kong｜香港", {"en": "Hong Kong", "zh": "香港"}),
        ("text", "UNCITRAL", "UNCITRAL"),
        ("territory", "cn，us", ["CN", "US"]),
        ("fraction", "2/3", "2/3"),
    ],
)
def test_an_answer_becomes_what_the_plan_file_holds(kind: str, typed: str, held: Any) -> None:
    assert read_value(Spec(kind), typed) == held


@pytest.mark.parametrize(("kind", "typed"), [("days", "soon"), ("months", ""), ("days", "1.5.2")])
def test_what_is_no_number_is_no_period(kind: str, typed: str) -> None:
    with pytest.raises(Misfit):
        read_value(Spec(kind), typed)


@pytest.mark.parametrize("typed", ["2026-02-30", "26-02-03", "x", "", "2026-1", "２０２６-01-01"])
def test_what_is_no_day_is_none(typed: str) -> None:
    assert read_day(typed) is None


def test_every_default_of_the_library_can_be_typed_as_it_is_shown_for_editing(library: Library) -> None:
    for option in library.options.values():
        for parameter in option.parameters.values():
            if parameter.default is not None and parameter.spec.kind not in ("choice", "party"):
                typed = as_typed(parameter.spec, as_written(parameter.default))
                assert parse(parameter.spec, read_value(parameter.spec, typed)) == parameter.default, parameter.address


def test_every_parameter_of_the_library_says_what_may_be_typed(library: Library, open_session: Callable[..., Session]) -> None:
    for language in ("en", "zh"):
        state = open_session(language=language).state
        for option in library.options.values():
            for parameter in option.parameters.values():
                assert allowed(state, parameter.spec), parameter.address
                if parameter.default is not None:
                    assert shown(state, parameter.spec, parameter.default), parameter.address
