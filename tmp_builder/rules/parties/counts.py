"""PAR-04: numbers of members that bespoke text states, against the schedule of members."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tmp_builder.document.nodes import Clause
from tmp_builder.document.walk import plain, texts_of
from tmp_builder.findings import Force, Severity
from tmp_builder.plan.schema import Plan
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.homes import bound
from tmp_builder.rules.fixes import fix

_STATED = {
    "en": re.compile(
        r"(?P<before>[^.;\d]{0,60})(?<![\d.,])(?P<n>\d[\d,]{0,8})\)?\s(?P<after>(?:[A-Z]\w*\s){0,2}Members?\b[^.;\d]{0,40})"
    ),
    "zh": re.compile(
        r"(?P<before>[^。；，、\d]{0,30})(?P<n>\d[\d,]{0,8})[）)]?\s?(?P<after>[家个名]?[^。；，、\d]{0,8}?成员单位)"
    ),
}
_VAGUE = re.compile(
    r"at least|at most|more than|fewer than|less than|up to|any|each|every|至少|不少于|不低于|不超过|至多|超过|少于|多于|任何|每",
    re.IGNORECASE,
)


@rule("PAR-04", Severity.WARNING, Force.HOUSE, "SEED0: 168 members are 107 and 61")
def stated_counts_agree(case: Case) -> Iterator[Hit]:
    """A number of members stated in the text is that of the schedule of members, in total and per side.

    Why: a list in the text that disagrees with the schedule leaves open who is bound.
    Bad: “the 170 Members” over a schedule with 168 rows. Good: `{{ fact:member-count }}`, which is counted and never
    wrong.
    Decision: clauses of the library print counted numbers, so the rule reads bespoke wording and additional clauses.
    A number before “Members” or 成员单位 is the total, or that of a side whose name stands with it; “at least three
    Members” states no total. Members that have left are not counted.
    """
    own = {**{option: f"wording.{option}" for option in case.plan.wording}}
    own |= {f"additional.{each.id}": f"additional.{each.id}" for each in case.plan.additional}
    for clause in case.clauses:
        if clause.origin in own:
            for stated, counted, whose in sorted(_miscounts(case.plan, clause)):
                whom = {"en": f" on side {whose}" if whose else "", "zh": f"国别方{whose}的" if whose else ""}
                yield Hit(
                    f"clause {case.numbers[clause.id]} speaks of {stated} Members{whom['en']}; the schedule of members has {counted}",
                    f"第{case.numbers[clause.id]}条称{whom['zh']}成员单位为{stated}家，成员单位清单中为{counted}家",
                    own[clause.origin],
                    clause.id,
                    fix=fix(
                        f"Write {counted}, or {{{{ fact:member-count }}}} for the total.",
                        f"改为{counted}，总数可写{{{{ fact:member-count }}}}。",
                    ),
                )


def _miscounts(plan: Plan, clause: Clause) -> set[tuple[int, int, str]]:
    """(stated, counted, side) for each number of members that a clause gets wrong, in either language."""
    wrong = set()
    for texts in texts_of(clause):
        for language, inlines in texts.items():
            for found in _STATED[language].finditer(plain(inlines)):
                if not _VAGUE.search(found["before"]):
                    stated = int(found["n"].replace(",", ""))
                    whose = _side_meant(plan, found, language)
                    counted = sum(1 for member in bound(plan) if whose in ("", member.side))
                    if stated != counted:
                        wrong.add((stated, counted, whose))
    return wrong


def _side_meant(plan: Plan, found: re.Match[str], language: str) -> str:
    """The side that a number of members belongs to: its name stands behind it in English, on either side of it in Chinese."""
    words = found["after"] if language == "en" else found["before"] + found["after"]
    for side in plan.sides:
        name = side.name.get(language, "").removeprefix("the ")
        if name and name in words:
            return side.id
    return ""
