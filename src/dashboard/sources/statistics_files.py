"""Reads the statistics files of a folder: DeSO, RegSO, municipality series and figures of other publishers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from dashboard.sources.area_codes import AreaCode, existed, parse_area_code
from dashboard.sources.indicator_names import age_sex_indicator, catalogue_name, tenure_indicator
from dashboard.sources.tidy import (
    FileReport,
    Harvest,
    InputError,
    Observation,
    parse_value,
    parse_year,
    read_rows,
)

# Rows that are left out, by indicator, with the reason that the report prints.
LEFT_OUT = {
    "police_vulnerable_area_share": "worked out by a third party from a map overlay, not an official figure",
    "reported_offences_quarter": "quarters; the series by year holds the same offences",
    "school_certified": "the publisher's definition and year are not known",
    "school_per_teacher": "the publisher's definition and year are not known",
    "school_trygghet": "the scale and year are not known",
    "school_studiero": "the scale and year are not known",
    "schools_n": "the year is not known",
}
ROLLING_WINDOW = {"dwellings_completed_per_1000", "dwellings_started_per_1000", "dwellings_completed"}
MARGINS = {"rent_median_margin_of_error": "rent_median", "rent_mean_margin_of_error": "rent_mean"}
SCHOOL_YEAR = re.compile(r"(\d{4})/\d{2}")

Row = dict[str, str]
Key = tuple[str, AreaCode, str, int]  # source, area, indicator, year


def read_long(path: Path, area_column: str, period_column: str, table_column: str) -> Harvest:
    """Read a long file with one figure a row.

    Parameters
    ----------
    path
        The file.
    area_column, period_column, table_column
        The columns that hold the area code, the year and the source table or publisher.

    Raises
    ------
    InputError
        With file and row, when a row cannot be read.
    """
    report = FileReport(path.name)
    margins: dict[tuple[str, str, int], float] = {}
    found: list[Observation] = []
    for number, row in read_rows(path, [area_column, "indicator", period_column, "value", table_column]):
        report.rows += 1
        where = f"{path.name}, row {number}"
        if why := _left_out(row, period_column):
            report.leave_out(why)
            continue
        area = area_at(row[area_column], where)
        indicator = catalogue_name(row["indicator"], area.level, row[table_column])
        if indicator is None:
            report.leave_out("a month that no indicator of the catalogue covers")
            continue
        period = SCHOOL_YEAR.fullmatch(row[period_column])
        year = parse_year(period[1] if period else row[period_column], where)
        note = "school_year" if period else ""
        one = _observation((source_id(row[table_column], where), area, indicator, year), row["value"], where, note)
        if row["indicator"] == "population_derived":
            one = replace(one, status="derived", note="population_from_growth")
        found.append(one)
        report.kept += 1
    for observation in found:
        if observation.indicator in MARGINS and observation.value is not None:
            key = (observation.area_code, MARGINS[observation.indicator], observation.year)
            margins[key] = observation.value
    kept = [with_margin(one, margins.get(one.key)) for one in found if one.indicator not in MARGINS]
    return Harvest(kept, [report])


def read_age_and_sex(path: Path) -> Harvest:
    """Read persons by age band and sex for 31 December 2025 (one row a cell)."""
    year = _year_in_name(path)

    def indicator(row: Row, where: str) -> str:
        if row["sex"] not in {"men", "women"}:
            raise InputError(f"{where}: the sex “{row['sex']}” is neither men nor women.")
        return age_sex_indicator(row["age"], row["sex"])

    return _read_cells(path, keys=["age", "sex"], value="persons", source="scb_tab6574", year=year, indicator=indicator)


def read_tenure(path: Path) -> Harvest:
    """Read dwellings by form of tenure (one row a form)."""

    def indicator(row: Row, where: str) -> str:
        name = tenure_indicator(row["tenure"])
        if name is None:
            raise InputError(f"{where}: the form of tenure “{row['tenure']}” is not one of SCB's.")
        return name

    return _read_cells(
        path, keys=["tenure"], value="dwellings", source="scb_tab6638", year=_year_in_name(path), indicator=indicator
    )


def _read_cells(
    path: Path, *, keys: list[str], value: str, source: str, year: int, indicator: Callable[[Row, str], str]
) -> Harvest:
    report = FileReport(path.name)
    found = []
    for number, row in read_rows(path, ["desokod", *keys, value]):
        where = f"{path.name}, row {number}"
        area = area_at(row["desokod"], where)
        found.append(_observation((source, area, indicator(row, where), year), row[value], where))
        report.rows += 1
        report.kept += 1
    return Harvest(found, [report])


def _left_out(row: Row, period_column: str) -> str | None:
    name, period = row["indicator"], row[period_column]
    if name in LEFT_OUT:
        return LEFT_OUT[name]
    if name in ROLLING_WINDOW and row.get("source_table", "").endswith("TAB4572") and period == "2026":
        return "2026 stands for the newest quarters; which ones is not known"
    return None


def _observation(key: Key, text: str, where: str, note: str = "") -> Observation:
    source, area, indicator, year = key
    value, status = parse_value(text, where)
    if value == 0 and not existed(area, year):
        return Observation(source, area.full, indicator, year, None, "false_zero", "code_did_not_exist")
    if not existed(area, year):
        raise InputError(
            f"{where}: {area.full} has no figures for {year}; write the code of the division that was in force."
        )
    if value is None and not note:
        note = "suppressed_at_source" if status == "suppressed" else "absent_in_source"
    return Observation(source, area.full, indicator, year, value, status, note)


def with_margin(observation: Observation, margin: float | None) -> Observation:
    """Give an observation its lower and upper limit from a margin of error (95 per cent)."""
    if margin is None or observation.value is None:
        return observation
    return replace(observation, lower=observation.value - margin, upper=observation.value + margin)


def area_at(text: str, where: str) -> AreaCode:
    """Take an area code apart, naming the row in the message when it is not one."""
    try:
        return parse_area_code(text)
    except ValueError as error:
        raise InputError(f"{where}: {error}.") from error


def source_id(text: str, where: str) -> str:
    """Give the catalogue's source of a table or publisher as the files write it."""
    if match := re.search(r"TAB\d+", text):
        return f"scb_{match[0].lower()}"
    publishers = {"Kolada": "kolada", "BRA": "bra", "Skolverket": "skolverket"}
    for start, source in publishers.items():
        if text.startswith(start):
            return source
    raise InputError(f"{where}: the source “{text}” is not known; add it to the catalogue of sources.")


