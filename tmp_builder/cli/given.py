"""What is given to a build on the command line: formats, languages, a date, an audience; each refused with a sentence."""

from __future__ import annotations

from datetime import date

from tmp_builder.errors import UsageError, unknown
from tmp_builder.findings import both, listed


def audience_of(edition: str, audience: str | None, *, final: bool, template: bool) -> str:
    """Who a build is for: guidance and departures from the profile are for one's own house, a blank text is for anybody."""
    if final and audience == "internal":
        raise UsageError(
            both("a final document is never for internal use", "签署稿不供内部使用"),
            both("Leave out --final or --for internal.", "请去掉--final或--for internal。"),
        )
    if edition != "clean" and final:
        raise UsageError(
            both("a final document is never the {edition} edition", "签署稿不能是{edition}版", edition=edition),
            both("Leave out --final or --edition.", "请去掉--final或--edition。"),
        )
    if template:
        return audience or "public"
    if edition != "clean" and audience not in (None, "internal"):
        hint = both(
            "It shows guidance and what you gave up. Leave out --for, or build the clean edition.",
            "该版载有起草说明及己方的让步。请去掉--for，或者生成clean版。",
        )
        raise UsageError(
            both("the {edition} edition is for your own house", "{edition}版仅供己方内部使用", edition=edition), hint
        )
    return audience or ("counterparty" if edition == "clean" else "internal")


def parse_formats(text: str) -> tuple[str, ...]:
    """The formats of `-f`, each known, none twice."""
    from tmp_builder.writers.formats import FORMATS as KNOWN

    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in KNOWN:
            raise unknown(both("format", "格式"), name, KNOWN)
    if not names:
        raise UsageError(
            both("-f needs at least one format", "-f至少须有一种格式"),
            both("Known: {known}.", "可用：{known}。", known=listed(KNOWN)),
        )
    return tuple(dict.fromkeys(names))


def parse_languages(text: str | None) -> tuple[str, ...]:
    """The languages of `--language`, in their order."""
    from tmp_builder.language import LANGUAGES

    names = [name.strip() for name in (text or "").split(",") if name.strip()]
    for name in names:
        if name not in LANGUAGES:
            raise unknown(both("language", "语言"), name, LANGUAGES)
    return tuple(dict.fromkeys(names))


def parse_date(text: str | None) -> date | None:
    """The date of `--date`; SOURCE_DATE_EPOCH where no date is given and it is set."""
    import os
    from datetime import UTC, datetime

    if text:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise UsageError(
                both("--date {text}: no date", "--date {text}：不是日期", text=text),
                both("Write it as 2026-09-30.", "写作2026-09-30。"),
            ) from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else None
