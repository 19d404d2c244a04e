"""`dashboard measures --income`: the reference value, what has none, and what is said where quartiles are missing."""

from __future__ import annotations

import csv
import io
import json

import duckdb
import made_up
import pytest

from dashboard.cli import main
from dashboard.measures_command import COLUMNS, PANEL_COLUMNS

#: Four areas with 100 persons each, whose H^R is known (docs/measures/rank_order_entropy.md).
SHARES = ((40, 30, 20, 10), (10, 20, 30, 40), (25, 25, 25, 25), (60, 20, 10, 10))
RANK_ORDER = 0.1115998464922
ENDS = sum(abs(low / 135 - high / 85) for low, _, _, high in SHARES) / 2
NAMES = ("income_quartile_1", "income_quartile_2", "income_quartile_3", "income_quartile_4")
FULL, GAP, STAND_IN = 2022, 2023, 2021


def observations(year, *, persons=True, without=None):
    """Give rows of the quartiles: nobody lives in the last two areas; ``without`` is a share that is not known."""
    for number, deso in enumerate(made_up.DESOS):
        area = f"{deso}_DeSO2025"
        if number < len(SHARES):
            for name, share in zip(NAMES, SHARES[number], strict=True):
                yield area, name, year, None if (number, name) == without else float(share)
        if persons or number >= len(SHARES):
            yield area, "income_persons", year, 100.0 if number < len(SHARES) else 0.0


@pytest.fixture
def quartile_city(built_city):
    with duckdb.connect(built_city.warehouse) as connection:
        source = connection.execute("select min(id) from source").fetchone()[0]
        rows = [
            (*row, "published" if row[3] is not None else "missing", "", source)
            for row in (
                *observations(FULL),
                *observations(GAP, without=(1, NAMES[2])),
                *observations(STAND_IN, persons=False),
            )
        ]
        connection.executemany(
            "insert into observation (area_code, indicator, year, value, status, note, source)"
            " values (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
    with built_city.in_use():
        yield built_city


def printed(capsys, *options):
    assert main(["measures", "--income", *options]) == 0
    return capsys.readouterr()


def complaint(capsys, *options):
    assert main(["measures", "--income", *options]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err.splitlines()[-1]


def test_the_reference_with_interval_and_floor_in_every_form(quartile_city, capsys):
    rows = json.loads(printed(capsys, "--year", str(FULL), "--format", "json").out)
    assert [tuple(row) for row in rows] == [COLUMNS, COLUMNS]
    rank, ends = rows
    assert (rank["measure"], ends["measure"]) == ("rank_order_entropy", "dissimilarity_of_ends")
    assert rank["value"] == pytest.approx(RANK_ORDER, rel=0, abs=1e-12)
    assert ends["value"] == pytest.approx(ENDS, rel=0, abs=1e-12)
    for row in rows:
        assert row["lower"] < row["value"] < row["upper"]
        assert 0 < row["random_floor"] < row["value"]
        assert (row["level"], row["year"], row["split"]) == ("deso", FULL, "income_quartiles")
        assert (row["areas"], row["reason"]) == (4, None)
    written = csv.DictReader(io.StringIO(printed(capsys, "--year", str(FULL), "--format", "csv").out))
    assert [float(row["value"]) for row in written] == [row["value"] for row in rows]
    lines = printed(capsys, "--year", str(FULL)).out.splitlines()
    assert lines[1].split()[:3] == [str(FULL), "rank_order_entropy", f"{RANK_ORDER:.4f}"]


def test_a_share_that_is_not_known_leaves_no_value_but_a_reason(quartile_city, capsys):
    for more in ([], ["--panel"]):
        for row in json.loads(printed(capsys, "--year", str(GAP), "--format", "json", *more).out):
            assert (row["value"], row["areas"], row["reason"]) == (None, 4, "missing_values")


def test_a_panel_has_the_values_of_every_year_without_intervals(quartile_city, capsys):
    rows = json.loads(printed(capsys, "--panel", "--format", "json").out)
    assert {tuple(row) for row in rows} == {PANEL_COLUMNS}
    assert [row["year"] for row in rows] == [STAND_IN, STAND_IN, FULL, FULL, GAP, GAP]
    assert [row["value"] for row in rows if row["year"] == FULL] == pytest.approx([RANK_ORDER, ENDS], abs=1e-12)


def test_that_the_population_stands_in_is_said_beside_the_answer(quartile_city, capsys):
    assert "the population stands in" in printed(capsys, "--year", str(STAND_IN)).err
    assert "stands in" not in printed(capsys, "--year", str(FULL)).err


def test_a_year_without_quartiles_is_told_which_have_them(quartile_city, capsys):
    said = complaint(capsys, "--year", "1999")
    assert said.endswith(
        "There are no income quartiles for municipality 1487 at level deso in 1999; there are for 2021, 2022, 2023."
    )


@pytest.mark.parametrize(
    ("options", "which"), [([], " for municipality 1488 at level deso"), (["--panel", "--year", "2024"], " in 2024")]
)
def test_data_that_lack_quartiles_are_told_what_would_fill_them(home_city, capsys, options, which):
    with home_city.in_use():
        said = complaint(capsys, *options)
    assert said == (
        f"dashboard: There are no income quartiles{which}: add the rows income_quartile_1 to income_quartile_4 and"
        " income_persons of SCB's table TAB6684 to its files, and run `dashboard bundle` again (docs/data.md)."
    )


@pytest.mark.parametrize("options", [["--split", "tenure"], ["--engine", "spark"]])
def test_what_does_not_go_with_income_is_refused(capsys, options):
    with pytest.raises(SystemExit) as caught:
        main(["measures", "--income", *options])
    assert caught.value.code == 2
    assert "--income" in capsys.readouterr().err
