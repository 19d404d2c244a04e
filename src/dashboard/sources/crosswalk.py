"""Works out which share of each area of the old division lies in which area of today's.

SCB re-cut its areas on 1 January 2025 and does not work out older figures for the new ones. The shares here let that be
done, for counts, and tell how certain it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from dashboard.sources.crosswalk_key import Key, read_key
from dashboard.sources.tidy import InputError

COLUMNS = ("level", "old_code", "new_code", "weight", "weight_back", "how")
FILE = "crosswalk.parquet"
LAYERS = ("deso_2018", "regso_2020", "deso_2025", "regso_2025")
#: What is less than this of both areas is the same line drawn twice, and a boundary that moves less has not moved.
SAME = 0.999
#: The least of an area that must be known: of an old one, that new ones cover, and of a new one, that old ones do.
COVERED = 0.9

KINDS = ("same", "split", "merged", "re-cut")


def crosswalk_of(
    boundaries: Mapping[str, gpd.GeoDataFrame], key: Path | None = None, people: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """Work out the shares.

    Parameters
    ----------
    boundaries
        ``deso_2018``, ``regso_2020``, ``deso_2025`` and ``regso_2025`` as ``Fetched`` has them: ``code``, ``geometry``
        in SWEREF 99 TM and, of small areas, ``regso``. Without all four there is nothing to work out.
    key
        SCB's list of changes as CSV (``crosswalk_key.read_key``). It decides which small areas have to do with one
        another; how large the parts are follows from their areas, unless it tells that too.
    people
        Whole code of a small area of the old division → persons. With them neighbourhoods are weighted by persons, so
        that a part where nobody lives counts for nothing; of small areas nothing finer is known, so that their parts
        are weighted by area.

    Returns
    -------
    One row for each pair of an old and a new area that have a part in common, sorted:

    ``level``
        ``deso`` or ``regso``.
    ``old_code``, ``new_code``
        Whole codes, with their division.
    ``weight``
        Share of the old area that goes into the new one; they add up to 1 for each old area.
    ``weight_back``
        Share of the new area that comes from the old one, by area. They add up to 1 for each new area, or to less where
        it has parts that no old area covers.
    ``how``
        ``key``: the key alone tells it; ``key_and_area``: the key tells the pairs and the area the size of the parts;
        ``area``; ``population``: by the persons of the small areas.

    Raises
    ------
    InputError
        When the key cannot be read or does not go together with the boundaries.
    """
    if any(name not in boundaries for name in LAYERS):
        return pd.DataFrame(columns=list(COLUMNS))
    old, new = boundaries["deso_2018"], boundaries["deso_2025"]
    pairs = _common_parts(old, new[new["code"].str[:4].isin(old["code"].str[:4].unique())])
    deso = _by_area(pairs) if key is None else _by_key(pairs, old, new, read_key(key))
    regso = _of_neighbourhoods(deso, old, new, people or {})
    named = [
        _named(deso, "deso", "_DeSO2018", "_DeSO2025"),
        _named(regso, "regso", "_RegSO2020", "_RegSO2025"),
    ]
    whole = pd.concat(named, ignore_index=True)
    return whole.sort_values(["level", "old_code", "new_code"], ignore_index=True)[list(COLUMNS)]


def kinds_of(crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Tell how each area of today came to be, and how certain older figures of it are.

    Parameters
    ----------
    crosswalk
        As ``crosswalk_of`` gives it.

    Returns
    -------
    ``level``, ``new_code``; ``kind``: ``same`` (its boundary did not move), ``split`` (one of the parts of an old area,
    none of which has anything else), ``merged`` (old areas in their whole), ``re-cut`` (anything else);
    ``largest_weight``: the largest share with which an old area went into it; ``covered``: how much of it comes from
    old areas, 0–1.
    """
    rows = crosswalk.assign(
        whole=crosswalk["weight"] >= SAME,
        in_parts=(crosswalk["weight_back"] >= SAME).groupby(crosswalk["old_code"]).transform("all"),
    )
    found = rows.groupby(["level", "new_code"], sort=True).agg(
        largest_weight=("weight", "max"),
        covered=("weight_back", "sum"),
        whole=("whole", "all"),
        in_parts=("in_parts", "all"),
    )
    found = found.reset_index()
    kind = np.select(
        [found["whole"] & found["in_parts"], found["in_parts"], found["whole"] & (found["covered"] >= SAME)],
        ["same", "split", "merged"],
        default="re-cut",
    )
    return found.assign(kind=kind)[["level", "new_code", "kind", "largest_weight", "covered"]]


def read_crosswalk(data_folder: Path) -> pd.DataFrame | None:
    """Read the crosswalk of a data folder; None when it has none.

    Raises
    ------
    InputError
        When the file is no crosswalk, or its weights do not add up.
    """
    path = data_folder / "areas" / FILE
    if not path.is_file():
        return None
    try:
        found = pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise InputError(f"{path.name} is not a readable Parquet file: run `dashboard update` again.") from error
    if absent := [name for name in COLUMNS if name not in found.columns]:
        raise InputError(f"{path.name} lacks the column {', '.join(absent)}: run `dashboard update` again.")
    sums = found.groupby("old_code")["weight"].sum()
    if not found["weight"].between(0, 1).all() or not np.allclose(sums, 1, rtol=0, atol=1e-9):
        raise InputError(f"{path.name} has weights that do not add up to 1: run `dashboard update` again.")
    return found[list(COLUMNS)]


