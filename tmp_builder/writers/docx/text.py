"""Words as runs: the language of a run, terms, gaps and references."""

from __future__ import annotations

from tmp_builder.document.nodes import GONE, MOVED_TO, Blank, Change, FactBlank, Gap, Inlines, Reference, Term, Text, Texts, Value
from tmp_builder.document.walk import plain
from tmp_builder.writers.docx.fields import reference_field
from tmp_builder.writers.docx.markup import escape
from tmp_builder.writers.docx.setting import Setting

_NO_BREAK = "\u00a0"
_CHINESE = '<w:rFonts w:hint="eastAsia"/>', '<w:lang w:eastAsia="zh-CN"/>'


def properties(language: str, style: str = "", bold: bool = False) -> str:
    """The properties of a run in `language`, with a character style if one is named."""
    fonts, tongue = _CHINESE if language == "zh" else ("", "")
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    heavy = "<w:b/><w:bCs/>" if bold else ""
    inner = f"{named}{fonts}{heavy}{tongue}"
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


_PLAIN = {language: properties(language) for language in ("en", "zh")}
_TERM = {language: properties(language, "DefinedTerm") for language in ("en", "zh")}
_GAP = {language: properties(language, "Gap") for language in ("en", "zh")}


def run(text: str, language: str, look: str | None = None) -> str:
    """One run; a line break in the text becomes a line break in the file."""
    if not text:
        return ""
    words = escape(text)
    if not text.isprintable():  # as every text with a line break or a tab
        words = '</w:t><w:br/><w:t xml:space="preserve">'.join(words.splitlines()).replace("\t", " ")
    return f'<w:r>{_PLAIN[language] if look is None else look}<w:t xml:space="preserve">{words}</w:t></w:r>' if words else ""


def runs(inlines: Inlines, language: str, setting: Setting) -> str:
    """A text as runs and fields; words that look alike and follow each other make one run."""
    found: list[str] = []
    words = ""
    for inline in inlines:
        if isinstance(inline, (Text, Value)):
            words += inline.text
            continue
        before, special, after = _special(inline, language, setting)
        found += run(words + before, language), special
        words = after
    if not found:
        return run(words, language)
    found.append(run(words, language))
    return "".join(found)


def runs_of(texts: Texts, language: str, setting: Setting) -> str:
    """What `texts` says in `language`, as runs; nothing if it is silent in it."""
    return runs(texts.get(language, ()), language, setting)


def _special(
    inline: Term | Gap | Reference | Change | Blank | FactBlank, language: str, setting: Setting
) -> tuple[str, str, str]:
    """What is no plain words, as runs and fields, and the plain words before and behind them."""
    match inline:
        case Term(text=text):
            return "", run(text, language, _TERM[language]), ""
        case Reference():
            return _reference(inline, language, setting)
        case Gap(label=label):
            return "", run(f"[{label} ●]", language, _GAP[language]), ""
        case Change():
            return "", _change(inline, language, setting), ""
        case _:
            return "", run(f"[{inline.name} ●]", language, _GAP[language]), ""


def _reference(reference: Reference, language: str, setting: Setting) -> tuple[str, str, str]:
    """The word and the number stay on one line where the word is the writer's own: "Clause 7", never "Clause" and then "7"."""
    anchor = setting.anchors.get(reference.target)
    if anchor is None or not reference.number or anchor.mark == MOVED_TO:  # a rejected move takes the bookmark away
        return f"{_held(reference.before)}{reference.number}{reference.after}", "", ""
    before, field, after = reference_field(reference, anchor, language, _PLAIN[language])
    return _held(before), field, after


def _held(before: str) -> str:
    """The words before a number, their last space one at which no line ends."""
    return f"{before[:-1]}{_NO_BREAK}" if before.endswith(" ") else before


def _change(change: Change, language: str, setting: Setting) -> str:
    """Runs that came or went. What went keeps the words of its references only: what they point at may be gone as well."""
    from tmp_builder.writers.docx.revisions import changed

    inner = change.inlines
    if change.kind in GONE:
        inner = tuple(Text(plain((inline,))) if isinstance(inline, Reference) else inline for inline in inner)
    return changed(change.kind, runs(inner, language, setting), setting)
