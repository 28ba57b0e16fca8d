"""The rule, the formula and the working of a deadline in words of both languages."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from tmp_builder.deadlines.windows import Anchor, Mode, Window, says
from tmp_builder.library.schema import Labels, Library

UNITS = {"days": ("day", "日"), "working-days": ("working day", "个工作日"), "months": ("month", "个月"), "years": ("year", "年")}
_MONTHLY = ("months", "years")
OPEN = "[●]"
"""A number that the plan does not give yet."""

_AHEAD = {
    Mode.BY: ("no later than {period} after {anchor}", "最迟在{anchor}后{period}"),
    Mode.UNTIL: ("until {period} after {anchor}", "至{anchor}后{period}"),
    Mode.FROM: ("from {period} after {anchor}", "自{anchor}后{period}起"),
}
_BACK = {
    Mode.BY: ("no later than {period} before {anchor}", "最迟在{anchor}前{period}"),
    Mode.UNTIL: ("until {period} before {anchor}", "至{anchor}前{period}"),
    Mode.FROM: ("no earlier than {period} before {anchor}", "不早于{anchor}前{period}"),
}
_SAME = {
    Mode.BY: ("by the day of {anchor}", "最迟在{anchor}之日"),
    Mode.UNTIL: ("until {anchor}", "至{anchor}"),
    Mode.FROM: ("{anchor}", "{anchor}"),
}
_DAYS = (
    ("Monday", "星期一"),
    ("Tuesday", "星期二"),
    ("Wednesday", "星期三"),
    ("Thursday", "星期四"),
    ("Friday", "星期五"),
    ("Saturday", "星期六"),
    ("Sunday", "星期日"),
)


@lru_cache(maxsize=1024)
def period(count: int | None, unit: str) -> Labels:
    """ "60 days", "60日"; `[●] days` where the number is open."""
    english, chinese = UNITS[unit]
    number = OPEN if count is None else str(abs(count))
    return says(f"{number} {english}{'' if number == '1' else 's'}", f"{number}{chinese}")


def rule(window: Window) -> Labels:
    """The rule in words: "no later than 60 days after the report of the invention"."""
    table = _SAME if window.count == 0 else _BACK if window.count is not None and window.count < 0 else _AHEAD
    english, chinese = table[window.direction]
    length = period(window.count, window.unit)
    said = says(
        english.format(period=length["en"], anchor=window.anchor.words["en"]),
        chinese.format(period=length["zh"], anchor=window.anchor.words["zh"]),
    )
    for cap in window.caps:
        limit = cap.words
        if window.direction is Mode.FROM:
            said = says(
                f"{said['en']}, or from {limit['en']} if that is earlier", f"{said['zh']}，或者自{limit['zh']}起，以较早者为准"
            )
        else:
            said = says(f"{said['en']}, but not after {limit['en']}", f"{said['zh']}，但不晚于{limit['zh']}")
    return said


def formula(window: Window) -> Labels:
    """The rule as a formula: "D02 − 6 months"."""
    said = _term(window.anchor)
    if window.count != 0:
        length = period(window.count, window.unit)
        mark = "−" if window.count is not None and window.count < 0 else "+"
        said = {lang: f"{said[lang]} {mark} {length[lang]}" for lang in said}
    for cap in window.caps:
        limit = _term(cap)
        said = says(f"the earlier of {said['en']} and {limit['en']}", f"{said['zh']}与{limit['zh']}中较早者")
    return said


def _term(anchor: Anchor) -> Labels:
    return says(anchor.sign, anchor.sign) if anchor.sign else anchor.words


def pending(window: Window) -> Labels:
    """What stands in the place of a date that cannot be computed yet: "12 months after acceptance of EQ-3"."""
    if window.count == 0:
        return window.anchor.words
    length = period(window.count, window.unit)
    back = window.count is not None and window.count < 0
    return says(
        f"{length['en']} {'before' if back else 'after'} {window.anchor.words['en']}",
        f"{window.anchor.words['zh']}{'前' if back else '后'}{length['zh']}",
    )


def working(
    window: Window, landed: date, wanted: str, moved_to: date | None, capped: Anchor | None, *, day_before: bool = False
) -> Labels:
    """The steps from the anchor's date to the result; with `day_before` months are counted to the day before."""
    said = {}
    for lang in ("en", "zh"):
        text = _day(window.anchor, lang)
        if window.count != 0:
            mark = "−" if window.count is not None and window.count < 0 else "+"
            text += f" {mark} {period(window.count, window.unit)[lang]}"
            text += f" ({_pick(lang, 'to the day before', '至前一日')}) = " if day_before and window.unit in _MONTHLY else " = "
            text += (f"{wanted} ({_pick(lang, 'no such day', '无此日')}) → " if wanted else "") + landed.isoformat()
        if moved_to:
            text += f" ({_pick(lang, 'no working day', '非工作日')}) → {moved_to.isoformat()}"
        if capped and capped.date:
            limit = _pick(lang, "earlier", "较早者") if window.direction is Mode.FROM else _pick(lang, "not after", "不晚于")
            text += f" → {limit}{_pick(lang, ': ', '：')}{capped.words[lang]}, {_day(capped, lang)}"
        said[lang] = text
    return said


def _day(anchor: Anchor, lang: str) -> str:
    assert anchor.date is not None
    return anchor.date.isoformat() + (f" ({_pick(lang, 'expected', '预计')})" if anchor.assumed else "")


def _pick(lang: str, en: str, zh: str) -> str:
    return en if lang == "en" else zh


def non_working(day: date, closed: tuple[str, ...], library: Library) -> Labels:
    """ "a Saturday; no working day in the Chinese mainland, the United States"; nothing on a working day."""
    if not closed:
        return {}
    names = {lang: [library.territories.get(code, {}).get(lang, code) for code in closed] for lang in ("en", "zh")}
    english, chinese = _DAYS[day.weekday()]
    return says(
        f"{day.isoformat()} is a {english}; no working day in {', '.join(names['en'])}",
        f"{day.isoformat()}为{chinese}，在{'、'.join(names['zh'])}为非工作日",
    )
