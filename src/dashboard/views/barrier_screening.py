"""The screening: a raster that shows where ways are long for near points, and no more than that."""

from __future__ import annotations

from collections import Counter
from functools import partial

import numpy as np
import streamlit as st

from dashboard.reach.city import City
from dashboard.reach.detour import Screening
from dashboard.views import embedding, html, tables
from dashboard.views.barrier_results import screening_of
from dashboard.views.barrier_words import percent, provenance
from dashboard.views.classes import Scheme, classify, sequential_scheme
from dashboard.views.context import View
from dashboard.views.extents import Extent
from dashboard.views.figure import Evidence, Figure, show_figure
from dashboard.views.network_legend import cell_entry, network_legend_html
from dashboard.views.network_map import MapCell, MapLine, NetworkMap, show_network_map
from dashboard.views.places_map import barrier_lines, screen_file
from dashboard.views.places_notice import network_credit, network_notes
from dashboard.views.words import sentence

#: Per cent of pairs at which the classes part.
BREAKS = (10.0, 25.0, 50.0, 75.0)


def show_screening(view: View, city: City) -> None:
    """Lay out the raster, marked as a screening."""
    found = screening_of(city)
    if not found.pairs.any():
        return
    content = screening_figure(view, city, found)
    draw = partial(_draw, view, city, found, content)
    if not city.is_schematic:
        show_figure(view, content, draw)
        return
    # On an estimated network it says little, and nothing at a glance: it is there for those who look for it.
    opened = st.expander(view.t("barriers.screening_closed"), on_change="rerun", key="screening-expander")
    if opened.open or embedding.is_asked_for(content.key):
        with opened:
            show_figure(view, content, draw)


def screening_figure(view: View, city: City, found: Screening) -> Figure:
    """Give what stands around the raster: that it is a screening, how much of it is barred, and its classes."""
    t, fmt = view.t, view.fmt
    share = found.barred.sum() / found.pairs.sum()
    return Figure(
        key="screening",
        title=t("barriers.screening_title"),
        summary=t(
            "barriers.screening_summary",
            n=fmt.number(found.x.size),
            step=fmt.number(found.step),
            share=percent(view, float(share)),
        ),
        table=partial(_table, view, found),
        rows=partial(_rows, view, city, found),
        evidence=Evidence(
            measures=["detour_ratio"],
            sources=["openstreetmap"],
            credits=[network_credit(view, city)],
            computed=True,
            notes=[*network_notes(view, city), *_cautions(view, city)],
        ),
    )


def _cautions(view: View, city: City) -> list[str]:
    """Say how little the screening can tell."""
    found = [view.t("barriers.screening_weak")]
    return [*found, view.t("barriers.screening_schematic")] if city.is_schematic else found


def _classes(found: Screening) -> list[int | None]:
    return classify([None if np.isnan(share) else 100 * float(share) for share in found.share], BREAKS)


def _scheme(view: View) -> Scheme:
    return sequential_scheme(BREAKS, view.t, view.fmt, view.theme, unit_label="%")


def _draw(view: View, city: City, found: Screening, content: Figure) -> None:
    scheme = _scheme(view)
    cells = [
        MapCell(
            float(x),
            float(y),
            found.step,
            index,
            view.t("barriers.cell", barred=view.fmt.number(int(barred)), pairs=view.fmt.number(int(pairs))),
        )
        for x, y, index, barred, pairs in zip(found.x, found.y, _classes(found), found.barred, found.pairs, strict=True)
        if index is not None
    ]
    lines: list[MapLine] = barrier_lines(city)
    network_map = NetworkMap(
        extent=_extent(view, found),
        summary=content.summary,
        areas_url=screen_file(view, "deso"),
        lines=lines,
        cells=cells,
        cell_colors=tuple(scheme.colors),
        choosable=False,
    )
    show_network_map(network_map, key="screening-map", theme=view.theme, t=view.t)
    entries = [cell_entry(index, scheme.colors, label, view.theme) for index, label in enumerate(scheme.labels)]
    st.html(network_legend_html(entries, label=view.t("barriers.screening_class")))
    st.html(html.note(sentence(*_cautions(view, city))))


def _extent(view: View, found: Screening) -> Extent:
    """Give the central locality, where most ways are; all of the raster where it is not known."""
    box = view.warehouse.meta.get("extent_centre")
    if box is not None:
        return Extent(*(float(edge) for edge in box.split(",")))
    half = found.step / 2
    return Extent(found.x.min() - half, found.y.min() - half, found.x.max() + half, found.y.max() + half)


def _table(view: View, found: Screening) -> str:
    t, fmt = view.t, view.fmt
    counts = Counter(_classes(found))
    known = sum(n for index, n in counts.items() if index is not None)
    rows: list[dict[str, str | tables.Cell]] = [
        {"class": label, "cells": fmt.number(counts[index]), "share": percent(view, counts[index] / known)}
        for index, label in enumerate(_scheme(view).labels)
    ]
    return tables.table_html(
        [
            tables.Column("class", t("barriers.screening_class")),
            tables.Column("cells", t("barriers.screening_cells"), numeric=True),
            tables.Column("share", t("barriers.screening_share"), numeric=True),
        ],
        rows,
        caption=t("barriers.screening_caption"),
        t=t,
        notes=[t("barriers.screening_weak")],
    )


def _rows(view: View, city: City, found: Screening) -> list[dict[str, object]]:
    return [
        {
            "x_sweref99tm": float(x),
            "y_sweref99tm": float(y),
            "cell_metres": found.step,
            "pairs": int(pairs),
            "pairs_above_2_or_without_a_way": int(barred),
            "pairs_without_a_way": int(unreachable),
            "share": None if pairs == 0 else int(barred) / int(pairs),
            "method": view.t("barriers.screening_weak"),
            **provenance(view, city),
        }
        for x, y, pairs, barred, unreachable in zip(
            found.x, found.y, found.pairs, found.barred, found.unreachable, strict=True
        )
    ]
