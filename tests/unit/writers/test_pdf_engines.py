"""Both engines of PDFs from one table: every kind of node, every mark of a redline, the same words in the same order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from tests.samples import both, noted_document, sample_document
from tests.unit.writers.probes import DRAWN, KINDS, PROBES, WHOLE, printed_texts
from tests.unit.writers.test_redline import BARE, NAMED, NOT_COMPARED
from tmp_builder import pipeline
from tmp_builder.compare.redline import redline
from tmp_builder.document.nodes import Document, Table, Timeline
from tmp_builder.document.walk import all_blocks, plain
from tmp_builder.writers.pdf import write as write_weasyprint
from tmp_builder.writers.scale import points, scale_of
from tmp_builder.writers.typst import write as write_typst

pytest.importorskip("weasyprint", reason="needs WeasyPrint and Pango", exc_type=OSError)
pytest.importorskip("typst", reason="needs the extra tmp-builder[fast]")

ENGINES: dict[str, Callable[..., bytes]] = {"weasyprint": write_weasyprint, "typst": write_typst}
SPOKEN = {"Timeline"}
"""What a PDF says to those who do not see it only."""

VARIANTS = [(("en",), "columns"), (("zh",), "columns"), (("en", "zh"), "columns"), (("zh", "en"), "stacked")]
ROOT = Path(__file__).parents[3]
PLANS = sorted(ROOT.glob("examples/*/*.plan.yaml")) + sorted(ROOT.glob("templates/demo/*.plan.yaml"))


def squeezed(text: str) -> str:
    """Without white space and hyphens: a line of print ends anywhere."""
    return re.sub(r"[\s\u2010\u200b-]", "", text)


def pages_of(data: bytes) -> list[str]:
    return [squeezed(page.extract_text()) for page in PdfReader(BytesIO(data)).pages]


def printed(data: bytes) -> str:
    return "".join(pages_of(data))


def running(data: bytes, document: Document) -> str:
    """The words in their order, without what depends on where pages end: heads, feet, numbers of pages, repeated heads of tables."""
    pages = [page.extract_text().splitlines() for page in PdfReader(BytesIO(data)).pages]
    common = Counter(line for lines in pages for line in {squeezed(line) for line in lines})
    often = {line for line, count in common.items() if count > 3 and count > len(pages) * 0.6}
    text = "\n".join(line for lines in pages for line in lines if squeezed(line) not in often)
    text = re.sub(r"Page \d+ of \d+|第\d+页，共\d+页", "", text)
    text = squeezed(re.sub(r"(?:\s*\.){3,}\s*\d+(?=\s|$|[+<])", " ", text))
    for block in all_blocks(document):
        if isinstance(block, Timeline):
            text = text.replace(drawn(block), "")  # one engine paints drawings when the words of the page are painted
        if isinstance(block, Table):
            for heads in (
                "".join(dict.fromkeys(plain(column.header.get(each, ())) for each in document.languages))
                for column in block.columns
            ):
                text = text.replace(squeezed(heads), "")
    return text


def halves(text: str) -> tuple[str, str]:
    """The letters of either column in their order: the Latin ones, without item numbers of the Chinese column, and the Chinese ones."""
    return re.sub(r"（[a-z]+）|[^A-Za-z]", "", text), re.sub(r"[^\u2e80-\uffef]", "", text)


def drawn(block: Timeline) -> str:
    """The words of a drawing: its years, then the labels of its days."""
    scale = scale_of(block)
    return "".join(map(str, scale.years)) + "".join(label for point in points(block, scale) for label in point.labels)


def lean(document: Document) -> Document:
    """A probe without the parts of the sample that it has nothing to say of: every page counts."""
    sample = sample_document()
    bare = {"sections": (), "schedules": (), "signing": BARE.signing, "cover": replace(BARE.cover, parties=(), lines=())}
    return replace(document, **{name: part for name, part in bare.items() if getattr(document, name) == getattr(sample, name)})


@lru_cache
def made(engine: str, languages: tuple[str, ...], layout: str) -> bytes:
    return ENGINES[engine](noted_document(languages), layout=layout, attachment=b"{}")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", sorted(PROBES))
def test_every_kind_of_node_is_printed_by_both_engines(kind: str, engine: str) -> None:
    make, english, chinese = PROBES[kind]
    document = make() if kind == "Note" else lean(make())
    data = ENGINES[engine](document, layout="stacked")
    text = printed(data)
    if kind in SPOKEN:
        text = squeezed(spoken(data))
    assert squeezed(english) in text
    assert squeezed(chinese) in text


def spoken(data: bytes) -> str:
    """What stands for the pictures of a PDF where they are not seen."""
    return "".join(
        str(element.get("/Alt", "")) for element in structure(PdfReader(BytesIO(data)).trailer["/Root"]["/StructTreeRoot"])
    )


def structure(element: Any) -> list[Any]:
    found, waiting = [], [element]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, dict):
            found.append(node)
            kids = node.get("/K", [])
            waiting += kids if isinstance(kids, list) else [kids]
    return found


def test_every_kind_of_node_has_its_probe() -> None:
    assert {kind.__name__ for kind in KINDS} == set(PROBES) | WHOLE | DRAWN


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", sorted(set(PROBES) - NOT_COMPARED - {"Change"}))
def test_what_came_and_went_stands_in_brackets_in_both_engines(kind: str, engine: str) -> None:
    document, empty = lean(PROBES[kind][0]()), lean(sample_document())
    for old, new, opening, closing in ((empty, document, r"\{\+", r"\+\}"), (document, empty, r"\[", r"\]")):
        text = printed(ENGINES[engine](redline(old, new, NAMED), layout="stacked"))
        marked = "".join(re.findall(rf"{opening}(.*?){closing}", text))
        marked = re.sub(r"[：:]|(?:Schedule|附件)\d+|\d+\.\d+", "", marked)
        for said in PROBES[kind][1:]:
            assert re.sub(r"[：:]|(?:Schedule|附件)\d+|\d+\.\d+", "", squeezed(str(said))) in marked


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("languages", "layout"), VARIANTS)
def test_every_text_is_printed(languages: tuple[str, ...], layout: str, engine: str) -> None:
    text = printed(made(engine, languages, layout))
    for texts in printed_texts(sample_document(languages)):
        for language in languages:
            said = plain(texts.get(language, ()))
            assert all(squeezed(word) in text for word in (said.split() if layout == "columns" else [said])), said


@pytest.mark.parametrize(("languages", "layout"), VARIANTS)
def test_both_engines_say_the_same_in_the_same_order(languages: tuple[str, ...], layout: str) -> None:
    document = noted_document(languages)
    one, other = (running(made(engine, languages, layout), document) for engine in ENGINES)
    assert len(one) > 600
    assert one == other


@pytest.mark.parametrize("layout", ["columns", "stacked"])
def test_both_engines_say_the_same_of_a_redline(layout: str) -> None:
    old = sample_document(party="Old & Co")
    new = replace(sample_document(party="New Party"), sections=tuple(reversed(sample_document(party="New Party").sections)))
    document = redline(old, new, NAMED)
    one, other = (running(write(document, layout=layout), document) for write in ENGINES.values())
    assert "{+" in one
    assert one == other


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("parties", "times"), [(1, 1), (4, 1), (4, 3), (5, 1), (9, 1), (9, 2)])
def test_a_cover_stays_one_page_with_its_notice(parties: int, times: int, engine: str) -> None:
    sample = sample_document()
    title = {language: inlines * times for language, inlines in sample.cover.title.items()}
    cover = replace(sample.cover, title=title, parties=(sample.cover.parties * 3)[:parties])
    first, second, *_ = pages_of(ENGINES[engine](replace(lean(sample), cover=cover)))
    assert all(squeezed(plain(text)) in first for text in cover.notice.values())
    assert "Contents目录" in second


@pytest.mark.parametrize("engine", ENGINES)
def test_a_long_role_beside_its_party_leaves_the_name_its_room(engine: str) -> None:
    sample = sample_document()
    role = both(
        "Lead of the side of the northern provinces and of all its affiliates and institutes",
        "北方各省及其全部关联单位的牵头单位",
    )
    parties = tuple(replace(party, role=role) for party in sample.cover.parties * 2)
    first = pages_of(ENGINES[engine](replace(lean(sample), cover=replace(sample.cover, parties=parties))))[0]
    for party in parties:
        assert "".join(squeezed(plain(text)) for text in party.name.values()) in first


def test_the_engine_finds_nothing_to_ignore_in_our_style_sheets(caplog: pytest.LogCaptureFixture) -> None:
    write_weasyprint(lean(PROBES["Timeline"][0]()))
    assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []


@pytest.mark.slow
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name)
def test_both_engines_say_the_same_of_every_example(path: Path) -> None:
    plan, library = pipeline.read(path)
    document = pipeline.printed(pipeline.examine(plan, library), pipeline.Options())
    one, other = (running(write(document, layout="stacked"), document) for write in ENGINES.values())
    assert len(one) > 10_000
    assert one == other
    # in columns a row that goes on overleaf has the rest of its left half behind the beginning of its right half
    one, other = (running(write(document, layout="columns"), document) for write in ENGINES.values())
    assert Counter(one) == Counter(other)
    assert halves(one) == halves(other)
