"""MEM-01, MEM-02, MEM-06, MEM-07: joining and leaving: forms, dates, what a defaulter keeps, successors of leads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR, date

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Member, Plan, RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.grants import promised, recorded
from tmp_builder.rules.facts.homes import bound
from tmp_builder.rules.facts.milestones import effective_day, signature_day
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.licensing.licensed_rights import in_force_on
from tmp_builder.rules.names import day, listed, member_name, side_name

LEAVING = ("leaver", "notice_date", "exit_date", "reason", "rights_kept", "equipment", "returned_items")
"""Columns of the leaving form; the others are those of the accession form."""

EXITS = {"good": "membership.leave-good", "default": "membership.leave-default", "security": "exit.suspend-security"}
"""The clause that governs an exit, by its reason."""


def leaving_form(plan: Plan, member: Member) -> RegisterRow | None:
    """The leaving form of a member."""
    forms = [row for row in plan.rows("accession") if any(column in row.cells for column in LEAVING)]
    return next(
        (row for row in forms if member.id in (row.cells.get("leaver"), row.id if not row.cells.get("leaver") else "")), None
    )


def leaves(plan: Plan, member: Member) -> bool:
    """Whether a member has left or is about to leave."""
    return member.status == "left" or bool(member.cells.get("left_on")) or leaving_form(plan, member) is not None


@rule("MEM-01", Severity.ERROR, Force.CONTRACT, "DESCA Sections 3.1.3 and 9.7.1")
def joiners_sign_before_they_have_rights(case: Case) -> Iterator[Hit]:
    """Whoever joins after the plan took effect has a signed accession form, and no rights before the form takes effect.

    Why: without the form the newcomer is not bound by secrecy or access duties; rights before it are a gift that nobody
    agreed.
    Bad: a member that joined on 1 April 2027 without a form; a form signed on 2 April with effect from 1 April. Good:
    signed on 1 April.
    Decision: a joiner is a member whose `joined-on` lies after the Effective Date and after the last signature; until one
    of them is known, nobody is. A form without a day of signature is no form. Under `effective: next_quarter` rights begin
    on the first day of the quarter after the signature. One finding a joiner.
    """
    founded = [when for when in (effective_day(case.plan), case.plan.signed_on) if when]
    forms = {row.id: row for row in case.plan.rows("accession") if set(row.cells) - {"member"} - set(LEAVING)}
    for member in case.plan.members:
        joined, form = member.cells.get("joined_on"), forms.get(member.id)
        if form and form.cells.get("date_signed"):
            yield from _too_early(case, member, form, joined)
        elif form or (isinstance(joined, date) and founded and joined > max(founded)):
            yield _no_form(member, form, joined)


def _no_form(member: Member, form: RegisterRow | None, joined: date | None) -> Hit:
    name = member_name(member)
    since = (
        {"en": f" joined on {day(joined)['en']}", "zh": f"于{day(joined)['zh']}加入"}
        if joined
        else {"en": " joins", "zh": "加入"}
    )
    what = (
        {"en": "its accession form is not signed", "zh": "其加入书未签署"}
        if form
        else {"en": "there is no accession form", "zh": "没有加入书"}
    )
    return Hit(
        f"{name['en']} ({member.id}){since['en']}, but {what['en']}",
        f"{name['zh']}（{member.id}）{since['zh']}，但{what['zh']}",
        f"{form.address}.date_signed" if form else f"members.{member.id}.joined-on",
        "membership.accession",
        member.id,
        fix=fix(
            f"Enter the signed form of {member.id} in registers.accession.",
            f"在registers.accession中登记{member.id}已签署的加入书。",
        ),
    )


def _too_early(case: Case, member: Member, form: RegisterRow, joined: date | None) -> Iterator[Hit]:
    signed = form.cells["date_signed"]
    quarterly = case.value("membership.accession.effective") == "next_quarter" and case.plan.has("membership.accession")
    first = _next_quarter(signed) if quarterly else signed
    effect = form.cells.get("effective_date")
    begin = min((when for when in (effect, joined) if isinstance(when, date)), default=None)
    if begin and begin < first:
        name, since, form_day = member_name(member), day(begin), day(first)
        yield Hit(
            f"{name['en']} ({member.id}) has rights from {since['en']}, before its form takes effect on {form_day['en']}",
            f"{name['zh']}（{member.id}）自{since['zh']}起享有权利，早于其加入书生效日（{form_day['zh']}）",
            f"{form.address}.effective_date" if begin == effect else f"members.{member.id}.joined-on",
            "membership.accession",
            member.id,
            fix=fix(f"Let rights begin on {form_day['en']} or later.", f"权利自{form_day['zh']}或之后起算。"),
        )


def _next_quarter(when: date) -> date:
    """The first day of the calendar quarter after the one of `when`."""
    months = when.year * 12 + (when.month - 1) // 3 * 3 + 3
    return date(months // 12, months % 12 + 1, 1) if months // 12 <= MAXYEAR else date.max


@rule("MEM-02", Severity.ERROR, Force.CONTRACT, "DESCA Sections 4.2 and 9.7.2")
def leavers_settle_what_stays(case: Case) -> Iterator[Hit]:
    """For every leaver there is a rule on its exit, an exit date, the list of returned items and of the licences that survive.

    Why: years later nobody remembers what the leaver took along and which rights it kept.
    Bad: status `left` and no leaving form; a form without `rights_kept`. Good: `exit_date`, `returned_items` and
    `rights_kept`, “none” where there is none, and `leave-good` or `leave-default` in the plan.
    Decision: a leaver is a member that has left, has a day of leaving, or has a leaving form. The exit date may stand in
    the form or with the member. The rule follows the reason: notice needs `leave-good`, default `leave-default`, security
    `suspend-security`; without a reason one of them is enough. One finding a leaver names everything that is missing.
    """
    for member in case.plan.members:
        if leaves(case.plan, member):
            missing = [*_unsettled(case, member)]
            if missing:
                name, what = member_name(member), listed(labels for _, labels in missing)
                yield Hit(
                    f"{name['en']} ({member.id}) leaves without {what['en']}",
                    f"{name['zh']}（{member.id}）退出，但缺少{what['zh']}",
                    missing[0][0],
                    _exits(leaving_form(case.plan, member))[0],
                    member.id,
                    fix=fix("Complete its leaving form in registers.accession.", "在registers.accession中补全其退出表。"),
                )


_FORM: dict[str, Labels] = {
    "exit_date": {"en": "an exit date", "zh": "退出日期"},
    "returned_items": {"en": "the list of returned items", "zh": "已归还事项清单"},
    "rights_kept": {"en": "the licences that survive", "zh": "存续的许可"},
}


def _unsettled(case: Case, member: Member) -> Iterator[tuple[str, Labels]]:
    """What a leaver's exit lacks, each with its address."""
    form = leaving_form(case.plan, member)
    cells = form.cells if form else {}
    for column, labels in _FORM.items():
        if not cells.get(column) and not (column == "exit_date" and member.cells.get("left_on")):
            yield (f"{form.address}.{column}" if form else f"members.{member.id}"), labels
    clauses = _exits(form)
    if not any(clause in case.plan.entered() for clause in clauses):
        names = " / ".join(clauses)
        yield "choices.membership", {"en": f"a rule on its exit ({names})", "zh": f"退出规则（{names}）"}


