"""Figures that follow from published ones: what is worked out, from what, and when it is not possible."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.sources.area_years import AreaYears, area_years
from dashboard.sources.indicator_names import AGE_BANDS, age_sex_indicator
from dashboard.sources.observation_frame import Floats, categories, frame_from, same_text, together

TENURES = (
    "dwellings_rented",
    "dwellings_tenant_owned",
    "dwellings_owner_occupied",
    "dwellings_tenure_unknown",
)
BANDS_65_PLUS = tuple(band for band in AGE_BANDS if int(band.partition("_")[0]) >= 65)
SEXES = ("men", "women")
#: Sum of five-year bands → first age and the age after its last; 65 and older has a share of its own.
AGE_SUMS = {
    "population_0_19": (0, 20),
    "population_20_34": (20, 35),
    "population_35_49": (35, 50),
    "population_50_64": (50, 65),
}

POPULATION, GROWTH = "population", "population_growth"
EDUCATED, EMPLOYED, UNEMPLOYED = (
    "post_secondary_education_share",
    "employment_rate_20_64",
    "unemployment_rate_20_64",
)
CELLS = tuple(age_sex_indicator(band, sex) for band in AGE_BANDS for sex in SEXES)
#: All that anything is worked out from, and all that is worked out.
PARTS = (*TENURES, *CELLS, POPULATION, GROWTH, EDUCATED, EMPLOYED, UNEMPLOYED)
ADULTS, LABOUR_FORCE = "population_25_65_estimated", "labour_force_estimated"
RESULTS = ("dwellings_total", "population_65_plus", "age_65_plus_share", *AGE_SUMS, ADULTS, LABOUR_FORCE)
#: First ages of those whom the tables on work and on education are about; both end with 64.
BASES = {"20_64": 20, "25_64": 25}

#: How most figures are worked out.
SUM = "sum_of_published_parts"

Chosen = npt.NDArray[np.bool_]


def derive(frame: pd.DataFrame) -> pd.DataFrame:
    """Work out every derived indicator that the published figures allow.

    Parameters
    ----------
    frame
        What the readers brought, all sources together, in the form of ``observation_frame``; each area, indicator and
        year once.

    Returns
    -------
    New rows with status ``derived``; where a part is missing, ``missing`` with the reason as a note. What a row of the
    frame tells already, with a value or without, is not worked out again.
    """
    known = area_years(frame, [*PARTS, *RESULTS])
    before = _previous_population(known)
    known.put(POPULATION, before)
    return together([before, *_sums(known), *_weights(known)])


def population_before(population: float, growth: float) -> int | None:
    """Give the population of the year before from this year's and the growth in per cent.

    The growth is published with three decimals. Exactly one whole number may reproduce it; if several do (a
    large municipality), the population cannot be told and the answer is None.
    """
    guess = population / (1 + growth / 100)
    near = range(max(1, math.floor(guess) - 3), math.ceil(guess) + 4)
    fitting = [before for before in near if abs(round((population / before - 1) * 100, 3) - growth) < 5e-4]
    return fitting[0] if len(fitting) == 1 else None


def _previous_population(known: AreaYears) -> pd.DataFrame:
    """Work out the population of the year before, where no row tells of it and the area existed then."""
    years_before = known.years - 1
    earlier = known.place(known.areas, years_before)
    untold = ~known.has(POPULATION)[earlier] | (earlier < 0)
    population, growth = known.values(POPULATION), known.values(GROWTH)
    chosen = ~np.isnan(population) & ~np.isnan(growth) & untold & known.told.existed(known.areas, years_before)
    found = [population_before(*one) for one in zip(population[chosen].tolist(), growth[chosen].tolist(), strict=True)]
    values = np.array(found, dtype=np.float64)
    columns = {
        "source": same_text(len(values), "scb_tab6574"),
        "area_code": known.column(chosen),
        "indicator": same_text(len(values), POPULATION),
        "year": years_before[chosen].astype(np.int16),
        "value": values,
    }
    return frame_from(columns | _told(values, "population_from_growth", "population_before_not_unique"))


def _told(values: Floats, note: str, why_not: str = "part_missing") -> dict[str, pd.Categorical]:
    """Give status and note: of a value, how it was worked out, and where there is none, why."""
    absent = np.isnan(values).astype(np.int8)
    return {"status": categories(absent, ["derived", "missing"]), "note": categories(absent, [note, why_not])}


def _rows(
    known: AreaYears, chosen: Chosen, source: str, indicator: str, values: Floats, *, note: str = SUM
) -> pd.DataFrame:
    """Give a row of an indicator for each chosen area and year without one; ``values`` has one for all of them."""
    chosen = chosen & ~known.has(indicator)
    own = values[chosen]
    columns = {
        "source": same_text(len(own), source),
        "area_code": known.column(chosen),
        "indicator": same_text(len(own), indicator),
        "year": known.years[chosen],
        "value": own,
    }
    return frame_from(columns | _told(own, note))


def _sums(known: AreaYears) -> Iterator[pd.DataFrame]:
    whole = known.told.are("municipality")[known.areas]
    for source, level in (("scb_tab824", whole), ("scb_tab6638", ~whole)):
        dwellings = known.sums(TENURES)
        yield _rows(known, known.has(TENURES[0]) & level, source, "dwellings_total", dwellings)
    older_cells = [age_sex_indicator(band, sex) for band in BANDS_65_PLUS for sex in SEXES]
    aged = known.has(older_cells[0])
    older, everybody = known.sums(older_cells), known.values(POPULATION)
    yield _rows(known, aged, "scb_tab6574", "population_65_plus", older)
    share = _rounded(100 * older / np.where(everybody == 0, np.nan, everybody))
    yield _rows(known, aged, "scb_tab6574", "age_65_plus_share", share, note="share_of_published_counts")
    for name, ages in AGE_SUMS.items():
        yield _rows(known, aged, "scb_tab6574", name, known.sums(_cells(*ages)))


def _rounded(values: Floats) -> Floats:
    """Round to three decimals, as Python does it: numpy's way gives another digit now and then."""
    return np.array([round(value, 3) for value in values.tolist()], dtype=np.float64)


