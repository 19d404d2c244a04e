"""Figures that follow from published ones: what is worked out, from what, and when it is not possible."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from dashboard.sources.area_codes import parse_area_code, under_the_division_of
from dashboard.sources.indicator_names import AGE_BANDS, age_sex_indicator
from dashboard.sources.tidy import Observation

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

Values = dict[tuple[str, int], dict[str, float | None]]


def derive(observations: Sequence[Observation]) -> list[Observation]:
    """Work out every derived indicator that the published figures allow.

    Parameters
    ----------
    observations
        What the readers brought, all sources together.

    Returns
    -------
    New observations with status ``derived``; where a part is missing, ``missing`` with the reason as a note.
    """
    values: Values = defaultdict(dict)
    for observation in observations:
        values[observation.area_code, observation.year][observation.indicator] = observation.value
    found = list(_previous_population(values))
    for observation in found:
        values[observation.area_code, observation.year]["population"] = observation.value
    found += _sums(values)
    found += _weights(values)
    return found


def population_before(population: float, growth: float) -> int | None:
    """Give the population of the year before from this year's and the growth in per cent.

    The growth is published with three decimals. Exactly one whole number may reproduce it; if several do (a
    large municipality), the population cannot be told and the answer is None.
    """
    guess = population / (1 + growth / 100)
    near = range(max(1, math.floor(guess) - 3), math.ceil(guess) + 4)
    fitting = [before for before in near if abs(round((population / before - 1) * 100, 3) - growth) < 5e-4]
    return fitting[0] if len(fitting) == 1 else None


def _previous_population(values: Values) -> Iterable[Observation]:
    for (area, year), known in list(values.items()):
        population, growth = known.get("population"), known.get("population_growth")
        if population is None or growth is None or values.get((area, year - 1), {}).get("population") is not None:
            continue
        if under_the_division_of(parse_area_code(area), year - 1).full != area:
            continue
        before = population_before(population, growth)
        if before is None:
            yield Observation(
                "scb_tab6574", area, "population", year - 1, None, "missing", "population_before_not_unique"
            )
        else:
            yield Observation(
                "scb_tab6574",
                area,
                "population",
                year - 1,
                float(before),
                "derived",
                "population_from_growth",
            )


def _sums(values: Values) -> list[Observation]:
    found = []
    cells = [age_sex_indicator(band, sex) for band in BANDS_65_PLUS for sex in SEXES]
    for (area, year), known in values.items():
        if TENURES[0] in known:
            table = "scb_tab824" if len(area) == 4 else "scb_tab6638"
            found.append(_sum(table, area, year, "dwellings_total", [known.get(name) for name in TENURES]))
        if cells[0] in known:
            older = _sum("scb_tab6574", area, year, "population_65_plus", [known.get(name) for name in cells])
            found += [older, _share(area, year, older.value, known.get("population"))]
            found += [
                _sum("scb_tab6574", area, year, name, [known.get(cell) for cell in _cells(*ages)])
                for name, ages in AGE_SUMS.items()
            ]
    return found


def _sum(source: str, area: str, year: int, indicator: str, parts: Sequence[float | None]) -> Observation:
    present = [part for part in parts if part is not None]
    if len(present) < len(parts):
        return Observation(source, area, indicator, year, None, "missing", "part_missing")
    return Observation(source, area, indicator, year, math.fsum(present), "derived", "sum_of_published_parts")


def _share(area: str, year: int, part: float | None, whole: float | None) -> Observation:
    if part is None or not whole:
        return Observation("scb_tab6574", area, "age_65_plus_share", year, None, "missing", "part_missing")
    share = round(100 * part / whole, 3)
    return Observation("scb_tab6574", area, "age_65_plus_share", year, share, "derived", "share_of_published_counts")


def base_shares(values: Values) -> dict[str, dict[str, float]]:
    """Give how large a part of each municipality's inhabitants are of the ages that a table is about.

    Parameters
    ----------
    values
        (area code, year) → indicator → value.

    Returns
    -------
    Municipality code → ``20_64`` and ``25_64`` → share, 0–1, for those that have figures by age; worked out on the
    municipality's own figures, or on the sum of its DeSO where it has none.
    """
    people: dict[tuple[str, str], dict[str, float]] = {}
    for (area, _), known in values.items():
        code = parse_area_code(area)
        if code.level == "regso" or known.get(_cells(20)[0]) is None or known.get("population") is None:
            continue
        sums = people.setdefault((code.municipality, code.level), defaultdict(float))
        sums["population"] += known["population"] or 0.0
        for name, start in (("20_64", 20), ("25_64", 25)):
            sums[name] += math.fsum(known.get(cell) or 0.0 for cell in _cells(start))
    found: dict[str, dict[str, float]] = {}
    for level in ("deso", "municipality"):  # the municipality's own figures replace the sum of its areas
        for (municipality, of_level), sums in people.items():
            if of_level == level:
                found[municipality] = {name: sums[name] / sums["population"] for name in ("20_64", "25_64")}
    return found


def _cells(start: int, end: int = 65) -> list[str]:
    bands = [band for band in AGE_BANDS if start <= int(band.partition("_")[0]) < end]
    return [age_sex_indicator(band, sex) for band in bands for sex in SEXES]


def _weights(values: Values) -> Iterable[Observation]:
    """Estimate how many the shares on work and education are of, where only the population is known.

    Ages by area are not known for the peers, so the municipality's share of the right ages is taken for all its
    areas, and the home municipality's share for a municipality that has none. The measures do not depend on that
    share, only their random floor and interval do.
    """
    shares = base_shares(values)
    only = next(iter(shares.values())) if len(shares) == 1 else None
    for (area, year), known in values.items():
        share = shares.get(parse_area_code(area).municipality, only)
        population = known.get("population")
        if "post_secondary_education_share" in known and len(area) > 4:
            people = None if share is None or population is None else population * share["25_64"]
            yield _weight("scb_tab6574", area, year, "population_25_65_estimated", people)
        if "employment_rate_20_64" in known:
            people = None if share is None or population is None else population * share["20_64"]
            yield _weight("scb_tab6680", area, year, "labour_force_estimated", _labour_force(people, known))


def _labour_force(people: float | None, known: dict[str, float | None]) -> float | None:
    employed, unemployed = known.get("employment_rate_20_64"), known.get("unemployment_rate_20_64")
    if people is None or employed is None or unemployed is None or unemployed >= 100:
        return None
    return people * (employed / 100) / (1 - unemployed / 100)


def _weight(source: str, area: str, year: int, indicator: str, value: float | None) -> Observation:
    if value is None:
        return Observation(source, area, indicator, year, None, "missing", "part_missing")
    return Observation(source, area, indicator, year, round(value, 3), "derived", "estimated_weight")
