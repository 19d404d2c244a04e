"""The whole command against made-up services: all publishers, another city, and every fault that a service may have."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from city import City, say_nothing
from made_up_overpass import elements_of_file
from made_up_scb import Fault, refuses, sends, sends_much, waits
from osm_extract import MadeUpExtract
from published import everything_in
from services import HOME, PEER, Services, all_services

from dashboard.cli import main
from dashboard.sources.call_pace import Clock
from dashboard.sources.fetch_faults import FetchError
from dashboard.sources.http_answers import Patience
from dashboard.sources.network_files import network_folder, read_network
from dashboard.sources.present_data import read_present
from dashboard.sources.progress import Progress
from dashboard.sources.scb_recipes import RECIPES
from dashboard.update.asked import order_of
from dashboard.update.run import update
from dashboard.update.words import Asked

#: Tables that are asked for besides, because the embedded data have figures of them for municipalities.
OF_MUNICIPALITIES = ("TAB824", "TAB6260", "TAB4590", "TAB1541")
#: Leaves all tables of SCB's but three as they are, where the rest would only take time.
FEW = [word for table in RECIPES if table not in {"TAB6574", "TAB6571", "TAB6680"} for word in ("--without", table)]
NOON = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    """Give all services; tests that spoil one put it right again."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            patch.delenv(name, raising=False)
            patch.delenv(name.lower(), raising=False)
        with all_services(range(2022, 2026)) as found:
            yield found


@pytest.fixture
def own_city(embedded: Path, tmp_path: Path, services: Services, monkeypatch: pytest.MonkeyPatch) -> City:
    """Give the embedded city that a test may change, and lead the command to it and to the services."""
    shutil.copytree(embedded, tmp_path / "data", ignore=shutil.ignore_patterns(".*"))
    city = City.beside(tmp_path / "data")
    environment = city.environment() | services.environment() | {"DASHBOARD_UPDATES_FOLDER": str(tmp_path / "updates")}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for service in (services.scb, services.kolada, services.skolverket, services.wfs):
        service.asked.clear()
    return city


def report_of(city: City) -> str:
    (file,) = (city.data.parent / "updates" / "reports").iterdir()
    return file.read_text("utf-8")


def street() -> MadeUpExtract:
    """Give a street of 400 m in the middle of Trollhättan, with a library."""
    town = MadeUpExtract({1: (0, 0), 2: (200, 0), 3: (400, 0), 4: (200, 100)})
    town.path(1, 2, 3, name="Provgatan").path(2, 4)
    town.node_tags |= {4: {"amenity": "library", "name": "Provbiblioteket"}}
    return town


def test_every_publisher_is_asked_and_the_report_tells_what_came(
    own_city: City, services: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    services.overpass.elements = elements_of_file(street().write(tmp_path / "town.osm.pbf"))
    assert main(["update", "--municipality", HOME, "--peers", PEER, *FEW]) == 0
    said, report = capsys.readouterr().out, report_of(own_city)
    assert report.strip() in said
    present = read_present(own_city.data)
    assert present.municipalities == (PEER, HOME)
    assert set(present.areas) == {"deso_2018", "deso_2025", "municipality", "regso_2020", "regso_2025"}
    drawn = present.areas["deso_2018"]
    assert (drawn[drawn["municipality"] == HOME]["boundary"] == "published").all()
    assert drawn["regso_code"].dropna().str.endswith("_RegSO2020").all()
    crosswalk = pd.read_parquet(own_city.data / "areas" / "crosswalk.parquet")
    home = crosswalk[crosswalk["new_code"].str.startswith(HOME) & (crosswalk["level"] == "deso")]
    assert len(home) == 31, "The made-up old division is that of today without its last small area."
    assert (home["weight"] > 0.999).all()
    network = read_network(network_folder(own_city.data, HOME))
    assert (len(network.x), network.meta.kind) != (231, "schematic"), "The embedded one is gone."
    assert "Provbiblioteket" in (own_city.data / "places" / "places.csv").read_text("utf-8")
    assert "Första skolan 7-9" in (own_city.data / "places" / "schools.csv").read_text("utf-8")
    for told in ("- scb: ", "- scb-geo: ", "- kolada: ", "- skolverket: ", "- openstreetmap: ", "TAB6571: "):
        assert told in report
    assert "- 2022–2023: employment_rate_20_64" in report
    figures = present.observations
    old = figures["area_code"].astype(str).str.endswith("_DeSO2018")
    assert set(figures[old]["year"]) == {2022, 2023}, "Each division has its own years."


@dataclass(frozen=True)
class Twice:
    """What came of the same update two times, one after the other."""

    city: City
    first_calls: int
    second_data_calls: int
    second_said: str
    changed: set[str]


@pytest.fixture(scope="module")
def twice(services: Services, embedded: Path, tmp_path_factory: pytest.TempPathFactory) -> Twice:
    """Update the embedded city from SCB, all its tables that the issue of the day names, and then once more."""
    folder = tmp_path_factory.mktemp("twice")
    shutil.copytree(embedded, folder / "data", ignore=shutil.ignore_patterns(".*"))
    city = City.beside(folder / "data")
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()) as said:
        updates = {"DASHBOARD_UPDATES_FOLDER": str(folder / "updates")}
        for name, value in (city.environment() | services.environment() | updates).items():
            patch.setenv(name, value)
        services.scb.asked.clear()
        without = [word for table in OF_MUNICIPALITIES for word in ("--without", table)]
        words = ["update", "--municipality", HOME, "--peers", "", "--source", "scb", *without]
        assert main(words) == 0
        calls, first = len(services.scb.asked), everything_in(city.data)
        services.scb.asked.clear()
        said.truncate(0)
        assert main(words) == 0
    changed = {name for name, content in everything_in(city.data).items() if first.get(name) != content}
    return Twice(city, calls, services.scb.asked_for("/data"), said.getvalue(), changed)


