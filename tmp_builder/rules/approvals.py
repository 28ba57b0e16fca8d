"""APP-01 to APP-04: approvals of changes: whether they still cover the words, and what was rejected or is still asked."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.approvals import Ground, Standing
from tmp_builder.plan.schema import Approval
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day

SOURCE = "house rule on approvals"


@rule("APP-01", Severity.WARNING, Force.HOUSE, SOURCE)
def an_approval_covers_the_words_as_they_stand(case: Case) -> Iterator[Hit]:
    """An approval holds for the words that were approved and lapses when they change, in any language of the plan.

    Why: whoever approved sixty days has not approved ninety, and nobody looks twice at what is marked as approved.
    Bad: `fingerprint: {en: v1:…}` of the wording of draft 11 in a draft 12 that says something else. Good: the change is put before
    the reviewer again with a new decision sheet.
    Decision: numbers of clauses and references do not count, words, values and defined names do. An approval of what was taken
    out lapses when it comes back. A language that was added after the approval is not covered by it.
    """
    for where, approval, standing in _standings(case):
        if standing is Standing.LAPSED:
            who, back = _given(approval), approval.removed
            yield Hit(
                f"the approval of {approval.of} ({who['en']}) has lapsed: "
                + ("what it took out is back in the plan" if back else "the words have changed since"),
                f"对{approval.of}的审批（{who['zh']}）已失效：" + ("当时删去的内容已恢复" if back else "此后文字已变更"),
                where,
                _clause(approval),
                fix=fix(
                    "Put the change before the reviewer again: tmp diff OLD NEW --sheet FILE, then tmp approve.",
                    "请重新提交审批：先运行tmp diff OLD NEW --sheet FILE，再运行tmp approve。",
                ),
            )


@rule("APP-02", Severity.WARNING, Force.HOUSE, SOURCE)
def an_approval_is_of_something_in_the_plan(case: Case) -> Iterator[Hit]:
    """What was approved is in the plan.

    Why: an approval of a clause that fell away later says nothing, and hides that its falling away was approved by nobody.
    Bad: an approval of `protection.china-first`, which is no longer chosen. Good: delete it, and have the removal approved.
    """
    for where, approval, standing in _standings(case):
        if standing is Standing.ABSENT:
            what, who = ", ".join(approval.clauses) or approval.of, _given(approval)
            yield Hit(
                f"the approval of {what} ({who['en']}) is about something that is not in the plan",
                f"对{what}的审批（{who['zh']}）所涉内容不在计划中",
                where,
                fix=fix("Delete the approval, and have the removal approved.", "删除该审批，并将该项删除提交审批。"),
            )


@rule("APP-03", Severity.WARNING, Force.HOUSE, SOURCE)
def what_was_rejected_does_not_stand(case: Case) -> Iterator[Hit]:
    """A change that a reviewer rejected is not left as it was.

    Why: a draft that still says what was rejected is sent out sooner or later.
    Bad: `decision: reject` while the same words stand. Good: the earlier words, or others; the finding then goes away.
    """
    for where, approval, standing in _standings(case, "reject"):
        if standing is Standing.HOLDS:
            yield _undecided(approval, where, {"en": "was rejected and still stands", "zh": "已被否决但仍保留"})


@rule("APP-04", Severity.NOTE, Force.HOUSE, SOURCE)
def what_a_reviewer_asked_is_answered(case: Case) -> Iterator[Hit]:
    """A change about which a reviewer asked something gets an answer and a decision.

    Why: a question on a sheet that nobody reads again is a decision nobody takes.
    Bad: `decision: ask` in the draft that goes to signature. Good: the answer, and then `approve` or `reject` on a new sheet.
    """
    for where, approval, standing in _standings(case, "ask"):
        if standing is Standing.HOLDS:
            yield _undecided(approval, where, {"en": "waits for an answer", "zh": "尚待答复"})


def _standings(case: Case, decision: str = "") -> Iterator[tuple[str, Approval, Standing]]:
    """Each approval with its address and how it stands; with `decision` only those that decide so.

    That a rejection, or a question, no longer fits the words is no finding: they were changed, which was its purpose.
    """
    if not case.plan.approvals:
        return
    ground = Ground(case.plan, case.library, case.document)
    for number, approval in enumerate(case.plan.approvals):
        if approval.decision == (decision or "approve"):
            yield f"approvals.{number}", approval, ground.standing(approval)


def _given(approval: Approval) -> Labels:
    when = day(approval.given_on)
    return {"en": f"{approval.by}, {when['en']}", "zh": f"{approval.by}，{when['zh']}"}


def _undecided(approval: Approval, where: str, what: Labels) -> Hit:
    who = _given(approval)
    reason = (
        {lang: f": {approval.reason}" if lang == "en" else f"：{approval.reason}" for lang in what} if approval.reason else {}
    )
    return Hit(
        f"{approval.of} {what['en']} ({who['en']}){reason.get('en', '')}",
        f"{approval.of}{what['zh']}（{who['zh']}）{reason.get('zh', '')}",
        where,
        _clause(approval),
        fix=fix("Change the plan, or have it decided anew.", "修改计划，或者重新审批。"),
    )


def _clause(approval: Approval) -> str:
    """The option concerned, for reports that place findings at their clause."""
    return approval.clauses[0] if approval.clauses and not approval.removed else ""
