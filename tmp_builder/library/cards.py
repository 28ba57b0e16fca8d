"""One card, a Markdown file with front matter, as an option; every fault of the file with its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tmp_builder.errors import nearest
from tmp_builder.findings import Fault, Place, both, listed
from tmp_builder.library.border import validate
from tmp_builder.library.marked import MAX_BYTES, Marked, read_marked, reason_of
from tmp_builder.library.schema import Citation, Option, Parameter, Relation
from tmp_builder.values import KINDS, Choice, Column, Misfit, Spec, parse

if TYPE_CHECKING:
    from tmp_builder.library.files import CardFile, CitationFile, ColumnFile, ParameterFile, RelationEntry

HEADINGS = {"English": ("text", "en"), "中文": ("text", "zh"), "Guidance": ("guidance", "en"), "说明": ("guidance", "zh")}
"""The second-level headings of a card and what stands below each."""


class _Parts(Struct, frozen=True):
    """A card cut into front matter and texts, each with the line on which it begins."""

    front: str
    texts: Mapping[str, tuple[str, int]]
    guidance: Mapping[str, str]
    lines: Mapping[str, int]


def read_card(path: Path, shown: str, section: str, faults: list[Fault]) -> Option | None:
    """The option of the card at `path`, called `shown` in messages; None with its faults added when it is no card."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else both("it is not UTF-8 text", "不是UTF-8文本")
        faults.append(Fault(Place(shown), both("cannot be read: {reason}", "无法读取：{reason}", reason=reason)))
        return None
    if len(text) > MAX_BYTES:
        faults.append(Fault(Place(shown), both("is larger than {size:,} characters", "超过{size:,}个字符", size=MAX_BYTES)))
        return None
    return parse_card(text, shown, f"{section}.{path.stem}", faults)


def parse_card(text: str, shown: str, ident: str, faults: list[Fault]) -> Option | None:
    """The option `ident` from the text of its card."""
    from tmp_builder.library.files import CardFile

    before = len(faults)
    parts = _cut(text, shown, faults)
    marked = read_marked(parts.front, shown, 2)
    faults.extend(marked.faults)
    card = validate(CardFile, marked.data, marked.place, faults) if not marked.faults else None
    if card is None or len(faults) > before:
        return None
    return _option(card, parts, marked, ident, faults)


def _cut(text: str, shown: str, faults: list[Fault]) -> _Parts:
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    if lines[0].rstrip() != "---" or not end:
        hint = both("Begin the card with a line --- and close the front matter with ---.", "卡片以一行---开头，卡头以---结束。")
        faults.append(Fault(Place(shown, 1), both("has no front matter", "没有卡头"), hint))
        return _Parts("", {}, {}, {})
    found: dict[tuple[str, str], tuple[list[str], int]] = {}
    current: list[str] | None = None
    for number, line in enumerate(lines[end + 1 :], end + 2):
        if line.startswith("## "):
            current = _heading(line[3:].strip(), Place(shown, number), found, faults)
        elif current is not None:
            current.append(line)
        elif line.strip():
            hint = both("Write it under ## English or ## Guidance.", "请写在## English或## Guidance之下。")
            faults.append(Fault(Place(shown, number), both("text before the first heading", "第一个标题之前有文字"), hint))
    for heading, key in HEADINGS.items():
        if key not in found:
            faults.append(
                Fault(
                    Place(shown, len(lines)),
                    both("the heading “## {heading}” is missing", "缺少标题“## {heading}”", heading=heading),
                )
            )
    texts = {lang: ("\n".join(body), line) for (kind, lang), (body, line) in found.items() if kind == "text"}
    guidance = {lang: "\n".join(body).strip() for (kind, lang), (body, line) in found.items() if kind == "guidance"}
    starts = {f"{kind}.{lang}": line + _blank_lines(body) for (kind, lang), (body, line) in found.items()}
    return _Parts("\n".join(lines[1:end]), texts, guidance, starts)


def _blank_lines(body: list[str]) -> int:
    """How many lines stand empty before the first word."""
    return next((index for index, line in enumerate(body) if line.strip()), 0)


def _heading(title: str, place: Place, found: dict[tuple[str, str], tuple[list[str], int]], faults: list[Fault]) -> list[str]:
    body: list[str] = []
    if title not in HEADINGS:
        faults.append(
            Fault(
                place,
                both("unknown heading “{title}”{near}", "没有标题“{title}”{near}", title=title, near=nearest(title, HEADINGS)),
                both("Known: {known}.", "可用：{known}。", known=listed(HEADINGS)),
            )
        )
    elif HEADINGS[title] in found:
        faults.append(Fault(place, both("the heading “{title}” stands twice", "标题“{title}”重复出现", title=title)))
    else:
        found[HEADINGS[title]] = (body, place.line + 1)
    return body


