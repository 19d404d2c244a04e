"""The catalogue as it is: every file fits the schema, and the figures mean what was agreed."""

import csv
import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from dashboard.catalogue import Catalogue, CatalogueError, load_catalogue

DATA = Path(__file__).parents[1] / "data"
FOLDER = DATA / "catalogue"
KINDS = {"indicators": "indicator", "sources": "source", "splits": "split", "measures": "measure"}
FILES = [path for kind in KINDS for path in sorted((FOLDER / kind).glob("*.yaml"))]
SCHEMA = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))

AGES = [f"{age}_{age + 4}" for age in range(0, 80, 5)] + ["80_plus"]
INDICATORS = {
    *(f"population_{sex}_{age}" for sex in ("men", "women") for age in AGES),
    *(f"income_component_{code}_mean" for code in (10, 30, 230, 70, 80, 100, 110, 120, 140, 150, 160, 170, 180)),
    *(f"dwellings_{tenure}" for tenure in ("rented", "tenant_owned", "owner_occupied", "tenure_unknown", "total")),
    *(f"employed_industry_{code}" for code in (*"afghijklopq", "b_c", "d_e", "m_n", "r_s_t_u")),
    *(f"self_sufficient_{group}" for group in ("all", "born_in_sweden", "foreign_born")),
    *(f"population_projection_age_{age}" for age in ("0_5", "6_16", "20_34", "80_plus")),
    *(f"{name}_rate_{when}" for name in ("unemployment", "employment") for when in ("20_64", "december", "june")),
    "population",
    "population_growth",
    "population_65_plus",
    *(f"population_{ages}" for ages in ("0_19", "20_34", "35_49", "50_64")),
    "age_65_plus_share",
    "age_20_34_share",
    "one_person_household_share",
    "foreign_background_share",
    "net_income_mean",
    "capital_income_share",
    *(f"income_quartile_{number}" for number in (1, 2, 3, 4)),
    "income_persons",
    "disposable_income_median",
    "low_economic_standard_share",
    "labour_force_estimated",
    "population_25_65_estimated",
    "post_secondary_education_share",
    "rental_tenure_share",
    "apartment_building_share",
    "apartment_dwelling_share",
    "socio_economic_index",
    "rent_median",
    "rent_mean",
    "floor_space_per_person",
    "house_price_ratio",
    "house_price_mean",
    "house_sales",
    "dwellings_completed_per_1000",
    "dwellings_started_per_1000",
    "dwellings_completed",
    "rental_share_of_completions",
    "municipal_tax_rate",
    "net_cost_of_operations",
    "long_term_debt",
    "equity_ratio",
    "reported_offences",
    "reported_violence",
    "reported_theft_robbery",
    "reported_residential_burglary",
    "reported_criminal_damage",
    "reported_drug_weapon_offences",
    "reported_offences_change",
    "population_projection",
    "school_merit",
    "school_passed",
    "school_eligible",
}
FAMILIES = {
    "population_age_sex": 34,
    "population_age_groups": 4,
    "income_component_mean": 13,
    "income_quartile": 4,
    "dwellings_tenure": 4,
    "employed_by_industry": 15,
    "self_sufficiency": 3,
    "population_projection_age": 4,
}
TABLES = "6574 6568 6571 6683 6684 6685 6680 6260 6534 6638 824 6065 6586 6681 6766 4590 1541 1169 4572 4193 698"
SOURCES = {f"scb_tab{number}" for number in TABLES.split()} | {
    "scb_areas_deso_2025",
    "scb_areas_regso_2025",
    "scb_areas_deso_2018",
    "scb_areas_regso_2020",
    "kolada",
    "bra",
    "skolverket",
    "openstreetmap",
}
SPLITS = {
    "foreign_background": ("persons", "share", "foreign_background_share", "population"),
    "low_economic_standard": ("persons", "share", "low_economic_standard_share", "population"),
    "post_secondary_education": ("persons", "share", "post_secondary_education_share", "population_25_65_estimated"),
    "unemployed": ("persons", "share", "unemployment_rate_20_64", "labour_force_estimated"),
    "rented_tenure": ("dwellings", "count", "dwellings_rented", "dwellings_total"),
    "living_alone": ("households", "share", "one_person_household_share", "dwellings_total"),
    "age_20_34": ("persons", "share", "age_20_34_share", "population"),
    "age_65_plus": ("persons", "count", "population_65_plus", "population"),
}
MEASURES = {
    "dissimilarity": "city",
    "gini": "city",
    "isolation": "city",
    "exposure": "city",
    "correlation_ratio": "city",
    "entropy": "city",
    "corrected_dissimilarity": "city",
    "multigroup_entropy": "city",
    "multigroup_dissimilarity": "city",
    "within_between": "city",
    "entropy_between": "city",
    "entropy_within": "city",
    "random_floor": "city",
    "rank_order_entropy": "city",
    "location_quotient": "area",
    "contribution": "area",
    "entropy_score": "area",
    "bespoke_neighbourhood": "area",
    "entropy_contribution": "area",
    "morans_i": "city",
    "effective_groups": "area",
    "network_distance": "place",
    "detour_ratio": "place",
    "closeness": "place",
    "betweenness": "place",
    "barrier": "place",
    "catchment": "place",
    "social_mix": "place",
    "access_gap": "place",
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(FOLDER)


def read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return document


def test_the_schema_is_a_schema_and_its_examples_fit_it() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    for name, definition in SCHEMA["$defs"].items():
        assert definition.get("description"), f"$defs/{name} has no description"
        validator = Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]})
        for example in definition.get("examples", []):
            validator.validate(example)
    for name in KINDS.values():
        assert SCHEMA["$defs"][name]["examples"]
        assert SCHEMA["$defs"][name]["additionalProperties"] is False


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_each_file_is_as_the_schema_says(path: Path) -> None:
    definition = KINDS[path.parent.name]
    validator = Draft202012Validator({"$ref": f"#/$defs/{definition}", "$defs": SCHEMA["$defs"]})
    assert [error.message for error in validator.iter_errors(read(path))] == []


