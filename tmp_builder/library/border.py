"""What pydantic complains about, in our words and with the line of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from tmp_builder.errors import nearest
from tmp_builder.findings import Fault, Place, Words, both, listed, quoted, spoken

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

M = TypeVar("M", bound="BaseModel")
Path = tuple[str | int, ...]
Where = Callable[[Path], Place]

_TEXT, _LIST, _KEYS = both("a text", "一段文字"), both("a list", "列表"), both("keys with values", "键和值")
_DAY = both("a date such as 2026-09-30", "日期，例如2026-09-30")
_EXPECTED = {
    **dict.fromkeys(("int_parsing", "int_type"), both("a whole number", "整数")),
    **dict.fromkeys(("bool_parsing", "bool_type"), both("yes or no", "yes或no")),
    **dict.fromkeys(("string_type", "string_too_short"), _TEXT),
    "string_pattern_mismatch": both("a short name of letters, digits and hyphens", "由字母、数字和连字符组成的短名称"),
    **dict.fromkeys(("list_type", "tuple_type"), _LIST),
    **dict.fromkeys(("dict_type", "mapping_type", "model_type", "model_attributes_type"), _KEYS),
    **dict.fromkeys(("date_from_datetime_parsing", "date_parsing", "date_type"), _DAY),
    "date_from_datetime_inexact": both("a date without a time, such as 2026-09-30", "不含时刻的日期，例如2026-09-30"),
}
"""What should stand where pydantic complains."""


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


def _one_of(forms: list[ErrorDetails], path: Path) -> Words:
    """What a value of several forms may be."""
    words = list(dict.fromkeys(_expected(details) for details in forms))
    wanted = Words(" or ".join(words), "或".join(spoken(word, "zh") for word in words))
    return _instead(path, wanted, forms[0])


def _instead(path: Path, wanted: str, details: ErrorDetails) -> Words:
    said = both("expected {wanted}, not {found}", "应为{wanted}，现为{found}", wanted=wanted, found=quoted(details["input"]))
    return _about(path, said)


def _about(path: Path, said: object) -> Words:
    """What is said of a part of a file, after its name; of the file as a whole it is said alone."""
    if not path:
        return both("{said}", "{said}", said=said)
    return both("{key}: {said}", "{key}：{said}", key=".".join(map(str, path)), said=said)


def _expected(details: ErrorDetails) -> Words:
    """What should stand there; what this program has no words for is told as pydantic tells it."""
    if details["type"] == "literal_error":
        names = str(details["ctx"]["expected"]).replace("'", "")
        return Words(names, names.replace(", ", "、").replace(" or ", "或"))
    if details["type"] == "string_pattern_mismatch" and "never" in details["ctx"]["pattern"]:
        return both("a date such as 2026-09-30, or never", "日期，例如2026-09-30，或者never")
    return _EXPECTED.get(details["type"]) or both("another value ({why})", "其他值（{why}）", why=details["msg"])


def _sentence(details: ErrorDetails, path: tuple[str | int, ...], model: type[BaseModel]) -> Words:
    key, kind = ".".join(str(part) for part in path), details["type"]
    if kind == "extra_forbidden":
        near = nearest(str(path[-1]), known_keys(model, path[:-1]))
        return both("unknown key “{name}”{near}", "没有键“{name}”{near}", name=path[-1], near=near)
    if kind == "missing":
        return both("the key “{name}” is missing", "缺少键“{name}”", name=path[-1])
    if kind == "value_error":
        return _about(path, next(iter(details["ctx"]["error"].args), ""))
    if kind in ("literal_error", "enum"):
        names = str(details["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        en, zh = "{key}: {found} is not one of {names}{near}", "{key}：{found}不在可选值之列（{names}）{near}"
        near = nearest(str(details["input"]), names)
        return both(en, zh, key=key, found=quoted(details["input"]), names=listed(names), near=near)
    if kind == "too_short":
        least, found = details["ctx"]["min_length"], details["ctx"]["actual_length"]
        return both(
            "{key}: expected at least {least}, not {found}",
            "{key}：至少须有{least}项，现有{found}项",
            key=key,
            least=least,
            found=found,
        )
    return _instead(path, _expected(details), details)


def _hint(details: ErrorDetails, path: tuple[str | int, ...], model: type[BaseModel]) -> str:
    if details["type"] == "extra_forbidden":
        return both("Known here: {keys}.", "此处可用：{keys}。", keys=listed(known_keys(model, path[:-1])))
    return ""


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
