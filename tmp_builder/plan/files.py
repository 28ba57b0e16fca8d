"""The plan file as people write it: pydantic models. Schema keys use hyphens; unknown keys are refused."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from tmp_builder.findings import both

Language = Literal["en", "zh"]
MemberType = Literal["university", "institute", "national-lab", "company", "consortium-entity", "ngo", "government"]
PublicMoney = Literal["us-federal", "cn-fiscal", "eu", "none"]
Ident = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]


def _hyphens(name: str) -> str:
    return name.replace("_", "-")


def _as_list(value: Any) -> Any:
    """One id where a list may stand."""
    return [value] if isinstance(value, str) else value


def _empty(value: Any) -> Any:
    """A key without a value says nothing."""
    return {} if value is None else value


def _empty_list(value: Any) -> Any:
    return [] if value is None else value


def _day(value: Any) -> Any:
    """A date as people write it; pydantic alone would also take a number of seconds."""
    if value == "":
        return None
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
        raise ValueError(
            both("expected a date such as 2026-09-30, not {value!r}", "应为日期，例如2026-09-30，现为{value!r}", value=value[:40])
        )
    return value


def _day_or_condition(value: Any) -> Any:
    return value if value == "conditional" else _day(value)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=_hyphens, populate_by_name=False, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_keys_say_nothing(cls, value: Any) -> Any:
        return {key: each for key, each in value.items() if each is not None} if isinstance(value, dict) else value


class Named(_File):
    """A name or title per language; one that is missing prints as a gap."""

    en: str = ""
    zh: str = ""

    @model_validator(mode="before")
    @classmethod
    def _one_text(cls, value: Any) -> Any:
        return {"en": value, "zh": value} if isinstance(value, str) else {} if value is None else value


Day = Annotated[date | None, BeforeValidator(_day)]
Words = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
Fingerprint = Annotated[str, Field(pattern=r"^v\d+:[0-9a-f]{64}$")]


class SideFile(_File):
    """A side: the members of one country or region, with their territory and lead."""

    id: Ident
    name: Named
    territory: Words = ()
    lead: str = ""


class SignatoryFile(_File):
    """Who signs; may be left for the pen. Name and title are one text for both languages, or one each."""

    name: Named = Named()
    title: Named = Named()


class MemberFile(_File):
    """A member. Amounts are written with their currency: USD 250,000."""

    id: Ident
    name: Named
    side: str = ""
    country: str = ""
    territory_code: str = ""
    type: MemberType | None = None
    role: Literal["lead", "member", "observer", "funder"] = "member"
    legal_form: Named = Named()
    registration_no: str = ""
    legal_representative: Named = Named()
    legal_personality_since: Day = None
    address: Named = Named()
    signatory: SignatoryFile = SignatoryFile()
    public_money: Annotated[tuple[PublicMoney, ...], BeforeValidator(_as_list)] = ()
    nonprofit: bool | None = None
    state_owned: bool | None = None
    patent_management: bool | None = None
    work_places: Words = ()
    class_: Named = Field(default=Named(), alias="class")
    cash: str = ""
    inkind: str = ""
    currency: str = ""
    valuation_date: Day = None
    share_pct: str = ""
    votes: str = ""
    sales: str = ""
    dues: str = ""
    joined_on: Day = None
    left_on: Day = None
    status: Literal["active", "suspended", "defaulting", "left"] = "active"
    default_since: Day = None
    affiliates: Words = ()
    consortia: Words = ()
    arbitration_authority_ref: str = ""
    competes_with: Words = ()
    market_share: str = ""
    screening_date: Day = None
    screening_result: Literal["clear", "possible", "hit"] | None = None
    owners_50pct_screened: bool | None = None


class DatesFile(_File):
    """One setting for every window of the plan (day rule, roll, calendars)."""

    day_rule: Literal["corresponding-day", "day-before"] = "corresponding-day"
    roll: Literal["none", "next", "previous"] = "none"
    calendars: Words = ()
    eom_sticky: bool = False
    time_zone: str = ""


class OpenChoiceFile(_File):
    """A choice that is still negotiated: the alternatives, who wants which, and why (never sent out)."""

    open: Annotated[tuple[str, ...], Field(min_length=2)]
    settled: Words = ()
    positions: dict[str, str] = {}
    reasons: dict[str, str] = {}


def _choice(value: Any) -> Any:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return [] if value is None else value


ChoiceEntry = Annotated[OpenChoiceFile | tuple[str, ...], BeforeValidator(_choice)]


class ProjectFile(_File):
    """A project: the facts that rules and dates read, the ten headings of its plan, its own choices and values."""

    id: Ident
    title: Named = Named()
    topic: Named = Named()
    field: Named = Named()
    funding_type: Literal["joint", "side-a-only", "side-b-only", "private"] | None = None
    class_: Literal["cooperative", "national"] | None = Field(default=None, alias="class")
    tier: Literal["red", "yellow", "green"] | None = None
    members: Words = ()
    work_places: Words = ()
    basic_research: bool | None = None
    signed_on: Day = None
    start: Day = None
    end: Day = None
    closed_on: Day = None
    filing_wishes: Words = ()
    cross_border_payment: bool | None = None
    headings: Annotated[dict[str, Named], BeforeValidator(_empty)] = {}
    choices: Annotated[dict[str, ChoiceEntry], BeforeValidator(_empty)] = {}
    parameters: Annotated[dict[str, Any], BeforeValidator(_empty)] = {}


class WordingFile(_File):
    """Bespoke text for one option, in the grammar of a card; `replaces` is the fingerprint of the text it took the place of."""

    replaces: str = ""
    features: Words = ()
    en: str = ""
    zh: str = ""


class AdditionalFile(_File):
    """A clause that no card has, placed after the section it names."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,60}$")]
    after: str
    title: Named
    features: Words = ()
    en: str = ""
    zh: str = ""


