"""LAW-01, LAN-01 and LAN-02: the law of the contract and the language that decides."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.findings import Force, Severity
from tmp_builder.plan.schema import Member
from tmp_builder.rules.alternatives import more_than_one
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.homes import bound
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import members_named

BASE_LAWS = ("governing-law.neutral", "governing-law.split", "governing-law.home", "governing-law.silent")
SILENT, MANDATORY = "governing-law.silent", "governing-law.mandatory"
LANGUAGE_RULES = ("language.english-prevails", "language.chinese-prevails", "language.equal")
EQUAL = "language.equal"


@rule("LAW-01", Severity.WARNING, Force.CONTRACT, "DESCA 11.5, 11.7; USNL names no governing law")
def the_law_is_settled(case: Case) -> Iterator[Hit]:
    """Private members know which law applies; there is one base law; US and Chinese members keep their mandatory law.

    Why: treaty-style silence suits governments, not companies that sue for royalties; and no member can promise to
    break the law at home.
    Bad: a company under `governing-law: silent`; `[neutral, home]`. Good: `[neutral, mandatory]`.
    Decision: two base laws are an error, the rest warnings. An institute is private when `state-owned: no` is entered; a
    base law still open between alternatives is not “nothing selected”.
    """
    what = {"en": "base laws", "zh": "项基本适用法律"}
    several = more_than_one(case, BASE_LAWS, "governing-law.law", what, severity=Severity.ERROR)
    yield from several or _no_law(case, [member for member in bound(case.plan) if _is_private(member)])
    if case.holds("us-party") and case.holds("cn-party") and MANDATORY not in set(case.plan.entered("governing-law")):
        yield Hit(
            "US and Chinese members take part, and the plan does not say that nobody has to break mandatory law",
            "有美国和中国成员单位参加，而本计划未约定任何一方不因履约而违反强制性法律",
            "choices.governing-law",
            MANDATORY,
            fix=fix("Add mandatory under choices.governing-law.", "在choices.governing-law下增加mandatory。"),
        )


def _is_private(member: Member) -> bool:
    return member.type == "company" or (member.type == "institute" and member.cells.get("state_owned") == "no")


def _no_law(case: Case, private: list[Member]) -> Iterator[Hit]:
    silent = case.plan.has(SILENT)
    if private and (silent or not set(BASE_LAWS) & set(case.plan.entered("governing-law"))):
        names = members_named(private)
        what = {"en": "expressly silent", "zh": "明示不约定"} if silent else {"en": "not chosen", "zh": "未选择"}
        yield Hit(
            f"the governing law is {what['en']}, while private members take part: {names['en']}",
            f"适用法律{what['zh']}，而有私营成员单位参加：{names['zh']}",
            "choices.governing-law",
            SILENT if silent else "",
            fix=fix(
                "Choose neutral, split or home under choices.governing-law.",
                "在choices.governing-law下选neutral、split或者home。",
            ),
        )


@rule("LAN-01", Severity.ERROR, Force.CONTRACT, "CNCC Art. 466; DESCA 11.6")
def one_language_rule(case: Case) -> Iterator[Hit]:
    """A bilingual document says which text decides, once.

    Why: two texts always differ somewhere; without a rule, or with two, each side relies on its own.
    Bad: `languages: [en, zh]` with no rule; `[english-prevails, equal]`. Good: one of the three.
    Decision: a document in one language needs no rule, and may still have only one. A rule that is open between
    alternatives is a gap (STR-05), not a missing rule.
    """
    what = {"en": "language rules", "zh": "项语言效力规则"}
    yield from more_than_one(case, LANGUAGE_RULES, "language.language", what, kept="一项")
    if not set(LANGUAGE_RULES) & set(case.plan.entered("language")) and case.holds("bilingual"):
        yield Hit(
            "the document is in English and Chinese, and no rule says which text decides",
            "本文件采用中英两种文字，而未约定以何种文本为准",
            "choices.language",
            fix=fix(
                "Add english-prevails, chinese-prevails or equal under choices.language.",
                "在choices.language下选填english-prevails、chinese-prevails或者equal。",
            ),
            cause="slot:language.language",
        )


@rule("LAN-02", Severity.WARNING, Force.CONTRACT, "CNCC Art. 466; CERC-HIST: bilingual plans of 2011")
def equal_texts_have_a_tie_break(case: Case) -> Iterator[Hit]:
    """Where both texts are equal, the plan says how a difference is resolved.

    Why: equal texts that differ leave the judge to choose; Chinese law then looks at the purpose, other laws at the draft.
    Bad: `language: equal` without `tiebreak`. Good: `tiebreak: purpose_good_faith` or `expert`.
    Decision: bespoke wording of the option is read by counsel and not held to this rule.
    """
    if case.plan.has(EQUAL) and EQUAL not in case.plan.wording and case.value(f"{EQUAL}.tiebreak") is None:
        yield Hit(
            "both texts are equal, and nothing says how a difference between them is resolved",
            "两种文本同等作准，而未约定文本不一致时如何解决",
            f"parameters.{EQUAL}.tiebreak",
            EQUAL,
            fix=fix("Set tiebreak: to purpose_good_faith or expert.", "设tiebreak:为purpose_good_faith或者expert。"),
        )
