"""A scenario as a GeoPackage, with a note on how it was worked out."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import streamlit as st

from dashboard.exports.geopackage import GeoPackageError, Layer, geopackage
from dashboard.reach.city import City, Place
from dashboard.reach.lines import line_parts
from dashboard.reach.network import NOT_TIED
from dashboard.reach.scenario import AddLink, AddService, Change, MovePlace
from dashboard.views.areas import home_areas
from dashboard.views.context import View
from dashboard.views.places_file import FILE_SOURCE, file_metres
from dashboard.views.places_notice import network_credit, network_notes
from dashboard.views.provenance import method_version
from dashboard.views.what_if_codes import changes_of
from dashboard.views.what_if_files import file_name, today
from dashboard.views.what_if_results import Outcome, Trial
from dashboard.views.what_if_tables import Line
from dashboard.views.what_if_words import change_text

log = logging.getLogger(__name__)

Row = Mapping[str, object]


def offer_geopackage(view: View, trial: Trial, found: Sequence[Line]) -> None:
    """Lay out the button that takes the scenario home as a GeoPackage; it is made when it is asked for."""
    # The link is read now: when the file is asked for, nobody's address is at hand.
    make = partial(_made, view, trial, found, view.link())
    st.download_button(
        view.t("what_if.geopackage"),
        data=make,
        file_name=f"{file_name('scenario', trial.spot.id)}.gpkg",
        mime="application/geopackage+sqlite3",
        key="what-if-geopackage",
        on_click="ignore",
    )


def _made(view: View, trial: Trial, found: Sequence[Line], link: str) -> bytes:
    try:
        return geopackage(scenario_layers(view, trial, found, link))
    except GeoPackageError:
        log.exception("a GeoPackage could not be made")
        # The visitor gets a file that says so, since a download cannot be taken back.
        return view.t("what_if.geopackage_failed").encode()


def scenario_layers(view: View, trial: Trial, found: Sequence[Line], link: str) -> list[Layer]:
    """Give the layers of a scenario: what is changed, the network before and after, places, areas, figures, method."""
    city, before, after = trial.city, trial.before, trial.after
    changes = changes_of(trial.codes)
    return [
        Layer("changed_lines", "LineString", _changed_lines(view, city, changes)),
        Layer("changed_points", "Point", _changed_points(view, city, changes)),
        Layer("network_before", "LineString", _edges(before)),
        Layer("network_after", "LineString", _edges(after)),
        Layer("places", "Point", _places(trial)),
        Layer("small_areas", "Point", _areas(view, trial)),
        Layer("barriers", "LineString", _barriers(city)),
        Layer("crossings", "Point", _crossings(before, after)),
        Layer("figures", "", _figures(found, before, after)),
        Layer("method", "", method_rows(view, trial, changes, link)),
    ]


def _changed_lines(view: View, city: City, changes: Sequence[Change]) -> list[Row]:
    return [
        {"kind": one.kind, "text": change_text(view, city, one), "points": [[one.x, one.y], [one.to_x, one.to_y]]}
        for one in changes
        if isinstance(one, AddLink)
    ]


def _changed_points(view: View, city: City, changes: Sequence[Change]) -> list[Row]:
    return [
        {"text": change_text(view, city, one), "points": [[one.x, one.y]]}
        for one in changes
        if isinstance(one, AddService | MovePlace)
    ]


def _edges(found: Outcome) -> list[Row]:
    network = found.city.network if found.origin is None else found.origin.network
    metres = np.full(network.nodes, np.inf) if found.reach is None else found.reach.distances
    rows: list[Row] = []
    for edge, course in enumerate(network.courses):
        near = float(min(metres[network.a[edge]], metres[network.b[edge]]))
        rows.append(
            {
                "length_m": round(float(network.length[edge])),
                "new": bool(network.origin[edge] < 0),
                "metres_from_place": file_metres(found.city, near),
                "points": [[float(x), float(y)] for x, y in course.coords],
            }
        )
    return rows


def _places(trial: Trial) -> list[Row]:
    now = {place.id: place for place in trial.before.city.places}
    rows: list[Row] = []
    for place in trial.after.city.places:
        old = now.get(place.id)
        rows.append(
            {
                "id": place.id,
                "name": place.name,
                "kind": place.kind,
                "metres_before": None if old is None else _way(trial, trial.before, old),
                "metres_after": _way(trial, trial.after, place),
                "points": [[place.x, place.y]],
            }
        )
    return rows


def _way(trial: Trial, found: Outcome, place: Place) -> float | None:
    if found.reach is None or place.node == NOT_TIED:
        return None
    if place.id == trial.spot.id:
        # The very spot itself is no walk.
        return 0.0
    return file_metres(found.city, float(found.reach.distances[place.node]) + place.access)


def _areas(view: View, trial: Trial) -> list[Row]:
    city, before, after = trial.city, trial.before, trial.after
    known = {area.area_code: area for area in home_areas(view.warehouse, view.home.code, "deso")}
    rows: list[Row] = []
    for place, code in enumerate(city.people.area_codes):
        area = known.get(code)
        if area is not None and area.x is not None and area.y is not None:
            rows.append(
                {
                    "area_code": code,
                    "name": area.label,
                    "mean_metres_before": file_metres(city, float(before.area_metres[place])),
                    "mean_metres_after": file_metres(city, float(after.area_metres[place])),
                    "points": [[area.x, area.y]],
                }
            )
    return rows


def _barriers(city: City) -> list[Row]:
    return [
        {"name": one.name, "kind": one.kind, "points": [list(point) for point in part]}
        for one in city.barriers
        for part in line_parts(one.line)
    ]


def _crossings(before: Outcome, after: Outcome) -> list[Row]:
    would_be = {one.id: one.walkable for one in after.city.crossings}
    return [
        {
            "name": one.name,
            "kind": one.kind,
            "walkable_today": one.walkable,
            "walkable_scenario": would_be[one.id],
            "points": [[one.x, one.y]],
        }
        for one in before.city.crossings
    ]


def _figures(found: Sequence[Line], before: Outcome, after: Outcome) -> list[Row]:
    return [
        {
            "measure": line.id,
            "text": line.label,
            "unit": line.unit,
            "before": line.for_file(before.city, line.value(before)),
            "after": line.for_file(before.city, line.value(after)),
        }
        for line in found
    ]


def method_rows(view: View, trial: Trial, changes: Sequence[Change], link: str) -> list[Row]:
    """Give the note on method: what was changed, how it was worked out, where the data are from, the link."""
    t, city, spot = view.t, trial.city, trial.spot
    texts = [
        (t("what_if.method_what"), t("what_if.method_about", place=spot.name, municipality=view.home.name)),
        *((t("what_if.method_change"), change_text(view, city, one)) for one in changes),
        *((t("figure.caveat"), note) for note in network_notes(view, city)),
        (t("figure.caveat"), t("what_if.assumed_links")),
        (t("figure.caveat"), t("what_if.assumed_people")),
        (t("figure.source"), network_credit(view, city)),
        (t("figure.source"), t("places.credit_people")),
        (t("what_if.method_licence"), FILE_SOURCE),
        (t("what_if.method_network"), city.made),
        (t("what_if.method_date"), today()),
        (t("workbook.version"), t("workbook.version_text", version=method_version())),
        (t("workbook.fingerprint"), view.warehouse.meta["fingerprint"]),
        (t("what_if.method_crs"), "SWEREF 99 TM, EPSG:3006"),
        (t("figure.link"), link),
    ]
    return [{"number": number, "heading": head, "text": text} for number, (head, text) in enumerate(texts, start=1)]
