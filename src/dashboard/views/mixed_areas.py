"""The home municipality's areas with how mixed each is, for a split of several groups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboard.catalogue import Split
from dashboard.measures.diversity import AreaMix, area_mixes
from dashboard.views.areas import home_areas, short_name
from dashboard.warehouse.connection import Warehouse


@dataclass(frozen=True)
class Mixed:
    """The areas of a level with how mixed they are, the most mixed first; those without a value last."""

    split: Split
    level: str
    year: int
    names: tuple[str, ...]
    codes: tuple[str, ...]
    counts: tuple[tuple[float | None, ...], ...]
    mixes: tuple[AreaMix, ...]
    city: AreaMix

    @property
    def short(self) -> tuple[str, ...]:
        """What titles and pictures call the areas."""
        return tuple(short_name(name) for name in self.names)

    @property
    def known(self) -> int:
        """How many areas have a value."""
        return sum(one.score is not None for one in self.mixes)


@lru_cache(maxsize=16)
def mixed_areas(warehouse: Warehouse, municipality: str, split: Split, level: str, year: int) -> Mixed:
    """Give how mixed every area of a level is, worked out once."""
    label = {area.area_code: area.label for area in home_areas(warehouse, municipality, level)}
    counts: dict[str, list[float | None]] = {}
    reasons: dict[str, str | None] = {}
    parameters = {"municipality": municipality, "level": level, "year": year, "split": split.id}
    for row in warehouse.rows("group_counts", parameters):
        code = str(row["area_code"])
        counts.setdefault(code, []).append(row["n"] if isinstance(row["n"], float) else None)
        reasons[code] = reasons.get(code) or (None if row["reason"] is None else str(row["reason"]))
    codes = [code for code in counts if code in label]
    n = np.array([[np.nan if one is None else one for one in counts[code]] for code in codes])
    mixes = dict(zip(codes, area_mixes(n, [reasons[code] for code in codes]), strict=True))
    # Of areas that are as mixed the first by name comes first, so that the order never changes by itself.
    codes.sort(key=lambda code: (mixes[code].score is None, -(mixes[code].score or 0.0), label[code]))
    return Mixed(
        split,
        level,
        year,
        tuple(label[code] for code in codes),
        tuple(codes),
        tuple(tuple(counts[code]) for code in codes),
        tuple(mixes[code] for code in codes),
        area_mixes(n.sum(axis=0, keepdims=True))[0],
    )
