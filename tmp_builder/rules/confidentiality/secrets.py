"""CON-01 to CON-03, CON-07: how long and how strictly secrets are kept, and what is done when an authority asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, exclusion, rule
from tmp_builder.rules.facts.tiers import tiered
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.licensing.licensed_rights import LicensedRights
from tmp_builder.rules.names import day, listed, project_name, text_of

STANDARDS = ("confidentiality.marked", "confidentiality.nature", "confidentiality.business-confidential")
TAIL, RESIDUALS, COMPELLED = (f"confidentiality.{name}" for name in ("trade-secret-tail", "residuals", "compelled"))
PACK = "export-control.yellow-pack"
RETENTION = {"D39": ("the retention window", "设备保留期"), "D40": ("the retention of know-how", "技术秘密保留期")}


@rule("CON-01", Severity.ERROR, Force.CONTRACT, "K: trade secret practice; SEED3 windows of the chip alliance")
def secrecy_lasts_as_long_as_the_windows(case: Case) -> Iterator[Hit]:
    """Confidentiality does not end before the last retention window of equipment or know-how and the last licence of
    know-how, unless trade secrets stay protected as long as they are secret.

    Why: know-how that may not be licensed but may be told is not retained; a licensee pays for a secret that has lapsed.
    Bad: confidentiality until 1 October 2032, the know-how in EQ-1 retained until 2 October 2032. Good: a longer period,
    or `confidentiality.trade-secret-tail`.
    Decision: the ends are those of the table of dates (D32, D39, D40) as far as they have a date; a licence counts when it
    names an item or result of kind know-how, or a result kept secret, and has an end. The tail covers registered trade
    secrets and is enough. Two standards at once are the business of CON-03.
    """
    chosen = [option for option in STANDARDS if case.plan.has(option)]
    if len(chosen) != 1 or TAIL in case.plan.entered("confidentiality"):
        return
    end = next((each.date for each in case.deadlines if each.code == "D32" and each.source == chosen[0]), None)
    windows = [*_retained(case), *_licensed(case)]
    if end is None or not windows:
        return
    last, what = max(windows, key=lambda window: window[0])
    if end < last:
        said, window_end = day(end), day(last)
        yield Hit(
            f"confidentiality ends on {said['en']}, before {what['en']} ends on {window_end['en']}",
            f"保密期限于{said['zh']}届满，早于{what['zh']}的届满日（{window_end['zh']}）",
            f"parameters.{chosen[0]}.months_after_end",
            chosen[0],
            fix=fix(f"Lengthen months_after_end, or choose {TAIL}.", f"延长months_after_end，或者选用{TAIL}。"),
        )


def _retained(case: Case) -> Iterator[tuple[date, Labels]]:
    """Retention windows of items that have a date."""
    for each in case.deadlines:
        if each.code in RETENTION and each.object and each.part != "parity" and each.date:
            en, zh = RETENTION[each.code]
            yield each.date, {"en": f"{en} of {each.object}", "zh": f"{each.object}的{zh}"}


def _licensed(case: Case) -> Iterator[tuple[date, Labels]]:
    """Licences of know-how that have an end."""
    rights = LicensedRights(case.plan)
    for row in case.plan.rows("grants"):
        end = row.cells.get("end")
        if isinstance(end, date) and any(_secret(other) for other in (*rights.results(row), *rights.background(row))):
            yield end, {"en": f"the know-how licence {row.id}", "zh": f"技术秘密许可{row.id}"}


def _secret(row: RegisterRow) -> bool:
    return row.cells.get("kind") == "know-how" or row.cells.get("decision") == "secret"


@rule("CON-02", Severity.WARNING, Force.CONTRACT, "K: trade secret practice; CNCC Art. 871")
def listed_know_how_outlives_the_fixed_period(case: Case) -> Iterator[Hit]:
    """Where know-how is listed as Background IP, trade secrets are protected as long as they are secret.

    Why: every standard has a fixed period; when it ends, know-how of a hundred years may be published by the receiver.
    Bad: BG-2 of kind know-how, secret for 60 months after the end. Good: `confidentiality.trade-secret-tail`.
    Decision: one finding names the items; withdrawn ones do not count. A tail that is still open is not missing.
    """
    standard = next((option for option in STANDARDS if case.plan.has(option)), "")
    rows = [
        row for row in case.plan.rows("background") if row.cells.get("kind") == "know-how" and not row.cells.get("withdrawn_on")
    ]
    if standard and rows and TAIL not in case.plan.entered("confidentiality"):
        names = listed(_titled(row) for row in rows)
        months = case.value(f"{standard}.months_after_end")
        span = {
            "en": f" {months} months after the plan ends" if months else "",
            "zh": f"（计划终止后{months}个月）" if months else "",
        }
        yield Hit(
            f"know-how is listed ({names['en']}), but secrecy ends with the fixed period{span['en']}",
            f"清单列有技术秘密（{names['zh']}），但保密义务随固定期限{span['zh']}届满",
            "choices.confidentiality",
            TAIL,
            fix=fix(f"Choose {TAIL}.", f"选用{TAIL}。"),
        )


def _titled(row: RegisterRow) -> Labels:
    title = text_of(row.cells.get("title"))
    return {"en": f"{row.id} “{title['en']}”", "zh": f"{row.id}“{title['zh']}”"} if title["en"] else {"en": row.id, "zh": row.id}


@rule("CON-03", Severity.ERROR, Force.CONTRACT, "K: technology contract practice; SEED2 yellow-tier controls")
def one_standard_and_no_memory_of_yellow_projects(case: Case) -> Iterator[Hit]:
    """One standard decides what is confidential; and no project is yellow where unaided memory is free to use.

    Why: under two standards each side cites the one that suits it; controlled technology does not become free by being
    remembered.
    Bad: `confidentiality: [marked, nature]`; `residuals` beside a project with `tier: yellow`. Good: one standard, and
    no residuals in a plan with a yellow project.
    Decision: a project is yellow by its own tier or that of one of its technologies, while it runs. The exception for
    yellow technology in the card does not help: nobody can sort a memory by tiers.
    """
    chosen = [option for option in STANDARDS if case.plan.has(option)]
    if len(chosen) > 1:
        labels = listed(case.library.options[option].label for option in chosen)
        yield Hit(
            f"{len(chosen)} standards of confidentiality are chosen: {labels['en']}",
            f"选择了{len(chosen)}项保密信息认定标准：{labels['zh']}",
            "choices.confidentiality",
            chosen[1],
            fix=fix("Keep one of them.", "保留其中之一。"),
            cause="slot:confidentiality.standard",
        )
    projects = [each.project for each in tiered(case.plan, "yellow")]
    if projects and case.plan.has(RESIDUALS):
        names = listed(project_name(project) for project in projects)
        yield Hit(
            f"{names['en']} {'is' if len(projects) == 1 else 'are'} yellow, but unaided memory is free to use ({RESIDUALS})",
            f"{names['zh']}属于黄类，但约定无辅助记忆可自由使用（{RESIDUALS}）",
            "choices.confidentiality",
            RESIDUALS,
            fix=fix(f"Drop {RESIDUALS}.", f"删去{RESIDUALS}。"),
            cause=exclusion(RESIDUALS, PACK),
        )


@rule("CON-07", Severity.ERROR, Force.LAW, "CNDATA Data Security Law Art. 36; DESCA Section 10.7")
def requests_of_foreign_authorities_are_provided_for(case: Case) -> Iterator[Hit]:
    """A plan with US and Chinese members says what happens when an authority demands information, and names requests of
    foreign authorities.

    Why: China forbids giving data stored there to a foreign court or law-enforcement body without approval; a US member may
    be under order to hand them over.
    Bad: no `confidentiality.compelled`. Good: the clause with its rule on foreign authorities.
    Decision: a choice still open is not missing. Bespoke wording of the clause counts when each language of the plan
    speaks of a foreign court or authority.
    """
    if not case.holds("us-and-cn"):
        return
    if COMPELLED not in case.plan.entered("confidentiality"):
        yield Hit(
            f"US and Chinese members take part, but {COMPELLED} is not chosen: nothing says what is done when a foreign "
            "authority demands information",
            f"中美成员单位共同参与，但未选用{COMPELLED}：未约定外国主管机关要求提供信息时如何处理",
            "choices.confidentiality",
            COMPELLED,
            fix=fix(f"Choose {COMPELLED}.", f"选用{COMPELLED}。"),
        )
    elif not foreign_requests_handled(case):
        yield Hit(
            f"the wording of {COMPELLED} does not mention requests of foreign courts or authorities",
            f"{COMPELLED}的自拟条文未提及外国法院或者主管机关的要求",
            f"wording.{COMPELLED}",
            COMPELLED,
            fix=fix(
                "Say that data stored in China go to a foreign authority only after approval.",
                "写明存储于中国的数据经批准后方可提供给外国主管机关。",
            ),
        )


def foreign_requests_handled(case: Case) -> bool:
    """Whether the plan has a clause on compelled disclosure that reaches requests of foreign authorities."""
    if COMPELLED not in case.plan.entered("confidentiality"):
        return False
    wording = case.plan.wording.get(COMPELLED)
    return wording is None or all(
        re.search(_FOREIGN[language], text, re.IGNORECASE)
        for language, (text, _) in wording.texts.items()
        if language in _FOREIGN
    )


_FOREIGN = {
    "en": (
        r"\bforeign\b[^.]{0,80}\b(?:court|authorit|agenc|judicial|law-enforcement|tribunal)"
        r"|\b(?:court|authorit|agenc|bod)\w*\b[^.]{0,60}\b(?:another|other|foreign)\s+(?:country|countries|state)"
    ),
    "zh": r"(?:外国|境外|他国|另一国)[^。]{0,20}(?:法院|司法|执法|主管|机关|机构|当局)",
}
"""How a text speaks of foreign courts and authorities; compiled where a plan comes to it, for that takes longer than the search."""
