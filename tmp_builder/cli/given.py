"""What is given to a build on the command line: formats, languages, a date, an audience; each refused with a sentence."""

from __future__ import annotations

from datetime import date

from tmp_builder.errors import UsageError, nearest


def audience_of(edition: str, audience: str | None, *, final: bool, template: bool) -> str:
    """Who a build is for: guidance and departures from the profile are for one's own house, a blank text is for anybody."""
    if final and audience == "internal":
        raise UsageError("a final document is never for internal use", "Leave out --final or --for internal.")
    if edition != "clean" and final:
        raise UsageError(f"a final document is never the {edition} edition", "Leave out --final or --edition.")
    if template:
        return audience or "public"
    if edition != "clean" and audience not in (None, "internal"):
        hint = "It shows guidance and what you gave up. Leave out --for, or build the clean edition."
        raise UsageError(f"the {edition} edition is for your own house", hint)
    return audience or ("counterparty" if edition == "clean" else "internal")


def parse_formats(text: str) -> tuple[str, ...]:
    """The formats of `-f`, each known, none twice."""
    from tmp_builder.writers.formats import FORMATS as KNOWN

    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in KNOWN:
            raise UsageError(f"unknown format “{name}”{nearest(name, KNOWN)}", f"Known: {', '.join(KNOWN)}.")
    if not names:
        raise UsageError("-f needs at least one format", f"Known: {', '.join(KNOWN)}.")
    return tuple(dict.fromkeys(names))


def parse_languages(text: str | None) -> tuple[str, ...]:
    """The languages of `--language`, in their order."""
    from tmp_builder.language import LANGUAGES

    names = [name.strip() for name in (text or "").split(",") if name.strip()]
    for name in names:
        if name not in LANGUAGES:
            raise UsageError(f"unknown language “{name}”", "Known: en, zh.")
    return tuple(dict.fromkeys(names))


def parse_date(text: str | None) -> date | None:
    """The date of `--date`; SOURCE_DATE_EPOCH where no date is given and it is set."""
    import os
    from datetime import UTC, datetime

    if text:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise UsageError(f"--date {text}: no date", "Write it as 2026-09-30.") from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else None
