"""The tables of SCB against a made-up service on this machine: few calls, and the published figures come back."""

import numpy as np
import pytest
from fetching import client_of
from made_up_scb import made_up_scb, refuses
from made_up_scb_tables import CLOSED, YEARS, all_tables, margin_of_rent, published

from dashboard.sources.area_codes import existed, parse_area_code
from dashboard.sources.fetch_faults import (
    ChangedDimensionError,
    ChangedMeanwhileError,
    DiscontinuedTableError,
    RefusedCallError,
)
from dashboard.sources.fetched import Publisher, Wanted
from dashboard.sources.observation_frame import FRAME_COLUMNS, keys_of, observations_of
from dashboard.sources.scb_recipes import RECIPES
from dashboard.sources.scb_statistics import ScbStatistics
from dashboard.sources.tidy import OBSERVATION_COLUMNS

HOME, PEER = "1488", "1487"
#: The tables that have small areas; the others are of municipalities only.
OF_SMALL_AREAS = [table for table, recipe in RECIPES.items() if recipe.levels != {"municipality"}]
#: Worked out from those that were fetched when all is together, so not by this publisher.
WORKED_OUT_LATER = {
    "age_65_plus_share",
    "dwellings_total",
    "population_65_plus",
    "population_0_19",
    "population_20_34",
    "population_35_49",
    "population_50_64",
    "population_25_65_estimated",
    "labour_force_estimated",
}
CREDITED = {"TAB5956": "scb_tab6534", "TAB6258": "scb_tab6638"}


def quiet(step, done, total):
    """Tell nobody."""


def fetch(scb, folder, wanted=None, tables=None, tell=quiet):
    with client_of(scb, folder) as client:
        return ScbStatistics(client, tables).fetch(wanted or Wanted(HOME), tell)


