"""A clause library of three cards that every check of its care finds in order; tests spoil one place and look again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from tests.libraries import FILES as LIKE
from tmp_builder.findings import Finding
from tmp_builder.library.care import Shelf, look_after
from tmp_builder.library.care.translations import stamped
from tmp_builder.library.reader import read_library

DAY = date(2026, 6, 1)
PRINTED = frozenset({"title", "leads"})
NAMED = frozenset({"two-sides", "money-flows"})

EMPLOYER = """\
---
domain-id: own.employer
label: {en: The employer owns, zh: 归雇主单位}
effect: {en: Whoever employs the inventor owns., zh: 雇用发明人的一方享有权利。}
use-when: {en: Usually., zh: 通常采用。}
favours: [all]
needs: []
conflicts: []
sources:
  - {source: LAW, at: Art. 1}
parameters:
  report_days:
    type: days
    default: 30
    range: [10, 60]
    label: {en: Days to report, zh: 报告天数}
  form:
    type: choice
    default: written
    values:
      written:
        label: {en: In writing, zh: 书面}
        say: {en: The shares are agreed in writing., zh: 份额以书面约定。}
      silent:
        label: {en: Not said, zh: 不约定}
        say: {en: "", zh: ""}
    label: {en: Form of the agreement on shares, zh: 份额约定的形式}
---

## English

