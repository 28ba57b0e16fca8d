"""A clause library of two sections as texts by path, for tests of readers and passes; tests change a file and read it again."""

from __future__ import annotations

CARD = """\
---
domain-id: own.employer
label: {en: The employer owns, zh: 归雇主单位}
effect: {en: Whoever employs the inventor owns., zh: 雇用发明人的一方享有权利。}
use-when: {en: Usually., zh: 通常采用。}
favours: [all]
needs: []
conflicts: []
overridable: false
sources:
  - {source: LAW, at: Art. 1}
parameters:
  report_days:
    type: days
    default: 30
    range: [10, 60]
    label: {en: Days to report, zh: 报告天数}
---

## English

1.  {#owner} Each Member owns the **Project Results** that its personnel make.

2.  {#report} It reports them within {{ report_days }} to the Members named in {{ schedule:register }}.

## 中文

1.  {#owner} 各成员单位享有其人员完成的**项目成果**。

2.  {#report} 其应在{{ report_days }}内向{{ schedule:register }}所列成员单位报告。

## Guidance

Say who owns.

## 说明

写明归属。
"""

JOINT = """\
---
domain-id: own.joint
label: {en: All own jointly, zh: 各方共有}
effect: {en: Shares are equal., zh: 份额相等。}
use-when: {en: Rarely., zh: 较少采用。}
favours: [all]
needs: [paper.keep]
conflicts: []
sources:
  - {source: LAW}
---

## English

1.  {#shares} The Members own in equal shares and keep records under {{ clause:paper.keep#records }}.

## 中文

1.  {#shares} 各成员单位按相等份额共有，并依{{ clause:paper.keep#records }}保存记录。

## Guidance

Rarely wise.

## 说明

通常不宜。
"""

KEEP = """\
---
domain-id: pap.keep
label: {en: Records, zh: 记录}
effect: {en: Records are kept., zh: 保存记录。}
use-when: {en: Always., zh: 一律采用。}
favours: [all]
sources:
  - {source: LAW}
parameters:
  where:
    type: text
    optional: true
    label: {en: Where, zh: 地点}
---

## English

1.  {#records} Records are kept under {{ section:owner }}.

2.  {#where} {{ where }}

## 中文

1.  {#records} 记录依{{ section:owner }}保存。

2.  {#where} {{ where }}

## Guidance

Keep them.

## 说明

应予保存。
"""

FILES: dict[str, str] = {
    "library.yaml": "name: house\nversion: 1.0.0\n",
    "outline.yaml": "sections: [owner, paper]\n",
    "favours.yaml": "favours:\n  all: {en: everyone, zh: 各方}\n",
    "territories.yaml": """\
territories:
  US: {en: the United States, zh: 美国}
  CN: {en: China, zh: 中国}
  NO: {en: Norway, zh: 挪威}
""",
    "sources.yaml": "sources:\n  LAW:\n    title: {en: A law, zh: 某法}\n    seen: K\n    checked: never\n",
    "terms.yaml": """\
terms:
  - id: members
    term: {en: Member, zh: 成员单位}
    meaning: {en: means a party to this Plan., zh: 指本计划的当事人。}
  - id: records
    term: {en: Record, zh: 记录}
    meaning: {en: means a writing of a Member., zh: 指成员单位的书面材料。}
  - id: unused
    term: {en: Escrow Agent, zh: 托管人}
    meaning: {en: means a keeper., zh: 指保管人。}
""",
    "schedules.yaml": """\
schedules:
  - id: register
    domain-id: SCH-1
    title: {en: Register, zh: 登记表}
    intro: {en: The register., zh: 登记表。}
    none: {en: Nothing., zh: 无。}
    key: item_id
    columns:
      - {name: item_id, type: text, print: table, required: true, label: {en: No., zh: 编号}}
      - {name: holder, type: party, print: table, label: {en: Holder, zh: 持有人}}
""",
    "profiles/every.yaml": "always: [paper.keep]\n",
    "profiles/plain.yaml": """\
domain-id: P1
name: {en: Plain, zh: 普通}
mirrors: {en: Nothing., zh: 无。}
use-when: {en: In tests., zh: 测试用。}
choices:
  owner: [employer]
""",
    "owner/section.yaml": """\
domain-id: S01
title: {en: Ownership, zh: 归属}
question: {en: Who owns?, zh: 归谁所有？}
required-when: always
guidance: {en: Choose one., zh: 择一。}
slots:
  - id: owner
    label: {en: Owner, zh: 权利人}
    pick: one
    options: [employer, joint]
""",
    "owner/employer.md": CARD,
    "owner/joint.md": JOINT,
    "paper/section.yaml": """\
domain-id: S02
title: {en: Records, zh: 记录}
question: {en: What is kept?, zh: 保存什么？}
required-when: never
guidance: {en: Keep records., zh: 保存记录。}
slots:
  - id: add-ons
    label: {en: Further arrangements, zh: 其他安排}
    pick: any
    options: [keep]
""",
    "paper/keep.md": KEEP,
}


def under(folder: str, files: dict[str, str]) -> dict[str, str]:
    """The same files inside `folder`."""
    return {f"{folder}/{name}": text for name, text in files.items()}
