"""How messages name the parts of a plan: members, sides, projects, titles and days, per language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tmp_builder.language import LANGUAGES, join, quote, say_date
from tmp_builder.library.schema import Labels, Library
from tmp_builder.plan.schema import Member, Project, Side

SHOWN = 4
"""So many names stand in a message; the rest is counted."""


def member_name(member: Member) -> Labels:
    """The name of a member; its id where it has none in a language."""
    return {language: member.name.get(language) or member.id for language in LANGUAGES}


def side_name(side: Side) -> Labels:
    """The name of a side; its id where it has none in a language."""
    return {language: side.name.get(language) or side.id for language in LANGUAGES}


def project_name(project: Project) -> Labels:
    """Project P1; 项目P1."""
    return {"en": f"Project {project.id}", "zh": f"项目{project.id}"}


def day(when: date) -> Labels:
    """A date as each language writes it."""
    return {language: say_date(when, language) for language in LANGUAGES}


def text_of(value: Any) -> Labels:
    """A bilingual text as a cell or a record holds it: one text for both languages, or one each."""
    if isinstance(value, Mapping):
        known = next((str(text) for text in value.values() if text), "")
        return {language: str(value.get(language) or known) for language in LANGUAGES}
    return dict.fromkeys(LANGUAGES, "" if value is None else str(value))


def listed(items: Iterable[Labels]) -> Labels:
    """ "A, B and C"; "A、B和C"; beyond SHOWN names the rest is counted."""
    names = list(items)
    if len(names) > SHOWN + 1:
        rest = len(names) - SHOWN
        more: Sequence[Labels] = [*names[:SHOWN], {"en": f"{rest} more", "zh": f"另外{rest}个"}]
        return {language: join([each[language] for each in more], language) for language in LANGUAGES}
    return {language: join([each[language] for each in names], language) for language in LANGUAGES}


def ids_listed(idents: Iterable[str]) -> Labels:
    """Ids as a list, the same in both languages but for what joins them: "P1 and P2"; "P1和P2"."""
    return listed(text_of(ident) for ident in idents)


def quoted(labels: Iterable[Labels]) -> Labels:
    """Labels as a list, each between quotation marks, since a label may hold commas of its own."""
    return listed({language: quote(label[language], language) for language in LANGUAGES} for label in labels)


def members_named(members: Iterable[Member]) -> Labels:
    """The names of members as a list."""
    return listed(member_name(member) for member in members)


def only(members: Sequence[Member]) -> str:
    """The id of the one member that a finding concerns; empty where it concerns several or none."""
    return members[0].id if len(members) == 1 else ""


def places_named(library: Library, codes: Iterable[str]) -> Labels:
    """Countries and regions as a list, each with its code: "China (CN) and Germany (DE)"."""
    names = [(code, library.territories.get(code, {})) for code in codes]
    return listed({"en": f"{name.get('en', code)} ({code})", "zh": f"{name.get('zh', code)}（{code}）"} for code, name in names)
