"""The figures that a project is followed by: how they have gone since its start, in its areas and in the whole city.

A figure that moves while a project runs does not tell that the project moved it; every figure here says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.register.contents import Contents
from dashboard.register.entries import LinkedIndicator, Project
from dashboard.views import charts, html, tables
from dashboard.views.context import View
from dashboard.views.entry_editing import offer_edit, offer_new
from dashboard.views.figure import Evidence, Figure, Query, show_figure, source_text
from dashboard.views.pictures import show_chart
from dashboard.views.reports import dissimilarity_of, interval_note
from dashboard.views.roadmap_courses import (
    Course,
    area_courses,
    chance_words,
    city_course,
    course_words,
    split_course,
    value_words,
    year_words,
)
from dashboard.views.words import sentence
from dashboard.warehouse.connection import query_text

#: So many values are told as well in a sentence as in a picture.
_FEW = 2


def show_indicators(view: View, contents: Contents, project: Project) -> None:
    """Lay out every figure that follows a project, or say that none has been chosen."""
    t = view.t
    linked = contents.indicators_of(project.id)
    st.html(html.section(t("plan.indicators"), t("plan.no_cause") if linked else ""))
    if not linked:
        st.html(html.empty_state(t("plan.indicators_none"), t("plan.indicators_why"), t("plan.indicators_fill")))
    # What is known of the project's own areas says more of it than what is known of the city alone.
    for one in sorted(linked, key=lambda one: one.indicator in view.catalogue.splits):
        if one.indicator in view.catalogue.indicators or one.indicator in view.catalogue.splits:
            _show_one(view, project, one)
        else:
            st.html(html.paragraph(t("plan.indicator_gone", id=one.indicator)))
        offer_edit(view, one)
    offer_new(view, "linked_indicator", project=project.id)


def courses(view: View, project: Project, linked: LinkedIndicator) -> list[Course]:
    """Give how a figure has gone in each area of a project and in the whole city; of a split, in the city alone."""
    if linked.indicator in view.catalogue.splits:
        return [split_course(view, linked.indicator)]
    return [*area_courses(view, linked.indicator, project.areas), city_course(view, linked.indicator)]


def figure_name(view: View, figure: str) -> str:
    """Give what a linked figure is called."""
    if figure in view.catalogue.splits:
        return view.t("roadmap.measure_name", split=view.catalogue.splits[figure].name.in_(view.language).lower())
    return view.catalogue.indicator(figure).name.in_(view.language)


def wanted_words(view: View, linked: LinkedIndicator) -> str:
    """Say where a figure should go, and how far."""
    t, fmt = view.t, view.fmt
    if linked.wanted is None and linked.target is None:
        return t("plan.wanted_nothing")
    wanted = t("plan.wanted_none") if linked.wanted is None else t(f"plan.wanted_{linked.wanted.value}")
    if linked.target is None:
        return sentence(wanted, t("plan.target_none"))
    value = value_words(view, linked.indicator, linked.target)
    if linked.target_year is None:
        return sentence(wanted, t("plan.target", value=value))
    return sentence(wanted, t("plan.target_by", value=value, year=fmt.year(linked.target_year)))


def _show_one(view: View, project: Project, linked: LinkedIndicator) -> None:
    t = view.t
    found = courses(view, project, linked)
    name = figure_name(view, linked.indicator)
    split = linked.indicator in view.catalogue.splits
    said = [course_words(view, linked.indicator, one, linked.baseline_year) for one in found]
    if split:
        said.append(chance_words(view, linked.indicator, found[0], linked.baseline_year))
    elif not project.areas:
        said.insert(0, t("plan.no_areas"))
    said += [wanted_words(view, linked), linked.note, t("plan.no_cause_short")]
    content = Figure(
        key=f"plan-{linked.id}",
        title=t("plan.since_start", name=name, year=view.fmt.year(linked.baseline_year)),
        summary=sentence(*said),
        table=lambda: table(view, linked, found, name),
        rows=lambda: [
            {"figure": linked.indicator, "area": one.name, "year": year, "value": value}
            for one in found
            for year, value in one.points
        ],
        evidence=evidence(view, linked, found),
        file=f"{project.id}-{linked.indicator}",
    )
    show_figure(view, content, lambda: _draw(view, linked, found, content))


def _draw(view: View, linked: LinkedIndicator, found: list[Course], content: Figure) -> None:
    if not any(len(one.points) > _FEW for one in found):
        # One year is a point and two are a line whatever came between them; the sentence above has said them.
        return
    drawn = [one for one in found if len(one.points) > 1]
    years = range(min(one.points[0][0] for one in drawn), max(one.points[-1][0] for one in drawn) + 1)
    spec = charts.trend_line(
        [_series(view, linked, one, years, last=one is found[-1]) for one in drawn],
        theme=view.theme,
        t=view.t,
        description=content.summary,
        value_title=_unit(view, linked),
        # Cut off from nothing, a share that hardly moves would seem to fall.
        zero=_is_share(view, linked.indicator),
        height=200,
    )
    if years[0] <= linked.baseline_year <= years[-1]:
        spec["layer"] += charts.marked_year(linked.baseline_year, view.t("plan.baseline_mark"), theme=view.theme)
    if linked.target is not None:
        label = view.t("plan.target_mark", value=value_words(view, linked.indicator, linked.target))
        zero = _is_share(view, linked.indicator)
        spec["layer"] += charts.marked_value(linked.target, label, zero=zero, theme=view.theme)
    show_chart(spec, key=f"chart-{content.key}", alt=content.summary)


def _series(view: View, linked: LinkedIndicator, one: Course, years: range, *, last: bool) -> charts.Series:
    by_year = dict(one.points)
    points = [
        (year, by_year.get(year), value_words(view, linked.indicator, by_year[year]) if year in by_year else "")
        for year in years
    ]
    # The areas stand out before the city behind them; the city alone is what there is to see.
    return charts.Series(one.name, points, home=not last or linked.indicator in view.catalogue.splits)


def _is_share(view: View, figure: str) -> bool:
    return figure in view.catalogue.splits or view.catalogue.indicator(figure).unit == "percent"


def _unit(view: View, linked: LinkedIndicator) -> str:
    if linked.indicator in view.catalogue.splits:
        return view.t("cities.axis")
    indicator = view.catalogue.indicator(linked.indicator)
    unit = "%" if indicator.unit == "percent" else indicator.unit_label and indicator.unit_label.in_(view.language)
    name = indicator.short_name.in_(view.language)
    return view.t("plan.with_unit", name=name, unit=unit) if unit else name


def table(view: View, linked: LinkedIndicator, found: Sequence[Course], name: str) -> str:
    """Give the values of every year that any area has one for, and why there is none where there is not."""
    t = view.t
    years = sorted({year for one in found for year, _ in one.points})
    said = partial(year_words, view, school_years=_of_school_years(found))
    return tables.table_html(
        [
            tables.Column("area", t("plan.area")),
            *(tables.Column(str(year), said(year), numeric=True) for year in years),
        ],
        [_row(view, linked, one, years) for one in found],
        caption=name,
        t=t,
    )


def _row(view: View, linked: LinkedIndicator, one: Course, years: list[int]) -> dict[str, str | tables.Cell]:
    by_year = dict(one.points)
    row: dict[str, str | tables.Cell] = {"area": one.name}
    # Who has a figure for some years is not one whom none is published for.
    missing = "note.no_figure_that_year" if one.points else "note.not_published"
    for year in years:
        known = by_year.get(year)
        row[str(year)] = (
            tables.Cell(view.fmt.number(None), view.t(missing))
            if known is None
            else value_words(view, linked.indicator, known)
        )
    return row


def evidence(view: View, linked: LinkedIndicator, found: Sequence[Course]) -> Evidence:
    """Give where the values of a figure are from, how they were worked out, and what to mind when comparing them."""
    span = _years_words(view, found)
    notes = [view.t("plan.no_cause"), *_breaks(view, linked, found)]
    if linked.indicator in view.catalogue.splits:
        sources = list(view.catalogue.splits[linked.indicator].sources)
        credited = [source_text(view, Evidence(sources=sources, computed=True))]
        notes += _split_notes(view, linked.indicator)
        measures = [dissimilarity_of(view.catalogue.splits[linked.indicator].kind)]
        return Evidence(measures=measures, sources=sources, computed=True, credits=credited, years=span, notes=notes)
    of = view.catalogue.indicator(linked.indicator).sources
    levels = [level for level in dict.fromkeys(one.level for one in found) if level in of]
    return Evidence(
        indicators=[linked.indicator],
        sources=list(dict.fromkeys(of[level] for level in levels)),
        credits=[credit for one in found if one.level in of for credit in _credits(view, linked.indicator, one)],
        years=span,
        queries=[Query("area_series", query_text("area_series"), {"indicators": [linked.indicator]})],
        notes=notes,
    )


def _credits(view: View, indicator: str, course: Course) -> list[str]:
    """Credit the values of a course: what its source published, and what was worked out from that, each by itself."""
    return [view.catalogue.credit(indicator, course.level, way).in_(view.language) for way in course.statuses]


def _of_school_years(found: Sequence[Course]) -> bool:
    return any(one.school_years for one in found)


def _years_words(view: View, found: Sequence[Course]) -> str:
    years = [year for one in found for year, _ in one.points]
    if not years:
        return ""
    if min(years) == max(years):
        return year_words(view, years[0], school_years=_of_school_years(found))
    return f"{view.fmt.year(min(years))}\u2013{view.fmt.year(max(years))}"


def _split_notes(view: View, name: str) -> list[str]:
    """Say what the counts of a split rest on, among it where its years are not quite comparable."""
    split = view.catalogue.splits[name]
    found = [] if split.approximation is None else [split.approximation.in_(view.language)]
    return [*found, *(one.in_(view.language) for one in split.caveats), interval_note(view, split.unit)]


def _breaks(view: View, linked: LinkedIndicator, found: Sequence[Course]) -> list[str]:
    """Say from which years a source counts in a new way, as far as the years since the start are concerned."""
    if linked.indicator in view.catalogue.splits:
        return []
    indicator = view.catalogue.indicator(linked.indicator)
    years = {year for one in found for year in indicator.breaks(one.level) if year > linked.baseline_year}
    return [view.t("plan.method_break", year=view.fmt.year(year)) for year in sorted(years)]
