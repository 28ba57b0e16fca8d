"""Agreements from elsewhere, in words of their own, for tests: an English consortium agreement, a Chinese contract, and what is none."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

CONSORTIUM = (
    (
        "1",
        "Definitions",
        "In this agreement the following terms shall have the meaning set out here. “Results” are any tangible or intangible output of the work.",
    ),
    (
        "2",
        "Purpose of the agreement",
        "This agreement is entered into by and between the organisations listed on the cover, hereinafter referred to as the Beneficiaries, for the joint study of tidal turbines.",
    ),
    (
        "3",
        "Entry into force and duration",
        "The agreement comes into force on the date of its signature by the last party and remains in effect until all tasks are complete.",
    ),
    (
        "4",
        "Responsibilities of the parties",
        "Each party undertakes to carry out the project tasks of the work plan on time and to report late deliverables without delay.",
    ),
    (
        "5",
        "Liability towards each other",
        "No warranty of any kind is given. No party is responsible to another for consequential damages, except for wilful misconduct or gross negligence.",
    ),
    (
        "6",
        "Governance structure",
        "The general assembly decides by two thirds of the votes; each party has one vote. The coordinator convenes it twice a year.",
    ),
    (
        "7",
        "Financial provisions",
        "The coordinator distributes the contribution in three instalments after each reporting period.",
    ),
    ("8", "Results", ""),
    ("8.1", "Ownership of results", "Results are owned by the party that generates them."),
    (
        "8.2",
        "Joint ownership",
        "Where the work was done together and cannot be split, the results are jointly owned. The joint owners may each use them without asking for the consent of the other owners.",
    ),
    (
        "8.3",
        "Transfer to third parties",
        "A party may assign its share to those named in Attachment 3. It may not grant an exclusive licence before the others had a right of first refusal.",
    ),
    (
        "8.4",
        "Dissemination",
        "A party that intends to publish gives notice at least 45 days ahead. Any objection to the publication is made in writing within 30 days.",
    ),
    ("9", "Access rights", ""),
    (
        "9.1",
        "Background included",
        "The parties have identified and agreed on the background listed in Attachment 1; all other knowledge that existed before the start stays outside.",
    ),
    (
        "9.2",
        "Access rights to background",
        "Access rights to background needed for the implementation of a party’s own tasks are granted on a royalty free basis.",
    ),
    (
        "9.3",
        "Access rights to results",
        "Access rights to results are offered on fair and reasonable conditions where a party needs them to exploit its own output.",
    ),
    (
        "9.4",
        "Specific provisions for software",
        "Nobody is obliged to hand over source code. Object code is supplied where it is needed; open source licences that spread to other code need consent.",
    ),
    (
        "10",
        "Non-disclosure of information",
        "The recipient shall keep confidential whatever is marked as confidential, for five years, and shall not disclose it except to staff with a need to know.",
    ),
    (
        "11",
        "Accession of new parties",
        "A new party joins by signing the accession document; a defaulting party may be excluded.",
    ),
    ("12", "Miscellaneous", ""),
    (
        "12.1",
        "Inconsistencies and severability",
        "Terms of the grant agreement prevail; in case of conflict between the attachments and the core text, the latter takes precedence over them.",
    ),
    ("12.2", "Amendments", "Amendments to this agreement need a text signed by all. Rights meant to last survive termination."),
    ("12.3", "Language", "This agreement is drawn up in English, which governs all documents and notices."),
    (
        "12.4",
        "Applicable law",
        "This agreement is construed in accordance with the laws of Belgium, excluding its conflict of laws rules.",
    ),
    (
        "12.5",
        "Settlement of disputes",
        "The parties try to have disputes settled amicably. Any dispute that remains goes to arbitration in Brussels.",
    ),
)
"""Number, heading and text; written for this test in the order usual for research consortia."""

CONSORTIUM_HAS = frozenset(
    [
        "definitions",
        "parties",
        "term",
        "projects",
        "liability",
        "governance",
        "ownership",
        "joint-ownership",
        "third-party-licences",
        "publication",
        "background",
        "background-access",
        "licences",
        "data",
        "confidentiality",
        "membership",
        "basis",
        "exit",
        "language",
        "governing-law",
        "disputes",
    ]
)
"""What a lawyer finds in it."""

CONTRACT = (
    ("第一条", "术语解释", "下列用语在本合同中系指：“新材料技术”是指甲方掌握的涂层配方。"),
    (
        "第二条",
        "合作内容",
        "甲乙双方共同开展耐蚀涂层研究，研究开发计划见附件一，双方承担的任务分工如下：甲方负责配方，乙方负责试验。",
    ),
    ("第三条", "合同期限", "本合同自双方签字盖章之日起生效，有效期为三年，期限届满前可以续签。"),
    ("第四条", "既有知识产权", "双方在合同签订前已拥有的技术仍归各自所有，前期积累的清单见附件二。"),
    ("第五条", "知识产权归属", "由一方独立完成的技术成果归完成方所有，相应的专利申请权归该方。"),
    ("第六条", "共有知识产权", "双方共同完成的成果由双方共有，任何共有人转让份额的，其他共有人可以先行购买。"),
    ("第七条", "后续改进", "任何一方对成果进行改进的，改进成果归作出的一方。"),
    ("第八条", "许可使用", "一方可以以普通许可的方式在约定的许可范围内使用对方成果，许可使用费另行商定。"),
    ("第九条", "收益分配", "成果转让收益和许可收益扣除费用后，按照分配比例六比四分配。"),
    ("第十条", "保密义务", "接收方对披露方的商业秘密承担保密责任，未经同意不得向第三方披露，保密期限为五年。"),
    ("第十一条", "论文发表", "任何一方拟发表论文的，应当提前四十五日将稿件交对方审阅，对方可以提出异议。"),
    ("第十二条", "仪器设备", "使用项目经费购置的设备所有权归购买方，借用的样品用毕归还。"),
    ("第十三条", "技术出口管理", "涉及限制出口技术的，应当先行取得出口许可，遵守两用物项的规定。"),
    ("第十四条", "违约责任", "违约方应当支付违约金，并赔偿因此造成的损失。"),
    ("第十五条", "合同的变更和解除", "变更或者解除本合同应当签订书面补充协议；一方严重违约的，对方可以解除合同。"),
    ("第十六条", "争议解决", "发生争议的，双方协商解决；协商不成的，提交仲裁委员会仲裁。"),
    ("第十七条", "其他", "本合同一式四份，双方各执两份，具有同等法律效力。本合同适用中华人民共和国法律。"),
)
"""A Chinese technology cooperation contract; number, heading and text."""

CONTRACT_HAS = frozenset(
    [
        "definitions",
        "projects",
        "term",
        "background",
        "ownership",
        "joint-ownership",
        "improvements",
        "licences",
        "benefits",
        "confidentiality",
        "publication",
        "equipment",
        "export-control",
        "liability",
        "exit",
        "disputes",
        "language",
        "governing-law",
    ]
)

BOLD = (
    ("Recitals", "This memorandum is made by and between a museum and a laboratory, hereinafter referred to as the hosts."),
    (
        "Pre-existing rights",
        "Whatever a host owned prior to the effective date remains the property of the party that brought it.",
    ),
    ("Inventions", "An invention belongs to the party that generates it, and title to inventions is recorded in a shared list."),
    (
        "Confidential information",
        "The receiving party keeps such information in confidence and shall not disclose it for three years.",
    ),
    ("Visits", "Guests follow the house rules and arrive by appointment."),
    ("Materials", "Samples provided for a trial are returned; material transfer needs a form."),
    ("Termination", "Either host may terminate this agreement with written notice of termination of sixty days."),
    (
        "Governing law and dispute resolution",
        "The memorandum is governed by the laws of Norway; disputes arising from it go to the courts of Oslo.",
    ),
)
"""Headings that are nothing but bold lines."""

BOLD_HAS = frozenset(["parties", "background", "ownership", "confidentiality", "equipment", "exit", "governing-law", "disputes"])

SHOPPING = (
    "Shopping list",
    "Equipment",
    "two torches, one rope",
    "Materials",
    "Glue, paint and brushes in three sizes from the shop near the station, if they still have them",
    "Software",
    "the new version of the drawing program for the children",
    "Data",
    "购物清单",
    "设备",
    "苹果五个，牛奶两瓶，面包一个，鸡蛋十二个，还要买一些给孩子们的水果和零食",
    "保密",
)
"""Words that are names of sections, in a text that is no agreement."""


def write_numbered(path: Path, title: str, clauses: Iterable[tuple[str, str, str]], *, styled: bool = True) -> Path:
    """An agreement whose headings have numbers as text, and the styles of headings where `styled`."""
    import docx

    document = docx.Document()
    document.add_heading(title, 0)
    for number, heading, text in clauses:
        level = 1 + number.count(".")
        line = f"{number} {heading}"
        document.add_heading(line, level) if styled else document.add_paragraph(line)
        if text:
            document.add_paragraph(text)
    document.save(str(path))
    return path


def write_bold(path: Path, title: str, clauses: Iterable[tuple[str, str]]) -> Path:
    """An agreement without any style or number: its headings are bold paragraphs."""
    import docx

    document = docx.Document()
    document.add_paragraph().add_run(title).bold = True
    for heading, text in clauses:
        document.add_paragraph().add_run(heading).bold = True
        document.add_paragraph(text)
    document.save(str(path))
    return path


def write_lines(path: Path, lines: Iterable[str]) -> Path:
    """A text of plain paragraphs."""
    import docx

    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path
