import re
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from dashboard.views.theme import LIGHT
from dashboard.views.tiles import Tile, sparkline, tile_grid, tile_html


def drawing(image: str) -> str:
    source = re.search(r'src="data:image/svg\+xml,([^"]*)"', image)
    assert source is not None
    return unquote(source[1].replace("&#x27;", "'"))


def test_tile_says_everything_in_reading_order() -> None:
    tile = Tile("Invånare", "59\u00a0265", "st", "16 fler än 2020", "osäkert", "Källa: SCB", (1, 2), "Från 1 till 2")
    html = tile_html(tile, LIGHT)
    found = [html.index(x) for x in ("Invånare", "59\u00a0265", "st<", "16 fler", "osäkert", "<img", "Källa: SCB")]
    assert found == sorted(found)
    assert 'alt="Från 1 till 2"' in html


def test_everything_is_escaped() -> None:
    nasty = '<b onclick="x">&'
    html = tile_grid([Tile(*[nasty] * 6, (1, 2), nasty, reason=nasty)], LIGHT, label=nasty)
    assert "<b" not in html
    assert 'onclick="' not in html


def test_missing_value_says_why_instead_of_a_change() -> None:
    html = tile_html(Tile("A", "..", change="x", reason="Källan har ingen uppgift."), LIGHT)
    assert "Källan har ingen uppgift." in html
    assert ">x<" not in html


def test_empty_parts_leave_no_trace() -> None:
    html = tile_html(Tile("A", "1"), LIGHT)
    assert html == '<div class="hs-tile"><p class="hs-tile-label">A</p><p class="hs-tile-value">1</p></div>'


@pytest.mark.parametrize("values", [(), (1.0,), (None, 1.0), (None, None), (1.0, float("nan"))])
def test_no_line_without_two_values(values: tuple[float | None, ...]) -> None:
    assert sparkline(values, LIGHT, alt="x") == ""


def test_line_runs_from_the_lowest_to_the_highest_value() -> None:
    svg = ET.fromstring(drawing(sparkline([0, 5, 10], LIGHT, alt="x")))  # noqa: S314 - our own drawing
    (line,) = svg.iter("{http://www.w3.org/2000/svg}polyline")
    assert line.get("points") == "5.0,27.0 78.0,16.0 151.0,5.0"
    (dot,) = svg.iter("{http://www.w3.org/2000/svg}circle")
    assert (dot.get("cx"), dot.get("cy")) == ("151.0", "5.0")


def test_values_that_do_not_change_lie_in_the_middle() -> None:
    assert "5.0,16.0 151.0,16.0" in drawing(sparkline([3, 3], LIGHT, alt="x"))


def test_line_stops_at_gaps_and_at_the_break_of_method() -> None:
    assert drawing(sparkline([1, 2, None, 3, 4], LIGHT, alt="x")).count("<polyline") == 2
    broken = drawing(sparkline([1, 2, 3, 4], LIGHT, alt="x", break_at=2))
    assert broken.count("<polyline") == 2
    assert "stroke-dasharray" in broken
    assert "stroke-dasharray" not in drawing(sparkline([1, 2, 3, 4], LIGHT, alt="x"))


@pytest.mark.parametrize(
    ("count", "columns"), [(1, 1), (3, 3), (4, 4), (5, 3), (6, 3), (7, 4), (8, 4), (9, 3), (11, 4)]
)
def test_rows_of_tiles_are_filled(count: int, columns: int) -> None:
    assert f"--hs-columns:{columns}" in tile_grid([Tile("A", "1")] * count, LIGHT, label="x")
