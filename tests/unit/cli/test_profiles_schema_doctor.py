"""The commands `tmp profiles`, `tmp schema` and `tmp doctor`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Call
from tmp_builder.cli import doctor
from tmp_builder.cli.schema import KINDS
from tmp_builder.errors import EngineError
from tmp_builder.library.schema import Library
from tmp_builder.plan import json_schema

# ── profiles ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_profiles_are_listed_in_their_order(tmp: Call) -> None:
    code, out, err = tmp("profiles")
    ids = [line.split()[0] for line in out.splitlines() if not line.startswith(" ")]
    assert code == 0
    assert ids == ["cerc", "sematech", "desca", "university-industry", "smart-openness", "hub-and-affiliates", "open-consortium"]
    assert "tmp build --profile ID" in err


def test_a_profile_is_shown_with_choices_values_and_what_comes_by_fact(tmp: Call) -> None:
    code, out, _ = tmp("profiles", "sematech")
    assert code == 0
    for part in (
        "sematech  Industry alliance with its own legal entity · 设立法人实体的产业联盟",
        "Mirrors: The SEMATECH alliance of 1987 to 1996.",
        "    parties.entity  A consortium entity contracts with each member",
        "    membership.classes.cap: USD 15,000,000",
        "    us-party: export-control.us-ear, protection.us-first",
        "    ownership.employer  ",
        "SEMA: Studies and press on the SEMATECH consortium",
    ):
        assert part in out, part
    assert "参照：" in tmp("profiles", "sematech", language="zh")[1]


def test_two_profiles_are_compared(tmp: Call) -> None:
    code, out, _ = tmp("profiles", "cerc", "--compare", "smart-openness")
    assert code == 0
    assert "    cerc: joint-ownership.consent-all" in out
    assert "    smart-openness: joint-ownership.managed" in out
    assert "  term.fixed.term_months: cerc 60, smart-openness 24" in out
    assert "ownership.employer" not in out, "both choose it"


def test_profiles_as_json(tmp: Call) -> None:
    data = json.loads(tmp("profiles", "--json")[1])
    assert [profile["id"] for profile in data["profiles"]] == sorted(profile["id"] for profile in data["profiles"])
    one = json.loads(tmp("profiles", "cerc", "--compare", "desca", "--json")[1])
    assert one["profile"]["two_sides"] is True
    assert {"section": "ownership"} not in [{"section": each["section"]} for each in one["differences"]]
    assert next(each for each in one["differences"] if each["section"] == "parties")["desca"] == ["parties.all-sign"]


def test_an_unknown_profile_names_the_nearest(tmp: Call) -> None:
    code, _, err = tmp("profiles", "cercs")
    assert (code, "did you mean “cerc”?" in err) == (2, True)
    assert tmp("profiles", "--compare", "cerc")[0] == 2


# ── schema ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_kinds_of_the_command_are_those_that_have_a_schema() -> None:
    assert set(KINDS) == set(json_schema.KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_schema_whose_references_lead_somewhere(kind: str, tmp: Call) -> None:
    code, out, _ = tmp("schema", kind)
    schema = json.loads(out)
    assert code == 0
    assert schema["$schema"].startswith("https://json-schema.org/")
    known = {f"#/$defs/{name}" for name in schema.get("$defs", {})}
    assert set(_references(schema)) <= known


def _references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [found for value in node.values() for found in _references(value)]
    return [found for value in node for found in _references(value)] if isinstance(node, list) else []


def test_the_schema_of_plans_knows_options_parameters_facts_and_profiles(tmp: Call, tmp_path: Path) -> None:
    code, out, _ = tmp("schema", "plan", "-o", "plan.schema.json")
    assert (code, out.strip()) == (0, "plan.schema.json")
    properties = json.loads((tmp_path / "plan.schema.json").read_text(encoding="utf-8"))["properties"]
    ownership = properties["choices"]["anyOf"][0]["properties"]["ownership"]
    assert {"const": "employer"}.items() <= ownership["anyOf"][0]["anyOf"][0].items()
    days = properties["parameters"]["anyOf"][0]["properties"]["protection.disclose.party_to_party_days"]
    assert days["anyOf"][0] == {"type": "integer", "minimum": 15, "maximum": 120}
    assert days["description"].startswith("Days for a Member to inform the other Members · ")
    assert "parties.leads.lead_a" not in properties["parameters"]["anyOf"][0]["properties"], "a fact is never written"
    assert "crada" in properties["facts"]["anyOf"][0]["properties"]
    assert "cerc" in properties["profile"]["enum"]
    assert {"type": "string"} in properties["languages"]["anyOf"] or "enum" in properties["languages"]["anyOf"][1]


def test_the_schemas_accept_what_the_readers_accept(library: Library) -> None:
    plan = json_schema.json_schema("plan", library)
    assert {"type": "string"} in plan["$defs"]["Named"]["anyOf"], "one text for both languages"
    card = json_schema.json_schema("card", library)
    assert "number" in card["$defs"]["CitationFile"]["properties"]["at"]["type"], "plain scalars of a card are text"
    assert card["properties"]["effect"]["description"] == "One sentence: what changes for the parties."


def test_an_unknown_kind_is_a_wrong_call(tmp: Call) -> None:
    assert tmp("schema", "plans")[0] == 2


# ── doctor ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_doctor_looks_at_everything_and_ends_with_its_verdict(tmp: Call) -> None:
    code, out, _ = tmp("doctor", "--json")
    data = json.loads(out)
    assert [line["name"] for line in data["lines"]] == [
        "Python",
        "WeasyPrint, Pango",
        "harfbuzz-subset",
        "Typst",
        "Latin font",
        "Chinese font",
        "terminal",
        "encoding",
        "clause library",
        "cache",
    ]
    assert code == (0 if data["healthy"] else 5)
    assert all(line["fix"] for line in data["lines"] if line["good"] is False)


def test_a_font_without_chinese_is_missing_and_says_what_to_install(tmp: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_glyph(text: str, *_: object) -> None:
        if "中" in text:
            raise EngineError("no glyph for 中")

    monkeypatch.setattr("tmp_builder.writers.pdf.fonts.check_glyphs", no_glyph)
    code, out, _ = tmp("doctor")
    assert code == 5
    assert "MISSING  Chinese font: no glyph for 中\n    → " in out
    assert "apt install fonts-noto-cjk" in out
    code, out, _ = tmp("doctor", language="zh")
    assert "缺失  Chinese font" in out


def test_the_folder_that_keeps_what_was_read_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TMP_CACHE", str(tmp_path / "kept"))
    assert str(tmp_path / "kept") in doctor._cache().found["en"]
    monkeypatch.setenv("TMP_CACHE", "off")
    assert doctor._cache().found == {"en": "switched off", "zh": "已关闭"}


def test_a_broken_library_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tmp_builder.library.reader.data_folder", lambda _name: tmp_path)
    line = doctor._library()
    assert line.good is False
    assert "is missing" in line.found["en"]


def test_an_engine_that_does_not_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    line = doctor._engine()
    assert (line.good, "does not start" in line.found["en"]) == (False, True)
    assert "libpango" in line.fix["en"]


@pytest.mark.parametrize("command", ["profiles", "schema", "doctor", "build"])
def test_help_has_two_examples(command: str, tmp: Call) -> None:
    assert tmp(command, "--help")[1].partition("Examples:")[2].count(f"tmp {command}") >= 2
