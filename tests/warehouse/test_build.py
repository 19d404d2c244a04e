"""Building the warehouse: checked before it is swapped in, and never half done."""

import hashlib
import os
import re
import shutil

import duckdb
import pytest
from faults import FAULTS

from dashboard.catalogue import load_catalogue
from dashboard.sources.observation_frame import observations_of
from dashboard.warehouse import build as building
from dashboard.warehouse.build import build, read_data
from dashboard.warehouse.connection import Warehouse
from dashboard.warehouse.fingerprint import LAYOUT, BuildError


def digest(path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_everything_that_was_read_is_in_the_warehouse(made_up_city):
    city = made_up_city
    data = read_data(city.data)
    warehouse = Warehouse(city.warehouse)
    with warehouse.cursor() as cursor:
        counts = {
            table: cursor.execute(f"select count(*) from {table}").fetchone()[0]
            for table in ("observation", "area", "indicator", "source", "municipality", "split", "place")
        }
    warehouse.close()
    assert counts["observation"] == len(data.observations)
    assert counts["area"] == len(data.areas) == 6 + 2 + 1
    assert counts["indicator"] == len(data.catalogue.indicators)
    assert counts["source"] == len(data.catalogue.sources)
    assert counts["municipality"] == counts["place"] == 1
    assert counts["split"] == sum(split.kind == "two_group" for split in data.catalogue.splits.values())


def test_figures_keep_their_value_status_and_note(made_up_city):
    city = made_up_city
    warehouse = Warehouse(city.warehouse)
    rows = warehouse.rows("indicator_rows", {"indicators": ["foreign_background_share", "population"]})
    warehouse.close()
    stored = {(row["area_code"], row["indicator"], row["year"]): (row["value"], row["status"]) for row in rows}
    for one in observations_of(read_data(city.data).observations.frame):
        if one.key in stored:
            assert stored[one.key] == (one.value, one.status)
    assert len(stored) > 20


def test_observations_lie_in_the_order_that_pages_ask_for(home_city):
    """Areas of a municipality beside one another: a country's others are passed over without being read."""
    with duckdb.connect(home_city.warehouse, read_only=True) as connection:
        rows = connection.execute("select area_code, indicator, year from observation order by rowid").fetchall()
    assert rows == sorted(rows)
    assert len(rows) > 10_000


def test_the_home_municipality_is_the_bundled_one_or_the_setting(home_city, peer_city):
    for city, home in ((home_city, "1488"), (peer_city, "1487")):
        warehouse = Warehouse(city.warehouse)
        found = {row["code"]: row["role"] for row in warehouse.rows("municipalities")}
        assert warehouse.meta["municipality"] == home
        warehouse.close()
        assert [code for code, role in found.items() if role == "home"] == [home]
        assert len(found) == 9


def test_a_municipality_without_data_is_refused(city):
    settings = city.settings().model_copy(update={"municipality": "1480"})
    with pytest.raises(BuildError, match="There are no data for municipality 1480; the data folder has 1487"):
        build(settings, print)


def test_a_data_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BuildError, match="nowhere does not exist"):
        read_data(tmp_path / "nowhere")


@pytest.fixture(scope="module")
def catalogue(embedded):
    return load_catalogue(embedded / "catalogue")


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_and_the_old_warehouse_stays(built_city, catalogue, name, monkeypatch):
    city = built_city
    if "catalogue" not in name and "definition" not in name:
        # Reading the same catalogue again takes longer than all the checks.
        monkeypatch.setattr(building, "load_catalogue", lambda folder: catalogue)
    before, maps = digest(city.warehouse), sorted(path.name for path in city.maps.iterdir())
    fault = FAULTS[name]
    fault.make(city.data)
    with pytest.raises(BuildError) as caught:
        city.build()
    for piece in fault.said:
        assert piece in str(caught.value)
    assert digest(city.warehouse) == before
    assert {path.name for path in city.warehouse.parent.iterdir()} <= {"warehouse.duckdb"}
    assert set(maps) <= {path.name for path in city.maps.iterdir()}
    warehouse = Warehouse(city.warehouse)
    assert warehouse.rows("municipalities")
    warehouse.close()


def test_many_problems_are_counted_and_ten_are_shown(city):
    FAULTS["shares as fractions"].make(city.data)
    path = city.data / "observations" / "scb_tab6574.csv"
    path.write_text(
        path.read_text("utf-8").replace(",derived,", ",guessed,").replace(",published,", ",guessed,"), "utf-8"
    )
    with pytest.raises(BuildError) as caught:
        read_data(city.data)
    count = int(re.match(r"(\d+) problem", str(caught.value))[1])
    assert count > 10
    assert len(str(caught.value).splitlines()) == 1 + 10


@pytest.mark.parametrize("stop", [KeyboardInterrupt, duckdb.InterruptException, MemoryError])
def test_an_interrupted_build_leaves_nothing_behind(built_city, monkeypatch, stop):
    city = built_city
    before = digest(city.warehouse)

    def interrupt(connection) -> None:
        raise stop("stopped")

    monkeypatch.setattr(building, "_check_built", interrupt)
    with pytest.raises(stop):
        city.build()
    assert [path.name for path in city.warehouse.parent.iterdir()] == ["warehouse.duckdb"]
    assert digest(city.warehouse) == before