def test_everything_that_is_agreed_on_is_there_and_nothing_else(catalogue: Catalogue) -> None:
    assert set(catalogue.indicators) == INDICATORS
    assert {family.id: len(family.members) for family in catalogue.families.values()} == FAMILIES
    assert set(catalogue.sources) == SOURCES
    assert {
        split.id: (split.unit, split.group_kind, split.group_indicator, split.total_indicator)
        for split in catalogue.splits.values()
        if split.kind == "two_group"
    } == SPLITS
    assert catalogue.split("tenure").groups == (
        "dwellings_rented",
        "dwellings_tenant_owned",
        "dwellings_owner_occupied",
    )
    assert set(catalogue.splits) == {*SPLITS, "tenure", "age_groups"}
    assert {measure.id: measure.level for measure in catalogue.measures.values()} == MEASURES


def test_members_know_their_family_and_take_what_it_says(catalogue: Catalogue) -> None:
    for family in catalogue.families.values():
        assert family.id not in catalogue.indicators
        assert all(catalogue.indicator(member).family == family.id for member in family.members)
    oldest = catalogue.indicator("population_women_80_plus")
    assert (oldest.name.sv, oldest.name.en) == ("Kvinnor 80 år och äldre", "Women aged 80 and older")
    assert oldest.unit == "persons"
    assert catalogue.indicator("population").family is None
    foreign_born = catalogue.indicator("self_sufficient_foreign_born")
    assert foreign_born.population != catalogue.indicator("self_sufficient_all").population


def test_every_observation_is_described(catalogue: Catalogue) -> None:
    for path in sorted((DATA / "observations").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = {(row["indicator"], level_of(row["area_code"]), int(row["year"])) for row in csv.DictReader(file)}
        for indicator_id, level, year in rows:
            indicator = catalogue.indicator(indicator_id)
            assert catalogue.source_of(indicator_id, level).id == path.stem
            first, last = indicator.years[level]
            assert first <= year <= last, (indicator_id, level, year)


def level_of(area_code: str) -> Any:
    return "municipality" if len(area_code) == 4 else "regso" if area_code[4] == "R" else "deso"


def test_source_files_survive_being_written_again() -> None:
    for path in sorted((FOLDER / "sources").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        again = yaml.safe_dump(yaml.safe_load(text), sort_keys=False, allow_unicode=True, width=100)
        assert again == text, path.name


def test_what_is_not_there_is_said_in_one_sentence(catalogue: Catalogue) -> None:
    for find in (catalogue.indicator, catalogue.source, catalogue.split, catalogue.measure):
        with pytest.raises(CatalogueError, match=r"^There is no \w+ 'nothing' in the catalogue; choose one of: .+\.$"):
            find("nothing")


def test_the_catalogue_cannot_be_changed(catalogue: Catalogue) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        catalogue.indicator("population").decimals = 3  # type: ignore[misc]
    with pytest.raises(TypeError):
        catalogue.indicators["population"] = catalogue.indicator("house_sales")  # type: ignore[index]


def test_without_validation_the_same_comes_out(catalogue: Catalogue) -> None:
    assert load_catalogue(FOLDER, validate=False) == catalogue


def test_examples_are_whole_documents() -> None:
    example = SCHEMA["$defs"]["indicator"]["examples"][0]
    assert example == read(FOLDER / "indicators" / f"{example['id']}.yaml")
