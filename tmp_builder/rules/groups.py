"""What the groups of rules are called: the letters before the number of a code."""

from __future__ import annotations

from tmp_builder.library.schema import Labels

GROUP_NAMES: dict[str, Labels] = {
    "STR": {"en": "Structure", "zh": "结构"},
    "BAS": {"en": "Legal basis", "zh": "法律基础"},
    "PAR": {"en": "Parties", "zh": "当事人"},
    "PRJ": {"en": "Projects", "zh": "项目"},
    "BIP": {"en": "Background IP", "zh": "背景知识产权"},
    "OWN": {"en": "Ownership and territory", "zh": "归属与地域"},
    "PRO": {"en": "Protection and filing", "zh": "保护与申请"},
    "LIC": {"en": "Licences and windows", "zh": "许可与期间"},
    "FUN": {"en": "Public money", "zh": "公共资金"},
    "CON": {"en": "Confidentiality and publication", "zh": "保密与发表"},
    "DAT": {"en": "Data", "zh": "数据"},
    "EQP": {"en": "Equipment", "zh": "设备"},
    "SEC": {"en": "Technology tiers and security", "zh": "技术分级与安全"},
    "REC": {"en": "Reciprocity and registry", "zh": "对等与登记"},
    "MEM": {"en": "Membership", "zh": "成员"},
    "COM": {"en": "Competition", "zh": "竞争"},
    "DIS": {"en": "Disputes", "zh": "争议"},
    "LAW": {"en": "Governing law", "zh": "适用法律"},
    "LAN": {"en": "Language", "zh": "语言"},
    "TIM": {"en": "Dates", "zh": "日期"},
    "WAI": {"en": "Waivers", "zh": "豁免"},
    "APP": {"en": "Approvals", "zh": "审批"},
    "XPL": {"en": "Across plans", "zh": "跨计划一致性"},
    "DOC": {"en": "Text of a file", "zh": "文件文本"},
    "LIB": {"en": "Clause library", "zh": "条款库"},
}


def group_of(code: str) -> str:
    """The group of a code: the letters before its hyphen."""
    return code.partition("-")[0]


def group_name(code: str, language: str) -> str:
    """What the group of a code is called; its letters where it has no name."""
    return GROUP_NAMES.get(group_of(code), {}).get(language) or group_of(code)
