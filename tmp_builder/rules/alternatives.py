"""The finding that a plan holds several options of which it may hold one."""

from __future__ import annotations

from collections.abc import Sequence

from tmp_builder.findings import Severity
from tmp_builder.library.schema import Labels
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import quoted


def more_than_one(
    case: Case, options: Sequence[str], slot: str, what: Labels, *, kept: str = "一个", severity: Severity | None = None
) -> list[Hit]:
    """One hit where several of `options` are chosen for certain; `slot` is the id of the slot they fill (`disputes.final-step`).

    `what` names them: in English in the plural, in Chinese after a number, with its measure word; `kept` is the one that is to be kept.
    """
    held = [option for option in options if case.plan.has(option)]
    if len(held) < 2:
        return []
    labels = quoted(case.library.options[option].label for option in held)
    hit = Hit(
        f"the plan has {len(held)} {what['en']}: {labels['en']}",
        f"本计划有{len(held)}{what['zh']}：{labels['zh']}",
        f"choices.{slot.partition('.')[0]}",
        held[1],
        fix=fix(f"Keep one of: {', '.join(held)}.", f"在{'、'.join(held)}中保留{kept}。"),
        severity=severity,
        cause=f"slot:{slot}",
    )
    return [hit]