def _exits(form: RegisterRow | None) -> tuple[str, ...]:
    """The clauses that may govern an exit: that of its reason, or any of them where no reason is given."""
    reason = EXITS.get(str(form.cells.get("reason") or "")) if form else None
    return (reason,) if reason else tuple(EXITS.values())


@rule("MEM-06", Severity.ERROR, Force.CONTRACT, "DESCA Sections 4.2 and 9.7.2")
def defaulters_keep_no_privilege(case: Case) -> Iterator[Hit]:
    """A member in default, or excluded for default, keeps neither an exclusive right nor a vote.

    Why: who does not perform is not to lock the others out or to decide about them.
    Bad: `status: defaulting` with `votes: 1`, or an exclusive grant that still runs. Good: `votes: 0`, the grant ended.
    Decision: a grant still runs if it ends on or after the first day of the default, or the day of the plan if that is
    later; an exclusive field of use is such a right too. A suspended member is not in default. One finding for the votes
    and one for each right.
    """
    for member in case.plan.members:
        form = leaving_form(case.plan, member)
        if member.status == "defaulting" or (form and form.cells.get("reason") == "default"):
            name = member_name(member)
            votes = member.cells.get("votes")
            if votes:
                yield Hit(
                    f"{name['en']} ({member.id}) is in default and keeps {votes} vote{'s' if votes != 1 else ''}",
                    f"{name['zh']}（{member.id}）已违约，仍有{votes}票表决权",
                    f"members.{member.id}.votes",
                    "membership.leave-default",
                    member.id,
                    fix=fix("Set votes: 0.", "设votes: 0。"),
                )
            yield from _exclusive_rights(case, member)


