"""Input folders with invented figures under a real municipality code, so that readers and checks can be tested.

Nothing here is a fact about Vänersborg (1487): the areas are squares and the numbers are counted up.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import geopandas as gpd
import shapely

from dashboard.sources.indicator_names import AGE_BANDS

CODE = "1487"
REGSO_OF = {
    "1487A0010": "1487R001",
    "1487B2010": "1487R001",
    "1487C1010": "1487R001",
    "1487C1020": "1487R002",
    "1487C1030": "1487R002",
    "1487C1040": "1487R002",
}
DESOS = tuple(REGSO_OF)
REGSO_NAMES = {"1487R001": "Provby", "1487R002": "Testvik"}
SIDE = 1000.0
DESO_HEADER = ("desokod", "regsokod", "indicator", "year", "value", "unit", "scb_table")
REGSO_HEADER = ("regso_code", "name", "indicator", "year", "value", "unit", "source_table")
SERIES_HEADER = ("kommun_code", "kommun", "indicator", "year", "value", "unit", "source_table")
EXTERNAL_HEADER = ("area_code", "level", "indicator", "period", "value", "unit", "publisher")
TENURES = ("hyresratt", "bostadsratt", "aganderatt", "uppgift_saknas")

Row = list[str]


def population(position: int) -> int:
    """Invented persons in 2025 of the area at a position."""
    return 1000 + 100 * position


def population_before(position: int) -> int:
    """Invented persons in 2024 of the area at a position."""
    return population(position) - 10 + 3 * position


def growth(position: int) -> float:
    """The growth in per cent that goes with the two, as SCB rounds it."""
    return round((population(position) / population_before(position) - 1) * 100, 3)


def deso_rows() -> list[Row]:
    """Figures of the six DeSO, as `scb_deso_1487_indicators.csv` has them."""
    rows: list[Row] = []

    def add(deso: str, name: str, year: int, value: float, unit: str, table: str) -> None:
        rows.append([deso, REGSO_OF[deso], name, str(year), f"{value:g}", unit, table])

    for n, deso in enumerate(DESOS):
        add(deso, "population", 2025, population(n), "persons", "TAB6574")
        add(deso, "population_growth", 2025, growth(n), "percent", "TAB6574")
        add(deso, "foreign_background", 2024, 10 + 8 * n, "percent", "TAB6571")
        add(deso, "foreign_background", 2025, 11 + 8 * n, "percent", "TAB6571")
        add(deso, "low_economic_standard", 2024, 5 + 4 * n, "percent", "TAB6685")
        add(deso, "equivalised_disposable_income_median", 2024, 400.5 - 20 * n, "kSEK", "TAB6684")
        add(deso, "employment_rate", 2024, 85.5 - n, "percent", "TAB6680")
        add(deso, "unemployment", 2024, 5.5 + n, "percent", "TAB6680")
    return rows


def age_rows() -> list[Row]:
    """Persons by age and sex: the same invented number in every cell of an area."""
    return [
        [deso, _band(band), sex, str(10 + n)]
        for n, deso in enumerate(DESOS)
        for band in AGE_BANDS
        for sex in ("men", "women")
    ]


def _band(band: str) -> str:
    return "80+" if band == "80_plus" else band.replace("_", "-")


def tenure_rows() -> list[Row]:
    """Dwellings by tenure of the six DeSO."""
    return [[deso, tenure, str(50 + 10 * n * k)] for n, deso in enumerate(DESOS) for k, tenure in enumerate(TENURES)]


def regso_rows() -> list[Row]:
    """Figures of the two RegSO."""
    rows = []
    for n, (code, name) in enumerate(REGSO_NAMES.items()):
        rows.append([code, name, "population", "2025", str(3300 + 900 * n), "persons", "SCB TAB6574"])
        rows.append([code, name, "socio_economic_index", "2024", f"{5.5 + 9 * n:g}", "index", "SCB TAB6586"])
        rows.append([code, name, "foreign_background", "2025", str(19 + 24 * n), "percent", "SCB TAB6571"])
    return rows


def series_rows() -> list[Row]:
    """A short series of the municipality."""
    return [
        [CODE, "Provkommun", "low_economic_standard", str(year), str(10 + year - 2020), "percent", "SCB TAB6685"]
        for year in (2020, 2021, 2023)
    ]


def square(position: int) -> shapely.Polygon:
    """The square of the area at a position, in SWEREF 99 TM."""
    west, south = 340_000.0 + SIDE * (position % 3), 6_460_000.0 + SIDE * (position // 3)
    return shapely.box(west, south, west + SIDE, south + SIDE)


def write_csv(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    """Write a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


