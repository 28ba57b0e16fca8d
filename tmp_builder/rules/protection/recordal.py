"""PRO-09: what China asks to be recorded and filed when a licence crosses its border."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Plan, RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.filings import by_statute, codes
from tmp_builder.rules.facts.homes import home
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day


@rule("PRO-09", Severity.WARNING, Force.LAW, "CNPLR Art. 15; CNFTL Art. 17; K: 60-day filing of technology contracts")
def licences_across_the_border_are_recorded(case: Case) -> Iterator[Hit]:
    """A licence across the Chinese border has its recordal in China within three months from its effect, and its contract is
    filed.

    Why: a licence that is not recorded does not hold against a later acquirer, and royalties cannot be remitted without the
    filing.
    Bad: `cross_border: yes`, effective on 1 June 2026, `cn_recordal_on` empty or 2 September 2026. Good: recorded by 1
    September 2026 and `cn_filing_on` entered.
    Decision: the day may be the planned one: the rule asks that the task is in the register, whether or not its time has
    come. `cross_border` decides; where it is empty, a licence between a member in mainland China and one elsewhere crosses.
    A licence between members outside China for countries outside China does not concern it. One finding a licence.
    """
    for row in case.plan.rows("grants"):
        wrong = [*_tasks(row)] if _crosses_china(case.plan, row) else []
        if wrong:
            what = {lang: mark.join(labels[lang] for _, labels in wrong) for lang, mark in (("en", "; "), ("zh", "；"))}
            yield Hit(
                f"{row.id} crosses the Chinese border: {what['en']}",
                f"{row.id}为跨境许可：{what['zh']}",
                f"{row.address}.{wrong[0][0]}",
                "language.execution",
                party=str(row.cells.get("licensor") or ""),
                fix=fix("Enter cn_recordal_on and cn_filing_on.", "填写cn_recordal_on和cn_filing_on。"),
            )


def _tasks(row: RegisterRow) -> Iterator[tuple[str, Labels]]:
    """What is missing or late, each with its column."""
    effect, recorded = row.cells.get("effective_on"), row.cells.get("cn_recordal_on")
    last = by_statute(effect, 3) if isinstance(effect, date) else None
    due = {"en": f" (due by {day(last)['en']})", "zh": f"（应不迟于{day(last)['zh']}）"} if last else {"en": "", "zh": ""}
    if not recorded:
        yield (
            "cn_recordal_on",
            {"en": f"no recordal of the licence in China{due['en']}", "zh": f"在中国的许可备案尚未载明{due['zh']}"},
        )
    elif last and recorded > last:
        said = day(recorded)
        yield (
            "cn_recordal_on",
            {"en": f"recordal in China only on {said['en']}{due['en']}", "zh": f"在中国的备案日为{said['zh']}{due['zh']}"},
        )
    if not row.cells.get("cn_filing_on"):
        yield "cn_filing_on", {"en": "no filing of the technology contract in China", "zh": "技术合同在中国的登记尚未载明"}


def _crosses_china(plan: Plan, row: RegisterRow) -> bool:
    parties = [member for member in (plan.member(str(row.cells.get(key) or "")) for key in ("licensor", "licensee")) if member]
    homes = [home(plan, member) for member in parties]
    if row.cells.get("cross_border") == "yes":
        known = len(homes) == 2 and all(homes) and bool(row.cells.get("territory"))
        return not known or any("CN" in place for place in homes) or "CN" in codes(row.cells.get("territory"))
    inside = [place for place in homes if "CN" in place]
    outside = [place for place in homes if place and "CN" not in place]
    return row.cells.get("cross_border") is None and bool(inside and outside)
