"""The one table of named facts: what a plan says or implies about the world, as yes, no or not yet known.

A fact is computed from the plan where that is possible; otherwise the plan's `facts:` answers it. Unknown (None) is an open
question, never "no". `required-when`, `needs.if`, `when` of slots, profiles, questions and rules use only these names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from msgspec import Struct

from tmp_builder.library.schema import Labels, Library
from tmp_builder.plan.schema import Plan
from tmp_builder.plan.truths import Truth, all_of, any_of


class Fact(Struct, frozen=True):
    """A named fact: how it is computed, and the question that a person answers where it cannot be."""

    compute: Callable[[Plan, Library], Truth]
    question: Labels


def facts_of(plan: Plan, library: Library) -> Mapping[str, Truth]:
    """Every named fact of a plan."""
    return {name: fact(plan, library, name) for name in NAMED_FACTS}


def fact(plan: Plan, library: Library, name: str) -> Truth:
    """One named fact: computed, else as the plan's `facts:` answers, else unknown. `always` and `never` are facts too."""
    if name in ("always", "never"):
        return name == "always"
    computed = NAMED_FACTS[name].compute(plan, library)
    return plan.facts.get(name) if computed is None else computed


# ── how each is computed ────────────────────────────────────────────────────────────────────────────────────────────


def _brought(name: str) -> Callable[[Plan, Library], Truth]:
    """A fact that choices bring: yes if a chosen option does, no once every section with such an option is decided."""

    def compute(plan: Plan, library: Library) -> Truth:
        bringing = [option for option in library.options.values() if name in option.brings]
        if any(plan.has(option.id) for option in bringing):
            return True
        if any(option.id in plan.entered() for option in bringing):
            return None
        decided = all(option.section in plan.choices for option in bringing)
        return False if decided and bringing else None

    return compute


def _members(test: Callable[[Plan, int], Truth]) -> Callable[[Plan, Library], Truth]:
    """Yes if it holds for one member; unknown while there is no member."""

    def compute(plan: Plan, _library: Library) -> Truth:
        return any_of(test(plan, index) for index in range(len(plan.members))) if plan.members else None

    return compute


def _places(plan: Plan, index: int) -> set[str]:
    """Where a member is organised: its country, else the territory of its side."""
    member = plan.members[index]
    side = plan.side(member.side)
    return {member.country} if member.country else set(side.territory if side else ())


def _organised(code: str) -> Callable[[Plan, int], Truth]:
    def test(plan: Plan, index: int) -> Truth:
        places = _places(plan, index)
        if code in places or code in plan.members[index].work_places:
            return True
        return False if places else None

    return test


def _employer_in(code: str) -> Callable[[Plan, int], Truth]:
    def test(plan: Plan, index: int) -> Truth:
        places = _places(plan, index)
        return (code in places) if places else None

    return test


def _money(kind: str) -> Callable[[Plan, Library], Truth]:
    """Public money of a kind ("" for any): of a member, or a funding award; unknown while a member does not say."""

    def compute(plan: Plan, _library: Library) -> Truth:
        awards = [str(row.cells.get("funder", "")) for row in plan.rows("awards")]
        if any(funder in (kind.replace("-", "_"), kind) or (not kind and funder) for funder in awards):
            return True
        if not plan.members:
            return None
        return any_of(_has_money(money, kind) for money in (member.public_money for member in plan.members))

    return compute


def _has_money(money: tuple[str, ...], kind: str) -> Truth:
    if not money:
        return None
    return kind in money if kind else money != ("none",)


def _doe(plan: Plan, library: Library) -> Truth:
    awards = [row for row in plan.rows("awards") if row.cells.get("funder") == "us_federal"]
    agencies = [_words(row.cells.get("agency")) for row in awards]
    if any("department of energy" in agency or re.search(r"\b(doe|arpa-e)\b|能源部", agency) for agency in agencies):
        return True
    if fact(plan, library, "us-federal-money") is False or (agencies and all(agencies)):
        return False
    return None


def _words(text: object) -> str:
    """A text of one or both languages, in lower case."""
    return " ".join(text.values()).lower() if isinstance(text, Mapping) else str(text or "").lower()


def _type(*types: str) -> Callable[[Plan, int], Truth]:
    def test(plan: Plan, index: int) -> Truth:
        kind = plan.members[index].type
        return kind in types if kind else None

    return test


def _private(plan: Plan, index: int) -> Truth:
    member = plan.members[index]
    owned = member.cells.get("state_owned")
    if not member.type or (member.type == "institute" and owned is None):
        return None
    return member.type == "company" or (member.type == "institute" and owned == "no")


