"""An update replaces the figures that were fetched, keeps the rest, and changes nothing when anything is wrong."""

import datetime as dt
import math
import shutil
from pathlib import Path

import geopandas as gpd
import made_up
import pytest
import shapely
import yaml
from city import City
from published import HOME, INDEX, SHARE, Gives, everything_in, figure, gave, updated

from dashboard.sources.fetch_faults import ServiceFaultError
from dashboard.sources.fetched import Fetched, FetchedFile, Wanted
from dashboard.sources.present_data import read_present
from dashboard.sources.tidy import InputError
from dashboard.update.faults import UpdateError
from dashboard.warehouse.connection import Warehouse
from dashboard.warehouse.freshness import is_fresh

DESO = f"{made_up.DESOS[0]}_DeSO2025"


def value_of(city: City, area: str, indicator: str, year: int) -> tuple[float | None, str]:
    rows = read_present(city.data).observations
    found = rows[(rows["area_code"] == area) & (rows["indicator"] == indicator) & (rows["year"] == year)]
    assert len(found) == 1
    value = float(found["value"].iloc[0])
    return (None if math.isnan(value) else value), str(found["status"].iloc[0])


def test_a_new_year_comes_in_and_the_warehouse_with_it(built_city: City) -> None:
    shares = [figure(f"{deso}_DeSO2025", SHARE, year, 20.0) for deso in made_up.DESOS for year in (2024, 2025, 2026)]
    outcome = updated(built_city, [Gives(gave(*shares))])
    assert outcome.swapped
    assert outcome.changes.new_years.to_dict("records") == [{"indicator": SHARE, "year": 2026, "figures": 6}]
    assert is_fresh(built_city.settings()), "The dashboard need not build it again."
    warehouse = Warehouse(built_city.warehouse, "64MB")
    query = "SELECT value FROM observation WHERE area_code = ? AND indicator = ? AND year = 2026"
    with warehouse.cursor() as cursor:
        assert cursor.execute(query, [DESO, SHARE]).fetchall() == [(20.0,)]
    warehouse.close()


def test_what_was_not_fetched_stays_to_the_byte(built_city: City) -> None:
    before = everything_in(built_city.data)
    updated(built_city, [Gives(gave(figure("1487R001_RegSO2025", SHARE, 2025, 21.0)))])
    after = everything_in(built_city.data)
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert {name for name in changed if not name.startswith("areas/")} == {
        "observations/scb_tab6571.csv",
        "catalogue/sources/scb_tab6571.yaml",
    }


def test_an_indicator_of_another_level_stays(built_city: City) -> None:
    """The neighbourhoods' figures of a table were fetched; those of the small areas are not thrown away for it."""
    before = value_of(built_city, DESO, SHARE, 2025)
    updated(built_city, [Gives(gave(figure("1487R001_RegSO2025", SHARE, 2025, 21.0)))])
    assert value_of(built_city, DESO, SHARE, 2025) == before
    assert value_of(built_city, "1487R001_RegSO2025", SHARE, 2025) == (21.0, "derived")


def test_years_that_were_not_wanted_stay(built_city: City) -> None:
    before = value_of(built_city, DESO, SHARE, 2024)
    shares = [figure(f"{deso}_DeSO2025", SHARE, 2025, 20.0) for deso in made_up.DESOS]
    updated(built_city, [Gives(gave(*shares))], Wanted(HOME, years=frozenset({2025})))
    assert value_of(built_city, DESO, SHARE, 2024) == before
    assert value_of(built_city, DESO, SHARE, 2025) == (20.0, "derived")


def test_without_a_choice_of_years_an_old_one_that_is_gone_is_gone(built_city: City) -> None:
    shares = [figure(f"{deso}_DeSO2025", SHARE, 2025, 20.0) for deso in made_up.DESOS]
    outcome = updated(built_city, [Gives(gave(*shares))])
    assert set(outcome.changes.gone["year"]) == {2024}
    rows = read_present(built_city.data).observations
    deso = rows["area_code"].astype(str).str.contains("DeSO")
    assert set(rows[deso & (rows["indicator"] == SHARE)]["year"]) == {2025}


def test_a_figure_that_is_withheld_now_is_empty_and_told(built_city: City) -> None:
    outcome = updated(built_city, [Gives(gave(figure("1487R001_RegSO2025", SHARE, 2025, None)))])
    assert value_of(built_city, "1487R001_RegSO2025", SHARE, 2025) == (None, "suppressed")
    assert outcome.changes.gone[["area_code", "status"]].to_numpy().tolist() == [
        ["1487R001_RegSO2025", "suppressed"],
        ["1487R002_RegSO2025", "missing"],
    ]


