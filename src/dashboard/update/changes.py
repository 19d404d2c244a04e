"""What an update changes: new years, revised figures, figures and areas that are gone or new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

KEY = ["area_code", "indicator", "year"]
#: Figures are kept with twelve digits; what differs by less than this share is the same.
SAME = 1e-9
WITHOUT_REASON = ""


@dataclass(frozen=True)
class Changes:
    """The difference between two sets of figures and areas.

    Attributes
    ----------
    before, after
        How many figures there are, those without a value not counted.
    new_years
        ``indicator``, ``year``, ``figures``: years of an indicator that had no figure at all before.
    revised
        ``area_code``, ``indicator``, ``year``, ``before``, ``after``: another value than before, largest change in
        relation to the value first.
    gone
        ``area_code``, ``indicator``, ``year``, ``before``, ``status``: had a value, and has none now; the status says
        why, and is empty when nothing is told of the figure at all any more.
    came
        How many figures have a value now and had none, those of new years not counted.
    new_areas, gone_areas
        Whole codes.
    left_out
        Codes of municipalities that are no longer there, because nobody asked for them; none of their figures and areas
        are told as gone.
    undrawn_areas
        Codes of the home municipality's areas of the newest division without a boundary.
    """

    before: int
    after: int
    new_years: pd.DataFrame
    revised: pd.DataFrame
    gone: pd.DataFrame
    came: int
    new_areas: tuple[str, ...]
    gone_areas: tuple[str, ...]
    left_out: tuple[str, ...]
    undrawn_areas: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether all is as it was."""
        tables = (self.new_years, self.revised, self.gone)
        codes = (self.new_areas, self.gone_areas, self.left_out)
        return not (any(len(table) for table in (*tables, *codes)) or self.came)


def changes_between(
    old: pd.DataFrame,
    new: pd.DataFrame,
    old_areas: Mapping[str, pd.DataFrame],
    new_areas: Mapping[str, pd.DataFrame],
    home: str,
) -> Changes:
    """Compare the figures and areas of two data folders.

    Parameters
    ----------
    old, new
        Columns ``area_code, indicator, year, value, status``, one row a figure.
    old_areas, new_areas
        Name of the table → rows with ``area_code``, ``municipality``, ``boundary``.
    home
        Code of the home municipality.
    """
    before, after = _codes(old_areas), _codes(new_areas)
    left_out = {code[:4] for code in before} - {code[:4] for code in after}
    old, new = _slim(old), _slim(new)
    old = old[~old["area_code"].str[:4].isin(left_out)]
    both = old.merge(new, on=KEY, how="outer", suffixes=("_old", "_new"))
    had, has = both["value_old"].notna(), both["value_new"].notna()
    known_years = set(map(tuple, old.loc[old["value"].notna(), KEY[1:]].drop_duplicates().itertuples(index=False)))
    pairs = pd.Series(list(zip(both["indicator"], both["year"], strict=True)), index=both.index)
    of_new_year = has & ~pairs.isin(list(known_years))
    years = both[of_new_year].groupby(KEY[1:], observed=True).size().rename("figures").reset_index()
    return Changes(
        before=int(had.sum()),
        after=int(has.sum()),
        new_years=years.astype({"year": int}),
        revised=_revised(both[had & has]),
        gone=_gone(both[had & ~has]),
        came=int((has & ~had & ~of_new_year).sum()),
        new_areas=tuple(sorted(after - before)),
        gone_areas=tuple(sorted(code for code in before - after if code[:4] not in left_out)),
        left_out=tuple(sorted(left_out)),
        undrawn_areas=_undrawn(new_areas, home),
    )


def _slim(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the columns that are compared; texts as categories would not go together."""
    return frame[[*KEY, "value", "status"]].astype({"area_code": str, "indicator": str, "year": int, "status": str})


def _revised(both: pd.DataFrame) -> pd.DataFrame:
    frame = both.rename(columns={"value_old": "before", "value_new": "after"})[[*KEY, "before", "after"]]
    size = frame[["before", "after"]].abs().max(axis=1)
    difference = (frame["after"] - frame["before"]).abs()
    part = (difference / size.where(size > 0, 1.0)).rename("part")
    found = frame.assign(part=part)[difference > SAME * size.clip(lower=1.0)]
    return found.sort_values(["part", *KEY], ascending=[False, True, True, True]).drop(columns="part")


def _gone(both: pd.DataFrame) -> pd.DataFrame:
    frame = both.rename(columns={"value_old": "before", "status_new": "status"})[[*KEY, "before", "status"]]
    return frame.assign(status=frame["status"].fillna(WITHOUT_REASON)).sort_values(KEY)


def _codes(areas: Mapping[str, pd.DataFrame]) -> set[str]:
    return {str(code) for table in areas.values() for code in table["area_code"]}


def _undrawn(areas: Mapping[str, pd.DataFrame], home: str) -> tuple[str, ...]:
    tables = [areas[name] for name in ("deso_2025", "regso_2025") if name in areas]
    found = [table[(table["municipality"] == home) & (table["boundary"] == "none")]["area_code"] for table in tables]
    return tuple(sorted(str(code) for codes in found for code in codes))
