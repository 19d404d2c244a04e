"""Who reaches a place: shares of groups, hidden below 50 people on the screen and in files, and how mixes are told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from halves import halves
from places_view import plain, result_at, view_of
from vega_schema import assert_valid

from dashboard.exports.table_files import csv_plain
from dashboard.reach.city import City
from dashboard.reach.scenario import CloseCrossing, changed_city
from dashboard.views import charts
from dashboard.views.places_compare import comparison_figure
from dashboard.views.places_groups import group_texts
from dashboard.views.places_mix import mix_figure
from dashboard.views.places_people import group_share, people_figure
from dashboard.views.places_results import SpotResult
from dashboard.views.theme import DARK, LIGHT
from dashboard.warehouse.connection import Warehouse

SENTENCE = "Schematiskt gångnät, uppskattade avstånd"


@pytest.fixture(scope="module")
def warehouse(home_city):
    found = Warehouse(home_city.warehouse)
    yield found
    found.close()


@pytest.fixture
def view(home_city, warehouse):
    return view_of(home_city, warehouse)


def cells(table: str) -> dict[str, list[str]]:
    """Give the rows of a table by their headings."""
    rows = BeautifulSoup(table, "html.parser").select("tr")
    return {
        plain(row.th.get_text()): [plain(cell.get_text()) for cell in row.find_all("td")]
        for row in rows[1:]
        if row.th is not None
    }


def headings(table: str) -> list[str]:
    return [plain(one.get_text()) for one in BeautifulSoup(table, "html.parser").select("thead th")]


def with_mix(result: SpotResult, name: str, value: float) -> SpotResult:
    """Give a result with another name and meeting potential within 15 minutes."""
    mix = result.mix["foreign_background"].copy()
    mix[2] = value
    return replace(result, spot=replace(result.spot, name=name), mix={**result.mix, "foreign_background": mix})


def parted(**people: float) -> City:
    """Give the two halves without a bridge between them."""
    return changed_city(halves(**people), [CloseCrossing("bridge")])


# People


def test_shares_by_hand_beside_those_of_the_whole_city(view):
    """From the west: 300 of the west and a third of the 300 of the east within 5 minutes; all within 10."""
    table = people_figure(view, halves(), [result_at(halves(), "west")]).table_html()
    assert headings(table) == [
        "Grupp",
        "Västra torget, 5 min",
        "Västra torget, 10 min",
        "Västra torget, 15 min",
        "Västra torget, 25 min",
        "Hela kommunen",
    ]
    found = cells(table)
    assert found["Alla boende, antal"] == ["400", "600", "600", "600", "600"]
    # 150 + 10 of 400; 180 of 600.
    (background,) = [values for head, values in found.items() if head == "Utländsk bakgrund"]
    assert background == ["40 %", "30 %", "30 %", "30 %", "30 %"]


def test_a_group_is_not_shown_among_fewer_than_50_people(view):
    """49.5 people in the west, of whom half belong to the group."""
    city = parted(west=49.5, east=3000)
    content = people_figure(view, city, [result_at(city, "west")])
    found = cells(content.table_html())
    hidden = [values[:4] for head, values in found.items() if head != "Alla boende, antal"]
    assert len(hidden) == 5
    assert {cell.rstrip("0123456789") for values in hidden for cell in values} == {".."}
    assert "För få boende inom avståndet för att visas." in content.table_html()
    # The rest of the city stays known: its shares are of everybody.
    assert all(values[4].endswith("%") for head, values in found.items() if head != "Alla boende, antal")
    rows = content.download_rows()
    assert len(rows) == 4 * 5
    assert {(row["number"], row["status"]) for row in rows} == {(None, "suppressed")}


def test_fifty_people_are_enough(view):
    city = parted(west=50, east=3000)
    content = people_figure(view, city, [result_at(city, "west")])
    rows = [row for row in content.download_rows() if row["grouping"] == "foreign_background"]
    assert {(row["number"], row["status"]) for row in rows} == {(30.0, "estimated")}
    assert ".." not in content.table_html()


def test_what_is_not_known_is_missing_and_not_too_few(view):
    city = halves()
    unknown = replace(city.people.groupings["foreign_background"], counts=np.array([[np.nan, np.nan], [30.0, 270.0]]))
    groupings = {**city.people.groupings, "foreign_background": unknown}
    city = replace(city, people=replace(city.people, groupings=groupings))
    result = result_at(city, "west")
    assert group_share(result, "foreign_background", 1, 0) == (None, "unknown")
    content = people_figure(view, city, [result])
    assert "Talet finns inte i de data som har lästs in." in content.table_html()
    rows = [row for row in content.download_rows() if row["grouping"] == "foreign_background"]
    assert {(row["number"], row["status"]) for row in rows} == {(None, "missing")}


@pytest.mark.parametrize("kind", ["schematic", "openstreetmap"])
def test_every_file_says_that_distances_are_estimates_on_a_schematic_network(view, kind):
    city = halves(kind=kind)
    found = [result_at(city, "west"), result_at(city, "east")]
    mixes = mix_figure(view, city, found, group_texts(view, city, ["foreign_background"])[0])
    for content in (people_figure(view, city, found), comparison_figure(view, city, found), mixes):
        file = pd.read_csv(pd.io.common.BytesIO(csv_plain(content.download_rows())))
        assert (file["note"].str.startswith(SENTENCE)).all() == (kind == "schematic")
        assert set(file["network"]) == {kind}
        assert any(SENTENCE in note for note in content.evidence.notes) == (kind == "schematic")


# Meeting potential


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ([0.9, 0.8], "Runt A är de som kan mötas mer blandade än runt B"),
        ([0.7, 0.9], "Runt B är de som kan mötas mer blandade än runt A"),
        ([0.9, 0.81], "De som kan mötas inom 15 minuter är ungefär lika blandade runt platserna"),
        ([0.9], "Inom 15 minuter från A är mötespotentialen 0,90 av hela stadens 1"),
        ([np.nan, 0.5], "Inom 15 minuter från B är mötespotentialen 0,50 av hela stadens 1"),
        ([np.nan, np.nan], "Hur blandade de som kan mötas är går inte att visa för platserna"),
        ([0.5, np.nan, 0.9, 0.7], "Runt C är de som kan mötas mer blandade än runt A"),
    ],
)
def test_a_title_tells_mixes_apart_that_differ_by_a_tenth(view, values, title):
    city = halves()
    base = result_at(city, "west")
    found = [with_mix(base, name, value) for name, value in zip("ABCD", values, strict=False)]
    content = mix_figure(view, city, found, group_texts(view, city, ["foreign_background"])[0])
    assert content.title == title


def test_curves_and_their_table_leave_out_too_few(view):
    city = parted(west=45, east=3000)
    content = mix_figure(view, city, [result_at(city, "west")], group_texts(view, city, ["foreign_background"])[0])
    assert {row["social_mix"] for row in content.download_rows()} == {None}
    assert "För få boende" in content.table_html()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("curves", [1, 2, 4])
def test_curves_are_drawn_with_dashes_of_their_own(t, theme, curves):
    points = [(2, None, ".."), (4, 0.5, "0,50"), (6, 0.75, "0,75")]
    spec = charts.minute_curves(
        [charts.MinuteCurve(f"Plats {n}", points) for n in range(curves)],
        theme=theme,
        t=t,
        description="I ord",
        x_title="minuter",
        y_title="blandning",
        level=(1.0, "hela staden"),
    )
    assert_valid(spec)
    line = spec["layer"][-2]
    assert len(line["data"]["values"]) == 2 * curves
    dashes = line["encoding"]["strokeDash"]["scale"]["range"]
    assert len({tuple(dash) for dash in dashes}) == curves
    assert spec["layer"][1]["mark"]["text"] == "hela staden"


def test_nothing_known_is_drawn_as_nothing(t):
    spec = charts.minute_curves(
        [charts.MinuteCurve("A", [(2, None, "..")])], theme=LIGHT, t=t, description="I ord", x_title="", y_title=""
    )
    assert_valid(spec)
    assert not any(layer["data"]["values"] for layer in spec["layer"] if "data" in layer)
