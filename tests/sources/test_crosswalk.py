"""The shares of old areas in those of today: by area, by SCB's key, by persons; and how each area came to be."""

import geopandas as gpd
import made_up_divisions
import pandas as pd
import pytest
import shapely

from dashboard.sources.crosswalk import COLUMNS, SAME, crosswalk_of, kinds_of, read_crosswalk
from dashboard.sources.crosswalk_key import read_key
from dashboard.sources.tidy import InputError

#: SCB's own columns, with made-up codes; the workbook has lines above its header.
KEY = """Historiska förändringar i DeSO;;;;;2025-09-19
Kommun;Kommunnamn;Tidigare DeSO;DeSO;Förändringstyp;Datum för förändring
1487;Provkommun;1487C1020;1487C1021;Upphör, till nybildad;2025-01-01
1487;Provkommun;1487C1020;1487C1022;Upphör, till nybildad;2025-01-01
1487;Provkommun;1487C1030;1487C1050;Upphör, till nybildad;2025-01-01
1487;Provkommun;1487C1040;1487C1050;Upphör, till nybildad;2025-01-01
1487;Provkommun;1487C1070;1487C1060;Ändrad gräns;2025-01-01
1487;Provkommun;1487C1070;1487C1070;Ändrad gräns;2025-01-01
0180;Annan kommun;0180C1010;0180C1020;Ändrad gräns;2018-02-21
"""
WEIGHTS = {
    ("1487C1010", "1487C1010"): (1.0, 1.0),
    ("1487C1020", "1487C1021"): (0.5, 1.0),
    ("1487C1020", "1487C1022"): (0.5, 1.0),
    ("1487C1030", "1487C1050"): (1.0, 0.5),
    ("1487C1040", "1487C1050"): (1.0, 0.5),
    ("1487C1060", "1487C1060"): (1.0, 0.8),
    ("1487C1070", "1487C1060"): (0.25, 0.2),
    ("1487C1070", "1487C1070"): (0.75, 1.0),
    ("1487R001", "1487R001"): (1.0, 1.0),
    ("1487R002", "1487R002"): (1.0, 1.0),
    ("1487R003", "1487R003"): (1.0, 0.8),
    ("1487R004", "1487R003"): (0.25, 0.2),
    ("1487R004", "1487R004"): (0.75, 1.0),
}


@pytest.fixture
def key(tmp_path):
    def write(text=KEY):
        path = tmp_path / "key.csv"
        path.write_text(text, "utf-8")
        return path

    return write


def weights(crosswalk):
    return {
        (row.old_code.partition("_")[0], row.new_code.partition("_")[0]): (row.weight, row.weight_back)
        for row in crosswalk.itertuples()
    }


def hows(crosswalk):
    return {(row.old_code.partition("_")[0], row.new_code.partition("_")[0]): row.how for row in crosswalk.itertuples()}


def kinds(crosswalk):
    return {row.new_code.partition("_")[0]: row.kind for row in kinds_of(crosswalk).itertuples()}


def moved(shapes, by=0.05):
    """Draw the same boundaries a little off, as another edition of a map has them."""
    frame = shapes.copy()
    frame["geometry"] = shapely.transform(frame.geometry.to_numpy(), lambda xy: xy + by)
    return frame


def test_weights_follow_from_the_areas_and_codes_carry_their_division():
    crosswalk = crosswalk_of(made_up_divisions.divisions())
    assert tuple(crosswalk.columns) == COLUMNS
    found = weights(crosswalk)
    assert found.keys() == WEIGHTS.keys()
    for pair, expected in WEIGHTS.items():
        assert found[pair] == pytest.approx(expected, abs=1e-12), pair
    assert set(crosswalk["how"]) == {"area"}
    assert set(crosswalk["old_code"].str.partition("_")[2]) == {"DeSO2018", "RegSO2020"}
    assert set(crosswalk["new_code"].str.partition("_")[2]) == {"DeSO2025", "RegSO2025"}


@pytest.mark.parametrize("points", [0, 30])
def test_nothing_of_an_old_area_is_lost(points):
    divisions = made_up_divisions.divisions(points)
    divisions["deso_2025"] = moved(divisions["deso_2025"])
    sums = crosswalk_of(divisions).groupby("old_code")["weight"].sum()
    assert len(sums) == 10
    assert sums.to_numpy() == pytest.approx(1, abs=1e-12)


def test_the_shares_are_those_of_an_overlay_by_geopandas():
    divisions = made_up_divisions.divisions(25)
    old, new = divisions["deso_2018"], divisions["deso_2025"]
    overlay = gpd.overlay(
        old[["code", "geometry"]], new[["code", "geometry"]].rename(columns={"code": "new"}), keep_geom_type=True
    )
    overlay["m2"] = overlay.geometry.area
    overlay = overlay[overlay["m2"] > 1]
    found = weights(crosswalk_of(divisions))
    of_old, of_new = (dict(zip(frame["code"], frame.geometry.area, strict=True)) for frame in (old, new))
    assert {pair for pair in found if "R" not in pair[0]} == set(zip(overlay["code"], overlay["new"], strict=True))
    for row in overlay.itertuples():
        assert found[row.code, row.new] == pytest.approx(
            (row.m2 / of_old[row.code], row.m2 / of_new[row.new]), abs=1e-9
        )