def _option(card: CardFile, parts: _Parts, marked: Marked, ident: str, faults: list[Fault]) -> Option:
    specs = {name: _parameter(name, file, ident, marked, faults) for name, file in card.parameters.items()}
    return Option(
        id=ident,
        domain_id=card.domain_id,
        label=card.label.model_dump(),
        effect=card.effect.model_dump(),
        use_when=card.use_when.model_dump(),
        favours=card.favours,
        needs=tuple(relation(entry) for entry in card.needs),
        conflicts=tuple(relation(entry) for entry in card.conflicts),
        overridable=card.overridable,
        brings=card.brings,
        sources=tuple(citation(entry) for entry in card.sources),
        parameters={name: parameter for name, parameter in specs.items() if parameter},
        texts=parts.texts,
        guidance=parts.guidance,
        place=Place(marked.place(()).file, 1),
        translated_from=card.translated_from,
        lines={
            **{".".join(map(str, path)): place.line for path, place in marked.places.items() if 0 < len(path) <= 2},
            **parts.lines,
        },
    )


def citation(entry: CitationFile) -> Citation:
    """A citation as the library holds it."""
    return Citation(entry.source, entry.at, entry.seen)


def relation(entry: RelationEntry) -> Relation:
    """A need or a conflict as the library holds it."""
    pair = next(iter(entry.value.items()), None)
    condition = next(iter(entry.if_value.items()), None)
    options = (entry.option,) if entry.option else entry.any_of
    return Relation(options, pair, entry.schedule, entry.if_, condition)


def _parameter(name: str, file: ParameterFile, option: str, marked: Marked, faults: list[Fault]) -> Parameter | None:
    where = ("parameters", name)

    def fault(key: str, message: str, hint: str = "") -> None:
        faults.append(
            Fault(marked.place((*where, key)), both("{name}: {message}", "{name}：{message}", name=name, message=message), hint)
        )

    if file.type not in KINDS:
        fault(
            "type",
            both("unknown type “{kind}”{near}", "没有类型“{kind}”{near}", kind=file.type, near=nearest(file.type, KINDS)),
            both("Known: {known}.", "可用：{known}。", known=listed(KINDS)),
        )
        return None
    if file.type == "choice" and not file.values:
        fault("values", both("a choice needs values", "选择型参数须列明values"))
        return None
    try:
        spec = _spec(file)
    except (ValueError, ZeroDivisionError):
        fault(
            "range",
            both(
                "its range, its allowed values or the type of its items cannot be read",
                "其取值范围、允许值或者各项的类型无法读取",
            ),
            both("Write range: [15, 120].", "写作range: [15, 120]。"),
        )
        return None
    if spec.low is not None and spec.high is not None and spec.low > spec.high:
        fault(
            "range",
            both(
                "the lower bound is above the upper one: {low} to {high}",
                "下限高于上限：{low}至{high}",
                low=spec.low,
                high=spec.high,
            ),
        )
    default = _default(file, spec, fault)
    shown = {"help": file.help.model_dump()} if file.help else {}
    return Parameter(name, option, spec, file.label.model_dump(), default=default, fact=file.fact, **shown)


def _default(file: ParameterFile, spec: Spec, fault: Callable[[str, str], None]) -> Any:
    """The typed default of a parameter, or None; one that does not fit is a fault."""
    if file.default is None:
        return None
    try:
        return parse(spec, file.default)
    except Misfit as misfit:
        fault("default", both("the default does not fit: {why}", "默认值不符：{why}", why=misfit.words))
        return None


def _spec(file: ParameterFile) -> Spec:
    low, high = file.range or (None, None)
    columns = {name: _column(column) for name, column in file.columns.items()}
    if file.of and file.of not in KINDS:
        raise ValueError(file.of)
    choices = {key: Choice(value.label.model_dump(), value.say.model_dump()) for key, value in file.values.items()}
    return Spec(
        kind=file.type,
        low=_bound(low),
        high=_bound(high),
        allowed=tuple(Fraction(value) for value in file.allowed),
        choices=choices if file.type == "choice" else {},
        of=Spec(file.of, choices=choices if file.of == "choice" else {}) if file.of else None,
        columns=columns,
        optional=file.optional,
    )


def _bound(value: str | None) -> Fraction | None:
    return None if value in (None, "", "null") else Fraction(str(value).removesuffix("%").replace(",", ""))


def _column(file: ColumnFile) -> Column:
    if file.type not in KINDS or (file.of and file.of not in KINDS):
        raise ValueError(file.type)
    choices = {key: Choice(value.label.model_dump(), value.say.model_dump()) for key, value in file.values.items()}
    item = Spec(file.of, choices=choices) if file.of else None
    return Column(file.label.model_dump(), Spec(file.type, choices=choices, of=item, optional=file.optional))


def data_of(spec: Spec) -> dict[str, Any]:
    """A specification as plain data for listings: type, range, allowed values."""
    data: dict[str, Any] = {"type": spec.kind}
    if spec.low is not None or spec.high is not None:
        data["range"] = [None if bound is None else str(bound) for bound in (spec.low, spec.high)]
    if spec.allowed:
        data["allowed"] = [str(value) for value in spec.allowed]
    if spec.choices:
        data["values"] = list(spec.choices)
    if spec.columns:
        data["columns"] = list(spec.columns)
    return data