def _common_parts(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame) -> pd.DataFrame:
    """Give the parts that old and new areas have in common: ``old``, ``new``, ``m2``, and its share of either."""
    before, after = old.geometry.to_numpy(), new.geometry.to_numpy()
    first, second = shapely.STRtree(after).query(before, predicate="intersects")
    m2 = shapely.area(shapely.intersection(before[first], after[second]))
    pairs = pd.DataFrame({"old": old["code"].to_numpy()[first], "new": new["code"].to_numpy()[second], "m2": m2})
    pairs["of_old"] = m2 / shapely.area(before)[first]
    pairs["of_new"] = m2 / shapely.area(after)[second]
    return pairs


def _by_area(pairs: pd.DataFrame) -> pd.DataFrame:
    """Weigh by area; parts that come from drawing the same line twice are left out."""
    kept = pairs[(pairs["of_old"] > 1 - SAME) | (pairs["of_new"] > 1 - SAME)]
    kept = kept[kept.groupby("old")["of_old"].transform("sum") >= COVERED]
    return kept.assign(weight=_shares_of(kept, "of_old"), weight_back=_at_most_one(kept), how="area")


def _by_key(pairs: pd.DataFrame, old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, key: Key) -> pd.DataFrame:
    """Weigh the pairs that a key names: by its shares, or by area where it tells none."""
    known = frozenset(new["code"])
    rows = []
    for code in old["code"]:
        targets = {target: share for target, share in key.targets(code, known).items() if target in known}
        rows += [(code, target, share, len(targets)) for target, share in targets.items()]
    told = pd.DataFrame(rows, columns=["old", "new", "share", "targets"]).astype({"share": "float64"})
    both = told.merge(pairs, on=["old", "new"], how="left").fillna({"m2": 0.0, "of_old": 0.0, "of_new": 0.0})
    for code in old["code"]:
        some = both[both["old"] == code]
        if some["of_old"].sum() < COVERED:
            raise InputError(
                f"{key.name} says that {code} went into {', '.join(some['new']) or 'nothing'}: that covers"
                f" {100 * some['of_old'].sum():.0f} per cent of it on the map: check that the file and the boundaries"
                " are of the same divisions."
            )
    told_shares = both["share"].notna() & (both["targets"] > 1)
    weight = both["share"].where(told_shares, both["of_old"])
    both = both.assign(part=weight)[(weight > 0).to_numpy()]
    how = np.where((both["targets"] == 1) | both["share"].notna(), "key", "key_and_area")
    return both.assign(weight=_shares_of(both, "part"), weight_back=_at_most_one(both), how=how)


def _shares_of(frame: pd.DataFrame, part: str) -> pd.Series[float]:
    """Give each part as a share of all parts of the same old area, so that nothing of a count is lost."""
    return frame[part] / frame.groupby("old")[part].transform("sum")


def _at_most_one(frame: pd.DataFrame) -> pd.Series[float]:
    """Give shares of the new area; boundaries that overlap by a little must not make more than all of it."""
    whole = frame.groupby("new")["of_new"].transform("sum")
    # What was left out as drawn twice is no part that nothing is known of.
    return frame["of_new"] / whole.where(whole >= SAME, 1.0)


def _of_neighbourhoods(
    deso: pd.DataFrame, old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, people: Mapping[str, float]
) -> pd.DataFrame:
    """Put the shares of small areas together to those of the neighbourhoods that they lie in."""
    before = old.set_index("code")
    after = new.set_index("code")
    mass = pd.Series(before.geometry.area, index=before.index)
    persons = pd.Series({code: people.get(f"{code}_DeSO2018", np.nan) for code in before.index}, dtype="float64")
    # By persons where those of all small areas of a neighbourhood are known and there are any.
    known = persons.groupby(before["regso"]).transform(lambda some: some.notna().all() and some.sum() > 0).astype(bool)
    mass = persons.where(known, mass)
    parts = pd.DataFrame(
        {
            "old": before["regso"].reindex(deso["old"]).to_numpy(),
            "new": after["regso"].reindex(deso["new"]).to_numpy(),
            "part": mass.reindex(deso["old"]).to_numpy() * deso["weight"].to_numpy(),
            "m2": after.geometry.area.reindex(deso["new"]).to_numpy() * deso["weight_back"].to_numpy(),
            "how": np.where(known.reindex(deso["old"]), "population", "area"),
        }
    )
    both = parts.groupby(["old", "new"], as_index=False).agg({"part": "sum", "m2": "sum", "how": "first"})
    all_of_new = after.geometry.area.groupby(after["regso"]).sum()
    both["of_new"] = both["m2"] / all_of_new.reindex(both["new"]).to_numpy()
    # A neighbourhood with a small area that the new ones leave out is left out itself.
    left_out = set(before.loc[~before.index.isin(deso["old"]), "regso"])
    both = both[~both["old"].isin(left_out)]
    return both.assign(weight=_shares_of(both, "part"), weight_back=_at_most_one(both))


def _named(pairs: pd.DataFrame, level: str, old: str, new: str) -> pd.DataFrame:
    return pairs.assign(level=level, old_code=pairs["old"] + old, new_code=pairs["new"] + new)[list(COLUMNS)]
