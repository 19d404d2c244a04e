"""A made-up data folder with both divisions of its areas, a crosswalk, and figures of the years before the re-cut.

Of today's six small areas three are as they were, 1487C1020 and 1487C1030 were one, and 1487C1040 was two.
"""

from __future__ import annotations

import csv
from pathlib import Path

import geopandas as gpd
import made_up
import shapely

from dashboard.sources.area_codes import parse_area_code
from dashboard.sources.crosswalk import crosswalk_of
from dashboard.sources.scb_areas import area_table

YEARS = range(2019, 2024)
#: Old area → the new one that it lies in, or those that it was split into.
OLD = {
    "1487A0010": "1487R001",
    "1487B2010": "1487R001",
    "1487C1010": "1487R001",
    "1487C1025": "1487R002",
    "1487C1041": "1487R002",
    "1487C1042": "1487R002",
}


def old_shapes() -> dict[str, shapely.Polygon]:
    """Give the boundaries of the old small areas."""
    squares = {code: made_up.square(n) for n, code in enumerate(made_up.DESOS)}
    west, south, east, north = squares["1487C1040"].bounds
    middle = (west + east) / 2
    return {
        **{code: squares[code] for code in ("1487A0010", "1487B2010", "1487C1010")},
        "1487C1025": shapely.union(squares["1487C1020"], squares["1487C1030"]),
        "1487C1041": shapely.box(west, south, middle, north),
        "1487C1042": shapely.box(middle, south, east, north),
    }


def boundaries() -> dict[str, gpd.GeoDataFrame]:
    """Give both divisions as a publisher of boundaries hands them over."""
    shapes = old_shapes()
    old = gpd.GeoDataFrame(
        {"code": list(OLD), "regso": list(OLD.values())}, geometry=[shapes[code] for code in OLD], crs=3006
    )
    squares = [made_up.square(n) for n in range(len(made_up.DESOS))]
    new = gpd.GeoDataFrame(
        {"code": list(made_up.REGSO_OF), "regso": list(made_up.REGSO_OF.values())}, geometry=squares, crs=3006
    )
    found = {"deso_2018": old, "deso_2025": new}
    for name, deso in (("regso_2020", old), ("regso_2025", new)):
        regso = deso.dissolve("regso").reset_index()[["regso", "geometry"]].rename(columns={"regso": "code"})
        regso.insert(1, "name", regso["code"].map(made_up.REGSO_NAMES))
        found[name] = regso
    return found


def population(position: int, year: int) -> int:
    """Invented persons of the old area at a position."""
    return 900 + 100 * position + 10 * (year - 2019)


def share(position: int, year: int) -> float:
    """Invented per cent with foreign background of the old area at a position."""
    return 10 + 5 * position + (year - 2019)


def add_old_division(data: Path) -> None:
    """Put areas, figures and the crosswalk of the old division into a data folder that was made of ``made_up``."""
    drawn = boundaries()
    for name, suffix in (("deso_2018", "_DeSO2018"), ("regso_2020", "_RegSO2020")):
        codes = [parse_area_code(code + suffix) for code in drawn[name]["code"]]
        names = made_up.REGSO_NAMES if name.startswith("regso") else {}
        table = area_table(codes, drawn[name], names, OLD, "published")
        table.to_parquet(data / "areas" / f"{name}.parquet")
    crosswalk_of(drawn).to_parquet(data / "areas" / "crosswalk.parquet")
    for source, indicator, figure in (
        ("scb_tab6574", "population", population),
        ("scb_tab6571", "foreign_background_share", share),
        ("scb_tab6684", "disposable_income_median", share),
    ):
        with (data / "observations" / f"{source}.csv").open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            for position, code in enumerate(OLD):
                for year in YEARS:
                    told = (f"{code}_DeSO2018", indicator, year, figure(position, year), "", "", "published", "")
                    writer.writerow(told)
