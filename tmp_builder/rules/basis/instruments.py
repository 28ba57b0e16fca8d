"""BAS: the legal basis of a plan: instruments, their expiry, endorsement, conditions of effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from tmp_builder.findings import Force, Severity
from tmp_builder.language import LANGUAGES, join
from tmp_builder.library.schema import Labels
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.milestones import fixed_term_end, last_project
from tmp_builder.rules.facts.special_terms import values_in
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day, project_name, text_of

INSTRUMENTS = "basis.protocol.instruments"
CONDITIONS = "term.conditional.conditions"
ENDORSED_PROFILES = ("cerc", "smart-openness")


@rule("BAS-01", Severity.ERROR, Force.CONTRACT, "CERC-IP Protocol and IP Annex; USNL Art. 7.3; STA-2024")
def instruments_are_named_and_last(case: Case) -> Iterator[Hit]:
    """A plan under a protocol lists an instrument with title and date, and the basis lasts as long as plan and
    projects.

    Why: precedence, allocation and government support hang on an instrument that can be identified; when it ends
    earlier, so does the plan, and the last projects run without a basis.
    Bad: an agreement that expires on 27 August 2029 under a plan to 30 September 2031. Good: a term that ends with
    the agreement, or `term.fixed.continues_after_basis: yes`.
    Decision: of several instruments the one that expires last counts, as in the clause on the fixed term; one without
    a date of expiry (an annex shares that of its protocol) does not silence the warning. An expiry on the last day
    itself is in time. A value that is not written at all is an open question and stands under STR-05.
    """
    rows = case.value(INSTRUMENTS) if case.plan.has("basis.protocol") else None
    if rows is None:
        return
    if not any(row.get("title") and row.get("date") for row in rows):
        yield Hit(
            "the plan rests on a protocol but lists no instrument with its title and date",
            "本计划以议定书为依据，但未列出载明名称和日期的文件",
            f"parameters.{INSTRUMENTS}",
            "basis.protocol",
            fix=fix("Name at least one instrument with title and date.", "至少列出一份文件，写明名称和日期。"),
        )
    dated = [row for row in rows if row.get("expires")]
    continues = case.plan.has("term.fixed") and case.value("term.fixed.continues_after_basis") == "yes"
    if dated and not continues:
        yield from _expires_early(case, max(dated, key=lambda row: row["expires"]))


def _expires_early(case: Case, last: Mapping[str, Any]) -> Iterator[Hit]:
    expiry: date = last["expires"]
    later: list[Labels] = []
    end, project = fixed_term_end(case.plan), last_project(case.plan)
    if end and expiry < end:
        later.append({"en": f"the end of this Plan on {day(end)['en']}", "zh": f"本计划终止日（{day(end)['zh']}）"})
    if project and project.end and expiry < project.end:
        name, ends = project_name(project), day(project.end)
        later.append({"en": f"the end of {name['en']} on {ends['en']}", "zh": f"{name['zh']}结束日（{ends['zh']}）"})
    if later:
        title, when = text_of(last.get("title")), day(expiry)
        before = {language: join([each[language] for each in later], language) for language in LANGUAGES}
        yield Hit(
            f"“{title['en']}” expires on {when['en']}, before {before['en']}",
            f"“{title['zh']}”于{when['zh']}到期，早于{before['zh']}",
            f"parameters.{INSTRUMENTS}",
            "basis.protocol",
            fix=fix(
                "End plan and projects by then, or set term.fixed.continues_after_basis: yes.",
                "将本计划和项目的终止日提前至该日之前，或者设term.fixed.continues_after_basis: yes。",
            ),
            severity=Severity.WARNING,
        )


@rule("BAS-02", Severity.ERROR, Force.CONTRACT, "CERC-IP; K: drafting practice")
def one_kind_of_basis(case: Case) -> Iterator[Hit]:
    """A plan rests on an intergovernmental protocol or on private contract alone, never on both.

    Why: with a protocol the treaty prevails over the plan; a private basis says that no treaty does.
    Bad: `basis: [protocol, private]`. Good: one of the two; either goes together with `award-first`.
    """
    if case.plan.has("basis.protocol") and case.plan.has("basis.private"):
        yield Hit(
            "the plan claims an intergovernmental basis (basis.protocol) and a purely private one (basis.private)",
            "本计划同时以政府间议定书（basis.protocol）和纯私人合同（basis.private）为依据",
            "choices.basis",
            "basis.private",
            fix=fix("Drop basis.protocol or basis.private.", "删去basis.protocol或者basis.private。"),
            cause="options:basis.private|basis.protocol",
        )


@rule("BAS-03", Severity.WARNING, Force.HOUSE, "CERC-HIST endorsement letters of September 2011; CERC-BEE; SEED0")
def letters_endorse_the_plan(case: Case) -> Iterator[Hit]:
    """A bilateral plan of the CERC or the tiered kind carries letters of endorsement of the authorities.

    Why: the letters support enforcement and make participants less exposed to investigation.
    Bad: profile `cerc` without `basis.endorsed`. Good: `basis: [protocol, endorsed]` with both authorities under
    `letters`.
    Decision: a letter that is listed but not yet issued counts as listed. Letters not written at all are an open
    question (STR-05).
    """
    plan = case.plan
    if plan.profile not in ENDORSED_PROFILES or "basis" not in plan.choices:
        return
    if "basis.endorsed" not in plan.entered():
        yield Hit(
            f"profile “{plan.profile}”: the plan has no letters of endorsement (basis.endorsed is not chosen)",
            f"模板“{plan.profile}”：本计划没有认可函（未选basis.endorsed）",
            "choices.basis",
            fix=fix("Add basis.endorsed and list the letters.", "增加basis.endorsed并列出认可函。"),
        )
    elif case.value("basis.endorsed.letters") == ():
        yield Hit(
            f"profile “{plan.profile}”: basis.endorsed is chosen, but no letter is listed",
            f"模板“{plan.profile}”：已选basis.endorsed，但未列出任何认可函",
            "parameters.basis.endorsed.letters",
            "basis.endorsed",
            fix=fix("List authority and signatory of each letter.", "列明每份认可函的机关和签署人。"),
        )


@rule("BAS-04", Severity.WARNING, Force.LAW, "STA-2024: basic research only, no critical or emerging technology")
def the_2024_protocol_covers_the_work(case: Case) -> Iterator[Hit]:
    """Under the 2024 protocol each project is marked as basic research and no technology as critical or emerging.

    Why: the protocol covers basic research only; other work has a doubtful legal basis and lacks the protocol's
    guardrails.
    Bad: `instruments: [{kind: sta_2024, …}]` and a project with `basic-research: no`. Good: `basic-research: yes`, or
    another basis.
    Decision: a project without the mark is reported too, since the protocol has to be shown to apply. Technologies
    count whether or not they name a project.
    """
    if not case.holds("sta-2024"):
        return
    for project in case.plan.projects:
        if project.basic_research is not True:
            name = project_name(project)
            yield Hit(
                f"{name['en']} is not marked as basic research, which is all that the 2024 protocol covers",
                f"{name['zh']}未标明为基础研究，而2024年议定书仅适用于基础研究",
                f"projects.{project.id}.basic-research",
                "basis.protocol",
                fix=fix("Set basic-research: yes if that is true.", "属实的，设basic-research: yes。"),
            )
    for row in case.plan.rows("technologies"):
        if row.cells.get("critical_emerging") == "yes":
            title = text_of(row.cells.get("description"))
            yield Hit(
                f"{row.id} ({title['en']}) is a critical or emerging technology, which the 2024 protocol leaves out",
                f"{row.id}（{title['zh']}）属于关键或新兴技术，不在2024年议定书范围之内",
                f"{row.address}.critical_emerging",
                "basis.protocol",
                fix=fix("Take the technology out or rest its project on another basis.", "移除该技术，或者为有关项目另定依据。"),
            )


# ── conditions that wait for each other ─────────────────────────────────────────────────────────────────────────────

STEPS: Mapping[str, Labels] = {
    "effect": {"en": "the effect of this Plan", "zh": "本计划生效"},
    "signature": {"en": "the signature of this Plan", "zh": "本计划签署"},
    "funder-approval": {"en": "the funder's approval", "zh": "资助方批准"},
    "cn-export-licence": {"en": "the Chinese export licence", "zh": "中国技术出口许可"},
    "us-export-licence": {"en": "the US export licence", "zh": "美国出口许可"},
    "endorsement": {"en": "the endorsement letters", "zh": "认可函"},
    "entity-registration": {"en": "the registration of the entity", "zh": "法人实体登记"},
}
"""The steps of which one may wait for another; a feature of bespoke wording names two: `signature-waits-for-endorsement`."""


@rule("BAS-05", Severity.ERROR, Force.LAW, "TIER Arts 32–35; CNCC Art. 502; EUCN approval before the contract")
def conditions_do_not_wait_for_each_other(case: Case) -> Iterator[Hit]:
    """No condition of effect waits, directly or through others, for the effect of the plan or for itself.

    Why: a Chinese export licence is granted on a signed contract. A plan that may be signed only after the licence
    never comes into being.
    Bad: bespoke wording that forbids signature before the licence. Good: sign first, with the effect suspended until
    the licence.
    Decision: the effect waits for the signature and for each chosen condition; the Chinese licence waits for the
    signature (TIER Art. 34); with `parties.entity` the signature waits for the entity's registration. The library's
    own wording suspends the effect and is never circular. Bespoke wording and additional clauses declare what else
    waits under `features:`, as in `signature-waits-for-cn-export-licence` or `entity-registration-waits-for-effect`.
    """
    for _, conditions, where in values_in(case, CONDITIONS):
        circle = _circle(_waits(case, conditions))
        if circle:
            pairs = list(pairwise(circle))
            yield Hit(
                "circular condition: " + ", ".join(f"{STEPS[a]['en']} waits for {STEPS[b]['en']}" for a, b in pairs),
                "生效条件互为前提：" + "，".join(f"{STEPS[a]['zh']}以{STEPS[b]['zh']}为前提" for a, b in pairs),
                where,
                "term.conditional",
                fix=fix("Let the parties sign first and suspend the effect.", "约定先行签署、暂缓生效。"),
            )
            return


def _waits(case: Case, conditions: tuple[str, ...]) -> dict[str, list[str]]:
    """What each step waits for."""
    names = {"last_signature": "signature"}
    waits: dict[str, list[str]] = {step: [] for step in STEPS}
    waits["effect"] = ["signature", *(names.get(each, each.replace("_", "-")) for each in conditions)]
    waits["cn-export-licence"].append("signature")
    if case.plan.has("parties.entity"):
        waits["signature"].append("entity-registration")
    declared = [text.features for text in case.plan.wording.values()] + [text.features for text in case.plan.additional]
    for feature in (feature for features in declared for feature in features):
        step, _, other = feature.partition("-waits-for-")
        if step in STEPS and other in STEPS:
            waits[step].append(other)
    return waits


def _circle(waits: Mapping[str, list[str]]) -> list[str]:
    """The first chain below "effect" that comes back to where it was, from that step to itself; empty if there is none."""

    def walk(path: list[str]) -> list[str]:
        for other in waits[path[-1]]:
            if other in path:
                return [*path[path.index(other) :], other]
            found = walk([*path, other])
            if found:
                return found
        return []

    return walk(["effect"])
