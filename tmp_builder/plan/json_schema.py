"""JSON Schemas of the files that people write, made from the pydantic models, for editors with completion and hover."""

from __future__ import annotations

from typing import Any

from tmp_builder.library import files as library_files
from tmp_builder.library.schema import Library, Parameter
from tmp_builder.plan import files as plan_files
from tmp_builder.plan.facts import NAMED_FACTS

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_MODELS: dict[str, Any] = {
    "plan": plan_files.PlanFile,
    "member": plan_files.MemberFile,
    "card": library_files.CardFile,
    "section": library_files.SectionFile,
    "terms": library_files.TermsFile,
    "schedules": library_files.SchedulesFile,
    "sources": library_files.SourcesFile,
    "favours": library_files.FavoursFile,
    "profile": library_files.ProfileFile,
    "territories": library_files.TerritoriesFile,
    "outline": library_files.OutlineFile,
}
KINDS = ("plan", "members", *(kind for kind in _MODELS if kind not in ("plan", "member")))
"""The files that have a schema."""
KEYS = {
    "choices": "What is chosen, by section: an option, a list of options, or an open choice with each side's position.",
    "parameters": "Values, by section.option.parameter.",
    "facts": "Answers to facts that the plan does not tell by itself: yes or no.",
    "registers": "The rows of the schedules, inline or the name of a CSV, XLSX or YAML file; [] says that there are none.",
    "effective-date": "The day on which the plan takes effect, or “conditional”.",
    "dated": "The date of the document; it decides the bytes of a build, not the clock.",
    "overlay": "A folder with a house's own cards: the same id replaces, a new id adds.",
    "profile": "The profile the plan began with; never consulted when building.",
    "status": "draft, negotiating or signed: what is printed; signed needs signed-on.",
    "wording": "Bespoke text for an option, in the grammar of a card, with the fingerprint of the text it replaces.",
    "additional": "Sections that no card has: numbered, bilingual, always reported.",
    "waivers": "Written exceptions from rules, with reason, by whom and until when.",
    "approvals": "Decisions of reviewers, each tied to the words decided upon; tmp approve writes them from a decision sheet.",
    "numbering": "close-up, or reserve: a dropped clause keeps its number as [Reserved].",
    "label": "At most 60 English and 30 Chinese characters; says what happens, not praise.",
    "effect": "One sentence: what changes for the parties.",
    "use-when": "One sentence: when to choose it.",
    "favours": "Codes of favours.yaml.",
    "needs": "Option ids, {any-of: […]}, {value: {…}} or {schedule: …}; each may carry if: or if-value:.",
    "conflicts": "As needs; written on one card only, read both ways.",
    "overridable": "Whether a project may deviate.",
    "brings": "Named facts that the choice makes true.",
    "range": "Lowest and highest value, inclusive; leave a side empty when open.",
    "from": "The printed fact that this parameter repeats; it is never asked.",
    "say": "The words that stand in the text where this value is chosen; empty in both languages when it says nothing.",
    "required-when": "always, never, or the name of a fact.",
    "when": "The named fact under which this is open.",
    "seen": "T text read, E excerpt read, S seed document, K general knowledge.",
    "checked": "The day on which the source was read, or “never”.",
    "translated-from": "The fingerprint of the English text that the Chinese was read against; tmp library translated writes it.",
}
"""What hovering over a key says."""


def json_schema(kind: str, library: Library) -> dict[str, Any]:
    """The schema of one kind of file; the one of plans knows the options, parameters and facts of `library`."""
    model = _MODELS["member" if kind == "members" else kind]
    schema: dict[str, Any] = model.model_json_schema(by_alias=True, mode="validation")
    _describe(schema)
    if kind in ("plan", "members"):
        _accept_short_forms(schema)
    else:
        _accept_scalars(schema)
    if kind == "plan":
        _know_the_library(schema, library)
    if kind == "members":
        definitions = schema.pop("$defs", {})
        schema = {"type": "array", "title": "Members", "items": schema, "$defs": definitions}
    return {"$schema": DRAFT, **schema}


def _describe(node: Any) -> None:
    """Every known key says what it is for."""
    if isinstance(node, dict):
        for name, each in node.get("properties", {}).items():
            if name in KEYS and isinstance(each, dict):
                each.setdefault("description", KEYS[name])
        for value in node.values():
            _describe(value)
    elif isinstance(node, list):
        for value in node:
            _describe(value)


