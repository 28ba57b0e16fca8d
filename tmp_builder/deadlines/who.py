"""Who has to act, or whose right it is: ids of members, and roles where a plan names no member for them."""

from __future__ import annotations

from tmp_builder.deadlines.schema import Deadline
from tmp_builder.language import join
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Plan

ALL = "members"
LEADS = "leads"
SECRETARIAT = "secretariat"
COMMITTEE = "ip-committee"
PARTICIPANTS = "participants"
OTHERS = "other-participants"
EMPLOYER = "employer"
OWNER = "owner"
CO_OWNER = "co-owners"
RECEIVER = "receiver"
HOLDER = "holder"
LICENSEE = "licensee"
LICENSOR = "licensor"
MAKER = "maker"
HOST = "host"
LEAVER = "leaver"
JOINER = "joiner"
AUTHOR = "author"
PARTIES = "parties"
PANEL = "panel"
AUTHORITY = "authority"
RECIPIENT = "recipient"
IN_BREACH = "in-breach"
SPONSOR = "sponsor"
CHINESE = "chinese-member"

ROLES: dict[str, Labels] = {
    ALL: {"en": "every Member", "zh": "各成员单位"},
    LEADS: {"en": "the Leads", "zh": "牵头单位"},
    SECRETARIAT: {"en": "the Secretariat", "zh": "秘书处"},
    COMMITTEE: {"en": "the IP Committee", "zh": "知识产权委员会"},
    PARTICIPANTS: {"en": "the Members of the Project", "zh": "项目成员单位"},
    OTHERS: {"en": "the other Members of the Project", "zh": "项目其他成员单位"},
    EMPLOYER: {"en": "the inventor's Employer", "zh": "发明人的雇主单位"},
    OWNER: {"en": "the owner", "zh": "权利人"},
    CO_OWNER: {"en": "the co-owners", "zh": "共有人"},
    RECEIVER: {"en": "the receiver", "zh": "接收方"},
    HOLDER: {"en": "the holder", "zh": "持有方"},
    LICENSEE: {"en": "the licensee", "zh": "被许可人"},
    LICENSOR: {"en": "the licensor", "zh": "许可人"},
    MAKER: {"en": "the maker", "zh": "制造方"},
    HOST: {"en": "the host", "zh": "使用方"},
    LEAVER: {"en": "the Leaver", "zh": "退出成员"},
    JOINER: {"en": "the Joiner", "zh": "新加入成员"},
    AUTHOR: {"en": "the author's Employer", "zh": "作者所在单位"},
    PARTIES: {"en": "the Members in dispute", "zh": "争议各方"},
    PANEL: {"en": "the panel", "zh": "仲裁庭或者专家组"},
    AUTHORITY: {"en": "the authority", "zh": "主管机关"},
    RECIPIENT: {"en": "the recipient of the award", "zh": "受资助单位"},
    IN_BREACH: {"en": "the Member in breach", "zh": "违约成员单位"},
    SPONSOR: {"en": "the sponsor", "zh": "出资方"},
    CHINESE: {"en": "the Member organised in the Chinese mainland", "zh": "在中国大陆设立的成员单位"},
}
"""The roles, as a table of dates names them."""


def named(who: tuple[str, ...], plan: Plan, language: str) -> str:
    """Those who act, in words: members by their names, roles by theirs."""
    return join([_name(each, plan, language) for each in who], language)


def _name(each: str, plan: Plan, language: str) -> str:
    if each in ROLES and plan.member(each) is None:
        return ROLES[each][language]
    member = plan.member(each)
    names = member.name if member else {}
    return names.get(language) or next((name for name in names.values() if name), each)


def concerns(deadline: Deadline, plan: Plan, member: str) -> bool:
    """Whether a date is one of the member's: named, or in a role it holds or may come to hold.

    A window as such concerns every member, for any of them can come into it; roles that the plan gives to named members
    only those.
    """
    who = deadline.who
    if member in who or deadline.object == member or ALL in who:
        return True
    if LEADS in who and member in leads_of(plan):
        return True
    if SECRETARIAT in who and plan.values.get("governance.secretariat.secretariat") == member:
        return True
    return deadline.general and any(each in ROLES and each not in _OF_THE_PLAN for each in who)


_OF_THE_PLAN = (LEADS, SECRETARIAT, COMMITTEE, PANEL, AUTHORITY)
"""Roles that an ordinary member does not come into by an event."""


def leads_of(plan: Plan) -> tuple[str, ...]:
    """The ids of the leads: those of the sides, else the members in that role."""
    return tuple(side.lead for side in plan.sides if side.lead) or tuple(
        member.id for member in plan.members if member.role == "lead"
    )
