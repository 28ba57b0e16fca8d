"""D34, D35, D38, D43 and D44: who comes first, who may object, options, and agreement on third countries."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.deadlines.anchors import end
from tmp_builder.deadlines.catalogue import deadline
from tmp_builder.deadlines.disclosure import FILED, SENT, disclosed
from tmp_builder.deadlines.schema import Kind
from tmp_builder.deadlines.view import CLOSE, View, listed
from tmp_builder.deadlines.who import ALL, AUTHORITY, OTHERS, OWNER, PARTICIPANTS, SPONSOR
from tmp_builder.deadlines.windows import Anchor, Event, Mode, Window, says
from tmp_builder.plan.schema import RegisterRow

ENTERED = Event("the entry of {} in its Schedule", "{}登记入册", ("the Result", "成果"))
OFFER = Event("receipt of the offer {}", "收到要约{}")
ASKED = Event("receipt of the request", "收到请求")
NOTICE = Event("receipt of the owner's notice", "收到权利人通知")
AWARD = Event("the end of {}", "{}终止", ("the grant", "资助协议"))


def _registered(row: RegisterRow) -> Anchor:
    return ENTERED.on(row.cells.get("registered_on"), row.id)


@deadline(
    "D34",
    "End of the Members' Priority Period",
    "成员单位优先期届满",
    "约定的起算事件（成果登记、所属项目结束或者首次申请）之日加约定月数；并列明可以向外部主体提供的日期。",
)
def priority(view: View) -> Iterator[Window]:
    """The anchor agreed (entry of the result, close of its project, first filing) and the months.

    Beside it the day of release to outsiders.
    """
    if view.has("third-party-licences.member-priority"):
        kind = view.value("third-party-licences.member-priority.anchor")
        months = view.value("third-party-licences.member-priority.priority_months")
        general = {"project_close": CLOSE.general, "patent_filed": FILED.general}.get(str(kind), ENTERED.general)
        window = Window(general, months, "months", Kind.RIGHT, "third-party-licences.member-priority", (ALL,), general=True)
        yield window
        for row in view.rows("results"):
            yield window.of(_priority_anchor(view, row, str(kind)), row.id)
    if view.has("third-party-licences.free-after-window"):
        months = view.value("third-party-licences.free-after-window.window_months")
        label = says("The owner may license outsiders", "权利人可以对外许可")
        window = Window(
            ENTERED.general,
            months,
            "months",
            Kind.RIGHT,
            "third-party-licences.free-after-window",
            (OWNER,),
            Mode.FROM,
            label,
            part="free",
            general=True,
        )
        yield window
        for row in view.rows("results"):
            yield window.of(_registered(row), row.id, listed(row.cells.get("owners")))


def _priority_anchor(view: View, row: RegisterRow, kind: str) -> Anchor:
    if kind == "patent_filed":
        return FILED.on(row.cells.get("first_filing_date"), row.id)
    if kind == "project_close":
        project = view.project(row.cells.get("project_id"))
        return view.close(project) if project else CLOSE.general
    return _registered(row)


_OFFERS = (
    ("third-party-licences.member-priority", "offer_days", "", says("Reply to an offer to Members", "对成员单位要约的答复")),
    (
        "territory.third-country-first-filer",
        "offer_days",
        "filing",
        says("Joining a filing in a Third Country", "参加第三国或地区申请"),
    ),
    ("joint-ownership.assignment-rules", "rofr_days", "share", says("Reply to the offer of a share", "对共有份额要约的答复")),
)
"""Option, parameter, part, label."""


@deadline(
    "D35",
    "Reply to an offer",
    "对要约的答复",
    "收到要约之日加承诺天数。要约事件在`object`中写明其所依据的选项；未写明的，为向成员单位发出的要约。",
)
def offer_reply(view: View) -> Iterator[Window]:
    """Receipt of the offer and the days to accept. An offer event names in `object` the option it is made under.

    Otherwise it is one to members.
    """
    chosen = [rule for rule in _OFFERS if view.has(rule[0])]
    for option, parameter, part, label in chosen:
        days = view.value(f"{option}.{parameter}")
        window = Window(OFFER.general, days, "days", Kind.RIGHT, option, (ALL,), label=label, part=part, general=True)
        yield window
        for row in view.events("offer"):
            under = str(row.cells.get("object") or "")
            named = under if under in {rule[0] for rule in chosen} else chosen[0][0]
            if named == option:
                day = row.cells.get("received_on") or row.cells.get("date")
                yield window.of(OFFER.on(day, row.id), row.id, listed(row.cells.get("members")))


@deadline(
    "D38",
    "End of the right to object to a transfer",
    "对转让提出异议的权利届满",
    "本计划终止之日，或者欧盟资助协议终止之日，加约定年数。",
)
def transfer_objection(view: View) -> Iterator[Window]:
    """The end of the plan, or of the EU grant, and the years agreed."""
    if view.has("third-party-licences.objection"):
        years = view.value("third-party-licences.objection.objection_years")
        yield Window(end(view), years, "years", Kind.RIGHT, "third-party-licences.objection", (PARTICIPANTS,))
    if view.has("public-funding.eu-grant"):
        years = view.value("public-funding.eu-grant.objection_years")
        label = says("End of the granting authority's right to object", "资助机构异议权届满")
        window = Window(
            AWARD.general,
            years,
            "years",
            Kind.RIGHT,
            "public-funding.eu-grant",
            (AUTHORITY,),
            label=label,
            part="eu",
            general=True,
        )
        yield window
        for row in view.rows("awards"):
            if row.cells.get("funder") == "eu":
                yield window.of(AWARD.on(row.cells.get("end"), f"award {row.id}", f"资助协议{row.id}"), row.id)


_OPTIONS = (
    (
        "ownership.university-option",
        "option_months",
        "months",
        "sponsor",
        SENT,
        SPONSOR,
        says("Sponsor's option", "出资方选择权"),
    ),
    (
        "background-access.option",
        "option_months",
        "months",
        "background",
        ENTERED,
        PARTICIPANTS,
        says("Option on Background IP", "背景知识产权选择权"),
    ),
    (
        "territory.third-country-inventor",
        "option_months",
        "months",
        "third-countries",
        SENT,
        OTHERS,
        says("Option on Third Countries", "第三国或地区选择权"),
    ),
    (
        "background-access.exploitation-fair-reasonable",
        "negotiation_days",
        "days",
        "background-talks",
        ASKED,
        PARTICIPANTS,
        says("Negotiation on Background IP", "背景知识产权许可谈判"),
    ),
    (
        "licences.joint-project-non-exclusive",
        "neg_days",
        "days",
        "licence-talks",
        ASKED,
        PARTICIPANTS,
        says("Negotiation of a licence", "许可谈判"),
    ),
    (
        "third-party-licences.right-of-first-negotiation",
        "rofn_days",
        "days",
        "first-talks",
        NOTICE,
        PARTICIPANTS,
        says("First negotiation", "优先谈判"),
    ),
)
"""Option, parameter, unit, part, event, role, label. Talks start from a request that no register holds.

