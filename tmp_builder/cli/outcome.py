"""What a build says when it is done: what its files carry, what is still open, how a signed plan is frozen."""

from __future__ import annotations

from collections.abc import Iterable

from tmp_builder.cli.output import Talk


def inside(talk: Talk, audience: str, formats: Iterable[str]) -> str:
    """What the files of a build carry beside the text, and who may see them."""
    if not {"docx", "pdf"} & set(formats):
        return talk.pick(f"For: {audience}.", f"对象：{audience}。")
    what = {
        "counterparty": talk.pick(
            "the files carry what the printed text needs; no comments, waivers, reasons or internal columns",
            "文件内含打印文本所需内容，不含注释、豁免、理由和内部栏目",
        ),
        "internal": talk.pick(
            "the files carry the whole plan, drafting notes and findings; do not send them out",
            "文件内含完整计划、起草说明和检查结果，请勿外发",
        ),
        "public": talk.pick("the files carry fingerprints only", "文件仅含指纹"),
    }
    return talk.pick(f"For {audience}: {what[audience]}.", f"对象（{audience}）：{what[audience]}。")


def freeze(talk: Talk, fingerprint: str) -> str:
    """How a signed plan is frozen."""
    line = f"signed-fingerprint: {fingerprint}"
    return talk.pick(
        f"The plan is signed but not frozen. Add to it: {line}",
        f"计划已签署但尚未冻结。请在计划中加入：{line}",
    )


def summary(talk: Talk, checked: object) -> str:
    """What a build amounts to: gaps, findings, and the notice that it is no legal advice."""
    from tmp_builder.pipeline import Checked

    assert isinstance(checked, Checked)
    gaps = len(checked.open_points)
    others = [finding for finding in checked.findings if finding.code != "STR-05"]
    words = [talk.count(others) if others or not gaps else talk.pick("no other findings", "没有其他问题")]
    if gaps:
        points = "point" if gaps == 1 else "points"
        words.append(talk.pick(f"{gaps} open {points} in the text", f"文本中{gaps}处待定"))
    return talk.pick("; ", "；").join(words) + talk.pick(
        ". No legal advice: lawyers of each country must review the text.", "。本文件不构成法律意见，须由各国律师审查。"
    )
