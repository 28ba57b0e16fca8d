"""D39 to D42: retention windows of equipment and know-how, return, first acceptance."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.deadlines.catalogue import deadline
from tmp_builder.deadlines.schema import Kind
from tmp_builder.deadlines.view import CLOSE, View, listed
from tmp_builder.deadlines.who import ALL, HOST, MAKER, OWNER
from tmp_builder.deadlines.windows import Anchor, Event, Window, says
from tmp_builder.plan.schema import Project, RegisterRow

ACCEPTED = Event("acceptance of {}", "{}验收", ("the item", "设备"))
DELIVERED = Event("delivery of {}", "{}交付", ("the item", "设备"))
ORDERED = Event("the first order of {} by a Member", "成员单位首次订购{}", ("the item", "设备"))
ENTERED = Event("the day entered for {}", "{}登记的日期")
OPEN = Event("the anchor event of {}", "{}的起算事件", ("the item", "设备"))

_DATED = {"acceptance": (ACCEPTED, "accepted_on"), "delivery": (DELIVERED, "delivered_on")}


def _project(view: View, row: RegisterRow) -> Project | None:
    return view.project(row.cells.get("project_id"))


def _anchor(view: View, row: RegisterRow, agreed: str) -> Anchor:
    """The event from which an item's window runs: the one its row names, unless that is pending, else the one agreed for all."""
    own = str(row.cells.get("retention_anchor") or "")
    kind = agreed if own in ("", "pending") else own
    if kind in _DATED:
        event, column = _DATED[kind]
        return event.on(None if own == "pending" else row.cells.get(column), row.id)
    if kind == "project_close":
        project = _project(view, row)
        return view.close(project) if project and own != "pending" else CLOSE.general
    return _order(view, row) if kind == "first_member_order" else OPEN.on(None, row.id)


def _order(view: View, row: RegisterRow) -> Anchor:
    """The first order of an item by a member: an event whose object is the item."""
    found = next((event for event in view.events("first_member_order") if str(event.cells.get("object")) == row.id), None)
    return ORDERED.on(found.cells.get("date") if found else None, row.id)


_GENERAL = {"acceptance": ACCEPTED, "delivery": DELIVERED, "project_close": CLOSE, "first_member_order": ORDERED}


def _windows(view: View, option: str, parameter: str, who: str) -> Iterator[Window]:
    """The window as such, and one for each item that is not merely on loan; an own length of the item replaces the agreed one."""
    agreed = str(view.value(f"{option}.anchor") or "")
    general = _GENERAL.get(agreed, OPEN).general
    window = Window(general, view.value(f"{option}.{parameter}"), "months", Kind.RIGHT, option, (who,), general=True)
    if view.has(option):
        yield window
    for row in view.rows("equipment"):
        project = _project(view, row)
        if view.has(option, project) and row.cells.get("loan") != "yes":
            own = row.cells.get("window_months")
            months = view.value(f"{option}.{parameter}", project) if own is None else own
            anchor = _anchor(view, row, str(view.value(f"{option}.anchor", project) or ""))
            holder = listed(row.cells.get("title_holder")) or listed(row.cells.get("provider"))
            yield window.of(anchor, row.id, holder, count=months)


@deadline(
    "D39",
    "End of the Retention Window",
    "设备保留期届满",
    "逐件计算：该设备的起算事件之日加其保留期；并列明自首次交付起算的价格同等期间。",
)
def retention_end(view: View) -> Iterator[Window]:
    """The item's anchor and its window, per item; beside it the parity of prices from the first delivery."""
    yield from _windows(view, "equipment.sale-ban", "retention_months", MAKER)
    option = "equipment.price-parity"
    label = says("End of the parity of prices", "价格对等期届满")
    months = view.value(f"{option}.parity_months")
    window = Window(DELIVERED.general, months, "months", Kind.RIGHT, option, (MAKER,), label=label, part="parity", general=True)
    if view.has(option):
        yield window
    for row in view.rows("equipment"):
        if view.has(option, _project(view, row)) and row.cells.get("loan") != "yes":
            own = view.value(f"{option}.parity_months", _project(view, row))
            yield window.of(DELIVERED.on(row.cells.get("delivered_on"), row.id), row.id, count=own)


@deadline(
    "D40",
    "End of the know-how retention",
    "技术秘密保留期届满",
    "该设备的起算事件之日加不对外许可其技术秘密的月数。",
)
def know_how_retention_end(view: View) -> Iterator[Window]:
    """The item's anchor and the months in which its know-how is not licensed outside."""
    yield from _windows(view, "equipment.ip-retention", "ip_retention_months", OWNER)


@deadline(
    "D41",
    "Return of equipment",
    "设备归还",
    "项目结束之日加归还的月数；适用于由其他成员单位提供的设备。",
)
def equipment_return(view: View) -> Iterator[Window]:
    """The close of the project and the months for the return, for items that another member provides."""
    option = "equipment.provider-keeps"
    address = f"{option}.return_months"
    window = Window(CLOSE.general, view.value(address), "months", Kind.DUTY, option, (HOST,), general=True)
    if view.has(option):
        yield window
    for row in view.rows("equipment"):
        project = _project(view, row)
        host = listed(row.cells.get("host"))
        returned = row.cells.get("disposition") in (None, "return") and host != listed(row.cells.get("provider"))
        if view.has(option, project) and host and returned:
            anchor = view.close(project) if project else CLOSE.on(None, f"the Project of {row.id}", f"{row.id}所属项目")
            yield window.of(anchor, row.id, host, count=view.value(address, project))


@deadline(
    "D42",
    "End of first acceptance",
    "优先受领期届满",
    "成员单位首次订购之日加优先的月数，或者依该设备所在行载明的日期或者时长。",
)
def first_acceptance_end(view: View) -> Iterator[Window]:
    """The first order by a member and the months of the lead, or the day or length that the item's row states."""
    option = "equipment.first-acceptance"
    address = f"{option}.lead_months"
    window = Window(ORDERED.general, view.value(address), "months", Kind.RIGHT, option, (ALL,), general=True)
    if view.has(option):
        yield window
    for row in view.rows("equipment"):
        project = _project(view, row)
        if not view.has(option, project) or row.cells.get("loan") == "yes":
            continue
        until = row.cells.get("members_only_until")
        own = row.cells.get("window_months")
        if until:
            yield window.of(ENTERED.on(until, row.id), row.id, count=0)
        else:
            yield window.of(_order(view, row), row.id, count=view.value(address, project) if own is None else own)
