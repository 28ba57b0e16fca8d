"""DIS-05 to DIS-07: whether the end is binding where it has to be, what holds meanwhile, who may be bound."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.findings import Force, Severity
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.disputes.final_step import CONSENT, INSTITUTION, PANEL, is_arbitration
from tmp_builder.rules.facts.homes import bound
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import member_name

BINDING_PROFILE = "smart-openness"
PUBLIC = {
    "government": {"en": "a government body", "zh": "政府机关"},
    "national-lab": {"en": "a national laboratory", "zh": "国家实验室"},
}
"""Types of members that need leave to submit to arbitration."""


@rule("DIS-05", Severity.WARNING, Force.HOUSE, "SEED2: binding settlement by a panel of experts; BALABALA")
def the_2024_protocol_wants_a_binding_end(case: Case) -> Iterator[Hit]:
    """A plan under the 2024 protocol ends disputes by a binding step, not by arbitration that each party may refuse.

    Why: the model of 2024 rests on settlement by a panel; a party that can say no keeps the dispute open for ever.
    Bad: `disputes.uncitral-mutual` with profile `smart-openness`. Good: `disputes.expert-panel` with form arbitration.
    Decision: the plan demands a binding end when its profile is `smart-openness` or one of its instruments is the 2024
    protocol.
    """
    if case.plan.has(CONSENT) and (case.plan.profile == BINDING_PROFILE or case.holds("sta-2024")):
        why = (
            {"en": f"the profile “{BINDING_PROFILE}” demands", "zh": f"模板“{BINDING_PROFILE}”要求"}
            if case.plan.profile == BINDING_PROFILE
            else {"en": "the 2024 protocol among its instruments demands", "zh": "依据文件中的2024年议定书要求"}
        )
        yield Hit(
            f"arbitration needs the consent of every party to the dispute, while {why['en']} a binding settlement",
            f"仲裁须经争议各方同意，而{why['zh']}有约束力的解决方式",
            "choices.disputes",
            CONSENT,
            fix=fix(
                "Choose disputes.expert-panel or disputes.institution.", "改选disputes.expert-panel或者disputes.institution。"
            ),
        )


MEANWHILE = (
    ("disputes.interim-ip", "which rule holds for IP while a dispute is open", "争议期间知识产权适用何种规则"),
    ("disputes.injunction", "that courts may grant interim relief at any time", "法院可随时采取临时措施"),
)
"""Option, what the plan does not say without it."""


@rule("DIS-06", Severity.WARNING, Force.HOUSE, "USSTA-TMP: six-month limit and interim ownership; DESCA 11.8")
def there_is_a_rule_meanwhile(case: Case) -> Iterator[Hit]:
    """A plan says who owns and uses IP while a dispute is open, and keeps the way to interim relief free.

    Why: an arbitration lasts longer than a priority period; a secret is gone before the tribunal is constituted.
    Bad: `disputes: [ladder, institution]`. Good: with `interim-ip` and `injunction`.
    Decision: two findings, one for each. A section that is still empty is STR-01 alone; an add-on that is still open
    counts as there.
    """
    entered = set(case.plan.entered("disputes"))
    if not entered:
        return
    for option, en, zh in MEANWHILE:
        if option not in entered:
            label = case.library.options[option].label
            yield Hit(
                f"the plan does not say {en}: “{label['en']}” is not chosen",
                f"本计划未约定{zh}：未选用“{label['zh']}”",
                "choices.disputes",
                option,
                fix=fix(
                    f"Add {option.partition('.')[2]} under choices.disputes.",
                    f"在choices.disputes下增加{option.partition('.')[2]}。",
                ),
            )


@rule("DIS-07", Severity.WARNING, Force.LAW, "immunity of public bodies (K): check the statute of each")
def public_bodies_may_arbitrate(case: Case) -> Iterator[Hit]:
    """A government body or national laboratory that is bound to arbitrate has a note of its authority to do so.

    Why: many public bodies may not submit to private arbitration without leave; an award against them is then worthless.
    Bad: a national laboratory under `disputes.institution` without `arbitration-authority-ref`. Good: the reference of
    the leave or statute.
    Decision: arbitration by later consent and courts bind nobody to arbitrate. State universities are not counted as
    government bodies; counsel may enter a reference for them as well.
    """
    if not is_arbitration(case):
        return
    option = INSTITUTION if case.plan.has(INSTITUTION) else PANEL
    for member in bound(case.plan):
        if member.type in PUBLIC and not member.cells.get("arbitration_authority_ref"):
            name, kind = member_name(member), PUBLIC[member.type]
            yield Hit(
                f"{name['en']} ({member.id}) is {kind['en']} bound to arbitration without a note of its authority",
                f"{name['zh']}（{member.id}）为{kind['zh']}，受仲裁条款约束，但未注明其授权依据",
                f"members.{member.id}.arbitration-authority-ref",
                option,
                member.id,
                fix=fix(
                    "Enter the statute or leave in arbitration-authority-ref.",
                    "在arbitration-authority-ref中注明法律依据或者批准文号。",
                ),
            )
