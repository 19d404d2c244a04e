"""A scenario taken home: what the GeoPackage holds, its note on method, and the sentence when it cannot be made."""

from __future__ import annotations

import datetime as dt
from importlib.metadata import version
from io import BytesIO

import numpy as np
import pandas as pd
import pyogrio
import pytest
from halves import IN_SWEDEN, halves
from places_view import plain, spot_at, trial_of, view_of

from dashboard.exports.geopackage import GeoPackageError, geopackage
from dashboard.exports.table_files import csv_plain
from dashboard.reach.scenario import AddLink, AddService, CloseCrossing, MovePlace
from dashboard.views import figure, what_if_export, what_if_figures
from dashboard.views.places_file import FILE_SOURCE
from dashboard.views.what_if_codes import Scenario
from dashboard.views.what_if_export import scenario_layers
from dashboard.views.what_if_files import file_name
from dashboard.views.what_if_tables import lines
from dashboard.warehouse.connection import Warehouse

SENTENCE = "Schematiskt gångnät, uppskattade avstånd"
LINK = "https://example.org/platser?del=what_if&andring=C~bridge"


@pytest.fixture(scope="module")
def warehouse(home_city):
    found = Warehouse(home_city.warehouse)
    yield found
    found.close()


@pytest.fixture(scope="module")
def view(home_city, warehouse):
    return view_of(home_city, warehouse)


def at(x: float, y: float) -> tuple[float, float]:
    return IN_SWEDEN[0] + x, IN_SWEDEN[1] + y


CHANGES = (
    AddLink("bridge", *at(200, 200), *at(300, 200)),
    CloseCrossing("bridge"),
    AddService("pharmacy", *at(0, 0)),
    MovePlace("library", *at(0, 200)),
)


def made(view, kind="schematic"):
    trial = trial_of(halves(corner_at=IN_SWEDEN, kind=kind), CHANGES)
    found = lines(view, trial.city, trial.before, trial.after)
    return trial, {layer.name: layer for layer in scenario_layers(view, trial, found, LINK)}


@pytest.fixture(scope="module")
def file(view, tmp_path_factory):
    path = tmp_path_factory.mktemp("scenario") / "scenario.gpkg"
    path.write_bytes(geopackage(list(made(view)[1].values())))
    return path


def layer(file, name):
    return pyogrio.read_dataframe(file, layer=name)


def test_a_gis_finds_every_layer_in_sweref_99_tm(file):
    found = dict(pyogrio.list_layers(file).tolist())
    assert found == {
        "changed_lines": "LineString",
        "changed_points": "Point",
        "network_before": "LineString",
        "network_after": "LineString",
        "places": "Point",
        "small_areas": "Point",
        "barriers": "LineString",
        "crossings": "Point",
        "figures": None,
        "method": None,
    }
    assert {pyogrio.read_info(file, layer=name)["crs"] for name, kind in found.items() if kind} == {"EPSG:3006"}


def test_what_is_changed(file):
    (link,) = layer(file, "changed_lines").itertuples()
    assert (link.kind, round(link.geometry.length)) == ("bridge", 100)
    texts = layer(file, "changed_points")["text"].tolist()
    assert texts == ["Ett apotek tillkommer: Västra torget", "Biblioteket flyttas till nära Västra torget"]
    crossings = layer(file, "crossings").set_index("name")
    assert crossings.loc["Bron", ["walkable_today", "walkable_scenario"]].tolist() == ["assumed_yes", "no"]
    assert crossings.loc["Järnvägsbron", ["walkable_today", "walkable_scenario"]].tolist() == ["assumed_no"] * 2


def test_the_network_before_and_after(file):
    before, after = layer(file, "network_before"), layer(file, "network_after")
    assert not before["new"].any()
    assert after["new"].sum() == 1
    # The ways of the bridge and the new one take its place.
    assert before["length_m"].sum() == pytest.approx(after["length_m"].sum(), abs=2)
    assert before["metres_from_place"].notna().all()


