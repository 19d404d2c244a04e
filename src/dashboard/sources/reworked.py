"""Works out older figures for the areas of today: counts by weights, shares through what they are shares of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.catalogue import Catalogue, Indicator
from dashboard.sources.crosswalk import COVERED, kinds_of
from dashboard.sources.indicator_names import AGE_BANDS, age_sex_indicator
from dashboard.sources.observation_frame import FRAME_COLUMNS, TEXTS, frame_of, texts_of, together

REWORKED = "reworked_to_new_areas"
PART_MISSING = "part_missing"
NOT_COVERED = "part_of_area_not_known"
#: Kinds of figures that no weights can move: there is no numerator and denominator to move instead.
FIXED = {kind: f"{kind}_cannot_be_reworked" for kind in ("median", "index", "ratio", "rate", "change")}
NO_DENOMINATOR = "denominator_not_known"

Floats = npt.NDArray[np.float64]


def _ages(start: int, end: int = 200) -> tuple[str, ...]:
    bands = [band for band in AGE_BANDS if start <= int(band.partition("_")[0]) < end]
    return tuple(age_sex_indicator(band, sex) for band in bands for sex in ("men", "women"))


#: Indicator → what it is a share or mean of: sums of counts, the best first. Where SCB's own denominator is not among
#: the figures, the one that the measures of segregation weigh by stands in.
DENOMINATORS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "foreign_background_share": (("population",),),
    "age_20_34_share": (("population",),),
    "age_65_plus_share": (("population",),),
    "apartment_building_share": (("population",),),
    "low_economic_standard_share": (("income_persons",), ("population",)),
    **{f"income_quartile_{number}": (("income_persons",), ("population",)) for number in range(1, 5)},
    "post_secondary_education_share": (("population_25_65_estimated",),),
    "unemployment_rate_20_64": (("labour_force_estimated",),),
    "employment_rate_20_64": (_ages(20, 65),),
    "capital_income_share": (_ages(20),),
    "net_income_mean": (_ages(20),),
    "rental_tenure_share": (("dwellings_total",),),
    "one_person_household_share": (("dwellings_total",),),
}


def why_not(indicator: Indicator) -> str | None:
    """Say why figures of an indicator cannot be worked out for re-cut areas; None when they can.

    A median of two areas does not follow from the medians of both, an index not from both indices, and neither is ever
    averaged. Where an area's boundary did not move, its older figures of any kind are the same as before.
    """
    if indicator.kind == "count":
        return None
    if indicator.kind in FIXED:
        return FIXED[indicator.kind]
    return None if indicator.id in DENOMINATORS else NO_DENOMINATOR


@dataclass(frozen=True)
class _Level:
    """Weights of one level as a matrix, and what is known of its areas of today."""

    old: list[str]
    new: list[str]
    weights: Floats
    same: npt.NDArray[np.bool_]
    covered: npt.NDArray[np.bool_]

    def moved(self, values: Floats) -> Floats:
        """Move counts of the old areas (a column a year); NaN where any part has none, or is not known."""
        moved: Floats = self.weights @ np.nan_to_num(values)
        unknown = (self.weights > 0).astype(np.float64) @ np.isnan(values).astype(np.float64) > 0
        return np.where(unknown | ~self.covered[:, np.newaxis], np.nan, moved)

    def unchanged(self, values: Floats) -> Floats:
        """Give the values of areas whose boundary did not move; NaN for the others."""
        source = self.weights.argmax(axis=1)
        return np.where(self.same[:, np.newaxis], values[source], np.nan)


def reworked(frame: pd.DataFrame, crosswalk: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Work out figures of the old division for the areas of today.

    Parameters
    ----------
    frame
        Observations in the form of ``observation_frame``, each area, indicator and year once; those of other areas than
        the crosswalk's old ones are passed over.
    crosswalk
        As ``crosswalk.crosswalk_of`` gives it.
    catalogue
        Tells what kind of figure each indicator is.

    Returns
    -------
    One row for each area of today, indicator and year that the old areas of its level have figures of: status
    ``derived`` with the note ``reworked_to_new_areas``, or ``missing`` with the reason as a note. Counts add up to what
    they were; nothing is rounded.
    """
    names = set(crosswalk["old_code"])
    texts = np.array([text in names for text in texts_of(frame, "area_code")], dtype=bool)
    known = frame[texts[frame["area_code"].cat.codes.to_numpy()]] if len(frame) else frame
    parts = [
        part
        for level, weights in crosswalk.groupby("level", sort=True)
        for part in _of_level(known, _matrix(weights), str(level), catalogue)
    ]
    return together(parts) if parts else frame_of([])


