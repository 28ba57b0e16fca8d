"""The words of a decision sheet: headings of its columns, decisions, classes of changes, and what a change does in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from tmp_builder.compare.changes import Weight
from tmp_builder.library.schema import Labels

COLUMNS: Mapping[str, Labels] = {
    "number": {"en": "No.", "zh": "序号"},
    "section": {"en": "Section", "zh": "条款"},
    "old": {"en": "Old", "zh": "原内容"},
    "new": {"en": "New", "zh": "新内容"},
    "effect": {"en": "Effect", "zh": "影响"},
    "favours": {"en": "Favours", "zh": "有利于"},
    "dates": {"en": "Dates", "zh": "日期变动"},
    "findings": {"en": "Findings (law first)", "zh": "检查结果（法律在先）"},
    "decision": {"en": "Decision", "zh": "决定"},
    "reason": {"en": "Reason", "zh": "理由"},
    "name": {"en": "Name", "zh": "姓名"},
    "date": {"en": "Date", "zh": "日期"},
    "reference": {"en": "Reference", "zh": "识别码"},
}
"""The columns in their order, with their headings."""

FILL: Mapping[str, str] = {"decision": "choice", "reason": "text", "name": "text", "date": "date"}
"""The columns that the reviewer fills in, with what is written there."""

WIDTHS: Mapping[str, int] = {
    **{"number": 5, "section": 16, "old": 14, "new": 14, "effect": 21, "favours": 12, "dates": 14, "findings": 16},
    **{"decision": 10, "reason": 12, "name": 9, "date": 11},
}
"""The share of each column in the width of a page."""

DECISIONS: Mapping[str, Labels] = {
    "approve": {"en": "approve", "zh": "批准"},
    "reject": {"en": "reject", "zh": "否决"},
    "ask": {"en": "ask", "zh": "询问"},
}

SHEET_NAME: Labels = {"en": "Decisions", "zh": "决定"}

CLASSES: Mapping[Weight, Labels] = {
    Weight.SUBSTANTIVE: {"en": "Substantive", "zh": "实质性变更"},
    Weight.VALUE: {"en": "Value", "zh": "数值变更"},
    Weight.MOVED: {"en": "Moved", "zh": "位置变更"},
    Weight.COSMETIC: {"en": "Cosmetic", "zh": "形式变更"},
}

WORDS: Mapping[str, Labels] = {
    "sheet": {"en": "Decision sheet", "zh": "变更决定表"},
    "heading": {"en": "Draft {new} compared with draft {old}", "zh": "第{new}稿与第{old}稿比较"},
    "heading-other": {
        "en": "Plan {id}, draft {new}, compared with plan {other}, draft {old}",
        "zh": "计划{id}第{new}稿与计划{other}第{old}稿比较",
    },
    "how": {
        "en": "Fill in the last four columns. A decision needs a name and a date, a rejection or a question also a reason. Leave the "
        "references as they are: they tie each decision to its words. Then run: tmp approve PLAN THIS-FILE",
        "zh": "请填写最后四栏。每项决定须写明姓名和日期，否决或者询问还须写明理由。请勿改动识别码，每项决定据此与其文字对应。填写后运行：tmp approve PLAN THIS-FILE",
    },
    "internal": {"en": "For one's own house; not for the other side.", "zh": "仅供内部使用，请勿发给对方。"},
    "rest": {"en": "What follows from several changes together", "zh": "多项变更共同引起的后果"},
    "none": {"en": "Nothing to decide.", "zh": "没有需要决定的事项。"},
    "choose": {"en": "choose", "zh": "请选择"},
    "day": {"en": "YYYY-MM-DD", "zh": "YYYY-MM-DD"},
    "law": {"en": "law: ", "zh": "法律："},
    "now": {"en": "Instead: {effect}", "zh": "现为：{effect}"},
    "part": {"en": "It belongs to: {effect}", "zh": "所属安排：{effect}"},
    "higher": {"en": "Higher by {count}.", "zh": "增加{count}。"},
    "lower": {"en": "Lower by {count}.", "zh": "减少{count}。"},
    "gone": {"en": "No longer: {effect}", "zh": "不再适用：{effect}"},
}

COMES: Labels = {"en": "Comes in.", "zh": "新增。"}
GOES: Labels = {"en": "Falls away.", "zh": "删去。"}

EFFECTS: Mapping[Weight, Labels] = {
    Weight.SUBSTANTIVE: {"en": "Rights and duties change.", "zh": "权利义务发生变化。"},
    Weight.VALUE: {
        "en": "A number, a day or a detail changes; the arrangement stays.",
        "zh": "仅数值、日期或者细节变化，安排不变。",
    },
    Weight.MOVED: {"en": "Only the order changes.", "zh": "仅顺序变化。"},
    Weight.COSMETIC: {"en": "The text of the agreement stays the same in substance.", "zh": "协议文本的实质内容不变。"},
}
"""What a change of each class does, where no card says it better."""