def told(frame):
    return {one.key: one for one in observations_of(frame)}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Give home and a peer, all years and tables, and the calls that they took."""
    with made_up_scb() as service, pytest.MonkeyPatch.context() as patch:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
            patch.delenv(name, raising=False)
        service.tables = all_tables((HOME, PEER), range(2013, 2027))
        yield fetch(service, tmp_path_factory.mktemp("answers"), Wanted(HOME, (PEER,)))


@pytest.fixture(scope="module")
def figures(whole):
    """Give the figures of the whole by area, indicator and year."""
    return told(whole.frame)


def test_it_is_a_publisher(scb, tmp_path):
    with client_of(scb, tmp_path) as client:
        publisher: Publisher = ScbStatistics(client)
        assert publisher.name == "scb"
        with pytest.raises(ValueError, match="no recipe for TAB1"):
            ScbStatistics(client, ["TAB6574", "TAB1"])


def test_what_the_embedded_data_hold_comes_back_to_the_last_digit(figures):
    found = {key: one.value for key, one in figures.items()}
    known = {
        key: value
        for key, value in published().items()
        if key[0][:4] in {HOME, PEER} and key[1] not in WORKED_OUT_LATER and key[1] in made_indicators()
    }
    assert len(known) > 3500
    assert {key: found.get(key) for key in known} == known


def made_indicators():
    return {made.indicator for recipe in RECIPES.values() for made in recipe.makes}


def test_the_frame_has_the_common_form_and_each_figure_once(whole):
    frame = whole.frame
    assert tuple(frame.columns) == FRAME_COLUMNS == ("source", *OBSERVATION_COLUMNS)
    assert len(np.unique(keys_of(frame))) == len(frame)
    assert set(frame["source"]) == {recipe.source for recipe in RECIPES.values()}
    assert set(frame["indicator"]) == made_indicators()
    with_value = frame["status"].isin(["published", "derived"])
    assert frame["value"].notna().equals(with_value)
    assert (frame.loc[~with_value, "note"] != "").all()
    assert (frame.loc[frame["status"] == "derived", "note"] == "worked_out_from_counts").all()
    assert (frame.loc[frame["status"] == "published", "note"] == "").all()


def test_no_area_has_a_figure_of_a_year_in_which_it_did_not_exist(whole):
    pairs = whole.frame[["area_code", "year"]].drop_duplicates()
    areas = {code: parse_area_code(code) for code in pairs["area_code"].unique()}
    assert {area.vintage for area in areas.values()} == {None, 2018, 2020, 2025}
    assert {area.municipality for area in areas.values()} == {HOME, PEER}
    assert all(existed(areas[code], year) for code, year in zip(pairs["area_code"], pairs["year"], strict=True))


def test_the_index_of_kronogarden_is_the_published_one(figures):
    one = figures["1488R007_RegSO2025", "socio_economic_index", 2024]
    assert (one.value, one.status, one.note, one.source) == (32.5, "published", "", "scb_tab6586")
    years = [key[2] for key in figures if key[:2] == ("1488R007_RegSO2020", "socio_economic_index")]
    assert years == list(range(2013, 2024))


def test_no_growth_of_a_small_area_is_over_the_change_of_division(whole):
    growth = whole.frame[whole.frame["indicator"] == "population_growth"]
    small = growth[growth["area_code"].str.contains("_")]
    assert set(small.loc[small["area_code"].str.endswith("2025"), "year"]) == {2025}
    assert set(small.loc[~small["area_code"].str.endswith("2025"), "year"]) == set(range(2014, 2024))
    assert set(growth.loc[growth["area_code"] == HOME, "year"]) == set(range(2014, 2026))


def test_figures_come_from_the_table_of_their_time(whole):
    frame = whole.frame
    education = frame[(frame["indicator"] == "post_secondary_education_share") & (frame["area_code"] == HOME)]
    assert sorted(education["year"]) == list(range(2015, 2026))
    tenure = frame[(frame["indicator"] == "dwellings_rented") & frame["area_code"].str.contains("_DeSO")]
    assert sorted(tenure["year"].unique()) == list(range(2015, 2026))
    assert {name: [one.name for one in files] for name, files in whole.files.items() if len(files) > 1} == {
        "scb_tab6534": ["TAB6534", "TAB5956"],
        "scb_tab6638": ["TAB6638", "TAB6258"],
    }


def test_weights_are_scbs_own_numbers(figures):
    force = figures["1488R007_RegSO2025", "labour_force_estimated", 2024]
    share = figures["1488R007_RegSO2025", "unemployment_rate_20_64", 2024]
    assert (force.status, force.note) == ("derived", "worked_out_from_counts")
    unemployed = round(force.value * share.value / 100)
    assert share.value == round(100 * unemployed / force.value, 3)
    assert ("1488", "labour_force_estimated", 2024) not in figures
    assert ("1488", "population_25_65_estimated", 2024) not in figures


def test_rents_have_their_limits(figures):
    one = figures[HOME, "rent_median", 2025]
    margin = margin_of_rent(parse_area_code(HOME), 2025)
    assert (one.upper - one.value, one.value - one.lower) == (margin, margin)


def test_neighbourhoods_are_named_as_the_areas_are(whole):
    assert whole.regso_names["1488R007_RegSO2025"] == "Kronogårds Torg-Frälsegården"
    assert whole.regso_names["1488R007_RegSO2020"] == "Kronogårds Torg-Frälsegården"
    assert {code[:4] for code in whole.regso_names} == {HOME, PEER}


def test_reports_and_files_tell_what_was_read(whole):
    reports = {report.name: report for report in whole.harvest.reports}
    assert list(reports) == list(RECIPES)
    assert sum(report.kept for report in reports.values()) == len(whole.frame)
    assert all(report.rows == report.kept + sum(report.left_out.values()) for report in reports.values())
    assert reports["TAB6574"].left_out["a growth without a year before under the same division"] > 0
    files = [file for some in whole.files.values() for file in some]
    assert {file.name for file in files} == set(RECIPES)
    assert {file.updated for file in files} == {"2026-03-24T07:00:00Z"}
    assert len({file.sha256 for file in files}) == len(files)
    # Two municipalities, two contents, December and June of 2020 to 2025 and June of 2026: no other months.
    assert [file.rows for file in files if file.name == "TAB6260"] == [2 * 2 * 13]


def test_the_home_municipality_takes_forty_calls_and_the_next_time_small_ones(scb, tmp_path):
    scb.tables = all_tables((HOME,))
    first = fetch(scb, tmp_path, tables=OF_SMALL_AREAS)
    assert len(OF_SMALL_AREAS) == 13
    assert len(scb.asked) == 40
    assert scb.asked_for("/data") == scb.asked_for("/metadata") == 13
    scb.asked.clear()
    second = fetch(scb, tmp_path, tables=OF_SMALL_AREAS)
    assert scb.asked == [("GET", "/config"), *(("GET", f"/tables/{table}") for table in OF_SMALL_AREAS)]
    assert second.frame.equals(first.frame)
    assert second.files == first.files


def test_the_tables_of_municipalities_take_three_calls_each(scb, tmp_path):
    scb.tables = all_tables((HOME,))
    fetch(scb, tmp_path, tables=[table for table in RECIPES if table not in OF_SMALL_AREAS])
    assert len(scb.asked) == 1 + 4 * 3


def test_false_zeros_are_not_fetched_where_a_call_would_not_hold_all(scb, tmp_path):
    scb.tables = all_tables((HOME,), range(2020, 2026))
    one_call = fetch(scb, tmp_path / "one", tables=["TAB6571"])
    scb.most_cells = 500
    several = fetch(scb, tmp_path / "several", tables=["TAB6571"])
    assert told(several.frame) == told(one_call.frame)
    (report,), (few,) = one_call.harvest.reports, several.harvest.reports
    assert report.left_out["the area's division did not exist in that year"] == 46 * 2 + 48 * 4
    assert few.left_out == {}
    assert few.kept == report.kept
    assert several.files["scb_tab6571"][0].rows == 2 * few.kept < one_call.files["scb_tab6571"][0].rows


def test_figures_that_change_between_two_selections_are_never_mixed(scb, tmp_path):
    scb.tables, scb.most_cells = all_tables((HOME,), range(2020, 2026)), 500
    table = scb.tables["TAB6571"]

    def change(path):
        if path.endswith("/data") and scb.asked_for("/data") == 2:
            table.updated = "2026-04-01T06:00:00Z"

    scb.after = change
    with pytest.raises(ChangedMeanwhileError, match="SCB \\(TAB6571\\) got new figures while it was"):
        fetch(scb, tmp_path, tables=["TAB6571"])
    assert fetch(scb, tmp_path, tables=["TAB6571"]).files["scb_tab6571"][0].updated == "2026-04-01T06:00:00Z"


def test_an_interrupted_fetch_goes_on_and_fetches_nothing_twice(scb, tmp_path):
    scb.tables = all_tables((HOME,), (2023, 2024))
    some = ["TAB6568", "TAB6571", "TAB6685", "TAB6586"]
    # The limits, then three calls a table: the cells of the third one are refused.
    scb.faults = [None] * 9 + [refuses(400)]
    with pytest.raises(RefusedCallError, match="SCB \\(TAB6685\\)"):
        fetch(scb, tmp_path, tables=some)
    scb.asked.clear()
    steps = []
    gave = fetch(scb, tmp_path, tables=some, tell=lambda *step: steps.append(step))
    assert [path for _, path in scb.asked if path.endswith("/data")] == [
        "/tables/TAB6685/data",
        "/tables/TAB6586/data",
    ]
    assert [path for _, path in scb.asked if path.endswith("/metadata")] == ["/tables/TAB6586/metadata"]
    assert [file.name for files in gave.files.values() for file in files] == some
    assert steps == [(table, 1, 1) for table in some]


def test_only_the_years_that_are_wanted_are_fetched_and_given(scb, tmp_path):
    scb.tables = all_tables((HOME,))
    gave = fetch(scb, tmp_path, Wanted(HOME, years=frozenset({2024, 2025})), ["TAB6574", "TAB5956", "TAB6258"])
    assert set(gave.frame["year"]) == {2024, 2025}
    # The growth of the municipality in 2024 needs 2023; nothing is asked of the tables that end before.
    assert [path for _, path in scb.asked if path.endswith("/data")] == ["/tables/TAB6574/data"]
    growth = {key[2] for key in told(gave.frame) if key[:2] == (HOME, "population_growth")}
    assert growth == {2024, 2025}
    assert list(gave.files) == ["scb_tab6574"]
    assert list(gave.harvest.reports[1].lines())[1] == "    0 left out: the table has none of the years that are wanted"


def test_a_closed_table_is_taken_for_its_old_years_alone(scb, tmp_path):
    assert {table for table, made in all_tables((HOME,), (2023,)).items() if made.discontinued} == set(CLOSED)
    scb.tables = all_tables((HOME,), (2023, 2024, 2025))
    scb.tables["TAB5956"].dimensions["Tid"].append("2024")
    years = fetch(scb, tmp_path, tables=["TAB5956"]).frame["year"]
    assert set(years) == {2023}
    scb.tables["TAB6568"].discontinued = True
    with pytest.raises(DiscontinuedTableError, match="SCB \\(TAB6568\\) gets no new figures any more"):
        fetch(scb, tmp_path, tables=["TAB6568"])


def test_a_table_that_is_gone_is_told(scb, tmp_path):
    scb.tables = all_tables((HOME,), (2024,))
    del scb.tables["TAB6685"]
    with pytest.raises(DiscontinuedTableError, match="SCB \\(TAB6685\\) is not there any more"):
        fetch(scb, tmp_path, tables=["TAB6571", "TAB6685"])


@pytest.mark.parametrize(
    ("table", "dimension", "codes", "message"),
    [
        ("TAB6571", "UtlBakgrund", ["2", "1", "TOTALT"], "has no code SA in UtlBakgrund"),
        ("TAB6685", "Kon", ["1+2"], "has the dimensions Region, Alder, ContentsCode, Tid, Kon where"),
        ("TAB6258", "ContentsCode", ["A", "B"], "has 2 codes in ContentsCode \\(A, B\\) where one is expected"),
        ("TAB6574", "Tid", ["2024K1"], "has the period “2024K1”"),
        ("TAB6586", "Region", ["1488R007_RegSO2030X"], "is not a municipality, DeSO or RegSO code"),
        ("TAB6586", "Region", ["1487R001_RegSO2025"], "has no regso of municipality 1488"),
        ("TAB6684", "Region", ["1488", "1488A0010_DeSO2025"], "has no regso of municipality 1488"),
    ],
)
def test_a_table_that_has_changed_is_told_before_any_cell_is_fetched(scb, tmp_path, table, dimension, codes, message):
    scb.tables = all_tables((HOME,), (2023, 2024))
    scb.tables[table].dimensions[dimension] = codes
    with pytest.raises(ChangedDimensionError, match=f"SCB \\({table}\\).*{message}"):
        fetch(scb, tmp_path, tables=[table])
    assert scb.asked_for("/data") == 0


def test_areas_of_other_levels_than_the_recipe_has_are_not_asked_for(scb, tmp_path):
    scb.tables = all_tables((HOME,), (2024,))
    scb.tables["TAB6586"].dimensions["Region"] += ["1488", "1488A0010_DeSO2025"]
    gave = fetch(scb, tmp_path, tables=["TAB6586"])
    assert gave.files["scb_tab6586"][0].rows == 16 + 15
    assert {parse_area_code(code).level for code in gave.frame["area_code"]} == {"regso"}


def test_a_withheld_part_makes_the_share_withheld_and_never_zero(scb, tmp_path):
    scb.tables = all_tables((HOME,), (2024,))
    table = scb.tables["TAB6571"]
    usual = table.figure

    def figure(codes):
        hidden = codes["Region"] == "1488R007_RegSO2025" and codes["UtlBakgrund"] == "1"
        return None if hidden else usual(codes)

    table.figure = figure
    found = told(fetch(scb, tmp_path, tables=["TAB6571"]).frame)
    one = found["1488R007_RegSO2025", "foreign_background_share", 2024]
    assert (one.value, one.status, one.note) == (None, "suppressed", "suppressed_at_source")
    assert found["1488R008_RegSO2025", "foreign_background_share", 2024].status == "derived"


def test_a_survey_without_the_municipality_gives_no_figures_and_says_so(scb, tmp_path):
    scb.tables = all_tables((HOME,), (2024,))
    scb.tables["TAB4590"].dimensions["Region"] = ["1480"]
    gave = fetch(scb, tmp_path, tables=["TAB4590"])
    assert gave.frame.empty
    assert gave.files == {}
    assert list(gave.harvest.reports[0].left_out) == ["the table has none of the municipalities"]


def test_the_made_up_tables_are_those_of_the_recipes():
    assert set(YEARS) == set(RECIPES)
    for recipe in RECIPES.values():
        assert recipe.source == CREDITED.get(recipe.table, f"scb_{recipe.table.lower()}")
