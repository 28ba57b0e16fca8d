"""PRJ: the start of projects, their plans, the sides that take part in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tmp_builder.findings import Force, Severity
from tmp_builder.plan.schema import Project
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.likeness import alike
from tmp_builder.rules.facts.milestones import effective_day, signature_day
from tmp_builder.rules.facts.tiers import technologies_of, tiers_apply
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day, listed, project_name, text_of

PREP_DAYS = "projects.gate-soft.prep_days"


@rule("PRJ-01", Severity.ERROR, Force.CONTRACT, "SEED0: no project without a plan; EUCN Art. 5; USNL Art. 7.2")
def no_project_starts_early(case: Case) -> Iterator[Hit]:
    """No project starts before the plan takes effect; with the soft gate preparation may come a stated number of days
    earlier.

    Why: what is exchanged or made before the plan is in force belongs to nobody's rules.
    Bad: a project from 1 September under a plan effective on 30 September. Good: start on the Effective Date or after
    it.
    Decision: with the soft gate a project may be entered with a start of up to `prep_days` before the Effective Date,
    because until then only preparation is done; a result made in that time shows that more was done and is reported.
    With a conditional Effective Date there is nothing to compare until every condition is met.
    """
    effective = effective_day(case.plan)
    if effective is None:
        return
    for project in case.plan.projects:
        if project.start and project.start < effective:
            if case.plan.has("projects.gate-hard"):
                yield _early(project, project.start, effective, "projects.gate-hard")
            elif case.plan.has("projects.gate-soft"):
                allowed = case.value(PREP_DAYS)
                if allowed is not None and (effective - project.start).days > allowed:
                    yield _early(project, project.start, effective, "projects.gate-soft", allowed)
                yield from _made_in_preparation(case, project, effective)


def _early(project: Project, start: date, effective: date, gate: str, allowed: int | None = None) -> Hit:
    name, begin, effect, early = project_name(project), day(start), day(effective), (effective - start).days
    more = {
        "en": f"; that is {early} days, and preparation may begin {allowed} days earlier at most",
        "zh": f"，提前{early}日，而准备工作最多可提前{allowed}日",
    }
    more = more if allowed is not None else {"en": "", "zh": ""}
    return Hit(
        f"{name['en']} starts on {begin['en']}, before the plan takes effect on {effect['en']}{more['en']}",
        f"{name['zh']}于{begin['zh']}开始，早于本计划生效日（{effect['zh']}）{more['zh']}",
        f"projects.{project.id}.start",
        gate,
        fix=fix("Move the start, or let the plan take effect earlier.", "推迟项目开始日，或者提前本计划生效日。"),
    )


def _made_in_preparation(case: Case, project: Project, effective: date) -> Iterator[Hit]:
    for row in case.plan.rows("results"):
        made = row.cells.get("made_on")
        if row.cells.get("project_id") == project.id and isinstance(made, date) and made < effective:
            name, when, effect = project_name(project), day(made), day(effective)
            yield Hit(
                f"{row.id} of {name['en']} was made on {when['en']}, before the plan takes effect on {effect['en']}: "
                "that is more than preparation",
                f"{name['zh']}的{row.id}于{when['zh']}完成，早于本计划生效日（{effect['zh']}），已超出准备工作范围",
                f"{row.address}.made_on",
                "projects.gate-soft",
                fix=fix("Check the date; agree in writing how the result is treated.", "核对日期，并就该成果的处理书面约定。"),
            )


@rule("PRJ-02", Severity.ERROR, Force.CONTRACT, "SEED0: ten-point plan; EUCN Art. 5; USNL Art. 7.2")
def project_plans_are_complete(case: Case) -> Iterator[Hit]:
    """Every project has its topic in the joint work plan, a signed plan with all ten headings, a funding type and,
    where tiers apply, a tier.

    Why: the ten-point plan is where background, treatment of results and controls of a project are agreed; a blank
    heading is a quarrel postponed.
    Bad: a running project without `signed-on`; heading 7 left empty. Good: `signed-on` before `start`, ten headings
    in each language.
    Decision: the signature is due when the project starts: it is reported when the start lies on or before the day of
    signature of the plan (else its date) without `signed-on`, or when `signed-on` is later than the start under the
    hard gate. A work plan without rows is one finding for all projects; a project that names no topic is not held
    against it. A tier is due where `required_docs` names it or `export-control.tiers` is chosen, and may stand at the
    project or in the tier list; its classifier and date are the business of SEC-03.
    """
    if case.plan.projects and not case.plan.work_plan:
        yield _no_work_plan(case)
    for project in case.plan.projects:
        yield from _topic(case, project)
        yield from _signature(case, project)
        yield from _headings(case, project)
        if not project.funding_type:
            yield _lacks(project, "funding-type", "funding type", "资助方式")
        if tiers_apply(case) and not _tier(case, project):
            yield _lacks(project, "tier", "technology tier", "技术分级")


def _no_work_plan(case: Case) -> Hit:
    names = listed(project_name(project) for project in case.plan.projects)
    return Hit(
        f"the joint work plan has no row, but the plan has projects: {names['en']}",
        f"联合工作计划没有任何内容，而本计划列有项目：{names['zh']}",
        "work-plan",
        fix=fix("Add work-plan: with the topics.", "增加work-plan:并列明主题。"),
    )


def _topic(case: Case, project: Project) -> Iterator[Hit]:
    topic = project.cells.get("topic")
    topics = [row.cells.get("topic") for row in case.plan.work_plan]
    if topics and any(text_of(topic).values()) and not any(alike(topic, each) for each in topics):
        name, said = project_name(project), text_of(topic)
        yield Hit(
            f"{name['en']}: its topic “{said['en']}” is not in the joint work plan",
            f"{name['zh']}：主题“{said['zh']}”未列入联合工作计划",
            f"projects.{project.id}.topic",
            fix=fix("Use a topic of the work plan, or add a row to it.", "使用工作计划中的主题，或者在工作计划中增列。"),
        )


def _signature(case: Case, project: Project) -> Iterator[Hit]:
    signed, today, name = project.cells.get("signed_on"), signature_day(case.plan), project_name(project)
    if project.start is None:
        return
    start = day(project.start)
    if not isinstance(signed, date):
        if today and project.start <= today:
            yield Hit(
                f"{name['en']} started on {start['en']}, but its ten-point plan is not signed",
                f"{name['zh']}于{start['zh']}开始，但其十点计划尚未签署",
                f"projects.{project.id}.signed-on",
                fix=fix("Record signed-on, or move the start.", "记载signed-on，或者推迟开始日。"),
            )
    elif signed > project.start and case.plan.has("projects.gate-hard"):
        yield Hit(
            f"the ten-point plan of {name['en']} is signed on {day(signed)['en']}, after its start on {start['en']}",
            f"{name['zh']}的十点计划于{day(signed)['zh']}签署，晚于其开始日（{start['zh']}）",
            f"projects.{project.id}.signed-on",
            "projects.gate-hard",
            fix=fix("Start the project when its plan is signed.", "项目应在其计划签署之后开始。"),
        )


def _headings(case: Case, project: Project) -> Iterator[Hit]:
    labels = dict(case.library.schedules["projects"].headings)
    empty = [key for key in labels if not all(project.headings.get(key, {}).get(language) for language in case.plan.languages)]
    if empty:
        name, missing = project_name(project), listed(labels[key] for key in empty)
        full = len(labels) - len(empty)
        yield Hit(
            f"{name['en']}: {full} of {len(labels)} headings are filled; missing: {missing['en']}",
            f"{name['zh']}：{len(labels)}项标题已填{full}项，缺少：{missing['zh']}",
            f"projects.{project.id}.headings",
            fix=fix("Fill the headings in each language of the plan.", "以本计划的各文字填写各项标题。"),
        )


def _lacks(project: Project, key: str, en: str, zh: str) -> Hit:
    name = project_name(project)
    return Hit(
        f"{name['en']} has no {en}",
        f"{name['zh']}没有{zh}",
        f"projects.{project.id}.{key}",
        fix=fix(f"Set {key}: for the project.", f"为该项目填写{key}:。"),
    )


def _tier(case: Case, project: Project) -> bool:
    return bool(project.tier) or any(row.cells.get("tier") for row in technologies_of(case.plan, project))


@rule("PRJ-03", Severity.ERROR, Force.CONTRACT, "CERC-CVC: joint and single-side projects; CERC-IP")
def flags_fit_the_members(case: Case) -> Iterator[Hit]:
    """A project with joint funding has members of both sides; a national project has members of one side only.

    Why: participants of jointly funded projects may claim a licence in both territories; a national project stays on
    its side.
    Bad: `funding-type: joint` with members of one side. Good: at least one member a side, or `side-a-only`.
    Decision: neutral members count for neither side. While a member's side is not known the project is not judged by
    it.
    """
    for project in case.plan.projects:
        sides = [member.side for member in map(case.plan.member, project.members) if member]
        named = sorted({side for side in sides if side not in ("", "neutral")})
        if project.funding_type == "joint" and len(case.plan.sides) > 1 and sides and len(named) < 2 and "" not in sides:
            only = named[0] if named else "neutral"
            yield _misfit(project, "joint", f"members of {only} only", f"仅有{only}的成员单位")
        if project.kind == "national" and len(named) > 1:
            both = {"en": " and ".join(named), "zh": "和".join(named)}
            yield _misfit(project, "national", f"members of {both['en']}", f"有{both['zh']}的成员单位")


def _misfit(project: Project, flag: str, en: str, zh: str) -> Hit:
    name = project_name(project)
    return Hit(
        f"{name['en']} is flagged {flag} but has {en}",
        f"{name['zh']}标为{flag}，但{zh}",
        f"projects.{project.id}.members",
        "projects.types",
        fix=fix("Correct the members, or funding-type and class.", "更正项目成员，或者更正funding-type和class。"),
    )
