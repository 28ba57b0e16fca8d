"""The closed list of facts that prose may print, per language: `fact:title`, `fact:side-a.name` … ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tmp_builder.language import NAMES, counted, join, say_date
from tmp_builder.library.schema import Labels, Library
from tmp_builder.plan.schema import Member, Plan, Side

Printer = Callable[[Plan, Library, str], str]


def printed_fact(plan: Plan, library: Library, name: str, language: str) -> str:
    """The words of a printed fact; empty where the plan does not say it yet (it prints as a gap)."""
    return PRINTED_FACTS[name][0](plan, library, language)


def label_of(name: str, language: str) -> str:
    """What a gap for this fact is called."""
    return PRINTED_FACTS[name][1][language]


def address_of(name: str) -> str:
    """The part of the plan that a printed fact comes from."""
    return PRINTED_FACTS[name][2]


def gap_address(plan: Plan, name: str, language: str) -> str:
    """Where the missing words of a printed fact belong: the name that lacks this language, else the part the fact comes from."""
    holders = _HOLDERS[name](plan) if name in _HOLDERS else []
    for address, names in holders:
        if names is None:
            return address
        if not names.get(language):
            return f"{address}.{language}"
    return address_of(name)


def _title(plan: Plan, _library: Library, language: str) -> str:
    return plan.title.get(language, "")


def _effective(plan: Plan, _library: Library, language: str) -> str:
    if plan.conditional:
        words = {"en": "the day on which the last of the agreed conditions is met", "zh": "约定的各项条件全部成就之日"}
        return words[language]
    return say_date(plan.effective_date, language) if plan.effective_date else ""


def _dated(plan: Plan, _library: Library, language: str) -> str:
    return say_date(plan.dated, language) if plan.dated else ""


def _members(plan: Plan, _library: Library, language: str) -> str:
    names = [member.name.get(language, "") for member in plan.members]
    return join(names, language) if all(names) else ""


def _count(plan: Plan, _library: Library, language: str) -> str:
    return counted(len(plan.members), language) if plan.members and not plan.template else ""


def _leads(plan: Plan, _library: Library, language: str) -> str:
    leads = [plan.member(side.lead) for side in plan.sides if side.lead]
    named = leads or [member for member in plan.members if member.role == "lead"]
    names = [lead.name.get(language, "") for lead in named if lead]
    return join(names, language) if names and all(names) else ""


def _side(index: int) -> Callable[[Plan], Side | None]:
    return lambda plan: plan.sides[index] if len(plan.sides) > index else None


def _side_name(index: int) -> Printer:
    def say(plan: Plan, _library: Library, language: str) -> str:
        side = _side(index)(plan)
        return side.name.get(language, "") if side else ""

    return say


def _side_lead(index: int) -> Printer:
    def say(plan: Plan, _library: Library, language: str) -> str:
        side = _side(index)(plan)
        lead = plan.member(side.lead) if side else None
        return lead.name.get(language, "") if lead else ""

    return say


def _side_territory(index: int) -> Printer:
    def say(plan: Plan, library: Library, language: str) -> str:
        side = _side(index)(plan)
        return _territories(side.territory if side else (), library, language)

    return say


def _territories(codes: tuple[str, ...], library: Library, language: str) -> str:
    return join([library.territories[code][language] for code in codes], language)


def _entity(plan: Plan, _library: Library, language: str) -> str:
    entity = next((member for member in plan.members if member.type == "consortium-entity"), None)
    return entity.name.get(language, "") if entity else ""


def _languages(plan: Plan, _library: Library, language: str) -> str:
    return join([NAMES[language][each] for each in plan.languages], language)


def _calendars(plan: Plan, library: Library, language: str) -> str:
    return _territories(plan.dates.calendars, library, language)


def _day_rule(plan: Plan, _library: Library, language: str) -> str:
    return _DAY_RULES[plan.dates.day_rule][language]


_DAY_RULES: Mapping[str, Labels] = {
    "corresponding-day": {
        "en": "the day of the last month that has the same number as the day from which the period runs, or the last day of that month "
        "if it has no such day",
        "zh": "最后一月中与起算日相对应的日；该月没有对应日的，为该月的最后一日",
    },
    "day-before": {
        "en": "the day before the day of the last month that has the same number as the day on which the period begins, or the last day of that "
        "month if it has no such day",
        "zh": "最后一月中与起算日相对应的日的前一日；该月没有该日的，为该月的最后一日",
    },
}


def _instruments(plan: Plan, _library: Library, language: str) -> str:
    rows = plan.values.get("basis.protocol.instruments") or ()
    titles = [_text(row.get("title", ""), language) for row in rows]
    return join([title for title in titles if title], language)


def _text(value: str | Mapping[str, str], language: str) -> str:
    return value if isinstance(value, str) else value.get(language) or next(iter(value.values()), "")


Holders = list[tuple[str, Labels | None]]
"""Addresses with the names that stand there; None where the part itself is missing."""


def _member_names(members: Iterable[Member]) -> Holders:
    return [(f"members.{member.id}.name", member.name) for member in members]


def _side_names(index: int) -> Callable[[Plan], Holders]:
    return lambda plan: [(f"sides.{side.id}.name", side.name) for side in plan.sides[index : index + 1]]


def _lead_names(sides: slice) -> Callable[[Plan], Holders]:
    def find(plan: Plan) -> Holders:
        missing: Holders = [(f"sides.{side.id}.lead", None) for side in plan.sides[sides] if not plan.member(side.lead)]
        return missing + _member_names(lead for side in plan.sides[sides] if (lead := plan.member(side.lead)))

    return find


_HOLDERS: Mapping[str, Callable[[Plan], Holders]] = {
    "title": lambda plan: [("title", plan.title)],
    "members": lambda plan: _member_names(plan.members),
    "leads": _lead_names(slice(None)),
    "side-a.name": _side_names(0),
    "side-a.lead": _lead_names(slice(0, 1)),
    "side-b.name": _side_names(1),
    "side-b.lead": _lead_names(slice(1, 2)),
    "entity": lambda plan: _member_names(member for member in plan.members if member.type == "consortium-entity"),
}
"""The names that printed facts are made of."""

PRINTED_FACTS: Mapping[str, tuple[Printer, Labels, str]] = {
    "title": (_title, {"en": "Title", "zh": "名称"}, "title"),
    "effective-date": (_effective, {"en": "Effective Date", "zh": "生效日"}, "effective-date"),
    "dated": (_dated, {"en": "Date of this document", "zh": "文件日期"}, "dated"),
    "members": (_members, {"en": "Members", "zh": "成员单位"}, "members"),
    "member-count": (_count, {"en": "number of Members", "zh": "成员单位数量"}, "members"),
    "leads": (_leads, {"en": "Leads", "zh": "牵头单位"}, "sides"),
    "side-a.name": (_side_name(0), {"en": "name of the first Side", "zh": "第一国别方名称"}, "sides"),
    "side-a.lead": (_side_lead(0), {"en": "Lead of the first Side", "zh": "第一国别方牵头单位"}, "sides"),
    "side-a.territory": (_side_territory(0), {"en": "territory of the first Side", "zh": "第一国别方地域"}, "sides"),
    "side-b.name": (_side_name(1), {"en": "name of the second Side", "zh": "第二国别方名称"}, "sides"),
    "side-b.lead": (_side_lead(1), {"en": "Lead of the second Side", "zh": "第二国别方牵头单位"}, "sides"),
    "side-b.territory": (_side_territory(1), {"en": "territory of the second Side", "zh": "第二国别方地域"}, "sides"),
    "entity": (_entity, {"en": "Consortium Entity", "zh": "联盟法人实体"}, "members"),
    "languages": (_languages, {"en": "languages", "zh": "文字"}, "languages"),
    "calendars": (_calendars, {"en": "calendars", "zh": "工作日历"}, "dates.calendars"),
    "day-rule": (_day_rule, {"en": "day rule", "zh": "期末日规则"}, "dates.day-rule"),
    "instruments": (_instruments, {"en": "instruments", "zh": "依据文件"}, "parameters.basis.protocol.instruments"),
}
