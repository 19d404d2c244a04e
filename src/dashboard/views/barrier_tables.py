"""What a barrier does, as tables: pairs of points astride and beside, and what it takes from reach."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial

import streamlit as st

from dashboard.reach.barrier_loss import Within
from dashboard.reach.barrier_pairs import PairSummary
from dashboard.reach.barriers import BarrierReport
from dashboard.reach.city import City
from dashboard.views import barrier_words as words
from dashboard.views import html, tables
from dashboard.views.context import View
from dashboard.views.figure import Figure, show_figure
from dashboard.views.numbers import NBSP, rounded
from dashboard.views.places_file import file_metres, file_people
from dashboard.views.words import sentence

#: What is told in metres of a group of pairs.
IN_METRES = {"median_straight", "median_distance", "mean_distance"}

Rows = list[dict[str, str | tables.Cell]]


def _show(view: View, content: Figure) -> None:
    show_figure(view, content, lambda: st.html(content.table_html()))


def show_pairs(view: View, city: City, found: BarrierReport) -> None:
    """Lay out pairs of points on either side beside pairs that nothing separates."""
    if found.comparison.reason:
        why = words.reason_text(view, found.comparison.reason)
        st.html(html.empty_state(view.t("barriers.pairs_empty"), why, view.t("barriers.pairs_fill")))
        return
    _show(view, pairs_figure(view, city, found))


def pairs_figure(view: View, city: City, found: BarrierReport) -> Figure:
    """Give the comparison of pairs astride and beside; there are enough of both."""
    t, name = view.t, found.barrier.name
    medians = words.key_figure(view, city, found)
    title = (
        t("barriers.pairs_title_unreachable", name=name)
        if medians is None
        else t("barriers.pairs_title", name=name, over=medians.over, beside=medians.beside)
    )
    return Figure(
        key="barrier-pairs",
        title=title,
        summary=sentence(words.estimated_on(view, found), t("barriers.pairs_summary")),
        table=partial(_pairs_table, view, city, found),
        rows=partial(_pairs_rows, view, city, found),
        evidence=words.evidence(view, city, found.barrier, t("barriers.pairs_note")),
        drawn_as_table=True,
    )


def _pairs_table(view: View, city: City, found: BarrierReport) -> str:
    t = view.t
    astride, matched = found.comparison.astride, found.comparison.matched
    rows = [] if astride is None or matched is None else _pairs_lines(view, city, astride, matched)
    return tables.table_html(
        [
            tables.Column("what", t("barriers.what")),
            tables.Column("astride", t("barriers.astride"), numeric=True),
            tables.Column("matched", t("barriers.matched"), numeric=True),
            tables.Column("more", t("barriers.difference"), numeric=True),
        ],
        rows,
        caption=t("barriers.pairs_caption", name=found.barrier.name),
        t=t,
        notes=[t("barriers.mean_note"), t("barriers.difference_note")],
    )


def _pairs_lines(view: View, city: City, astride: PairSummary, matched: PairSummary) -> Rows:
    """Give the rows; a difference is that of the figures before they are rounded."""
    t, fmt = view.t, view.fmt

    def distance(label: str, over: float | None, beside: float | None) -> dict[str, str | tables.Cell]:
        first, second = (words.metres_cell(view, city, one) for one in (over, beside))
        more = None if over is None or beside is None else words.shown_metres(city, over - beside)
        return row(label, first, second, _difference(view, more, 0, f"{NBSP}m"))

    def share(label: str, over: float, beside: float) -> dict[str, str | tables.Cell]:
        # The unit stands with the name of the row: the word is too long for a cell on a phone.
        more = tables.Cell(fmt.signed(100 * (over - beside)))
        return row(label, words.percent(view, over), words.percent(view, beside), more)

    def row(
        label: str, over: str | tables.Cell, beside: str | tables.Cell, more: tables.Cell
    ) -> dict[str, str | tables.Cell]:
        return {"what": label, "astride": over, "matched": beside, "more": more}

    over, beside = astride.median_ratio, matched.median_ratio
    first_ratio, second_ratio = (words.ratio_cell(view, city, one) for one in (over, beside))
    ratio_more = _difference(
        view, None if over is None or beside is None else over - beside, words.ratio_decimals(city)
    )
    return [
        row(t("barriers.pairs"), fmt.number(astride.pairs), fmt.number(matched.pairs), tables.Cell("")),
        distance(t("barriers.median_straight"), astride.median_straight, matched.median_straight),
        distance(t("barriers.median_distance"), astride.median_distance, matched.median_distance),
        distance(t("barriers.mean_distance"), astride.mean_distance, matched.mean_distance),
        row(t("barriers.median_ratio"), first_ratio, second_ratio, ratio_more),
        share(t("barriers.share_above_points"), astride.share_above, matched.share_above),
        share(t("barriers.unreachable_points"), astride.unreachable, matched.unreachable),
    ]


def _difference(view: View, more: float | None, decimals: int, unit: str = "") -> tables.Cell:
    """Give a difference with its sign; a missing one with its reason."""
    if more is None:
        return tables.Cell(view.fmt.number(None), view.t("barriers.no_difference"))
    return tables.Cell(f"{view.fmt.signed(more, decimals)}{unit}")


def _pairs_rows(view: View, city: City, found: BarrierReport) -> list[dict[str, object]]:
    medians = words.key_figure(view, city, found)

    def line(kind: str, group: PairSummary | None) -> dict[str, object]:
        values = {} if group is None else asdict(group)
        for name in IN_METRES & values.keys():
            values[name] = file_metres(city, values[name])
        return {
            "barrier": found.barrier.name,
            "pairs_are": kind,
            **values,
            "median_distance_difference": None if medians is None else medians.more,
            **words.provenance(view, city),
        }

    return [line("astride", found.comparison.astride), line("matched", found.comparison.matched)]


def show_loss(view: View, city: City, found: BarrierReport) -> None:
    """Lay out what the barrier takes from the reach of those who live at it."""
    if found.loss.reason:
        why = words.reason_text(view, found.loss.reason)
        st.html(html.empty_state(view.t("barriers.loss_empty"), why, view.t("barriers.loss_fill")))
        return
    _show(view, loss_figure(view, city, found))


def loss_figure(view: View, city: City, found: BarrierReport) -> Figure:
    """Give what is reached now and what would be without the barrier; both are known."""
    t, name = view.t, found.barrier.name
    people = _loss_more(city, found, "people") or 0.0
    return Figure(
        key="barrier-loss",
        title=t("barriers.loss_title", name=name, people=view.fmt.number(people))
        if people > 0
        else t("barriers.loss_title_none", name=name),
        summary=t("barriers.loss_summary", people=view.fmt.number(words.shown_people(city, found.loss.residents))),
        table=partial(_loss_table, view, city, found),
        rows=partial(_loss_rows, view, city, found),
        evidence=words.evidence(view, city, found.barrier, t("barriers.loss_note")),
        drawn_as_table=True,
    )


def _loss_more(city: City, found: BarrierReport, what: str) -> float | None:
    """Give how much more would be within reach without the barrier, rounded once, as screen and file hold it."""
    now, without = found.loss.now, found.loss.without
    if now is None or without is None:
        return None
    if what == "people":
        return words.shown_people(city, without.people - now.people)
    return rounded(without.services - now.services, 1)


def _loss_table(view: View, city: City, found: BarrierReport) -> str:
    t, fmt, now, without = view.t, view.fmt, found.loss.now, found.loss.without
    people = [None if one is None else words.shown_people(city, one.people) for one in (now, without)]
    services = [None if one is None else one.services for one in (now, without)]
    rows: Rows = [
        {
            "what": t("barriers.loss_people"),
            "now": fmt.number(people[0]),
            "without": fmt.number(people[1]),
            "more": fmt.signed(_loss_more(city, found, "people")),
        },
        {
            "what": t("barriers.loss_services"),
            "now": fmt.number(services[0], 1),
            "without": fmt.number(services[1], 1),
            "more": fmt.signed(_loss_more(city, found, "services"), 1),
        },
    ]
    return tables.table_html(
        [
            tables.Column("what", t("barriers.within")),
            tables.Column("now", t("barriers.now"), numeric=True),
            tables.Column("without", t("barriers.without"), numeric=True),
            tables.Column("more", t("barriers.difference"), numeric=True),
        ],
        rows,
        caption=t("barriers.loss_caption", name=found.barrier.name),
        t=t,
        notes=[t("barriers.difference_note")],
    )


def _loss_rows(view: View, city: City, found: BarrierReport) -> list[dict[str, object]]:
    now, without = found.loss.now, found.loss.without
    return [
        {
            "barrier": found.barrier.name,
            "residents_within_500_m": file_people(city, found.loss.residents),
            "what": what,
            "now": _in_file(city, now, what),
            "without_barrier": _in_file(city, without, what),
            "difference": _loss_more(city, found, what),
            "links_thought": found.loss.links,
            **words.provenance(view, city),
        }
        for what in ("people", "services")
    ]


def _in_file(city: City, within: Within | None, what: str) -> float | None:
    """Give what is within reach, as a file holds it."""
    if within is None:
        return None
    return file_people(city, within.people) if what == "people" else rounded(within.services, 1)
