"""Plans for tests: a complete base plan as data, with a few of its addresses changed."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from msgspec.structs import replace

from tmp_builder import pipeline
from tmp_builder.library.marked import read_marked
from tmp_builder.library.schema import Library
from tmp_builder.plan.addresses import assign, look_up
from tmp_builder.plan.files import PlanFile
from tmp_builder.plan.profiles import options_of, values_of
from tmp_builder.plan.reader import resolve
from tmp_builder.plan.schema import Decision
from tmp_builder.plan.source import PlanSource, source_from


def changed(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with each address of `changes` set: mappings are merged, everything else is replaced, None takes the part out."""
    data = deepcopy(dict(base))
    for address, value in changes.items():
        _change(data, str(address), value)
    return data


def _change(data: dict[str, Any], address: str, value: Any) -> None:
    if isinstance(value, Mapping) and value and _takes_keys(look_up(data, address)):
        for key, inner in value.items():
            _change(data, f"{address}.{key}", inner)
    else:
        assign(data, address, value)


def _takes_keys(here: Any) -> bool:
    """A mapping, or rows that are found by their ids."""
    return isinstance(here, dict) or (isinstance(here, list) and all(isinstance(row, dict) for row in here) and bool(here))


def save(data: Mapping[str, Any], path: Path) -> Path:
    """The plan file at `path` with this data."""
    path.write_text(text_of(data), encoding="utf-8")
    return path


def text_of(data: Mapping[str, Any]) -> str:
    """A plan file with this data."""
    return yaml.dump(dict(data), Dumper=_Plain, allow_unicode=True, sort_keys=False, width=200)


class _Plain(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes what stands twice in the data twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


SMALL: Mapping[str, Any] = {
    "id": "small",
    "profile": "cerc",
    "title": {"en": "Small Consortium", "zh": "小联盟"},
    "dated": "2026-09-15",
    "effective-date": "2026-10-01",
    "sides": [
        {"id": "US", "name": {"en": "the US Side", "zh": "美方"}, "territory": ["US"], "lead": "A1"},
        {"id": "CN", "name": {"en": "the Chinese Side", "zh": "中方"}, "territory": ["CN"], "lead": "B1"},
    ],
    "members": [
        {
            "id": "A1",
            "name": {"en": "Lakeshore University", "zh": "湖滨大学"},
            "side": "US",
            "country": "US",
            "type": "university",
            "role": "lead",
            "public-money": ["us-federal"],
            "work-places": ["US"],
        },
        {
            "id": "B1",
            "name": {"en": "Binhai University", "zh": "滨海大学"},
            "side": "CN",
            "country": "CN",
            "type": "university",
            "role": "lead",
            "public-money": ["cn-fiscal"],
            "work-places": ["CN"],
        },
    ],
    "facts": {"crada": "no", "competitors": "no", "standards": "no", "sensitive-technology": "no", "foreign-filing": "no"},
    "dates": {"calendars": ["CN", "US"]},
    "work-plan": [{"topic": {"en": "Batteries", "zh": "电池"}, "leads": ["A1", "B1"], "years": "2026–2031"}],
    "registers": {
        "background": [],
        "exclusions": [],
        "technologies": [],
        "contacts": [],
        "equipment": [],
        "datasets": [],
        "awards": [{"award_no": "NSF-1", "agency": "National Science Foundation", "funder": "us_federal", "recipient": "A1"}],
        "results": [],
        "grants": [],
    },
}
"""Two Sides with a member each. The choices and values come from the profile (see `small_plan`)."""

GIVEN: Mapping[str, Any] = {
    "basis.protocol.instruments": [
        {
            "kind": "other",
            "title": {"en": "Agreement on Cooperation", "zh": "合作协定"},
            "date": "2026-01-15",
            "expires": "2032-12-31",
        }
    ],
    "basis.endorsed.letters": [
        {"authority": {"en": "Department of State", "zh": "美国国务院"}, "signatory": "Director", "date": "2026-08-01"}
    ],
    "governance.secretariat.secretariat": "B1",
    "export-control.tiers.owner": "A1",
    "disputes.uncitral-mutual.seat": {"en": "Singapore", "zh": "新加坡"},
}
"""Values that neither the profile nor a card can offer."""


@cache
def _small_choices(library: Library) -> tuple[dict[str, Any], dict[str, Any]]:
    """The choices and values with which the profile begins the small plan; its facts depend on the choices, hence twice."""
    plan = resolve(source_of({**SMALL, "choices": {"basis": ["protocol"]}}), library)
    options: dict[str, tuple[str, ...]] = {}
    for _ in range(2):
        options = options_of(library.profiles["cerc"], library, plan)
        plan = replace(plan, choices={section: Decision(chosen) for section, chosen in options.items()})
    choices = {section: [option.partition(".")[2] for option in chosen] for section, chosen in options.items()}
    return choices, {**values_of(library.profiles["cerc"], library, options), **GIVEN}


def small_plan(library: Library) -> dict[str, Any]:
    """The data of a complete plan without a finding: two Sides, two members, the choices and values of the CERC profile."""
    choices, values = _small_choices(library)
    return deepcopy({**SMALL, "choices": choices, "parameters": values})


def small_word_file(library: Library, folder: Path) -> Path:
    """That plan as a Word file of both languages in two columns, in `folder` beside its plan."""
    plan, found = pipeline.read(save(small_plan(library), folder / "small.plan.yaml"))
    options = pipeline.Options(formats=("docx",))
    path = folder / "small.docx"
    path.write_bytes(pipeline.files(pipeline.examine(plan, found, options), options)["docx"])
    return path


def source_of(data: Mapping[str, Any]) -> PlanSource:
    """A plan from data, as if it had been read from a file."""
    return source_from(read_marked(text_of(data), "small.plan.yaml"), Path("small.plan.yaml"), "small.plan.yaml", PlanFile)
