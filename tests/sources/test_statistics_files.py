"""Statistics files: which rows become figures, which do not and why, and what is refused."""

import made_up
import pytest

from dashboard.sources.statistics_files import (
    read_age_and_sex,
    read_long,
    read_tenure,
    same_figures,
    source_id,
    without_repeats,
)
from dashboard.sources.tidy import InputError, Observation

DESO = ("desokod", "year", "scb_table")
SERIES = ("kommun_code", "year", "source_table")
EXTERNAL = ("area_code", "period", "publisher")


def deso_row(
    value: str = "12", year: str = "2025", code: str = "1487C1010", name: str = "foreign_background"
) -> list[str]:
    return [code, "1487R001", name, year, value, "percent", "TAB6571"]


def read_one(folder, row) -> Observation:
    (one,) = read_long(folder.deso([row]), *DESO).observations
    return one


def test_a_figure_is_kept_with_source_code_and_division(input_folder):
    assert read_one(input_folder, deso_row()) == Observation(
        "scb_tab6571", "1487C1010_DeSO2025", "foreign_background_share", 2025, 12.0, "published"
    )


@pytest.mark.parametrize(
    ("cell", "status", "note"),
    [
        ("..", "suppressed", "suppressed_at_source"),
        (".", "missing", "absent_in_source"),
        ("", "missing", "absent_in_source"),
    ],
)
def test_a_figure_that_is_not_shown_is_never_zero(input_folder, cell, status, note):
    one = read_one(input_folder, deso_row(cell))
    assert (one.value, one.status, one.note) == (None, status, note)


@pytest.mark.parametrize("code", ["1487C1010", "1487C1010_DeSO2025"])
def test_a_zero_before_the_code_existed_is_a_false_zero(input_folder, code):
    one = read_one(input_folder, deso_row("0", "2023", code))
    assert (one.value, one.status, one.note) == (None, "false_zero", "code_did_not_exist")


def test_a_zero_after_the_code_existed_is_a_zero(input_folder):
    one = read_one(input_folder, deso_row("0", "2024"))
    assert (one.value, one.status) == (0.0, "published")


def test_a_figure_before_the_code_existed_is_refused(input_folder):
    with pytest.raises(
        InputError, match=r"scb_deso_1487_indicators\.csv, row 2: 1487C1010_DeSO2025 has no figures for 2023"
    ):
        read_one(input_folder, deso_row("7", "2023"))


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (deso_row("twelve"), "row 2: “twelve” is not a number"),
        (deso_row("12,5"), "row 2: “12,5” is not a number"),
        (deso_row(year="25"), "row 2: “25” is not a year"),
        (deso_row(code="14C10"), "row 2: “14C10” is not a municipality, DeSO or RegSO code"),
        ([*deso_row()[:-1], "Some blog"], "row 2: the source “Some blog” is not known"),
    ],
)
def test_rows_that_cannot_be_read_are_named(input_folder, row, complaint):
    with pytest.raises(InputError) as caught:
        read_one(input_folder, row)
    assert str(caught.value).startswith("scb_deso_1487_indicators.csv, ")
    assert complaint in str(caught.value)


def test_other_publishers_figures_are_left_out_with_the_reason(input_folder):
    path = input_folder.external(
        [
            ["1487", "kommun", "police_vulnerable_area_share", "2025", "3", "%", "Polisen (own overlay)"],
            ["1487", "kommun", "reported_offences_quarter", "2025K1", "900", "", "BRA"],
            ["1487", "kommun", "municipal_tax_rate", "2024", "21.5", "%", "Kolada N00901"],
        ]
    )
    harvest = read_long(path, *EXTERNAL)
    assert [one.indicator for one in harvest.observations] == ["municipal_tax_rate"]
    assert harvest.observations[0].source == "kolada"
    assert next(harvest.reports[0].lines()) == "external_1487.csv: 3 rows read, 1 kept, 2 left out"
    assert "worked out by a third party from a map overlay, not an official figure" in harvest.reports[0].left_out


def test_a_month_without_an_indicator_is_left_out(input_folder):
    row = ["1487", "Provkommun", "unemployment", "2024", "7", "percent", "SCB TAB6260 2024M03"]
    harvest = read_long(input_folder.series([row]), *SERIES)
    assert not harvest.observations
    assert sum(harvest.reports[0].left_out.values()) == 1


def test_a_window_of_unknown_length_is_left_out(input_folder):
    def row(year: str) -> list[str]:
        return ["1487", "Provkommun", "dwellings_completed", year, "120", "dwellings", "SCB TAB4572"]

    harvest = read_long(input_folder.series([row("2025"), row("2026")]), *SERIES)
    assert [one.year for one in harvest.observations] == [2025]
    assert list(harvest.reports[0].left_out) == ["2026 stands for the newest quarters; which ones is not known"]


