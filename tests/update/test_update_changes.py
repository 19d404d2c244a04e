"""What an update changes is told figure by figure: new years, revisions, what is gone, areas."""

import geopandas as gpd
import pandas as pd

from dashboard.update.changes import Changes, changes_between

AREA_COLUMNS = ["area_code", "municipality", "boundary"]
Row = tuple[str, str, int, float | None]


def figures(*rows: Row) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["area_code", "indicator", "year", "value"])
    frame["status"] = ["suppressed" if value is None else "published" for *_, value in rows]
    return frame.astype({"value": float})


def areas(**boundary: str) -> dict[str, pd.DataFrame]:
    rows = [(f"1488{code}_DeSO2025", "1488", drawn) for code, drawn in boundary.items()]
    return {"deso_2025": gpd.pd.DataFrame(rows, columns=AREA_COLUMNS)}


def compared(old: pd.DataFrame, new: pd.DataFrame) -> Changes:
    same = areas(C1010="published")
    return changes_between(old, new, same, same, "1488")


def test_nothing_has_changed() -> None:
    rows = figures(("1488", "population", 2024, 59_154.0), ("1487", "population", 2024, None))
    found = compared(rows, rows.sample(frac=1, random_state=1))
    assert found.nothing
    assert (found.before, found.after) == (1, 1)


def test_a_new_year_is_one_that_no_area_had() -> None:
    old = figures(("1488", "population", 2024, 59_154.0), ("1487", "population", 2024, None))
    new = figures(
        ("1488", "population", 2024, 59_154.0),
        ("1487", "population", 2024, 40_000.0),
        ("1488", "population", 2025, 59_265.0),
        ("1487", "population", 2025, 40_100.0),
        ("1487", "rent_mean", 2024, 1.0),
    )
    found = compared(old, new)
    assert found.new_years.to_dict("records") == [
        {"indicator": "population", "year": 2025, "figures": 2},
        {"indicator": "rent_mean", "year": 2024, "figures": 1},
    ]
    assert found.came == 1, "1487 in 2024, a year that another area had."
    assert found.revised.empty


def test_a_revision_is_told_with_both_values_and_the_largest_comes_first() -> None:
    old = figures(("1488", "population", 2024, 59_154.0), ("1488", "tax", 2024, 21.0), ("1488", "debt", 2024, 0.0))
    new = figures(("1488", "population", 2024, 59_155.0), ("1488", "tax", 2024, 20.0), ("1488", "debt", 2024, 0.0))
    found = compared(old, new)
    assert found.revised[["indicator", "before", "after"]].to_numpy().tolist() == [
        ["tax", 21.0, 20.0],
        ["population", 59_154.0, 59_155.0],
    ]


def test_the_twelfth_digit_is_no_revision() -> None:
    old, new = figures(("1488", "share", 2024, 14.422)), figures(("1488", "share", 2024, 14.4220000001))
    assert compared(old, new).revised.empty


def test_what_had_a_value_and_has_none_is_told_with_the_reason() -> None:
    old = figures(("1488", "index", 2024, 1.0), ("1487", "index", 2024, 2.0))
    new = figures(("1488", "index", 2024, None))
    found = compared(old, new)
    assert found.gone[["area_code", "before", "status"]].to_numpy().tolist() == [
        ["1487", 2.0, ""],
        ["1488", 1.0, "suppressed"],
    ]
    assert not found.nothing


def test_areas_that_are_new_gone_or_not_drawn() -> None:
    rows = figures(("1488", "population", 2024, 1.0))
    found = changes_between(
        rows, rows, areas(C1010="published", C1020="published"), areas(C1010="published", C1030="none"), "1488"
    )
    assert found.new_areas == ("1488C1030_DeSO2025",)
    assert found.gone_areas == ("1488C1020_DeSO2025",)
    assert found.undrawn_areas == ("1488C1030_DeSO2025",)
    assert not found.nothing


def test_a_municipality_that_nobody_asked_for_is_named_and_its_figures_are_not_told_as_gone() -> None:
    old = figures(("1488", "population", 2024, 1.0), ("1463", "population", 2024, 2.0))
    new = figures(("1488", "population", 2024, 1.0))
    there = pd.DataFrame([("1488", "1488", "none"), ("1463", "1463", "none")], columns=AREA_COLUMNS)
    found = changes_between(old, new, {"municipality": there}, {"municipality": there.head(1)}, "1488")
    assert found.left_out == ("1463",)
    assert found.gone.empty
    assert found.gone_areas == ()
    assert found.before == 1
    assert not found.nothing
