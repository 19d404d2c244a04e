"""The figures of a scenario: before and after, area by area, and several scenarios side by side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st

from dashboard.reach.city import City
from dashboard.reach.scenario import ScenarioError
from dashboard.views import html, tables
from dashboard.views.areas import home_areas
from dashboard.views.context import View
from dashboard.views.figure import DownloadRow, Evidence, Figure, show_figure
from dashboard.views.places_file import FILE_SOURCE, file_metres
from dashboard.views.places_groups import MIXES, group_notes, group_texts
from dashboard.views.places_notice import network_credit, network_notes
from dashboard.views.places_numbers import METRE_STEPS, metres
from dashboard.views.places_spots import Spot
from dashboard.views.what_if_areas import areas_text, every_area, moved_areas
from dashboard.views.what_if_codes import Scenario, changes_of
from dashboard.views.what_if_export import offer_geopackage
from dashboard.views.what_if_files import file_name
from dashboard.views.what_if_results import Outcome, Trial, outcome
from dashboard.views.what_if_tables import Line, change_text, lines, moves
from dashboard.views.what_if_words import change_text as said_change
from dashboard.views.words import listed

SOURCES = ("openstreetmap", "skolverket", "scb_tab6574", "scb_tab6571", "scb_tab6685", "scb_tab6638")


def evidence(view: View, city: City, codes: Sequence[str] = ()) -> Evidence:
    """Give the account of figures of a scenario: every assumption, and what is changed."""
    t = view.t
    said = [said_change(view, city, change) for change in changes_of(codes)]
    notes = [*network_notes(view, city), t("what_if.assumed_links"), t("what_if.assumed_people")]
    notes += group_notes(view, group_texts(view, city, MIXES))
    if said:
        notes.append(t("what_if.changed", changes=listed(said, t)))
    return Evidence(
        measures=["catchment", "social_mix", "network_distance", "detour_ratio"],
        sources=SOURCES,
        credits=[network_credit(view, city), t("places.credit_people")],
        computed=True,
        notes=notes,
    )


def show_outcome(view: View, trial: Trial) -> None:
    """Lay out before and after: the figures that change first, the others when asked for."""
    t, city, before, after = view.t, trial.city, trial.before, trial.after
    found = lines(view, city, before, after)
    changed = [line for line in found if moves(line, before, after)]
    same = [line for line in found if line not in changed]
    summary = t("what_if.summary", changed=view.fmt.number(len(changed)), n=view.fmt.number(len(found)))
    content = Figure(
        key="what-if",
        title=t("what_if.title", place=trial.spot.name),
        summary=summary,
        table=_table(view, trial, changed, t("what_if.caption")),
        rows=partial(_rows, view, trial, found),
        drawn_as_table=True,
        evidence=evidence(view, city, trial.codes),
        file=file_name("scenario", trial.spot.id),
    )

    def draw() -> None:
        if changed:
            st.html(content.table_html())
        else:
            st.html(html.empty_state(t("what_if.nothing"), t("what_if.nothing_why")))
        if same:
            with st.expander(t.n("what_if.unchanged", len(same))):
                st.html(_table(view, trial, same, t("what_if.unchanged_caption")))
        offer_geopackage(view, trial, found)

    show_figure(view, content, draw)


def _table(view: View, trial: Trial, shown: Sequence[Line], caption: str) -> str:
    before, after = trial.before, trial.after
    t = view.t
    rows: list[dict[str, str | tables.Cell]] = [
        {
            "what": line.label,
            "before": tables.Cell(line.text(line.value(before)), t("places.unknown")),
            "after": tables.Cell(line.text(line.value(after)), t("places.unknown")),
            "change": change_text(view, trial.city, line, before, after),
        }
        for line in shown
    ]
    columns = [
        tables.Column("what", t("places.point")),
        tables.Column("before", t("what_if.before"), numeric=True),
        tables.Column("after", t("what_if.after"), numeric=True),
        tables.Column("change", t("what_if.change"), numeric=True),
    ]
    notes = [t("what_if.points_note")] if any(line.unit == "percent" for line in shown) else []
    return tables.table_html(columns, rows, caption=caption, t=t, hide_caption=True, notes=notes)


def _rows(view: View, trial: Trial, found: Sequence[Line]) -> list[DownloadRow]:
    city, before, after = trial.city, trial.before, trial.after
    note, said = network_notes(view, city)[0], _said(view, trial)
    return [
        {
            "place": trial.spot.name,
            "scenario": said,
            "measure": line.id,
            "unit": line.unit,
            "before": line.for_file(city, line.value(before)),
            "after": line.for_file(city, line.value(after)),
            "network": city.kind,
            "note": note,
            "source": FILE_SOURCE,
        }
        for line in found
    ]


def _said(view: View, trial: Trial) -> str:
    return "; ".join(said_change(view, trial.city, one) for one in changes_of(trial.codes))


def show_areas(view: View, trial: Trial) -> None:
    """Lay out the areas whose people would get another way to the place: lost, farther and nearer alike."""
    t, city, spot = view.t, trial.city, trial.spot
    label = {area.area_code: area.label for area in home_areas(view.warehouse, view.home.code, "deso")}
    step = view.fmt.number(METRE_STEPS[0 if city.is_schematic else 1])
    moved = moved_areas(trial)
    if not moved:
        st.html(html.note(t("what_if.areas_none", place=spot.name, step=step)))
        return
    rows: list[dict[str, str | tables.Cell]] = [
        {
            "area": label.get(one.code, one.code),
            "before": _way(view, city, one.before),
            "after": _way(view, city, one.after),
        }
        for one in moved
    ]
    columns = [
        tables.Column("area", t("level.deso")),
        tables.Column("before", t("what_if.before"), numeric=True),
        tables.Column("after", t("what_if.after"), numeric=True),
    ]
    content = Figure(
        key="what-if-areas",
        title=areas_text(view, trial, moved),
        summary=t("what_if.areas_summary", place=spot.name, step=step),
        table=tables.table_html(
            columns, rows, caption=t("what_if.areas_caption"), t=t, hide_caption=True, max_height=420
        ),
        rows=[
            {
                "area_code": one.code,
                "area": label.get(one.code, one.code),
                "mean_metres_before": file_metres(city, one.before),
                "mean_metres_after": file_metres(city, one.after),
                "place": spot.name,
                "scenario": _said(view, trial),
                "network": city.kind,
                "note": network_notes(view, city)[0],
                "source": FILE_SOURCE,
            }
            for one in every_area(trial)
        ],
        drawn_as_table=True,
        evidence=evidence(view, city, trial.codes),
        file=file_name("scenario-areas", spot.id),
    )
    show_figure(view, content, lambda: st.html(content.table_html()))


def _way(view: View, city: City, value: float) -> str:
    return metres(view, city, np.inf if np.isnan(value) else value)


def show_saved_outcomes(view: View, city: City, spot: Spot, saved: Sequence[Scenario]) -> None:
    """Lay out the saved scenarios side by side, beside the city as it is."""
    t = view.t
    today = outcome(city, spot, ())
    outcomes: list[tuple[Scenario, Outcome]] = []
    for one in saved:
        try:
            outcomes.append((one, outcome(city, spot, one.changes)))
        except ScenarioError:
            st.warning(t("what_if.saved_broken", name=one.name))
    every = lines(view, city, today, *(other for _, other in outcomes))
    found = [line for line in every if line.part == "reach" or any(moves(line, today, other) for _, other in outcomes)]
    columns = [tables.Column("what", t("places.point")), tables.Column("today", t("what_if.today"), numeric=True)]
    columns += [tables.Column(str(n), one.name, numeric=True) for n, (one, _) in enumerate(outcomes)]
    rows: list[dict[str, str | tables.Cell]] = [
        {
            "what": line.label,
            "today": tables.Cell(line.text(line.value(today)), t("places.unknown")),
            **{
                str(n): tables.Cell(line.text(line.value(other)), t("places.unknown"))
                for n, (_, other) in enumerate(outcomes)
            },
        }
        for line in found
    ]
    codes = [code for one, _ in outcomes for code in one.changes]
    content = Figure(
        key="what-if-saved",
        title=t("what_if.saved_title", n=view.fmt.number(len(outcomes)), place=spot.name),
        summary=t("what_if.saved_summary"),
        table=tables.table_html(columns, rows, caption=t("what_if.saved_caption"), t=t, hide_caption=True),
        rows=[
            {
                "place": spot.name,
                "scenario": one.name,
                "measure": line.id,
                "unit": line.unit,
                "today": line.for_file(city, line.value(today)),
                "scenario_value": line.for_file(city, line.value(other)),
                "network": city.kind,
                "note": network_notes(view, city)[0],
                "source": FILE_SOURCE,
            }
            for one, other in outcomes
            for line in every
        ],
        drawn_as_table=True,
        evidence=evidence(view, city, codes),
        file=file_name("scenarios", spot.id),
    )
    show_figure(view, content, lambda: st.html(content.table_html()))
