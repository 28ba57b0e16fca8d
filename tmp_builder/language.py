"""How each language writes numbers, dates, lists, quotations and references, and the fixed words that documents need."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

LANGUAGES = ("en", "zh")
"""The languages of the library, in their usual order of columns."""

NAMES = {"en": {"en": "English", "zh": "Chinese"}, "zh": {"en": "英文", "zh": "中文"}}
"""NAMES[in which language][of which language]."""

BCP47 = {"en": "en-GB", "zh": "zh-CN"}
"""The language tags that go into files."""

WORDS: dict[str, dict[str, str]] = {
    "contents": {"en": "Contents", "zh": "目录"},
    "schedule": {"en": "Schedule", "zh": "附件"},
    "schedules": {"en": "Schedules", "zh": "附件"},
    "definitions-term": {"en": "Term", "zh": "术语"},
    "definitions-meaning": {"en": "Meaning", "zh": "含义"},
    "draft": {"en": "Draft", "zh": "草案"},
    "negotiating": {"en": "Draft under negotiation", "zh": "谈判稿"},
    "signed": {"en": "Signed", "zh": "已签署"},
    "final": {"en": "Execution copy", "zh": "签署稿"},
    "blocked": {"en": "BLOCKED – not to be signed", "zh": "已冻结——不得签署"},
    "not-binding": {"en": "Draft for negotiation – not binding until signed", "zh": "谈判草案——签署前不具约束力"},
    "page": {"en": "Page {page} of {pages}", "zh": "第{page}页，共{pages}页"},
    "template": {"en": "Blank model text of the profile “{profile}”", "zh": "空白范本（模板：{profile}）"},
    "guidance-note": {"en": "Guidance, not part of the text: ", "zh": "说明（不属于正文）："},
    "drafting-notes": {"en": "Drafting notes", "zh": "起草说明"},
    "summary": {"en": "Summary of a Technology Management Plan", "zh": "技术管理计划摘要"},
    "version": {"en": "Draft no. {version}", "zh": "第{version}稿"},
    "version-final": {"en": "Version {version}", "zh": "第{version}版"},
    "signed-on": {"en": "Last signed on {date}", "zh": "最后签署日期：{date}"},
    "dated": {"en": "Dated {date}", "zh": "日期：{date}"},
    "library": {"en": "Clause library {library}", "zh": "条款库{library}"},
    "document": {"en": "Document {id}", "zh": "文件编号：{id}"},
    "colophon": {
        "en": "Fingerprint of the text {fingerprint}. Assembled by {program}.",
        "zh": "文本指纹：{fingerprint}。由{program}汇编。",
    },
    "colophon-recipe": {"en": "Fingerprint of the recipe inside {fingerprint}.", "zh": "所附生成记录的指纹：{fingerprint}。"},
    "confidential": {"en": "Confidential", "zh": "保密"},
    "confidential-to": {"en": "Confidential – for the parties and their advisers only", "zh": "保密——仅限各方及其顾问使用"},
    "reserved": {"en": "[Reserved]", "zh": "【保留】"},
    "between": {"en": "between", "zh": "由下列各方订立"},
    "plan": {"en": "Technology Management Plan", "zh": "技术管理计划"},
    "colon": {"en": ": ", "zh": "："},
    "comma": {"en": ", ", "zh": "、"},
    "semicolon": {"en": "; ", "zh": "；"},
    "alternative-open": {"en": "[", "zh": "【"},
    "alternative-close": {"en": "end of Alternative {letter}]", "zh": "备选方案{letter}结束】"},
    "alternative": {"en": "Alternative {letter}: {label}", "zh": "备选方案{letter}：{label}"},
    "proposed-by": {"en": " – proposed by {names}", "zh": "——{names}提出"},
    "choose": {"en": "choose", "zh": "请选择"},
    "none": {"en": "None.", "zh": "无。"},
    "lead-of": {"en": "Lead of {side}", "zh": "{side}牵头单位"},
    "role-lead": {"en": "Lead", "zh": "牵头单位"},
    "role-member": {"en": "Member", "zh": "成员单位"},
    "role-observer": {"en": "Observer", "zh": "观察员"},
    "role-funder": {"en": "Funder", "zh": "资助方"},
    "the-parties": {"en": "The parties", "zh": "当事人"},
    "party": {"en": "Party", "zh": "当事人"},
    "particulars": {"en": "Particulars", "zh": "基本信息"},
    "told-before": {
        "en": "Legal form, registration, address and representative of the parties that sign are stated at the head of ",
        "zh": "签署方的组织形式、登记信息、地址和代表人载于",
    },
    "told-after": {"en": ".", "zh": "首部。"},
    "party-name": {"en": "name of the party", "zh": "当事人名称"},
    "title": {"en": "title", "zh": "名称"},
    "text": {"en": "text", "zh": "内容"},
    "parties": {"en": "parties who sign", "zh": "签署方"},
    "to-complete": {"en": "to be completed", "zh": "待填写"},
    "work-plan": {"en": "Joint Work Plan", "zh": "联合工作计划"},
    "ten-point-plan": {"en": "Ten-Point Plan of Project {id}: {title}", "zh": "项目{id}十点计划：{title}"},
    "special-terms": {"en": "Special terms of Project {id}", "zh": "项目{id}的特别约定"},
    "joining": {"en": "Accession Form", "zh": "加入书"},
    "leaving": {"en": "Leaving Form", "zh": "退出表"},
    "item": {"en": "Item", "zh": "事项"},
    "entry": {"en": "Entry", "zh": "内容"},
    "signatures": {"en": "Signatures", "zh": "签署页"},
    "signing-intro": {
        "en": "The parties sign this Technology Management Plan through their authorised representatives.",
        "zh": "各方授权代表在此签署本技术管理计划。",
    },
    "sign-signature": {"en": "Signature", "zh": "签字"},
    "sign-name": {"en": "Name", "zh": "姓名"},
    "sign-title": {"en": "Title", "zh": "职务"},
    "sign-date": {"en": "Date", "zh": "日期"},
    "sign-place": {"en": "Place", "zh": "地点"},
    "sign-seal": {"en": "Seal", "zh": "盖章"},
    "sign-signature-cn": {"en": "Signature (legal or authorised representative)", "zh": "法定代表人或者授权代表签字"},
    "sign-legal-form": {"en": "Legal form", "zh": "组织形式"},
    "sign-registration": {"en": "Registration no.", "zh": "登记号"},
    "sign-credit-code": {"en": "Unified social credit code", "zh": "统一社会信用代码"},
    "sign-address": {"en": "Address", "zh": "地址"},
    "sign-office": {"en": "Registered office", "zh": "住所"},
    "sign-represented": {"en": "Represented by", "zh": "签署代表"},
    "sign-legal-representative": {"en": "Legal representative", "zh": "法定代表人"},
}
"""Fixed words of a document, by name; a `{…}` is filled by `word`."""

CLAUSE_REFERENCE = {"en": ("Clause ", ""), "zh": ("第", "条")}
SCHEDULE_REFERENCE = {"en": ("Schedule ", ""), "zh": ("附件", "")}
"""What stands before and after the number of a reference."""

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = ((1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"))
_DIGITS = "零一二三四五六七八九"
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_QUOTES = {"en": ("“", "”"), "zh": ("“", "”")}


def word(name: str, language: str, **values: str) -> str:
    """The fixed word `name` in `language`, its places filled."""
    return WORDS[name][language].format(**values)


def columns(text: str) -> int:
    """How wide a text is, in Latin characters: a Chinese one counts as two."""
    return sum(2 if ord(character) >= 0x2E80 else 1 for character in text)


def english_number(number: int) -> str:
    """A whole number in English words: 121 → "one hundred and twenty-one"."""
    if number < 0:
        return f"minus {english_number(-number)}"
    if number < len(_ONES):
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_ONES[hundreds]} hundred" + (f" and {english_number(rest)}" if rest else "")
    for size, name in _SCALES:
        if number >= size:
            many, rest = divmod(number, size)
            glue = " and " if 0 < rest < 100 else " "
            return f"{english_number(many)} {name}" + (f"{glue}{english_number(rest)}" if rest else "")
    raise ValueError(number)


def chinese_number(number: int) -> str:
    """A whole number in Chinese numerals: 121 → "一百二十一", 10 → "十"."""
    if number < 0:
        return f"负{chinese_number(-number)}"
    if number < 10:
        return _DIGITS[number]
    for size, name in ((100_000_000, "亿"), (10_000, "万"), (1_000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            many, rest = divmod(number, size)
            head = "" if size == 10 and many == 1 else chinese_number(many)
            zero = "零" if 0 < rest < size // 10 else ""
            tail = chinese_number(rest) if rest else ""
            if (zero and tail.startswith("十")) or (rest and size > 10 and tail.startswith("十")):
                tail = f"一{tail}"
            return f"{head}{name}{zero}{tail}"
    raise ValueError(number)


def number_words(number: int, language: str) -> str:
    """The number in words, without figures."""
    return english_number(number) if language == "en" else chinese_number(number)


def counted(number: int, language: str) -> str:
    """The number in words and figures, as contracts write it: "sixty (60)", "六十（60）"."""
    return f"{english_number(number)} ({number:,})" if language == "en" else f"{chinese_number(number)}（{number:,}）"


def say_date(day: date, language: str) -> str:
    """30 September 2026; 2026年9月30日."""
    if language == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def join(items: Sequence[str], language: str) -> str:
    """A list in one sentence: "A, B and C"; "A、B和C"."""
    if len(items) < 2:
        return "".join(items)
    comma, last = (", ", " and ") if language == "en" else ("、", "和")
    return comma.join(items[:-1]) + last + items[-1]


def aside(text: str, language: str) -> str:
    """The text in the brackets of the language, as they follow a word: " (Annex)"; "（附件）"."""
    return f" ({text})" if language == "en" else f"（{text}）"


def quote(text: str, language: str) -> str:
    """The text between the quotation marks of the language."""
    left, right = _QUOTES[language]
    return f"{left}{text}{right}"


def label(number: int, level: int, language: str = "en") -> str:
    """The printed label of a sub-clause: level 3 → (a), level 4 → (i); Chinese in full-width brackets."""
    inner = _letter(number) if level == 3 else _roman(number)
    return f"({inner})" if language == "en" else f"（{inner}）"


def _letter(number: int) -> str:
    """1 → a, 26 → z, 27 → aa, 28 → bb, as Word counts."""
    repeat, index = divmod(number - 1, 26)
    return chr(ord("a") + index) * (repeat + 1)


def _roman(number: int) -> str:
    out = ""
    for value, digits in ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while number >= value:
            out += digits
            number -= value
    return out
