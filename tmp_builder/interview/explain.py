"""What help, preview and search show: options with their text in both languages, a section as it stands, the findings."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder import pipeline
from tmp_builder.document.nodes import Alternatives, Block, Clause, FactBlank, Inlines, Paragraph, Table
from tmp_builder.document.nodes import Blank as BlankNode
from tmp_builder.document.walk import plain
from tmp_builder.findings import Finding, Severity
from tmp_builder.interview.asks import Ask, Choice
from tmp_builder.interview.state import State
from tmp_builder.language import NAMES, label
from tmp_builder.library.schema import Option
from tmp_builder.plan.printed import label_of

MOST_FOUND = 30


def help_lines(state: State, ask: Ask, pointed: str) -> Iterator[str]:
    """The help for a question: why it is asked, the option under the cursor or all, guidance of the section, the keys."""
    yield f"# {ask.title}"
    if ask.why:
        yield ask.why
    if ask.hint:
        yield ask.hint
    options = [choice.id for choice in ask.choices if choice.id in state.library.options]
    if pointed in state.library.options:
        yield from option_lines(state, state.library.options[pointed])
    elif options:
        yield ""
        for option in options:
            card = state.library.options[option]
            yield f"* {state.word('with-form', label=state.label(card.label), form=option)}"
            yield f"  {state.label(card.effect)} {state.label(card.use_when)}"
    elif ask.section and ask.id.startswith("parameters."):
        owner = ask.id.removeprefix("parameters.").rpartition(".")[0]
        if owner in state.library.options:
            yield from option_lines(state, state.library.options[owner])
    if ask.section:
        yield ""
        yield f"# {state.word('help-section', section=state.label(state.library.sections[ask.section].title))}"
        yield state.label(state.library.sections[ask.section].guidance)
    yield ""
    yield f"# {state.word('help-keys-title')}"
    yield from state.word("help-keys").splitlines()


def option_lines(state: State, option: Option) -> Iterator[str]:
    """One option: label, id, effect, when to use it, whom it favours, its text in both languages, guidance, sources."""
    yield ""
    yield f"# {state.word('with-form', label=state.label(option.label), form=option.id)}"
    for line in (state.label(option.effect), state.label(option.use_when)):
        if line:
            yield line
    favours = state.join(state.label(state.library.favours[code]) for code in option.favours)
    if favours:
        yield state.word("favours", whom=favours)
    for language in (state.language, "zh" if state.language == "en" else "en"):
        yield ""
        yield f"## {state.word('help-text', language=NAMES[state.language][language])}"
        for clause in option.clauses:
            yield from _clause_lines(state, clause, language, option)
    if state.label(option.guidance):
        yield ""
        yield f"## {state.word('help-guidance')}"
        yield from state.label(option.guidance).splitlines()
    if option.sources:
        yield ""
        yield f"{state.word('help-sources')} {state.join(f'{entry.source} {entry.at}'.strip() for entry in option.sources)}"


def _clause_lines(state: State, clause: Clause, language: str, option: Option, number: str = "•") -> Iterator[str]:
    indent = "  " * (clause.level - 2)
    yield f"{indent}{clause.number or number} {_words(state, clause.texts.get(language, ()), language, option)}"
    position = 0
    for child in clause.children:
        if isinstance(child, Clause):
            position += 1
            yield from _clause_lines(state, child, language, option, label(position, child.level, language))
        elif isinstance(child, Paragraph):
            yield f"{indent}  {_words(state, child.texts.get(language, ()), language, option)}"


def _words(state: State, inlines: Inlines, language: str, option: Option) -> str:
    """A text of a card in words: blanks by what they are called, references by the title of what they lead to."""
    out = []
    for inline in inlines:
        if isinstance(inline, BlankNode):
            parameter = option.parameters.get(inline.name)
            out.append(f"[{parameter.label[language] if parameter else inline.name} ●]")
        elif isinstance(inline, FactBlank):
            out.append(f"[{label_of(inline.name, language)}]")
        elif hasattr(inline, "target") and not getattr(inline, "number", ""):
            out.append(_target(state, inline.target, language))
        else:
            out.append(plain((inline,)))
    return "".join(out)


def _target(state: State, target: str, language: str) -> str:
    kind, _, name = target.partition(":")
    if kind == "section" and name in state.library.sections:
        return f"“{state.library.sections[name].title[language]}”"
    if kind == "schedule" and name in state.library.schedules:
        return f"“{state.library.schedules[name].title[language]}”"
    option = state.library.options.get(target.partition("#")[0])
    return f"“{option.label[language]}”" if option else target


# ── preview ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def preview_lines(state: State, section: str) -> Iterator[str]:
    """The section as the document would print it now, in each language of the plan."""
    document = pipeline.examine(state.plan, state.library).document
    found = next((each for each in document.sections if each.id == f"section:{section}"), None)
    if found is None:
        yield state.word("preview-none", section=state.label(state.library.sections[section].title))
        return
    for language in sorted(document.languages, key=lambda each: each != state.language):
        yield f"# {found.number}  {plain(found.title[language])}"
        for block in found.children:
            yield from _block(state, block, language)
        yield ""


def _block(state: State, block: Block, language: str) -> Iterator[str]:
    match block:
        case Clause():
            yield f"{'  ' * (block.level - 2)}{block.number} {plain(block.texts.get(language, ()))}"
            for child in block.children:
                yield from _block(state, child, language)
        case Paragraph():
            yield plain(block.texts.get(language, ()))
        case Table():
            yield f"  {state.word('preview-table', rows=len(block.rows))}"
        case Alternatives():
            for branch in block.branches:
                yield f"* {plain(branch.label.get(language, ()))}"
                for child in branch.children:
                    yield from _block(state, child, language)


# ── findings and search ─────────────────────────────────────────────────────────────────────────────────────────────


def finding_lines(state: State, findings: tuple[Finding, ...]) -> Iterator[str]:
    """The findings so far, errors first, without the sections nobody has come to yet."""
    begun = [
        finding
        for finding in findings
        if not finding.address.startswith("choices.") or finding.address.split(".")[1] in state.plan.choices
    ]
    yield f"# {state.word('findings-title', count=len(begun))}"
    for finding in sorted(begun, key=lambda each: each.severity.rank):
        severity = state.word(f"severity-{finding.severity}")
        yield f"* {severity} {finding.code}{state.word('colon')}{finding.text(state.language)}"
        fix = finding.fix.get(state.language) or finding.fix.get("en")
        if fix:
            yield f"  → {fix}"
    if any(finding.severity is Severity.ERROR for finding in begun):
        yield state.word("findings-later")


def search(state: State, words: str) -> tuple[Choice, ...]:
    """Options that hold every word: first those that hold them in their name, then in effect and text of either language."""
    wanted = [word.casefold() for word in words.split()]
    scored = []
    for option in state.library.options.values():
        names = " ".join((option.id, *option.label.values())).casefold()
        every = " ".join(
            (names, *option.effect.values(), *option.use_when.values(), *(text for text, _ in option.texts.values()))
        ).casefold()
        if wanted and all(word in every for word in wanted):
            scored.append((not all(word in names for word in wanted), option))
    found = [option for _, option in sorted(scored, key=lambda pair: pair[0])][:MOST_FOUND]
    return tuple(
        Choice(
            option.id,
            f"{state.label(option.label)} – {state.label(state.library.sections[option.section].title)}",
            state.label(option.effect),
            (state.word("mark-chosen"),) if state.plan.has(option.id) else (),
        )
        for option in found
    )
