"""Two drafts compared: our redline of the documents, against difflib over the words of the whole texts, and the package redlines."""

from __future__ import annotations

from collections.abc import Callable
from difflib import SequenceMatcher
from typing import Any

from benchmarks import peers
from benchmarks.plans import later_draft, target_plan
from benchmarks.timing import Ratio, interleaved, ratio
from tmp_builder import pipeline
from tmp_builder.compare.redline import redline
from tmp_builder.document.nodes import Document
from tmp_builder.document.walk import all_texts, plain

DIFFLIB = "difflib, autojunk=False"


def measure(rounds: int) -> list[Ratio]:
    """English and bilingual; difflib is given the English words alone, which favours it."""
    found = []
    for name, languages in {"English": ("en",), "bilingual": ("en", "zh")}.items():
        old, new = documents(languages)
        one, two = words_of(old), words_of(new)
        candidates: dict[str, Callable[[], Any]] = {
            "redline": lambda old=old, new=new: redline(old, new),
            DIFFLIB: lambda one=one, two=two: SequenceMatcher(None, one, two, autojunk=False).get_opcodes(),
        }
        if peers.has("redlines") and name == "English":
            candidates["redlines"] = by_redlines(" ".join(one), " ".join(two))
        times = interleaved(candidates, rounds)
        found.append(ratio(times, "redline", DIFFLIB, name=f"redline of two drafts, {name}", target=0.04))
        if "redlines" in times:
            found.append(ratio(times, "redlines", DIFFLIB, name="redline: the package redlines"))
    return found


def documents(languages: tuple[str, ...]) -> tuple[Document, Document]:
    """The document of the targets and its next draft."""
    folder = peers.fresh("comparison")
    paths = target_plan(folder / "old.plan.yaml"), later_draft(folder / "new.plan.yaml")
    options = pipeline.Options(languages=languages)
    old, new = (pipeline.examine(*pipeline.read(path), options).document for path in paths)
    return old, new


def words_of(document: Document) -> list[str]:
    """The English words of the whole text."""
    return [word for texts in all_texts(document) for word in plain(texts.get("en", ())).split()]


def by_redlines(old: str, new: str) -> Callable[[], Any]:
    """The package redlines over the whole texts."""
    from redlines import Redlines

    return lambda: Redlines(old, new).output_markdown
