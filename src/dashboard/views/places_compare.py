"""Two to four spots side by side, point by point, with the middle one of the city's places as the yardstick."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from dashboard.reach.city import Barrier, City
from dashboard.reach.lines import line_distance
from dashboard.reach.network import straight
from dashboard.views import tables
from dashboard.views.barrier_names import UNNAMED_RAILWAY, barrier_name
from dashboard.views.context import View
from dashboard.views.figure import DownloadRow, Evidence, Figure, show_figure
from dashboard.views.places_file import FILE_SOURCE
from dashboard.views.places_groups import group_notes, group_texts
from dashboard.views.places_notice import network_credit, network_notes
from dashboard.views.places_numbers import rounded
from dashboard.views.places_points import NEAREST, comparison_rows
from dashboard.views.places_results import SpotResult, middle, study_results
from dashboard.views.words import listed, lower_first

#: Metres around a spot in which a barrier is told of.
BARRIER_NEAR = 500.0
#: Note of a barrier whose course is known within some hundred metres.
APPROXIMATE = "neighbourhood_boundary"
#: Groupings that the table has rows of.
COMPARED = ("foreign_background", "low_economic_standard")
#: Rows that only planners read begin with these.
SPACE_SYNTAX = ("integration_", "through_")


def barriers_near(view: View, city: City, result: SpotResult) -> list[str]:
    """Give the names of the barriers that have their course or a crossing within 500 m in a straight line of a spot."""
    x, y = result.spot.x, result.spot.y
    crossed = {one.barrier for one in city.crossings if float(straight(one.x, one.y, x, y)) <= BARRIER_NEAR}
    return [
        _named(view, one) for one in city.barriers if one.id in crossed or line_distance(one.line, x, y) <= BARRIER_NEAR
    ]


def _named(view: View, barrier: Barrier) -> str:
    name = barrier_name(view, barrier)
    return view.t("places.barrier_approximate", name=name) if barrier.note == APPROXIMATE else name


def show_comparison(view: View, city: City, found: Sequence[SpotResult]) -> None:
    """Lay out the table of the spots, point by point."""
    content = comparison_figure(view, city, found)
    cells = _cells(view, city, found)

    def draw() -> None:
        first = [cell for name, cell in cells.items() if not name.startswith(SPACE_SYNTAX)]
        rest = [cell for name, cell in cells.items() if name.startswith(SPACE_SYNTAX)]
        st.html(_table(view, city, found, first, [view.t("places.mix_note"), *_remarks(view, city, found)]))
        with st.expander(view.t("places.syntax")):
            st.html(_table(view, city, found, rest, [view.t("places.syntax_note")]))

    show_figure(view, content, draw)


def comparison_figure(view: View, city: City, found: Sequence[SpotResult]) -> Figure:
    """Give the table of the spots with its account and its rows to download."""
    t = view.t
    rows = comparison_rows(view, city)
    yardstick = study_results(city)
    download: list[DownloadRow] = []
    for row in rows:
        whole = middle([row.value(result) for result in yardstick])
        download += [
            {
                "place": result.spot.name,
                "x_sweref99tm": round(result.spot.x, 1),
                "y_sweref99tm": round(result.spot.y, 1),
                "point": row.id,
                "value": _plain(row.value(result), row.unit),
                "unit": row.unit,
                "median_of_places": _plain(whole, row.unit),
                "network": city.kind,
                "source": FILE_SOURCE,
                "note": network_notes(view, city)[0],
            }
            for result in found
        ]
    notes = [t("places.mix_note"), t("places.syntax_note"), *_remarks(view, city, found)]
    table = _table(view, city, found, list(_cells(view, city, found).values()), notes)
    return Figure(
        key="places-comparison",
        title=t("places.compare_title"),
        summary=t("places.compare_summary", n=view.fmt.number(len(yardstick))),
        table=table,
        rows=download,
        drawn_as_table=True,
        evidence=Evidence(
            measures=["catchment", "social_mix", "network_distance", "closeness", "betweenness"],
            sources=["openstreetmap", "skolverket", "scb_tab6574", "scb_tab6571", "scb_tab6685"],
            credits=[network_credit(view, city), t("places.credit_people")],
            computed=True,
            notes=[*network_notes(view, city), *group_notes(view, group_texts(view, city, COMPARED))],
        ),
    )


def _cells(view: View, city: City, found: Sequence[SpotResult]) -> dict[str, dict[str, str | tables.Cell]]:
    """Give the rows of the table by the ids of what they compare."""
    t = view.t
    yardstick = study_results(city)
    cells: dict[str, dict[str, str | tables.Cell]] = {}
    for row in comparison_rows(view, city):
        whole = middle([row.value(result) for result in yardstick])
        cells[row.id] = {
            "point": row.label,
            **{f"spot{n}": tables.Cell(row.text(row.value(one)), t("places.unknown")) for n, one in enumerate(found)},
            "middle": tables.Cell(row.text(whole), t("places.unknown")),
        }
    near = {
        f"spot{n}": listed(barriers_near(view, city, one), t) or t("places.no_barrier") for n, one in enumerate(found)
    }
    cells["barriers"] = {"point": t("places.row_barriers"), **near, "middle": ""}
    return cells


def _table(
    view: View,
    city: City,
    found: Sequence[SpotResult],
    cells: Sequence[dict[str, str | tables.Cell]],
    notes: Sequence[str],
) -> str:
    t = view.t
    count = view.fmt.number(len(study_results(city)))
    columns = [
        tables.Column("point", t("places.point")),
        tables.Column("middle", t("places.middle", n=count), numeric=True),
        *(tables.Column(f"spot{n}", result.spot.name, numeric=True) for n, result in enumerate(found)),
    ]
    return tables.table_html(columns, cells, caption=t("places.compare_caption"), t=t, hide_caption=True, notes=notes)


#: Unit → what numbers in files are rounded to: no finer than they are known.
_FILE_STEPS = {"persons": 10.0, "metres": 10.0, "percentile": 1.0, "ratio": 0.01}


def _plain(value: float, unit: str) -> float | None:
    return round(rounded(value, _FILE_STEPS[unit]), 2) if np.isfinite(value) else None


def _remarks(view: View, city: City, found: Sequence[SpotResult]) -> list[str]:
    """Give what a reader of the table must know: years, positions that are approximate, courses that are not known."""
    years = group_notes(view, group_texts(view, city, COMPARED))[:1]
    nearest = [one.nearest(kind) for one in found for kind in NEAREST]
    vague = list(dict.fromkeys(walk.place.name for walk in nearest if walk is not None and walk.place.approximate))
    told = [view.t("places.note_vague", names=listed(vague, view.t))] if vague else []
    return [*years, *told, *unknown_courses(view, city)]


def unknown_courses(view: View, city: City) -> list[str]:
    """Name the barriers that are not told of because nobody knows where they run; nothing without such."""
    names = [_inside(view, barrier) for barrier in city.barriers if barrier.line is None]
    return [view.t("places.unknown_courses", names=listed(names, view.t))] if names else []


def _inside(view: View, barrier: Barrier) -> str:
    # What has no name of its own is no name: it has no capital letter inside a sentence.
    name = barrier_name(view, barrier)
    return lower_first(name) if barrier.id == UNNAMED_RAILWAY else name
