"""Faults that somebody may put into a data folder by mistake, and what the dashboard must say about each."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import yaml

Cells = dict[str, str]
SHARES = "scb_tab6571.csv"


@dataclass(frozen=True)
class Fault:
    """A change to a data folder, and pieces of the sentence that must follow."""

    make: Callable[[Path], object]
    said: tuple[str, ...]


def edit_rows(data: Path, name: str, change: Callable[[list[Cells]], object]) -> None:
    """Change the rows of an observations file."""
    path = data / "observations" / name
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        header, rows = list(reader.fieldnames or []), list(reader)
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)


def first(**cells: str) -> Callable[[Path], None]:
    """Write other cells into the first row of the file with shares (row 2 of the file)."""
    return lambda data: edit_rows(data, SHARES, lambda rows: rows[0].update(cells))


def every(name: str, **changes: Callable[[str], str]) -> Callable[[Path], None]:
    """Change cells in every row of a file."""

    def change(rows: list[Cells]) -> None:
        for row in rows:
            row.update({column: make(row[column]) for column, make in changes.items() if row[column]})

    return lambda data: edit_rows(data, name, change)


def in_areas(level: str, change: Callable[[Any], object]) -> Callable[[Path], None]:
    """Change an area table."""

    def make(data: Path) -> None:
        path = data / "areas" / f"{level}_2025.parquet"
        frame = gpd.read_parquet(path)
        found = change(frame)
        (frame if found is None else found).to_parquet(path)

    return make


def put(column: str, cell: object) -> Callable[[Any], None]:
    """Write a cell into the first row of an area table."""

    def change(frame: Any) -> None:
        frame.loc[0, column] = cell

    return change


def write(part: str, text: str) -> Callable[[Path], int]:
    """Write a file of the data folder anew."""
    return lambda data: (data / part).write_text(text, "utf-8")


def _more_old_people_than_people(rows: list[Cells]) -> None:
    next(row for row in rows if row["indicator"] == "population_65_plus")["value"] = "99999"


def _twice(frame: Any) -> Any:
    return gpd.pd.concat([frame, frame.head(1)], ignore_index=True)


def _other_coordinates(frame: Any) -> Any:
    return frame.to_crs(3006)


def _unknown_focus(data: Path) -> None:
    text = {"sv": "x", "en": "x"}
    entry = {"id": "one", "position": 1, "name": text, "indicators": ["happiness"], "gap": text}
    content = {"municipality": "1487", "source": text, "source_date": "2026-01-01", "focus_areas": [entry]}
    (data / "register").mkdir(exist_ok=True)
    (data / "register" / "focus_areas.yaml").write_text(yaml.safe_dump(content), "utf-8")


def _unknown_place(data: Path) -> None:
    head = {"municipality": "1487", "source": {"sv": "x", "en": "x"}}
    entry = {"id": "one", "name": {"sv": "x", "en": "x"}, "status": "planned", "place": "moon"}
    (data / "register").mkdir(exist_ok=True)
    (data / "register" / "projects.yaml").write_text(yaml.safe_dump(head | {"projects": [entry]}), "utf-8")


def _school(*rows: str) -> Callable[[Path], None]:
    header = (
        "school_unit_code,name,lat,lon,principal_type,pupils_2025_26,merit_value_2025_26,all_subjects_passed_share,"
        "upper_secondary_eligible_share,certified_teacher_share,pupils_per_teacher,perceived_safety_0_10,desokod"
    )
    return lambda data: (data / "places" / "schools.csv").write_text("\n".join([header, *rows, ""]), "utf-8")


def _short_row(data: Path) -> None:
    with (data / "observations" / SHARES).open("a", encoding="utf-8") as file:
        file.write(f"{AREA},1\n")


SCHOOL = "1,Provskolan,58.38,12.32,Kommunal,300,,,,,,,"
PLACES = "category,name,lat,lon,osm_tag\n"
AREA = "1487A0010_DeSO2025"

FAULTS: dict[str, Fault] = {
    "duplicate key": Fault(
        lambda data: edit_rows(data, SHARES, lambda rows: rows.append(rows[0])),
        (f"{SHARES}, row 16: foreign_background_share for", f"is already in {SHARES}, row 2"),
    ),
    "share of 140": Fault(first(value="140"), (f"{SHARES}, row 2: ", "value 140, outside 0–100 percent")),
    "negative share": Fault(first(value="-1"), (f"{SHARES}, row 2: ", "value -1, outside 0–100")),
    "limit of 140": Fault(first(upper="140"), (f"{SHARES}, row 2: ", "upper 140, outside 0–100")),
    "unknown indicator": Fault(first(indicator="happiness"), (f"{SHARES}, row 2: the indicator happiness is not",)),
    "unknown area": Fault(
        first(area_code="1487C9999_DeSO2025"), (f"{SHARES}, row 2: the area 1487C9999_DeSO2025 is in",)
    ),
    "no area": Fault(first(area_code="Provby"), (f"{SHARES}, row 2: the area Provby is in no area table",)),
    "value of a missing figure": Fault(
        first(status="missing", value="12"), (f"{SHARES}, row 2: the status missing does not go with the value 12",)
    ),
    "no value of a published figure": Fault(
        first(status="published", value=""), (f"{SHARES}, row 2: the status published does not go with the value None",)
    ),
    "suppressed as zero": Fault(
        first(status="suppressed", value="0"), (f"{SHARES}, row 2: the status suppressed does not go with the value 0",)
    ),
    "unknown status": Fault(first(status="guessed"), (f"{SHARES}, row 2: the status “guessed”",)),
    "gap without a reason": Fault(
        first(status="missing", value="", note=""), (f"{SHARES}, row 2: a figure that is not there needs a note",)
    ),
    "lower above the value": Fault(first(value="20", lower="30"), (f"{SHARES}, row 2: the value 20 lies outside",)),
    "upper below the value": Fault(first(value="20", upper="10"), (f"{SHARES}, row 2: the value 20 lies outside",)),
    "text in a number": Fault(first(value="many"), (f"{SHARES}, row 2: “many” is not a number",)),
    "decimal comma": Fault(first(value="12,5"), (f"{SHARES}, row 2: “12,5” is not a number",)),
    "no year": Fault(first(year="now"), (f"{SHARES}, row 2: “now” is not a year",)),
    "year before the division": Fault(
        first(year="2022"), (f"{SHARES}, row 2: {AREA} did not exist in 2022; its status can only be false_zero",)
    ),
    "shares as fractions": Fault(
        every(SHARES, value=lambda cell: f"{float(cell) / 100:g}"),
        (f"{SHARES}, row 2: all values of foreign_background_share are at most 1; write shares in per cent",),
    ),
    "broken CSV": Fault(
        write(f"observations/{SHARES}", f"area_code,indicator\n{AREA}\n"),
        (f"{SHARES} lacks the column year",),
    ),
    "short row": Fault(
        _short_row,
        (f"{SHARES}, row 16: 2 cells where the header has 8",),
    ),
    "not UTF-8": Fault(
        lambda data: (data / "observations" / SHARES).write_bytes(b"\xe5"), (f"{SHARES} is not UTF-8 text",)
    ),
    "file of no source": Fault(
        lambda data: (data / "observations" / SHARES).rename(data / "observations" / "scb_tab9999.csv"),
        ("scb_tab9999.csv, row 2: the source scb_tab9999",),
    ),
    "more in the group than in all": Fault(
        lambda data: edit_rows(data, "scb_tab6574.csv", _more_old_people_than_people),
        (f"For {AREA} in 2025 the split age_65_plus has 99999 of 1000", "data/observations"),
    ),
    "no geometry": Fault(
        in_areas("deso", put("geometry", None)), (f"deso_2025.parquet, row {AREA}: the area has no geometry",)
    ),
    "hectares": Fault(
        in_areas("deso", put("area_m2", 100.0)),
        (f"deso_2025.parquet, row {AREA}: area_m2 is 100.0, but the polygon has ", "is the unit m²?"),
    ),
    "no area of a polygon": Fault(
        in_areas("deso", put("area_m2", None)), (f"deso_2025.parquet, row {AREA}: area_m2 is",)
    ),
    "unknown RegSO": Fault(
        in_areas("deso", put("regso_code", "1487R099_RegSO2025")),
        (f"deso_2025.parquet, row {AREA}: its RegSO 1487R099_RegSO2025 is not in the RegSO table",),
    ),
    "area twice": Fault(in_areas("deso", _twice), (f"deso_2025.parquet, row {AREA}: the area occurs twice",)),
    "area of another level": Fault(
        in_areas("deso", put("level", "regso")), (f"deso_2025.parquet, row {AREA}: level regso or municipality 1487",)
    ),
    "area code that is none": Fault(in_areas("deso", put("area_code", "Provby")), ("deso_2025.parquet, row Provby: ",)),
    "area table without a column": Fault(
        in_areas("deso", lambda frame: frame.drop(columns="kind")), ("deso_2025.parquet lacks the column kind",)
    ),
    "other coordinates": Fault(in_areas("deso", _other_coordinates), ("deso_2025.parquet", "WGS 84")),
    "no area table": Fault(
        lambda data: shutil.rmtree(data / "areas"), ("areas has no area table: run `dashboard bundle`",)
    ),
    "area table that is none": Fault(
        write("areas/deso_2025.parquet", "no"), ("deso_2025.parquet is not a readable GeoParquet",)
    ),
    "no observations": Fault(
        lambda data: shutil.rmtree(data / "observations"), ("observations has no observations: run `dashboard bundle`",)
    ),
    "no bundle.yaml": Fault(lambda data: (data / "bundle.yaml").unlink(), ("bundle.yaml cannot be read",)),
    "empty bundle.yaml": Fault(write("bundle.yaml", ""), ("bundle.yaml cannot be read",)),
    "home municipality without data": Fault(
        write("bundle.yaml", "municipality: '1480'\n"),
        ("There are no data for municipality 1480; the data folder has 1487",),
    ),
    "no catalogue": Fault(lambda data: shutil.rmtree(data / "catalogue"), ("catalogue",)),
    "indicator without its definition": Fault(
        lambda data: (data / "catalogue" / "indicators" / "population.yaml").write_text("id: population\n", "utf-8"),
        ("population",),
    ),
    "focus area with an unknown indicator": Fault(_unknown_focus, ("focus_areas.yaml: one names happiness",)),
    "project with an unknown place": Fault(_unknown_place, ("projects.yaml: one names moon",)),
    "school twice": Fault(_school(SCHOOL, SCHOOL), ("does not fit", "duplicate key")),
    "school with text for a number": Fault(_school(SCHOOL.replace("300", "many")), ("schools.csv, row 2", "many")),
    "place without a position": Fault(
        write("places/places.csv", PLACES + "library,Provbiblioteket,north,12.32,amenity=library\n"),
        ("places.csv, row 2", "north"),
    ),
    "place without a category": Fault(
        write("places/places.csv", "name,lat,lon\nProvbiblioteket,58.38,12.32\n"),
        ("places.csv lacks the column category",),
    ),
    "study place without a side": Fault(
        lambda data: (
            (data / "register").mkdir(exist_ok=True)
            or write("register/places.yaml", "municipality: '1487'\nplaces: [{name: A, lat: 58.3, lon: 12.3}]\n")(data)
        ),
        ("places.yaml",),
    ),
}