class WaiverFile(_File):
    """A written exception from a rule."""

    rule: str
    object: str = ""
    reason: str
    by: str
    until: Annotated[date, BeforeValidator(_day)]
    approval_ref: str = ""


class ApprovalFile(_File):
    """What a reviewer decided about one change, tied to the words decided upon; `tmp approve` writes it."""

    of: Annotated[str, Field(min_length=1)]
    clauses: Words = ()
    fingerprint: Annotated[dict[Literal["en", "zh", "plan"], Fingerprint], BeforeValidator(_empty)] = {}
    removed: bool = False
    decision: Literal["approve", "reject", "ask"]
    reason: str = ""
    by: Annotated[str, Field(min_length=1)]
    given_on: Annotated[date, BeforeValidator(_day)]

    @model_validator(mode="after")
    def _tied(self) -> ApprovalFile:
        if self.removed is bool(self.fingerprint):
            raise ValueError(
                both(
                    "an approval holds a fingerprint, or says removed: yes, never both",
                    "审批记录或者载明指纹，或者写removed: yes，不能并用",
                )
            )
        return self


class PlanFile(_File):
    """`NAME.plan.yaml`."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    version: Annotated[int, Field(ge=0, le=99999)] = 1
    library: str = ""
    overlay: str = ""
    profile: str = ""
    title: Named
    status: Literal["draft", "negotiating", "signed"] = "draft"
    dated: Day = None
    signed_on: Day = None
    signed_fingerprint: Annotated[str, Field(pattern=r"^(v\d+:[0-9a-f]{64})?$")] = ""
    languages: Annotated[tuple[Language, ...], BeforeValidator(_as_list), Field(min_length=1, max_length=2)] = ("en", "zh")
    effective_date: Annotated[date | Literal["conditional"] | None, BeforeValidator(_day_or_condition)] = None
    sides: Annotated[tuple[SideFile, ...], BeforeValidator(_empty_list)] = ()
    members: str | tuple[MemberFile, ...] = ()
    facts: Annotated[dict[str, bool | None], BeforeValidator(_empty)] = {}
    dates: Annotated[DatesFile, BeforeValidator(_empty)] = DatesFile()
    numbering: Literal["close-up", "reserve"] = "close-up"
    reserved: Words = ()
    choices: Annotated[dict[str, ChoiceEntry], BeforeValidator(_empty)] = {}
    parameters: Annotated[dict[str, Any], BeforeValidator(_empty)] = {}
    work_plan: Annotated[tuple[dict[str, Any], ...], BeforeValidator(_empty_list)] = ()
    projects: str | tuple[ProjectFile, ...] = ()
    registers: Annotated[dict[str, str | tuple[dict[str, Any], ...]], BeforeValidator(_empty)] = {}
    wording: Annotated[dict[str, WordingFile], BeforeValidator(_empty)] = {}
    additional: Annotated[tuple[AdditionalFile, ...], BeforeValidator(_empty_list)] = ()
    waivers: Annotated[tuple[WaiverFile, ...], BeforeValidator(_empty_list)] = ()
    approvals: Annotated[tuple[ApprovalFile, ...], BeforeValidator(_empty_list)] = ()

    @model_validator(mode="after")
    def _signed(self) -> PlanFile:
        if self.status == "signed" and self.signed_on is None:
            raise ValueError(
                both(
                    "a signed plan needs signed-on: the date of the last signature",
                    "已签署的计划须填写signed-on：最后一方签署的日期",
                )
            )
        if len(set(self.languages)) != len(self.languages):
            raise ValueError(both("languages: the same language stands twice", "languages：同一语言重复出现"))
        return self
