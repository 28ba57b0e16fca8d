"""LIC-08, LIC-09: what no licence may ask of an improver, and the rights of each class of members."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.bespoke import declared
from tmp_builder.rules.facts.filings import codes
from tmp_builder.rules.facts.likeness import alike
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import listed, text_of

GRANT_BACK = "improvements.grant-back-paid"

BARRED: Mapping[str, Labels] = {
    "free-grantback": {"en": "a grant-back free of charge", "zh": "无偿回授"},
    "exclusive-grantback": {"en": "an exclusive grant-back", "zh": "独占性回授"},
    "one-sided-grantback": {"en": "a one-sided grant-back", "zh": "单方回授"},
    "no-challenge": {"en": "a duty not to challenge validity", "zh": "不得质疑有效性"},
    "research-ban": {"en": "a ban on further research and development", "zh": "禁止继续研发"},
}
"""Features of bespoke text that monopolise technology under Chinese law."""


@rule("LIC-08", Severity.ERROR, Force.LAW, "SPCT Art. 10; CNFTL Art. 34")
def nobody_is_barred_from_improving(case: Case) -> Iterator[Hit]:
    """With a Chinese party, law or territory, no text asks for a free, exclusive or one-sided grant-back, forbids challenges
    or further research.

    Why: the Supreme People's Court treats such terms as unlawful monopolisation of technology; they are void and may take
    the contract along.
    Bad: bespoke wording with `features: [free-grantback]`; a paid grant-back with the rate 0. Good: `grant-back-paid` as
    its card has it.
    Decision: what free text says is declared under `features:` of the wording or the additional clause: free-grantback,
    exclusive-grantback, one-sided-grantback, no-challenge, research-ban. China is concerned with a member organised or
    working there, a Side, field or recorded licence whose territory includes it, or a governing law that names it. A mutual
    royalty-free option is not one-sided.
    """
    if not _concerns_china(case):
        return
    for text in declared(case.plan):
        bad = [feature for feature in text.features if feature in BARRED]
        if bad:
            what = listed(BARRED[feature] for feature in bad)
            yield Hit(
                f"the text contains {what['en']}, and China is concerned by a party, the law or a territory",
                f"条文包含{what['zh']}，且当事人、适用法律或者地域涉及中国",
                text.address,
                text.option,
                fix=fix(
                    "Make the grant-back paid, non-exclusive and mutual; drop the ban.",
                    "改为有偿、普通、双向的回授，并删去禁止性约定。",
                ),
            )
    if case.plan.has(GRANT_BACK) and case.value(f"{GRANT_BACK}.rate") == 0:
        yield Hit(
            "the grant-back bears a royalty of 0 percent: it is free, and China is concerned by a party, the law or a territory",
            "回授的许可费率为0%，即无偿回授，且当事人、适用法律或者地域涉及中国",
            f"parameters.{GRANT_BACK}.rate",
            GRANT_BACK,
            fix=fix("Agree a rate of at least 0.1 percent.", "约定不低于0.1%的费率。"),
            cause=f"value:parameters.{GRANT_BACK}.rate",
        )


def _concerns_china(case: Case) -> bool:
    plan = case.plan
    laws = [case.value(f"{option}.law") for option in plan.chosen("governing-law")]
    fields = case.value("licences.field-of-use.fields") if plan.has("licences.field-of-use") else ()
    places = [
        *codes([row.cells.get("territory") or () for row in plan.rows("grants")]),
        *codes([each.get("territory") or () for each in fields or ()]),
    ]
    return case.holds("cn-party") or case.holds("chinese-side") or "CN" in places or any(_is_china(law) for law in laws)


def _is_china(law: Any) -> bool:
    words = text_of(law)
    named = "China" in words["en"] or "PRC" in words["en"] or "中国" in words["zh"] or "中华人民共和国" in words["zh"]
    return named and not any(place in words["en"] for place in ("Hong Kong", "Macau", "Macao", "Taiwan"))


@rule("LIC-09", Severity.ERROR, Force.CONTRACT, "SEED3 member classes")
def every_class_has_its_rights(case: Case) -> Iterator[Hit]:
    """The table of rights names every class of membership.

    Why: members of a class that the table forgets hold the bare minimum, whatever they paid.
    Bad: classes Core, Partner and Associate, a table for Core and Associate. Good: a row for each of the three.
    Decision: names are compared without regard to case, in either language. A table that is not written at all is a blank
    (STR-05).
    """
    option = "licences.class-based"
    matrix, classes = case.value(f"{option}.matrix"), case.value("membership.classes.classes")
    if not case.plan.has(option) or not case.plan.has("membership.classes") or matrix is None:
        return
    there = [record.get("class") for record in matrix]
    missing = [record.get("name") for record in classes or () if not any(alike(record.get("name"), name) for name in there)]
    if missing:
        what = listed(text_of(name) for name in missing)
        yield Hit(
            f"the table of rights by class says nothing about: {what['en']}",
            f"各类别权利表未列：{what['zh']}",
            f"parameters.{option}.matrix",
            option,
            fix=fix(f"Add a row for {what['en']}.", f"为{what['zh']}增加一行。"),
        )
