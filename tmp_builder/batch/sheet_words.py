"""The words of the members' workbook in both languages: its sheets, its guide, its units, its notes on fields of a member."""

from __future__ import annotations

from collections.abc import Mapping

from tmp_builder.language import LANGUAGES
from tmp_builder.library.registers import YES_NO as YES_NO_LABELS
from tmp_builder.library.schema import Labels
from tmp_builder.values import Spec
from tmp_builder.values.say import UNITS, plain_number

YES_NO: dict[str, Labels] = dict(YES_NO_LABELS)
LANGUAGE_NAMES: Mapping[str, Labels] = {"en": {"en": "English", "zh": "英文"}, "zh": {"en": "Chinese", "zh": "中文"}}

MEMBERS = "Members"
"""The name of the sheet that is filled in; it stands in messages about cells."""
CHECK, GUIDE, LISTS = "Check 检查", "Guide 说明", "Lists 列表"

MEMBER_TITLES: Mapping[str, Labels] = {
    "work-places": {"en": "Places of work (countries or regions)", "zh": "工作地点（国家或地区）"},
}
"""Fields that have no column in the schedule of members."""

MEMBER_NOTES: Mapping[str, Labels] = {
    "id": {
        "en": "Letters, digits and hyphens, such as A7; once only. A member of the plan with the same id is replaced.",
        "zh": "由字母、数字和连字符组成，例如A7，不得重复。与计划中编号相同的成员单位将被替换。",
    },
    "currency": {"en": "ISO code, such as USD or CNY.", "zh": "ISO货币代码，例如USD或CNY。"},
    "consortia": {
        "en": "Ids of the consortia this institution sits in; empty: the one of the plan.",
        "zh": "该单位所参加联盟的编号；留空即为本计划的联盟。",
    },
    "competes-with": {"en": "Ids of members it competes with.", "zh": "与其存在竞争关系的成员单位编号。"},
    "signatory.name.en": {"en": "May be left for the pen.", "zh": "可留待手写。"},
    "signatory.name.zh": {"en": "May be left for the pen.", "zh": "可留待手写。"},
}

KINDS: Mapping[str, Labels] = {
    "date": {"en": "A date: 2026-09-30.", "zh": "日期：2026-09-30。"},
    "money": {"en": "An amount with its currency: USD 250,000.", "zh": "带币种的金额：USD 250,000。"},
    "percent": {"en": "A percentage: 10 or 10%.", "zh": "百分比：10或10%。"},
    "fraction": {"en": "A fraction: 2/3.", "zh": "分数：2/3。"},
    "decimal": {"en": "A number: 1.5.", "zh": "数字：1.5。"},
    "integer": {"en": "A whole number.", "zh": "整数。"},
    "territory": {"en": "Codes of countries or regions: CN, US.", "zh": "国家或地区代码：CN, US。"},
    "party": {"en": "The id of a member.", "zh": "成员单位编号。"},
    "text": {"en": "Text.", "zh": "文字。"},
}
ONE_OF: Labels = {"en": "One of: {values}.", "zh": "任选其一：{values}。"}
SOME_OF: Labels = {"en": "One or more, divided by semicolons: {values}.", "zh": "可填多项，以分号分隔：{values}。"}
MANY: Labels = {"en": "Several are divided by semicolons.", "zh": "多项以分号分隔。"}
ONLY: Labels = {"en": "Only where {heading} is {values}; grey otherwise.", "zh": "仅当{heading}为{values}时填写，否则为灰色。"}
FILLED: Labels = {"en": "filled", "zh": "已填"}
EMPTY: Labels = {"en": "empty", "zh": "空白"}
NEEDED: Labels = {"en": "needed", "zh": "必填"}
OPTIONAL: Labels = {"en": "optional", "zh": "选填"}

ABOVE: Labels = {
    "en": "Members of {title}. One row a member, from line {first} on; what each column takes stands in its note and on the sheet “{guide}”.",
    "zh": "{title}成员表。自第{first}行起，一行一个成员单位；各列填写要求见批注和“{guide}”表。",
}