def test_the_remains_of_a_killed_build_of_the_same_process_are_no_hindrance(city, monkeypatch):
    monkeypatch.setattr(building.os, "getpid", lambda: 4711)
    city.warehouse.parent.mkdir(parents=True)
    (city.warehouse.parent / ".warehouse.duckdb.4711").write_text("half a database", "utf-8")
    city.build()
    assert [path.name for path in city.warehouse.parent.iterdir()] == ["warehouse.duckdb"]


def test_each_step_is_told(city):
    said: list[str] = []
    build(city.settings(), said.append)
    assert [line.split()[0] for line in said] == ["Reading", "Building", "Built"]
    assert f"{len(read_data(city.data).observations)} observations" in said[1]


def test_the_meta_table_tells_what_it_was_built_from(made_up_city):
    warehouse = Warehouse(made_up_city.warehouse)
    meta = warehouse.meta
    warehouse.close()
    assert meta["layout"] == LAYOUT
    assert len(meta["fingerprint"]) == 64
    assert {"map_deso", "map_regso", "map_municipality", "extent_municipality", "extent_centre"} <= set(meta)


def test_a_city_without_boundaries_has_no_maps(only_scb):
    warehouse = Warehouse(only_scb.warehouse)
    assert not [key for key in warehouse.meta if key.startswith(("map_", "extent_"))]
    assert {row["boundary"] for row in warehouse.rows("areas", {"municipality": "1487", "level": "deso"})} == {"none"}
    warehouse.close()


def test_places_and_register_are_optional(city):
    shutil.rmtree(city.data / "places")
    city.build()


def test_embedded_places_schools_and_study_places_are_there(home_city):
    warehouse = Warehouse(home_city.warehouse)
    with warehouse.cursor() as cursor:
        counts = [
            cursor.execute(f"select count(*) from {table}").fetchone()[0]
            for table in ("place", "school", "study_place")
        ]
        inside = cursor.execute("select count(*) from school where area_code is not null").fetchone()[0]
    warehouse.close()
    # 199 of OpenStreetMap, 3 services that the register adds, and 5 schools of Skolverket that are none of them.
    assert counts == [207, 11, 10]
    assert inside == 11


def test_every_school_of_skolverket_has_a_school_among_the_places(home_city):
    """A school that only Skolverket knows is a place to walk to; one that both know is there once."""
    warehouse = Warehouse(home_city.warehouse)
    with warehouse.cursor() as cursor:
        added = cursor.execute("select name from place where id like 's%' and osm_tag = 'skolverket'").fetchall()
        farthest = cursor.execute(
            "select max(nearest) from ("
            " select min(sqrt((place.x - school.x) ** 2 + (place.y - school.y) ** 2)) as nearest"
            " from school, place where place.kind = 'school' group by school.name)"
        ).fetchone()[0]
    warehouse.close()
    assert {name for (name,) in added} == {
        "Sylteskolan 7-9",
        "Skogshöjdens skola 4-9",
        "Nya Skolan, Trollhättan, Pettersberg",
        # Beside Trollhättans praktiska gymnasium and Magnus Åbergsgymnasiet, which are other schools.
        "Nordic International School Trollhättan",
        "Slättbergsskolan 7-9",
    }
    assert farthest <= 150


def test_the_new_file_takes_the_place_of_the_old_one_as_a_whole(built_city):
    """Whoever has the old one open reads on in it; nobody meets a half-written file."""
    old, before = Warehouse(built_city.warehouse), built_city.warehouse.stat().st_ino
    path = built_city.data / "observations" / "kolada.csv"
    path.write_text(path.read_text("utf-8").replace(",21.5,", ",30.5,"), "utf-8")
    built_city.build()
    new = Warehouse(built_city.warehouse)
    assert built_city.warehouse.stat().st_ino != before
    asked = {"indicators": ["municipal_tax_rate"]}
    assert [row["value"] for row in old.rows("indicator_rows", asked)] == [21.5]
    assert [row["value"] for row in new.rows("indicator_rows", asked)] == [30.5]
    old.close()
    new.close()


def test_what_a_killed_build_left_behind_is_removed(city):
    old, young = (city.warehouse.with_name(f".{city.warehouse.name}.{pid}") for pid in (1, 2))
    for path in (old, young):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
    # What a database had no room for in memory lies in a folder beside it.
    spilled = old.with_name(f"{old.name}.tmp")
    spilled.mkdir()
    (spilled / "duckdb_temp_storage-0.tmp").write_bytes(b"half")
    for path in (old, spilled):
        os.utime(path, (0, 0))
    city.build()
    assert not old.exists()
    assert not spilled.exists()
    assert young.exists()


def test_names_that_stand_in_many_rows_are_numbers_that_read_as_names(made_up_city):
    """Grouping by them takes two thirds of the time that grouping by texts would take."""
    with duckdb.connect(made_up_city.warehouse, read_only=True) as connection:
        for table in ("split_count", "group_count"):
            types = dict(connection.execute(f"select column_name, column_type from (describe {table})").fetchall())
            names = ("municipality", "level", "split", "regso_code")
            assert [types[name].partition("(")[0] for name in names] == ["ENUM"] * 4
        found = {row[0] for row in connection.execute("select distinct split from split_count").fetchall()}
    assert "foreign_background" in found
    assert "" not in found