def test_ways_to_places_before_and_after(file):
    places = layer(file, "places").set_index("id")
    assert places.loc["library", ["metres_before", "metres_after"]].tolist() == pytest.approx([700, 200], abs=2)
    assert places.loc["east", ["metres_before", "metres_after"]].tolist() == pytest.approx([500, 900], abs=2)
    assert np.isnan(places.loc["new-1", "metres_before"])
    assert places.loc["new-1", "metres_after"] == pytest.approx(0, abs=1)
    areas = layer(file, "small_areas").set_index("area_code")
    assert areas["mean_metres_before"].notna().all()


def test_the_figures_are_those_of_the_screen(view, file):
    """Metres and people as on screen, to 50 and 100 on this schematic network; shares and ratios finer, no finer."""
    trial, _ = made(view)
    figures = layer(file, "figures").set_index("measure")
    for line in lines(view, trial.city, trial.before, trial.after):
        for column, outcome in (("before", trial.before), ("after", trial.after)):
            value, found = line.value(outcome), figures.loc[line.id, column]
            if not np.isfinite(value):
                assert np.isnan(found)
            elif line.unit in {"persons", "metres"}:
                assert line.text(found) == line.text(value)
                assert found % {"persons": 100, "metres": 50}[line.unit] == 0
            else:
                assert found == pytest.approx(value, abs=0.0006)
                assert found == round(found, 3)


@pytest.mark.parametrize(("kind", "step"), [("schematic", 50), ("openstreetmap", 10)])
def test_metres_in_files_are_no_finer_than_they_are_known(view, kind, step):
    _, layers = made(view, kind)
    found = [
        row[column]
        for name, columns in {
            "network_after": ("metres_from_place",),
            "places": ("metres_before", "metres_after"),
            "small_areas": ("mean_metres_before", "mean_metres_after"),
        }.items()
        for row in layers[name].rows
        for column in columns
        if row[column] is not None
    ]
    assert len(found) > 10
    assert all(value % step == 0 for value in found)


def test_too_few_people_to_tell_are_no_number_in_files(view):
    trial = trial_of(halves(corner_at=IN_SWEDEN, kind="schematic", west=60, east=0), CHANGES[:1])
    (line,) = [one for one in lines(view, trial.city, trial.before) if one.id == "people_2000"]
    assert line.value(trial.before) == pytest.approx(60)
    assert line.for_file(trial.city, line.value(trial.before)) is None


def test_files_are_called_after_the_place_and_the_day():
    today = dt.datetime.now(tz=dt.UTC).date()
    name = file_name("scenario", "kronogards-torg")
    assert name.startswith("scenario-kronogards-torg-")
    assert abs(today - dt.date.fromisoformat(name.removeprefix("scenario-kronogards-torg-"))) <= dt.timedelta(days=1)
    assert file_name("scenario", "n/12 Å:x").startswith("scenario-n-12-x-20")


def test_the_note_on_method_says_what_was_changed_and_how_it_was_worked_out(file):
    note = layer(file, "method")
    texts = [plain(text) for text in note["text"]]
    said = "\n".join(texts)
    assert note["number"].tolist() == list(range(1, len(note) + 1))
    assert "En tänkt ändring av gångnätet i Trollhättan, sedd från Västra torget" in said
    assert (note["heading"] == "Ändring").sum() == len(CHANGES)
    assert "Bron stängs för gående" in texts
    assert "Ett apotek tillkommer: Västra torget" in texts
    assert any(text.startswith(SENTENCE) for text in texts)
    for needed in ("80 meter i minuten", "OpenStreetMap", "ODbL", "SCB", "EPSG:3006", "2026-01-31", FILE_SOURCE, LINK):
        assert needed in said
    written = note.set_index("heading")["text"]["Filen gjord"]
    assert abs(dt.datetime.now(tz=dt.UTC).date() - dt.date.fromisoformat(written)) <= dt.timedelta(days=1)