HOW: tuple[Labels, ...] = (
    {
        "en": "Fill in one row for each member on the sheet “Members”. The headings are locked, without a password; everything below is open.",
        "zh": "请在“Members”表中填写，一行一个成员单位。表头已锁定（无密码），其下各行均可填写。",
    },
    {
        "en": "The grey line names the address in the plan that a column fills. Do not change it: the program reads the table by it.",
        "zh": "灰色一行是各列对应的计划地址，请勿改动：程序据此读取。",
    },
    {
        "en": "Pick from the drop-down where there is one. Several values of a cell are divided by semicolons.",
        "zh": "有下拉列表的，请从中选择。一格填多项的，以分号分隔。",
    },
    {
        "en": "A grey cell does not apply to its row. A yellow one is missing. A red one has an id that another row has too.",
        "zh": "灰色单元格不适用于该行；黄色表示缺项；红色表示编号与其他行重复。",
    },
    {
        "en": "Columns marked “plan” set the text of that member's agreement. Left empty, the plan stays as it is, and the place is printed as a gap.",
        "zh": "标有“计划”的列决定该成员单位的协议文本。留空则计划保持不变，该处印为空缺。",
    },
    {
        "en": "Write values, not formulas: a cell with a formula is refused. A name may begin with =, +, - or @; it stays text.",
        "zh": "请填写数值或文字，不要使用公式：含公式的单元格将被拒绝。名称可以=、+、-或@开头，仍为文字。",
    },
    {
        "en": "When it is filled in: tmp batch {file} --base {base} -o sets",
        "zh": "填写完成后运行：tmp batch {file} --base {base} -o sets",
    },
)
LATER: Labels = {
    "en": "{count} questions that follow from answers did not fit. Answer those here, put the answers into the plan, and make the sheet anew.",
    "zh": "另有{count}个后续问题未能列入。请先填写此处，将答案写入计划，再重新生成本表。",
}
ELSEWHERE: Labels = {
    "en": "Not in a cell, since each is a table of its own; set in the plan: {names}",
    "zh": "以下各项本身为表格，不能填在单元格中，请在计划中填写：{names}",
}
GUIDE_HEADS: tuple[Labels, ...] = (
    {"en": "Column", "zh": "列"},
    {"en": "Address", "zh": "地址"},
    {"en": "Title", "zh": "名称"},
    {"en": "Of", "zh": "所属"},
    {"en": "Needed", "zh": "必填"},
    {"en": "What goes in", "zh": "填写要求"},
)
OF_MEMBER: Labels = {"en": "member", "zh": "成员单位"}
OF_PLAN: Labels = {"en": "plan", "zh": "计划"}

CHECK_HEADS: tuple[Labels, ...] = (
    {"en": "What", "zh": "项目"},
    {"en": "Column", "zh": "列"},
    {"en": "Count", "zh": "数量"},
)
CHECKS: Mapping[str, Labels] = {
    "rows": {"en": "Rows with an id", "zh": "已填编号的行"},
    "nameless": {"en": "Rows without an id", "zh": "未填编号的行"},
    "twice": {"en": "Rows whose id another row has too", "zh": "编号与其他行重复的行"},
    "missing": {"en": "Missing: {title}", "zh": "缺项：{title}"},
    "unlisted": {"en": "Not in its list: {title}", "zh": "不在可选值之列：{title}"},
    "outside": {"en": "No whole number within its range: {title}", "zh": "不是范围内的整数：{title}"},
    "all": {"en": "Together (rows with an id not counted)", "zh": "合计（不含已填编号的行数）"},
}
TITLE: Labels = {"en": "Members: {title}", "zh": "成员表：{title}"}


def two(labels: Labels, glue: str = "\n") -> str:
    """A text in both languages, or once where they say the same."""
    return glue.join(dict.fromkeys(labels[language] for language in LANGUAGES if labels.get(language)))


def filled(labels: Labels, **values: object) -> Labels:
    """A text in each language with its places filled; a value that is itself in both languages is said in each."""
    return {
        language: text.format(
            **{name: value[language] if isinstance(value, Mapping) else value for name, value in values.items()}
        )
        for language, text in labels.items()
    }


def unit_of(spec: Spec) -> Labels:
    """The unit of a value and the range it lies in: "months, 6–120"; empty where it has neither."""
    english, chinese = UNITS.get(spec.kind, ("", ""))
    if spec.kind == "percent":
        english, chinese = "%", "%"
    bounds = range_of(spec)
    units = {"en": f"{english}s" if len(english) > 1 else english, "zh": chinese.removeprefix("个")}
    return {
        "en": ", ".join(part for part in (units["en"], bounds) if part),
        "zh": "，".join(part for part in (units["zh"], bounds) if part),
    }


def range_of(spec: Spec) -> str:
    """The range of a number as people write it: "1–12", "≥ 1", or the numbers allowed."""
    if spec.allowed:
        return " / ".join(number(each) for each in spec.allowed)
    if spec.low is not None and spec.high is not None:
        return f"{number(spec.low)}–{number(spec.high)}"
    return f"≥ {number(spec.low)}" if spec.low is not None else f"≤ {number(spec.high)}" if spec.high is not None else ""


def number(value: object) -> str:
    """A bound as people write it: whole where it is whole, else as a decimal or a fraction."""
    from decimal import Decimal
    from fractions import Fraction

    exact = Fraction(str(value))
    if exact.denominator == 1 or 10**6 % exact.denominator == 0:
        return plain_number(Decimal(exact.numerator) / exact.denominator)
    return f"{exact.numerator}/{exact.denominator}"
