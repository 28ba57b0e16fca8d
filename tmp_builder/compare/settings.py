"""What else changed in a plan: its title, dates and languages, answers, bespoke wording, additional sections, waivers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tmp_builder.compare.changes import Change, Version, Weight
from tmp_builder.compare.values import weigh_texts
from tmp_builder.compare.words import compare_words, texts_of
from tmp_builder.language import LANGUAGES, NAMES, join, say_date
from tmp_builder.library.schema import Labels
from tmp_builder.plan.facts import NAMED_FACTS

Data = Mapping[str, Any]

_SETTINGS: Mapping[str, tuple[str, str, Weight]] = {
    "effective-date": ("Effective Date", "生效日", Weight.VALUE),
    "signed-on": ("Signed on", "签署日", Weight.VALUE),
    "status": ("Status", "状态", Weight.COSMETIC),
    "dated": ("Date of the document", "文件日期", Weight.COSMETIC),
    "version": ("Draft number", "稿次", Weight.COSMETIC),
    "profile": ("Profile (never consulted when building)", "模板（生成时不使用）", Weight.COSMETIC),
    "library": ("Clause library named", "所列条款库", Weight.COSMETIC),
    "numbering": ("Numbering", "编号方式", Weight.COSMETIC),
    "reserved": ("Reserved numbers", "保留编号", Weight.COSMETIC),
    "dates.day-rule": ("How months are counted", "月份计算方式", Weight.VALUE),
    "dates.roll": ("Days of rest", "休息日顺延", Weight.VALUE),
    "dates.calendars": ("Calendars", "适用日历", Weight.VALUE),
    "dates.eom-sticky": ("Month ends", "月末规则", Weight.VALUE),
    "dates.time-zone": ("Time zone", "时区", Weight.VALUE),
}
"""Keys of a plan with their labels and weights."""


def compare_settings(old: Data, new: Data) -> Iterator[Change]:
    """Title, languages, dates and the other single keys."""
    yield from _texts("title", {"en": "Title", "zh": "标题"}, old.get("title") or {}, new.get("title") or {}, "setting")
    one, two = old.get("languages") or [], new.get("languages") or []
    if one != two:
        weight = Weight.MOVED if sorted(one) == sorted(two) else Weight.SUBSTANTIVE
        said = [{lang: join([NAMES[lang][each] for each in each_], lang) for lang in LANGUAGES} for each_ in (one, two)]
        yield Change("setting", weight, "languages", {"en": "Languages", "zh": "语言"}, said[0], said[1], raw=(one, two))
    for address, (en, zh, weight) in _SETTINGS.items():
        before, after = _at(old, address), _at(new, address)
        if before != after:
            signs = address == "status" and "signed" in (before, after)
            yield Change(
                kind="setting",
                weight=Weight.SUBSTANTIVE if signs else weight,
                address=address,
                label={"en": en, "zh": zh},
                old=_said(before),
                new=_said(after),
                raw=(before, after),
            )


def _at(data: Data, address: str) -> Any:
    head, _, rest = address.partition(".")
    value = data.get(head)
    return (value or {}).get(rest) if rest else value


def _said(value: Any) -> Labels:
    if value in (None, "", []):
        return {}
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return dict.fromkeys(LANGUAGES, text)


def _texts(address: str, label: Labels, old: Labels, new: Labels, kind: str) -> Iterator[Change]:
    if old == new:
        return
    changed = [lang for lang in LANGUAGES if old.get(lang, "") != new.get(lang, "")]
    weight = weigh_texts(old, new)
    pieces = {lang: compare_words(old.get(lang, ""), new.get(lang, "")) for lang in changed} if old and new else {}
    yield Change(kind, weight, address, label, old, new, pieces=pieces, raw=(dict(old) or None, dict(new) or None))


def compare_facts(old: Data, new: Data) -> Iterator[Change]:
    """Answers about the world: they decide which sections a plan needs."""
    before, after = old.get("facts") or {}, new.get("facts") or {}
    for name in dict.fromkeys((*after, *before)):
        if before.get(name) != after.get(name):
            label = NAMED_FACTS[name].question if name in NAMED_FACTS else {"en": name, "zh": name}
            said = [_said(answers.get(name)) for answers in (before, after)]
            raw = (before.get(name), after.get(name))
            yield Change("fact", Weight.SUBSTANTIVE, f"facts.{name}", label, said[0], said[1], raw=raw)


def compare_wording(old: Version, new: Version) -> Iterator[Change]:
    """The words of every option that stands in both versions: bespoke text made, changed or taken back, or another library."""
    entered = [set(version.plan.entered()) for version in (old, new)]
    for ident in (option for option in new.library.options if option in entered[0] & entered[1]):
        texts = [_words(version, ident) for version in (old, new)]
        if texts[0] == texts[1]:
            continue
        section, label = new.library.sections[ident.partition(".")[0]], new.library.options[ident].label
        title = {"en": f"{section.title['en']}: {label['en']}", "zh": f"{section.title['zh']}：{label['zh']}"}
        said = [_kind_of(version, ident) for version in (old, new)]
        changed = [lang for lang in LANGUAGES if texts[0].get(lang) != texts[1].get(lang)]
        yield Change(
            kind="wording",
            weight=weigh_texts(*texts),
            address=f"wording.{ident}",
            label=title,
            old=said[0],
            new=said[1],
            section=section.id,
            options=(ident,),
            pieces={lang: compare_words(texts[0].get(lang, ""), texts[1].get(lang, "")) for lang in changed},
            raw=(texts[0], texts[1]),
        )


def _words(version: Version, option: str) -> dict[str, str]:
    bespoke = version.plan.wording.get(option)
    library = version.library.options.get(option)
    texts = texts_of(library.texts) if library else {}
    return {lang: text.strip() for lang, text in {**texts, **(texts_of(bespoke.texts) if bespoke else {})}.items()}


def _kind_of(version: Version, option: str) -> Labels:
    if option in version.plan.wording:
        return {"en": "bespoke wording", "zh": "专门拟定的文本"}
    return {"en": "wording of the library", "zh": "条款库文本"}


def compare_additional(old: Version, new: Version) -> Iterator[Change]:
    """Sections that no card has: they come, go, move or are reworded."""
    before, after = ({section.id: section for section in version.plan.additional} for version in (old, new))
    for ident in dict.fromkeys((*after, *before)):
        one, two = before.get(ident), after.get(ident)
        label = {lang: {"en": "Additional section", "zh": "补充条款"}[lang] + f" {ident}" for lang in LANGUAGES}
        if one is None or two is None:
            only = one or two
            said = dict(only.title) if only else {}
            yield Change(
                "section", Weight.SUBSTANTIVE, f"additional.{ident}", label, said if one else {}, said if two else {}, row=ident
            )
            continue
        if one.after != two.after:
            said_after = [_after(version, each.after) for version, each in ((old, one), (new, two))]
            address, raw = f"additional.{ident}.after", (one.after, two.after)
            yield Change("order", Weight.MOVED, address, label, said_after[0], said_after[1], row=ident, raw=raw)
        yield from _texts(f"additional.{ident}.title", label, one.title, two.title, "section")
        yield from _texts(f"additional.{ident}", label, texts_of(one.texts), texts_of(two.texts), "section")


def _after(version: Version, ident: str) -> Labels:
    section = version.library.sections.get(ident)
    title = section.title if section else dict.fromkeys(LANGUAGES, ident)
    return {"en": f"after “{title['en']}”", "zh": f"在“{title['zh']}”之后"}


def compare_waivers(old: Version, new: Version) -> Iterator[Change]:
    """Exceptions given, taken back or changed."""
    before, after = ({(w.rule, w.object): w for w in version.plan.waivers} for version in (old, new))
    for key in dict.fromkeys((*after, *before)):
        one, two = before.get(key), after.get(key)
        if one == two:
            continue
        name = " ".join(filter(None, key))
        said = [{lang: f"{w.reason} ({w.by}, {say_date(w.until, lang)})" for lang in LANGUAGES} if w else {} for w in (one, two)]
        weight = Weight.VALUE if one and two else Weight.SUBSTANTIVE
        label = {"en": f"Waiver of {name}", "zh": f"豁免{name}"}
        yield Change("waiver", weight, f"waivers.{'.'.join(filter(None, key))}", label, said[0], said[1], row=key[1])