def _work(code: str) -> Callable[[Plan, Library], Truth]:
    def compute(plan: Plan, _library: Library) -> Truth:
        projects, members = ([each.work_places for each in every] for every in (plan.projects, plan.members))
        if any(code in places for places in (*projects, *members)):
            return True
        named = projects or members
        return False if named and all(named) else None

    return compute


def _joint_ownership(plan: Plan, library: Library) -> Truth:
    by_result = any(len(set(_listed(row.cells.get("employers")))) > 1 for row in plan.rows("results"))
    return True if by_result else _brought("joint-ownership-possible")(plan, library)


def _listed(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _sta_2024(plan: Plan, library: Library) -> Truth:
    basis = fact(plan, library, "sta-basis")
    if not basis:
        return basis
    instruments = plan.values.get("basis.protocol.instruments")
    return None if instruments is None else any(row.get("kind") == "sta_2024" for row in instruments)


def _crosses_border(plan: Plan, _library: Library) -> Truth:
    if "datasets" not in plan.registers:
        return None
    return any_of(_leaves(plan, row.cells) for row in plan.rows("datasets"))


def _leaves(plan: Plan, cells: Mapping[str, object]) -> Truth:
    """Whether a dataset has a recipient in another country than its place; unknown while a place is."""
    here = {str(code) for code in _listed(cells.get("place"))}
    recipients = _listed(cells.get("recipients"))
    there = [_places(plan, index) for index, member in enumerate(plan.members) if member.id in recipients]
    return any_of(not places & here if places and here else None for places in there)


def _rows(register: str) -> Callable[[Plan, Library], Truth]:
    """Whether a register has rows; unknown while the plan does not name it (an explicit [] says none)."""

    def compute(plan: Plan, _library: Library) -> Truth:
        return bool(plan.rows(register)) if register in plan.registers else None

    return compute


def _competitors(plan: Plan, _library: Library) -> Truth:
    return True if any(member.competes_with for member in plan.members) else None


def _standards(plan: Plan, library: Library) -> Truth:
    return True if _brought("standards")(plan, library) else None


def _tiers(plan: Plan) -> list[str]:
    return [project.tier for project in plan.projects] + [str(row.cells.get("tier", "")) for row in plan.rows("technologies")]


def _sensitive(plan: Plan, _library: Library) -> Truth:
    listed = any(row.cells.get("us_class") or row.cells.get("cn_catalogue_item") for row in plan.rows("technologies"))
    return True if listed or {"yellow", "red"} & set(_tiers(plan)) else None


def _yellow(plan: Plan, _library: Library) -> Truth:
    tiers = _tiers(plan)
    return True if "yellow" in tiers else False if tiers and all(tiers) else None


def _foreign_filing(plan: Plan, _library: Library) -> Truth:
    wishes = [project.filing_wishes for project in plan.projects if project.filing_wishes]
    return True if any(len(set(codes)) > 1 for codes in wishes) else None


def _sides(plan: Plan, _library: Library) -> Truth:
    return len(plan.sides) >= 2


def _chinese_side(plan: Plan, _library: Library) -> Truth:
    return any("CN" in side.territory for side in plan.sides)


def _many(plan: Plan, _library: Library) -> Truth:
    """One party makes no alliance: the list is only begun, and how long it becomes is not known."""
    return len(plan.members) > 2 if len(plan.members) > 1 else None


def _both(one: str, two: str) -> Callable[[Plan, Library], Truth]:
    return lambda plan, library: all_of((fact(plan, library, one), fact(plan, library, two)))


def _either(one: str, two: str) -> Callable[[Plan, Library], Truth]:
    return lambda plan, library: any_of((fact(plan, library, one), fact(plan, library, two)))


def _one_title(plan: Plan, _library: Library) -> Truth:
    return not plan.has("ownership.territory-split")


def _bilingual(plan: Plan, _library: Library) -> Truth:
    return len(plan.languages) > 1


def _asked(_plan: Plan, _library: Library) -> Truth:
    """Cannot be computed: a person answers."""
    return None


def _fact(compute: Callable[[Plan, Library], Truth], en: str, zh: str) -> Fact:
    return Fact(compute, {"en": en, "zh": zh})


NAMED_FACTS: Mapping[str, Fact] = {
    "sta-basis": _fact(
        _brought("sta-basis"), "Does the plan rest on an intergovernmental protocol?", "本计划是否以政府间议定书为基础？"
    ),
    "sta-2024": _fact(
        _sta_2024,
        "Is the 2024 US–China protocol among the instruments the plan rests on?",
        "本计划的依据文件是否包括2024年中美议定书？",
    ),
    "bilingual": _fact(_bilingual, "Is the document in two languages?", "文件是否采用两种文字？"),
    "two-sides": _fact(_sides, "Are the members grouped in two Sides?", "成员单位是否分属两个国别方？"),
    "chinese-side": _fact(_chinese_side, "Is one of the Sides Chinese?", "国别方中是否有中方？"),
    "more-than-two-members": _fact(_many, "Are there more than two members?", "成员单位是否多于两家？"),
    "public-money": _fact(_money(""), "Does public money pay for any of the work?", "是否有公共资金资助？"),
    "us-federal-money": _fact(_money("us-federal"), "Does US federal money pay for any of the work?", "是否有美国联邦资金资助？"),
    "doe-money": _fact(_doe, "Is any of it money of the US Department of Energy?", "其中是否有美国能源部资金？"),
    "crada": _fact(
        _asked, "Does a US national laboratory take part under a CRADA?", "是否有美国国家实验室依合作研发协议（CRADA）参加？"
    ),
    "cn-fiscal-money": _fact(
        _money("cn-fiscal"), "Does Chinese fiscal money pay for any of the work?", "是否有中国财政资金资助？"
    ),
    "eu-money": _fact(_money("eu"), "Does an EU grant pay for any of the work?", "是否有欧盟资金资助？"),
    "us-party": _fact(
        _members(_organised("US")),
        "Is a member organised or working in the United States?",
        "是否有在美国设立或开展工作的成员单位？",
    ),
    "cn-party": _fact(
        _members(_organised("CN")), "Is a member organised or working in China?", "是否有在中国设立或开展工作的成员单位？"
    ),
    "us-and-cn": _fact(_both("us-party", "cn-party"), "Do US and Chinese members take part?", "是否同时有美国和中国成员单位？"),
    "us-work": _fact(_work("US"), "Is any of the work done in the United States?", "是否有工作在美国进行？"),
    "cn-work": _fact(_work("CN"), "Is any of the work done in China?", "是否有工作在中国进行？"),
    "work-in-both": _fact(_both("us-work", "cn-work"), "Is work done in both countries?", "两国是否均有工作？"),
    "cn-employer": _fact(
        _members(_employer_in("CN")), "Does a member employ inventors in China?", "是否有成员单位在中国雇用发明人？"
    ),
    "university-member": _fact(_members(_type("university")), "Is a university among the members?", "成员单位中是否有高校？"),
    "private-member": _fact(
        _members(_private), "Is a company or private institute among the members?", "成员单位中是否有企业或民办机构？"
    ),
    "entity-member": _fact(
        _members(_type("consortium-entity")), "Does the Consortium have a legal entity of its own?", "联盟是否设有法人实体？"
    ),
    "joint-ownership-possible": _fact(_joint_ownership, "Can results come to be jointly owned?", "成果是否可能由多方共有？"),
    "title-not-by-territory": _fact(
        _one_title, "Is title to Project IP the same in every territory?", "项目知识产权的归属是否不按地域划分？"
    ),
    "data-crosses-borders": _fact(_crosses_border, "Do data sets cross a border?", "是否有数据跨境？"),
    "equipment-listed": _fact(
        _rows("equipment"), "Is equipment or material brought in, lent or developed?", "是否投入、出借或研制设备或材料？"
    ),
    "competitors": _fact(_competitors, "Do some members compete with each other?", "成员单位之间是否存在竞争？"),
    "standards": _fact(_standards, "Do the members want to set or implement a standard?", "成员单位是否拟制定或实施标准？"),
    "competitors-or-standards": _fact(
        _either("competitors", "standards"), "Do members compete, or set standards?", "成员单位是否相互竞争或制定标准？"
    ),
    "sensitive-technology": _fact(
        _sensitive, "Is any technology sensitive or export-controlled?", "是否涉及敏感或受出口管制的技术？"
    ),
    "yellow-project": _fact(_yellow, "Is any project in the yellow tier?", "是否有黄类项目？"),
    "reciprocity-promised": _fact(_brought("reciprocity-promised"), "Is reciprocity promised?", "是否约定对等？"),
    "money-flows": _fact(
        _brought("money-flows"), "Do royalties, dues or shares of income flow?", "是否有许可费、会费或收益分成？"
    ),
    "foreign-filing": _fact(
        _foreign_filing, "Will patents be filed outside the country of invention?", "是否将在发明完成地以外申请专利？"
    ),
}
