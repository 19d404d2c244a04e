"""Years before the areas were drawn anew stand beside those after it; nothing is drawn or said across that border."""

from __future__ import annotations

import pytest
from city import City
from visitor import Visitor


@pytest.fixture
def years(recut_city: City) -> Visitor:
    with recut_city.in_use():
        yield Visitor().open("segregation")


def test_no_line_goes_across_the_re_cut(years: Visitor) -> None:
    lines = {
        row["year"]: row["line"]
        for chart in years.charts()
        for layer in chart.get("layer", ())
        for row in layer.get("data", {}).get("values", ())
        if "line" in row
    }
    assert {2022, 2023, 2024, 2025} <= set(lines)
    assert lines[2022] == lines[2023] != lines[2024] != lines[2025]


def test_the_summary_and_the_chart_say_why(years: Visitor) -> None:
    assert years.is_well()
    assert "Från 2024 är områdena andra, för SCB ritade om gränserna" in years.words()
    assert "nya områden, SCB:s metod ändras" in years.words()