def test_each_area_is_told_apart():
    assert kinds(crosswalk_of(made_up_divisions.divisions())) == {
        "1487C1010": "same",
        "1487C1021": "split",
        "1487C1022": "split",
        "1487C1050": "merged",
        "1487C1060": "re-cut",
        "1487C1070": "re-cut",
        "1487R001": "same",
        "1487R002": "same",
        "1487R003": "re-cut",
        "1487R004": "re-cut",
    }
    told = kinds_of(crosswalk_of(made_up_divisions.divisions())).set_index("new_code")
    assert told.loc["1487C1021_DeSO2025", "largest_weight"] == pytest.approx(0.5)
    assert told.loc["1487C1070_DeSO2025", "largest_weight"] == pytest.approx(0.75)
    assert told["covered"].to_numpy() == pytest.approx(1)


def test_a_boundary_that_is_drawn_a_little_off_has_not_moved():
    divisions = made_up_divisions.divisions(10)
    divisions["deso_2025"] = moved(divisions["deso_2025"], by=0.2)
    crosswalk = crosswalk_of(divisions)
    assert kinds(crosswalk) == kinds(crosswalk_of(made_up_divisions.divisions()))
    assert weights(crosswalk).keys() == WEIGHTS.keys(), "no slivers"


def test_a_boundary_that_moved_by_more_is_re_cut():
    divisions = made_up_divisions.divisions()
    divisions["deso_2025"] = moved(divisions["deso_2025"], by=5.0)
    assert "same" not in kinds(crosswalk_of(divisions)).values()
    assert 1 - SAME < 5.0 / 1000


def test_a_new_area_outside_the_old_ones_is_known_to_be_covered_in_part():
    divisions = made_up_divisions.divisions()
    old = divisions["deso_2018"]
    divisions["deso_2018"] = old[old["code"] != "1487C1030"]
    told = kinds_of(crosswalk_of(divisions)).set_index("new_code")
    assert told.loc["1487C1050_DeSO2025", "covered"] == pytest.approx(0.5)
    assert told.loc["1487C1050_DeSO2025", "kind"] == "re-cut"


def test_an_old_area_that_the_new_ones_leave_out_has_no_weights():
    divisions = made_up_divisions.divisions()
    new = divisions["deso_2025"]
    divisions["deso_2025"] = new[new["code"] != "1487C1070"]
    found = weights(crosswalk_of(divisions))
    assert not [pair for pair in found if pair[0] in {"1487C1070", "1487R004"}]
    assert found["1487C1060", "1487C1060"] == pytest.approx((1.0, 0.8))


def test_neighbourhoods_are_weighted_by_persons_where_they_are_known():
    divisions = made_up_divisions.divisions()
    old = divisions["deso_2018"]
    old.loc[old["code"].isin(["1487C1060", "1487C1070"]), "regso"] = "1487R003"
    people = {"1487C1060_DeSO2018": 300.0, "1487C1070_DeSO2018": 900.0}
    by_area, by_people = (crosswalk_of(divisions, people=some) for some in ({}, people))
    assert weights(by_area)["1487R003", "1487R003"][0] == pytest.approx((1 + 0.25) / 2)
    assert weights(by_people)["1487R003", "1487R003"][0] == pytest.approx((300 + 0.25 * 900) / 1200)
    assert weights(by_people)["1487R003", "1487R004"][0] == pytest.approx(0.75 * 900 / 1200)
    assert hows(by_people)["1487R003", "1487R003"] == "population"
    assert hows(by_people)["1487R001", "1487R001"] == "area", "persons of its small areas are not known"
    some = crosswalk_of(divisions, people={"1487C1060_DeSO2018": 300.0})
    assert weights(some)["1487R003", "1487R003"][0] == pytest.approx((1 + 0.25) / 2)


def test_without_both_divisions_there_is_no_crosswalk():
    divisions = made_up_divisions.divisions()
    del divisions["deso_2018"]
    found = crosswalk_of(divisions)
    assert found.empty
    assert tuple(found.columns) == COLUMNS


