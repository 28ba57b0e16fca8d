"""The fixed words of the report of a batch, in both languages of the interface."""

from __future__ import annotations

from collections.abc import Mapping

from tmp_builder.library.schema import Labels

WORDS: Mapping[str, Labels] = {
    "title": {"en": "Report of the batch", "zh": "批处理报告"},
    "summary": {
        "en": "{built} built, {unchanged} unchanged, {failed} failed; {memberships} memberships of {institutions} institutions.",
        "zh": "已生成{built}套，未变{unchanged}套，失败{failed}套；成员席位{memberships}个，机构{institutions}家。",
    },
    "notice": {
        "en": "For one's own house: it names findings, screenings and what is missing. No legal advice.",
        "zh": "仅供内部使用：其中列有检查结果、筛查情况和尚缺事项。不构成法律意见。",
    },
    "sets": {"en": "Sets", "zh": "各套文件"},
    "findings": {"en": "Findings", "zh": "检查结果"},
    "dates": {"en": "Dates", "zh": "日期"},
    "chase": {"en": "Chase list", "zh": "催办清单"},
    "dispatch": {"en": "Dispatch list", "zh": "发送清单"},
    "left-out": {"en": "Nothing made", "zh": "未制作"},
    "none": {"en": "None.", "zh": "无。"},
    "id": {"en": "Member", "zh": "成员"},
    "consortium": {"en": "Consortium", "zh": "联盟"},
    "name": {"en": "Name", "zh": "名称"},
    "folder": {"en": "Folder", "zh": "文件夹"},
    "state": {"en": "State", "zh": "状态"},
    "why": {"en": "Why", "zh": "原因"},
    "files": {"en": "Files", "zh": "文件数"},
    "errors": {"en": "Errors", "zh": "错误"},
    "warnings": {"en": "Warnings", "zh": "警告"},
    "gaps": {"en": "Gaps", "zh": "待定"},
    "next": {"en": "Next date", "zh": "最近日期"},
    "place": {"en": "Row", "zh": "所在行"},
    "code": {"en": "Code", "zh": "编号"},
    "severity": {"en": "Severity", "zh": "级别"},
    "message": {"en": "Message", "zh": "内容"},
    "address": {"en": "Address", "zh": "地址"},
    "day": {"en": "Day", "zh": "日期"},
    "what": {"en": "What", "zh": "事项"},
    "form": {"en": "Accession Form", "zh": "加入书"},
    "background": {"en": "Background IP rows", "zh": "背景知识产权登记"},
    "screening": {"en": "Screening", "zh": "筛查"},
    "signature": {"en": "Signature", "zh": "签字"},
    "contact": {"en": "Contact for notices", "zh": "通知联系人"},
    "registration": {"en": "Registration number", "zh": "登记号"},
    "missing-name": {"en": "Name in both languages", "zh": "中英文名称"},
    "missing": {"en": "missing", "zh": "缺"},
    "language": {"en": "Language", "zh": "语言"},
    "paper": {"en": "Paper", "zh": "文件"},
    "file": {"en": "File", "zh": "文件名"},
    "hash": {"en": "SHA-256", "zh": "SHA-256"},
    "built": {"en": "built", "zh": "已生成"},
    "unchanged": {"en": "unchanged", "zh": "未变"},
    "failed": {"en": "failed", "zh": "失败"},
    "common": {"en": "(common text)", "zh": "（共同文本）"},
    "error": {"en": "error", "zh": "错误"},
    "warning": {"en": "warning", "zh": "警告"},
    "note": {"en": "note", "zh": "提示"},
    "tmp": {"en": "Technology Management Plan", "zh": "技术管理计划"},
    "accession": {"en": "Accession Form", "zh": "加入书"},
    "signature-page": {"en": "Signature page", "zh": "签署页"},
    "extract": {"en": "Extract", "zh": "适用摘要"},
    "calendar": {"en": "Calendar", "zh": "日期日历"},
    "cover-note": {"en": "Cover note", "zh": "附函"},
    "show-lines": {"en": "Show all {count} lines", "zh": "显示全部{count}行"},
    "lead-built": {"en": "{built} built, {unchanged} unchanged", "zh": "已生成{built}套，未变{unchanged}套"},
    "lead-failed": {"en": "{count} failed: {ids}", "zh": "失败{count}套：{ids}"},
    "lead-members": {
        "en": "{memberships} memberships of {institutions} institutions",
        "zh": "成员席位{memberships}个，机构{institutions}家",
    },
    "lead-chase": {"en": "To chase: {what}", "zh": "须催办：{what}"},
    "lead-left-out": {"en": "Nothing made for {count}", "zh": "未制作：{count}行"},
    "all-named": {"en": "{ids} and {more} more", "zh": "{ids}等{all}套"},
}


def word(name: str, language: str, **values: object) -> str:
    """A fixed word of the report."""
    return WORDS[name][language].format(**values)
