"""The map of a barrier: its course, its stretches by detour, where one can cross; and its crossings as a table."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.reach.barriers import BarrierReport, fewest_pairs
from dashboard.reach.city import City, Crossing
from dashboard.reach.lines import line_parts
from dashboard.reach.stretches import Stretch
from dashboard.views import tables
from dashboard.views.barrier_results import crossings_of
from dashboard.views.barrier_words import CROSSING_KINDS, counted, evidence, note_text, provenance
from dashboard.views.context import View
from dashboard.views.extents import Extent
from dashboard.views.figure import Figure, show_figure
from dashboard.views.network_legend import LegendEntry, line_entry, network_legend_html, point_entry
from dashboard.views.network_map import MapLine, MapPoint, NetworkMap, show_network_map
from dashboard.views.places_file import file_metres
from dashboard.views.places_map import crossing_label, screen_file
from dashboard.views.places_numbers import metres
from dashboard.views.words import listed, sentence

#: Class of a stretch → text of its meaning. The style on the map is `stretch_<class + 1>`.
CLASSES = ("barriers.class_1", "barriers.class_2", "barriers.class_3")
AIR = 0.08


def show_map(view: View, city: City, found: BarrierReport) -> None:
    """Lay out the map of a barrier with its crossings."""
    content = map_figure(view, city, found)
    show_figure(view, content, partial(_draw, view, city, found, content))


def map_figure(view: View, city: City, found: BarrierReport) -> Figure:
    """Give what stands around the map: how many crossings there are and how far apart, and the table of crossings."""
    return Figure(
        key="barrier-map",
        title=_title(view, city, found),
        summary=_summary(view, city, found),
        table=partial(crossings_table, view, city, found),
        rows=partial(_rows, view, city, found),
        evidence=evidence(view, city, found.barrier, view.t("barriers.gap_note")),
    )


def _title(view: View, city: City, found: BarrierReport) -> str:
    t, spacing = view.t, found.spacing
    name, length = found.barrier.name, metres(view, city, spacing.length)
    if not spacing.crossings:
        return t("barriers.map_title_none", name=name, length=length)
    key = "barriers.map_title"
    if not _verified(city, found):
        key = "barriers.map_title_bridges" if set(spacing.kinds) == {"bridge"} else "barriers.map_title_assumed"
    title = t.n(key, spacing.crossings, name=name, length=length)
    if spacing.largest_gap is None:
        return title
    return t("barriers.map_title_gap", title=title, gap=metres(view, city, spacing.largest_gap))


def _verified(city: City, found: BarrierReport) -> bool:
    """Tell whether all crossings that one is taken to get across by are known to be open to walkers."""
    return all(one.walkable == "yes" for one in crossings_of(city, found.barrier) if one.is_open)


def _summary(view: View, city: City, found: BarrierReport) -> str:
    t, known = view.t, crossings_of(city, found.barrier)
    closed = [one for one in known if not one.is_open]
    gap = found.spacing.mean_gap
    kinds = listed([counted(view, kind, n) for kind, n in found.spacing.kinds.items()], t)
    no_class = all(one.class_index is None for one in found.stretches)
    return sentence(
        t("barriers.map_kinds" if _verified(city, found) else "barriers.map_kinds_assumed", kinds=kinds)
        if kinds
        else "",
        "" if gap is None else t("barriers.map_mean_gap", gap=metres(view, city, gap)),
        t.n("barriers.map_closed", len(closed)) if closed else "",
        t("barriers.stretches_map", fewest=view.fmt.number(fewest_pairs(city))) if no_class else "",
        note_text(view, found.barrier.note),
    )


def _draw(view: View, city: City, found: BarrierReport, content: Figure) -> None:
    barrier = found.barrier
    known = crossings_of(city, barrier)
    network_map = NetworkMap(
        extent=_extent(found),
        summary=content.summary,
        areas_url=screen_file(view, "deso"),
        network_url=screen_file(view, "network"),
        lines=[
            *(MapLine(f"barrier_{barrier.kind}", barrier.name, part) for part in line_parts(barrier.line)),
            *(line for stretch in found.stretches for line in _stretch_lines(view, stretch)),
        ],
        points=[_point(view, one) for one in known],
        choosable=False,
    )
    show_network_map(network_map, key="barrier-network-map", theme=view.theme, t=view.t)
    st.html(network_legend_html(_legend(view, found, known), label=content.title))


def _extent(found: BarrierReport) -> Extent:
    points = [point for part in line_parts(found.barrier.line) for point in part]
    x, y = zip(*points, strict=True)
    return Extent(min(x), min(y), max(x), max(y)).padded(AIR)


def _stretch_lines(view: View, stretch: Stretch) -> list[MapLine]:
    if stretch.class_index is None:
        return []
    label = view.t(CLASSES[stretch.class_index])
    return [MapLine(f"stretch_{stretch.class_index + 1}", label, part) for part in line_parts(stretch.line)]


def _point(view: View, one: Crossing) -> MapPoint:
    kind = "crossing_open" if one.is_open else "crossing_closed"
    return MapPoint(f"crossing-{one.id}", kind, crossing_label(view, one), one.x, one.y, name=one.name)


def _legend(view: View, found: BarrierReport, known: list[Crossing]) -> list[LegendEntry]:
    t, theme, barrier = view.t, view.theme, found.barrier
    classes = sorted({one.class_index for one in found.stretches if one.class_index is not None})
    entries = [line_entry(f"barrier_{barrier.kind}", barrier.name, theme)]
    entries += [line_entry(f"stretch_{index + 1}", t(CLASSES[index]), theme) for index in classes]
    states = {one.is_open for one in known}
    if True in states:
        entries.append(point_entry("crossing_open", t("places.legend_open"), theme))
    if False in states:
        entries.append(point_entry("crossing_closed", t("places.legend_closed"), theme))
    return entries


def crossings_table(view: View, city: City, found: BarrierReport) -> str:
    """Give the crossings of a barrier as a table, those that cannot be used among them."""
    t = view.t
    rows: list[dict[str, str | tables.Cell]] = [
        {
            "name": one.name or t("places.crossing_unnamed"),
            "kind": t(CROSSING_KINDS.get(one.kind, CROSSING_KINDS["unknown"])),
            "state": t(f"crossing.{one.walkable}"),
            "note": note_text(view, one.note),
        }
        for one in crossings_of(city, found.barrier)
    ]
    unnamed = found.spacing.crossings - sum(one.is_open for one in crossings_of(city, found.barrier))
    return tables.table_html(
        [
            tables.Column("name", t("barriers.crossing")),
            tables.Column("kind", t("barriers.crossing_kind")),
            tables.Column("state", t("barriers.crossing_state")),
            tables.Column("note", t("barriers.crossing_note")),
        ],
        rows,
        caption=t("barriers.crossings_caption", name=found.barrier.name),
        t=t,
        notes=[t.n("barriers.crossings_more", unnamed)] if unnamed > 0 else [],
        max_height=420,
    )


def _rows(view: View, city: City, found: BarrierReport) -> list[dict[str, object]]:
    return [
        {
            "barrier": found.barrier.name,
            "barrier_metres": file_metres(city, found.spacing.length),
            "walkable_crossings": found.spacing.crossings,
            "mean_gap_metres": file_metres(city, found.spacing.mean_gap),
            "largest_gap_metres": file_metres(city, found.spacing.largest_gap),
            "crossing": one.name,
            "kind": one.kind,
            "walkable": one.walkable,
            "open": one.is_open,
            "x_sweref99tm": one.x,
            "y_sweref99tm": one.y,
            "crossing_note": note_text(view, one.note),
            **provenance(view, city),
        }
        for one in crossings_of(city, found.barrier)
    ] or [
        {
            "barrier": found.barrier.name,
            "barrier_metres": file_metres(city, found.spacing.length),
            "walkable_crossings": found.spacing.crossings,
            "mean_gap_metres": file_metres(city, found.spacing.mean_gap),
            "largest_gap_metres": file_metres(city, found.spacing.largest_gap),
            **provenance(view, city),
        }
    ]
