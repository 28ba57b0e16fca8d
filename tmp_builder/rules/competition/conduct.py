"""COM-01, COM-02: competition law: notification in the United States, texts about prices, volumes and customers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.bespoke import BespokeText, declared
from tmp_builder.rules.facts.homes import at_home_in, bound
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import members_named, only

NOTIFICATION = "competition.us-notification"
ALLIANCES = ("sematech",)
"""Profiles of industrial alliances."""

SUBJECTS: Mapping[str, Labels] = {
    "sets-prices": {"en": "prices", "zh": "价格"},
    "sets-volumes": {"en": "volumes", "zh": "数量"},
    "divides-customers": {"en": "customers", "zh": "客户"},
}
"""Features of bespoke text that competition law looks at first."""

OUTSIDE = "outside-licensed-ip"

_WORDS: Mapping[str, re.Pattern[str]] = {
    "sets-prices": re.compile(
        r"\b(?:minimum|maximum|fixed|uniform|agreed|resale|selling|list)\s+(?:\w+\s+)?prices?\b"
        r"|\bprice\s+(?:floor|ceiling|list)s?\b"
        r"|(?:最低|最高|固定|统一|约定|转售)(?:销售|转售|出厂)?价格?|价格(?:上限|下限|表)",
        re.IGNORECASE,
    ),
    "sets-volumes": re.compile(
        r"\b(?:minimum|maximum|fixed|agreed)\s+(?:production|output|sales)?\s*(?:volumes?|quantit(?:y|ies)|outputs?)\b"
        r"|\b(?:production|output|sales)\s+(?:quotas?|limits?)\b|\blimits?\s+(?:its|their)\s+(?:output|production|sales)\b"
        r"|(?:产量|销量|生产数量|销售数量)(?:限制|上限|配额)|(?:限制|限定|分配)(?:其)?(?:产量|销量|生产数量|销售数量)",
        re.IGNORECASE,
    ),
    "divides-customers": re.compile(
        r"\b(?:allocat|divid|shar|reserv|assign)\w*\s+(?:\w+\s+){0,2}customers\b|\bcustomers\s+(?:\w+\s+){0,3}(?:allocated|divided|reserved|assigned)\b"
        r"|(?:划分|分割|分配|瓜分)(?:其)?(?:客户|顾客|用户|销售市场)",
        re.IGNORECASE,
    ),
}
"""How texts speak of them, in either language."""


@rule("COM-01", Severity.WARNING, Force.LAW, "K: 15 USC 4301–4306")
def the_venture_is_notified(case: Case) -> Iterator[Hit]:
    """An industrial alliance with US members notifies its venture in the United States within ninety days of signature and of
    each change.

    Why: a notified venture is judged by reason and owes single instead of threefold damages; the ninety days cannot be
    extended.
    Bad: profile `sematech`, a US company, and no `competition.us-notification`. Good: the clause, which covers changes of
    membership too.
    Decision: the alliance profile is `sematech`; US members are those organised in the United States. The clause is the
    task for signature and changes alike; more than ninety days lie outside its range (STR-02).
    """
    members = [member for member in bound(case.plan) if at_home_in(case.plan, member, "US")]
    if case.plan.profile in ALLIANCES and members and NOTIFICATION not in case.plan.entered("competition"):
        names = members_named(members)
        yield Hit(
            f"US members take part in an alliance ({names['en']}), but no notification within 90 days of signature is planned",
            f"美国成员单位参加联盟（{names['zh']}），但未安排签署后90日内的通报",
            "choices.competition",
            NOTIFICATION,
            only(members),
            fix=fix(f"Add {NOTIFICATION}.", f"增加{NOTIFICATION}。"),
        )


@rule("COM-02", Severity.WARNING, Force.LAW, "K: antitrust law; SPCT Art. 10")
def texts_leave_the_market_alone(case: Case) -> Iterator[Hit]:
    """No text of the plan sets prices, volumes or customers; outside the licensed rights this is an error.

    Why: among competitors such terms are the core of cartel law; the whole plan may fall with them, and fines follow.
    Bad: bespoke wording with “minimum resale price”; `features: [sets-prices, outside-licensed-ip]` (error). Good: a
    royalty on net sales, prices left to the seller.
    Decision: the cards of the library set none of these, so bespoke wording and additional clauses are read: the features
    sets-prices, sets-volumes and divides-customers, which declare it, and phrases that speak of it. The feature
    outside-licensed-ip says that more than licensed rights is concerned. One finding a text; a text that only forbids such
    terms may be reported too and is waived.
    """
    for text in declared(case.plan):
        kinds = [kind for kind in SUBJECTS if kind in text.features or _speaks_of(text, kind)]
        if kinds:
            yield _market(text, kinds)


def _speaks_of(text: BespokeText, kind: str) -> bool:
    return any(_WORDS[kind].search(prose) for prose in text.prose.values())


def _market(text: BespokeText, kinds: list[str]) -> Hit:
    what = {lang: ", ".join(SUBJECTS[kind][lang] for kind in kinds) for lang in ("en", "zh")}
    outside = OUTSIDE in text.features and any(kind in text.features for kind in kinds)
    en, zh = (" outside the licensed rights", "，且超出被许可权利的范围") if outside else ("", "")
    return Hit(
        f"the text sets {what['en']}{en}",
        f"条文涉及设定{what['zh']}{zh}",
        text.address,
        text.option,
        fix=fix("Leave it to each member, or have competition counsel check it.", "由各成员单位自行决定，或者请竞争法律师核对。"),
        severity=Severity.ERROR if outside else Severity.WARNING,
    )
