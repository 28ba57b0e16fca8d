"""What reviewers decided about changes: what an approval of a change is tied to, and which changes have one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from tmp_builder.assemble import assemble
from tmp_builder.compare.changes import Change, Decided, Version
from tmp_builder.language import say_date, word
from tmp_builder.library.schema import Labels
from tmp_builder.plan.approvals import Ground, Standing

_DECIDED: Mapping[str, Labels] = {
    "approve": {"en": "approved by {by} on {day}", "zh": "已由{by}于{day}批准"},
    "reject": {"en": "rejected by {by} on {day}", "zh": "已由{by}于{day}否决"},
    "ask": {"en": "question of {by}, {day}", "zh": "{by}于{day}提出询问"},
}
_LAPSED: Labels = {
    "en": "; lapsed, since the words have changed",
    "zh": "；因其后文字变更，该决定已失效",
}


class Tie(Struct, frozen=True):
    """What a decision about one change is tied to; the fields are those of an approval (see `plan.schema.Approval`)."""

    of: str
    clauses: tuple[str, ...] = ()
    fingerprint: Mapping[str, str] = field(default_factory=dict)
    removed: bool = False


def ground_of(version: Version) -> Ground:
    """What the approvals of a version are held against; its document is assembled for it."""
    return Ground(version.plan, version.library, assemble(version.plan, version.library))


def tie(change: Change, ground: Ground) -> Tie:
    """The words of the clauses that a change concerns; the data at its address where no clause of the document says it."""
    clauses, gone = clauses_of(change)
    if clauses:
        found = ground.fingerprint(change.address, clauses)
        if bool(found) is not gone:
            return Tie(change.address, clauses, found, removed=gone)
    found = ground.fingerprint(change.address, ())
    return Tie(change.address, (), found, removed=not found)


def clauses_of(change: Change) -> tuple[tuple[str, ...], bool]:
    """The options whose words a change decides on, in the special terms of a project with its id; whether they were taken out."""
    prefix = f"{change.row}:" if change.address.startswith("projects.") else ""
    if change.kind == "choice":
        gone, come = (tuple(f"{prefix}{option}" for option in options or ()) for options in change.raw)
        return come or gone, not come
    if change.kind in ("value", "wording"):
        return tuple(f"{prefix}{option}" for option in change.options), False
    return (), False


def decided(new: Version, changes: Sequence[Change]) -> Mapping[str, Decided]:
    """By the key of a change the latest decision of the new version's plan about it."""
    return dict(_decided(new, changes)) if new.plan.approvals else {}


def _decided(new: Version, changes: Sequence[Change]) -> Iterator[tuple[str, Decided]]:
    ground = ground_of(new)
    by_tie = {(approval.of, approval.clauses): approval for approval in new.plan.approvals}
    for change in changes:
        own = tie(change, ground)
        approval = by_tie.get((own.of, own.clauses))
        if approval is not None and approval.removed is own.removed:
            yield change.key, Decided(approval, ground.standing(approval) is Standing.HOLDS)


def say_decision(decision: Decided, language: str) -> str:
    """ "approved by … on …", with the reason; that it lapsed where the words are no longer those."""
    approval = decision.approval
    text = _DECIDED[approval.decision][language].format(by=approval.by, day=say_date(approval.given_on, language))
    colon = word("colon", language)
    return text + (f"{colon}{approval.reason}" if approval.reason else "") + ("" if decision.holds else _LAPSED[language])
