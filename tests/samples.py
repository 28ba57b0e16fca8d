"""A small agreement built by hand that uses every node, for the tests of all writers."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from tmp_builder.document.nodes import (
    Alternatives,
    Annex,
    Block,
    Branch,
    Clause,
    Column,
    Cover,
    CoverParty,
    Document,
    Gap,
    Imprint,
    Inlines,
    Mark,
    Note,
    Paragraph,
    Reference,
    Row,
    Schedule,
    Section,
    SignatureBlock,
    SignatureLine,
    Signing,
    Table,
    Term,
    Text,
    Texts,
    Timeline,
    Value,
)
from tmp_builder.language import CLAUSE_REFERENCE, SCHEDULE_REFERENCE

US, CN = "Lakeshore University", "Binhai University"


def sample_document(
    languages: tuple[str, ...] = ("en", "zh"),
    *,
    party: str | None = None,
    final: bool = False,
    blocked: bool = False,
) -> Document:
    """An agreement of six sections and four schedules; `party` replaces the name of the first party in every language."""
    return Document(
        id="clean-vehicles",
        languages=languages,
        cover=_cover(party),
        sections=_sections(party),
        schedules=_schedules(),
        signing=_signing(party),
        imprint=Imprint(
            plan="clean-vehicles",
            version="11",
            status="negotiating",
            dated="2026-09-15",
            library="tmp-clauses 1.0.0",
            final=final,
            program="tmp-builder 0.1.0",
            fingerprint="v1:3f2a9c",
            blocked=blocked,
        ),
    )


def noted_document(languages: tuple[str, ...] = ("en", "zh")) -> Document:
    """The sample with a timeline, an annex, and notes on its title, a section, a clause, a clause below that and a schedule."""
    document = sample_document(languages)
    drawn = Timeline(
        "schedule:metrics.timeline",
        (Mark("2026-09-30", "D01"), Mark("2031-09-30", "D02"), Mark("2031-09-30", "D10"), Mark("2031-12-01", "D33")),
        both("Effective Date 30 September 2026; end 30 September 2031.", "生效日2026年9月30日；终止日2031年9月30日。"),
    )
    schedules = tuple(
        replace(schedule, children=(*schedule.children, drawn)) if schedule.id == "schedule:metrics" else schedule
        for schedule in document.schedules
    )
    return replace(document, schedules=schedules, annexes=(_open_points(),), notes=tuple(_notes()))


def _notes() -> Iterator[Note]:
    yield Note("", "warning", (both("PAR-01: one party has no address.", "PAR-01：一方未填地址。"),))
    yield Note("section:ownership", "note", (both("The choice is open.", "该选择尚未确定。"),))
    yield Note(
        "protection.disclose#inventor",
        "drafting",
        (both("Chosen as in the profile.", "与模板一致。"), both("Favours: everyone.", "有利于：各方。")),
    )
    yield Note("protection.disclose#inventor/2", "error", (both("A & B <c> are at odds.", "A & B <c>不一致。"),))
    yield Note("schedule:equipment", "error", (both("A row has no owner.", "有一行未填权利人。"),))


def _open_points() -> Annex:
    clause = {
        "en": (refer("protection.disclose#members", "3.2", "en"),),
        "zh": (refer("protection.disclose#members", "3.2", "zh"),),
    }
    columns = (Column("place", both("Place", "位置")), Column("point", both("What is open", "待定内容"), 3))
    rows = (Row("open:1", (clause, both("days to disclose", "披露天数"))),)
    intro = Paragraph("annex:open-points#intro", both("No part of the agreement.", "不构成协议内容。"), "note")
    table = Table("annex:open-points.table", "register", columns, rows)
    return Annex("annex:open-points", both("Open points", "待定事项"), (intro, table))


def both(en: str | Inlines, zh: str | Inlines) -> Texts:
    """A text in both languages; a plain string becomes one piece of text."""
    return {"en": (Text(en),) if isinstance(en, str) else en, "zh": (Text(zh),) if isinstance(zh, str) else zh}


def refer(target: str, number: str, language: str) -> Reference:
    """A reference as the pass `refer` writes it."""
    before, after = (SCHEDULE_REFERENCE if target.startswith("schedule:") else CLAUSE_REFERENCE)[language]
    return Reference(target, before, number, after)


def _name(party: str | None) -> Texts:
    return both(party or US, party or "湖滨大学")


def _cover(party: str | None) -> Cover:
    return Cover(
        title=both("Clean Vehicles Consortium", "清洁汽车联盟"),
        kind=both("Technology Management Plan", "技术管理计划"),
        parties=(
            CoverParty(_name(party), both("Lead of the US Side", "美方牵头单位")),
            CoverParty(both(CN, "滨海大学"), both("Lead of the Chinese Side", "中方牵头单位")),
            CoverParty(both("Prairie Motors, Inc.", "草原汽车公司"), both("Member, the US Side", "美方成员")),
        ),
        lines=(
            both("Draft under negotiation no. 11", "谈判稿第11稿"),
            both(
                (Text("Effective Date: "), Gap("effective date", "effective-date")),
                (Text("生效日期："), Gap("生效日期", "effective-date")),
            ),
        ),
        notice=both(
            "This draft was assembled from a clause library. It is no legal advice; counsel of each country must review it.",
            "本草案由条款库汇编而成，不构成法律意见；签署前须经各国律师审查。",
        ),
    )


def _sections(party: str | None) -> tuple[Section, ...]:
    return (
        Section("section:parties", both("Parties", "当事人"), _parties(party), "1"),
        Section("section:definitions", both("Definitions", "定义"), _definitions(), "2"),
        Section("section:protection", both("Protection and filing", "保护与申请"), _protection(), "3"),
        Section("section:publication", both("Publication", "发表"), (), "4", reserved=True),
        Section("section:ownership", both("Ownership of Project IP", "项目知识产权的归属"), _ownership(), "5"),
        Section("section:equipment", both("Equipment", "设备"), _equipment(), "6"),
    )


def _parties(party: str | None) -> tuple[Block, ...]:
    first = _name(party)
    return (
        Paragraph("parties#intro", both("This Plan is made between the members named below.", "本计划由下列成员订立。"), "intro"),
        Clause(
            "parties.all-sign#members",
            2,
            both(
                (
                    Value(US if party is None else party, "members.A1.name"),
                    Text(" and "),
                    Value(CN, "members.B1.name"),
                    Text(" are the "),
                    Term("Leads"),
                    Text("."),
                ),
                (
                    Value("湖滨大学" if party is None else party, "members.A1.name"),
                    Text("和"),
                    Value("滨海大学", "members.B1.name"),
                    Text("为"),
                    Term("牵头单位"),
                    Text("。"),
                ),
            ),
            origin="parties.all-sign",
            number="1.1",
        ),
        Clause(
            "parties.all-sign#first",
            2,
            both((Text("The first party is "), *first["en"]), (Text("第一方为"), *first["zh"])),
            number="1.2",
        ),
    )


def _definitions() -> tuple[Block, ...]:
    return (
        Paragraph("definitions#intro", both("In this Plan:", "在本计划中："), "intro"),
        Table(
            "definitions",
            "definitions",
            (Column("term", both("Term", "术语")), Column("meaning", both("Meaning", "含义"), 3)),
            (
                Row(
                    "term:background-ip",
                    (
                        both((Term("Background IP"),), (Term("背景知识产权"),)),
                        both(
                            (Text("intellectual property listed in "), refer("schedule:background", "1", "en"), Text(".")),
                            (refer("schedule:background", "1", "zh"), Text("所列的知识产权。")),
                        ),
                    ),
                ),
                Row(
                    "term:project-ip",
                    (
                        both((Term("Project IP"),), (Term("项目知识产权"),)),
                        both(
                            "intellectual property first made in the performance of a Project, whether or not it is registered.",
                            "在执行项目过程中首次产生的知识产权，无论是否可以登记。",
                        ),
                    ),
                ),
            ),
        ),
        Clause("definitions.std#reading", 2, both("Headings are for convenience only.", "标题仅为方便阅读而设。"), number="2.1"),
    )


def _protection() -> tuple[Block, ...]:
    items = tuple(
        Clause(f"protection.disclose#inventor/{index}", 3, both(en, zh), children, number=f"({'abc'[index - 1]})")
        for index, (en, zh, children) in enumerate(
            (
                ("the names of the inventors and the place of their work;", "发明人的姓名及其工作地点；", ()),
                (
                    "the technical problem and its solution, including:",
                    "技术问题及其解决方案，包括：",
                    (
                        Clause(
                            "protection.disclose#inventor/2/1",
                            4,
                            both("the closest known solution; and", "最接近的已知方案；以及"),
                            number="(i)",
                        ),
                        Clause(
                            "protection.disclose#inventor/2/2",
                            4,
                            both("what is new in it; and", "其新颖之处；以及"),
                            number="(ii)",
                        ),
                    ),
                ),
                ("each planned publication.", "每项拟议的发表。", ()),
            ),
            1,
        )
    )
    return (
        Clause(
            "protection.disclose#inventor",
            2,
            both(
                (
                    Text("Each Member shall ensure that its personnel report every potential invention to it within "),
                    Value("thirty (30) days", "parameters.protection.disclose.inventor_to_employer_days"),
                    Text(" after the invention is first recorded. The report shall state:"),
                ),
                (
                    Text("每一成员应确保其人员自首次记录该潜在发明之日起"),
                    Value("三十（30）日", "parameters.protection.disclose.inventor_to_employer_days"),
                    Text("内向其报告。报告应载明："),
                ),
            ),
            (
                *items,
                Paragraph("protection.disclose#inventor/close", both("The report is kept for ten years.", "报告应保存十年。")),
            ),
            "protection.disclose",
            "3.1",
        ),
        Clause(
            "protection.disclose#members",
            2,
            both(
                (
                    Text("The Member shall disclose the invention to the other Members within "),
                    Gap("days to disclose", "parameters.protection.disclose.party_to_party_days"),
                    Text(" after the report under "),
                    refer("protection.disclose#inventor", "3.1", "en"),
                    Text("; "),
                    refer("section:ownership", "5", "en"),
                    Text(" and "),
                    refer("schedule:equipment", "2", "en"),
                    Text(" “apply” accordingly."),
                ),
                (
                    Text("该成员应自依"),
                    refer("protection.disclose#inventor", "3.1", "zh"),
                    Text("作出报告之日起"),
                    Gap("披露天数", "parameters.protection.disclose.party_to_party_days"),
                    Text("内向其他成员披露该发明；"),
                    refer("section:ownership", "5", "zh"),
                    Text("及"),
                    refer("schedule:equipment", "2", "zh"),
                    Text("相应“适用”。"),
                ),
            ),
            origin="protection.disclose",
            number="3.2",
        ),
        Clause("protection.filing-lead#lead", 2, {}, number="3.3", reserved=True),
        Clause(
            "protection.countries#list",
            2,
            both("The Members file as follows:", "各成员按下表提出申请："),
            (
                Clause(
                    "protection.countries#list/1",
                    3,
                    both("first, in the places named here:", "首先在下列地点："),
                    (_places(),),
                    number="(a)",
                ),
                Clause("protection.countries#list/2", 3, both("then elsewhere.", "然后在其他地点。"), number="(b)"),
            ),
            number="3.4",
        ),
    )


def _places() -> Table:
    return Table(
        "protection.countries.places",
        "records",
        (Column("country", both("Country", "国家")), Column("office", both("Office", "主管机关"), 2)),
        (
            Row("1", (both("United States", "美国"), both("USPTO", "USPTO"))),
            Row("2", (both("China", "中国"), both("CNIPA", "国家知识产权局"))),
        ),
    )


def _ownership() -> tuple[Block, ...]:
    return (
        Alternatives(
            "ownership",
            (
                Branch(
                    "ownership.employer",
                    both("Alternative A: the employer owns – proposed by the US Side", "备选方案A：单位所有——美方提出"),
                    (
                        Clause(
                            "ownership.employer#owner",
                            2,
                            both(
                                "Project IP belongs to the Member whose personnel made it.",
                                "项目知识产权属于其人员作出该成果的成员。",
                            ),
                            (
                                Clause(
                                    "ownership.employer#owner/1", 3, both("This includes software.", "包括软件。"), number="(a)"
                                ),
                            ),
                            "ownership.employer",
                            "5.1",
                        ),
                    ),
                ),
                Branch(
                    "ownership.joint-equal",
                    both("Alternative B: equal shares – proposed by the Chinese Side", "备选方案B：等份共有——中方提出"),
                    (
                        Clause(
                            "ownership.joint-equal#owner",
                            2,
                            both("Project IP belongs to the Members in equal shares.", "项目知识产权由各成员等份共有。"),
                            number="5.2",
                        ),
                    ),
                ),
            ),
        ),
        Clause(
            "ownership.assign#duty",
            2,
            both(
                (Text("Each Member shall take the steps that "), refer("ownership.employer#owner", "5.1", "en"), Text(" needs.")),
                (Text("各成员应采取"), refer("ownership.employer#owner", "5.1", "zh"), Text("所需的步骤。")),
            ),
            number="5.3",
        ),
    )


def _equipment() -> tuple[Block, ...]:
    return (
        Clause(
            "equipment.title#provider",
            2,
            both(
                (
                    Text("Title to the items in "),
                    refer("schedule:equipment", "2", "en"),
                    Text(" stays with the Member that provided them, as "),
                    refer("section:parties", "1", "en"),
                    Text(" and "),
                    refer("protection.disclose#members", "3.2", "en"),
                    Text(" say."),
                ),
                (
                    refer("schedule:equipment", "2", "zh"),
                    Text("所列设备的所有权仍归提供方，详见"),
                    refer("section:parties", "1", "zh"),
                    Text("及"),
                    refer("protection.disclose#members", "3.2", "zh"),
                    Text("。"),
                ),
            ),
            number="6.1",
        ),
    )


def _schedules() -> tuple[Schedule, ...]:
    return (
        Schedule("schedule:background", both("Background IP", "背景知识产权"), (_intro("background"), _background()), "1"),
        Schedule("schedule:equipment", both("Equipment", "设备"), (_intro("equipment"), _equipment_register()), "2"),
        Schedule(
            "schedule:metrics",
            both("Reciprocity metrics", "对等指标"),
            (Paragraph("schedule:metrics#none", both("None.", "无。"), "note"),),
            "3",
        ),
        Schedule(
            "schedule:projects",
            both("Projects", "项目"),
            (
                Paragraph("schedule:projects#P1", both("Project P1: Special terms", "项目P1：特别条款"), "subheading"),
                Clause(
                    "projects.P1#first",
                    2,
                    both("The Members share the costs equally:", "各成员平均分担费用："),
                    (Clause("projects.P1#first/1", 3, both("each in its own currency.", "各以本国货币支付。"), number="(a)"),),
                    number="S4.1",
                ),
                Clause("projects.P1#second", 2, both("No fee is due.", "无须支付费用。"), number="S4.2"),
            ),
            "4",
        ),
    )


def _intro(name: str) -> Paragraph:
    return Paragraph(
        f"schedule:{name}#intro", both("The Members keep this list up to date.", "各成员应随时更新本清单。"), "intro"
    )


def _background() -> Table:
    return Table(
        "register:background",
        "register",
        (
            Column("id", both("No.", "编号")),
            Column("title", both("Title", "名称"), 3),
            Column("owner", both("Owner", "权利人"), 2),
            Column("date", both("Priority date", "优先权日")),
        ),
        tuple(
            Row(
                f"BG-{index}",
                (
                    both(f"BG-{index}", f"BG-{index}"),
                    both("Battery cell with a graded separator", "具有梯度隔膜的电池单体"),
                    both(US, "湖滨大学"),
                    both("1 March 2024", "2024年3月1日"),
                ),
                both("Limits: research only.", "限制：仅供研究。") if index % 2 else {},
            )
            for index in range(1, 4)
        ),
        both("Items of Background IP", "背景知识产权清单"),
    )


def _equipment_register() -> Table:
    names = (
        ("Item", "编号"),
        ("Name", "名称"),
        ("Provider", "提供方"),
        ("Host", "使用方"),
        ("Value", "价值"),
        ("Delivered", "交付日"),
        ("Accepted", "验收日"),
        ("Retention ends", "保留期届满"),
        ("Disposition", "处置"),
    )
    cells = (
        ("EQ-1", "EQ-1"),
        ("Test bench", "试验台"),
        (US, "湖滨大学"),
        (CN, "滨海大学"),
        ("USD 120,000", "120,000美元"),
        ("1 May 2026", "2026年5月1日"),
        ("9 May 2026", "2026年5月9日"),
        ("9 May 2031", "2031年5月9日"),
        ("Return", "归还"),
    )
    return Table(
        "register:equipment",
        "register",
        tuple(Column(f"c{index}", both(en, zh)) for index, (en, zh) in enumerate(names)),
        (Row("EQ-1", tuple(both(en, zh) for en, zh in cells)),),
    )


def _signing(party: str | None) -> Signing:
    lines = (
        SignatureLine(both("Signature", "签字")),
        SignatureLine(both("Name", "姓名"), both("Ann Smith", "Ann Smith")),
        SignatureLine(both("Title", "职务")),
        SignatureLine(both("Date", "日期")),
        SignatureLine(both("Seal", "盖章")),
    )
    return Signing(
        "signing",
        both("Signatures", "签署页"),
        both(
            "The Members have signed this Plan through their authorised representatives.",
            "各成员已由其授权代表签署本计划，以资证明。",
        ),
        (
            SignatureBlock("signature:A1", _name(party), lines),
            SignatureBlock("signature:B1", both(CN, "滨海大学"), (*lines[:1], SignatureLine(both("Name", "姓名")), *lines[2:])),
            SignatureBlock("signature:A2", both("Prairie Motors, Inc.", "草原汽车公司"), lines[:4]),
        ),
    )
