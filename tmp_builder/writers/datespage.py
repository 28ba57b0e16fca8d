"""The writer of a page of dates: one HTML file without script or network, a timeline and, for reading, a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

import tmp_builder
from tmp_builder.deadlines import Deadline, Kind
from tmp_builder.deadlines.who import named
from tmp_builder.language import BCP47
from tmp_builder.plan.schema import Plan

WIDTH, LABELS, ROW, TOP, BOTTOM = 1080, 400, 22, 34, 12
"""The picture in units: its width, the share of the labels, the height of a row, the margins."""
MOST_MARKS = 12
"""No more years are named on the axis."""

_WORDS = {
    "dates": {"en": "Dates", "zh": "日期表"},
    "timeline": {"en": "Timeline", "zh": "时间轴"},
    "alternative": {"en": "The same dates stand in the table below the picture.", "zh": "图下表格列有相同日期。"},
    "date": {"en": "Date", "zh": "日期"},
    "code": {"en": "No.", "zh": "编号"},
    "what": {"en": "What", "zh": "事项"},
    "rule": {"en": "Rule", "zh": "规则"},
    "working": {"en": "Working", "zh": "计算过程"},
    "who": {"en": "Who", "zh": "责任方或者权利方"},
    "clause": {"en": "Clause", "zh": "条款"},
    "provisional": {"en": "provisional", "zh": "暂定"},
    "assumed": {"en": "expected", "zh": "预计"},
    "right": {"en": "right ends or begins", "zh": "权利起止"},
    "duty": {"en": "duty falls due", "zh": "义务到期"},
    "statutory": {"en": "set by law", "zh": "法定期限"},
    "notice": {
        "en": "Computed from the plan; the plan decides. No legal advice.",
        "zh": "依本计划计算，以本计划为准，不构成法律意见。",
    },
}

_STYLE = """
body{font:15px/1.45 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1b1f24;background:#fff;
margin:2rem auto;max-width:70rem;padding:0 1rem}
h1{font-size:1.5rem;margin:0}p{margin:.4rem 0}
svg{width:100%;height:auto;margin:1rem 0}svg text{font-size:12px;fill:#1b1f24}svg .axis{stroke:#c4ccd4}
svg .right{fill:#1f5fa8}svg .duty{fill:#a33b12}svg .statutory{fill:#3d6b2a}svg .past{opacity:.45}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;overflow-wrap:anywhere;padding:.3rem .5rem;border-bottom:1px solid #d5dbe1}
th{background:#e8eef4}td:first-child{white-space:nowrap}small{color:#4a535c}
@media print{body{margin:0;max-width:none}tr{break-inside:avoid}}
"""


def write(found: Iterable[Deadline], plan: Plan, language: str) -> str:
    """The page in one language. Every text is escaped; nothing is loaded from anywhere."""
    every = list(found)
    title = f"{plan.title.get(language) or plan.id} – {_say('dates', language)}"
    return (
        f'<!DOCTYPE html>\n<html lang="{BCP47[language]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="tmp-builder {tmp_builder.__version__}">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n"
        f"<p>{escape(_say('notice', language))}</p>\n{_picture([each for each in every if each.date], language)}\n"
        f"{_table(every, plan, language)}\n</body>\n</html>\n"
    )


def _say(name: str, language: str) -> str:
    return _WORDS[name][language]


# ── the picture ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _picture(dated: Sequence[Deadline], language: str) -> str:
    """The dates as marks on an axis of years, a row each. Shapes tell kinds apart as well as colours do."""
    days = [each.date for each in dated if each.date]
    if not days:
        return ""
    first, last = min(days).year, max(days).year + 1
    height = TOP + ROW * len(dated) + ROW + BOTTOM
    name, more = escape(_say("timeline", language)), escape(_say("alternative", language))
    body = _axis(first, last, height) + "".join(_row(each, index, first, last, language) for index, each in enumerate(dated))
    legend = _legend(height - BOTTOM, language)
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="t d" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="t">{name}</title><desc id="d">{more}</desc>{body}{legend}</svg>'
    )


def _x(day: date, first: int, last: int) -> float:
    """Where a day stands on the axis: in proportion to the days between the first of two years."""
    begin = date(first, 1, 1).toordinal()
    whole = 365.2425 * (last - first)
    return round(LABELS + (WIDTH - LABELS - 30) * min(1.0, (day.toordinal() - begin) / whole), 1)


def _axis(first: int, last: int, height: int) -> str:
    step = max(1, -(-(last - first) // MOST_MARKS))
    parts = []
    for year in range(first, min(last, date.max.year) + 1, step):
        x = _x(date(year, 1, 1), first, last)
        parts.append(f'<line class="axis" x1="{x}" y1="{TOP - 12}" x2="{x}" y2="{height - ROW - BOTTOM}"/>')
        parts.append(f'<text x="{x}" y="{TOP - 18}" text-anchor="middle">{year}</text>')
    return "".join(parts)


def _row(each: Deadline, index: int, first: int, last: int, language: str) -> str:
    assert each.date is not None
    y = TOP + ROW * index + ROW / 2
    what = f"{each.label[language]} ({each.object})" if each.object else each.label[language]
    label = _short(f"{each.code} {what}")
    tip = escape(f"{each.date.isoformat()} {what}: {each.rule[language]}")
    mark = _mark(each.kind, _x(each.date, first, last), y, "past" if each.passed else "")
    return f'<g><title>{tip}</title><text x="0" y="{y + 4}">{each.date.isoformat()} {escape(label)}</text>{mark}</g>'


def _short(text: str, columns: int = 46) -> str:
    """As much of a text as fits beside the axis; a Chinese character takes two columns."""
    out, width = "", 0
    for character in text:
        width += 2 if ord(character) > 0x2E7F else 1
        if width > columns:
            return out + "…"
        out += character
    return out


def _mark(kind: Kind, x: float, y: float, look: str = "") -> str:
    classes = f'class="{" ".join(filter(None, (str(kind), look)))}"'
    if kind is Kind.RIGHT:
        return f'<circle {classes} cx="{x}" cy="{y}" r="5"/>'
    if kind is Kind.DUTY:
        return f'<rect {classes} x="{x - 5}" y="{y - 5}" width="10" height="10"/>'
    return f'<path {classes} d="M{x} {y - 6}L{x + 6} {y + 5}L{x - 6} {y + 5}Z"/>'


def _legend(y: float, language: str) -> str:
    parts = []
    for index, kind in enumerate(Kind):
        x = LABELS + index * 210
        parts.append(_mark(kind, x, y - 4) + f'<text x="{x + 12}" y="{y}">{escape(_say(str(kind), language))}</text>')
    return "".join(parts)


# ── the table, which says the same ──────────────────────────────────────────────────────────────────────────────────


def _table(every: Sequence[Deadline], plan: Plan, language: str) -> str:
    names = ("date", "code", "what", "rule", "working", "who", "clause")
    head = "".join(f'<th scope="col">{escape(_say(name, language))}</th>' for name in names)
    rows = "\n".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in _cells(each, plan, language))}</tr>" for each in every)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _cells(each: Deadline, plan: Plan, language: str) -> list[str]:
    day = each.date.isoformat() if each.date else "–"
    marks = [_say(name, language) for name in ("provisional", "assumed") if getattr(each, name)]
    remarks = [text for text in (each.non_working.get(language), each.note.get(language)) if text]
    what = f"{each.label[language]} ({each.object})" if each.object else each.label[language]
    return [
        escape(day) + "".join(f"<br><small>{escape(mark)}</small>" for mark in marks),
        escape(each.code),
        escape(what) + "".join(f"<br><small>{escape(remark)}</small>" for remark in remarks),
        escape(each.rule[language]),
        escape(each.working.get(language, "") or each.pending.get(language, "")),
        escape(named(each.who, plan, language)),
        escape(" · ".join(filter(None, (each.source, each.basis)))),
    ]
