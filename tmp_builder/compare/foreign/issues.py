"""The open-issues table: the other side's tracked changes and comments, each with author, date and clause, for a workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tmp_builder.library.schema import Labels
from tmp_builder.readers.markup import Issue

Cells = Sequence[tuple[str | int, str]]

HEADS: tuple[tuple[Labels, int], ...] = (
    ({"en": "No.", "zh": "序号"}, 6),
    ({"en": "Clause", "zh": "条款"}, 10),
    ({"en": "Clause id", "zh": "条款标识"}, 26),
    ({"en": "Below the heading", "zh": "所在标题"}, 26),
    ({"en": "Kind", "zh": "类型"}, 14),
    ({"en": "Author", "zh": "作者"}, 18),
    ({"en": "Date", "zh": "日期"}, 18),
    ({"en": "Old text, or words commented on", "zh": "原文本，或者批注所涉文字"}, 46),
    ({"en": "New text, or comment", "zh": "新文本，或者批注内容"}, 46),
    ({"en": "Answers no.", "zh": "答复序号"}, 10),
    ({"en": "State", "zh": "状态"}, 10),
    ({"en": "Our position", "zh": "我方意见"}, 30),
)
KINDS: dict[str, str] = {
    "comment": "批注",
    "reply": "答复",
    "inserted": "插入",
    "deleted": "删除",
    "replaced": "替换",
    "moved away": "移走",
    "moved here": "移入",
    "row inserted": "插入行",
    "row deleted": "删除行",
    "cell inserted": "插入单元格",
    "cell deleted": "删除单元格",
    "paragraph split": "拆分段落",
    "paragraphs joined": "合并段落",
}
SHEET: Labels = {"en": "Open issues", "zh": "待决事项"}
_STATES: dict[bool, Labels] = {False: {"en": "open", "zh": "待决"}, True: {"en": "resolved", "zh": "已解决"}}
_TAG = re.compile(r"clause:(.*?)(?::zh)?")


def issue_sheet(
    issues: Sequence[Issue], nodes: Mapping[str, str], numbers: Mapping[str, str], language: str
) -> tuple[str, list[int], list[Cells]]:
    """The sheet (name, widths, lines). `nodes` say which node a bookmark stands for, `numbers` the number of a node in the plan."""
    lines: list[Cells] = [[(label[language], "head") for label, _ in HEADS]]
    clause, heading = "", ""
    places = {issue.id: place for place, issue in enumerate(issues, 1) if issue.kind in ("comment", "reply")}
    for place, issue in enumerate(issues, 1):
        own = _node(issue, nodes)
        if own or issue.where.heading != heading:
            clause, heading = own, issue.where.heading
        number = numbers.get(clause, "") or issue.where.label
        lines.append(_line(place, issue, clause, number, places.get(issue.answers, 0), language))
    return SHEET[language], [width for _, width in HEADS], lines


def _node(issue: Issue, nodes: Mapping[str, str]) -> str:
    """The clause of an issue: by a bookmark of its paragraph, else by the content control around it."""
    named = next((nodes[name] for name in issue.where.bookmarks if name in nodes), "")
    tag = _TAG.fullmatch(issue.where.control)
    return named or (tag[1] if tag else "")


def _line(place: int, issue: Issue, clause: str, number: str, answers: int, language: str) -> Cells:
    comment = issue.kind in ("comment", "reply")
    return [
        (place, "plain"),
        (number, "plain"),
        (clause, "plain"),
        (issue.where.heading, "plain"),
        (issue.kind if language == "en" else KINDS[issue.kind], "plain"),
        (issue.author, "plain"),
        (issue.date.replace("T", " ").removesuffix("Z"), "plain"),
        (issue.old, "plain"),
        (issue.new, "plain"),
        (answers or "", "plain"),
        (_STATES[issue.resolved][language] if comment else _STATES[False][language], "plain"),
        ("", "plain"),
    ]