class InputFolder:
    """A folder of the publishers' files; by default only what SCB publishes for the DeSO."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.deso(deso_rows())
        self.ages(age_rows())
        self.tenure(tenure_rows())

    def deso(self, rows: Sequence[Row]) -> Path:
        """Write the indicators of the DeSO."""
        return write_csv(self.path / f"scb_deso_{CODE}_indicators.csv", DESO_HEADER, rows)

    def change_deso(self, change: Callable[[list[Row]], object]) -> Path:
        """Write the indicators of the DeSO after a change to their rows."""
        rows = deso_rows()
        change(rows)
        return self.deso(rows)

    def ages(self, rows: Sequence[Row]) -> Path:
        """Write persons by age and sex."""
        path = self.path / f"scb_deso_{CODE}_population_age_sex_2025.csv"
        return write_csv(path, ("desokod", "age", "sex", "persons"), rows)

    def tenure(self, rows: Sequence[Row]) -> Path:
        """Write dwellings by tenure."""
        return write_csv(self.path / f"scb_deso_{CODE}_tenure_2025.csv", ("desokod", "tenure", "dwellings"), rows)

    def regso(self, rows: Sequence[Row]) -> Path:
        """Write the indicators of the RegSO."""
        return write_csv(self.path / f"scb_regso_{CODE}_indicators.csv", REGSO_HEADER, rows)

    def series(self, rows: Sequence[Row]) -> Path:
        """Write the municipality's series."""
        return write_csv(self.path / "scb_kommun_series.csv", SERIES_HEADER, rows)

    def external(self, rows: Sequence[Row]) -> Path:
        """Write figures of other publishers."""
        return write_csv(self.path / f"external_{CODE}.csv", EXTERNAL_HEADER, rows)

    def places(self, rows: Sequence[Row]) -> Path:
        """Write named places."""
        header = ("category", "lat", "lon", "name", "osm_tag")
        return write_csv(self.path / f"osm_places_{CODE}.csv", header, rows)

    def boundaries(self, *, crs: int = 3006) -> None:
        """Write squares as boundaries of the DeSO, and what they form together as those of the RegSO."""
        squares = [square(n) for n in range(len(DESOS))]
        frame = gpd.GeoDataFrame({"desokod": DESOS, "regsokod": list(REGSO_OF.values())}, geometry=squares, crs=crs)
        frame.to_file(self.path / f"scb_deso_2025_{CODE}.gpkg", layer="DeSO_2025")
        regso = frame.dissolve("regsokod").reset_index()[["regsokod", "geometry"]]
        regso["regsonamn"] = regso["regsokod"].map(REGSO_NAMES)
        regso.to_file(self.path / f"scb_regso_2025_{CODE}.gpkg", layer="RegSO_2025")


def everything(path: Path) -> InputFolder:
    """Write an input folder with every kind of file."""
    folder = InputFolder(path)
    folder.regso(regso_rows())
    folder.series(series_rows())
    folder.boundaries()
    folder.places([["library", "58.38", "12.32", "Provbiblioteket", "amenity=library"]])
    folder.external([[CODE, "kommun", "municipal_tax_rate", "2024", "21.5", "%", "Kolada N00901"]])
    return folder
