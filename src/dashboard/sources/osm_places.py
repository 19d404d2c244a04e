"""The named places that an OpenStreetMap extract brings, in the categories of ``data/places/places.csv``."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import fmean

import shapely

from dashboard.file_swap import file_swapped_in
from dashboard.sources.places import PLACE_COLUMNS

#: OpenStreetMap's tag → category.
CATEGORIES = {
    ("amenity", "library"): "culture",
    ("tourism", "museum"): "culture",
    ("amenity", "kindergarten"): "daycare",
    ("amenity", "school"): "education",
    ("shop", "supermarket"): "grocery",
    ("shop", "convenience"): "grocery",
    ("amenity", "clinic"): "health",
    ("amenity", "hospital"): "health",
    ("amenity", "pharmacy"): "pharmacy",
    ("leisure", "sports_centre"): "sports",
    ("highway", "bus_stop"): "transport",
    ("public_transport", "station"): "transport",
}
PLACE_KEYS = frozenset(key for key, _ in CATEGORIES)
#: A stop has one post a direction, a station a point and an outline: one place a name.
ONE_A_NAME = "transport"


@dataclass(frozen=True, order=True)
class NamedPlace:
    """One row of ``places.csv``; degrees in WGS 84."""

    category: str
    name: str
    lat: float
    lon: float
    osm_tag: str


def place_category(tags: Mapping[str, str]) -> tuple[str, str] | None:
    """Give the category of a named place and the tag that tells it, or None for anything else."""
    if not tags.get("name", "").strip():
        return None
    for (key, value), category in CATEGORIES.items():
        if tags.get(key) == value:
            return category, f"{key}={value}"
    return None


def places_within(places: Iterable[NamedPlace], outline: shapely.Geometry) -> list[NamedPlace]:
    """Give the places within an outline (degrees), sorted; stops and stations once a name, in the middle of them."""
    shapely.prepare(outline)
    inside = [one for one in places if shapely.contains_xy(outline, one.lon, one.lat)]
    same: dict[tuple[str, str], list[NamedPlace]] = defaultdict(list)
    for one in inside:
        same[one.name, one.osm_tag].append(one)
    kept = [one for one in inside if one.category != ONE_A_NAME]
    for (name, tag), group in same.items():
        if group[0].category == ONE_A_NAME:
            kept.append(
                NamedPlace(ONE_A_NAME, name, fmean(one.lat for one in group), fmean(one.lon for one in group), tag)
            )
    return sorted(set(kept))


def write_places(places: Sequence[NamedPlace], path: Path) -> None:
    """Write the places beside, and swap the file in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with file_swapped_in(path) as new, new.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, PLACE_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(map(place_row, places))


def place_row(place: NamedPlace) -> dict[str, str]:
    """Give a place as it is written: one line, degrees with five decimals."""
    category, name, lat, lon, tag = astuple(place)
    return dict(zip(PLACE_COLUMNS, (category, " ".join(name.split()), f"{lat:.5f}", f"{lon:.5f}", tag), strict=True))
