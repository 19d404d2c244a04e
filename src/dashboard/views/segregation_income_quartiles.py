"""Income segregation from quartiles: the measure with its interval and floor, and the quartiles of the areas."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from dashboard.measures.inference import distinguishable_from_chance
from dashboard.measures.rank_order import Estimate, IncomeSegregation
from dashboard.views import charts, html, income_reports, reports, tables
from dashboard.views.areas import home_areas
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.views.method_breaks import drawn_anew
from dashboard.views.pictures import show_chart
from dashboard.views.segregation_choice import LEVELS
from dashboard.views.words import sentence
from dashboard.warehouse.connection import query_text

MEASURE, ENDS = "rank_order_entropy", "dissimilarity"
MEMBERS = ("income_quartile_1", "income_quartile_2", "income_quartile_3", "income_quartile_4")
SOURCE = "scb_tab6684"
#: How many areas of either end are drawn as bars; the table has all of them.
AT_EACH_END = 5


@dataclass(frozen=True)
class Chosen:
    """The level and year that are looked at."""

    level: str
    year: int


def _found(view: View, level: str, year: int) -> IncomeSegregation | str:
    return income_reports.measured(view.warehouse, view.home.code, level, year)


def _number(view: View, value: float | None) -> str:
    return view.fmt.number(None if value is None else value * 100, view.catalogue.measures[MEASURE].decimals)


def _interval(view: View, one: Estimate, *, said: bool = False) -> str:
    if one.lower is None or one.upper is None:
        return ""
    written = view.fmt.between if said else view.fmt.interval
    return written(one.lower * 100, one.upper * 100, view.catalogue.measures[MEASURE].decimals)


def show_headline(view: View, chosen: Chosen) -> bool:
    """Lay out the sentence on H^R; without a value the reason stands in its place.

    Returns
    -------
    Whether there is a value.
    """
    t, found = view.t, _found(view, chosen.level, chosen.year)
    if isinstance(found, str):
        st.html(html.headline(t("income.title_none")))
        st.html(html.empty_state(t("segregation.none"), t(f"reason.{found}"), t("segregation.none_fill")))
        return False
    value = found.rank_order
    reading = view.catalogue.measures[MEASURE].reading.in_(view.language)
    lead = sentence(
        reading.format(value=_number(view, value.value)),
        _certainty(view, value),
    )
    st.html(html.headline(t("income.title", value=_number(view, value.value), year=view.fmt.year(chosen.year)), lead))
    return True


def _certainty(view: View, value: Estimate) -> str:
    """Say that a value is like chance, or how sure it is; nothing without an interval."""
    if not distinguishable_from_chance(value.value, value.floor):
        return view.t("measure.like_chance")
    return view.t("segregation.interval", interval=_interval(view, value, said=True)) if value.lower is not None else ""


def show_quartile_years(view: View, chosen: Chosen) -> None:
    """Lay out H^R year by year at the chosen level, and in the table both measures at every level."""
    t, fmt = view.t, view.fmt
    known = [
        (level, year, found)
        for level in LEVELS
        for year in sorted(income_reports.quartiles(view.warehouse, view.home.code, level), reverse=True)
        if not isinstance(found := _found(view, level, year), str)
    ]
    shown = [(year, found) for level, year, found in known if level == chosen.level]
    content = Figure(
        key="income-years",
        title=_years_title(view, shown),
        summary=sentence(t("income.years_lead"), _areas_break(view, shown), _floor_and_ends(view, chosen)),
        table=_years_table(view, known),
        rows=[_download(level, year, found) for level, year, found in known],
        evidence=replace(_evidence(view, chosen, [MEASURE, ENDS, "random_floor"]), years=_span(view, shown)),
    )

    def draw() -> None:
        rows = [
            charts.IntervalRow(
                fmt.year(year),
                found.rank_order.value * 100,
                _number(view, found.rank_order.value),
                None if found.rank_order.lower is None else found.rank_order.lower * 100,
                None if found.rank_order.upper is None else found.rank_order.upper * 100,
                found.rank_order.floor * 100,
                home=year == chosen.year,
                interval_text=_interval(view, found.rank_order),
                floor_text=_number(view, found.rank_order.floor),
            )
            for year, found in shown
        ]
        spec = charts.interval_dots(
            rows, theme=view.theme, t=t, description=content.title, axis_title=t("income.axis_measure")
        )
        show_chart(spec, key="income-years-chart", alt=content.title)

    show_figure(view, content, draw)


def _floor_and_ends(view: View, chosen: Chosen) -> str:
    """Say what chance would give in the chosen year, and how those with the lowest and highest incomes live apart."""
    t, year, found = view.t, view.fmt.year(chosen.year), _found(view, chosen.level, chosen.year)
    if isinstance(found, str):
        return ""
    floor = t("income.floor", floor=_number(view, found.rank_order.floor), year=year)
    if not (interval := _interval(view, found.ends, said=True)):
        return floor
    return sentence(floor, t("income.ends", value=_number(view, found.ends.value), year=year, interval=interval))


def _span(view: View, shown: list[tuple[int, IncomeSegregation]]) -> str:
    first, last = view.fmt.year(shown[-1][0]), view.fmt.year(shown[0][0])
    return first if first == last else f"{first}–{last}"


def _years_title(view: View, shown: list[tuple[int, IncomeSegregation]]) -> str:
    """Tell the first and the last value, the newest year standing first in the list."""
    newer = drawn_anew(LEVELS[0], [year for year, _ in shown])
    # Two values of different areas are no change: over a re-cut the title stays with the areas of today.
    same_areas = [one for one in shown if newer is None or one[0] >= newer]
    (last, new), (first, old) = same_areas[0], same_areas[-1]
    values = {"new": _number(view, new.rank_order.value), "last": view.fmt.year(last)}
    if first == last:
        return view.t("income.years_title_one", **values)
    return view.t("income.years_title", old=_number(view, old.rank_order.value), first=view.fmt.year(first), **values)


def _areas_break(view: View, shown: list[tuple[int, IncomeSegregation]]) -> str:
    """Say from which year the areas are others, where the years shown go further back."""
    newer = drawn_anew(LEVELS[0], [year for year, _ in shown])
    return "" if newer is None else view.t("income.years_areas", year=view.fmt.year(newer))


def _years_table(view: View, known: list[tuple[str, int, IncomeSegregation]]) -> str:
    t, measures = view.t, view.catalogue.measures
    lines: list[dict[str, str | tables.Cell]] = []
    for level, year, found in known:
        line: dict[str, str | tables.Cell] = {"level": t(f"level.{level}"), "year": view.fmt.year(year)}
        for name, one in (("rank", found.rank_order), ("ends", found.ends)):
            line |= {
                name: _number(view, one.value),
                f"{name}_interval": _interval(view, one),
                f"{name}_floor": _number(view, one.floor),
            }
        lines.append(line)
    columns = [tables.Column("level", t("segregation.level")), tables.Column("year", t("segregation.year"))]
    for name, label in (("rank", measures[MEASURE].short_name.in_(view.language)), ("ends", t("income.ends_name"))):
        columns += [
            tables.Column(name, label, numeric=True),
            tables.Column(f"{name}_interval", t("segregation.uncertainty"), numeric=True),
            tables.Column(f"{name}_floor", measures["random_floor"].short_name.in_(view.language), numeric=True),
        ]
    return tables.table_html(columns, lines, caption=t("income.years_caption"), t=t)


def _download(level: str, year: int, found: IncomeSegregation) -> dict[str, object]:
    row: dict[str, object] = {"level": level, "year": year, "areas": found.areas}
    for name, one in ((MEASURE, found.rank_order), ("dissimilarity_of_ends", found.ends)):
        row |= {name: one.value, f"{name}_lower": one.lower, f"{name}_upper": one.upper, f"{name}_floor": one.floor}
    for number, bound in enumerate(found.thresholds, start=1):
        row |= {f"below_{number}": bound.below, f"entropy_{number}": bound.entropy}
    return row


def show_quartile_bars(view: View, chosen: Chosen) -> None:
    """Lay out the quartiles of the areas at both ends, and of all areas in the table."""
    t, fmt = view.t, view.fmt
    found = income_reports.quartiles(view.warehouse, view.home.code, chosen.level)[chosen.year]
    label = {area.area_code: area.label for area in home_areas(view.warehouse, view.home.code, chosen.level)}
    parts = [view.catalogue.indicator(name).short_name.in_(view.language) for name in MEMBERS]
    areas = sorted(
        zip(found.codes, found.shares, strict=True),
        key=lambda one: (one[1][0] is None or one[1][3] is None, (one[1][3] or 0.0) - (one[1][0] or 0.0)),
    )
    known = [(code, shares) for code, shares in areas if None not in shares]
    half = min(AT_EACH_END, len(known) // 2)
    shown = known[:half] + known[len(known) - half :] if half else known
    most = sum((shares[3] or 0.0) > (shares[0] or 0.0) for _, shares in known)
    content = Figure(
        key="income-quartiles",
        title=t(
            "income.bars_title", high=fmt.number(most), low=fmt.number(len(known) - most), n=fmt.number(len(areas))
        ),
        summary=t("income.bars_lead"),
        table=tables.table_html(
            [
                tables.Column("area", t(f"level.{chosen.level}")),
                *(tables.Column(str(n), part, numeric=True) for n, part in enumerate(parts)),
            ],
            [
                {"area": label.get(code, code)}
                | {
                    str(n): tables.Cell(fmt.percent(share, 0), t("reason.missing_values") if share is None else "")
                    for n, share in enumerate(shares)
                }
                for code, shares in areas
            ],
            caption=t("income.bars_caption", year=fmt.year(chosen.year)),
            t=t,
        ),
        rows=[
            {"area_code": code, "year": chosen.year} | dict(zip(MEMBERS, shares, strict=True)) for code, shares in areas
        ],
        evidence=_evidence(view, chosen, []),
    )

    def draw() -> None:
        spec = charts.tenure_bar(
            [charts.StackedRow(label.get(code, code), shares) for code, shares in shown],
            parts,
            theme=view.theme,
            t=t,
            fmt=fmt,
            description=content.title,
            colors=[view.theme.sequential[step] for step in (0, 1, 3, 4)],
        )
        show_chart(spec, key="income-quartiles-chart", alt=content.title)

    show_figure(view, content, draw)


def _evidence(view: View, chosen: Chosen, measures: list[str]) -> Evidence:
    """Give what the quartiles rest on; measures are of every level and year, the shares of the areas SCB's own."""
    quartiles = (income_reports.quartiles(view.warehouse, view.home.code, level) for level in LEVELS)
    found = [one for by_year in quartiles for one in by_year.values()]
    caveats = [text.in_(view.language) for text in view.catalogue.indicator(MEMBERS[0]).caveats]
    weighed = bool(measures) and any(one.stand_in for one in found)
    stand_in = [view.t("income.stand_in")] if weighed else []
    return Evidence(
        measures=measures,
        sources=[SOURCE, view.catalogue.source_of("population", chosen.level).id] if weighed else [SOURCE],
        computed=bool(measures),
        years=view.fmt.year(chosen.year),
        queries=[
            Query(
                "income_quartiles",
                query_text("income_quartiles"),
                {"municipality": view.home.code, "level": chosen.level},
            )
        ],
        notes=[*stand_in, *caveats, *([reports.interval_note(view, "persons")] if measures else [])],
    )