def _exclusive_rights(case: Case, member: Member) -> Iterator[Hit]:
    known = [when for when in (member.cells.get("default_since"), signature_day(case.plan)) if isinstance(when, date)]
    fields = [grant for grant in promised(case) if grant.clause == "licences.field-of-use"]
    for grant in (*recorded(case.plan), *fields):
        if grant.licensee == member.id and in_force_on(grant, max(known, default=None)):
            name = member_name(member)
            what = {"en": grant.row.id, "zh": grant.row.id} if grant.row else {"en": "its field of use", "zh": "其使用领域"}
            until = (
                {"en": f" until {day(grant.end)['en']}", "zh": f"至{day(grant.end)['zh']}"} if grant.end else {"en": "", "zh": ""}
            )
            yield Hit(
                f"{name['en']} ({member.id}) is in default and keeps an exclusive right: {what['en']}{until['en']}",
                f"{name['zh']}（{member.id}）已违约，仍享有独占权：{what['zh']}{until['zh']}",
                grant.address,
                "membership.leave-default",
                member.id,
                fix=fix("End the exclusive right, or make it non-exclusive.", "终止该独占权，或者改为普通实施许可。"),
            )


@rule("MEM-07", Severity.WARNING, Force.CONTRACT, "CERC-HIST leads of the consortia; K: drafting practice")
def leads_have_successors(case: Case) -> Iterator[Hit]:
    """A lead that leaves has a successor on its Side.

    Why: the lead signs for its Side; without it nobody can amend the plan or receive a notice.
    Bad: A1 leads the US Side and has a leaving form; no other US member is a lead. Good: `role: lead` for A2 and `lead:
    A2`.
    Decision: a successor is the lead that the Side names, or a member of the Side with the role of lead, that does not
    leave itself. In a plan without Sides any other lead will do. One finding a Side.
    """
    staying = [member for member in bound(case.plan) if not leaves(case.plan, member)]
    heads: dict[str, list[Member]] = {}
    for member in case.plan.members:
        side = case.plan.side(member.side)
        if member.role == "lead" or (side and side.lead == member.id):
            heads.setdefault(member.side if side else "", []).append(member)
    for ident, members in heads.items():
        leaver = next((member for member in members if member not in staying), None)
        if leaver and not any(member in staying for member in members):
            side = case.plan.side(ident)
            name, where = member_name(leaver), side_name(side) if side else {"en": "the consortium", "zh": "联盟"}
            yield Hit(
                f"{name['en']} ({leaver.id}) leads {where['en']} and leaves; there is no successor",
                f"{name['zh']}（{leaver.id}）为{where['zh']}牵头单位并将退出，尚无继任单位",
                f"sides.{ident}.lead" if side else f"members.{leaver.id}.role",
                "membership.leave-good",
                leaver.id,
                fix=fix("Name a successor as lead.", "指定继任牵头单位。"),
            )