def test_the_key_decides_which_areas_have_to_do_with_one_another(key):
    divisions = made_up_divisions.divisions()
    divisions["deso_2025"] = moved(divisions["deso_2025"], by=5.0)
    assert len(weights(crosswalk_of(divisions))) > len(WEIGHTS)
    crosswalk = crosswalk_of(divisions, key())
    found = weights(crosswalk)
    assert found.keys() == WEIGHTS.keys()
    assert found["1487C1020", "1487C1021"][0] == pytest.approx(0.5, abs=0.01)
    assert found["1487C1010", "1487C1010"][0] == 1
    assert hows(crosswalk) == {
        ("1487C1010", "1487C1010"): "key",
        ("1487C1020", "1487C1021"): "key_and_area",
        ("1487C1020", "1487C1022"): "key_and_area",
        ("1487C1030", "1487C1050"): "key",
        ("1487C1040", "1487C1050"): "key",
        ("1487C1060", "1487C1060"): "key",
        ("1487C1070", "1487C1060"): "key_and_area",
        ("1487C1070", "1487C1070"): "key_and_area",
        **{pair: "area" for pair in WEIGHTS if "R" in pair[0]},
    }


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_shares_of_a_key_stand_before_areas(key, sign):
    rows = ["old_code,new_code,share", "1487C1020,1487C1021,0.7", "1487C1020,1487C1022,0.3"]
    rows += ["1487C1030,1487C1050,1", "1487C1040,1487C1050,1", "1487C1070,1487C1060,", "1487C1070,1487C1070,"]
    crosswalk = crosswalk_of(made_up_divisions.divisions(), key("\n".join(rows).replace(",", sign)))
    assert weights(crosswalk)["1487C1020", "1487C1021"][0] == pytest.approx(0.7)
    assert weights(crosswalk)["1487C1070", "1487C1060"][0] == pytest.approx(0.25)
    assert hows(crosswalk)["1487C1020", "1487C1022"] == "key"
    assert hows(crosswalk)["1487C1070", "1487C1070"] == "key_and_area"


def test_a_key_that_contradicts_the_map_is_refused(key):
    wrong = KEY.replace("1487C1030;1487C1050", "1487C1030;1487C1010")
    with pytest.raises(InputError, match=r"says that 1487C1030 went into 1487C1010: that covers 0 per cent"):
        crosswalk_of(made_up_divisions.divisions(), key(wrong))
    with pytest.raises(InputError, match="says that 1487C1020 went into 1487C1021: that covers 50 per cent"):
        crosswalk_of(made_up_divisions.divisions(), key("old_code,new_code\n1487C1020,1487C1021\n"))
    silent = KEY.replace("1487;Provkommun;1487C1030;1487C1050;Upphör, till nybildad;2025-01-01\n", "")
    with pytest.raises(InputError, match="says that 1487C1030 went into nothing"):
        crosswalk_of(made_up_divisions.divisions(), key(silent))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "has no header"),
        ("från,till\n1487C1010,1487C1010", "has no header with Tidigare DeSO, DeSO or old_code, new_code"),
        ("old_code,new_code\n1487X,1487C1010", "row 2: “1487X” is not a municipality"),
        ("old_code,new_code\n1487R001,1487R001", "row 2: 1487R001 is no DeSO"),
        ("old_code,new_code,share\n1487C1010,1487C1010,half", "the share “half” is not a number"),
        ("old_code,new_code,share\n1487C1010,1487C1010,50", "is not between 0 and 1"),
        ("old_code,new_code,share\n1487C1010,1487C1010,0.5", "the shares of 1487C1010 do not add up to 1"),
        ("old_code,new_code,share\n1487C1010,1487C1010,1\n1487C1010,1487C1020,", "do not add up to 1"),
        ("old_code,new_code,share\n1487C1010,1487C1010,1\n1487C1010,1487C1010,0", "occurs twice with two shares"),
    ],
)
def test_a_key_that_cannot_be_used_is_refused(key, text, said):
    with pytest.raises(InputError, match=said):
        read_key(key(text))


def test_a_key_that_is_not_there_or_no_text_is_refused(tmp_path):
    for path in (tmp_path / "absent.csv", tmp_path / "binary.csv"):
        (tmp_path / "binary.csv").write_bytes(b"PK\x03\x04\xff\xfe")
        with pytest.raises(InputError, match="cannot be read as UTF-8 text"):
            read_key(path)


def test_what_is_written_is_read_again_and_held_to_its_sums(tmp_path):
    folder = tmp_path / "areas"
    folder.mkdir()
    assert read_crosswalk(tmp_path) is None
    crosswalk = crosswalk_of(made_up_divisions.divisions())
    crosswalk.to_parquet(folder / "crosswalk.parquet")
    pd.testing.assert_frame_equal(read_crosswalk(tmp_path), crosswalk, check_dtype=False)
    crosswalk.assign(weight=0.4).to_parquet(folder / "crosswalk.parquet")
    with pytest.raises(InputError, match="weights that do not add up to 1"):
        read_crosswalk(tmp_path)
    crosswalk.drop(columns="how").to_parquet(folder / "crosswalk.parquet")
    with pytest.raises(InputError, match="lacks the column how"):
        read_crosswalk(tmp_path)
    (folder / "crosswalk.parquet").write_text("no table", "utf-8")
    with pytest.raises(InputError, match="not a readable Parquet file"):
        read_crosswalk(tmp_path)
