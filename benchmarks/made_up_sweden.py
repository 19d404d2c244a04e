"""A made-up Sweden: as many areas as the real one has in both divisions, and answers in SCB's form.

Codes have the form of SCB's, and municipalities their own codes; which areas a municipality has and all figures are
made up.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from dashboard.sources.area_codes import AreaCode, existed, parse_area_code
from dashboard.sources.false_zeros import area_of_service
from dashboard.sources.http_answers import Call, parse_json
from dashboard.sources.scb_areas import SWEREF_99_TM, area_table, municipality_table
from dashboard.sources.scb_recipes import RECIPES

DESO = {2018: 5984, 2025: 6160}
REGSO = {2020: 3363, 2025: 3363}
YEARS = tuple(str(year) for year in range(2011, 2026))
#: Those of the tables with small areas that have figures of every year.
TABLES = (
    "TAB6574",
    "TAB6568",
    "TAB6571",
    "TAB6683",
    "TAB6684",
    "TAB6685",
    "TAB6680",
    "TAB6534",
    "TAB6638",
    "TAB6586",
    "TAB6065",
)
HOME = "1488"
#: So many municipalities are larger: the home one has some thirty small areas.
HOME_IS = 40
MOST_CELLS = 150_000
UPDATED = "2026-06-23T06:00:00Z"
BUILDINGS = ("FLERBOST", "SMÅHUS", "ÖVRHUS")
#: From and to of the figures of a code; those of one that is not named here are from 10 to 60.
SPANS: Mapping[str, tuple[int, int]] = {
    "totalt": (2040, 2200),
    "TOTALT": (700, 900),
    "SA": (1500, 2000),
    "000008A4": (1, 500),
    "000008A2": (1, 60),
    "000008AB": (150, 400),
    "000008AC": (1, 40),
    "000008A5": (900, 1500),
    "0000089X": (500, 700),
    "0000089V": (700, 900),
    "0000089Y": (900, 1200),
}
#: One cell in so many is withheld.
WITHHELD = 200


class MadeUpAnswers:
    """Gives answers in SCB's form, and keeps each as a file; later it gives those that it has kept.

    It stands in the place of an ``AnswerCache``.

    Parameters
    ----------
    folder
        Where the files lie.
    municipalities
        Codes of the municipalities that have areas.
    """

    def __init__(self, folder: Path, municipalities: tuple[str, ...]) -> None:
        self._folder, self._municipalities = folder, municipalities
        self.answers = SimpleNamespace(source=SimpleNamespace(name="Made-up SCB"))
        self.fetched = self.bytes = 0
        folder.mkdir(parents=True, exist_ok=True)

    def document(self, call: Call, stamp: str | None = None) -> object:
        """Give the parsed answer to a call, of the state of the data that is named."""
        asked = json.dumps([call.path, call.parameters, call.body, stamp])
        file = self._folder / f"{hashlib.sha256(asked.encode()).hexdigest()[:32]}.json"
        if not file.is_file():
            file.write_text(json.dumps(self._answer(call)), "utf-8")
        content = file.read_bytes()
        self.bytes += len(content)
        return parse_json(content)

    def _answer(self, call: Call) -> object:
        if call.path == "/config":
            return {"maxDataCells": MOST_CELLS, "maxCallsPerTimeWindow": 0, "timeWindow": 0}
        table = call.path.split("/")[2]
        if call.path.endswith("/metadata"):
            return _data_set(_dimensions(table, self._municipalities))
        if call.path.endswith("/data"):
            return _with_cells(_asked_for(call))
        return {"id": table, "updated": UPDATED, "discontinued": False}


def municipalities(data_folder: Path) -> dict[str, str]:
    """Give the names of Sweden's municipalities by code."""
    with (data_folder / "catalogue" / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def areas(level: str, vintage: int, codes: tuple[str, ...]) -> list[AreaCode]:
    """Give the areas of a division; some municipalities have a hundred times as many as others."""
    count = (DESO if level == "deso" else REGSO)[vintage]
    others = [code for code in sorted(codes) if code != HOME]
    ordered = [*others[:HOME_IS], HOME, *others[HOME_IS:]]
    weights = 1 / (np.arange(len(codes)) + 8)
    shares = np.maximum(1, np.floor(weights / weights.sum() * count)).astype(int)
    shares[0] += count - shares.sum()
    suffix = f"_{'DeSO' if level == 'deso' else 'RegSO'}{vintage}"
    form = "C{:04}" if level == "deso" else "R{:03}"
    return [
        parse_area_code(code + form.format(10 * n if level == "deso" else n) + suffix)
        for code, share in zip(ordered, shares, strict=True)
        for n in range(1, share + 1)
    ]


def area_tables(names: Mapping[str, str]) -> Iterator[tuple[str, gpd.GeoDataFrame]]:
    """Give the area tables: every area is a square of a square kilometre beside the others of its municipality."""
    codes = tuple(names)
    outline = None
    for level, vintage in (("deso", 2018), ("regso", 2020), ("deso", 2025), ("regso", 2025)):
        members = areas(level, vintage, codes)
        shapes = gpd.GeoDataFrame(
            {"code": [area.code for area in members]}, geometry=list(_squares(members, codes)), crs=SWEREF_99_TM
        )
        regso_of = {area.code: f"{area.municipality}R001" for area in members if level == "deso"}
        yield f"{level}_{vintage}", area_table(members, shapes, {}, regso_of, "published")
        outline = shapes[[area.municipality == HOME for area in members]]
    yield "municipality", municipality_table(dict(names), HOME, outline)


def _squares(members: list[AreaCode], codes: tuple[str, ...]) -> Iterator[shapely.Geometry]:
    places = {code: n for n, code in enumerate(codes)}
    seen: dict[str, int] = {}
    for area in members:
        number = seen[area.municipality] = seen.get(area.municipality, -1) + 1
        place = places[area.municipality]
        x, y = 300_000 + 30_000 * (place % 15), 6_200_000 + 40_000 * (place // 15)
        east, north = x + 1000 * (number % 25), y + 1000 * (number // 25)
        yield shapely.box(east, north, east + 1000, north + 1000)


def _dimensions(table: str, codes: tuple[str, ...]) -> dict[str, list[str]]:
    recipe = RECIPES[table]
    regions = list(codes) if "municipality" in recipe.levels else []
    for level, divisions in (("deso", DESO), ("regso", REGSO)):
        for vintage in divisions if level in recipe.levels else ():
            regions += [area.full if vintage == 2025 else area.code for area in areas(level, vintage, codes)]
    others = {
        name: list(BUILDINGS if name == "Hustyp" else some if isinstance(some, tuple) else ("00000000",))
        for name, some in recipe.dimensions.items()
    }
    return {"Region": regions, **others, "Tid": list(YEARS)}


def _asked_for(call: Call) -> dict[str, list[str]]:
    """Give the codes by dimension that a call asks for."""
    if call.body is not None:
        selection: Any = call.body["selection"]
        return {one["variableCode"]: list(one["valueCodes"]) for one in selection}
    start = "valueCodes["
    return {name[len(start) : -1]: text.split(",") for name, text in call.parameters if name.startswith(start)}


def _data_set(dimensions: Mapping[str, list[str]]) -> dict[str, object]:
    return {
        "class": "dataset",
        "label": "Made-up figures",
        "source": "Made up",
        "updated": UPDATED,
        "id": list(dimensions),
        "size": [len(codes) for codes in dimensions.values()],
        "dimension": {
            name: {"label": name, "category": {"index": _places(codes), "label": {code: code for code in codes}}}
            for name, codes in dimensions.items()
        },
    }


def _places(codes: list[str]) -> dict[str, int]:
    return {code: place for place, code in enumerate(codes)}


def _nowhere(dimensions: Mapping[str, list[str]]) -> npt.NDArray[np.bool_]:
    """Tell which cells are of areas in years in which they did not exist: the service answers 0."""
    told = [area_of_service(code) for code in dimensions["Region"]]
    absent = [[area is not None and not existed(area, int(year)) for year in dimensions["Tid"]] for area in told]
    names, sizes = list(dimensions), [len(codes) for codes in dimensions.values()]
    order = [names.index(name) for name in ("Region", "Tid")]
    shape = [sizes[place] if place in order else 1 for place in range(len(sizes))]
    given = np.array(absent) if order[0] < order[1] else np.array(absent).T
    return np.broadcast_to(given.reshape(shape), sizes).copy()


def _with_cells(dimensions: Mapping[str, list[str]]) -> dict[str, object]:
    low, high = np.zeros(()), np.zeros(())
    for codes in dimensions.values():
        spans = np.array([SPANS.get(code, (0, 0)) for code in codes])
        low, high = np.maximum(low[..., None], spans[:, 0]), np.maximum(high[..., None], spans[:, 1])
    low, high = np.where(high == 0, 10, low), np.where(high == 0, 60, high)
    seed = hashlib.sha256(json.dumps(dimensions).encode()).digest()
    rng = np.random.default_rng(np.frombuffer(seed, dtype=np.uint32))
    figures = np.floor(rng.uniform(low, high)).reshape(-1)
    figures[_nowhere(dimensions).reshape(-1)] = 0
    cells: list[int | None] = figures.astype(int).tolist()
    withheld = [int(place) for place in np.flatnonzero(rng.integers(0, WITHHELD, len(cells)) == 0)]
    for place in withheld:
        cells[place] = None
    return {**_data_set(dimensions), "value": cells, "status": {str(place): ".." for place in withheld}}
