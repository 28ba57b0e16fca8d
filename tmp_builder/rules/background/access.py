"""BIP-04 to BIP-07, BIP-09: what others may do with Background IP: encumbrances, competitors, limits, export control."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tmp_builder.findings import Force, Severity
from tmp_builder.plan.schema import Member, Plan, Project, RegisterRow
from tmp_builder.rules.background.items import excluded, ident_of, is_open, items, projects_of, users
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.homes import foreign_to, participants
from tmp_builder.rules.facts.special_terms import has_in, scopes, values_in
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import listed, member_name, members_named, text_of

FAIR, FREE = "background-access.exploitation-fair-reasonable", "background-access.exploitation-royalty-free"
REQUEST_BACKGROUND = f"{FAIR}.request_window_months"
REQUEST_RESULTS = "licences.project-free-exploitation-fair.request_window_months"

UNCONTROLLED = frozenset(("none", "no", "n/a", "-", "–", "ear99", "not controlled", "无", "不受控", "不受管制", "未列入"))
"""What stands in a column for a control class when there is none; EAR99 is the class of goods that are on no control list."""


@rule("BIP-04", Severity.ERROR, Force.CONTRACT, "DESCA Section 9.1.1; DOE-IPMP background IP list")
def encumbered_items_state_their_limits(case: Case) -> Iterator[Hit]:
    """An item on which a third party or a funder has rights states the limits of its use where exploitation access is
    granted.

    Why: the holder cannot grant more than it has; without the limit the user builds a product on a licence that does
    not exist.
    Bad: `encumbrances: funder` and an empty `limits` under a right to exploit. Good: `limits: research use only until
    2030`.
    Decision: exploitation access is `exploitation-fair-reasonable` or `exploitation-royalty-free`, in the plan or in
    a project of the item; a mere option to negotiate grants nothing yet. Items that their row closes (no access, not
    licensable, withdrawn) are left alone.
    """
    words = {"funder": {"en": "a funder", "zh": "资助机构"}, "third_party": {"en": "a third party", "zh": "第三方"}}
    for row in items(case.plan):
        burdens = [kind for kind in words if kind in (row.cells.get("encumbrances") or ())]
        grants = [option for project in projects_of(case.plan, row) for option in (FAIR, FREE) if has_in(case, project, option)]
        if burdens and grants and is_open(row) and not row.cells.get("limits"):
            title, whose = text_of(row.cells.get("title")), listed(words[kind] for kind in burdens)
            yield Hit(
                f"{row.id} “{title['en']}” is open to exploitation although {whose['en']} has rights in it, "
                "and no limit is stated",
                f"{row.id}“{title['zh']}”可用于商业实施，但{whose['zh']}对其享有权利，且未载明使用限制",
                f"{row.address}.limits",
                grants[0],
                ident_of(row),
                fix=fix("State the limits, or set access_terms: none.", "载明限制，或者设access_terms: none。"),
            )


@rule("BIP-05", Severity.WARNING, Force.HOUSE, "K: drafting practice")
def competitors_do_not_share_for_free(case: Case) -> Iterator[Hit]:
    """Royalty-free exploitation of background is not agreed among members that compete.

    Why: the competitor's product would run on the holder's secret without payment; owners answer by listing nothing.
    Bad: `background-access: exploitation-royalty-free` while A3 competes with B4. Good:
    `exploitation-fair-reasonable`, or `none`.
    Decision: where only a project grants it, its participants are looked at. One finding names the pairs.
    """
    for project, address in scopes(case, "background-access"):
        if has_in(case, project, FREE):
            pairs = _rivals(case.plan, project)
            if pairs:
                names = listed(
                    {lang: f"{member_name(a)[lang]} / {member_name(b)[lang]}" for lang in ("en", "zh")} for a, b in pairs
                )
                yield Hit(
                    f"background may be exploited free of royalty, while members compete: {names['en']}",
                    f"背景知识产权可免费商业实施，而下列成员单位相互竞争：{names['zh']}",
                    address,
                    FREE,
                    fix=fix("Choose exploitation-fair-reasonable, or none.", "改选exploitation-fair-reasonable或者none。"),
                )


def _rivals(plan: Plan, project: Project | None) -> list[tuple[Member, Member]]:
    """Pairs of members that one of them marks as competitors, each pair once."""
    there = {member.id: member for member in participants(plan, project)}
    pairs = {tuple(sorted((a, b))) for a, member in there.items() for b in member.competes_with if b in there and a != b}
    return [(there[a], there[b]) for a, b in sorted(pairs)]


@rule("BIP-06", Severity.WARNING, Force.CONTRACT, "DESCA Sections 9.4.2 and 9.4.3")
def exploitation_access_is_bounded(case: Case) -> Iterator[Hit]:
    """Access to background for exploitation is bounded by a test of need or by a window for requests.

    Why: an unbounded claim reaches the whole portfolio for all time, and owners then bring nothing in.
    Bad: bespoke wording that grants every use of Background IP for exploitation. Good: “to the extent Needed to
    exploit its own Results”, or a request within `{{ request_window_months }}` after the project.
    Decision: the cards on exploitation carry a test of need, so the rule reads bespoke wording that takes their
    place. It looks for the defined term Needed (必需) and for the blank of the request window, in each language; one of
    the two is enough, and the feature `needed-test` or `request-window` declares one that is worded otherwise.
    """
    for option in (FAIR, FREE):
        wording = case.plan.wording.get(option)
        if wording and option in case.plan.entered() and not {"needed-test", "request-window"} & set(wording.features):
            unbounded = [text for text, _ in wording.texts.values() if not _BOUNDED.search(text)]
            if unbounded:
                label = case.library.options[option].label
                yield Hit(
                    f"the bespoke wording of “{label['en']}” has neither a test of need nor a window for requests",
                    f"“{label['zh']}”的自拟条文既无“必需”标准，也无请求期限",
                    f"wording.{option}",
                    option,
                    fix=fix(
                        "Add “to the extent Needed”, or {{ request_window_months }}.",
                        "加入“必需”标准，或者{{ request_window_months }}。",
                    ),
                )


_BOUNDED = re.compile(r"\bNeeded\b|必需|\{\{\s*request_window_months\s*\}\}")


@rule("BIP-07", Severity.ERROR, Force.LAW, "EAR 15 CFR 734.13; CNECL Art. 2; TIER Arts 32–40")
def controlled_items_have_a_licence(case: Case) -> Iterator[Hit]:
    """An item with a control class is open to a foreign member only under a recorded licence; otherwise it is
    excluded or closed.

    Why: showing controlled technology to a foreign member is an export, wherever it happens; the penalty falls on the
    member and on its staff.
    Bad: `export_class_us: 3E001`, open to a Chinese member, `licence_ref` empty. Good: a licence reference, or an
    exclusion in Schedule 2.
    Decision: “none”, 无 and EAR99 are no control class. A US class concerns members organised outside the United
    States, a Chinese class those outside mainland China. Open is what the row does not close, in a project whose
    terms grant access to background at all; members whose country is not known are not judged.
    """
    for row in items(case.plan):
        if is_open(row) and not row.cells.get("licence_ref") and not excluded(case.plan, row):
            for column, code in (("export_class_us", "US"), ("export_class_cn", "CN")):
                yield from _uncovered(case, row, column, code)


def _uncovered(case: Case, row: RegisterRow, column: str, code: str) -> Iterator[Hit]:
    control = str(row.cells.get(column) or "").strip()
    foreign = [member for member in users(case, row) if foreign_to(case.plan, member, code)]
    if control and control.casefold() not in UNCONTROLLED and foreign:
        title, names = text_of(row.cells.get("title")), members_named(foreign)
        law = {"US": {"en": "US", "zh": "美国"}, "CN": {"en": "Chinese", "zh": "中国"}}[code]
        yield Hit(
            f"{row.id} “{title['en']}” has the {law['en']} control class {control} and is open to {names['en']} "
            "without a licence reference",
            f"{row.id}“{title['zh']}”属于{law['zh']}管制分类{control}，对{names['zh']}开放而未载明许可证件",
            f"{row.address}.{column}",
            party=ident_of(row),
            fix=fix(
                "Enter licence_ref, set access_terms: none, or exclude it.",
                "填写licence_ref，或者设access_terms: none，或者列入排除清单。",
            ),
        )


@rule("BIP-09", Severity.WARNING, Force.CONTRACT, "DESCA Sections 9.4.2 and 9.4.3")
def background_can_be_asked_for_as_long_as_results(case: Case) -> Iterator[Hit]:
    """The window to ask for background is not shorter than the window to ask for the results that need it.

    Why: a licence of a result is worth nothing when the background under it can no longer be had.
    Bad: 6 months for background, 12 for results. Good: the same window for both.
    Decision: both windows run from the close of the project, so their months are compared. A project's own value goes
    before the plan's.
    """
    results = case.value(REQUEST_RESULTS) if case.plan.has("licences.project-free-exploitation-fair") else None
    for _, months, where in values_in(case, REQUEST_BACKGROUND):
        if isinstance(results, int) and months < results:
            yield Hit(
                f"background can be asked for during {months} months after a project, the results that need it during {results}",
                f"项目结束后{months}个月内可请求使用背景知识产权，而需要它的成果可请求期为{results}个月",
                where,
                FAIR,
                fix=fix(f"Set request_window_months: {results} or more.", f"设request_window_months: {results}或者更长。"),
            )
