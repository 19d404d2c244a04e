"""What the catalogue is made of: texts, indicators, families, sources, splits and measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

Level = Literal["deso", "regso", "municipality"]
Direction = Literal["higher_is_better", "higher_is_worse", "neither"]
Origin = Literal["published", "derived", "mixed"]
Kind = Literal["count", "share", "mean", "median", "rate", "ratio", "index", "change"]
CountedUnit = Literal["persons", "households", "dwellings"]
Unit = Literal[
    "percent",
    "persons",
    "households",
    "dwellings",
    "sek_thousand",
    "sek_per_m2",
    "m2",
    "index",
    "ratio",
    "per_1000_inhabitants",
    "per_1000_dwellings",
    "points",
    "number",
]


class CatalogueError(ValueError):
    """Something in the catalogue is wrong or missing; the message is one sentence for people."""


@dataclass(frozen=True, slots=True)
class Text:
    """The same text in Swedish and in English."""

    sv: str
    en: str

    def in_(self, language: str) -> str:
        """
        Give the text in one language.

        Parameters
        ----------
        language
            ``"sv"`` or ``"en"``.

        Raises
        ------
        CatalogueError
            If the language is another one.
        """
        if language == "sv":
            return self.sv
        if language == "en":
            return self.en
        raise CatalogueError(f"There is no language {language!r} in the catalogue; use 'sv' or 'en'.")


@dataclass(frozen=True, slots=True)
class Indicator:
    """
    What one indicator means.

    ``sources``, ``years`` and ``method_break`` are by level, since the same figure can come from different
    tables for small areas and for the municipality.
    """

    id: str
    family: str | None
    name: Text
    short_name: Text
    question: Text
    definition: Text
    kind: Kind
    unit: Unit
    unit_label: Text | None
    decimals: int
    minimum: float | None
    maximum: float | None
    denominator: Text | None
    population: Text
    direction: Direction
    direction_reason: Text
    origin: Origin
    derivation: Text | None
    caveats: tuple[Text, ...]
    sources: Mapping[Level, str]
    years: Mapping[Level, tuple[int, int]]
    method_break: Mapping[Level, tuple[int, ...]]
    next_update: Text | None
    next_update_reason: Text | None

    @property
    def levels(self) -> tuple[Level, ...]:
        """Levels that have the indicator, smallest areas first."""
        return tuple(self.sources)

    def breaks(self, level: str) -> tuple[int, ...]:
        """
        Say from which years the source counts in a new way at a level.

        A break 2025 means that 2024 and 2025 are not quite comparable. Empty where there is no break.
        """
        return next((years for name, years in self.method_break.items() if name == level), ())


@dataclass(frozen=True, slots=True)
class Family:
    """Indicators that differ only in who or what is counted, such as one for each age band."""

    id: str
    name: Text
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was taken into the dashboard, as it was."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures or boundaries come from, on what terms, and how to credit it."""

    id: str
    publisher: Text
    name: Text
    table: str | None
    licence: Text
    licence_url: str | None
    citation: Text
    own_computation_citation: Text | None
    url: str
    updated: str | None
    access_date: str
    access_note: Text
    files: tuple[SourceFile, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """
    How people, households or dwellings are divided into groups for the measures.

    A two-group split has ``group_kind``, ``group_indicator`` and ``total_indicator``: with ``"share"`` the
    group is total × share / 100, with ``"count"`` the group indicator is itself the number. A multigroup
    split has ``groups``, the indicators that count each group, and nothing of the others. ``base`` says what
    shares are shares of; ``estimated`` that the counts are weights, not to be shown as numbers of people.
    """

    id: str
    kind: Literal["two_group", "multigroup"]
    name: Text
    group: Text | None
    rest: Text | None
    group_short: Text | None
    rest_short: Text | None
    base: Text | None
    unit: CountedUnit
    group_kind: Literal["share", "count"] | None
    group_indicator: str | None
    total_indicator: str | None
    groups: tuple[str, ...]
    estimated: bool
    approximation: Text | None
    caveats: tuple[Text, ...]
    sources: tuple[str, ...]

    @property
    def indicators(self) -> tuple[str, ...]:
        """Every indicator that the split is worked out from."""
        pair = (self.group_indicator, self.total_indicator)
        return tuple(indicator for indicator in pair if indicator is not None) + self.groups


@dataclass(frozen=True, slots=True)
class Measure:
    """
    One measure, of segregation or of places: what it answers, how it is read, how it is worked out.

    ``level`` says what has a value: the whole city, each area, or (``"place"``) a place, a way or a barrier in
    the walk network.
    """

    id: str
    name: Text
    short_name: Text
    question: Text
    reading: Text
    reading_dwellings: Text | None
    formula: str
    formula_words: Text
    low: float
    high: float | None
    scale: int
    decimals: int
    reference: str
    traps: tuple[Text, ...]
    level: Literal["city", "area", "place"]

    def reading_for(self, unit: CountedUnit) -> Text:
        """
        Give the plain sentence that reads a value aloud, with its placeholders.

        Parameters
        ----------
        unit
            What the split counts; people move, dwellings do not, so they are read differently.
        """
        if unit == "dwellings" and self.reading_dwellings is not None:
            return self.reading_dwellings
        return self.reading


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that the dashboard knows about its figures, by id."""

    indicators: Mapping[str, Indicator]
    families: Mapping[str, Family]
    sources: Mapping[str, Source]
    splits: Mapping[str, Split]
    measures: Mapping[str, Measure]

    def indicator(self, indicator_id: str) -> Indicator:
        """Find an indicator; CatalogueError if there is none of that id."""
        return _find(self.indicators, indicator_id, "indicator")

    def source(self, source_id: str) -> Source:
        """Find a source; CatalogueError if there is none of that id."""
        return _find(self.sources, source_id, "source")

    def split(self, split_id: str) -> Split:
        """Find a split; CatalogueError if there is none of that id."""
        return _find(self.splits, split_id, "split")

    def measure(self, measure_id: str) -> Measure:
        """Find a measure; CatalogueError if there is none of that id."""
        return _find(self.measures, measure_id, "measure")

    def source_of(self, indicator_id: str, level: str) -> Source:
        """
        Say where an indicator comes from at a level.

        Raises
        ------
        CatalogueError
            If the indicator does not exist or has no figures at the level.
        """
        for name, source in self.indicator(indicator_id).sources.items():
            if name == level:
                return self.source(source)
        raise CatalogueError(f"The indicator {indicator_id!r} has no figures at the level {level!r}.")

    def credit(self, indicator_id: str, level: str, status: str = "published") -> Text:
        """
        Give the line that credits a figure.

        A figure shown as the publisher has it is credited to the publisher; one that is worked out from the
        publisher's figures never is.

        Parameters
        ----------
        indicator_id, level
            Which figure.
        status
            Status of the observation; ``"derived"`` makes it a computation of the dashboard's own.
        """
        source = self.source_of(indicator_id, level)
        derived = status == "derived" or self.indicator(indicator_id).origin == "derived"
        if derived and source.own_computation_citation is not None:
            return source.own_computation_citation
        return source.citation


_T = TypeVar("_T")


def _find(mapping: Mapping[str, _T], wanted: str, what: str) -> _T:
    try:
        return mapping[wanted]
    except KeyError:
        raise CatalogueError(
            f"There is no {what} {wanted!r} in the catalogue; choose one of: {', '.join(sorted(mapping))}."
        ) from None
