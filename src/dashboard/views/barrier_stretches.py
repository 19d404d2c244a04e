"""The stretches of a barrier as a table, from the largest detour to the smallest."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.reach.barriers import BarrierReport, fewest_pairs
from dashboard.reach.city import City
from dashboard.reach.stretches import Stretch
from dashboard.views import barrier_words as words
from dashboard.views import html, tables
from dashboard.views.barrier_map import CLASSES
from dashboard.views.barrier_results import crossings_of
from dashboard.views.context import View
from dashboard.views.figure import Figure, show_figure
from dashboard.views.places_file import file_metres
from dashboard.views.places_numbers import metres

Rows = list[dict[str, str | tables.Cell]]


def show_stretches(view: View, city: City, found: BarrierReport) -> None:
    """Lay out the stretches of the barrier, from the largest detour to the smallest."""
    if not any(one.median_ratio is not None for one in found.stretches):
        t, fewest = view.t, view.fmt.number(fewest_pairs(city))
        why = t("barriers.stretches_why", fewest=fewest)
        st.html(html.empty_state(t("barriers.stretches_empty"), why, t("barriers.pairs_fill")))
        return
    content = stretches_figure(view, city, found)
    show_figure(view, content, lambda: st.html(content.table_html()))


def stretches_figure(view: View, city: City, found: BarrierReport) -> Figure:
    """Give the stretches of a barrier; at least one has a known detour."""
    t, known = view.t, [one for one in found.stretches if one.median_ratio is not None]
    most, least = known[0], known[-1]
    title = (
        t("barriers.stretches_title_one", name=found.barrier.name)
        if len(known) == 1
        else t(
            "barriers.stretches_title",
            most=words.ratio_cell(view, city, _finite(most.median_ratio)).text,
            least=words.ratio_cell(view, city, _finite(least.median_ratio)).text,
        )
    )
    return Figure(
        key="barrier-stretches",
        title=title,
        summary=t("barriers.stretches_summary"),
        table=partial(_stretches_table, view, city, found),
        rows=partial(_stretches_rows, view, city, found),
        evidence=words.evidence(
            view,
            city,
            found.barrier,
            t("barriers.stretches_note", fewest=view.fmt.number(fewest_pairs(city))),
        ),
        drawn_as_table=True,
    )


def _finite(ratio: float | None) -> float | None:
    """Give a ratio, None where it is infinite: what cannot be reached has no number."""
    return None if ratio is None or ratio == float("inf") else ratio


def _stretches_table(view: View, city: City, found: BarrierReport) -> str:
    t, fmt = view.t, view.fmt

    def ratio(one: Stretch) -> tables.Cell:
        if one.median_ratio is None:
            return tables.Cell(t("barriers.few"))
        return words.ratio_cell(view, city, _finite(one.median_ratio))

    rows: Rows = [
        {
            "where": t("barriers.stretch", **_ends(view, one)),
            "near": _nearest(view, city, found, one),
            "ratio": ratio(one),
            "class": "" if one.class_index is None else t(CLASSES[one.class_index]),
            "to_crossing": tables.Cell(
                fmt.number(None) if one.to_crossing is None else metres(view, city, one.to_crossing),
                t("barriers.no_crossing"),
            ),
            "pairs": fmt.number(one.pairs),
        }
        for one in found.stretches
    ]
    return tables.table_html(
        [
            tables.Column("where", t("barriers.stretch_where")),
            tables.Column("near", t("barriers.stretch_near")),
            tables.Column("ratio", t("barriers.median_ratio"), numeric=True),
            tables.Column("class", t("barriers.class")),
            tables.Column("to_crossing", t("barriers.to_crossing"), numeric=True),
            tables.Column("pairs", t("barriers.pairs"), numeric=True),
        ],
        rows,
        caption=t("barriers.stretches_caption", name=found.barrier.name),
        t=t,
        notes=[t("barriers.stretch_from")],
        max_height=420,
    )


def _ends(view: View, one: Stretch) -> dict[str, str]:
    return {name: view.fmt.number(end / 1000, 1) for name, end in (("start", one.start), ("end", one.end))}


def _nearest(view: View, city: City, found: BarrierReport, one: Stretch) -> str:
    """Give the name of the known crossing nearest to the middle of a stretch, open or not."""
    x, y = one.middle
    known = [crossing for crossing in crossings_of(city, found.barrier) if crossing.name]
    nearest = min(known, key=lambda crossing: (crossing.x - x) ** 2 + (crossing.y - y) ** 2, default=None)
    return view.t("barriers.stretch_unnamed") if nearest is None else nearest.name


def _stretches_rows(view: View, city: City, found: BarrierReport) -> list[dict[str, object]]:
    return [
        {
            "barrier": found.barrier.name,
            "from_metres": one.start,
            "to_metres": one.end,
            "nearest_crossing": _nearest(view, city, found, one),
            "median_detour_ratio": _finite(one.median_ratio),
            "pairs": one.pairs,
            "pairs_without_a_way": one.unreachable,
            "metres_to_walkable_crossing": file_metres(city, one.to_crossing),
            **words.provenance(view, city),
        }
        for one in found.stretches
    ]
