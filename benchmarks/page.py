"""The figures as a table and two drawings in `docs/performance.md`: what stands between its two marks is written anew by every run."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.growth import Curve
from benchmarks.timing import BUILD, ROOT, Ratio

PAGE = ROOT / "docs" / "performance.md"
RATIOS, GROWTH = ROOT / "docs" / "performance-ratios.svg", ROOT / "docs" / "performance-growth.svg"
_KEPT = BUILD / "results"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def keep(group: str, ratios: Sequence[Ratio]) -> None:
    """The figures of a group, until it is measured again."""
    _KEPT.mkdir(parents=True, exist_ok=True)
    (_KEPT / f"{group}.json").write_text(json.dumps([asdict(each) for each in ratios], indent=1), encoding="utf-8")


def keep_curves(curves: Sequence[Curve]) -> None:
    """The figures of growth, until they are measured again."""
    _KEPT.mkdir(parents=True, exist_ok=True)
    (_KEPT / "growth.json").write_text(json.dumps([asdict(each) for each in curves], indent=1), encoding="utf-8")


def write(groups: Sequence[str], absent: Sequence[str]) -> None:
    """The page and its drawings from the figures that are kept."""
    ratios = [Ratio(**each) for group in groups for each in _read(group)]
    curves = [
        Curve(each["name"], each["of"], tuple((count, taken) for count, taken in each["points"])) for each in _read("growth")
    ]
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    missing = [group for group in (*groups, "growth") if not _read(group)]
    parts = [
        _machine(),
        _table(ratios),
        _said("Not measured yet", missing),
        _said("Not there", absent),
        *_pictures(ratios, curves),
    ]
    PAGE.write_text(f"{before}{BEGIN}\n\n" + "\n\n".join(filter(None, parts)) + f"\n\n{END}{after}", encoding="utf-8")


def _read(group: str) -> list[dict[str, Any]]:
    path = _KEPT / f"{group}.json"
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return found


def _machine() -> str:
    """What the figures were taken on; no name of a machine."""
    import os
    from importlib import metadata

    engines = ", ".join(f"{name} {metadata.version(name)}" for name in ("weasyprint", "python-docx", "pydantic", "click"))
    return f"Measured on {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, {engines}."


def _table(ratios: Iterable[Ratio]) -> str:
    lines = ["| What | against | median | least–greatest | target | |", "|---|---|--:|--:|--:|---|"]
    for each in ratios:
        target = "" if each.target is None else f"{'≥' if each.least else '≤'} {each.target:g}"
        met = {True: "met", False: "**not met**", None: ""}[each.met]
        spread = f"{each.low:.3g}–{each.high:.3g}"
        said = f"{met}{' · ' if met and each.note else ''}{each.note}"
        lines.append(f"| {each.name} | {each.peer} | {each.median:.3g} | {spread} | {target} | {said} |")
    return "\n".join(lines)


def _said(what: str, names: Sequence[str]) -> str:
    return f"{what}: {', '.join(names)}." if names else ""


def _pictures(ratios: Sequence[Ratio], curves: Sequence[Curve]) -> list[str]:
    """The drawings, by matplotlib where it is there."""
    try:
        import matplotlib as drawing
    except ImportError:
        return ["No drawings: matplotlib is not there."]
    drawing.use("svg")
    drawing.rcParams.update({"svg.hashsalt": "tmp-builder", "svg.fonttype": "none", "font.size": 9})
    _draw_ratios([each for each in ratios if each.target], RATIOS)
    shown = [f"![Each figure as a part of its target: left of the line is met]({RATIOS.name})"]
    if curves:
        _draw_growth(curves, GROWTH)
        shown.append(f"![Seconds by sections and by members]({GROWTH.name})")
    return shown


def _draw_ratios(ratios: Sequence[Ratio], path: Path) -> None:
    """Each figure as a part of its target, with its spread; at 1 the target."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(9, 0.34 * len(ratios) + 1.2))
    for row, each in enumerate(reversed(ratios)):
        assert each.target
        low, mid, high = (
            (value / each.target if not each.least else each.target / value) for value in (each.low, each.median, each.high)
        )
        low, high = min(low, high), max(low, high)
        axes.plot([low, high], [row, row], color="#999999", linewidth=2)
        axes.plot([mid], [row], "o" if each.met else "X", color="#1b7837" if each.met else "#b2182b")
    axes.axvline(1, color="black", linewidth=0.8)
    axes.set_xscale("log")
    ticks = (0.25, 0.5, 1, 2, 4, 8)
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.set_xticks([], minor=True)
    axes.set_yticks(range(len(ratios)), [each.name for each in reversed(ratios)])
    axes.set_xlabel("part of the target (1 = target; left of it is met)")
    axes.grid(axis="x", which="both", linewidth=0.3)
    _save(figure, path)


def _draw_growth(curves: Sequence[Curve], path: Path) -> None:
    from matplotlib import pyplot

    figure, every = pyplot.subplots(1, len(curves), figsize=(9, 2.8))
    for axes, curve in zip(every, curves, strict=True):
        axes.plot([count for count, _ in curve.points], [seconds for _, seconds in curve.points], "o-", color="#2166ac")
        axes.set_title(curve.name)
        axes.set_xlabel(curve.of)
        axes.set_ylabel("seconds")
        axes.set_ylim(bottom=0)
        axes.grid(linewidth=0.3)
    _save(figure, path)


def _save(figure: object, path: Path) -> None:
    from matplotlib import pyplot

    figure.tight_layout()  # type: ignore[attr-defined]
    figure.savefig(path, metadata={"Date": None, "Creator": "tmp-builder"})  # type: ignore[attr-defined]
    pyplot.close(figure)  # type: ignore[call-overload]
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line.rstrip() for line in lines) + "\n", encoding="utf-8")
