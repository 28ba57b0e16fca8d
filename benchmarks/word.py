"""Word files: the document of the targets written by us, by docxtpl, by python-docx paragraph by paragraph, by the npm package docx."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

from msgspec.structs import replace

from benchmarks import peers
from benchmarks.plans import target_plan
from benchmarks.timing import BUILD, Ratio, interleaved, ratio
from tmp_builder import pipeline
from tmp_builder.document.nodes import Clause, Document, Gap, Inline, Table, Term
from tmp_builder.document.walk import blocks, plain
from tmp_builder.recipe import recipe_of, to_bytes

Content = list[dict[str, Any]]
"""What a peer is given: headings, clauses and tables in order, each text in every language, numbers as text."""

_NAMES = {("en",): "English", ("en", "zh"): "bilingual columns"}


def content_of(document: Document) -> Content:
    """The document as plainly as a peer can take it: no references, no bookmarks, no controls, no recipe."""
    return list(_content(document))


def _content(document: Document) -> Iterator[dict[str, Any]]:
    languages = document.languages
    for part in (*document.sections, *document.schedules):
        yield {
            "kind": "heading",
            "id": part.id,
            "number": part.number,
            "texts": [plain(part.title.get(code, ())) for code in languages],
        }
        for block in blocks(part):
            if isinstance(block, Table):
                heads = [[" / ".join(plain(column.header.get(code, ())) for code in languages) for column in block.columns]]
                rows = [[" / ".join(plain(cell.get(code, ())) for code in languages) for cell in row.cells] for row in block.rows]
                yield {"kind": "table", "rows": heads + rows}
            elif hasattr(block, "texts"):
                number = block.number if isinstance(block, Clause) else ""
                runs = [[_run(inline) for inline in block.texts.get(code, ())] for code in languages]
                texts = ["".join(text for text, _ in each) for each in runs]
                ident = getattr(block, "id", "")
                yield {
                    "kind": "clause",
                    "id": ident,
                    "number": number,
                    "level": getattr(block, "level", 2),
                    "texts": texts,
                    "runs": runs,
                }


def _run(inline: Inline) -> tuple[str, str]:
    """The words of an inline node and how they look: bold terms, highlighted gaps."""
    look = "term" if isinstance(inline, Term) else "gap" if isinstance(inline, Gap) else ""
    return plain((inline,)), look


def measure(rounds: int) -> list[Ratio]:
    """English and bilingual, warm."""
    return [each for languages in _NAMES for each in _measured(languages, rounds)]


def _measured(languages: tuple[str, ...], rounds: int) -> list[Ratio]:
    document, recipe = _given(languages)
    content, what = content_of(document), _NAMES[languages]
    candidates: dict[str, Callable[[], Any]] = {"ours": lambda: pipeline.write(document, "docx", pipeline.Options(), recipe)}
    if peers.has("docxtpl"):
        candidates["docxtpl"] = by_docxtpl(content, len(languages))
    candidates["python-docx"] = lambda: by_python_docx(content, len(languages))
    times = interleaved(candidates, rounds)
    found = []
    if "docxtpl" in times:
        found.append(ratio(times, "ours", "docxtpl", name=f"DOCX, {what}: Document → bytes", target=0.10))
        found.append(ratio(times, "python-docx", "docxtpl", name=f"DOCX, {what}: python-docx, plain"))
    else:
        found.append(ratio(times, "ours", "python-docx", name=f"DOCX, {what}", note="docxtpl is not there"))
    if peers.node_docx() and "docxtpl" in times:
        taken = by_node(content)
        found.append(_against(f"DOCX, {what}: npm docx", taken, times["docxtpl"]))
    return found


def _against(name: str, taken: list[float], peer: list[float]) -> Ratio:
    every = [one / median(peer) for one in taken]
    return Ratio(name, "docxtpl", median(every), min(every), max(every), median(taken), note="its rounds run one after another")


def _given(languages: tuple[str, ...]) -> tuple[Document, bytes]:
    options = pipeline.Options(formats=("docx",), languages=languages)
    checked = pipeline.examine(*pipeline.read(target_plan(peers.fresh("word") / "target.plan.yaml")), options)
    document = pipeline.printed(checked, options)
    recipe = to_bytes(recipe_of(checked.document, checked.plan, checked.library, options.audience, options.settings))
    return replace(document, notes=()), recipe


def by_docxtpl(content: Content, languages: int) -> Callable[[], bytes]:
    """The content through a template: a loop over the parts, each in its control with its bookmark, its words as rich text."""
    from docxtpl import DocxTemplate

    template = _template(languages)
    parts = [part for part in content if part["kind"] != "table"]
    rows = [{"cells": [*row, *[""] * (8 - len(row))][:8]} for part in content if part["kind"] == "table" for row in part["rows"]]

    def work() -> bytes:
        word_file = DocxTemplate(template)
        shown = [_named(part, index, languages) for index, part in enumerate(parts)]
        word_file.render({"parts": shown, "rows": rows}, autoescape=True)
        out = BytesIO()
        word_file.save(out)
        return out.getvalue()

    return work


def _rich(runs: list[tuple[str, str]]) -> Any:
    """A text with its bold and highlighted words, as docxtpl wants it."""
    from docxtpl import RichText

    rich = RichText()
    for text, look in runs:
        rich.add(text, bold=look == "term", highlight="#FFF2CC" if look == "gap" else None)
    return rich


def _named(part: dict[str, Any], index: int, languages: int) -> dict[str, Any]:
    """A part with what its controls and bookmarks are called and numbered."""
    runs = part.get("runs") or [[(text, "")] for text in part["texts"]]
    style = "Heading1" if part["kind"] == "heading" else "BodyText"
    numbers = [1 + index * languages + language for language in range(languages)]
    names = [f"_tmp_{language}_{index:024x}" for language in range(languages)]
    tags = [f"clause:{part['id']}"[:60] for _ in range(languages)]
    return {**part, "said": [_rich(each) for each in runs], "style": style, "ids": numbers, "marks": names, "tags": tags}


_KIND = '<w:docPartObj><w:docPartGallery w:val="Custom 1"/><w:docPartCategory w:val="Clause"/></w:docPartObj>'


def _control(language: int) -> str:
    """A clause in its control, with its bookmark, as our own files have it."""
    tag, number, mark = f"{{{{ part.tags[{language}] }}}}", f"{{{{ part.ids[{language}] }}}}", f"{{{{ part.marks[{language}] }}}}"
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{tag}"/><w:tag w:val="{tag}"/><w:id w:val="{number}"/>{_KIND}</w:sdtPr><w:sdtContent>'
        f'<w:p><w:pPr><w:pStyle w:val="{{{{ part.style }}}}"/></w:pPr><w:bookmarkStart w:id="{number}" w:name="{mark}"/>'
        f"<w:r><w:t>{{{{ part.number }}}} </w:t></w:r><w:r><w:t>{{{{r part.said[{language}] }}}}</w:t></w:r>"
        f'<w:bookmarkEnd w:id="{number}"/></w:p></w:sdtContent></w:sdt>'
    )


def _template(languages: int) -> Path:
    from docx import Document as open_word_file
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    word_file = open_word_file()
    body = word_file.element.body
    if languages == 1:
        opening, closing = word_file.add_paragraph("{%p for part in parts %}"), word_file.add_paragraph("{%p endfor %}")
        assert closing is not None
        opening._p.addnext(parse_xml(_control(0).replace("<w:sdt>", f"<w:sdt {nsdecls('w')}>", 1)))
    else:
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="4500" w:type="dxa"/></w:tcPr>{_control(code)}</w:tc>' for code in range(languages)
        )
        rows = [
            f"<w:tr><w:tc><w:p><w:r><w:t>{{%tr {said} %}}</w:t></w:r></w:p></w:tc></w:tr>"
            for said in ("for part in parts", "endfor")
        ]
        grid = '<w:tblGrid><w:gridCol w:w="4500"/><w:gridCol w:w="4500"/></w:tblGrid>'
        table = f"<w:tbl {nsdecls('w')}><w:tblPr/>{grid}{rows[0]}<w:tr>{cells}</w:tr>{rows[1]}</w:tbl>"
        body.insert(0, parse_xml(table))
    _looped(word_file, "row", "rows", [f"{{{{ row.cells[{index}] }}}}" for index in range(8)])
    path = BUILD / "work" / f"template{languages}.docx"
    word_file.save(str(path))
    return path


def _looped(word_file: Any, name: str, every: str, texts: list[str]) -> None:
    table = word_file.add_table(rows=3, cols=len(texts))
    table.rows[0].cells[0].text = f"{{%tr for {name} in {every} %}}"
    for cell, text in zip(table.rows[1].cells, texts, strict=True):
        cell.text = text
    table.rows[2].cells[0].text = "{%tr endfor %}"


def by_python_docx(content: Content, languages: int) -> bytes:
    """Paragraph by paragraph with styles by name, as its documentation shows."""
    from docx import Document as open_word_file

    word_file = open_word_file()
    for part in content:
        if part["kind"] == "table":
            table = word_file.add_table(rows=0, cols=len(part["rows"][0]))
            for row in part["rows"]:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif languages == 1:
            style = "Heading 1" if part["kind"] == "heading" else "Body Text"
            word_file.add_paragraph(style=style).add_run(f"{part['number']} {part['texts'][0]}")
        else:
            for cell, text in zip(word_file.add_table(rows=1, cols=languages).rows[0].cells, part["texts"], strict=True):
                cell.paragraphs[0].add_run(f"{part['number']} {text}")
    out = BytesIO()
    word_file.save(out)
    return out.getvalue()


def by_node(content: Content) -> list[float]:
    """Seconds of the processor of each of five rounds in one process of Node.js, after a first that does not count."""
    given = BUILD / "work" / "content.json"
    given.write_text(json.dumps(content), encoding="utf-8")
    script = Path(__file__).with_name("word.cjs")
    environment = {"NODE_PATH": str(BUILD / "node_modules")}
    done = subprocess.run(
        [peers.program("node"), str(script), str(given)], capture_output=True, text=True, check=True, env=environment
    )
    times: list[float] = json.loads(done.stdout)
    return times
