"""What a check says of its targets: each with its findings, a file from elsewhere with its sections, the sum at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct
from msgspec.structs import replace

from tmp_builder.cli.output import Talk, print_json
from tmp_builder.cli.reports import data_of, markdown, report, text
from tmp_builder.errors import InputError
from tmp_builder.findings import Finding, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Waiver

if TYPE_CHECKING:
    from tmp_builder.vetting.outcome import Seen


class Looked(Struct, frozen=True):
    """One target after its check. `fault` holds what made it unreadable; `seen` the sections of a Word file from elsewhere."""

    shown: str
    findings: tuple[Finding, ...] = ()
    waived: tuple[tuple[Finding, Waiver], ...] = ()
    remarks: tuple[Labels, ...] = ()
    seen: tuple[Seen, ...] = ()
    unread: tuple[str, ...] = ()
    fault: InputError | None = None

    def filtered(self, takes: Callable[[str], bool]) -> Looked:
        """The same with the findings of the rules that are asked for."""
        kept = tuple(finding for finding in self.findings if takes(finding.code))
        return replace(self, findings=kept, waived=tuple(each for each in self.waived if takes(each[0].code)))


def tell(talk: Talk, form: str, targets: Sequence[str], looked: Sequence[Looked]) -> None:
    """Report every target in a form of `REPORTS`. Faults of unreadable files and what the findings rest on go to stderr."""
    for each in looked:
        for remark in each.remarks:
            talk.say(remark[talk.language])
        if each.fault:
            _fault(talk, each.fault)
    findings = [finding for each in looked for finding in each.findings]
    waived = [waiver for each in looked for waiver in each.waived]
    many = len(looked) > 1
    if form == "json":
        print_json({**data_of(targets, findings, waived), **_more(looked)})
        return
    if form == "markdown" and (many or looked[0].seen):
        talk.result("\n\n".join(_page(talk, each, many=many) for each in looked))
    elif form == "text" and (many or looked[0].seen):
        for each in looked:
            _text(talk, each, many=many)
    else:
        report(talk, form, findings, waived)
        return
    talk.say(_sum(talk, looked, findings, len(waived)))


def _fault(talk: Talk, fault: InputError) -> None:
    for each in fault.faults:
        talk.say(f"{each.place}: {talk.pick('error', '错误')}: {each.message}")
        if each.hint:
            talk.say(f"  {each.hint}")


def _said(talk: Talk, each: Looked) -> str:
    """What is found about one target, in a few words."""
    if each.fault:
        return talk.pick("cannot be read", "无法读取")
    return talk.count(each.findings)


def _text(talk: Talk, each: Looked, *, many: bool) -> None:
    if many:
        talk.result(click.style(f"{each.shown}: {_said(talk, each)}", bold=True))
    if each.seen:
        from tmp_builder.cli.seen import table

        table(talk, each.seen)
    text(talk, each.findings)


def _page(talk: Talk, each: Looked, *, many: bool) -> str:
    parts = [f"# {each.shown}: {_said(talk, each)}"] if many else []
    if each.seen:
        from tmp_builder.cli.seen import markdown as sections

        parts.append(sections(talk, each.seen))
    if not each.fault:
        parts.append(markdown(talk, each.findings))
    return "\n\n".join(parts)


def _sum(talk: Talk, looked: Sequence[Looked], findings: Sequence[Finding], waived: int) -> str:
    unread = sum(1 for each in looked if each.fault)
    more = talk.pick(f"; {waived} waived", f"；豁免{waived}项") if waived else ""
    more += talk.pick(f"; {unread} could not be read", f"；{unread}个无法读取") if unread else ""
    head = talk.pick(f"{len(looked)} targets: ", f"共{len(looked)}个：") if len(looked) > 1 else ""
    return f"{head}{talk.count(findings)}{more}"


def _more(looked: Sequence[Looked]) -> dict[str, Any]:
    """What JSON says of each target."""
    return {"checked": [_one(each) for each in looked]}


def _one(each: Looked) -> dict[str, Any]:
    from tmp_builder.cli.seen import data

    return {
        "target": each.shown,
        "readable": each.fault is None,
        "faults": [str(fault) for fault in each.fault.faults] if each.fault else [],
        "counts": {str(severity): sum(1 for found in each.findings if found.severity is severity) for severity in Severity},
        "remarks": [dict(remark) for remark in each.remarks],
        "sections": [data(seen) for seen in each.seen],
        "not_read": list(each.unread),
    }