def _matrix(weights: pd.DataFrame) -> _Level:
    table = weights.pivot(index="new_code", columns="old_code", values="weight").fillna(0.0)
    kinds = kinds_of(weights).set_index("new_code").loc[table.index]
    return _Level(
        old=[str(code) for code in table.columns],
        new=[str(code) for code in table.index],
        weights=table.to_numpy(dtype=np.float64),
        same=(kinds["kind"] == "same").to_numpy(),
        covered=(kinds["covered"] >= COVERED).to_numpy(),
    )


def _of_level(frame: pd.DataFrame, level: _Level, name: str, catalogue: Catalogue) -> Iterator[pd.DataFrame]:
    """Give the rows of one level, indicator by indicator."""
    plain = frame[frame["area_code"].isin(level.old)].astype({"area_code": object, "indicator": object})
    if plain.empty:
        return
    years = sorted({int(year) for year in plain["year"]})
    columns = {
        str(indicator): some.pivot(index="area_code", columns="year", values="value")
        .reindex(index=level.old, columns=years)
        .to_numpy(dtype=np.float64)
        for indicator, some in plain.groupby("indicator", sort=True)
    }
    told = plain.groupby("indicator")
    sources = told["source"].first().astype(str)
    for indicator in columns:
        if name not in catalogue.indicator(indicator).levels:
            continue
        values, why = _values(level, columns, catalogue.indicator(indicator))
        had = [year for year in years if year in set(told.get_group(indicator)["year"])]
        chosen = [years.index(year) for year in had]
        yield _rows(level, (sources[indicator], indicator), had, values[:, chosen], why)


def _values(level: _Level, columns: Mapping[str, Floats], indicator: Indicator) -> tuple[Floats, str]:
    """Give the values of an indicator, areas of today by years, and why there is none where there is none."""
    values = columns[indicator.id]
    unchanged = level.unchanged(values)
    why = why_not(indicator)
    if why is not None:
        return unchanged, why
    if indicator.kind == "count":
        return level.moved(values), PART_MISSING
    below = _denominator(columns, indicator.id)
    if below is None:
        return unchanged, NO_DENOMINATOR
    above = np.where(below == 0, 0.0, values * below)
    with np.errstate(invalid="ignore", divide="ignore"):
        moved = level.moved(above) / level.moved(below)
    moved[~np.isfinite(moved)] = np.nan
    return np.where(level.same[:, np.newaxis], unchanged, moved), PART_MISSING


def _denominator(columns: Mapping[str, Floats], indicator: str) -> Floats | None:
    """Give what an indicator is a share of, by the first sum of counts that there are figures of."""
    for parts in DENOMINATORS[indicator]:
        if all(part in columns for part in parts):
            whole: Floats = np.sum([columns[part] for part in parts], axis=0)
            if not np.isnan(whole).all():
                return whole
    return None


def _rows(level: _Level, about: tuple[str, str], years: Sequence[int], values: Floats, why: str) -> pd.DataFrame:
    """Give the rows of an indicator; ``about`` is its source and itself."""
    flat = values.reshape(-1)
    known = ~np.isnan(flat)
    covered = np.repeat(level.covered, len(years))
    rows = pd.DataFrame(
        {
            "source": about[0],
            "area_code": np.repeat(np.array(level.new, dtype=object), len(years)),
            "indicator": about[1],
            "year": np.tile(np.array(years, dtype=np.int16), len(level.new)),
            "value": flat,
            "lower": np.nan,
            "upper": np.nan,
            "status": np.where(known, "derived", "missing"),
            "note": np.where(known, REWORKED, np.where(covered, why, NOT_COVERED)),
        }
    )
    return rows[list(FRAME_COLUMNS)].astype(dict.fromkeys(TEXTS, object))
