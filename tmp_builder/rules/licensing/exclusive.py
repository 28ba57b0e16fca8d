"""LIC-01 to LIC-04: exclusive grants: their end, their limits, overlaps, and the partners of joint projects."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tmp_builder.deadlines.anchors import end as end_of_plan
from tmp_builder.deadlines.licences import last_allowed
from tmp_builder.deadlines.view import View
from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Project
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.filings import codes
from tmp_builder.rules.facts.grants import ExclusiveGrant, promised, recorded
from tmp_builder.rules.facts.likeness import alike
from tmp_builder.rules.facts.regions import shared
from tmp_builder.rules.facts.special_terms import has_in, value_in
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.licensing.licensed_rights import LicensedRights
from tmp_builder.rules.licensing.meeting_grants import overlaps
from tmp_builder.rules.names import day, listed, member_name, text_of

BOUNDED = "third-party-licences.exclusive-field"
AFTER_END, CARVE_OUT = f"{BOUNDED}.max_after_end_months", f"{BOUNDED}.carve_out_participants"
FIELDS, UNIVERSITY = "licences.field-of-use", "ownership.university-option"
JOINT = "licences.joint-project-non-exclusive"


@rule("LIC-01", Severity.ERROR, Force.CONTRACT, "LAMB models with exclusive licence; K: drafting practice")
def exclusivity_ends_in_time(case: Case) -> Iterator[Hit]:
    """No exclusive or sole licence lasts longer than the agreed time after the end of the plan.

    Why: exclusivity that outlives the programme closes a market to partners who paid for the work.
    Bad: the plan ends on 1 October 2031, `max_after_end_months: 60`, a grant until 2 October 2036. Good: until 1 October
    2036.
    Decision: end and bound are those of the table of dates (D02, D36). The bound is agreed by `exclusive-field`, in the plan or in the project of the result; without it, or as long
    as the end of the plan is not known, nothing is reported. Renewals that have not happened do not count. Grants without
    an end are a matter of LIC-02.
    """
    view, rights = View(case.plan, case.library), LicensedRights(case.plan)
    last = end_of_plan(view).date
    for grant in recorded(case.plan):
        months = _bound(case, rights, grant) if grant.end and last else None
        limit = last_allowed(view, months).date if months is not None else None
        if grant.row and grant.end and limit and last and grant.end > limit:
            until, allowed, end = day(grant.end), day(limit), day(last)
            yield Hit(
                f"{grant.row.id} is exclusive until {until['en']}; "
                f"{months} months after the end of the plan ({end['en']}) end on {allowed['en']}",
                f"{grant.row.id}的独占期至{until['zh']}；本计划期满（{end['zh']}）后{months}个月至{allowed['zh']}届满",
                f"{grant.address}.end",
                BOUNDED,
                grant.licensee,
                fix=fix(f"End it no later than {allowed['en']}.", f"截止日不迟于{allowed['zh']}。"),
            )


def _bound(case: Case, rights: LicensedRights, grant: ExclusiveGrant) -> int | None:
    """The months after the end of the plan that the grant may last: the shortest of its projects."""
    projects: list[Project | None] = [*rights.projects(grant.row)] if grant.row else []
    known = [value_in(case.plan, project, AFTER_END) for project in projects or [None] if has_in(case, project, BOUNDED)]
    return min((months for months in known if isinstance(months, int)), default=None)


@rule("LIC-02", Severity.ERROR, Force.CONTRACT, "LAMB models with exclusive licence; CNPL Art. 12")
def exclusivity_has_its_limits(case: Case) -> Iterator[Hit]:
    """Every exclusive grant names its field, its territory and its end.

    Why: without limits the grant is an assignment in disguise, and by the clauses of this library it falls back to a
    non-exclusive licence.
    Bad: a row `kind: exclusive` without `end`; an exclusive field of use for A3 without a row in the register. Good: all
    three entered.
    Decision: exclusive fields of use take their field and territory from the table and their end from Schedule 14, as the
    card says. What an option, a licence back or a layer may bring later is tested when it is entered. One finding a grant
    names what is missing.
    """
    for grant in recorded(case.plan):
        missing = [name for name in _LIMITS if not getattr(grant, name)]
        if missing and grant.row:
            yield _unlimited(grant, grant.row.id, grant.row.id, missing, f"{grant.address}.{missing[0]}")
    entered = {grant.licensee for grant in recorded(case.plan)}
    for grant in promised(case):
        if grant.clause == FIELDS:
            missing = [name for name in ("field", "territory") if not getattr(grant, name)]
            missing += ["end"] if grant.licensee not in entered else []
            if missing:
                member = case.plan.member(grant.licensee)
                name = member_name(member) if member else text_of(grant.licensee)
                yield _unlimited(
                    grant, f"the exclusive field of use of {name['en']}", f"{name['zh']}的独占使用领域", missing, grant.address
                )


_LIMITS: dict[str, Labels] = {
    "field": {"en": "its field", "zh": "使用领域"},
    "territory": {"en": "its territory", "zh": "地域"},
    "end": {"en": "its end", "zh": "截止日"},
}


def _unlimited(grant: ExclusiveGrant, en: str, zh: str, missing: list[str], address: str) -> Hit:
    what = listed(_LIMITS[name] for name in missing)
    return Hit(
        f"{en} does not state {what['en']}",
        f"{zh}未载明{what['zh']}",
        address,
        grant.clause,
        grant.licensee,
        fix=fix("Enter field, territory and end in registers.grants.", "在registers.grants中填写使用领域、地域和截止日。"),
    )


@rule("LIC-03", Severity.ERROR, Force.CONTRACT, "LAMB models with exclusive licence; SEED2 licences by field")
def exclusive_grants_do_not_overlap(case: Case) -> Iterator[Hit]:
    """No two exclusive grants to different members meet in rights, field, territory and time.

    Why: the second licensee buys a right that was sold before; the licensor answers to both.
    Bad: G-1 and G-2, both for R-1 in “stationary batteries” in China, the second from 1 June 2029, the first until that
    day. Good: from 2 June.
    Decision: fields are the same if their texts agree in one language; the European Union includes its members. The last
    day of a grant belongs to it. What a row does not state is not assumed, except that a grant without an end is still
    running. Rows of an exclusive table of fields hold at the same time and for all rights. A grant that meets several
    earlier ones is one finding, against one of them.
    """
    for one, other in overlaps(list(recorded(case.plan))):
        names = {"en": f"{one.ident}, {other.ident}", "zh": f"{one.ident}、{other.ident}"}
        yield _overlap(case, one, other, names)
    fields = [grant for grant in promised(case) if grant.clause == FIELDS]
    for one, other in combinations(fields, 2):
        if one.licensee != other.licensee and _same_market(one, other):
            yield _overlap(case, one, other, {"en": "the table of fields", "zh": "使用领域表"})


def _same_market(one: ExclusiveGrant, other: ExclusiveGrant) -> bool:
    return alike(one.field, other.field) and bool(shared(codes(one.territory), codes(other.territory)))


def _overlap(case: Case, one: ExclusiveGrant, other: ExclusiveGrant, where_from: Labels) -> Hit:
    names = [member_name(member) for member in map(case.plan.member, (one.licensee, other.licensee)) if member]
    who, field = listed(names), text_of(one.field)
    where = shared(codes(one.territory), codes(other.territory))
    since = {lang: "" for lang in ("en", "zh")}
    if one.start and other.start:
        begin = day(max(one.start, other.start))
        since = {"en": f", from {begin['en']}", "zh": f"，自{begin['zh']}起"}
    return Hit(
        f"{where_from['en']}: {who['en']} hold exclusive rights "
        f"in the same field “{field['en']}” and territory ({', '.join(where)}){since['en']}",
        f"{where_from['zh']}：{who['zh']}在同一使用领域“{field['zh']}”和地域（{'、'.join(where)}）享有独占权{since['zh']}",
        other.address,
        other.clause,
        other.licensee,
        fix=fix("Divide the field, the territory or the time.", "划分使用领域、地域或者期间。"),
    )


@rule("LIC-04", Severity.ERROR, Force.CONTRACT, "CERC-IP IP page; SCIAM on the vehicle consortium")
def partners_of_joint_projects_keep_their_licence(case: Case) -> Iterator[Hit]:
    """Where participants of joint projects may obtain a licence, an exclusive grant in their results leaves that licence open.

    Why: both Sides paid for the project; exclusivity without the carve-out takes from one of them what it was promised.
    Bad: `joint-project-non-exclusive`, Project P1 funded jointly, an exclusive licence in its result and
    `carve_out_participants: no`. Good: yes.
    Decision: a grant under `exclusive-field` needs that value. The cards on exclusive fields of use and on a university's
    option keep the participants' right in their own text; a lead's licence back and layer R2 do not. Grants in Background
    IP, or in results of projects that are known not to be joint, are left alone; so is a grant whose project cannot be
    told, unless every project is joint.
    """
    joint = {project.id for project in case.plan.projects if project.funding_type == "joint"}
    if not joint or not case.plan.has(JOINT):
        return
    seen, rights = set(), LicensedRights(case.plan)
    safe = {grant.licensee for grant in promised(case) if grant.clause in (FIELDS, UNIVERSITY)}
    for grant in (*recorded(case.plan), *promised(case)):
        key = grant.row.id if grant.row else (grant.address, grant.clause)
        if key not in seen and _reaches(rights, grant, joint) and not _carved_out(case, rights, grant, safe):
            seen.add(key)
            label = case.library.options[grant.clause].label if grant.clause else text_of(grant.row.id if grant.row else "")
            yield Hit(
                f"{label['en']} is exclusive in results of a jointly funded project, "
                "without carve_out_participants for the other side",
                f"{label['zh']}对共同资助项目的成果具有独占性，而未为另一方参加单位保留carve_out_participants",
                grant.address,
                BOUNDED,
                grant.licensee if grant.row else "",
                fix=fix(f"Choose {BOUNDED} with carve_out_participants: yes.", f"选用{BOUNDED}并设carve_out_participants: yes。"),
                cause=f"options:{JOINT}|{CARVE_OUT} = no",
            )


def _reaches(rights: LicensedRights, grant: ExclusiveGrant, joint: set[str]) -> bool:
    """Whether a grant is known to reach results of a joint project."""
    if grant.row:
        behind = rights.projects(grant.row)
        return bool(behind) and not rights.only_background(grant.row) and all(project.id in joint for project in behind)
    own = grant.address.split(".")[1] if grant.address.startswith("projects.") else ""
    return own in joint if own else True


def _carved_out(case: Case, rights: LicensedRights, grant: ExclusiveGrant, safe: set[str]) -> bool:
    """Whether the participants keep their licence, or may keep it as long as the value is open.

    `safe` are the licensees under a card that keeps their right in its own text.
    """
    if grant.clause in (FIELDS, UNIVERSITY):
        return True
    projects: list[Project | None] = [*rights.projects(grant.row)] if grant.row else []
    for project in projects or [None]:
        if not has_in(case, project, BOUNDED):
            return grant.row is not None and grant.licensee in safe
        if value_in(case.plan, project, CARVE_OUT) == "no":
            return False
    return True