def test_what_follows_from_figures_is_worked_out_from_the_new_ones(built_city: City) -> None:
    old, _ = value_of(built_city, DESO, "population_65_plus", 2025)
    bands = [band for band in made_up.AGE_BANDS if int(band.partition("_")[0]) >= 65]
    cells = [
        figure(f"{deso}_DeSO2025", f"population_{sex}_{band}", 2025, 3.0, "scb_tab6574")
        for deso in made_up.DESOS
        for sex in ("men", "women")
        for band in bands
    ]
    updated(built_city, [Gives(gave(*cells, table="TAB6574"))])
    new, status = value_of(built_city, DESO, "population_65_plus", 2025)
    assert (new, status) == (3.0 * 2 * len(bands), "derived")
    assert new != old


def test_a_figure_that_the_publisher_gives_itself_stands_where_it_would_be_worked_out(built_city: City) -> None:
    given = [figure(f"{deso}_DeSO2025", "population_65_plus", 2025, 77.0, "scb_tab6574") for deso in made_up.DESOS]
    updated(built_city, [Gives(gave(*given, table="TAB6574"))])
    assert value_of(built_city, DESO, "population_65_plus", 2025)[0] == 77.0


def test_the_catalogue_tells_table_stamp_and_day(built_city: City) -> None:
    updated(built_city, [Gives(gave(figure("1487R001_RegSO2025", SHARE, 2025, 21.0)))])
    entry = yaml.safe_load((built_city.data / "catalogue" / "sources" / "scb_tab6571.yaml").read_text("utf-8"))
    assert entry["files"] == [{"name": "TAB6571", "sha256": "0" * 64, "rows": 1}]
    assert (entry["updated"], entry["access_date"]) == ("2027-03-24", dt.datetime.now(dt.UTC).date().isoformat())
    assert "hämtades från utgivaren" in entry["access_note"]["sv"]


def test_a_trial_changes_nothing_and_tells_what_would_change(built_city: City) -> None:
    before = everything_in(built_city.data), everything_in(built_city.warehouse.parent), everything_in(built_city.maps)
    outcome = updated(built_city, [Gives(gave(figure("1487R001_RegSO2025", SHARE, 2025, 21.0)))], trial=True)
    assert not outcome.swapped
    assert len(outcome.changes.revised) == 1
    after = everything_in(built_city.data), everything_in(built_city.warehouse.parent), everything_in(built_city.maps)
    assert after == before
    assert not list(built_city.data.parent.glob(".update-*"))


def unknown_indicator() -> Gives:
    return Gives(gave(figure("1487R001_RegSO2025", "no_such_indicator", 2025, 1.0)))


def impossible_share() -> Gives:
    return Gives(gave(figure("1487R001_RegSO2025", SHARE, 2025, 101.0)))


def year_without_the_division() -> Gives:
    return Gives(gave(figure("1487R001_RegSO2025", SHARE, 2020, 21.0)))


@pytest.mark.parametrize(
    ("publisher", "kind", "told"),
    [
        (Gives(ServiceFaultError("SCB has a fault of its own (503).")), ServiceFaultError, "SCB has a fault"),
        (unknown_indicator(), UpdateError, "no_such_indicator"),
        (impossible_share(), UpdateError, SHARE),
        (year_without_the_division(), UpdateError, "did not exist in 2020"),
        (Gives(InputError("The key cannot be read.")), InputError, "key"),
    ],
)
def test_whatever_is_wrong_everything_stays_as_it_was(
    built_city: City, publisher: Gives, kind: type[Exception], told: str
) -> None:
    before = everything_in(built_city.data), built_city.warehouse.read_bytes()
    index = figure("1487R001_RegSO2025", INDEX, 2024, 9.0, "scb_tab6586")
    good = Gives(gave(index, table="TAB6586"), "kolada")
    with pytest.raises(kind, match=told):
        updated(built_city, [good, publisher])
    assert (everything_in(built_city.data), built_city.warehouse.read_bytes()) == before
    assert is_fresh(built_city.settings())
    assert not list(built_city.data.parent.glob(".update-*"))


