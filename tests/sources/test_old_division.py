"""The division before 2025 in a data folder: its areas keep their neighbourhoods, and the crosswalk fits the tables."""

import made_up_divisions
import made_up_recut
import pytest

from dashboard.sources.area_codes import parse_area_code
from dashboard.sources.bundle import bundle
from dashboard.sources.crosswalk import crosswalk_of
from dashboard.sources.crosswalk_tables import crosswalk_of_tables
from dashboard.sources.observation_frame import frame_of
from dashboard.sources.scb_areas import area_table
from dashboard.sources.tidy import Observation
from dashboard.warehouse.checks import check_areas, read_areas

SUFFIX = {"deso_2018": "_DeSO2018", "deso_2025": "_DeSO2025", "regso_2020": "_RegSO2020", "regso_2025": "_RegSO2025"}


@pytest.fixture
def tables():
    """Give the area tables of both made-up divisions, as a data folder has them."""
    found = {}
    for name, shapes in made_up_divisions.divisions().items():
        codes = [parse_area_code(code + SUFFIX[name]) for code in shapes["code"]]
        regso_of = dict(zip(shapes["code"], shapes["regso"], strict=True)) if "regso" in shapes else {}
        found[name] = area_table(codes, shapes, {}, regso_of, "published")
    return found


def people(values):
    return frame_of(
        [
            Observation("scb_tab6574", f"{code}_DeSO2018", "population", year, 1.0 * number, "published")
            for (code, year), number in values.items()
        ]
    )


def test_the_crosswalk_of_the_tables_is_that_of_the_boundaries_they_were_made_of(tables):
    found = crosswalk_of_tables(tables, frame_of([]))
    expected = crosswalk_of(made_up_divisions.divisions())
    assert found.drop(columns=["weight", "weight_back"]).equals(expected.drop(columns=["weight", "weight_back"]))
    for name in ("weight", "weight_back"):
        assert found[name].to_numpy() == pytest.approx(expected[name].to_numpy(), abs=1e-6)


def test_the_newest_persons_of_the_old_areas_weigh_neighbourhoods(tables):
    deso = tables["deso_2018"]
    deso.loc[deso["code"].isin(["1487C1060", "1487C1070"]), "regso_code"] = "1487R003_RegSO2020"
    figures = people({("1487C1060", 2022): 5, ("1487C1060", 2023): 300, ("1487C1070", 2023): 900})
    found = crosswalk_of_tables(tables, figures).set_index(["old_code", "new_code"])
    row = found.loc["1487R003_RegSO2020", "1487R003_RegSO2025"]
    assert row["weight"] == pytest.approx((300 + 0.25 * 900) / 1200)
    assert row["how"] == "population"


def test_without_both_divisions_or_with_generalised_boundaries_there_is_none(tables):
    assert crosswalk_of_tables({name: tables[name] for name in SUFFIX if name != "regso_2020"}, frame_of([])).empty
    generalised = tables | {"deso_2025": tables["deso_2025"].assign(boundary="generalised")}
    assert crosswalk_of_tables(generalised, frame_of([])).empty


def test_figures_of_old_areas_in_files_do_not_give_them_the_neighbourhoods_of_today(input_folder, empty_data):
    old = "1487C1010_DeSO2018"
    input_folder.change_deso(
        lambda rows: rows.append([old, "1487R001", "foreign_background", "2020", "9", "percent", "TAB6571"])
    )
    input_folder.boundaries()
    bundle(input_folder.path, "1487", empty_data, lambda line: None)
    areas = read_areas(empty_data)
    (row,) = areas[areas["area_code"] == old].itertuples()
    assert not isinstance(row.regso_code, str)
    assert row.boundary == "none"
    assert list(check_areas(areas)) == []


def test_areas_of_both_divisions_are_checked_and_the_crosswalk_is_no_area_table(recut_city):
    areas = read_areas(recut_city.data)
    assert list(check_areas(areas)) == []
    assert "crosswalk.parquet" not in set(areas["file"])
    old = areas[areas["vintage"] == 2018]
    assert set(old["regso_code"]) == {f"{regso}_RegSO2020" for regso in made_up_recut.OLD.values()}
