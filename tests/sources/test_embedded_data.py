"""Facts about the embedded data that can be checked against what SCB publishes and against each other."""

import csv
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from dashboard.measures.segregation import panel
from dashboard.warehouse.connection import Warehouse

# What the DeSO and the RegSO tables both publish.
SHARED = (
    "age_20_34_share",
    "apartment_building_share",
    "capital_income_share",
    "disposable_income_median",
    "employment_rate_20_64",
    "foreign_background_share",
    "low_economic_standard_share",
    "net_income_mean",
    "one_person_household_share",
    "population",
    "population_growth",
    "post_secondary_education_share",
    "rental_tenure_share",
    "unemployment_rate_20_64",
)
# Published with the data: D of foreign background between the DeSO of seven cities, 2025.
DISSIMILARITY = {
    "1488": 0.4543,
    "1485": 0.3837,
    "1490": 0.3820,
    "1487": 0.3754,
    "1496": 0.3317,
    "1463": 0.2925,
    "1489": 0.2590,
}
PEER_AREAS = {"1487": 25, "1485": 35, "1496": 33, "1489": 23, "1463": 22, "1490": 77}


@pytest.fixture(scope="module")
def observations(embedded: Path) -> pd.DataFrame:
    kinds = {"area_code": str, "note": str}
    frames = [
        pd.read_csv(path, dtype=kinds).assign(source=path.stem) for path in (embedded / "observations").glob("*.csv")
    ]
    return pd.concat(frames, ignore_index=True)


@pytest.fixture(scope="module")
def deso(embedded: Path) -> gpd.GeoDataFrame:
    return gpd.read_parquet(embedded / "areas" / "deso_2025.parquet")


@pytest.fixture(scope="module")
def regso(embedded: Path) -> gpd.GeoDataFrame:
    return gpd.read_parquet(embedded / "areas" / "regso_2025.parquet")


def value(observations: pd.DataFrame, area: str, indicator: str, year: int) -> float:
    chosen = (
        (observations["area_code"] == area) & (observations["indicator"] == indicator) & (observations["year"] == year)
    )
    (one,) = observations.loc[chosen, "value"]
    return one


def test_trollhattan_has_32_deso_and_16_regso_with_boundaries(deso, regso):
    own = deso[deso["municipality"] == "1488"]
    assert len(own) == 32
    assert own.geometry.notna().all()
    named = regso[(regso["municipality"] == "1488") & regso["name"].notna()]
    assert len(named) == 16
    assert named.geometry.notna().all()
    assert set(own["regso_code"]) == set(named["area_code"])


def test_six_peers_have_215_deso_without_boundaries(deso):
    peers = deso[deso["municipality"] != "1488"]
    assert dict(peers["municipality"].value_counts()) == PEER_AREAS
    assert sum(PEER_AREAS.values()) == 215
    assert set(peers["boundary"]) == {"none"}


def test_the_population_is_scbs(observations):
    assert value(observations, "1488", "population", 2025) == 59265
    assert value(observations, "1488A0010_DeSO2025", "population", 2025) == 1159


def test_parts_are_never_made_to_add_up(observations):
    """SCB perturbs each cell on its own: the 34 cells of DeSO 1488A0010 are 1 153 persons, its population 1 159."""
    chosen = (observations["area_code"] == "1488A0010_DeSO2025") & observations["indicator"].str.match(
        r"population_(men|women)_"
    )
    assert chosen.sum() == 34
    assert observations.loc[chosen, "value"].sum() == 1153


def test_every_figure_has_a_status_and_every_gap_a_reason(observations):
    assert set(observations["status"]) <= {"published", "derived", "suppressed", "missing", "false_zero"}
    absent = observations["value"].isna()
    assert (absent == ~observations["status"].isin(["published", "derived"])).all()
    assert observations.loc[absent, "note"].notna().all()


def test_no_figure_under_a_code_that_did_not_exist(observations):
    areas = observations["area_code"].str.contains("_")
    early = observations[areas & (observations["year"] < 2024)]
    assert early["value"].isna().all()


def test_a_regso_of_one_deso_has_the_same_figures(observations, deso):
    """The two files were read apart; the 140 figures that they share agree."""
    own = deso[deso["municipality"] == "1488"]
    single = own.groupby("regso_code")["area_code"].agg(["size", "first"]).query("size == 1")["first"]
    usable = observations[observations["indicator"].isin(SHARED) & (observations["note"] != "population_from_growth")]
    compared = 0
    for regso_code, deso_code in single.items():
        at_regso, at_deso = (
            usable[usable["area_code"] == code].set_index(["indicator", "year"])["value"].dropna()
            for code in (regso_code, deso_code)
        )
        both = at_regso.index.intersection(at_deso.index)
        assert (at_regso[both] == at_deso[both]).all(), regso_code
        compared += len(both)
    assert compared == 140


