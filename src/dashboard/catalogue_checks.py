"""What a schema cannot see: that the files of the catalogue agree with one another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

from dashboard.catalogue_model import Catalogue, CatalogueError, Indicator, Split

Document = dict[str, Any]
Documents = dict[str, tuple[Path, Document]]
READING_PLACEHOLDERS = frozenset({"value", "group", "rest", "base"})


def fault_in(path: Path, field: str, problem: str, remedy: str) -> CatalogueError:
    """Word a fault as one sentence: which file, which field, what is wrong, what to do."""
    return CatalogueError(f"{path.parent.name}/{path.name}, {field}: {problem}; {remedy}.")


def check_indicators(documents: Documents, catalogue: Catalogue) -> None:
    """
    See to it that every indicator has its sources and that levels, years and range make sense.

    Raises
    ------
    CatalogueError
        At the first fault.
    """
    for path, document in documents.values():
        for member in document.get("members") or [document]:
            for field, problem, remedy in _faults_of_indicator(catalogue.indicators[member["id"]], catalogue):
                raise fault_in(path, field, problem, remedy)


def _faults_of_indicator(indicator: Indicator, catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    for level, source in indicator.sources.items():
        if source not in catalogue.sources:
            yield (
                f"sources.{level}",
                f"there is no source {source!r}",
                f"add sources/{source}.yaml or correct the name",
            )
        elif indicator.origin != "published" and catalogue.sources[source].own_computation_citation is None:
            problem = f"the figure is {indicator.origin}, but the source {source!r} has no own_computation_citation"
            yield f"sources.{level}", problem, "add it to the source"
    yield from _faults_of_years(indicator)
    low, high = indicator.minimum, indicator.maximum
    if low is not None and high is not None and low >= high:
        yield "maximum", f"it is not above the minimum {low}", "correct one of them"


def _faults_of_years(indicator: Indicator) -> Iterator[tuple[str, str, str]]:
    if set(indicator.years) != set(indicator.sources):
        yield "years", "its levels are not those of sources", "name the same levels in both"
    if not set(indicator.method_break) <= set(indicator.years):
        yield "method_break", "it names a level that has no years", "take the level away or add its years"
    for level, (first, last) in indicator.years.items():
        if first > last:
            yield f"years.{level}", f"{first} is after {last}", "write the first year first"
        for year in indicator.breaks(level):
            if not first <= year <= last:
                yield (
                    f"method_break.{level}",
                    f"{year} is not among the years {first}–{last}",
                    "correct the year",
                )


def check_splits(documents: Documents, catalogue: Catalogue) -> None:
    """
    See to it that every split is made of indicators that exist, fit together and are credited.

    Raises
    ------
    CatalogueError
        At the first fault.
    """
    for path, document in documents.values():
        for field, problem, remedy in _faults_of_split(catalogue.splits[document["id"]], catalogue):
            raise fault_in(path, field, problem, remedy)


def _faults_of_split(split: Split, catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    for source in split.sources:
        if source not in catalogue.sources:
            yield (
                "sources",
                f"there is no source {source!r}",
                f"add sources/{source}.yaml or correct the name",
            )
    for field, wanted in _indicator_fields(split):
        indicator = catalogue.indicators.get(wanted)
        if indicator is None:
            yield (
                field,
                f"there is no indicator {wanted!r}",
                f"add indicators/{wanted}.yaml or correct the name",
            )
            continue
        uncredited = {source for level, source in indicator.sources.items() if level != "municipality"}
        for source in sorted(uncredited - set(split.sources)):
            yield "sources", f"{wanted!r} comes from {source!r}, which is not named", "add it"
        if field == "group_indicator" and split.group_kind == "share":
            if indicator.kind != "share":
                yield (
                    field,
                    f"{wanted!r} is a {indicator.kind}, not a share",
                    "name a share or set group_kind to count",
                )
        elif indicator.unit != split.unit and split.approximation is None:
            problem = f"{wanted!r} counts {indicator.unit}, but the split counts {split.unit}"
            yield (
                field,
                problem,
                "name an indicator with the same unit or say in approximation what stands in",
            )


def _indicator_fields(split: Split) -> Iterator[tuple[str, str]]:
    if split.group_indicator is not None:
        yield "group_indicator", split.group_indicator
    if split.total_indicator is not None:
        yield "total_indicator", split.total_indicator
    for group in split.groups:
        yield "groups", group


def check_readings(documents: Documents, catalogue: Catalogue) -> None:
    """
    See to it that a measure's reading can be filled in, the same way in both languages.

    Raises
    ------
    CatalogueError
        If a placeholder is unknown, a brace is alone, or the languages differ in their placeholders.
    """
    for path, document in documents.values():
        measure = catalogue.measures[document["id"]]
        for field, reading in (
            ("reading", measure.reading),
            ("reading_dwellings", measure.reading_dwellings),
        ):
            if reading is None:
                continue
            swedish, english = (_placeholders(path, field, text) for text in (reading.sv, reading.en))
            unknown = (swedish | english) - READING_PLACEHOLDERS
            if unknown:
                allowed = ", ".join(f"{{{name}}}" for name in sorted(READING_PLACEHOLDERS))
                raise fault_in(path, field, f"{{{min(unknown)}}} is not a placeholder", f"use {allowed}")
            if swedish != english:
                raise fault_in(path, field, "the languages have different placeholders", "use the same in both")


def _placeholders(path: Path, field: str, text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise fault_in(path, field, "a brace stands alone", "write {value}, {group}, {rest} or {base}") from error
