"""Making the data folder: nothing is lost silently, nothing is half done."""

import csv
import hashlib
import re
import shutil
from pathlib import Path

import geopandas as gpd
import made_up
import pytest
import yaml

from dashboard.sources.bundle import bundle, municipality_names
from dashboard.sources.data_swap import swap
from dashboard.sources.tidy import InputError


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def rows_of(data: Path, source: str) -> list[dict[str, str]]:
    with (data / "observations" / f"{source}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figure(data: Path, source: str, area: str, indicator: str, year: int) -> dict[str, str]:
    (one,) = [
        row
        for row in rows_of(data, source)
        if (row["area_code"], row["indicator"], row["year"]) == (area, indicator, str(year))
    ]
    return one


def run(folder: made_up.InputFolder, data: Path) -> list[str]:
    said: list[str] = []
    bundle(folder.path, made_up.CODE, data, said.append)
    return said


def test_every_row_is_accounted_for(empty_data, tmp_path):
    said = run(made_up.everything(tmp_path / "input"), empty_data)
    counts = [re.fullmatch(r"(\S+): (\d+) rows read, (\d+) kept, (\d+) left out", line) for line in said]
    found = {match[1]: tuple(int(number) for number in match.groups()[1:]) for match in counts if match}
    for name, (read, kept, left) in found.items():
        path = tmp_path / "input" / name
        lines = len(gpd.read_file(path)) if path.suffix == ".gpkg" else len(path.read_text("utf-8").splitlines()) - 1
        assert read == lines, name
        assert read == kept + left, name
    assert set(found) == {path.name for path in (tmp_path / "input").iterdir()}


def test_what_is_left_out_is_told_with_its_reason(input_folder, empty_data):
    input_folder.external(
        [
            [made_up.CODE, "kommun", "school_trygghet", "2025/26", "7.1", "", "Skolverket"],
            [made_up.CODE, "kommun", "municipal_tax_rate", "2024", "21.5", "%", "Kolada N00901"],
        ]
    )
    said = run(input_folder, empty_data)
    assert "external_1487.csv: 2 rows read, 1 kept, 1 left out" in said
    assert "    1 left out: the scale and year are not known" in said


def test_files_that_are_not_looked_at_are_named(input_folder, empty_data):
    (input_folder.path / "scb_deso_1480_indicators.csv").write_text("of another municipality", "utf-8")
    (input_folder.path / "notes.txt").write_text("", "utf-8")
    said = run(input_folder, empty_data)
    for name in ("notes.txt", "scb_deso_1480_indicators.csv"):
        assert f"{name}: not read, not a file of this municipality that the dashboard knows" in said


def test_the_statuses_are_counted(input_folder, empty_data):
    input_folder.change_deso(lambda rows: rows[2].__setitem__(4, ".."))
    said = run(input_folder, empty_data)
    written = [row for path in (empty_data / "observations").glob("*.csv") for row in rows_of(empty_data, path.stem)]
    for status in ("published", "derived", "suppressed", "missing", "false_zero"):
        assert f"{sum(row['status'] == status for row in written)} observations with status {status}" in said
    assert "1 observations with status suppressed" in said


def test_figures_arrive_unchanged(input_folder, empty_data):
    run(input_folder, empty_data)
    for row in made_up.deso_rows():
        if row[2] == "population":
            found = figure(empty_data, "scb_tab6574", f"{row[0]}_DeSO2025", "population", 2025)
            assert (found["value"], found["status"]) == (row[4], "published")


@pytest.mark.parametrize(("cell", "status"), [("..", "suppressed"), (".", "missing"), ("", "missing")])
def test_a_figure_that_is_not_there_stays_empty_with_its_reason(input_folder, empty_data, cell, status):
    input_folder.change_deso(lambda rows: rows[2].__setitem__(4, cell))
    run(input_folder, empty_data)
    one = figure(empty_data, "scb_tab6571", "1487A0010_DeSO2025", "foreign_background_share", 2024)
    assert (one["value"], one["status"]) == ("", status)
    assert one["note"]


def test_a_false_zero_is_empty(input_folder, empty_data):
    input_folder.change_deso(
        lambda rows: rows.append(["1487A0010", "1487R001", "foreign_background", "2022", "0", "percent", "TAB6571"])
    )
    run(input_folder, empty_data)
    one = figure(empty_data, "scb_tab6571", "1487A0010_DeSO2025", "foreign_background_share", 2022)
    assert (one["value"], one["status"]) == ("", "false_zero")


def test_the_year_before_is_worked_out_for_every_area(input_folder, empty_data):
    run(input_folder, empty_data)
    for n, deso in enumerate(made_up.DESOS):
        one = figure(empty_data, "scb_tab6574", f"{deso}_DeSO2025", "population", 2024)
        assert (float(one["value"]), one["status"]) == (made_up.population_before(n), "derived")


def test_a_figure_that_one_area_lacks_is_missing_there(input_folder, empty_data):
    input_folder.change_deso(lambda rows: rows.remove(next(r for r in rows if r[2] == "foreign_background")))
    run(input_folder, empty_data)
    one = figure(empty_data, "scb_tab6571", "1487A0010_DeSO2025", "foreign_background_share", 2024)
    assert (one["value"], one["status"], one["note"]) == ("", "missing", "absent_in_source")


def test_a_year_inside_a_series_that_is_not_there_is_missing(tmp_path, empty_data):
    run(made_up.everything(tmp_path / "input"), empty_data)
    found = {row["year"]: row for row in rows_of(empty_data, "scb_tab6685") if row["area_code"] == "1487"}
    assert {year: row["value"] for year, row in found.items()} == {"2020": "10", "2021": "11", "2022": "", "2023": "13"}
    assert (found["2022"]["status"], found["2022"]["note"]) == ("missing", "absent_in_source")


def test_provenance_is_the_fingerprint_of_the_files(tmp_path, empty_data):
    folder = made_up.everything(tmp_path / "input")
    run(folder, empty_data)
    named = set()
    for path in (empty_data / "catalogue" / "sources").glob("*.yaml"):
        for entry in yaml.safe_load(path.read_text("utf-8"))["files"]:
            original = folder.path / entry["name"]
            assert entry["sha256"] == hashlib.sha256(original.read_bytes()).hexdigest()
            assert entry["rows"] > 0
            named.add(entry["name"])
    assert named == {path.name for path in folder.path.iterdir()}


def test_a_source_without_files_keeps_its_entry_and_names_none(input_folder, empty_data):
    before = {path.name for path in (empty_data / "catalogue" / "sources").iterdir()}
    run(input_folder, empty_data)
    after = {path.name for path in (empty_data / "catalogue" / "sources").iterdir()}
    assert after == before
    bra = yaml.safe_load((empty_data / "catalogue" / "sources" / "bra.yaml").read_text("utf-8"))
    assert bra["files"] == []
    assert bra["publisher"]["sv"]


def test_area_tables_carry_names_regso_and_square_metres(tmp_path, empty_data):
    run(made_up.everything(tmp_path / "input"), empty_data)
    deso = gpd.read_parquet(empty_data / "areas" / "deso_2025.parquet").set_index("code")
    regso = gpd.read_parquet(empty_data / "areas" / "regso_2025.parquet").set_index("code")
    assert list(deso.index) == sorted(made_up.DESOS)
    assert set(deso["area_m2"]) == {1_000_000.0}
    assert dict(deso["regso_code"]) == {d: f"{r}_RegSO2025" for d, r in made_up.REGSO_OF.items()}
    assert dict(regso["name"]) == made_up.REGSO_NAMES
    assert list(regso["area_m2"]) == [3_000_000.0, 3_000_000.0]
    assert set(deso["boundary"]) == {"generalised"}
    assert set(regso["boundary"]) == {"published"}


def test_only_the_scb_files_make_areas_without_boundaries(input_folder, empty_data):
    run(input_folder, empty_data)
    for level in ("deso", "regso"):
        table = gpd.read_parquet(empty_data / "areas" / f"{level}_2025.parquet")
        assert set(table["boundary"]) == {"none"}
        assert table.geometry.isna().all()
    assert not list((empty_data / "places").iterdir())


def test_the_same_input_gives_the_same_files(tmp_path, empty_data):
    folder = made_up.everything(tmp_path / "input")
    run(folder, empty_data)
    first = snapshot(empty_data)
    run(folder, empty_data)
    assert snapshot(empty_data) == first


def test_figures_of_an_earlier_bundle_do_not_stay(tmp_path, empty_data):
    run(made_up.everything(tmp_path / "input"), empty_data)
    assert (empty_data / "observations" / "kolada.csv").is_file()
    run(made_up.InputFolder(tmp_path / "less"), empty_data)
    assert not (empty_data / "observations" / "kolada.csv").exists()
    assert not list((empty_data / "places").iterdir())


FAULTS = {
    "broken row": lambda f: (f.path / "scb_deso_1487_tenure_2025.csv").write_text(
        "desokod,tenure,dwellings\n1487C1010,1\n"
    ),
    "not UTF-8": lambda f: (f.path / "scb_deso_1487_tenure_2025.csv").write_bytes(b"desokod,\xe5\n"),
    "missing column": lambda f: (f.path / "scb_deso_1487_tenure_2025.csv").write_text("desokod,tenure\n1,2\n"),
    "empty file": lambda f: (f.path / "scb_deso_1487_tenure_2025.csv").write_text(""),
    "text in a number": lambda f: f.change_deso(lambda rows: rows[0].__setitem__(4, "many")),
    "not a year": lambda f: f.change_deso(lambda rows: rows[0].__setitem__(3, "now")),
    "twice in a file": lambda f: f.change_deso(lambda rows: rows.append(rows[0])),
    "two different figures": lambda f: f.regso(
        [*made_up.regso_rows(), *[[*r[:4], "1", *r[5:]] for r in made_up.regso_rows()]]
    ),
    "figure before the code": lambda f: f.change_deso(lambda rows: rows[2].__setitem__(3, "2022")),
    "swapped coordinates": lambda f: f.places([["library", "12.32", "58.38", "P", "amenity=library"]]),
    "unknown municipality in a file": lambda f: f.series(
        [["9999", "Ingenstans", "population", "2025", "1", "", "TAB6574"]]
    ),
    "another coordinate system": lambda f: f.boundaries(crs=3021),
    "no GeoPackage": lambda f: (f.path / "scb_deso_2025_1487.gpkg").write_text("no"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_leaves_the_old_data_byte_for_byte(input_folder, empty_data, fault):
    run(input_folder, empty_data)
    before = snapshot(empty_data)
    FAULTS[fault](input_folder)
    with pytest.raises(InputError) as caught:
        run(input_folder, empty_data)
    assert str(caught.value)
    assert snapshot(empty_data) == before
    assert [path.name for path in empty_data.parent.iterdir() if path.name.startswith(".bundle-")] == []


@pytest.mark.parametrize("column", ["desokod", "regsokod"])
def test_a_boundary_with_a_code_that_is_none_is_refused(input_folder, empty_data, column):
    input_folder.boundaries()
    path = input_folder.path / "scb_deso_2025_1487.gpkg"
    frame = gpd.read_file(path)
    frame.loc[0, column] = "Provby"
    path.unlink()
    frame.to_file(path, layer="DeSO_2025")
    with pytest.raises(InputError, match=r"scb_deso_2025_1487\.gpkg.*Provby"):
        run(input_folder, empty_data)


def test_two_boundaries_of_one_area_are_refused(input_folder, empty_data):
    input_folder.boundaries()
    path = input_folder.path / "scb_deso_2025_1487.gpkg"
    frame = gpd.read_file(path)
    frame.loc[0, "desokod"] = frame.loc[1, "desokod"]
    path.unlink()
    frame.to_file(path, layer="DeSO_2025")
    with pytest.raises(InputError, match=r"scb_deso_2025_1487\.gpkg.*1487B2010"):
        run(input_folder, empty_data)


def test_a_regso_that_is_none_is_refused(input_folder, empty_data):
    input_folder.change_deso(lambda rows: rows[0].__setitem__(1, "Provby"))
    with pytest.raises(InputError, match="Provby"):
        run(input_folder, empty_data)


def test_a_code_that_is_no_municipality_is_refused(input_folder, empty_data):
    with pytest.raises(InputError, match="9999 is not the code of a Swedish municipality"):
        bundle(input_folder.path, "9999", empty_data)


def test_a_folder_without_the_municipality_is_refused(input_folder, empty_data):
    with pytest.raises(InputError, match="has no figures for municipality 1485: a file such as scb_deso_1485"):
        bundle(input_folder.path, "1485", empty_data)


def test_a_folder_that_is_not_there_is_refused(empty_data, tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        bundle(tmp_path / "nowhere", made_up.CODE, empty_data)


def test_a_swap_that_fails_half_way_brings_everything_back(city, tmp_path, monkeypatch):
    new = tmp_path / "new"
    new.mkdir()
    for part in ("observations", "areas", "places"):
        shutil.copytree(city.data / part, new / part)
    shutil.copytree(city.data / "catalogue" / "sources", new / "sources")
    (new / "bundle.yaml").write_text("municipality: '1488'\n", "utf-8")
    (new / "observations" / "kolada.csv").write_text("new", "utf-8")
    before = snapshot(city.data)
    rename = Path.rename

    def fail_at_places(self: Path, target: Path) -> Path:
        if self == new / "places":
            raise OSError("the disk is full")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_at_places)
    with pytest.raises(OSError, match="the disk is full"):
        swap(new, city.data)
    assert snapshot(city.data) == before


def test_a_first_swap_that_fails_half_way_leaves_nothing(tmp_path, monkeypatch):
    new, data = tmp_path / "new", tmp_path / "data"
    (data / "catalogue" / "sources").mkdir(parents=True)
    for part in ("observations", "areas", "places", "sources"):
        (new / part).mkdir(parents=True)
    (new / "observations" / "kolada.csv").write_text("new", "utf-8")
    rename = Path.rename

    def fail_at_places(self: Path, target: Path) -> Path:
        if self == new / "places":
            raise OSError("the disk is full")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_at_places)
    with pytest.raises(OSError, match="the disk is full"):
        swap(new, data)
    assert not (data / "observations").exists()


def test_all_290_municipalities_have_a_name(embedded):
    names = municipality_names(embedded)
    assert len(names) == 290
    assert names["1488"] == "Trollhättan"
    assert all(len(code) == 4 and code.isdecimal() for code in names)
