"""BIP-01 to BIP-03, BIP-08: what counts as Background IP: the lists, their owners, the day that divides it from Project IP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Member, Project, RegisterRow
from tmp_builder.rules.background.items import ident_of, in_both_projects, items, same_item
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.homes import bound
from tmp_builder.rules.facts.likeness import alike, forms
from tmp_builder.rules.facts.milestones import effective_day
from tmp_builder.rules.facts.special_terms import has_in, scopes, values_in
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day, listed, member_name, members_named, text_of

POSITIVE, NEGATIVE = "background.positive-list", "background.negative-list"
CUTOFF = "background.positive-list.cutoff"


@rule("BIP-01", Severity.ERROR, Force.CONTRACT, "DESCA Section 9.1")
def every_member_declares(case: Case) -> Iterator[Hit]:
    """Under a positive list every member has a row in the Background IP register: an item, or the statement “none”.

    Why: only listed items are open to the others; silence cannot be told from forgetting.
    Bad: four members, three of them in the register. Good: `{item_id: BG-4, member: B2, kind: none}`.
    Decision: where only a project uses the positive list, its participants declare. A register that is empty is one
    finding for all members; one of which the plan says nothing yet is a gap (STR-05). A row that was withdrawn still shows that its member has declared.
    """
    obliged = [] if case.plan.unlisted("background") else _obliged(case)
    declared = {row.cells.get("member") for row in case.plan.rows("background")}
    missing = [member for member in obliged if member.id not in declared]
    if missing and not declared:
        names = members_named(missing)
        yield Hit(
            "the positive list is chosen, but the Background IP register has no row; "
            f"{len(missing)} members have not declared: {names['en']}",
            f"已选积极清单，但背景知识产权清单没有任何内容，{len(missing)}家成员单位尚未申报：{names['zh']}",
            "registers.background",
            POSITIVE,
            fix=fix("Enter an item or kind: none for each member.", "为每家成员单位登记事项，或者登记kind: none。"),
            cause="need:background",
        )
        return
    for member in missing:
        name = member_name(member)
        yield Hit(
            f"{name['en']} ({member.id}) has no row in the Background IP register, not even “none”",
            f"{name['zh']}（{member.id}）在背景知识产权清单中没有任何一行，也未声明“无”",
            "registers.background",
            POSITIVE,
            member.id,
            fix=fix(f"Enter an item of {member.id}, or a row with kind: none.", f"为{member.id}登记事项，或者登记kind: none。"),
        )


def _obliged(case: Case) -> list[Member]:
    """The members that have to declare: all under the plan's own positive list, else those of the projects that use one."""
    if case.plan.has(POSITIVE):
        return bound(case.plan)
    idents = {ident for project in case.plan.projects if has_in(case, project, POSITIVE) for ident in project.members}
    return [member for member in bound(case.plan) if member.id in idents]


@rule("BIP-02", Severity.ERROR, Force.CONTRACT, "DESCA Section 9.1; K: list practice")
def no_item_is_in_and_out(case: Case) -> Iterator[Hit]:
    """No item is Background IP and excluded for the same project, and one way of listing is chosen, not both.

    Why: an item on both lists is open and closed at once; each side will cite the list it likes.
    Bad: BG-3 in Schedule 1 and in Schedule 2, both for Project P1. Good: excluded for P2, open for P1.
    Decision: rows mean the same item when they have the same id, or the same text as title and as description, and
    the same member. A row without projects holds for all. Rows that never hold on the same day (withdrawn before the
    exclusion begins, excluded until before it was added) do not meet.
    """
    for project, address in scopes(case, "background"):
        chosen = project.choices["background"].options if project else tuple(case.plan.chosen("background"))
        if POSITIVE in chosen and NEGATIVE in chosen:
            yield _both_lists(address, project)
    for row in items(case.plan):
        for other in case.plan.rows("exclusions"):
            if same_item(row, other) and _on_the_same_day(row, other):
                shared = in_both_projects(row, other)
                if shared is not None:
                    yield _in_and_out(row, other, shared)


def _both_lists(address: str, project: Project | None) -> Hit:
    return Hit(
        "positive list and negative list are both chosen: nothing tells whether an item on neither list is open",
        "同时选择了积极清单和消极清单：未列入任何清单的事项是否开放无从判断",
        address,
        NEGATIVE,
        fix=fix("Keep one of the two.", "保留其中之一。"),
        cause="" if project else "slot:background.list",
    )


def _in_and_out(row: RegisterRow, other: RegisterRow, shared: tuple[str, ...]) -> Hit:
    title = text_of(row.cells.get("title"))
    projects = {"en": ", ".join(shared) or "all projects", "zh": "、".join(shared) or "全部项目"}
    return Hit(
        f"{row.id} “{title['en']}” is listed as Background IP and excluded as {other.id}, both for {projects['en']}",
        f"{row.id}“{title['zh']}”既列为背景知识产权，又作为{other.id}被排除，均涉及{projects['zh']}",
        f"{other.address}",
        party=str(row.cells.get("member") or ""),
        fix=fix("Take it off one list, or divide it by project_ids.", "从其中一份清单删去，或者以project_ids划分。"),
    )


def _on_the_same_day(row: RegisterRow, other: RegisterRow) -> bool:
    added, withdrawn = row.cells.get("added_on"), row.cells.get("withdrawn_on")
    begins, ends = other.cells.get("from"), other.cells.get("until")
    gone = isinstance(withdrawn, date) and isinstance(begins, date) and withdrawn <= begins
    over = isinstance(ends, date) and isinstance(added, date) and ends < added
    return not gone and not over