def test_figures_that_are_published_as_before_are_no_revisions(twice: Twice, embedded: Path) -> None:
    """The service serves the counts behind the embedded shares: what comes out is what was there, to the last digit."""
    key = ["area_code", "indicator", "year"]
    before, after = (
        read_present(folder).observations.astype({"area_code": str, "indicator": str})
        for folder in (embedded, twice.city.data)
    )
    both = before.merge(after, on=key, suffixes=("", "_new"))
    checked = both[both["indicator"].isin(["foreign_background_share", "low_economic_standard_share", "population"])]
    assert len(checked) > 200
    assert (checked["value"] - checked["value_new"]).abs().max() < 1e-9
    assert checked["value_new"].notna().equals(checked["value"].notna())


def test_all_of_one_city_takes_at_most_forty_calls(twice: Twice) -> None:
    assert 30 <= twice.first_calls <= 40


def test_a_second_update_asks_little_and_changes_nothing(twice: Twice) -> None:
    assert "No figure differs from those of before." in twice.second_said
    assert twice.second_data_calls == 0, "Nothing is fetched twice."
    assert {name for name in twice.changed if not name.startswith("areas/")} == set()


def test_a_trial_asks_and_tells_and_replaces_nothing(own_city: City, capsys: pytest.CaptureFixture[str]) -> None:
    before = everything_in(own_city.data)
    assert main(["update", "--municipality", HOME, "--peers", "", "--source", "scb", "--dry-run", *FEW]) == 0
    assert "Nothing was replaced: this was a trial" in capsys.readouterr().out
    assert everything_in(own_city.data) == before
    assert not own_city.warehouse.exists()


def test_another_city_is_set_up_by_its_code(own_city: City) -> None:
    """Boundaries, figures and key figures of another municipality; nothing of the first one stays but the catalogue."""
    words = ["--source", "scb-geo", "--source", "scb", "--source", "kolada", "--peers", "", *FEW]
    assert main(["update", "--municipality", PEER, *words]) == 0
    present = read_present(own_city.data)
    assert (present.municipality, present.municipalities) == (PEER, (PEER,))
    assert not (own_city.data / "places" / "schools.csv").exists()
    assert (present.areas["municipality"]["boundary"] == "published").all()
    assert "1487R001_RegSO2025" in set(present.areas["regso_2025"]["area_code"])
    assert "areas of 1487 have no boundary" in report_of(own_city)


