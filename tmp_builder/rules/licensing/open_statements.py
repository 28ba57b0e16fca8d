"""LIC-11: open-licence statements for Chinese patents beside exclusive licences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tmp_builder.findings import Force, Severity
from tmp_builder.plan.schema import RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.filings import codes, filings
from tmp_builder.rules.facts.grants import ExclusiveGrant, recorded
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.licensing.licensed_rights import idents, in_force_on
from tmp_builder.rules.names import day

OPEN = "competition.open-licence-china"


@rule("LIC-11", Severity.ERROR, Force.LAW, "CNPL Arts 50–51")
def openly_licensed_patents_are_not_exclusive(case: Case) -> Iterator[Hit]:
    """No Chinese patent is under an open-licence statement and under an exclusive or sole licence.

    Why: as long as the statement stands the law forbids exclusive licences of that patent.
    Bad: R-1 with `open_licence_on: 2029-03-01` and an exclusive grant in R-1 until 1 March 2029 or later. Good: the grant
    ended the day before, or the statement is withdrawn first.
    Decision: a statement is entered with the patent (`open_licence_on`, in Schedule 1 or 11). Where the plan chooses the
    clause on open licences and no row says for which patent, every Chinese patent that a running exclusive grant names is
    meant.
    """
    plan = case.plan
    rows = {row.id: row for register in ("background", "results") for row in plan.rows(register)}
    entered = any(row.cells.get("open_licence_on") for row in rows.values())
    for grant in recorded(plan):
        for row in [rows[ident] for ident in (idents(grant.row) if grant.row else ()) if ident in rows]:
            since = row.cells.get("open_licence_on")
            meant = plan.has(OPEN) and not entered and _chinese_patent(row)
            if (isinstance(since, date) and in_force_on(grant, since)) or meant:
                yield _both(grant, row, since)


def _both(grant: ExclusiveGrant, row: RegisterRow, since: date | None) -> Hit:
    said = {"en": f" of {day(since)['en']}", "zh": f"（{day(since)['zh']}）"} if since else {"en": "", "zh": ""}
    what = grant.row.id if grant.row else ""
    return Hit(
        f"{row.id} is under an open-licence statement{said['en']} and under the exclusive grant {what}",
        f"{row.id}既有开放许可声明{said['zh']}，又有独占性授权{what}",
        grant.address,
        OPEN,
        grant.licensee,
        fix=fix("Withdraw the statement, or make the licence non-exclusive.", "撤回声明，或者改为普通实施许可。"),
    )


def _chinese_patent(row: RegisterRow) -> bool:
    if row.cells.get("kind") in ("patent", "application", "design"):
        return "CN" in codes(row.cells.get("country")) or "CN" in [filing.country for filing in filings(row)]
    return row.cells.get("kind") in ("invention", "utility-model") and "CN" in [filing.country for filing in filings(row)]
