"""Two to four spots side by side, point by point, with the middle one of the city's places as the yardstick."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from dashboard.reach.city import City
from dashboard.reach.lines import line_distance
from dashboard.views import tables
from dashboard.views.context import View
from dashboard.views.figure import DownloadRow, Evidence, Figure, show_figure
from dashboard.views.places_notice import network_credit, network_notes
from dashboard.views.places_points import comparison_rows
from dashboard.views.places_results import SpotResult, middle, study_results
from dashboard.views.words import listed

#: Metres around a spot in which a barrier is told of.
BARRIER_NEAR = 500.0


def barriers_near(city: City, result: SpotResult) -> list[str]:
    """Give the names of the barriers with a known course within 500 m in a straight line of a spot."""
    x, y = result.spot.x, result.spot.y
    return [one.name for one in city.barriers if line_distance(one.line, x, y) <= BARRIER_NEAR]


def show_comparison(view: View, city: City, found: Sequence[SpotResult]) -> None:
    """Lay out the table of the spots, point by point."""
    content = comparison_figure(view, city, found)
    show_figure(view, content, lambda: st.html(content.table_html()))


def comparison_figure(view: View, city: City, found: Sequence[SpotResult]) -> Figure:
    """Give the table of the spots with its account and its rows to download."""
    t = view.t
    rows = comparison_rows(view, city)
    yardstick = study_results(city)
    cells: list[dict[str, str | tables.Cell]] = []
    download: list[DownloadRow] = []
    for row in rows:
        values = [row.value(result) for result in found]
        whole = middle([row.value(result) for result in yardstick])
        line: dict[str, str | tables.Cell] = {"point": row.label}
        for number, value in enumerate(values):
            line[f"spot{number}"] = tables.Cell(row.text(value), t("places.unknown"))
        line["middle"] = tables.Cell(row.text(whole), t("places.unknown"))
        cells.append(line)
        download += [
            {
                "place": result.spot.name,
                "x_sweref99tm": round(result.spot.x, 1),
                "y_sweref99tm": round(result.spot.y, 1),
                "point": row.id,
                "value": _plain(value),
                "unit": row.unit,
                "median_of_places": _plain(whole),
                "network": city.kind,
                "note": network_notes(view, city)[0],
            }
            for result, value in zip(found, values, strict=True)
        ]
    near: dict[str, str | tables.Cell] = {"point": t("places.row_barriers"), "middle": ""}
    for number, result in enumerate(found):
        near[f"spot{number}"] = listed(barriers_near(city, result), t) or t("places.no_barrier")
    cells.append(near)
    table = tables.table_html(
        [
            tables.Column("point", t("places.point")),
            *(tables.Column(f"spot{n}", result.spot.name, numeric=True) for n, result in enumerate(found)),
            tables.Column("middle", t("places.middle", n=view.fmt.number(len(yardstick))), numeric=True),
        ],
        cells,
        caption=t("places.compare_caption"),
        t=t,
        hide_caption=True,
        notes=[t("places.compare_note"), *_unknown_courses(view, city)],
    )
    return Figure(
        key="places-comparison",
        title=t("places.compare_title"),
        summary=t("places.compare_summary", n=view.fmt.number(len(yardstick))),
        table=table,
        rows=download,
        drawn_as_table=True,
        evidence=Evidence(
            measures=["catchment", "social_mix", "network_distance", "closeness", "betweenness"],
            sources=["openstreetmap", "scb_tab6574", "scb_tab6571", "scb_tab6685"],
            credits=[network_credit(view, city), t("places.credit_people")],
            computed=True,
            notes=network_notes(view, city),
        ),
    )


def _plain(value: float) -> float | None:
    return round(value, 4) if np.isfinite(value) else None


def _unknown_courses(view: View, city: City) -> list[str]:
    names = [barrier.name for barrier in city.barriers if barrier.line is None]
    return [view.t("places.unknown_courses", names=listed(names, view.t))] if names else []
