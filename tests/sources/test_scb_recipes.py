"""Recipes of SCB's tables: they fit the catalogue, and their arithmetic is that of worked examples."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from made_up_scb_tables import all_tables

from dashboard.catalogue import load_catalogue
from dashboard.sources.area_codes import parse_area_code
from dashboard.sources.false_zeros import area_of_service, without_false_zeros
from dashboard.sources.fetch_faults import ChangedDimensionError
from dashboard.sources.fetched import Wanted
from dashboard.sources.json_stat import PUBLISHED, SUPPRESSED, Cube, Dimension, Structure
from dashboard.sources.scb_cells import TOLD, figures_of
from dashboard.sources.scb_choice import choose, name_of_regso
from dashboard.sources.scb_recipe_form import Told
from dashboard.sources.scb_recipes import RECIPES

DATA = Path(__file__).parents[2] / "data"
#: Weights that SCB's own tables tell now; the catalogue credits the table that they were estimated from.
WEIGHT = "population_25_65_estimated"
#: What the statistics of files and of tables are both worked on with, once all is together (``derived.py``).
WORKED_OUT_LATER = {"age_65_plus_share", "dwellings_total"}


def cube_of(values, status=None, *, update=None, **codes):
    """Give a cube from codes by dimension and its cells, row by row; NaN is withheld unless told otherwise."""
    dimensions = tuple(Dimension(name, name, tuple(some), dict(update or {})) for name, some in codes.items())
    structure = Structure("made up", "SCB", "2026-01-01", dimensions)
    cells = np.array(values, dtype=np.float64).reshape(structure.shape)
    marks = np.where(np.isnan(cells), SUPPRESSED, PUBLISHED).astype(np.uint8) if status is None else status
    return Cube(structure, cells, np.array(marks, dtype=np.uint8).reshape(structure.shape))


def worked_out(table, cube):
    """Give area, year → value, status and note, by indicator."""
    areas = {code: area_of_service(code) for code in cube.structure.dimensions[0].codes}
    found = {}
    for figures in figures_of(without_false_zeros(cube, table), RECIPES[table], areas, table):
        for row, code in enumerate(areas):
            for column, year in enumerate(figures.years.tolist()):
                if figures.possible[row, column]:
                    value = figures.values[row, column]
                    told = (None if np.isnan(value) else value, *TOLD[figures.told[row, column]])
                    found[figures.made.indicator, code, year] = told
    return found


def test_every_indicator_is_in_the_catalogue_at_its_levels_and_with_its_source():
    catalogue = load_catalogue(DATA / "catalogue")
    for recipe in RECIPES.values():
        for made in recipe.makes:
            sources = catalogue.indicator(made.indicator).sources
            for level in recipe.levels if made.levels is None else made.levels:
                assert level in sources, f"{made.indicator} has no {level} in the catalogue"
                assert made.indicator == WEIGHT or sources[level] == recipe.source
            if made.how != "figure":
                assert catalogue.indicator(made.indicator).origin == "derived"


def test_no_indicator_of_an_area_comes_from_two_tables_of_the_same_years():
    makes = [
        (made.indicator, level, recipe.may_be_closed)
        for recipe in RECIPES.values()
        for made in recipe.makes
        for level in (recipe.levels if made.levels is None else made.levels)
    ]
    assert len(makes) == len(set(makes))
    assert {recipe.table for recipe in RECIPES.values() if recipe.may_be_closed} == {"TAB5956", "TAB6258"}


@pytest.mark.parametrize("source", sorted({recipe.source for recipe in RECIPES.values()}))
def test_all_that_the_embedded_data_hold_of_a_table_has_a_recipe(source):
    frame = pd.read_csv(DATA / "observations" / f"{source}.csv", dtype={"area_code": "str"})
    notes = {"sum_of_published_parts", "share_of_published_counts", "estimated_weight", "part_missing"}
    frame = frame[~frame["note"].isin(notes)]
    levels = [parse_area_code(code).level for code in frame["area_code"]]
    made = {
        (one.indicator, level)
        for recipe in RECIPES.values()
        if recipe.source == source
        for one in recipe.makes
        for level in (recipe.levels if one.levels is None else one.levels)
    }
    embedded = {pair for pair in zip(frame["indicator"], levels, strict=True) if pair[0] not in WORKED_OUT_LATER}
    assert embedded <= made


@pytest.mark.parametrize("table", list(RECIPES))
def test_every_code_is_one_that_the_table_has(table):
    # The codes of the made-up tables were written down by themselves, from what is known of SCB's metadata.
    structure = cube_of_made_up(table).structure
    chosen = choose(RECIPES[table], structure, Wanted("1488"), table)
    has = {one.code: set(one.codes) for one in structure.dimensions}
    assert all(set(codes) <= has[name] for name, codes in chosen.dimensions.items())
    asked = RECIPES[table].dimensions
    for made in RECIPES[table].makes:
        for cells in (made.part, made.whole or {}, made.margin or {}):
            assert set(cells) <= set(asked)
            for name, codes in cells.items():
                own = asked[name]
                if not isinstance(codes, Told) and not isinstance(own, Told):
                    assert {codes} <= set(own) if isinstance(codes, str) else set(codes) <= set(own)


@cache
def made_up_tables():
    return all_tables(("1488",))


def cube_of_made_up(table):
    made_up = made_up_tables()[table]
    return cube_of(
        np.zeros([len(codes) for codes in made_up.dimensions.values()]),
        **made_up.dimensions,
    )


def test_a_share_is_of_its_parts_in_per_cent_with_three_decimals():
    found = worked_out(
        "TAB6534",
        cube_of(
            # 21, 3+4, 5, 6: 700 of 1 600 have a post-secondary education; 1 of 3 000 as well.
            [500, 400, 300, 400, 1000, 1999, 1, 0],
            Region=["1488A0010_DeSO2025", "1488"],
            UtbildningsNiva=["21", "3+4", "5", "6"],
            ContentsCode=["000007Z6"],
            Tid=["2024"],
        ),
    )
    share = "post_secondary_education_share"
    assert found[share, "1488A0010_DeSO2025", 2024] == (43.75, "derived", "worked_out_from_counts")
    assert found[share, "1488", 2024] == (0.033, "derived", "worked_out_from_counts")
    assert found[WEIGHT, "1488A0010_DeSO2025", 2024] == (1600, "derived", "worked_out_from_counts")


def test_the_middle_is_rounded_as_python_rounds():
    # 0.0125, 0.0375, 0.0875 and 0.0625 per cent; numpy gives 0.012, 0.038 and 0.088 for the first three.
    found = worked_out(
        "TAB6568",
        cube_of(
            [2, 16000, 6, 16000, 14, 16000, 1, 1600],
            Region=["1488A0010", "1488A0020", "1488A0030", "1488A0040"],
            Hushallstyp=["ESUB", "TOTALT"],
            ContentsCode=["000007Y1"],
            Tid=["2023"],
        ),
    )
    values = [found["one_person_household_share", f"1488A00{n}0", 2023][0] for n in (1, 2, 3, 4)]
    assert values == [0.013, 0.037, 0.087, 0.062]


def test_unemployment_is_of_the_labour_force_and_employment_of_all():
    found = worked_out(
        "TAB6680",
        cube_of(
            [45, 5, 50, 80],
            Region=["1488R007_RegSO2025"],
            Kon=["1+2"],
            Alder=["20-64"],
            ContentsCode=["0000089X", "0000089W", "0000089V", "0000089Y"],
            Tid=["2024"],
        ),
    )
    of = {indicator: told for (indicator, _, _), told in found.items()}
    assert of["unemployment_rate_20_64"] == (10, "derived", "worked_out_from_counts")
    assert of["employment_rate_20_64"] == (56.25, "derived", "worked_out_from_counts")
    assert of["labour_force_estimated"] == (50, "derived", "worked_out_from_counts")


@pytest.mark.parametrize(
    ("cells", "status", "told"),
    [
        ([np.nan, 1600], None, (None, "suppressed", "suppressed_at_source")),
        ([300, np.nan], None, (None, "suppressed", "suppressed_at_source")),
        ([300, np.nan], [0, 2], (None, "missing", "part_missing")),
        ([np.nan, np.nan], [1, 2], (None, "suppressed", "suppressed_at_source")),
        ([0, 0], None, (None, "missing", "whole_is_zero")),
        ([0, 1600], None, (0, "derived", "worked_out_from_counts")),
        # Perturbed cell by cell, a part can come out larger than the whole.
        ([1601, 1600], None, (100, "derived", "worked_out_from_counts")),
    ],
)
def test_a_share_without_one_of_its_parts_has_no_value_and_says_why(cells, status, told):
    region, codes = "1488A0010_DeSO2025", {"UtlBakgrund": ["1", "SA"], "Kon": ["1+2"], "ContentsCode": ["000007Y4"]}
    found = worked_out("TAB6571", cube_of(cells, status, Region=[region], **codes, Tid=["2025"]))
    assert found["foreign_background_share", region, 2025] == told


def population(years, *rows):
    """Give a cube of TAB6574 in which nobody has an age."""
    recipe = RECIPES["TAB6574"]
    regions = [region for region, _ in rows]
    ages, sexes = recipe.dimensions["Alder"], recipe.dimensions["Kon"]
    cells = np.zeros((len(rows), len(years), len(ages), len(sexes)))
    cells[:, :, 0, 2] = [totals for _, totals in rows]
    codes = {"Region": regions, "Tid": years, "Alder": ages, "Kon": sexes}
    return cube_of(cells, **codes, ContentsCode=["000007Y7"])


def test_growth_is_never_over_the_change_of_division_nor_over_a_gap():
    found = worked_out(
        "TAB6574",
        population(
            ["2021", "2023", "2024", "2025"],
            ("1488", [1000, 1000, 1100, 1210]),
            ("1488R007", [100, 100, 0, 0]),
            ("1488R007_RegSO2025", [0, 0, 200, 199]),
        ),
    )
    growth = {
        (area, year): told[0] for (indicator, area, year), told in found.items() if indicator == "population_growth"
    }
    assert growth == {("1488", 2024): 10, ("1488", 2025): 10, ("1488R007_RegSO2025", 2025): -0.5}


def test_growth_from_nobody_or_from_a_withheld_number_has_no_value():
    found = worked_out(
        "TAB6574",
        population(["2024", "2025"], ("1488A0010_DeSO2025", [0, 5]), ("1488A0020_DeSO2025", [np.nan, 5])),
    )
    assert found["population_growth", "1488A0010_DeSO2025", 2025] == (None, "missing", "whole_is_zero")
    assert found["population_growth", "1488A0020_DeSO2025", 2025] == (None, "suppressed", "suppressed_at_source")
    assert found["population", "1488A0010_DeSO2025", 2024] == (0, "published", "")


def test_figures_of_an_area_before_its_division_are_not_there_at_all():
    found = worked_out("TAB6574", population(["2023", "2024"], ("1488R007_RegSO2025", [0, 200])))
    assert {year for _, _, year in found} == {2024}


@pytest.fixture(scope="module")
def embedded():
    """Give the figures of the embedded data by indicator, area and year."""
    frames = [
        pd.read_csv(DATA / "observations" / f"{name}.csv", dtype={"area_code": "str"})
        for name in ("scb_tab6574", "scb_tab6638")
    ]
    frame = pd.concat(frames)
    keys = zip(frame["indicator"], frame["area_code"], frame["year"], strict=True)
    return dict(zip(keys, frame["value"], strict=True))


def test_ages_of_the_embedded_data_give_their_shares(embedded):
    """For the municipality, whose numbers SCB does not change, men and women are all."""
    recipe = RECIPES["TAB6574"]
    ages, sexes = recipe.dimensions["Alder"], recipe.dimensions["Kon"]
    cells = np.zeros((len(ages), len(sexes)))
    for row, age in enumerate(ages[1:], start=1):
        name = {"-4": "0_4", "80-": "80_plus"}.get(age, age.replace("-", "_"))
        for column, sex in enumerate(("men", "women")):
            cells[row, column] = embedded[f"population_{sex}_{name}", "1488", 2025]
    cells[0, :2] = cells[1:, :2].sum(axis=0)
    cells[:, 2] = cells[:, :2].sum(axis=1)
    cells[0, 2] = embedded["population", "1488", 2025]
    found = worked_out(
        "TAB6574",
        cube_of(cells, Region=["1488"], Alder=ages, Kon=sexes, ContentsCode=["000007Y7"], Tid=["2025"]),
    )
    assert found["age_20_34_share", "1488", 2025][0] == pytest.approx(
        embedded["age_20_34_share", "1488", 2025], abs=0.02
    )
    for (indicator, _, year), (value, status, _) in found.items():
        if indicator.startswith(("population_men", "population_women")):
            assert (value, status) == (embedded[indicator, "1488", year], "published")


def test_dwellings_of_the_embedded_data_give_their_share_to_the_last_digit(embedded):
    forms = ("dwellings_rented", "dwellings_tenant_owned", "dwellings_owner_occupied", "dwellings_tenure_unknown")
    areas = sorted({area for indicator, area, _ in embedded if indicator == forms[0] and area.startswith("1488")})
    cells = [[embedded[form, area, 2025] for form in forms] for area in areas]
    found = worked_out(
        "TAB6638",
        cube_of(cells, Region=areas, Upplatelseform=["1", "2", "3", "ÖVRIGT"], ContentsCode=["00000864"], Tid=["2025"]),
    )
    assert len(areas) == 48
    for area in areas:
        value, status, _ = found["rental_tenure_share", area, 2025]
        assert (value, status) == (embedded["rental_tenure_share", area, 2025], "derived")
        assert found["dwellings_rented", area, 2025][:2] == (embedded["dwellings_rented", area, 2025], "published")


def test_rent_has_its_margin():
    cube = cube_of(
        [1000, 25, 1100, 30],
        Region=["1488"],
        Hyresuppg=["Ah_kvm"],
        ContentsCode=["000000J4", "000000J3", "000000RZ", "000000MQ"],
        Tid=["2025"],
    )
    areas = {"1488": parse_area_code("1488")}
    told = {one.made.indicator: one for one in figures_of(cube, RECIPES["TAB4590"], areas, "TAB4590")}
    assert (told["rent_median"].values[0, 0], told["rent_median"].margins[0, 0]) == (1000, 25)
    assert (told["rent_mean"].values[0, 0], told["rent_mean"].margins[0, 0]) == (1100, 30)


def test_a_month_becomes_its_own_indicator():
    cube = cube_of(
        [4, 5, 6, 70, 71, 72],
        Region=["1488"],
        Alder=["20-64"],
        Kon=["1+2"],
        Fodelseregion=["tot"],
        ContentsCode=["000006II", "000006IK"],
        Tid=["2025M06", "2025M12", "2026M06"],
    )
    found = worked_out("TAB6260", cube)
    assert found == {
        ("unemployment_rate_december", "1488", 2025): (5, "published", ""),
        ("unemployment_rate_june", "1488", 2025): (4, "published", ""),
        ("unemployment_rate_june", "1488", 2026): (6, "published", ""),
        ("employment_rate_december", "1488", 2025): (71, "published", ""),
        ("employment_rate_june", "1488", 2025): (70, "published", ""),
        ("employment_rate_june", "1488", 2026): (72, "published", ""),
    }


BUILDINGS = ["SMÅHUS", "FLERBOST", "ÖVRIGT"]


@pytest.mark.parametrize(
    ("codes", "labels", "share"),
    [
        (BUILDINGS, {}, 30),
        (["TOTALT", *BUILDINGS], {}, 25),
        (["ALLA", *BUILDINGS], {"ALLA": "total all types"}, 25),
    ],
)
def test_the_whole_is_the_total_where_there_is_one_else_all_together(codes, labels, share):
    # 30 in flats, of 100 in all kinds of buildings, or of the 120 of the total.
    cells = [{"SMÅHUS": 60, "FLERBOST": 30, "ÖVRIGT": 10}.get(code, 120) for code in codes]
    dimensions = {"Region": ["1488R007"], "Hustyp": codes, "ContentsCode": ["0000077F"], "Tid": ["2020"]}
    found = worked_out("TAB6065", cube_of(cells, update=labels, **dimensions))
    assert found["apartment_building_share", "1488R007", 2020][0] == share


def test_two_totals_are_told_and_nothing_is_guessed():
    cells = cube_of([1, 2, 3], Region=["1488R007"], Hustyp=["TOT", "SA", "FLERBOST"], ContentsCode=["x"], Tid=["2020"])
    with pytest.raises(ChangedDimensionError, match="TAB6065 has several totals in Hustyp \\(TOT, SA\\)"):
        worked_out("TAB6065", cells)


def test_a_dimension_that_is_to_have_one_code_and_has_two_is_told():
    structure = cube_of_made_up("TAB6258").structure
    contents = Dimension("ContentsCode", "", ("number", "per cent"), {})
    dimensions = [contents if one.code == "ContentsCode" else one for one in structure.dimensions]
    with pytest.raises(ChangedDimensionError, match="has 2 codes in ContentsCode \\(number, per cent\\) where one"):
        choose(RECIPES["TAB6258"], replace(structure, dimensions=tuple(dimensions)), Wanted("1488"), "TAB6258")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Kiruna (Övre Norrmalm)", "Övre Norrmalm"),
        ("2584R015 Kiruna (Norrmalm)", "Norrmalm"),
        ("1488R007 Trollhättan (Kronogårds Torg-Frälsegården)", "Kronogårds Torg-Frälsegården"),
        ("Upplands Väsby (Bollstanäs (norra))", "Bollstanäs (norra)"),
        ("2584R015 Norrmalm", "Norrmalm"),
        ("2584R015", None),
        ("", None),
    ],
)
def test_the_name_of_a_neighbourhood_is_told_without_municipality_and_code(label, name):
    assert name_of_regso(label, "2584R015") == name
