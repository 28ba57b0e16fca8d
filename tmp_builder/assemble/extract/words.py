"""The fixed words of an extract, and the sections whose choices it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tmp_builder.assemble.assembly import Assembly
from tmp_builder.deadlines import Kind
from tmp_builder.document.nodes import Texts
from tmp_builder.document.walk import says
from tmp_builder.library.schema import Labels

RIGHTS = (
    "background-access",
    "ownership",
    "joint-ownership",
    "territory",
    "licences",
    "third-party-licences",
    "improvements",
    "benefits",
)
DUTIES = (
    "background",
    "protection",
    "public-funding",
    "confidentiality",
    "publication",
    "data",
    "equipment",
    "export-control",
    "reciprocity",
    "personnel",
    "membership",
    "competition",
)
"""The sections whose choices an extract names, by what they mostly give or ask. The frame stays in the plan."""

NOTICE: Labels = {
    "en": "This extract is an aid to work. It changes nothing: the plan and its schedules decide. It is no legal advice.",
    "zh": "本摘要仅供执行本计划时参考，不作任何变更，以本计划及其附件为准，亦不构成法律意见。",
}
WORDS: Mapping[str, Labels] = {
    "kind": {"en": "Extract for {name}", "zh": "{name}适用摘要"},
    "member": {"en": "The Member", "zh": "成员单位"},
    "rights": {"en": "Rights", "zh": "权利"},
    "duties": {"en": "Duties", "zh": "义务"},
    "dates": {"en": "Next dates", "zh": "近期日期"},
    "periods": {"en": "What starts a period", "zh": "因事件起算的期间"},
    "side": {"en": "Side and role", "zh": "国别方与角色"},
    "role": {"en": "Role", "zh": "角色"},
    "projects": {"en": "Projects", "zh": "项目"},
    "rows": {"en": "Entries in the schedules", "zh": "附件中的登记"},
    "undecided": {"en": "Nothing has been chosen yet.", "zh": "尚未作出选择。"},
    "nothing": {"en": "No date concerns this Member yet.", "zh": "目前没有与该成员单位有关的日期。"},
    "subject": {"en": "Subject", "zh": "主题"},
    "holds": {"en": "What is agreed", "zh": "约定内容"},
    "what": {"en": "What", "zh": "事项"},
    "date": {"en": "Date", "zh": "日期"},
    "period": {"en": "Period", "zh": "期间"},
    "act": {"en": "Kind", "zh": "性质"},
    "clause": {"en": "Clause", "zh": "条款"},
    "others": {"en": "{shown} and {count} more", "zh": "{shown}等共{all}项"},
    "further": {"en": " (and {count} more, the last on {day})", "zh": "（此后另有{count}项，最后一项为{day}）"},
    "more-dates": {
        "en": "Not shown here: {count} later dates. The calendar of the Member has them all.",
        "zh": "此处未列其后的{count}项日期，全部日期见该成员单位的日历。",
    },
    "more-date": {
        "en": "Not shown here: 1 later date. The calendar of the Member has them all.",
        "zh": "此处未列其后的1项日期，全部日期见该成员单位的日历。",
    },
    "more-periods": {
        "en": "Not shown here: {count} more periods. The calendar of the Member has them all.",
        "zh": "此处另有{count}项期间未列，全部期间见该成员单位的日历。",
    },
    "more-period": {
        "en": "Not shown here: 1 more period. The calendar of the Member has them all.",
        "zh": "此处另有1项期间未列，全部期间见该成员单位的日历。",
    },
}
KINDS: Mapping[Kind, Labels] = {
    Kind.RIGHT: {"en": "right", "zh": "权利"},
    Kind.DUTY: {"en": "duty", "zh": "义务"},
    Kind.STATUTORY: {"en": "by law", "zh": "法定"},
}


def said(assembly: Assembly, name: str) -> Texts:
    """A fixed word in the languages of the plan."""
    return assembly.in_languages(WORDS[name])


def counted(assembly: Assembly, one: str, many: str, count: int) -> Texts:
    """A fixed sentence about a number of things, in its form for one or for many."""
    label = WORDS[one if count == 1 else many]
    return assembly.in_languages({language: words.format(count=count) for language, words in label.items()})


def clause_words(assembly: Assembly, numbers: Sequence[str], otherwise: str = "") -> Texts:
    """The numbers of clauses, alike in every language; `otherwise` where the plan's document has no such clause."""
    return says(**{language: ", ".join(numbers) or otherwise for language in assembly.plan.languages})
