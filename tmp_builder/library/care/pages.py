"""LIB-00 to LIB-27 explained in both languages: what each check of a clause library asks."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.findings import CodePage, Severity, both
from tmp_builder.library.care.catalogue import catalogue

_CHINESE = {
    "LIB-01": "每张条款卡的条款文本均可读取，两种文字的款项、空白和引用一致。",
    "LIB-02": "主要选项的英文不少于80个词、中文不少于130个字；附加选项不足的，为警告。"
    "理由：只有一句话的条款没有写明由谁、何时、出现意外如何处理，会留下争议。",
    "LIB-03": "条款卡英文篇幅的中位数不少于150个词。",
    "LIB-04": "每个参数均出现在文本中，在两种文字中出现的次数相同；每处空白均有对应参数；列表记录单独成项。"
    "理由：询问而不印出的数值会误导；无人可填的空白永远是空白；列表记录印为表格，不能置于句中。",
    "LIB-05": "默认值在允许范围之内；重复事实的参数没有默认值；选择项或者两种文字都有说法，或者都没有。",
    "LIB-06": "选项名称不超过一行：英文不超过60个字符，中文不超过30个字。",
    "LIB-07": "条款卡只引用自身的款项、必然一同选用的选项、必备的部分以及附件。理由：引用计划可能不选的内容，在该计划中会落空。",
    "LIB-08": "条件和brings只使用具名事实，from:只使用可印出的事实；其他名称程序一概不识。",
    "LIB-09": "选项不与自身、不与其所需选项、也不与所需选项的所需选项相冲突，后者之间亦不矛盾。理由：否则该选项对同一事项既肯定又否定。",
    "LIB-10": "每个选项都至少有一组选择，能满足全部需要、不含冲突并填满必填项。理由：任何计划都容纳不了的选项是无用文本。"
    "条件（if:）可因事实不成立而避开，不计入。",
    "LIB-11": "模板的选项以及随事实而来的选项互不排斥，不超出选择数目，并带有其所需内容。",
    "LIB-12": "模板的数值类型正确、在允许范围之内，且属于该模板选用的选项。",
    "LIB-13": "条款卡、术语或者模板的依据，以及起草说明中方括号内的引用，均为sources.yaml中的代码。",
    "LIB-14": "已核对的来源写明核对日期；属于一般知识的（K）写明从未核对；日期不得在将来。理由：无人能负责的日期比没有日期更糟。",
    "LIB-15": "来源在最近一年内核对过；法律和示范条款会变动。",
    "LIB-16": "条款卡不使用terms.yaml列为近似误用的词语。反例：“Project Intellectual Property”、既有知识产权。"
    "正例：“Project IP”、背景知识产权。在起草说明中为警告。",
    "LIB-17": "英文句中首字母大写的词，应为定义术语、专有名称，或者就地已作定义。",
    "LIB-18": "同一款项的两种文字使用相同的定义术语。理由：仅一种文字使用的术语，不是翻译疏漏，就是另一条规则。",
    "LIB-19": "同一词形不得指两个术语，也不得既是一个术语的可用词形，又是另一个术语的近似误用。",
    "LIB-20": "定义术语应在条款卡、附件或者其他定义中使用。",
    "LIB-21": "文本不含wording.yaml禁用的写法：古旧词语、must和will、中文中的半角标点、“独家”等。",
    "LIB-22": "英文句子不超过四十个词，一处空白计作一个词。",
    "LIB-23": "任何两张条款卡相同的五词片段（中文为八字片段）不超过百分之四十。",
    "LIB-24": "同一部分的任何两个选项，两种文字的文本均不相同。",
    "LIB-25": "英文最近一次改动之后，条款卡的中文已经复核：translated-from为当时英文的指纹。",
    "LIB-26": "各部分和选项的名称由连字符连接的单词组成，不超过100个字符，且不是Windows的保留名称。",
    "LIB-27": "同一款项的两种文字数字一致：“sixty (60) days”对应六十（60）日。"
    "理由：两种文字不一致的，各方会各执一词（依《民法典》第四百六十六条，推定各文本词句含义相同）。",
}

UNREADABLE = CodePage(
    "LIB-00",
    Severity.ERROR,
    both(
        "Every file of the library can be read: cards, sections, terms, schedules, sources, profiles. What to do: correct the line "
        "that is named; the other checks run once everything can be read.",
        "条款库的每个文件均可读取，包括条款卡、各部分、术语、附件、来源和模板。处理：更正所指的行；全部可读之后，其他各项检查才会进行。",
    ),
)


def library_pages() -> Iterator[CodePage]:
    """Every code of the check of a library with its page, in order."""
    yield UNREADABLE
    for check in catalogue().values():
        yield CodePage(check.code, check.severity, both(_plain(check.page), _CHINESE[check.code]))


def _plain(page: str) -> str:
    return " ".join(page.split())
