"""What a plan holds for one's own house only is in no file that goes out: every part of a Word file and a PDF is searched."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.plans import changed, save, small_plan
from tmp_builder import pipeline
from tmp_builder.library.schema import Library
from tmp_builder.readers.recipe import read_recipe

pytest.importorskip("weasyprint", reason="needs WeasyPrint and Pango", exc_type=OSError)

NEVER = {"comment of the YAML": "SECRETCOMMENT", "folder": "SECRETFOLDER", "file": "SECRETNAME"}
HOUSE = {
    "reason of a waiver": "SECRETWAIVER",
    "who waived": "SECRETDECIDER",
    "reason of a position": "SECRETREASON",
    "reason of an approval": "SECRETAPPROVAL",
    "who approved": "SECRETREVIEWER",
    "market share": "37.77",
    "event": "SECRETEVENT",
    "publication": "SECRETPUBLICATION",
    "screening": "2026-08-23",
}
"""What only a file for one's own house may hold."""


@pytest.fixture(scope="module")
def files(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, bytes]]:
    """The files of the plan with the secrets, by audience and format."""
    folder = tmp_path_factory.mktemp("files") / NEVER["folder"]
    folder.mkdir()
    path = folder / f"{NEVER['file']}.plan.yaml"
    save(changed(small_plan(library), secrets()), path)
    path.write_text(f"# {NEVER['comment of the YAML']}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    plan, found = pipeline.read(path)
    made = {}
    for audience in ("counterparty", "internal", "public"):
        options = pipeline.Options(
            formats=("docx", "pdf", "html", "md", "json"), audience=audience, signature_pages=audience != "internal"
        )
        made[audience] = pipeline.files(pipeline.examine(plan, found, options), options)
    return made


def secrets() -> dict[str, object]:
    return {
        "languages": ["en"],
        "choices.ownership": {
            "open": ["employer", "joint-equal"],
            "positions": {"US": "employer", "CN": "joint-equal"},
            "reasons": {"US": HOUSE["reason of a position"]},
        },
        "waivers": [{"rule": "PRO-07", "reason": HOUSE["reason of a waiver"], "by": HOUSE["who waived"], "until": "2027-06-30"}],
        "approvals": [
            {
                "of": "effective-date",
                "fingerprint": {"plan": f"v1:{'0' * 64}"},
                "decision": "approve",
                "reason": HOUSE["reason of an approval"],
                "by": HOUSE["who approved"],
                "given-on": "2026-09-20",
            }
        ],
        "members": {
            "A1": {"market-share": HOUSE["market share"], "screening-date": HOUSE["screening"], "screening-result": "clear"}
        },
        "registers": {
            "events": [
                {
                    "event_id": "EV-1",
                    "kind": "notice_breach",
                    "date": "2026-09-01",
                    "note": {"en": HOUSE["event"], "zh": HOUSE["event"]},
                },
                {
                    "event_id": "EV-2",
                    "kind": "signature",
                    "date": "2026-09-02",
                    "note": {"en": HOUSE["event"], "zh": HOUSE["event"]},
                },
            ],
            "publications": [{"pub_id": HOUSE["publication"], "kind": "paper", "planned_on": "2027-01-01"}],
        },
    }


def unpacked(form: str, content: bytes) -> str:
    """Everything that is in a file, unpacked: names and bytes of parts, every stream of a PDF, strings of two bytes a character too.

    The words on the pages of a PDF are glyphs; they are those of the HTML of the same document, which is searched as well.
    """
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(name + archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if form != "pdf" and not form.startswith("signature:"):
        return content.decode()
    pieces = [content, *_streams(content)]
    return "\n".join(piece.decode("utf-8", "replace") + piece.replace(b"\0", b"").decode("latin-1") for piece in pieces)


def _streams(content: bytes) -> Iterator[bytes]:
    for found in re.finditer(rb"stream\r?\n", content):
        try:
            yield zlib.decompressobj().decompress(content[found.end() :])
        except zlib.error:
            continue


@pytest.mark.parametrize("audience", ["counterparty", "public"])
def test_no_secret_is_in_a_file_that_goes_out(audience: str, files: Mapping[str, Mapping[str, bytes]]) -> None:
    for form, content in files[audience].items():
        everything = unpacked(form, content)
        found = [what for what, secret in (HOUSE | NEVER).items() if secret in everything]
        assert found == [], (form, found)


def test_the_search_finds_them_in_the_files_of_the_house(files: Mapping[str, Mapping[str, bytes]]) -> None:
    for form in ("docx", "pdf"):
        everything = unpacked(form, files["internal"][form])
        assert [what for what, secret in HOUSE.items() if secret not in everything] == [], form
        assert [what for what, secret in NEVER.items() if secret in everything] == [], form


def test_notes_and_findings_are_only_in_the_files_of_the_house(files: Mapping[str, Mapping[str, bytes]]) -> None:
    for form in ("docx", "html", "md", "json"):
        texts = {audience: unpacked(form, made[form]) for audience, made in files.items()}
        for words in ("Favours: ", "Also on offer for"):
            assert words in texts["internal"], form
            assert words not in texts["counterparty"] + texts["public"], form
    assert "comments.xml" not in unpacked("docx", files["counterparty"]["docx"])


def test_a_public_file_holds_fingerprints_and_no_plan(files: Mapping[str, Mapping[str, bytes]], tmp_path: Path) -> None:
    for form in ("docx", "pdf"):
        path = tmp_path / f"public.{form}"
        path.write_bytes(files["public"][form])
        recipe = read_recipe(path)
        assert recipe is not None
        assert recipe.plan == {}
        assert recipe.clauses
    assert "their advisers only" in unpacked("docx", files["counterparty"]["docx"])
    assert "their advisers only" not in unpacked("docx", files["public"]["docx"])


def test_a_file_for_the_other_side_holds_the_plan_that_makes_its_text(
    files: Mapping[str, Mapping[str, bytes]], tmp_path: Path, library: Library
) -> None:
    from tmp_builder.verify import verify

    path = tmp_path / "sent.docx"
    path.write_bytes(files["counterparty"]["docx"])
    assert verify(path).agrees
    assert library.label == verify(path).recipe.library