@rule("BIP-03", Severity.ERROR, Force.CONTRACT, "DESCA Section 9.1; DOE-IPMP background IP list")
def owners_may_license(case: Case) -> Iterator[Hit]:
    """The owner of a listed item is a member, or an affiliate that a member lists, with the right to license it.

    Why: a member cannot open what belongs to somebody else.
    Bad: `owner: Star Materials Ltd` that is no member and on no list of affiliates. Good: `owner: A1`, or the company
    under `affiliates:`.
    Decision: an item without an owner is its member's own. Several owners are divided by semicolons; an outside
    co-owner does no harm where the row shows the encumbrance `co_owner` and `licensable: yes` or `limited`.
    `licensable: no` is reported unless the row says that there is no access (`access_terms: none`).
    """
    known = _known_owners(case)
    for row in items(case.plan):
        strangers = _strangers(row, known)
        shared = "co_owner" in (row.cells.get("encumbrances") or ()) and row.cells.get("licensable") in ("yes", "limited")
        if strangers and not (shared and len(strangers) < len(_owners(row, "en"))):
            yield _stranger(row, strangers)
        elif row.cells.get("licensable") == "no" and row.cells.get("access_terms") != "none":
            title = text_of(row.cells.get("title"))
            yield Hit(
                f"{row.id} “{title['en']}” is listed as open, but its owner may not license it (licensable: no)",
                f"{row.id}“{title['zh']}”列为可使用，但权利人无权许可（licensable: no）",
                f"{row.address}.licensable",
                party=ident_of(row),
                fix=fix("Obtain the right to license, or set access_terms: none.", "取得许可权，或者设access_terms: none。"),
            )


def _known_owners(case: Case) -> frozenset[str]:
    """Every name under which a member or a listed affiliate may stand as owner."""
    names: set[str] = set()
    for member in case.plan.members:
        names |= forms(member.name) | forms(member.id)
        for affiliate in member.cells.get("affiliates") or ():
            names |= forms(affiliate)
    return frozenset(names)


def _owners(row: RegisterRow, language: str) -> list[str]:
    words = text_of(row.cells.get("owner"))[language].replace("；", ";")
    return [part.strip() for part in words.split(";") if part.strip()]


def _strangers(row: RegisterRow, known: frozenset[str]) -> list[Labels]:
    """The owners of an item that are neither members nor listed affiliates, as each language names them."""
    owner = row.cells.get("owner")
    if not owner or forms(owner) & known:
        return []
    english, chinese = _owners(row, "en"), _owners(row, "zh")
    pairs = zip(english, chinese, strict=True) if len(english) == len(chinese) else ((name, name) for name in english)
    return [{"en": en, "zh": zh} for en, zh in pairs if not (forms(en) | forms(zh)) & known]


def _stranger(row: RegisterRow, strangers: list[Labels]) -> Hit:
    title, names = text_of(row.cells.get("title")), listed(strangers)
    return Hit(
        f"{row.id} “{title['en']}” belongs to {names['en']}, which is neither a member nor a listed affiliate with a right to license",
        f"{row.id}“{title['zh']}”的权利人为{names['zh']}，既非成员单位，亦非列明且有权许可的关联方",
        f"{row.address}.owner",
        party=ident_of(row),
        fix=fix("Correct the owner, list the affiliate, or take the item out.", "更正权利人、列明关联方，或者删去该事项。"),
    )


@rule("BIP-08", Severity.WARNING, Force.CONTRACT, "K: dispute practice; GAO on background IP")
def background_is_older_than_results(case: Case) -> Iterator[Hit]:
    """The cut-off date is not later than the Effective Date, and no item is added after a result on the same subject
    was registered.

    Why: an item that appears as background once a project has produced it takes the result away from its co-owners.
    Bad: result R-2 registered on 3 May 2028, BG-9 on the same subject added on 4 May 2028. Good: items entered before
    the project begins.
    Decision: the same subject means that the result names the item as related background, or that the titles agree.
    An item added on the day of registration is in time. With a conditional Effective Date the cut-off is compared
    once every condition is met.
    """
    effective = effective_day(case.plan)
    for _, cutoff, where in values_in(case, CUTOFF):
        if effective and cutoff > effective:
            said, begin = day(cutoff), day(effective)
            yield Hit(
                f"the cut-off date {said['en']} is later than the Effective Date {begin['en']}",
                f"基准日（{said['zh']}）晚于生效日（{begin['zh']}）",
                where,
                POSITIVE,
                fix=fix(
                    "Leave the cut-off date empty, or set it no later than the Effective Date.", "基准日留空，或者不晚于生效日。"
                ),
            )
    for row in items(case.plan):
        for result in case.plan.rows("results"):
            yield from _added_late(row, result)


def _added_late(row: RegisterRow, result: RegisterRow) -> Iterator[Hit]:
    added, registered = row.cells.get("added_on"), result.cells.get("registered_on")
    related = row.id in (result.cells.get("related_background") or ()) or alike(row.cells.get("title"), result.cells.get("title"))
    if related and isinstance(added, date) and isinstance(registered, date) and added > registered:
        title, when, first = text_of(row.cells.get("title")), day(added), day(registered)
        yield Hit(
            f"{row.id} “{title['en']}” was added on {when['en']}, after result {result.id} on the same subject "
            f"was registered on {first['en']}",
            f"{row.id}“{title['zh']}”于{when['zh']}列入，晚于同一主题的成果{result.id}的登记日（{first['zh']}）",
            f"{row.address}.added_on",
            party=ident_of(row),
            fix=fix("Prove that the item is older, or treat it as Project IP.", "证明该事项早于成果，或者按项目知识产权处理。"),
        )
