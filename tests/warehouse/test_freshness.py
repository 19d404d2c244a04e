"""When the warehouse is built anew: when its data, municipality or version changed, and by one process at a time."""

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest
from faults import FAULTS

from dashboard.measures import spatial, spatial_formulas
from dashboard.warehouse import fingerprint as sources_of_values
from dashboard.warehouse.connection import Warehouse
from dashboard.warehouse.fingerprint import BuildError, fingerprint
from dashboard.warehouse.freshness import build_apart, ensure_fresh, is_fresh, only_one


def test_a_built_warehouse_is_fresh(built_city, made_up_city):
    assert is_fresh(made_up_city.settings())
    assert is_fresh(built_city.settings())


def test_a_warehouse_that_is_not_there_is_not_fresh(city):
    assert not is_fresh(city.settings())


def test_a_date_alone_does_not_make_it_stale(built_city):
    for path in built_city.data.rglob("*.csv"):
        os.utime(path, (4_000_000_000, 4_000_000_000))
    assert is_fresh(built_city.settings())


CHANGES = {
    "a figure": lambda data: (data / "observations" / "scb_tab6571.csv").write_text("changed", "utf-8"),
    "a text of the catalogue": lambda data: (data / "catalogue" / "indicators" / "population.yaml").write_text(
        "x", "utf-8"
    ),
    "a new file": lambda data: (data / "register").mkdir() or (data / "register" / "new.yaml").write_text("x", "utf-8"),
    "a file gone": lambda data: (data / "places" / "places.csv").unlink(),
    "a file of another name": lambda data: (data / "places" / "places.csv").rename(data / "places" / "other.csv"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_changed_data_make_it_stale(built_city, change):
    CHANGES[change](built_city.data)
    assert not is_fresh(built_city.settings())


def test_other_code_that_fills_it_makes_it_stale(built_city, monkeypatch, tmp_path):
    folder = shutil.copytree(Path(sources_of_values.__file__).parent, tmp_path / "warehouse")
    measure, formulas = (Path(shutil.copy(one.__file__, tmp_path)) for one in (spatial, spatial_formulas))
    others = (*sources_of_values.CODE_OF_OLDER_YEARS, *sources_of_values.CODE_OF_CENTRALITIES)
    code = (folder, measure, formulas, *others)
    monkeypatch.setattr(sources_of_values, "CODE", code)
    assert is_fresh(built_city.settings())
    (folder / "kept.pyc").write_text("kept by Python", "utf-8")
    assert is_fresh(built_city.settings())
    measure.write_text("# Another way to work patterns out.\n", "utf-8")
    assert not is_fresh(built_city.settings())


def test_every_measure_that_the_build_works_out_counts():
    folder = Path(sources_of_values.__file__).parent
    texts = [path.read_text("utf-8") for path in folder.glob("*.py")]
    used = {
        name
        for text in texts
        for name in re.findall(r"dashboard\.(?:(?:measures|reach)\.|sources\.(?=crosswalk|reworked))(\w+)", text)
    }
    assert used == {path.stem for path in sources_of_values.CODE if path.suffix == ".py"}


def test_another_home_municipality_makes_it_stale(built_city):
    assert not is_fresh(built_city.settings().model_copy(update={"municipality": "1487"}))


def test_maps_that_are_gone_make_it_stale(built_city):
    next(built_city.maps.iterdir()).unlink()
    assert not is_fresh(built_city.settings())


def test_a_file_of_another_version_is_stale_and_built_anew(built_city):
    with duckdb.connect(built_city.warehouse) as connection:
        connection.execute("update meta set value = '0' where key = 'layout'")
    said: list[str] = []
    ensure_fresh(built_city.settings(), said.append)
    assert said[-1].startswith("Built ")
    assert is_fresh(built_city.settings())


def test_nothing_is_built_when_nothing_changed(built_city):
    said: list[str] = []
    ensure_fresh(built_city.settings(), said.append)
    build_apart(built_city.settings(), said.append)
    assert said == []


def test_the_fingerprint_tells_two_municipalities_apart(embedded):
    assert len({fingerprint(embedded, code) for code in (None, "1487", "1488")}) == 3


def test_a_large_file_is_read_again_only_when_it_was_written_to(tmp_path, monkeypatch):
    monkeypatch.setattr(sources_of_values, "LARGE", 10)
    sources_of_values._contents_of_large.cache_clear()
    large = tmp_path / "observations" / "scb_tab6574.csv"
    large.parent.mkdir()
    large.write_text("a country's figures", "utf-8")
    first = fingerprint(tmp_path, None)
    assert fingerprint(tmp_path, None) == first
    assert sources_of_values._contents_of_large.cache_info().misses == 1
    # As long as before, and swapped in as an update does it.
    beside = large.with_name("beside")
    beside.write_text("a country's Figures", "utf-8")
    beside.replace(large)
    assert fingerprint(tmp_path, None) != first
    large.write_text("a country's figures", "utf-8")
    assert fingerprint(tmp_path, None) == first


def test_one_process_at_a_time(tmp_path):
    file = tmp_path / "warehouse.duckdb"
    order: list[str] = []

    def wait_for_it() -> None:
        with only_one(file):
            order.append("second")

    with only_one(file):
        other = threading.Thread(target=wait_for_it)
        other.start()
        other.join(0.3)
        assert other.is_alive()
        order.append("first")
    other.join(10)
    assert order == ["first", "second"]


def test_two_processes_at_once_build_once(city):
    command = [sys.executable, "-m", "dashboard", "measures", "--split", "foreign_background", "--format", "csv"]
    environment = os.environ | city.environment()
    both = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    answers = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    first, second = (list(csv.DictReader(io.StringIO(printed))) for printed, _ in answers)
    assert len(first) == len(second) > 10
    for one, other in zip(first, second, strict=True):
        assert (one["measure"], float(one["value"])) == (
            other["measure"],
            pytest.approx(float(other["value"]), abs=1e-12),
        )
    assert sum("Built " in said for _, said in answers) == 1


def test_a_build_apart_builds_in_a_process_of_its_own(city):
    said: list[str] = []
    with city.in_use():
        build_apart(city.settings(), said.append)
    assert said[-1].startswith("Built ")
    warehouse = Warehouse(city.warehouse)
    assert warehouse.meta["municipality"] == "1487"
    warehouse.close()


def test_a_build_apart_that_fails_says_what_the_build_said(built_city):
    FAULTS["share of 140"].make(built_city.data)
    with built_city.in_use(), pytest.raises(BuildError) as caught:
        build_apart(built_city.settings(), print)
    said = str(caught.value)
    assert "scb_tab6571.csv, row 2: " in said
    assert not said.startswith("dashboard:"), "the caller says whose message it is"
    assert "Traceback" not in said