def test_a_school_year_is_stored_as_the_autumn_it_begins_in(input_folder):
    path = input_folder.external([["1487", "kommun", "school_merit", "2025/26", "220.5", "points", "Skolverket"]])
    (one,) = read_long(path, *EXTERNAL).observations
    assert (one.year, one.note, one.status) == (2025, "school_year", "published")


def test_a_population_that_somebody_worked_out_is_derived(input_folder):
    row = ["1487", "Provkommun", "population_derived", "2020", "39000", "persons", "SCB TAB6574 (derived)"]
    (one,) = read_long(input_folder.series([row]), *SERIES).observations
    assert (one.indicator, one.status, one.note) == ("population", "derived", "population_from_growth")


def test_a_margin_of_error_becomes_limits(input_folder):
    def row(name: str, value: str) -> list[str]:
        return ["1487", "Provkommun", name, "2024", value, "SEK", "SCB TAB4590"]

    path = input_folder.series([row("rent_median", "1200"), row("rent_median_margin_of_error", "25")])
    (one,) = read_long(path, *SERIES).observations
    assert (one.indicator, one.value, one.lower, one.upper) == ("rent_median", 1200.0, 1175.0, 1225.0)


def test_a_margin_of_nothing_gives_no_limits(input_folder):
    def row(name: str, value: str) -> list[str]:
        return ["1487", "Provkommun", name, "2024", value, "SEK", "SCB TAB4590"]

    path = input_folder.series([row("rent_median", ".."), row("rent_median_margin_of_error", "25")])
    (one,) = read_long(path, *SERIES).observations
    assert (one.value, one.lower, one.upper, one.status) == (None, None, None, "suppressed")


def test_age_and_sex_are_read_cell_by_cell(input_folder):
    harvest = read_age_and_sex(input_folder.ages(made_up.age_rows()[:3]))
    assert [one.indicator for one in harvest.observations] == [
        "population_men_0_4",
        "population_women_0_4",
        "population_men_5_9",
    ]
    assert {one.year for one in harvest.observations} == {2025}


def test_a_third_sex_of_the_file_is_refused(input_folder):
    path = input_folder.ages([["1487C1010", "0-4", "total", "20"]])
    with pytest.raises(InputError, match="row 2: the sex “total”"):
        read_age_and_sex(path)


def test_an_unknown_tenure_is_refused(input_folder):
    path = input_folder.tenure([["1487C1010", "arrende", "20"]])
    with pytest.raises(InputError, match="row 2: the form of tenure “arrende”"):
        read_tenure(path)


def test_a_file_name_without_its_year_is_refused(input_folder):
    path = input_folder.tenure(made_up.tenure_rows())
    named = path.rename(path.with_name("scb_deso_1487_tenure_new.csv"))
    with pytest.raises(InputError, match="the file name ends with the year"):
        read_tenure(named)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("TAB6574", "scb_tab6574"),
        ("SCB TAB6574 (derived)", "scb_tab6574"),
        ("Kolada N00901", "kolada"),
        ("BRA year", "bra"),
        ("Skolverket", "skolverket"),
    ],
)
def test_sources_have_the_catalogues_ids(text, source):
    assert source_id(text, "a.csv, row 2") == source


def test_the_same_figure_in_two_files_is_kept_once_and_reported(input_folder):
    first = read_long(
        input_folder.series([["1487", "P", "foreign_background", "2025", "20", "%", "SCB TAB6571"]]), *SERIES
    )
    second = read_long(
        input_folder.external([["1487", "kommun", "foreign_background", "2025", "20", "%", "SCB TAB6571"]]), *EXTERNAL
    )
    together = without_repeats([first, second])
    assert len(together.observations) == 1
    assert together.reports[1].kept == 0
    assert dict(together.reports[1].left_out) == {"the same figure is in scb_kommun_series.csv": 1}


def test_two_figures_for_the_same_thing_are_refused(input_folder):
    first = read_long(
        input_folder.series([["1487", "P", "foreign_background", "2025", "20", "%", "SCB TAB6571"]]), *SERIES
    )
    second = read_long(
        input_folder.external([["1487", "kommun", "foreign_background", "2025", "21", "%", "SCB TAB6571"]]), *EXTERNAL
    )
    with pytest.raises(InputError) as caught:
        without_repeats([first, second])
    said = str(caught.value)
    assert "foreign_background_share for 1487 in 2025 occurs twice" in said
    assert "20.0 in scb_kommun_series.csv, 21.0 in external_1487.csv" in said


def test_a_figure_that_a_file_repeats_within_itself_is_refused(input_folder):
    harvest = read_long(input_folder.deso([deso_row(), deso_row()]), *DESO)
    with pytest.raises(InputError, match="occurs twice"):
        without_repeats([harvest])


def test_a_figure_and_a_missing_one_are_not_the_same():
    one = Observation("scb_tab6571", "1487", "population", 2025, 1.0, "published")
    assert not same_figures(one, Observation("scb_tab6571", "1487", "population", 2025, None, "missing"))
