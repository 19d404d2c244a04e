"""Ways from a place: in order, those out of reach last and without a number, positions that are not exact marked."""

from __future__ import annotations

import numpy as np
import pytest
from halves import PLACES, halves
from places_view import plain, result_at, spot_at, view_of
from test_places_people import cells, headings

from dashboard.reach.city import Place
from dashboard.reach.scenario import CloseCrossing, changed_city
from dashboard.views import places_ways
from dashboard.views.places_compare import barriers_near, comparison_figure
from dashboard.views.places_points import comparison_rows
from dashboard.views.places_results import middle, results, study_results
from dashboard.views.places_ways import EVERY, NEAREST, chosen_walks
from dashboard.warehouse.connection import Warehouse

MORE = (
    *PLACES,
    Place("station", "Stationen", "station", 100, 0),
    Place("new", "Ny vårdcentral", "health_centre", 200, 100, approximate=True),
    Place("stop-1", "Hållplats 1", "stop", 400, 0),
    Place("stop-2", "Hållplats 2", "stop", 0, 100),
    Place("kiosk", "Kiosken", "other", 0, 100),
)


@pytest.fixture(scope="module")
def warehouse(home_city):
    found = Warehouse(home_city.warehouse)
    yield found
    found.close()


@pytest.fixture
def view(home_city, warehouse):
    return view_of(home_city, warehouse)


def test_the_nearest_of_each_kind_in_order():
    found = chosen_walks(result_at(halves(places=MORE), "west"), NEAREST)
    assert [(walk.place.id, walk.metres) for walk in found] == [
        ("stop-2", 100),
        ("station", 100),
        ("new", 300),
        ("east", 500),
        ("library", 700),
    ]


def test_all_of_a_kind_and_all_in_order():
    result = result_at(halves(places=MORE), "west")
    assert [walk.place.id for walk in chosen_walks(result, "stop")] == ["stop-2", "stop-1"]
    every = chosen_walks(result, EVERY)
    # Nobody walks from a place to itself.
    assert len(every) == len(MORE) - 1
    assert [walk.metres for walk in every] == sorted(walk.metres for walk in every)


def test_what_is_out_of_reach_comes_last_without_a_number(view):
    city = changed_city(halves(places=MORE), [CloseCrossing("bridge")])
    content = places_ways._figure(view, city, result_at(city, "west"), EVERY)
    shown = cells(content.table_html())
    assert list(shown)[-3:] == ["Biblioteket", "Hållplats 1", "Östra torget"]
    assert shown["Biblioteket"][1:] == ["inte nåbar", "inte nåbar", "540 m"]
    rows = {row["to"]: row for row in content.download_rows()}
    assert (rows["Biblioteket"]["network_distance_m"], rows["Biblioteket"]["minutes"]) == (None, None)
    assert rows["Biblioteket"]["straight_line_m"] == pytest.approx(np.hypot(500, 200), abs=0.5)


def test_positions_that_are_not_exact_are_marked_in_table_and_file(view):
    city = halves(places=MORE)
    content = places_ways._figure(view, city, result_at(city, "west"), EVERY)
    assert "Ny vårdcentral (ungefärligt läge)" in cells(content.table_html())
    assert "Ungefärligt läge: " in content.table_html()
    assert [row["to"] for row in content.download_rows() if row["approximate_position"]] == ["Ny vårdcentral"]
    exact = places_ways._figure(view, city, result_at(city, "west"), "stop")
    assert "ngefärligt läge" not in exact.table_html()


def test_the_title_counts_what_lies_within_ten_minutes(view):
    city = halves(places=MORE)
    title = plain(places_ways._figure(view, city, result_at(city, "west"), EVERY).title)
    # Station, stop, health centre, library and the other square; the western one is where one stands.
    assert title.startswith("Från Västra torget ligger 5 av 5 slags knutpunkter inom tio minuter")
    assert title.endswith("bibliotek, 700 m")
    alone = halves(places=PLACES[:1])
    assert places_ways._figure(view, alone, result_at(alone, "west"), EVERY).title == (
        "Från Västra torget nås inga knutpunkter till fots"
    )


@pytest.mark.parametrize("kind", ["schematic", "openstreetmap"])
def test_the_file_says_that_distances_are_estimates_on_a_schematic_network(view, kind):
    city = halves(kind=kind)
    rows = places_ways._figure(view, city, result_at(city, "west"), NEAREST).download_rows()
    starts = {str(row["note"]).startswith("Schematiskt gångnät, uppskattade avstånd") for row in rows}
    assert starts == {kind == "schematic"}


# Side by side


def test_places_side_by_side_with_the_middle_one(view):
    city = halves(places=MORE)
    found = [result_at(city, "west"), result_at(city, "east")]
    table = comparison_figure(view, city, found).table_html()
    assert headings(table) == ["Mått", "Mittersta av 2 platser", "Västra torget", "Östra torget"]
    shown = cells(table)
    assert shown["Boende inom 5 minuter"] == ["400", "400", "400"]
    (library,) = [values for head, values in shown.items() if head == "Till närmaste bibliotek"]
    assert library == ["450 m", "700 m", "200 m"]
    assert shown["Barriärer inom 500 m"] == ["", "Ån och Bäcken", "Ån och Bäcken"]
    assert "Sträckningen saknas för Bäcken." in table


def test_a_barrier_is_near_when_its_course_or_a_crossing_lies_within_500_metres(view):
    """The brook has no known course, but a ford at (100, 100); the river runs at x = 250."""
    city = halves(places=[Place("far", "Långt bort", "square", -200, 0, study=True), *PLACES])
    assert barriers_near(view, city, result_at(city, "far")) == ["Ån", "Bäcken"]
    farther = halves(places=[Place("far", "Långt bort", "square", -249, 0, study=True), *PLACES])
    assert barriers_near(view, farther, result_at(farther, "far")) == ["Ån", "Bäcken"]
    moved = result_at(farther, "far")
    object.__setattr__(moved.spot.origin, "x", -251.0)
    assert barriers_near(view, farther, moved) == ["Bäcken"]
    object.__setattr__(moved.spot.origin, "x", -400.0)
    assert barriers_near(view, farther, moved) == []


def test_rows_only_for_what_the_data_have(view):
    city = halves()
    ids = [row.id for row in comparison_rows(view, city)]
    assert ids[:3] == ["people_400", "people_800", "people_1200"]
    assert "mix_foreign_background" in ids
    assert "mix_low_economic_standard" not in ids
    assert "nearest_library" in ids
    assert "nearest_station" not in ids


def test_the_middle_of_what_is_known():
    assert middle([3, float("nan"), 1, 2]) == 2
    assert np.isnan(middle([float("nan")]))
    assert middle([1.0, float("inf"), 3.0]) == 3


def test_a_result_is_worked_out_once_for_a_city():
    city = halves()
    one, again = results(city, [spot_at(city, "west")])[0], results(city, [spot_at(city, "west")])[0]
    assert one is again
    assert results(halves(), [spot_at(city, "west")])[0] is not one
    assert [result.spot.id for result in study_results(city)] == ["west", "east"]