class NoTime:
    """A clock that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.clock = Clock(lambda: self.passed, lambda: NOON + dt.timedelta(seconds=self.passed), self._sleep)

    def _sleep(self, seconds: float) -> None:
        self.passed += seconds


MOVED = refuses(301, Location="http://other.example.org/api/v2/tables/TAB6574")
PAGE = sends(b"<html>Sign in</html>", "text/html")
HALF = sends(b'{"id": "TAB6574", "upda', "application/json", length=500)
FAULTS: dict[str, tuple[Fault, str]] = {
    "refused connection": (None, "cannot be reached at"),  # type: ignore[dict-item]
    "slow answer": (waits, "did not answer in time"),
    "429": (refuses(429, Retry_After="3600"), "asks for fewer calls (429): try again in 3600 seconds"),
    "500": (refuses(500), "has a fault of its own (500)"),
    "half an answer": (HALF, "broke off in the middle"),
    "wrong content type": (PAGE, "where JSON was asked for"),
    "another host": (MOVED, "which is not followed"),
    "100 MB": (sends_much(100), "more than 50 MB in one answer"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_a_service_changes_nothing_and_says_whose_it_is(
    own_city: City, services: Services, name: str
) -> None:
    fault, told = FAULTS[name]
    before = everything_in(own_city.data)
    settings = own_city.settings().model_copy(
        update={
            "scb_url": services.scb.url if fault else "http://127.0.0.1:9/api/v2",
            "updates_folder": own_city.data.parent / "updates",
        }
    )
    # The limits come first; what is wrong is the first answer about a table, as often as it is tried.
    services.scb.faults = [None, *([fault] * 3)] if fault else []
    patience = Patience(tries=3, seconds_without_a_byte=0.2 if fault is waits else 5.0)
    try:
        with (
            pytest.raises(FetchError) as refused,
            order_of(Asked(HOME, ("scb",), peers=()), settings, patience, NoTime().clock) as order,
        ):
            update(order, settings, say_nothing, Progress())
    finally:
        services.scb.faults = []
    assert str(refused.value).startswith("SCB (")
    assert told in str(refused.value)
    assert everything_in(own_city.data) == before
    assert not list(own_city.data.parent.glob(".update-*"))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        ("gone", "SCB (TAB6680) is not there any more"),
        ("closed", "SCB (TAB6680) gets no new figures any more"),
        ("renamed", "SCB (TAB6680)"),
    ],
)
def test_a_table_that_is_not_what_it_was_is_told_on_stderr(
    own_city: City, services: Services, capsys: pytest.CaptureFixture[str], spoil: str, told: str
) -> None:
    before, table = everything_in(own_city.data), services.scb.tables["TAB6680"]
    dimensions = dict(table.dimensions)
    try:
        if spoil == "gone":
            del services.scb.tables["TAB6680"]
        elif spoil == "closed":
            table.discontinued = True
        else:
            table.dimensions = {name.replace("Alder", "Age"): codes for name, codes in dimensions.items()}
        assert main(["update", "--municipality", HOME, "--peers", "", "--source", "scb", *FEW]) == 1
    finally:
        services.scb.tables["TAB6680"] = table
        table.discontinued, table.dimensions = False, dimensions
    said = capsys.readouterr().err
    assert f"dashboard: {told}" in said
    assert said.rstrip().endswith("Nothing was replaced; what was fetched is kept for the next try.")
    assert everything_in(own_city.data) == before


def test_one_table_can_be_left_as_it_is(own_city: City, services: Services) -> None:
    table = services.scb.tables.pop("TAB6680")
    try:
        words = ["--source", "scb", *FEW, "--without", "TAB6680"]
        assert main(["update", "--municipality", HOME, "--peers", "", *words]) == 0
    finally:
        services.scb.tables["TAB6680"] = table
    figures = read_present(own_city.data).observations
    assert figures[figures["indicator"] == "unemployment_rate_20_64"]["value"].notna().any()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--municipality", "9999"], "9999 is not the code of a Swedish municipality"),
        (["--municipality", HOME, "--peers", "0000"], "0000 is not the code of a Swedish municipality"),
        (["--municipality", HOME, "--years", "lately"], "write for example 2015-2023,2025"),
        (["--municipality", HOME, "--without", "TAB1"], "TAB1 is no table that is fetched"),
        (["--municipality", HOME, "--pbf", "/no/such.osm.pbf"], "/no/such.osm.pbf does not exist"),
    ],
)
def test_words_that_do_not_go_together_are_refused_before_anything_is_asked(
    own_city: City, services: Services, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    assert main(["update", *words]) == 1
    assert told in capsys.readouterr().err
    assert services.scb.asked == []


def test_a_setting_of_another_city_is_named_before_anything_is_asked(
    own_city: City, services: Services, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_MUNICIPALITY", HOME)
    assert main(["update", "--municipality", PEER]) == 1
    assert "DASHBOARD_MUNICIPALITY says 1488" in capsys.readouterr().err
    assert services.scb.asked == []


def test_without_boundaries_no_streets_can_be_fetched(own_city: City, capsys: pytest.CaptureFixture[str]) -> None:
    """Vänersborg has figures in the embedded data, and no boundaries."""
    assert main(["update", "--municipality", PEER, "--source", "openstreetmap"]) == 1
    assert "Where 1487 lies is not known" in capsys.readouterr().err
    assert gpd.read_parquet(own_city.data / "areas" / "municipality.parquet")["code"].is_unique
