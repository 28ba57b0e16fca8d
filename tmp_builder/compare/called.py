"""What two versions are called in a file that may go out: by draft number and date, never by the name of a plan file."""

from __future__ import annotations

from tmp_builder.document.nodes import Texts
from tmp_builder.document.walk import says
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Plan

EARLIER: Labels = {"en": "earlier text", "zh": "原文本"}
LATER: Labels = {"en": "later text", "zh": "新文本"}
OF_PROFILE: Labels = {"en": "text of the profile", "zh": "模板文本"}
UNNUMBERED = (EARLIER, LATER, OF_PROFILE)
"""The names that say neither number nor date."""


def called(old: Plan, new: Plan, *, profile: bool = False) -> tuple[Labels, Labels]:
    """The two by draft and date where these tell them apart, else as the earlier and the later text.

    `profile`: the old one is the text of a profile. Drafts of different plans are not numbered in one row.
    """
    if profile:
        return OF_PROFILE, _draft(new)
    apart = old.id == new.id and (old.version, old.dated) != (new.version, new.dated)
    return (_draft(old), _draft(new)) if apart else (EARLIER, LATER)


def compared(names: tuple[Labels, Labels]) -> Texts:
    """What a redline says of itself on every page: "Changes: Draft 10 of 2026-09-30 → Draft 11 of 2026-10-12"."""
    old, new = names
    return says(en=f"Changes: {old['en']} → {new['en']}", zh=f"变更：{old['zh']} → {new['zh']}")


def _draft(plan: Plan) -> Labels:
    """ "Draft 11 of 2026-10-12", 第11稿（2026-10-12）: the day in figures, which both languages read alike."""
    day = plan.dated.isoformat() if plan.dated else ""
    return {
        "en": f"Draft {plan.version}" + (f" of {day}" if day else ""),
        "zh": f"第{plan.version}稿" + (f"（{day}）" if day else ""),
    }
