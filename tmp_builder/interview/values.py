"""Values as people type and read them at a prompt: 60, 10%, USD 1,000, “Hong Kong | 香港”, rows of a small table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from tmp_builder.findings import Words
from tmp_builder.interview.asks import Answered
from tmp_builder.interview.state import State
from tmp_builder.language import LANGUAGES, say_date
from tmp_builder.values import Misfit, Money, Spec, parse
from tmp_builder.values.kinds import PERIODS
from tmp_builder.values.say import plain_number

BAR = "|"
"""Divides the two languages of a text, and the cells of a row."""


def typed(spec: Spec, raw: Any) -> Any:
    """The typed value of what a plan file would hold. Raises Misfit."""
    return parse(spec, raw)


def read_value(spec: Spec, answer: Answered) -> Any:
    """What the plan file writes for an answer. Raises Misfit."""
    if isinstance(answer, tuple):
        return list(answer)
    if spec.is_records:
        return _rows(spec, answer)
    return _READERS.get(spec.kind, _plain)(spec, answer.strip())


def as_typed(spec: Spec, raw: Any) -> str:
    """What a person would type for a value of the plan file."""
    if isinstance(raw, Mapping):
        return f" {BAR} ".join(str(raw[language]) for language in LANGUAGES if raw.get(language))
    if spec.is_records:
        return "; ".join(
            f" {BAR} ".join(as_typed(spec.columns[name].spec, row.get(name, "")) for name in spec.columns) for row in raw
        )
    if isinstance(raw, (list, tuple)):
        item = spec.of or Spec("text")
        return ("; " if item.kind == "text" else ", ").join(as_typed(item, part) for part in raw)
    return "" if raw is None else str(raw)


def read_day(text: str) -> date | None:
    """The date that a person typed, or None; 2026/9/30, 2026.9.30 and 2026年9月30日 are understood too."""
    plain = text.strip().replace("年", "-").replace("月", "-").removesuffix("日").replace("/", "-").replace(".", "-")
    parts = plain.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts) or len(parts[0]) != 4:
        return None
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None


def _plain(_spec: Spec, text: str) -> Any:
    return text.replace("，", ",")


def _day(_spec: Spec, text: str) -> Any:
    return read_day(text) or text


def _list(spec: Spec, text: str) -> list[Any]:
    item = spec.of or Spec("text")
    parts = [part.strip() for part in text.replace("；", ";").split(";")] if item.kind == "text" else _codes(text)
    return [read_value(item, part) for part in parts if part]


def _territory(_spec: Spec, text: str) -> list[str]:
    return [code.upper() for code in _codes(text)]


def _whole(spec: Spec, text: str) -> int:
    """The figures of a period or count, without a unit that was typed behind them."""
    words = text.replace(",", "").replace("，", "").strip()
    figures = words.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ个日天月年工作 .").strip()
    if not figures.lstrip("-").isdecimal():
        return int(parse(spec, text))  # says in words what is expected
    return int(figures)


def _percent(_spec: Spec, text: str) -> Any:
    figures = text.replace("％", "%").removesuffix("%").strip()
    return int(figures) if figures.isdecimal() else figures


def _both(_spec: Spec, text: str) -> str | dict[str, str]:
    first, bar, second = text.replace("｜", BAR).partition(BAR)
    return {"en": first.strip(), "zh": second.strip()} if bar else text


def _codes(text: str) -> list[str]:
    return text.replace("，", " ").replace("、", " ").replace(",", " ").replace(";", " ").split()


_READERS: Mapping[str, Callable[[Spec, str], Any]] = {
    **dict.fromkeys((*PERIODS, "integer"), _whole),
    "text": _both,
    "list": _list,
    "territory": _territory,
    "date": _day,
    "percent": _percent,
}


def _rows(spec: Spec, text: str) -> list[dict[str, Any]]:
    """Rows divided by semicolons, cells by bars, in the order of the columns."""
    rows = []
    for line in text.replace("；", ";").replace("｜", BAR).split(";"):
        cells = [cell.strip() for cell in line.split(BAR)]
        if len(cells) > len(spec.columns):
            many, most = len(cells), len(spec.columns)
            raise Misfit(Words(f"“{line}” has {many} cells, a row has {most}", f"“{line}”有{many}格，每行为{most}格"))
        row = {name: _cell(column.spec, cell) for (name, column), cell in zip(spec.columns.items(), cells, strict=False) if cell}
        if row:
            rows.append(row)
    return rows


def _cell(spec: Spec, text: str) -> Any:
    """A cell as the plan file writes it; a choice may be named by its label."""
    for key, choice in spec.choices.items():
        if text.casefold() in (key.casefold(), *(label.casefold() for label in choice.label.values())):
            return key
    return text if spec.kind == "text" else read_value(spec, text)


# ── in words ────────────────────────────────────────────────────────────────────────────────────────────────────────


def shown(state: State, spec: Spec, value: Any) -> str:  # noqa: PLR0911
    """A typed value in a few words: 60 days, 10 %, the label of a choice, the name of a party."""
    if isinstance(value, Money):
        return f"{value.currency} {plain_number(value.amount)}"
    if spec.is_records:
        return state.word("rows", count=len(value))
    if isinstance(value, (tuple, list)):
        item = spec.of or Spec("text")
        return state.join(shown(state, item, part) for part in value)
    if spec.kind in PERIODS:
        return state.word(f"unit-{spec.kind}", count=value)
    if spec.kind == "percent":
        return f"{plain_number(value)} %"
    if spec.kind == "choice":
        return state.label(spec.choices[value].label)
    if spec.kind == "date":
        return say_date(value, state.language)
    if isinstance(value, Mapping):
        return state.label(value)
    member = state.plan.member(str(value)) if spec.kind == "party" else None
    return state.label(member.name) if member else str(value)


def allowed(state: State, spec: Spec) -> str:
    """What may be typed for a value: its unit, its range, its form."""
    if spec.is_records:
        columns = f" {BAR} ".join(_column(state, column.spec, state.label(column.label)) for column in spec.columns.values())
        return state.word("form-rows", columns=columns)
    if spec.kind == "list":
        item = spec.of or Spec("text")
        return state.word("form-list") if item.kind == "text" else allowed(state, item)
    return "".join(part for part in (state.word(f"form-{spec.kind}"), _bounds(state, spec)) if part)


def _column(state: State, spec: Spec, label: str) -> str:
    words = "/".join(spec.choices) if spec.choices else ""
    form = words or (state.word("form-date") if spec.kind == "date" else "")
    return state.word("with-form", label=label, form=form) if form else label


def _bounds(state: State, spec: Spec) -> str:
    if spec.allowed:
        return state.word("bounds-of", values=state.join(str(value) for value in spec.allowed))
    low, high = ("" if bound is None else str(bound) for bound in (spec.low, spec.high))
    if not low and not high:
        return ""
    return state.word("bounds" if low and high else "bounds-low" if low else "bounds-high", low=low, high=high)