They are windows as such.
"""


@deadline(
    "D43",
    "End of an option or negotiation",
    "选择权或者谈判期届满",
    "发明披露、成果登记或者提出请求之日，加选择权或者谈判的期间。",
)
def options(view: View) -> Iterator[Window]:
    """The Invention Disclosure, the entry of the result or the request, and the time of the option or of the talks."""
    for option, parameter, unit, part, event, role, label in _OPTIONS:
        address = f"{option}.{parameter}"
        window = Window(
            event.general, view.value(address), unit, Kind.RIGHT, option, (role,), label=label, part=part, general=True
        )
        if view.has(option):
            yield window
        for row in view.rows("results") if unit == "months" else ():
            project = view.project(row.cells.get("project_id"))
            if view.has(option, project):
                anchor = _registered(row) if event is ENTERED else disclosed(view, row)
                yield window.of(anchor, row.id, count=view.value(address, project))


@deadline(
    "D44",
    "Agreement on Third Countries",
    "第三国或地区权利的约定",
    "成果登记之日加参加单位就第三国或地区达成约定的月数。",
)
def third_countries(view: View) -> Iterator[Window]:
    """The entry of the result and the months in which the participants agree on third countries."""
    if not view.has("territory.own-territory-right"):
        return
    months = view.value("territory.own-territory-right.third_country_deadline_months")
    window = Window(ENTERED.general, months, "months", Kind.DUTY, "territory.own-territory-right", (PARTICIPANTS,), general=True)
    yield window
    for row in view.rows("results"):
        yield window.of(_registered(row), row.id, view.participants(view.project(row.cells.get("project_id"))))
