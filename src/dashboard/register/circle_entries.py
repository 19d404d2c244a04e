"""The entries of the knowledge circle: meetings, district experts, what residents said, and what came of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, Field, model_validator

from dashboard.register.entries import Entry, check
from dashboard.register.fields import (
    Day,
    Line,
    Money,
    MunicipalityCode,
    Name,
    OptionalArea,
    OptionalDay,
    OptionalPartialDate,
    OptionalSlug,
    Paragraphs,
    Slug,
)

# About ten metres: enough to find a bench, too little to tell a door.
DECIMALS_OF_A_POSITION = 4


class Form(StrEnum):
    """In whose words a contribution is."""

    QUOTE = "quote"
    SUMMARY = "summary"


class Agreement(StrEnum):
    """Whether the circle was of one mind."""

    AGREED = "agreed"
    DISPUTED = "disputed"


class ContributionState(StrEnum):
    """Where a contribution is between whoever gave it and the public."""

    SUBMITTED = "submitted"
    PUBLISHED = "published"
    REFUSED = "refused"
    #: Its text and picture are gone, because its time is over or whoever gave it took it back.
    REMOVED = "removed"


class RefusedFor(StrEnum):
    """Why a contribution is not shown, in words that whoever gave it may read; nothing in it tells of anybody."""

    POINTS_OUT = "points_out"
    HURTS = "hurts"
    PICTURE = "picture"
    ELSEWHERE = "elsewhere"
    TWICE = "twice"
    UNCLEAR = "unclear"
    ADVERT = "advert"


class Channel(StrEnum):
    """How a contribution came in."""

    CIRCLE = "circle"
    FORM = "form"


class Step(StrEnum):
    """What can happen with a contribution, in the order that it usually does."""

    DISCUSSED = "discussed"
    DECIDED = "decided"
    PROJECT = "project"
    DECLINED = "declined"
    TOLD_BACK = "told_back"


class Circle(Entry):
    """A knowledge circle: residents and the city thinking together for a while."""

    kind = "circle"

    municipality: MunicipalityCode
    name: Name
    name_en: Line = ""
    theme: Line = ""
    theme_en: Line = ""
    started: OptionalPartialDate = None
    started_said: Line = ""
    started_said_en: Line = ""
    note: Paragraphs = ""
    note_en: Paragraphs = ""
    source: Line = ""
    source_en: Line = ""
    source_date: OptionalPartialDate = None


class Meeting(Entry):
    """A meeting of a circle."""

    kind = "meeting"
    parent = ("circle", "circle")
    references: ClassVar = {"circle": "circle"}

    circle: Slug
    on: Day
    place: OptionalSlug = None
    theme: Line = ""
    summary: Paragraphs = ""
    #: Broad group → how many took part. A reader gets groups of five and more; None stands for fewer.
    participants: dict[Line, Annotated[int, Field(ge=0, le=10_000)] | None] = Field(default={}, max_length=20)


class DistrictExpert(Entry):
    """A resident who is paid as a district expert, by a pseudonym."""

    kind = "district_expert"
    parent = ("circle", "circle")
    references: ClassVar = {"circle": "circle"}

    circle: Slug
    pseudonym: Annotated[Name, Field(max_length=60)]


class WorkedTime(Entry):
    """Hours that a district expert worked, and the pay for them."""

    kind = "worked_time"
    parent = ("district_expert", "district_expert")
    references: ClassVar = {"district_expert": "district_expert", "meeting": "meeting"}

    district_expert: Slug
    meeting: OptionalSlug = None
    on: Day
    hours: Annotated[float, Field(gt=0, le=200, allow_inf_nan=False)]
    pay: Money


def _rounded(value: float) -> float:
    return round(value, DECIMALS_OF_A_POSITION)


class Contribution(Entry):
    """Something that residents know, or want heard."""

    kind = "contribution"
    references: ClassVar = {"circle": "circle", "meeting": "meeting", "focus_area": "focus_area"}

    municipality: MunicipalityCode
    circle: OptionalSlug = None
    meeting: OptionalSlug = None
    place: OptionalSlug = None
    latitude: Annotated[float, Field(ge=54, le=70), AfterValidator(_rounded)] | None = None
    longitude: Annotated[float, Field(ge=10, le=25), AfterValidator(_rounded)] | None = None
    area: OptionalArea = None
    theme: Line = ""
    focus_area: OptionalSlug = None
    form: Form = Form.SUMMARY
    text: Annotated[Paragraphs, Field(max_length=2000)]
    #: ISO 639 code of the language that the text is in.
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "sv"
    agreement: Agreement | None = None
    indicator: OptionalSlug = None
    statistics_say: Paragraphs = ""
    statistics_agree: bool | None = None
    state: ContributionState = ContributionState.SUBMITTED
    #: What whoever gave it is told; what moderators write to each other stays inside.
    refused_for: RefusedFor | None = None
    refused_because: Paragraphs = ""
    submitted_on: OptionalDay = None
    delete_after: OptionalDay = None
    channel: Channel = Channel.CIRCLE
    #: The version of the consent text that was agreed to.
    consent: Annotated[str, Field(max_length=20)] = ""
    #: Whoever wrote it has said that what looks like a person's name is none.
    not_names: bool = False
    #: What the picture shows, in words; empty when there is none.
    photo_alt: Line = ""

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        check(self.text or self.state is ContributionState.REMOVED, "text_missing")
        check((self.latitude is None) == (self.longitude is None), "half_a_position")
        if self.state is ContributionState.REFUSED:
            check(self.refused_for or self.refused_because, "why_missing")
        if self.statistics_agree is not None:
            check(self.statistics_say, "statistics_missing")
        return self


class TraceStep(Entry):
    """What happened with a contribution: discussed, decided, in a project, or not and why, and told back."""

    kind = "trace_step"
    parent = ("contribution", "contribution")
    references: ClassVar = {"contribution": "contribution", "project": "project", "decision": "decision"}

    contribution: Slug
    step: Step
    on: Day
    text: Paragraphs = ""
    project: OptionalSlug = None
    decision: OptionalSlug = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.step is Step.DECLINED:
            check(self.text, "why_missing")
        if self.step is Step.PROJECT:
            check(self.project, "project_missing")
        return self