def _accept_short_forms(schema: dict[str, Any]) -> None:
    """What the reader of plans also accepts: one word for a list of one, one text for both languages, an empty key."""
    named = schema.get("$defs", {}).get("Named")
    if named:
        schema["$defs"]["Named"] = {
            "anyOf": [named, {"type": "string"}, {"type": "null"}],
            "description": named.get("description", ""),
        }
    for holder in [schema, *schema.get("$defs", {}).values()]:
        for name, each in holder.get("properties", {}).items():
            holder["properties"][name] = _short_form(each)


def _short_form(each: dict[str, Any]) -> dict[str, Any]:
    about: dict[str, Any] = {key: each[key] for key in ("description", "title", "default") if key in each}
    if each.get("type") == "array" and each.get("items", {}).get("type") == "string":
        return {"anyOf": [each, {"type": "string"}], **about}
    if each.get("type") == "array" and "enum" in each.get("items", {}):
        return {"anyOf": [each, each["items"]], **about}
    if each.get("type") == "object" or (each.get("type") == "array" and "default" in each):
        return {"anyOf": [each, {"type": "null"}], **about}
    return each


def _accept_scalars(node: Any) -> None:
    """Files of a library are read with plain scalars as text, so a number or yes stands where a text is asked for."""
    if isinstance(node, dict):
        if node.get("type") == "string" and not {"enum", "const", "pattern", "format"} & set(node):
            node["type"] = ["string", "number", "boolean"]
        for value in node.values():
            _accept_scalars(value)
    elif isinstance(node, list):
        for value in node:
            _accept_scalars(value)


# ── what a plan may choose ──────────────────────────────────────────────────────────────────────────────────────────


def _know_the_library(schema: dict[str, Any], library: Library) -> None:
    properties = schema["properties"]
    open_choice = {"$ref": "#/$defs/OpenChoiceFile"}
    sections: dict[str, Any] = {}
    for section in library.sections.values():
        options = [
            {"const": name, "description": f"{library.options[ident].label['en']} · {library.options[ident].label['zh']}"}
            for ident in section.options
            for name in (ident.partition(".")[2],)
        ]
        one = {"anyOf": [*options, {"type": "string", "pattern": rf"^({section.id}\.)?[a-z0-9-]+(, *[a-z0-9.-]+)*$"}]}
        sections[section.id] = {
            "description": f"{section.title['en']}: {section.question['en']} · {section.title['zh']}：{section.question['zh']}",
            "anyOf": [one, {"type": "array", "items": one}, open_choice, {"type": "null"}],
        }
    addresses = {
        f"{option.id}.{parameter.name}": _parameter(parameter)
        for option in library.options.values()
        for parameter in option.parameters.values()
        if not parameter.fact
    }
    facts = {name: {"type": ["boolean", "null"], "description": _both(fact.question)} for name, fact in NAMED_FACTS.items()}
    for name, known in (("choices", sections), ("parameters", addresses), ("facts", facts)):
        properties[name] = {
            "anyOf": [{"type": "object", "properties": known, "additionalProperties": False}, {"type": "null"}],
            "description": KEYS[name],
        }
    properties["profile"] = {"enum": ["", *library.profiles], "description": KEYS["profile"]}


def _both(labels: Any) -> str:
    return f"{labels['en']} · {labels['zh']}"


_TYPES: dict[str, Any] = {
    **{kind: {"type": "integer"} for kind in ("days", "working-days", "months", "years", "integer")},
    "percent": {"type": ["number", "string"]},
    "decimal": {"type": ["number", "string"]},
    "fraction": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "money": {"type": ["string", "object"]},
    "party": {"type": "string"},
    "text": {"type": ["string", "object"]},
    "territory": {"type": ["string", "array"]},
    "list": {"type": ["array", "string"]},
}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    spec = parameter.spec
    if spec.kind == "choice":
        values: dict[str, Any] = {"enum": [*spec.choices, *([True, False] if {"yes", "no"} & set(spec.choices) else [])]}
    else:
        values = dict(_TYPES[spec.kind])
    if values.get("type") == "integer":
        values |= {key: int(bound) for key, bound in (("minimum", spec.low), ("maximum", spec.high)) if bound is not None}
        values |= {"enum": [int(value) for value in spec.allowed]} if spec.allowed else {}
    return {"anyOf": [values, {"type": "null"}], "description": _both(parameter.label)}
