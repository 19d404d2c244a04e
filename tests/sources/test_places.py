"""Places and schools: copied as they are, and refused when a coordinate cannot be right."""

import csv

import pytest

from dashboard.sources.places import PLACE_COLUMNS, SCHOOL_COLUMNS, copy_places
from dashboard.sources.tidy import InputError


def place(lat: str = "58.38", lon: str = "12.32", name: str = "Provbiblioteket") -> list[str]:
    return ["library", lat, lon, name, "amenity=library"]


def test_places_are_copied_sorted_and_counted(input_folder, tmp_path):
    input_folder.places([place(name="B"), place(name="A")])
    (report,) = copy_places(input_folder.path, "1487", tmp_path / "out")
    with (tmp_path / "out" / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == PLACE_COLUMNS
    assert [row["name"] for row in rows] == ["A", "B"]
    assert (report.rows, report.kept, sum(report.left_out.values())) == (2, 2, 0)


def test_schools_are_copied(input_folder, tmp_path):
    header = [*SCHOOL_COLUMNS, "further"]
    row = ["1", "Provskolan", "58.38", "12.32", "Kommunal", "300", "", "", "", "", "", "", "1487C1010", "x"]
    path = input_folder.path / "skolverket_schools_1487.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, row])
    copy_places(input_folder.path, "1487", tmp_path / "out")
    text = (tmp_path / "out" / "schools.csv").read_text("utf-8")
    assert text.splitlines()[1].startswith("1,Provskolan,58.38,12.32")
    assert "further" not in text


def test_another_municipality_has_no_places(input_folder, tmp_path):
    input_folder.places([place()])
    assert copy_places(input_folder.path, "1485", tmp_path / "out") == []
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    ("lat", "lon"),
    [("12.32", "58.38"), ("58.38", ""), ("..", "12.32"), ("0", "0"), ("54.9", "12"), ("58", "24.6"), ("north", "12")],
)
def test_coordinates_outside_sweden_are_refused_with_file_and_row(input_folder, tmp_path, lat, lon):
    input_folder.places([place(), place(lat, lon)])
    with pytest.raises(InputError, match=r"osm_places_1487\.csv, row 3: "):
        copy_places(input_folder.path, "1487", tmp_path / "out")


def test_swapped_coordinates_are_asked_about(input_folder, tmp_path):
    input_folder.places([place("12.32", "58.38")])
    with pytest.raises(InputError, match="are latitude and longitude swapped"):
        copy_places(input_folder.path, "1487", tmp_path / "out")
