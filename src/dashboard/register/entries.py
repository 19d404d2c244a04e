"""What an entry of the register is, and the kinds that the roadmap consists of.

The same model is what is read and what checks what is written: an entry that cannot be made cannot be stored.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from dashboard.catalogue import Text
from dashboard.register.fields import (
    AreaCodes,
    Line,
    Lines,
    Link,
    MunicipalityCode,
    Name,
    OptionalDay,
    OptionalMoney,
    OptionalPartialDate,
    OptionalSlug,
    OptionalYear,
    Paragraphs,
    Slug,
    Slugs,
    Year,
    first_day,
    last_day,
)


class Entry(BaseModel):
    """What all entries have in common."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: ClassVar[str]
    #: The field by which an entry belongs to another one, and the kind of that.
    parent: ClassVar[tuple[str, str] | None] = None
    #: Fields that name other entries: field → kind. Those of lists too.
    references: ClassVar[dict[str, str]] = {}

    id: Annotated[str, Field(max_length=80)] = ""
    version: int = 0
    archived: bool = False

    def said(self, field: str) -> Text:
        """Give a text of the entry in both languages; without an English one the Swedish stands for both."""
        swedish = str(getattr(self, field))
        return Text(swedish, str(getattr(self, f"{field}_en", "")) or swedish)


def check(holds: object, code: str) -> None:
    """Refuse an entry with a code of a fault unless something holds."""
    if not holds:
        raise PydanticCustomError(code, "{code}", {"code": code})


class ProjectStatus(StrEnum):
    """How a project stands."""

    PLANNED = "planned"
    ONGOING = "ongoing"
    DELAYED = "delayed"
    PAUSED = "paused"
    DONE = "done"


class PlanType(StrEnum):
    """The kind of plan that a project is or feeds."""

    COMPREHENSIVE = "comprehensive_plan"
    PROGRAMME = "plan_programme"
    DETAILED = "detailed_plan"
    OTHER = "other"


class Bound(StrEnum):
    """What a date says of a beginning or an end."""

    AT = "at"
    #: It was before that date; how long before is not known.
    BEFORE = "before"
    #: It was under way at that date; when it began or ended is not known.
    SEEN = "seen"


class Wanted(StrEnum):
    """Where a figure should go."""

    UP = "up"
    DOWN = "down"


class FocusAreaEntry(Entry):
    """A focus area of the roadmap."""

    kind = "focus_area"

    municipality: MunicipalityCode
    position: Annotated[int, Field(ge=1, le=99)]
    name: Name
    name_en: Line = ""
    indicators: Slugs = ()
    splits: Slugs = ()
    gap: Paragraphs = ""
    gap_en: Paragraphs = ""
    source: Line = ""
    source_en: Line = ""
    source_date: OptionalPartialDate = None


class Project(Entry):
    """A project or an analysis of the roadmap."""

    kind = "project"
    references: ClassVar = {"focus_areas": "focus_area"}

    municipality: MunicipalityCode
    name: Name
    name_en: Line = ""
    summary: Paragraphs = ""
    summary_en: Paragraphs = ""
    focus_areas: Slugs = ()
    status: ProjectStatus
    status_why: Paragraphs = ""
    status_why_en: Paragraphs = ""
    owner: Line = ""
    partners: Lines = ()
    place: OptionalSlug = None
    areas: AreaCodes = ()
    plan_type: PlanType | None = None
    start: OptionalPartialDate = None
    start_bound: Bound = Bound.AT
    start_said: Line = ""
    start_said_en: Line = ""
    end: OptionalPartialDate = None
    end_bound: Bound = Bound.AT
    end_said: Line = ""
    end_said_en: Line = ""
    budget: OptionalMoney = None
    results: Paragraphs = ""
    results_en: Paragraphs = ""
    source: Line = ""
    source_en: Line = ""
    source_date: OptionalPartialDate = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        # Begun before some date, it may have ended before that date too.
        if self.start and self.end and self.start_bound is not Bound.BEFORE:
            check(first_day(self.start) <= last_day(self.end), "end_before_start")
        if self.status in {ProjectStatus.DELAYED, ProjectStatus.PAUSED}:
            check(self.status_why, "why_missing")
        return self


class Milestone(Entry):
    """Something that a project wants to have reached by a day."""

    kind = "milestone"
    parent = ("project", "project")
    references: ClassVar = {"project": "project"}

    project: Slug
    position: Annotated[int, Field(ge=0, le=999)] = 0
    name: Name
    name_en: Line = ""
    due: OptionalDay = None
    done: OptionalDay = None
    note: Paragraphs = ""
    note_en: Paragraphs = ""


class LinkedIndicator(Entry):
    """A figure that a project wants to move, with the year it is counted from."""

    kind = "linked_indicator"
    parent = ("project", "project")
    references: ClassVar = {"project": "project"}

    project: Slug
    #: An indicator or a split of the catalogue; of a split, the dissimilarity of the city is followed.
    indicator: Slug
    baseline_year: Year
    wanted: Wanted | None = None
    target: Annotated[float | None, Field(ge=-1e9, le=1e9, allow_inf_nan=False)] = None
    target_year: OptionalYear = None
    note: Paragraphs = ""

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.target_year is not None:
            check(self.target_year >= self.baseline_year, "target_before_baseline")
        return self


class Decision(Entry):
    """What a body of the city decided, for a project or on what residents said."""

    kind = "decision"
    parent = ("project", "project")
    references: ClassVar = {"project": "project"}

    project: OptionalSlug = None
    body: Name
    decided: OptionalDay = None
    text: Annotated[Paragraphs, Field(min_length=1)]
    reference: Line = ""
    link: Link = ""
