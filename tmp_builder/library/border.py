"""What pydantic complains about, in our words and with the line of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from tmp_builder.errors import nearest
from tmp_builder.findings import Fault, Place

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

M = TypeVar("M", bound="BaseModel")
Path = tuple[str | int, ...]
Where = Callable[[Path], Place]

_EXPECTED = {
    "int_parsing": "expected a whole number",
    "int_type": "expected a whole number",
    "bool_parsing": "expected yes or no",
    "bool_type": "expected yes or no",
    "string_type": "expected a text",
    "string_too_short": "expected a text",
    "string_pattern_mismatch": "expected a short name of letters, digits and hyphens",
    "list_type": "expected a list",
    "tuple_type": "expected a list",
    "dict_type": "expected keys with values",
    "mapping_type": "expected keys with values",
    "model_type": "expected keys with values",
    "model_attributes_type": "expected keys with values",
    "date_from_datetime_parsing": "expected a date such as 2026-09-30",
    "date_parsing": "expected a date such as 2026-09-30",
    "date_type": "expected a date such as 2026-09-30",
    "date_from_datetime_inexact": "expected a date without a time, such as 2026-09-30",
}


def validate(model: type[M], data: Any, where: Where, faults: list[Fault]) -> M | None:
    """`data` as `model`, or None with every complaint added to `faults`."""
    from pydantic import ValidationError

    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults.extend(_faults(error, model, data, where))
        return None


def _faults(error: ValidationError, model: type[BaseModel], data: Any, where: Where) -> Iterator[Fault]:
    seen: set[tuple[Place, str]] = set()
    for forms, path in _told(error, data):
        message = _sentence(forms[0], path, model) if len(forms) == 1 else _one_of(forms, path)
        fault = Fault(where(path), message, _hint(forms[0], path, model))
        if (fault.place, fault.message) not in seen:
            seen.add((fault.place, fault.message))
            yield fault


def _told(error: ValidationError, data: Any) -> Iterator[tuple[list[ErrorDetails], Path]]:
    """The complaints worth telling. Where a value may take several forms: those about the form it seems to have, else all as one."""
    every = [(details, *_path(details, data)) for details in error.errors(include_url=False)]
    deeper = {path[:depth] for _, path, depths in every for depth in depths if len(path) > depth}
    forms: dict[Path, list[ErrorDetails]] = {}
    for details, path, depths in every:
        if len(path) in depths and path not in deeper:
            forms.setdefault(path, []).append(details)
    for details, path, depths in every:
        if len(path) not in depths:
            yield [details], path
        elif path in forms:
            yield forms.pop(path), path


def _path(details: ErrorDetails, data: Any) -> tuple[Path, list[int]]:
    """Where a complaint stands in the file, and at which depths pydantic names a form (of several) instead of a part of the file."""
    path: list[str | int] = []
    forms: list[int] = []
    here = data
    for position, part in enumerate(details["loc"]):
        last = position == len(details["loc"]) - 1
        if isinstance(here, dict) and (part in here or (last and details["type"] == "missing")):
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int):
            here = here[part] if part < len(here) else None
        else:
            forms.append(len(path))
            continue
        path.append(part)
    return tuple(path), forms


def _one_of(forms: list[ErrorDetails], path: Path) -> str:
    """What a value of several forms may be."""
    words = dict.fromkeys(_expected(details) for details in forms)
    return f"{'.'.join(map(str, path))}: expected {' or '.join(words)}, not {_short(forms[0]['input'])}"


def _expected(details: ErrorDetails) -> str:
    if details["type"] == "literal_error":
        return str(details["ctx"]["expected"]).replace("'", "")
    return _EXPECTED.get(details["type"], details["msg"]).removeprefix("expected ")


def _sentence(details: ErrorDetails, path: tuple[str | int, ...], model: type[BaseModel]) -> str:
    key = ".".join(str(part) for part in path)
    kind = details["type"]
    if kind == "extra_forbidden":
        return f"unknown key “{path[-1]}”{nearest(str(path[-1]), known_keys(model, path[:-1]))}"
    if kind == "missing":
        return f"the key “{path[-1]}” is missing"
    if kind == "value_error":
        return f"{key}: {details['ctx']['error']}"
    if kind in ("literal_error", "enum"):
        expected = str(details["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
        return f"{key}: {_short(details['input'])} is not one of {expected}{nearest(str(details['input']), expected.split(', '))}"
    if kind == "too_short":
        return f"{key}: expected at least {details['ctx']['min_length']}, not {details['ctx']['actual_length']}"
    return f"{key}: {_wanted(details)}, not {_short(details['input'])}"


def _wanted(details: ErrorDetails) -> str:
    if details["type"] == "string_pattern_mismatch" and "never" in details["ctx"]["pattern"]:
        return "expected a date such as 2026-09-30, or never"
    return _EXPECTED.get(details["type"]) or details["msg"][:1].lower() + details["msg"][1:]


def _hint(details: ErrorDetails, path: tuple[str | int, ...], model: type[BaseModel]) -> str:
    if details["type"] == "extra_forbidden":
        return f"Known here: {', '.join(known_keys(model, path[:-1]))}."
    return ""


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def known_keys(model: type[BaseModel], path: Iterable[str | int]) -> list[str]:
    """The keys that may stand at `path` of a file of `model`."""
    here: Any = model
    for part in path:
        here = _step(here, part)
    return sorted(field.alias or name for name, field in getattr(_model(here), "model_fields", {}).items())


def _model(kind: Any) -> Any:
    """The first model inside an annotation such as `tuple[Slot, ...] | None`."""
    if hasattr(kind, "model_fields"):
        return kind
    return next((found for found in (_model(part) for part in get_args(kind)) if found is not None), None)


def _step(kind: Any, part: str | int) -> Any:
    model = _model(kind)
    if isinstance(part, int) or model is None:
        return kind
    for name, field in model.model_fields.items():
        if part in (field.alias, name):
            return field.annotation
    return kind
