"""The decision sheet of a comparison: for each change what it does, whom it favours and what follows, tied to its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tmp_builder.compare.approved import Tie, ground_of, say_decision, tie
from tmp_builder.compare.changes import Change, PlanChanges, Version
from tmp_builder.compare.report import WORDS as REPORT
from tmp_builder.compare.report import excerpt, say_finding, say_move
from tmp_builder.compare.sheet_words import CLASSES, COLUMNS, COMES, DECISIONS, EFFECTS, FILL, GOES, SHEET_NAME, WIDTHS, WORDS
from tmp_builder.document.canonical import fingerprint
from tmp_builder.document.form import Form, FormColumn, FormRow, Paragraphs
from tmp_builder.findings import Force
from tmp_builder.language import LANGUAGES, word
from tmp_builder.library.schema import Labels, Library

DRAFT_ONLY = ("version", "dated")
"""Changes that every new draft makes and nobody decides on."""

_SPACE = re.compile(r"\s+")


def sheet_of(found: PlanChanges, new: Version, languages: tuple[str, ...] = LANGUAGES) -> Form:
    """The sheet of a comparison: a row for each change but those of the draft's own number and date.

    `new` is the whole version that decisions are tied to; the comparison may have looked at a part of it only.
    """
    ground = ground_of(new)
    plan, old = found.new.plan, found.old.plan
    changes = [change for change in found.changes if change.address not in DRAFT_ONLY]
    compared = {"new": plan.version, "old": old.version, "id": plan.id, "other": old.id}
    heading = WORDS["heading" if plan.id == old.id else "heading-other"]
    said = {lang: f"{heading[lang].format(**compared)} {identity(plan.id, plan.version)}" for lang in LANGUAGES}
    return Form(
        identity=identity(plan.id, plan.version),
        name=SHEET_NAME,
        title={language: plan.title.get(language) or plan.id for language in LANGUAGES},
        notes=(said, WORDS["internal"], WORDS["how"] if changes else WORDS["none"]),
        columns=_columns(),
        rows=tuple(_row(number, change, found, tie(change, ground)) for number, change in enumerate(changes, 1)),
        rest_heading=WORDS["rest"],
        rest=tuple(_rest(found, {change.key for change in changes})),
        languages=languages,
        kind=WORDS["sheet"],
        reference=COLUMNS["reference"],
        placeholders={"choice": WORDS["choose"], "date": WORDS["day"]},
        dated=plan.dated,
    )


def _columns() -> tuple[FormColumn, ...]:
    shown = {name: heading for name, heading in COLUMNS.items() if name != "reference"}
    choices = {"decision": DECISIONS}
    return tuple(FormColumn(name, head, WIDTHS[name], FILL.get(name, ""), choices.get(name, {})) for name, head in shown.items())


def identity(plan: str, version: int) -> str:
    """What says on a sheet to which draft of which plan it belongs: `[clean-vehicles #12]`."""
    return f"[{plan} #{version}]"


def code_of(own: Tie, plan: str, version: int) -> str:
    """Twelve digits over the plan, its draft and what a decision is tied to: a row whose code differs was made for other words."""
    data = {"plan": plan, "version": version, "of": one_space(own.of), "clauses": list(own.clauses)}
    return fingerprint({**data, "fingerprint": dict(own.fingerprint), "removed": own.removed}).partition(":")[2][:12]


def reference(own: Tie, plan: str, version: int) -> str:
    """What ties a row to its words, readable in any program: `choices.ownership [ownership.employer] #8f3a2c1d9e0b`."""
    clauses = f" [{' '.join(own.clauses)}]" if own.clauses else ""
    return f"{one_space(own.of)}{clauses} #{code_of(own, plan, version)}"


def one_space(text: str) -> str:
    """`text` with every run of white space as one space, as it comes back from the cell of a table."""
    return _SPACE.sub(" ", text).strip()


def _row(number: int, change: Change, found: PlanChanges, own: Tie) -> FormRow:
    plan, library = found.new.plan, found.new.library
    decision = found.decided.get(change.key)
    before = ({lang: say_decision(decision, lang) for lang in LANGUAGES},) if decision else ()
    cells: Mapping[str, Paragraphs] = {
        "number": (dict.fromkeys(LANGUAGES, str(number)),),
        "section": (change.label, CLASSES[change.weight]),
        "old": (_or_nothing(change.old),),
        "new": (_or_nothing(change.new),),
        "effect": (*_effect(change, library), *before),
        "favours": tuple(_favours(change, library)),
        "dates": tuple({lang: say_move(move, lang) for lang in LANGUAGES} for move in found.dates if move.cause == change.key),
        "findings": tuple(_findings(found, change.key)),
    }
    return FormRow(cells, reference(own, plan.id, plan.version))


def _or_nothing(labels: Labels) -> Labels:
    return {language: labels.get(language) or REPORT["nothing"][language] for language in LANGUAGES}


def _effect(change: Change, library: Library) -> Iterator[Labels]:
    """What the options of a choice do, as their cards say it; else what happens, and the changed words."""
    if change.kind == "choice" and change.options:
        gone, come = change.raw
        yield from _sentences(library, "now" if gone else "", [option for option in come if option not in gone])
        yield from _sentences(library, "gone", [option for option in gone if option not in come])
    else:
        yield from _happens(change, library)
    if change.pieces:
        one = next(iter(change.pieces.values()))  # words that change in one language only are shown in the other as well
        yield {language: excerpt(change.pieces.get(language, one)) for language in LANGUAGES}
    yield from change.details


def _happens(change: Change, library: Library) -> Iterator[Labels]:
    """What happens where no card says it: something comes in, falls away or changes; of a number by how much, and what it is part of."""
    old, new = change.raw
    if not (change.old and change.new):
        yield COMES if change.new else GOES
    if all(isinstance(value, int) and not isinstance(value, bool) for value in change.raw):
        yield {lang: WORDS["higher" if new > old else "lower"][lang].format(count=abs(new - old)) for lang in LANGUAGES}
    yield EFFECTS[change.weight]
    if change.kind == "value":
        yield from _sentences(library, "part", change.options)


def _sentences(library: Library, name: str, options: Sequence[str]) -> Iterator[Labels]:
    for option in options:
        if option in library.options and library.options[option].effect:
            effect = library.options[option].effect
            yield {lang: WORDS[name][lang].format(effect=effect[lang]) for lang in LANGUAGES} if name else effect


def _favours(change: Change, library: Library) -> Iterator[Labels]:
    for name, codes in (("more", change.more), ("less", change.less)):
        if codes:
            who = {lang: word("comma", lang).join(library.favours[code][lang] for code in codes) for lang in LANGUAGES}
            yield {lang: REPORT[name][lang].format(who=who[lang]) for lang in LANGUAGES}


def _findings(found: PlanChanges, cause: str) -> Iterator[Labels]:
    """The findings that follow from one change, those of law first and marked."""
    own = [each for each in found.findings if each.cause == cause]
    for each in sorted(own, key=lambda each: each.finding.force is not Force.LAW):
        law = each.finding.force is Force.LAW
        yield {lang: (WORDS["law"][lang] if law else "") + say_finding(each, lang) for lang in LANGUAGES}


def _rest(found: PlanChanges, listed: set[str]) -> Iterator[Labels]:
    """Findings and dates that no row shows: they follow from several changes, or from the draft's own date."""
    for each in found.findings:
        if each.cause not in listed:
            law = WORDS["law"] if each.finding.force is Force.LAW else {}
            yield {lang: law.get(lang, "") + say_finding(each, lang) for lang in LANGUAGES}
    yield from ({lang: say_move(move, lang) for lang in LANGUAGES} for move in found.dates if move.cause not in listed)