def base_shares(known: AreaYears) -> dict[str, dict[str, float]]:
    """Give how large a part of each municipality's inhabitants are of the ages that a table is about.

    Parameters
    ----------
    known
        The figures.

    Returns
    -------
    Municipality code → ``20_64`` and ``25_64`` → share, 0–1, for those that have figures by age; worked out on the
    municipality's own figures, or on the sum of its DeSO where it has none.
    """
    told = ~np.isnan(known.values(_cells(20)[0])) & ~np.isnan(known.values(POPULATION))
    municipalities = [None if area is None else area.municipality for area in known.told.areas]
    found: dict[str, dict[str, float]] = {}
    for level in ("deso", "municipality"):  # the municipality's own figures replace the sum of its areas
        chosen = told & known.told.are(level)[known.areas]
        people = pd.DataFrame({name: known.sums(_cells(start), or_zero=True) for name, start in BASES.items()})
        people["population"] = known.values(POPULATION)
        codes = [municipalities[place] for place in known.areas[chosen]]
        sums = people.loc[chosen].groupby(codes).sum()
        for code, row in sums.iterrows():
            found[str(code)] = {name: float(row[name] / row["population"]) for name in BASES}
    return found


def _cells(start: int, end: int = 65) -> list[str]:
    bands = [band for band in AGE_BANDS if start <= int(band.partition("_")[0]) < end]
    return [age_sex_indicator(band, sex) for band in bands for sex in SEXES]


def _weights(known: AreaYears) -> Iterator[pd.DataFrame]:
    """Estimate how many the shares on work and education are of, where only the population is known.

    Ages by area are not known for the peers, so the municipality's share of the right ages is taken for all its
    areas, and the home municipality's share for a municipality that has none. The measures do not depend on that
    share, only their random floor and interval do.
    """
    shares = base_shares(known)
    only: dict[str, float] = next(iter(shares.values())) if len(shares) == 1 else {}

    def people(ages: str) -> Floats:
        by_area = [shares.get(area.municipality, only).get(ages) if area else None for area in known.told.areas]
        of_row: Floats = np.array(by_area, dtype=np.float64)[known.areas]
        return known.values(POPULATION) * of_row

    educated = known.has(EDUCATED) & ~known.told.are("municipality")[known.areas]
    adults = _rounded(people("25_64"))
    yield _rows(known, educated, "scb_tab6574", ADULTS, adults, note="estimated_weight")
    employed, unemployed = known.values(EMPLOYED), known.values(UNEMPLOYED)
    unemployed = np.where(unemployed >= 100, np.nan, unemployed)
    force = _rounded(people("20_64") * (employed / 100) / (1 - unemployed / 100))
    yield _rows(known, known.has(EMPLOYED), "scb_tab6680", LABOUR_FORCE, force, note="estimated_weight")
