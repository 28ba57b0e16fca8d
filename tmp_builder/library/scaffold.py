"""The text of a new card: a form that reads, to be filled by whoever drafts."""

from __future__ import annotations

from tmp_builder.library.schema import Option

_FORM = """\
---
domain-id: house.{name}
label:
  en: {words}
  zh: 新条款
effect:
  en: One sentence that says what changes for the parties.
  zh: 用一句话说明各方的权利义务有何变化。
favours: [all]
use-when:
  en: One sentence that says when to choose it.
  zh: 用一句话说明何时选用。
needs: []
conflicts: []
overridable: false
sources:
  - {{source: K}}
parameters:
  notice_days:
    type: days
    default: 30
    range: [10, 90]
    label:
      en: Days of notice
      zh: 通知天数
---

## English

1.  {{#duty}} Each Member shall tell the other Members in writing, {{{{ notice_days }}}} in advance, what it intends to do under
    this rule.

2.  {{#consequence}} A Member that does not do so bears the cost that arises from it.

## 中文

1.  {{#duty}} 各成员单位应提前{{{{ notice_days }}}}将其依本条拟采取的行为书面通知其他成员单位。

2.  {{#consequence}} 成员单位未予通知的，应承担由此产生的费用。

## Guidance

Why one would choose it, whom it favours and why, what to watch, and what the law says where it differs, with its source in
brackets.

## 说明

说明选用理由、有利于何方及其原因、应注意的事项；法律规定不同的，写明规定并在方括号内注明来源。
"""


def new_card(option: str) -> str:
    """The text of a card for the new option `section.name`: it parses as it stands and says what belongs where."""
    name = option.partition(".")[2]
    return _FORM.format(name=name.replace("-", "_"), words=name.replace("-", " ").capitalize())


def card_from(text: str, option: str, model: Option) -> str:
    """The text of the card `model` as the start of another: a domain id of its own, references to itself turned, no stamp."""
    name = option.partition(".")[2].replace("-", "_")
    lines = [line for line in text.split("\n") if not line.startswith("translated-from:")]
    turned = "\n".join(f"domain-id: house.{name}" if line.startswith("domain-id:") else line for line in lines)
    return turned.replace(f"clause:{model.id}#", f"clause:{option}#")
