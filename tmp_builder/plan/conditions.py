"""What each named fact says where it holds, as half a sentence: “if results can come to be jointly owned”."""

from __future__ import annotations

from collections.abc import Mapping

from tmp_builder.library.schema import Labels


def _says(en: str, zh: str) -> Labels:
    return {"en": en, "zh": zh}


CONDITIONS: Mapping[str, Labels] = {
    "sta-basis": _says("the plan rests on an intergovernmental protocol", "本计划以政府间议定书为基础"),
    "sta-2024": _says("the plan rests on the 2024 US–China protocol", "本计划的依据文件包括2024年中美议定书"),
    "bilingual": _says("the document is in two languages", "文件采用两种文字"),
    "two-sides": _says("the members are grouped in two Sides", "成员单位分属两个国别方"),
    "chinese-side": _says("one of the Sides is Chinese", "国别方中有中方"),
    "more-than-two-members": _says("there are more than two members", "成员单位多于两家"),
    "public-money": _says("public money pays for any of the work", "有公共资金资助"),
    "us-federal-money": _says("US federal money pays for any of the work", "有美国联邦资金资助"),
    "doe-money": _says("any of the money is that of the US Department of Energy", "其中有美国能源部资金"),
    "crada": _says("a US national laboratory takes part under a CRADA", "有美国国家实验室依合作研发协议（CRADA）参加"),
    "cn-fiscal-money": _says("Chinese fiscal money pays for any of the work", "有中国财政资金资助"),
    "eu-money": _says("an EU grant pays for any of the work", "有欧盟资金资助"),
    "us-party": _says("a member is organised or working in the United States", "有在美国设立或开展工作的成员单位"),
    "cn-party": _says("a member is organised or working in China", "有在中国设立或开展工作的成员单位"),
    "us-and-cn": _says("US and Chinese members take part", "同时有美国和中国成员单位"),
    "us-work": _says("any of the work is done in the United States", "有工作在美国进行"),
    "cn-work": _says("any of the work is done in China", "有工作在中国进行"),
    "work-in-both": _says("work is done in both countries", "两国均有工作"),
    "cn-employer": _says("a member employs inventors in China", "有成员单位在中国雇用发明人"),
    "university-member": _says("a university is among the members", "成员单位中有高校"),
    "private-member": _says("a company or private institute is among the members", "成员单位中有企业或民办机构"),
    "entity-member": _says("the Consortium has a legal entity of its own", "联盟设有法人实体"),
    "joint-ownership-possible": _says("results can come to be jointly owned", "成果可能由多方共有"),
    "title-not-by-territory": _says("title to Project IP is the same in every territory", "项目知识产权的归属不按地域划分"),
    "data-crosses-borders": _says("data sets cross a border", "有数据跨境"),
    "equipment-listed": _says("equipment or material is brought in, lent or developed", "投入、出借或研制设备或材料"),
    "competitors": _says("some members compete with each other", "成员单位之间存在竞争"),
    "standards": _says("the members want to set or implement a standard", "成员单位拟制定或实施标准"),
    "competitors-or-standards": _says("members compete, or set standards", "成员单位相互竞争或制定标准"),
    "sensitive-technology": _says("any technology is sensitive or export-controlled", "涉及敏感或受出口管制的技术"),
    "yellow-project": _says("any project is in the yellow tier", "有黄类项目"),
    "reciprocity-promised": _says("reciprocity is promised", "约定了对等"),
    "money-flows": _says("royalties, dues or shares of income flow", "有许可费、会费或收益分成"),
    "foreign-filing": _says("patents will be filed outside the country of invention", "将在发明完成地以外申请专利"),
}
"""By the names of the facts (`plan/facts.py`), in the words of the question about each."""