1.  {#owner} Each Member owns the Results that its personnel make in the work called {{ fact:title }}. Where personnel of several
    Members make one Result together, each of these Members holds a share that follows its part in the inventive work. {{ form }}

2.  {#report} A Member shall report each Result in writing within {{ report_days }} after its personnel first record it. The report
    states:

    1.  who made the Result and where the work was done;

    2.  which equipment and which earlier knowledge was used; and

    3.  whether anybody plans to publish it.

3.  {#entry} The Member that receives a report shall enter the Result in {{ schedule:register }} within five (5) days. It shall tell
    the sender the number of the entry.

4.  {#late} A report that comes late does not move ownership. The Member responsible pays what the delay costs the others and says in
    writing how it prevents another delay.

5.  {#claims} If two Members claim the same Result, both keep their evidence, and neither licenses the Result to an outsider until the
    claim is settled under {{ section:owner }}.

## 中文

1.  {#owner} 各成员单位对其人员在{{ fact:title }}所称工作中作出的成果享有权利。数个成员单位的人员共同作出一项成果的，各该成员单位按其在创造性劳动中所占部分享有份额。{{ form }}

2.  {#report} 成员单位应自其人员首次记录之日起{{ report_days }}内书面报告每项成果。报告应载明：

    1.  由何人作出该成果以及工作在何处完成；

    2.  使用了哪些设备和哪些既有知识；以及

    3.  是否有人计划发表。

3.  {#entry} 收到报告的成员单位应在五（5）日内将成果登入{{ schedule:register }}，并将登记号告知报告人。

4.  {#late} 逾期报告不改变权利归属。责任成员单位应承担其他各方因迟延所受的费用，并书面说明防止再次迟延的办法。

5.  {#claims} 两个成员单位主张同一成果的，均应保存证据；在依{{ section:owner }}解决之前，任何一方不得将该成果许可给外部主体。

## Guidance

The simple rule, known to every personnel office [LAW Art. 1].

## 说明

最简单的规则，人事部门均熟悉[LAW Art. 1]。
"""

JOINT = """\
---
domain-id: own.joint
label: {en: All own jointly, zh: 各方共有}
effect: {en: Everybody owns an equal share., zh: 各方份额相等。}
use-when: {en: Rarely., zh: 较少采用。}
favours: [all]
needs: [paper.keep]
conflicts: []
sources:
  - {source: LAW, at: Art. 2}
  - {source: K}
parameters:
  answer_days:
    type: days
    default: 20
    range: [5, 40]
    label: {en: Days to answer, zh: 答复天数}
---

## English

1.  {#shares} Every Member holds an equal share in every Result, whoever made it. A share cannot be sold alone, pledged or divided
    while this Plan is in force.

2.  {#use} Each Member may use any Result in its own laboratories and factories without asking and without paying. A licence to an
    outsider needs the consent of all, which each Member gives or refuses within {{ answer_days }} after a complete request reaches
    it. Silence counts as consent once the request has been repeated.

3.  {#books} The costs of protection are borne in equal parts. Whoever advances them keeps the vouchers as
    {{ clause:paper.keep#books }} describes and sends the others a statement at the end of each quarter.

4.  {#leaving} A Member that leaves keeps its share in what exists on that day. It takes none in later Results, and its consent to
    licences is no longer asked for, although it still receives a third of its former part of the income for two (2) years.

## 中文

1.  {#shares} 各成员单位对每项成果享有均等份额，不论由谁作出。本计划有效期间，份额不得单独出售、质押或者分割。

2.  {#use} 各成员单位可以在自己的实验室和工厂使用任何成果，无须征得同意，也无须付费。许可外部主体的，应经全体同意；各成员单位应自完整的请求送达之日起{{ answer_days }}内表示同意或者拒绝。经再次请求仍不答复的，视为同意。

3.  {#books} 保护费用平均分担。垫付费用的一方应按{{ clause:paper.keep#books }}保存凭证，并在每季度末向其他各方送交清单。

4.  {#leaving} 退出的成员单位保留其退出之日已有成果的份额，对其后的成果不享有份额，许可亦无须再经其同意；但其后两（2）年内仍可取得原应得收入的三分之一。

## Guidance

Rarely wise: one refusal stops every licence [LAW Art. 2]; the figures are general knowledge [K].

## 说明

通常不宜：一方拒绝即可阻止全部许可[LAW Art. 2]；所用数字属一般知识[K]。
"""

KEEP = """\
---
domain-id: pap.keep
label: {en: Books and vouchers, zh: 账册与凭证}
effect: {en: Books are kept in order., zh: 账册保存完好。}
use-when: {en: Always., zh: 一律采用。}
favours: [all]
brings: [money-flows]
sources:
  - {source: K}
parameters:
  years:
    type: years
    default: 5
    range: [3, 10]
    label: {en: Years of keeping, zh: 保存年数}
---

## English

1.  {#books} Each Member keeps books on the money and the hours it spends under this Plan. An entry names the day, the purpose and the
    person in charge, and a voucher lies behind it. Electronic files suffice where they cannot be altered unseen.

2.  {#time} Books and vouchers are kept for {{ years }} after the end of the year to which they belong. A longer duty of law stays
    untouched. Before the time ends, nobody destroys a paper that a running audit or a court case still needs.

3.  {#audit} Once a year an independent auditor chosen by the other side may look into them at the place where they lie, during office
    hours, after ten (10) days of notice. The auditor tells only whether the figures are right and by how much they are wrong.

4.  {#errors} An error found is corrected in the next statement. Where it exceeds one twentieth of the amount, the party in error also
    pays the auditor. A dispute about the finding goes first to the accountants of both, who meet within a month, and then onwards.

5.  {#secrecy} What the auditor sees stays secret even after the end of the contract.

## 中文

1.  {#books} 各成员单位应就其依本计划支出的款项和工时设置账册。每笔记载应注明日期、用途和责任人，并附凭证。不能被暗中更改的电子文件亦可。

2.  {#time} 账册和凭证自其所属年度结束后保存{{ years }}。法律规定更长期间的，从其规定。期满之前，任何人不得销毁进行中的审计或者诉讼仍需要的文件。

3.  {#audit} 另一方选定的独立审计师每年可以在提前十（10）日通知后，于办公时间内在保管地点查阅一次。审计师仅告知数字是否正确以及差额多少。

4.  {#errors} 发现的差错在下一份清单中更正。差错超过金额二十分之一的，由出错一方另行承担审计费用。对结论有异议的，先由双方会计在一个月内会商，再依次处理。

5.  {#secrecy} 审计师知悉的内容，在合同终止后仍应保密。

## Guidance

Boring and indispensable [K].

## 说明

平淡而不可缺少[K]。
"""

FILES: dict[str, str] = {
    **{name: LIKE[name] for name in ("outline.yaml", "favours.yaml", "profiles/every.yaml", "owner/section.yaml")},
    "library.yaml": "name: good\nversion: 1.0.0\n",
    "territories.yaml": "territories:\n  US: {en: the United States, zh: 美国}\n",
    "sources.yaml": """\
sources:
  LAW:
    title: {en: A law, zh: 某法}
    seen: T
    checked: 2026-01-10
  K:
    title: {en: General knowledge, zh: 一般知识}
    seen: K
    checked: never
""",
    "terms.yaml": """\
terms:
  - id: member
    term: {en: Member, zh: 成员单位}
    avoid: {en: [Participant], zh: [参与单位]}
    meaning: {en: means whoever signs this Plan., zh: 指签署本计划的单位。}
  - id: plan
    term: {en: Technology Management Plan, zh: 技术管理计划}
    forms: {en: [this Plan, This Plan], zh: [本计划]}
    meaning: {en: means this document., zh: 指本文件。}
  - id: result
    term: {en: Result, zh: 成果}
    avoid: {en: [Project Finding], zh: [研究发现]}
    meaning: {en: means what the work brings forth., zh: 指工作所产生的内容。}
""",
    "schedules.yaml": """\
schedules:
  - id: register
    domain-id: SCH-1
    title: {en: Register, zh: 登记表}
    intro: {en: The register of Results., zh: 成果登记表。}
    none: {en: Nothing is entered., zh: 尚无登记。}
    key: item_id
    columns:
      - {name: item_id, type: text, print: table, required: true, label: {en: No., zh: 编号}}
  - id: inside
    domain-id: SCH-2
    title: {en: Notes, zh: 备忘}
    intro: {en: Never printed., zh: 从不打印。}
    none: {en: Nothing., zh: 无。}
    internal: true
    key: item_id
    columns:
      - {name: item_id, type: text, print: table, required: true, label: {en: No., zh: 编号}}
""",
    "profiles/plain.yaml": """\
domain-id: P1
name: {en: Plain, zh: 普通}
mirrors: {en: Nothing., zh: 无。}
use-when: {en: In tests., zh: 测试用。}
choices:
  owner: [employer]
parameters:
  owner.employer.report_days: 20
typical: {two-sides: no}
""",
    "owner/employer.md": EMPLOYER,
    "owner/joint.md": JOINT,
    "paper/section.yaml": """\
domain-id: S02
title: {en: Books, zh: 账册}
question: {en: What is kept?, zh: 保存什么？}
required-when: never
guidance: {en: Choose it., zh: 应予选用。}
slots:
  - id: books
    label: {en: Books, zh: 账册}
    pick: any
    options: [keep]
""",
    "paper/keep.md": KEEP,
}


def write(folder: Path, changes: Mapping[str, tuple[str, str]] | None = None, *, stamp: bool = True) -> Path:
    """The good library in `folder`, each file of `changes` with its first text replaced by its second (an empty first: appended).

    The cards are stamped as translated after the change, so that a change of words spoils nothing but what it changes.
    """
    for name, text in FILES.items():
        old, new = (changes or {}).get(name, ("", ""))
        assert old in text, f"{name} does not hold {old!r}"
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
    if stamp:
        stamp_all(folder)
    return folder


def stamp_all(folder: Path) -> None:
    """Every card whose prose can be read gets its stamp."""
    library = read_library(folder)
    for option in library.options.values():
        if not option.prose.faults:
            path = folder / option.section / f"{option.name}.md"
            path.write_text(stamped(path.read_text(encoding="utf-8"), option), encoding="utf-8")


def findings(folder: Path, *codes: str) -> list[Finding]:
    """What the care of the library in `folder` finds (only the checks `codes`, if any are named)."""
    return look_after(Shelf(read_library(folder), PRINTED, NAMED, DAY), codes or None)