def test_on_a_measured_network_nothing_is_called_schematic(view):
    _, layers = made(view, "openstreetmap")
    assert not any("chematisk" in str(row["text"]) for row in layers["method"].rows)


def test_areas_that_are_out_of_reach_have_no_number(view):
    trial = trial_of(halves(corner_at=IN_SWEDEN), [CloseCrossing("bridge")])
    layers = {one.name: one for one in scenario_layers(view, trial, lines(view, trial.city, trial.before), LINK)}
    after = {row["id"]: row["metres_after"] for row in layers["places"].rows}
    assert after["east"] is None
    assert sorted(row["mean_metres_after"] is None for row in layers["small_areas"].rows) == [False, True]
    assert {row["metres_from_place"] is None for row in layers["network_after"].rows} == {False, True}


def test_the_method_tells_the_version_and_the_checksum_of_the_data(view):
    _, layers = made(view)
    told = {str(row["heading"]): str(row["text"]) for row in layers["method"].rows}
    assert told[view.t("workbook.fingerprint")] == view.warehouse.meta["fingerprint"]
    assert told[view.t("workbook.version")] == f"Hela staden {version('hela-staden')}"


def test_a_file_that_cannot_be_made_says_so(view, monkeypatch, caplog):
    def broken(layers):
        raise GeoPackageError("no space")

    monkeypatch.setattr(what_if_export, "geopackage", broken)
    trial, _ = made(view)
    said = what_if_export._made(view, trial, lines(view, trial.city, trial.before), LINK).decode()
    assert said == view.t("what_if.geopackage_failed")
    assert said.startswith("Filen kunde inte göras. ")
    assert "no space" in caplog.text


# Tables of scenarios as files


@pytest.mark.parametrize("kind", ["schematic", "openstreetmap"])
def test_every_file_of_a_scenario_says_whether_its_distances_are_estimates(view, monkeypatch, kind):
    shown: list[figure.Figure] = []
    monkeypatch.setattr(what_if_figures, "show_figure", lambda view, content, draw: shown.append(content))
    trial, _ = made(view, kind)
    what_if_figures.show_outcome(view, trial)
    what_if_figures.show_areas(view, trial)
    saved = [Scenario("Bron stängd", ("C~bridge",)), Scenario("Ny bro", trial.codes[:1])]
    what_if_figures.show_saved_outcomes(view, trial.city, spot_at(trial.city, "west"), saved)
    assert [content.key for content in shown] == ["what-if", "what-if-areas", "what-if-saved"]
    for content in shown:
        rows = pd.read_csv(BytesIO(csv_plain(content.download_rows())))
        assert len(rows) > 1
        assert set(rows["network"]) == {kind}
        assert rows["scenario"].notna().all()
        assert set(rows["source"]) == {FILE_SOURCE}
        assert "-west-20" in content.file
        assert (rows["note"].str.startswith(SENTENCE)).all() == (kind == "schematic")
        assert any(SENTENCE in note for note in content.evidence.notes) == (kind == "schematic")
        assert content.evidence.credits


def test_saved_scenarios_side_by_side(view, monkeypatch):
    shown: list[figure.Figure] = []
    monkeypatch.setattr(what_if_figures, "show_figure", lambda view, content, draw: shown.append(content))
    trial = trial_of(halves(corner_at=IN_SWEDEN), CHANGES[:1])
    saved = [Scenario("Stängd", ("C~bridge",)), Scenario("Ny bro", trial.codes), Scenario("Apotek", ())]
    what_if_figures.show_saved_outcomes(view, trial.city, trial.spot, saved)
    rows = pd.DataFrame(shown[0].download_rows())
    people = rows[rows["measure"] == "people_2000"].set_index("scenario")
    assert people["today"].tolist() == [600, 600, 600]
    assert people["scenario_value"].tolist() == [300, 600, 600]
    assert "Stängd" in shown[0].table_html()
