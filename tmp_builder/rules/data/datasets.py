"""DAT-02 to DAT-05: data of US persons, complete inventories, foreign authorities, Chinese human genetic resources."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Member, RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.confidentiality.secrets import COMPELLED, foreign_requests_handled
from tmp_builder.rules.data.routes import persons_said
from tmp_builder.rules.facts.borders import ends_of, kept_in, recipients_in, recipients_outside
from tmp_builder.rules.facts.homes import at_home_in, foreign_to
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import ids_listed, listed, members_named, only, text_of

BULK, INVENTORY = "data.us-bulk", "data.inventory"
COURTS, REGISTRY = "disputes.courts", "reciprocity.registry"


@rule("DAT-02", Severity.ERROR, Force.LAW, "BULK 28 CFR 202, 202.504")
def us_personal_data_need_an_exemption(case: Case) -> Iterator[Hit]:
    """Personal or omic data kept in the United States reach a Chinese member only with the reference of an exemption;
    otherwise access is refused.

    Why: a Chinese member counts as a covered person; a transfer in bulk without an exemption is an offence.
    Bad: D-1 with `omic: yes`, a Chinese recipient and no `exemption_ref`. Good: `exemption_ref: award NSF-2600001, 28 CFR
    202.504`, or `access_refused: yes`.
    Decision: the exemption has to stand in the row of the dataset, since one for the programme as a whole serves a dataset
    only if its entry names the award or act. Personal data are any persons counted, omic data and data flagged
    `us_bulk`; the counts of the rule for bulk are for counsel, who enters the result in `exemption_ref`. Members organised
    in Hong Kong or Macau are covered persons as well.
    """
    for row in case.plan.rows("datasets"):
        members = [member for code in ("CN", "HK", "MO") for member in recipients_in(case.plan, row, code)]
        kinds = _personal(row)
        open_ = not row.cells.get("exemption_ref") and row.cells.get("access_refused") != "yes"
        if kept_in(row, "US") and members and kinds and open_:
            names, what = members_named(members), listed(kinds)
            yield Hit(
                f"{row.id} holds US data ({what['en']}) open to {names['en']}, without the reference of an exemption",
                f"{row.id}为美国数据（{what['zh']}），向{names['zh']}开放，但未载明豁免依据",
                f"{row.address}.exemption_ref",
                BULK,
                only(members),
                fix=fix("Enter exemption_ref, or set access_refused: yes.", "填写exemption_ref，或者设access_refused: yes。"),
            )


def _personal(row: RegisterRow) -> list[Labels]:
    """What of a dataset falls under the rule on sensitive personal data."""
    found: list[Labels] = []
    persons = max(row.cells.get("personal_count") or 0, row.cells.get("sensitive_count") or 0)
    if persons:
        found.append({"en": persons_said(persons), "zh": f"{persons:,}人"})
    if row.cells.get("omic") == "yes":
        found.append({"en": "omic data", "zh": "组学数据"})
    if row.cells.get("us_bulk") == "yes":
        found.append({"en": "bulk data", "zh": "大批量数据"})
    return found


_CELLS: dict[str, Labels] = {
    "owner": {"en": "owner", "zh": "权利人"},
    "place": {"en": "place", "zh": "所在地"},
    "tier": {"en": "tier", "zh": "级别"},
}


@rule("DAT-03", Severity.ERROR, Force.CONTRACT, "SEED2 data governance")
def datasets_have_owner_place_and_tier(case: Case) -> Iterator[Hit]:
    """Every dataset names its owner, its place and its tier.

    Why: who may decide, whose law applies and who may look cannot be told without them.
    Bad: D-2 without a place. Good: all three in each row.
    """
    for row in case.plan.rows("datasets"):
        missing = [name for name in _CELLS if not row.cells.get(name)]
        if missing:
            what = listed(_CELLS[name] for name in missing)
            yield Hit(
                f"dataset {row.id} has no {what['en']}",
                f"数据集{row.id}缺少{what['zh']}",
                f"{row.address}.{missing[0]}",
                INVENTORY,
                str(row.cells.get("owner") or ""),
                fix=fix(f"Enter {', '.join(missing)}.", f"填写{'、'.join(missing)}。"),
            )


@rule("DAT-04", Severity.WARNING, Force.LAW, "CNDATA Data Security Law Art. 36")
def chinese_data_reach_no_foreign_authority_unapproved(case: Case) -> Iterator[Hit]:
    """Where data are stored in China, no clause on disputes or registries leads to a foreign court or authority without the
    approval step.

    Why: China forbids giving such data to a foreign court or law-enforcement body without approval, whatever a contract
    says.
    Bad: data in China, a court abroad, no `confidentiality.compelled`. Good: the clause, which asks for approval first.
    Decision: looked at are `disputes.courts` with a court whose name is not Chinese, and `reciprocity.registry`, which
    authorities of both sides may read; the audits in the cards are made by independent accountants. Arbitral tribunals are
    no courts. Where US and Chinese members take part, the same clause is missing under CON-07, which alone reports it.
    """
    rows = [row for row in case.plan.rows("datasets") if kept_in(row, "CN")]
    if not rows or case.holds("us-and-cn") or foreign_requests_handled(case):
        return
    names = ids_listed(row.id for row in rows)
    for option, en, zh in _channels(case):
        yield Hit(
            f"{names['en']} {'is' if len(rows) == 1 else 'are'} stored in China, and {option} leads to {en} without an "
            "approval step",
            f"{names['zh']}存储于中国，而{option}可能使其提供给{zh}，且未设批准步骤",
            f"choices.{option.partition('.')[0]}",
            option,
            fix=fix(f"Choose {COMPELLED}.", f"选用{COMPELLED}。"),
        )


_CHINESE = re.compile(r"\bChin(?:a|ese)\b|People[’']s Court|中国|人民法院", re.IGNORECASE)


def _channels(case: Case) -> Iterator[tuple[str, str, str]]:
    """Chosen clauses through which data may reach a foreign court or authority, and which."""
    court = text_of(case.value(f"{COURTS}.court")) if case.plan.has(COURTS) else {"en": "", "zh": ""}
    if court["en"] and not any(_CHINESE.search(name) for name in court.values()):
        yield COURTS, f"a foreign court ({court['en']})", f"外国法院（{court['zh']}）"
    if case.plan.has(REGISTRY):
        yield REGISTRY, "authorities of both sides", "双方主管机关"


@rule("DAT-05", Severity.ERROR, Force.LAW, "CNHGR Arts 21–28")
def genetic_resources_leave_china_with_papers(case: Case) -> Iterator[Hit]:
    """Chinese human genetic resources, as data or as material, leave China only with the reference of their approval or
    filing, and the report on the cooperation has its date.

    Why: without approval or filing the transfer is an offence; the report is due within six months after the cooperation
    ends.
    Bad: `hgr: yes`, a US recipient, no `hgr_ref`. Good: `hgr_ref` and `cooperation_end`.
    Decision: data leave where a recipient is organised outside CN, material where its provider is in CN and its host is
    not. The report is a task of the table of dates (D50), which can only be reckoned once `cooperation_end` is entered; an
    item of equipment or material follows the dataset of its project.
    """
    for row in case.plan.rows("datasets"):
        abroad = recipients_outside(case.plan, row, "CN")
        if row.cells.get("hgr") == "yes" and abroad:
            yield from _papers(row, abroad)
            if not row.cells.get("cooperation_end"):
                yield _no_report(row)
    for row in case.plan.rows("equipment"):
        ends = ends_of(case.plan, row)
        leaves = ends and at_home_in(case.plan, ends[0], "CN") and foreign_to(case.plan, ends[1], "CN")
        if row.cells.get("hgr") == "yes" and ends and leaves:
            yield from _papers(row, [ends[1]])


def _papers(row: RegisterRow, abroad: list[Member]) -> Iterator[Hit]:
    if not row.cells.get("hgr_ref"):
        names = members_named(abroad)
        yield Hit(
            f"{row.id} holds Chinese human genetic resources and leaves China (to {names['en']}) without an approval or filing",
            f"{row.id}含中国人类遗传资源，提供给{names['zh']}而出境，但没有批准或者备案编号",
            f"{row.address}.hgr_ref",
            INVENTORY,
            str(row.cells.get("owner") or row.cells.get("provider") or ""),
            fix=fix("Obtain the approval or filing and enter hgr_ref.", "取得批准或者备案并填写hgr_ref。"),
        )


def _no_report(row: RegisterRow) -> Hit:
    return Hit(
        f"{row.id}: the report on the cooperation is due six months after it ends, but its end is not entered",
        f"{row.id}：合作情况报告应在合作结束后六个月内提交，但未载明合作结束日期",
        f"{row.address}.cooperation_end",
        INVENTORY,
        str(row.cells.get("owner") or ""),
        fix=fix("Enter cooperation_end.", "填写cooperation_end。"),
        cause=f"cell:{row.address}.cooperation_end",
    )
