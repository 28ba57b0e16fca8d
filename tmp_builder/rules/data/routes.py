"""DAT-01: data that leave the Chinese mainland and the route that Chinese law has for them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.borders import recipients_outside
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import ids_listed, members_named

OUTBOUND = "data.china-outbound"
SMALL, LARGE, SENSITIVE = 100_000, 1_000_000, 10_000
"""Persons in a calendar year: Chinese rules on cross-border data of 22 March 2024."""

FREE, VOLUME, CONTRACT, ASSESSMENT = range(4)
_RANK = {
    "exempt_academic": FREE,
    "exempt_volume": VOLUME,
    "standard_contract": CONTRACT,
    "certification": CONTRACT,
    "cac_assessment": ASSESSMENT,
    "fz_negative_list": CONTRACT,
}
"""How far each route reaches; the negative list of a pilot zone knows no counts."""

NEEDED: dict[int, Labels] = {
    VOLUME: {"en": "the exemption for small numbers", "zh": "小规模豁免"},
    CONTRACT: {"en": "the standard contract or certification", "zh": "标准合同或者认证"},
    ASSESSMENT: {"en": "the security assessment", "zh": "安全评估"},
}


def persons_said(count: int) -> str:
    """1 person; 120,000 persons."""
    return f"{count:,} {'person' if count == 1 else 'persons'}"


class Content(Struct, frozen=True):
    """What of a dataset the law counts: persons, those of them with sensitive data, important data."""

    persons: int = 0
    sensitive: int = 0
    important: bool = False

    @classmethod
    def of(cls, row: RegisterRow) -> Content:
        """As far as the row says; what it leaves out counts as nothing."""
        persons, sensitive = (row.cells.get(name) for name in ("personal_count", "sensitive_count"))
        return cls(persons or 0, sensitive or 0, row.cells.get("important_data") == "yes")

    def plus(self, other: Content) -> Content:
        """The persons of both."""
        return Content(self.persons + other.persons, self.sensitive + other.sensitive, self.important or other.important)

    @property
    def rank(self) -> int:
        """The least route that is open to it."""
        if self.important or self.persons >= LARGE or self.sensitive >= SENSITIVE:
            return ASSESSMENT
        if self.persons >= SMALL or self.sensitive:
            return CONTRACT
        return VOLUME if self.persons else FREE

    @property
    def said(self) -> Labels:
        """120,000 persons, 5 of them with sensitive data, important data."""
        en = [persons_said(self.persons), f"{self.sensitive:,} with sensitive data"]
        zh = [f"涉及{self.persons:,}人", f"其中{self.sensitive:,}人涉及敏感个人信息"]
        more = ("important data", "含重要数据") if self.important else ("no important data", "不含重要数据")
        return {"en": ", ".join([*en, more[0]]), "zh": "，".join([*zh, more[1]])}


@rule("DAT-01", Severity.ERROR, Force.LAW, "CNDATA cross-border rules of 22 March 2024; CNDATA Data Security Law Arts 21, 31")
def data_leave_china_by_a_route_that_fits(case: Case) -> Iterator[Hit]:
    """Data that leave the Chinese mainland have a route, and the route fits their counts and the important-data flag.

    Why: the route decides whether the transfer is lawful at all; the number of persons in a year and important data decide
    the route.
    Bad: a dataset of 100,000 persons under `exempt_volume`; important data under `standard_contract`. Good: 99,999 persons;
    `cac_assessment`.
    Decision: data leave where a recipient is organised outside CN; Hong Kong, Macau and Taiwan are outside. The route is
    that of the row, else the one in `data.china-outbound`. Academic cooperation: no personal and no important data. Small
    volume: fewer than 100,000 persons, none sensitive. Contract or certification: fewer than 1,000,000 persons, or fewer
    than 10,000 with sensitive data. A stricter route than needed fits; a count that is not entered is not held against it;
    under a negative list only important data are. An operator of critical infrastructure has to be looked at by hand. The
    law adds up the calendar year of an exporter: where only the sum of its datasets is too large for their route, that is
    a warning, since the register does not say in which year they leave.
    """
    by_owner: dict[str, list[tuple[RegisterRow, str]]] = {}
    for row in case.plan.rows("datasets"):
        abroad = recipients_outside(case.plan, row, "CN")
        if abroad:
            route = _route(case, row)
            if not route:
                yield _no_route(row, members_named(abroad))
            elif not _fits(route, Content.of(row)):
                yield _misfit(case, row, route)
            else:
                by_owner.setdefault(str(row.cells.get("owner") or ""), []).append((row, route))
    for owner, rows in by_owner.items():
        if owner:
            yield from _too_much_together(owner, rows)


def _route(case: Case, row: RegisterRow) -> str:
    agreed = case.value(f"{OUTBOUND}.route") if case.plan.has(OUTBOUND) else None
    return str(row.cells.get("transfer_route") or agreed or "")


def _fits(route: str, content: Content) -> bool:
    if route == "fz_negative_list":
        return not content.important
    return _RANK[route] >= content.rank


def _no_route(row: RegisterRow, names: Labels) -> Hit:
    return Hit(
        f"{row.id} leaves the Chinese mainland (to {names['en']}) without a route",
        f"{row.id}提供给{names['zh']}而离开中国大陆，但未载明出境途径",
        f"{row.address}.transfer_route",
        OUTBOUND,
        str(row.cells.get("owner") or ""),
        fix=fix("Enter transfer_route, or close the access from outside.", "填写transfer_route，或者不对境外开放。"),
    )


def _said(case: Case, route: str) -> Labels:
    columns = case.library.schedules["datasets"].columns
    return next(column for column in columns if column.name == "transfer_route").values[route]


def _misfit(case: Case, row: RegisterRow, route: str) -> Hit:
    content = Content.of(row)
    said, needed, label = content.said, NEEDED[content.rank], _said(case, route)
    own = bool(row.cells.get("transfer_route"))
    return Hit(
        f"{row.id} leaves the Chinese mainland by “{label['en']}” with {said['en']}: it needs {needed['en']}",
        f"{row.id}以“{label['zh']}”途径离开中国大陆，{said['zh']}：应当采用{needed['zh']}",
        f"{row.address}.transfer_route" if own else f"parameters.{OUTBOUND}.route",
        OUTBOUND,
        str(row.cells.get("owner") or ""),
        fix=fix(f"Choose {needed['en']}.", f"改用{needed['zh']}。"),
    )


def _too_much_together(owner: str, rows: list[tuple[RegisterRow, str]]) -> Iterator[Hit]:
    """Datasets of one exporter that fit their routes one by one, but not together."""
    total = Content()
    for row, _ in rows:
        total = total.plus(Content.of(row))
    over = [row for row, route in rows if Content.of(row).persons and not _fits(route, Content(total.persons, total.sensitive))]
    if len(rows) > 1 and over:
        names, said, needed = ids_listed(row.id for row in over), total.said, NEEDED[total.rank]
        yield Hit(
            f"{names['en']} of {owner} come to {said['en']} together: within one calendar year they need {needed['en']}",
            f"{owner}的{names['zh']}合计{said['zh']}：如在同一公历年度出境，应当采用{needed['zh']}",
            f"{over[0].address}.transfer_route",
            OUTBOUND,
            owner,
            fix=fix("Check the year of each transfer, or choose that route.", "核对各次出境的年度，或者改用该途径。"),
            severity=Severity.WARNING,
        )
