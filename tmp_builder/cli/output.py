"""Where the program speaks: results on stdout, talk on stderr, colour only where a terminal wants it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any

import click
from msgspec import Struct

from tmp_builder.findings import Finding, Severity

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
SEVERITIES = {
    "en": {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"},
    "zh": {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"},
}


class Talk(Struct, frozen=True):
    """How this run speaks: its language, whether it colours, whether it shows tracebacks."""

    language: str
    color: bool | None
    debug: bool = False

    @classmethod
    def begin(cls, language: str | None, color: str, *, debug: bool) -> Talk:
        """From the options, the environment and the locale."""
        wanted = {"always": True, "never": False}.get(color)
        if color == "auto" and (os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"):
            wanted = False
        elif color == "auto" and os.environ.get("FORCE_COLOR"):
            wanted = True
        return cls(language or locale_language(), wanted, debug)

    def say(self, text: str = "") -> None:
        """Talk: to people, on stderr, folded to a terminal."""
        echo(folded(text, err=True), err=True, color=self.color)

    def result(self, text: str) -> None:
        """A result, on stdout."""
        echo(text, color=self.color)

    def pick(self, en: str, zh: str) -> str:
        """The sentence in the language of this run."""
        return zh if self.language == "zh" else en

    def findings(self, findings: Iterable[Finding], *, fixes: bool = True) -> None:
        """Findings as text on stdout: `path:line:col: error OWN-02: message`, the fix below it."""
        for finding in findings:
            severity = SEVERITIES["en"][finding.severity] if self.language == "en" else SEVERITIES["zh"][finding.severity]
            mark = click.style(f"{severity} {finding.code}", fg=COLOURS[finding.severity])
            self.result(folded(f"{finding.place}: {mark}: {finding.text(self.language)}", "  "))
            fix = finding.fix.get(self.language) or finding.fix.get("en")
            if fixes and fix:
                self.result(folded(f"  → {fix}", "    "))

    def count(self, findings: Iterable[Finding]) -> str:
        """ "2 errors, 1 warning" in words."""
        found = list(findings)
        parts = []
        for severity in Severity:
            many = sum(1 for finding in found if finding.severity is severity)
            if many:
                english = f"{many} {severity}{'s' if many > 1 else ''}"
                parts.append(self.pick(english, f"{many}个{SEVERITIES['zh'][severity]}"))
        return self.pick(", ", "，").join(parts) or self.pick("no findings", "没有发现问题")


def folded(text: str, rest: str | None = None, *, err: bool = False) -> str:
    """The text folded to the terminal, if there is one; a line goes on with `rest`, otherwise below its first word."""
    from tmp_builder.cli.width import columns, fold, terminal_width

    room = terminal_width(err=err)
    return "\n".join(
        fold(line, room, rest=line[: len(line) - len(line.lstrip())] if rest is None else rest)
        if columns(click.unstyle(line)) > room > 0
        else line
        for line in text.split("\n")
    )


def echo(text: str, *, err: bool = False, color: bool | None = None) -> None:
    """Print one text. Where nobody reads on (`tmp diff … | head`) the rest is dropped, and the run ends its work all the same."""
    try:
        click.echo(text, err=err, color=color)
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2 if err else 1)
        os.close(nowhere)


def locale_language() -> str:
    """The language of the interface that the locale asks for: zh or en."""
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if not name and sys.platform == "win32":
        import locale

        name = locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def print_json(data: Mapping[str, Any]) -> None:
    """One object on stdout, with its schema version; keys are never translated."""
    import json

    echo(json.dumps({"schema_version": 1, **data}, ensure_ascii=False, indent=2))


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding as plain data."""
    place = finding.place
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "message": dict(finding.message),
        "address": finding.address,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "cell": place.cell,
        "clause": finding.clause,
        "party": finding.party,
        "fix": dict(finding.fix),
        "source": finding.source,
        "force": str(finding.force),
        "blocks": finding.blocks,
    }