@pytest.mark.parametrize("municipality", DISSIMILARITY)
def test_areas_add_up_to_their_municipality(observations, municipality):
    """Within what SCB's perturbation explains: 21 persons, and 0.03 percentage points of foreign background."""
    small = observations["area_code"].str.match(f"{municipality}[ABC]") & (observations["year"] == 2025)
    wide = observations[small].pivot(index="area_code", columns="indicator", values="value")
    persons = wide["population"].sum()
    assert abs(persons - value(observations, municipality, "population", 2025)) <= 21
    share = (wide["population"] * wide["foreign_background_share"]).sum() / persons
    assert abs(share - value(observations, municipality, "foreign_background_share", 2025)) <= 0.03


def test_the_deso_of_a_regso_cover_it(deso, regso):
    planar = deso[deso["municipality"] == "1488"].to_crs(3006)
    outlines = regso.set_index("area_code").to_crs(3006).geometry
    for code, members in planar.groupby("regso_code"):
        together = shapely.union_all(members.geometry.to_numpy())
        outline = outlines[code]
        assert shapely.symmetric_difference(together, outline).area / outline.area < 5e-4, code
        assert abs(members.geometry.area.sum() / together.area - 1) < 1e-4, f"{code}: its DeSO overlap"


def test_areas_are_in_square_metres_of_sweref_99_tm(deso, regso, embedded):
    municipality = gpd.read_parquet(embedded / "areas" / "municipality.parquet").set_index("code")
    for table in (deso, regso):
        own = table[table["municipality"] == "1488"]
        planar = own.to_crs(3006).geometry.area
        assert (abs(planar - own["area_m2"]) / planar).max() < 1e-3
        assert own["area_m2"].sum() == pytest.approx(municipality.loc["1488", "area_m2"], rel=1e-4)
        assert own.crs.to_epsg() == 4326
    # A whole municipality, in m²: neither hectares nor km².
    assert 1e8 < municipality.loc["1488", "area_m2"] < 1e9


def test_the_labour_force_is_as_the_definition_says(observations):
    known = observations[(observations["year"] == 2024) & observations["area_code"].str.startswith("1488C")]
    wide = known.pivot(index="area_code", columns="indicator", values="value")
    employed, unemployed = wide["employment_rate_20_64"] / 100, wide["unemployment_rate_20_64"] / 100
    whole = observations[(observations["area_code"] == "1488") & (observations["year"] == 2025)].set_index("indicator")[
        "value"
    ]
    ages = sum(whole[f"population_{sex}_{start}_{start + 4}"] for sex in ("men", "women") for start in range(20, 65, 5))
    # 33 792 of 59 265 inhabitants are 20–64 years old (SCB TAB6574, 2025).
    assert (ages, whole["population"]) == (33792, 59265)
    expected = wide["population"] * ages / whole["population"] * employed / (1 - unemployed)
    assert abs(wide["labour_force_estimated"] - expected).max() <= 5e-4


def test_age_groups_are_all_people_once(observations):
    """Every five-year band lies in one group: the groups add up to what the bands add up to."""
    wide = observations[observations["year"] == 2025].pivot(index="area_code", columns="indicator", values="value")
    groups = ["population_0_19", "population_20_34", "population_35_49", "population_50_64", "population_65_plus"]
    bands = [name for name in wide.columns if name.startswith(("population_men_", "population_women_"))]
    assert len(bands) == 34
    known = wide.loc[wide[groups[0]].notna()]
    assert len(known) == 49
    assert (known[groups].sum(axis=1) == known[bands].sum(axis=1)).all()
    # SCB changes small numbers one by one: the 59 265 inhabitants are four more than the ages together.
    assert known.loc["1488", groups].tolist() == [13638, 11784, 11073, 10935, 11831]


def test_figures_that_are_worked_out_are_never_credited_as_published(observations):
    worked_out = {"labour_force_estimated", "population_65_plus", "age_65_plus_share", "dwellings_total"}
    worked_out |= {"population_0_19", "population_20_34", "population_35_49", "population_50_64"}
    chosen = observations["indicator"].isin(worked_out) & observations["value"].notna()
    assert set(observations.loc[chosen, "status"]) == {"derived"}
    before = (observations["indicator"] == "population") & (observations["year"] < 2025) & observations["value"].notna()
    assert set(observations.loc[before, "status"]) == {"derived"}


def test_dissimilarity_of_seven_cities_is_the_published_one(home_city):
    warehouse = Warehouse(home_city.warehouse)
    with warehouse.cursor() as cursor:
        rows = panel(cursor, level="deso", year=2025, split="foreign_background", measures=["dissimilarity"])
    warehouse.close()
    assert {row.municipality: round(row.value, 4) for row in rows} == DISSIMILARITY


def test_places_lie_in_the_municipality(embedded):
    outline = gpd.read_parquet(embedded / "areas" / "municipality.parquet").set_index("code").loc["1488", "geometry"]
    near = outline.buffer(0.05)
    for name in ("places.csv", "schools.csv"):
        with (embedded / "places" / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert near.contains(shapely.Point(float(row["lon"]), float(row["lat"]))), row["name"]