def test_the_sentence_says_that_the_old_figures_are_still_there(built_city: City) -> None:
    with pytest.raises(UpdateError, match=r"(?s)does not pass the checks: .* the dashboard goes on with the figures"):
        updated(built_city, [impossible_share()])


def test_two_publishers_that_contradict_one_another_are_refused(built_city: City) -> None:
    one, other = (
        Gives(gave(figure("1487R001_RegSO2025", SHARE, 2025, value)), name)
        for name, value in (("scb", 21.0), ("kolada", 22.0))
    )
    with pytest.raises(UpdateError, match=r"21\.0.*22\.0|occurs twice"):
        updated(built_city, [one, other])


def test_two_updates_at_once(built_city: City) -> None:
    inner: list[str] = []

    def second() -> None:
        with pytest.raises(UpdateError, match="Another update is under way") as refused:
            updated(built_city, [])
        inner.append(str(refused.value))

    first = Gives(gave(figure("1487R001_RegSO2025", SHARE, 2025, 21.0)), meanwhile=second)
    assert updated(built_city, [first]).swapped
    assert len(inner) == 1


def test_boundaries_come_in_and_later_publishers_know_them(built_city: City) -> None:
    shapes = [shapely.segmentize(made_up.square(n), 100.0) for n in range(len(made_up.DESOS))]
    drawn = gpd.GeoDataFrame(
        {"code": list(made_up.DESOS), "regso": [made_up.REGSO_OF[code] for code in made_up.DESOS]},
        geometry=shapes,
        crs=3006,
    )
    geodata = Fetched(
        boundaries={"deso_2025": drawn},
        files={"scb_areas_deso_2025": [FetchedFile("stat:DeSO_2025", "1" * 64, len(drawn))]},
    )
    later = Gives(gave(), "skolverket")
    updated(built_city, [Gives(geodata, "scb-geo"), later])
    assert later.known is not None
    areas = later.known.small_areas()
    assert areas is not None
    assert set(areas["code"]) == set(made_up.DESOS)
    table = gpd.read_parquet(built_city.data / "areas" / "deso_2025.parquet").to_crs(3006)
    assert set(table["boundary"]) == {"published"}
    whole = shapely.union_all(shapes)
    assert shapely.area(shapely.symmetric_difference(shapely.union_all(table.geometry.to_numpy()), whole)) < 1.0
    assert shapely.area(later.known.outline()) == pytest.approx(shapely.area(whole))


def test_another_city_starts_from_its_own_figures_alone(built_city: City) -> None:
    city = City.beside(built_city.data)
    assert (city.data / "places" / "places.csv").is_file()
    other = "1488C1010_DeSO2025"
    fetched = gave(
        figure(other, SHARE, 2025, 21.0),
        figure(other, "population", 2025, 1500.0, "scb_tab6574"),
    )
    outcome = updated(city, [Gives(fetched)], Wanted("1488"))
    present = read_present(city.data)
    assert (present.municipality, present.municipalities) == ("1488", ("1488",))
    assert set(present.observations["area_code"].astype(str).str[:4]) == {"1488"}
    assert not (city.data / "places" / "places.csv").exists(), "Places of another city are none of this one."
    assert outcome.changes.undrawn_areas == (other,)
    assert is_fresh(city.settings())


def test_peers_that_are_no_longer_named_go(embedded: Path, tmp_path: Path) -> None:
    shutil.copytree(embedded, tmp_path / "data")
    city = City.beside(tmp_path / "data")
    updated(city, [], Wanted("1488", ("1485",)))
    assert read_present(city.data).municipalities == ("1485", "1488")


def test_the_embedded_figures_come_out_as_they_are_when_nothing_is_fetched(embedded: Path, tmp_path: Path) -> None:
    shutil.copytree(embedded, tmp_path / "data", ignore=shutil.ignore_patterns(".*"))
    city = City.beside(tmp_path / "data")
    before = everything_in(city.data)
    outcome = updated(city, [], Wanted("1488", read_present(embedded).municipalities))
    assert outcome.changes.nothing
    after = everything_in(city.data)
    assert {name for name in before | after if before.get(name) != after.get(name)} <= {
        "areas/deso_2025.parquet",
        "areas/regso_2025.parquet",
    }
    for name in ("deso_2025", "regso_2025"):
        old, new = (gpd.read_parquet(folder / "areas" / f"{name}.parquet") for folder in (embedded, city.data))
        assert old.geometry.geom_equals_exact(new.geometry, 0.0).sum() == old.geometry.notna().sum()