def _year_in_name(path: Path) -> int:
    match = re.search(r"_(\d{4})$", path.stem)
    if match is None:
        raise InputError(f"{path.name}: the file name ends with the year that the figures are of, for example _2025.")
    return int(match[1])


def same_figures(first: Observation, second: Observation) -> bool:
    """Tell whether two rows give the same figure."""
    return first.key == second.key and first.value == second.value


def without_repeats(harvests: Iterator[Harvest] | list[Harvest]) -> Harvest:
    """Put harvests together; a figure that a later file repeats to the digit is kept once and reported.

    Raises
    ------
    InputError
        When two files give different figures for the same area, indicator and year, or one file gives it twice.
    """
    together = Harvest()
    seen: dict[tuple[str, str, int], tuple[Observation, str]] = {}
    for harvest in harvests:
        name = harvest.reports[0].name
        for one in harvest.observations:
            first = seen.get(one.key)
            if first is None:
                seen[one.key] = (one, name)
                together.observations.append(one)
            elif first[1] == name or not same_figures(first[0], one):
                area, indicator, year = one.key
                raise InputError(
                    f"{name}: {indicator} for {area} in {year} occurs twice"
                    f" ({first[0].value} in {first[1]}, {one.value} in {name}); keep the right one."
                )
            else:
                harvest.reports[0].kept -= 1
                harvest.reports[0].leave_out(f"the same figure is in {first[1]}")
        together.reports.extend(harvest.reports)
    return together
