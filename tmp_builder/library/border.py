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
Where = Callable[[tuple[str | int, ...]], Place]

_EXPECTED = {
    "int_parsing": "expected a whole number",
    "int_type": "expected a whole number",
    "bool_parsing": "expected yes or no",
    "bool_type": "expected yes or no",
    "string_type": "expected a text",
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


def validate(model: type[M], data: Any, where: Where, faults: list[Fault]) -> M | None:  # noqa: ANN401
    """`data` as `model`, or None with every complaint added to `faults`."""
    from pydantic import ValidationError

    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults.extend(_faults(error, model, where))
        return None


def _faults(error: ValidationError, model: type[BaseModel], where: Where) -> Iterator[Fault]:
    seen: set[tuple[Place, str]] = set()
    for details in error.errors(include_url=False):
        path = tuple(part for part in details["loc"] if not _is_tag(part))
        fault = Fault(where(path), _sentence(details, path, model), _hint(details, path, model))
        if (fault.place, fault.message) not in seen:
            seen.add((fault.place, fault.message))
            yield fault


def _is_tag(part: str | int) -> bool:
    """Union members appear in pydantic's path as `function-…` or a model's name: no part of the file."""
    return isinstance(part, str) and (part[:1].isupper() and part.isidentifier() and part.endswith("Entry") or "[" in part or "-after" in part)


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
        return f"{key}: {details['input']!r} is not one of {expected}{nearest(str(details['input']), expected.split(', '))}"
    expected = _EXPECTED.get(kind) or details["msg"][:1].lower() + details["msg"][1:]
    return f"{key}: {expected}, not {_short(details['input'])}"


def _hint(details: ErrorDetails, path: tuple[str | int, ...], model: type[BaseModel]) -> str:
    if details["type"] == "extra_forbidden":
        return f"Known here: {', '.join(known_keys(model, path[:-1]))}."
    return ""


def _short(value: Any) -> str:  # noqa: ANN401
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def known_keys(model: type[BaseModel], path: Iterable[str | int]) -> list[str]:
    """The keys that may stand at `path` of a file of `model`."""
    here: Any = model
    for part in path:
        here = _step(here, part)
    return sorted(field.alias or name for name, field in getattr(_model(here), "model_fields", {}).items())


def _model(kind: Any) -> Any:  # noqa: ANN401
    """The first model inside an annotation such as `tuple[Slot, ...] | None`."""
    if hasattr(kind, "model_fields"):
        return kind
    return next((found for found in (_model(part) for part in get_args(kind)) if found is not None), None)


def _step(kind: Any, part: str | int) -> Any:  # noqa: ANN401
    model = _model(kind)
    if isinstance(part, int) or model is None:
        return kind
    for name, field in model.model_fields.items():
        if part in (field.alias, name):
            return field.annotation
    return kind
