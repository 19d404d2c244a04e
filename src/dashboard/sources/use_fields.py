"""What is noted when a place is observed, people are asked, or its qualities are judged: every field, said once.

Observations follow the fields of the Public Life Data Protocol (Gehl Institute et al., 2017), criteria the twelve of
Gehl (“Cities for People”, 2010). The check of files, the tables, the form, the field sheet and the documentation are
made from what stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["id", "place", "date", "time", "code", "codes", "number", "spot"]


@dataclass(frozen=True, slots=True)
class Field:
    """One column.

    Parameters
    ----------
    name : str
        Heading of the column.
    type : str
        What is written in it; `code` is one of `codes`, `codes` any of them with spaces between.
    codes : tuple of str
        What may stand there.
    required : bool
        Whether it must be filled in.
    of_all : bool
        Whether it is the same in all rows with the same id: said of the session, not of the people in it.
    low, high : float
        The least and the most of a number.
    whole : bool
        Whether a number has no decimals.
    """

    name: str
    type: Type
    codes: tuple[str, ...] = ()
    required: bool = True
    of_all: bool = False
    low: float = 0
    high: float = 0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its fields in the order of the columns; the first is the id that rows belong together by."""

    name: str
    fields: tuple[Field, ...]
    rows_share_id: bool = False

    @property
    def key(self) -> str:
        """The column with the id."""
        return self.fields[0].name

    @property
    def columns(self) -> tuple[str, ...]:
        """The heading of every column."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Give a field by its name."""
        return next(field for field in self.fields if field.name == name)


AGES = ("0_14", "15_24", "25_64", "65_plus", "unknown")
GENDERS = ("woman", "man", "unknown")
ROLES = ("municipality", "consultant", "university", "school", "association", "resident")
WEATHERS = ("sunny", "cloudy", "windy", "rain", "snow", "fog")
METHODS = ("counting", "mapping", "tracing")
MODES = ("staying", "walking", "running", "wheelchair", "pram", "cycling", "scooter", "motor_vehicle")
POSTURES = ("standing", "leaning", "sitting_bench", "sitting_cafe", "sitting_informal", "lying")
#: The protocol's, but for “living in public”: on a named square it would point at single people.
ACTIVITIES = (
    "conversing",
    "consuming",
    "commercial",
    "electronic_engagement",
    "cultural",
    "recreation_active",
    "recreation_passive",
    "waiting_transport",
    "working_civic",
    "other",
)
GROUP_SIZES = ("1", "2", "3_7", "8_plus")
OBJECTS = ("animal", "bag", "goods", "luggage", "pram", "bicycle", "sport", "instrument", "furniture")

#: Mode of those who do not move; only they have a posture.
STAYING = "staying"

OBSERVATIONS = Kind(
    "observations",
    (
        Field("session", "id", of_all=True),
        Field("place", "place", of_all=True),
        Field("date", "date", of_all=True),
        Field("start", "time", of_all=True),
        Field("end", "time", of_all=True),
        Field("weather", "code", WEATHERS, of_all=True),
        Field("temperature", "number", required=False, of_all=True, low=-40, high=45),
        Field("method", "code", METHODS, of_all=True),
        Field("observer", "code", ROLES, of_all=True),
        Field("count", "number", low=0, high=999, whole=True),
        Field("gender", "code", GENDERS),
        Field("age", "code", AGES),
        Field("mode", "code", MODES),
        Field("posture", "code", POSTURES, required=False),
        Field("activity", "code", ACTIVITIES, required=False),
        Field("group_size", "code", GROUP_SIZES, required=False),
        Field("objects", "codes", OBJECTS, required=False),
        Field("spot", "spot", required=False),
    ),
    rows_share_id=True,
)

#: A row that says that nobody was there has no people to describe.
OF_PEOPLE = tuple(field.name for field in OBSERVATIONS.fields if not field.of_all and field.name != "count")

SCALE = ("1", "2", "3", "4", "5")
VISITS = ("daily", "weekly", "monthly", "seldom", "first_time")

SURVEYS = Kind(
    "surveys",
    (
        Field("response", "id"),
        Field("place", "place"),
        Field("date", "date"),
        Field("time", "time"),
        Field("safety", "code", SCALE, required=False),
        Field("belonging", "code", SCALE, required=False),
        Field("visits", "code", VISITS, required=False),
        Field("age", "code", AGES[:-1], required=False),
        Field("gender", "code", ("woman", "man", "other"), required=False),
    ),
)
#: What the survey asks about the place; the rest tells about whom was asked.
QUESTIONS = ("safety", "belonging", "visits")

SCORES = ("-1", "0", "1")
PROTECTION = ("traffic", "crime", "unpleasant_senses")
COMFORT = ("walking", "standing", "sitting", "seeing", "talking", "playing")
ENJOYMENT = ("human_scale", "good_climate", "good_senses")
CRITERIA_GROUPS = {"protection": PROTECTION, "comfort": COMFORT, "enjoyment": ENJOYMENT}
ALL_CRITERIA = (*PROTECTION, *COMFORT, *ENJOYMENT)

CRITERIA = Kind(
    "criteria",
    (
        Field("rating", "id"),
        Field("place", "place"),
        Field("date", "date"),
        Field("rater", "code", ROLES),
        *(Field(name, "code", SCORES, required=False) for name in ALL_CRITERIA),
    ),
)

KINDS = {kind.name: kind for kind in (OBSERVATIONS, SURVEYS, CRITERIA)}
