"""OWN-04 and OWN-05: territories: each country in one place, third countries and Hong Kong, Macau and Taiwan treated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tmp_builder.findings import Force, Severity
from tmp_builder.plan.schema import Member, Plan
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.homes import bound, home
from tmp_builder.rules.facts.special_terms import has_in, scopes, values_in
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import members_named, only, places_named

THIRD_COUNTRIES = tuple(f"territory.third-country-{name}" for name in ("inventor", "joint-pool", "first-filer"))
MAP = "ownership.territory-split.map"


@rule("OWN-04", Severity.ERROR, Force.CONTRACT, "CERC-IP; USNL Annex I III.B(2)(b); CNPL Art. 10")
def the_map_of_territories_is_complete(case: Case) -> Iterator[Hit]:
    """Ownership by territory: every territory of the members' countries is mapped once and only once, with a rule on
    third countries.

    Why: a territory that is not mapped has no owner; one that is mapped twice has two.
    Bad: a map of US and CN beside a member in Germany; CN on two rows. Good: each code on one row, and `territory:
    third-country-inventor`.
    Decision: to be mapped are the territories of the sides and the country (or `territory-code`) of each member of a
    side. The country of a neutral member is a third country. While there is no map at all it is an open question
    (STR-05).
    """
    for _, rows, where in values_in(case, MAP):
        counts = Counter(code for row in rows for code in row.get("territory") or ())
        missing = [code for code in _to_map(case.plan) if code not in counts]
        twice = sorted(code for code, count in counts.items() if count > 1)
        if missing:
            names = places_named(case.library, missing)
            yield _unmapped(where, f"the map of territories leaves out {names['en']}", f"地域划分表遗漏{names['zh']}")
        if twice:
            names = places_named(case.library, twice)
            yield _unmapped(where, f"the map of territories has {names['en']} more than once", f"地域划分表重复列入{names['zh']}")
    split = [address for project, address in scopes(case, "ownership") if has_in(case, project, "ownership.territory-split")]
    if split and not set(THIRD_COUNTRIES) & set(case.plan.entered("territory")):
        yield Hit(
            "Project IP is divided by territory, but no rule says who owns it in third countries",
            "项目知识产权按地域划分归属，但未规定第三国或地区的归属",
            "choices.territory",
            "ownership.territory-split",
            fix=fix(f"Add one of {', '.join(THIRD_COUNTRIES)}.", f"增加其中之一：{'、'.join(THIRD_COUNTRIES)}。"),
            cause="need:" + "|".join(THIRD_COUNTRIES),
        )


def _unmapped(where: str, en: str, zh: str) -> Hit:
    advice = fix("Give each country or region exactly one row.", "每个国家或地区仅列一行。")
    return Hit(en, zh, where, "ownership.territory-split", fix=advice)


def _to_map(plan: Plan) -> list[str]:
    codes = [code for side in plan.sides for code in side.territory]
    codes += [code for member in bound(plan) if member.side != "neutral" for code in _territory(plan, member)]
    return list(dict.fromkeys(codes))


def _territory(plan: Plan, member: Member) -> list[str]:
    """The territory of a member: its own code where it has one, else its country."""
    return sorted(member.cells.get("territory_code") or home(plan, member))


@rule("OWN-05", Severity.ERROR, Force.CONTRACT, "USNL Annex I III.B(2)(b)-(c); CERC-IP; K: regional patent regimes")
def territories_are_clear(case: Case) -> Iterator[Hit]:
    """With rights per territory every member's country lies in exactly one side's territory, and Hong Kong, Macau and
    Taiwan are treated.

    Why: a country in two territories gives both sides the same right; Hong Kong, Macau and Taiwan have patent and
    export regimes of their own.
    Bad: US in the territory of both sides; a Chinese side without `territory.hong-kong-macau-taiwan`. Good: disjoint
    lists and that option.
    Decision: judged once every side names its territory. The country of a neutral member is a third country. With
    `territory-split` the map takes the place of the lists, so OWN-04 reports what is missing in it.
    """
    split = any(has_in(case, project, "ownership.territory-split") for project, _ in scopes(case, "ownership"))
    right = case.plan.has("territory.own-territory-right")
    if right and not split and all(side.territory for side in case.plan.sides):
        yield from _outside(case)
    treated = "territory.hong-kong-macau-taiwan" in case.plan.entered("territory")
    if (right or split) and not treated and case.holds("chinese-side"):
        yield Hit(
            "a Chinese side takes part in a plan with rights per territory, but nothing says "
            "how Hong Kong, Macau and Taiwan are treated",
            "本计划按地域划分权利且有中方参加，但未规定香港、澳门和台湾地区的处理",
            "choices.territory",
            "territory.own-territory-right" if right else "ownership.territory-split",
            fix=fix("Add territory.hong-kong-macau-taiwan.", "增加territory.hong-kong-macau-taiwan。"),
        )


def _outside(case: Case) -> Iterator[Hit]:
    """Countries of members that lie in no side's territory, or in more than one."""
    lists = Counter(code for side in case.plan.sides for code in set(side.territory))
    last = {code: side.id for side in case.plan.sides for code in side.territory}
    there: dict[str, list[Member]] = {}
    for member in bound(case.plan):
        if member.side != "neutral":
            for code in _territory(case.plan, member):
                there.setdefault(code, []).append(member)
    for code, members in there.items():
        if lists[code] != 1:
            place, names = places_named(case.library, [code]), members_named(members)
            several = lists[code] > 1
            how = {"en": f"in {lists[code]} territories" if several else "in no side's territory", "zh": ""}
            how["zh"] = f"同时列入{lists[code]}个地域" if several else "未列入任何国别方的地域"
            yield Hit(
                f"{place['en']}, the country or region of {names['en']}, is {how['en']}",
                f"{names['zh']}所在的{place['zh']}{how['zh']}",
                f"sides.{last[code]}.territory" if several else f"members.{members[0].id}.country",
                "territory.own-territory-right",
                only(members),
                fix=fix("Put it into the territory of exactly one side.", "将其列入且仅列入一个国别方的地域。"),
            )
