"""How the dissimilarity has changed from year to year, in the home municipality and its peers."""

from __future__ import annotations

from dataclasses import replace

from dashboard.views import charts, reports, tables
from dashboard.views.context import View
from dashboard.views.figure import Figure, show_figure
from dashboard.views.method_breaks import drawn_anew, new_methods
from dashboard.views.overview_cities import city_name
from dashboard.views.pictures import show_chart
from dashboard.views.segregation import measure_evidence, value_text
from dashboard.views.segregation_choice import Choice
from dashboard.views.words import sentence

Values = dict[str, dict[int, float]]


def show_years(view: View, choice: Choice) -> None:
    """Lay out the dissimilarity year by year; with one year only there is nothing to compare."""
    years = reports.years(view.warehouse, view.home.code, choice.split.id, choice.level)
    if len(years) < 2:
        return
    t = view.t
    measure = reports.dissimilarity_of(choice.split.kind)
    values = _values(view, choice, years)
    methods = new_methods(view, choice.split, choice.level, years[0], years[-1])
    areas = drawn_anew(choice.level, years)
    content = Figure(
        key="years",
        title=reports.change_text(view, choice.split.id, choice.level, with_interval=True),
        summary=sentence(
            t("segregation.years_summary" if len(values) > 1 else "segregation.years_summary_home"),
            "" if areas is None else t("segregation.years_areas", year=view.fmt.year(areas)),
            *(t("segregation.years_break", year=view.fmt.year(year)) for year in methods),
            reports.marked_difference(view, choice.split.id, choice.level),
        ),
        table=lambda: _table(view, measure, years, values),
        rows=lambda: [
            {"municipality": code, "name": city_name(view, code), "year": year, "measure": measure, "value": value}
            for code, by_year in values.items()
            for year, value in by_year.items()
        ],
        evidence=replace(
            measure_evidence(view, choice, [measure], year=None),
            years=f"{view.fmt.year(years[0])}–{view.fmt.year(years[-1])}",
        ),
    )

    def draw() -> None:
        spec = charts.trend_line(
            [
                charts.Series(
                    city_name(view, code),
                    [
                        (
                            year,
                            by_year[year] * 100 if year in by_year else None,
                            _text(view, measure, by_year.get(year)),
                        )
                        for year in years
                    ],
                    home=code == view.home.code,
                )
                for code, by_year in values.items()
            ],
            theme=view.theme,
            t=t,
            description=content.summary,
            value_title=t("cities.axis"),
            breaks=dict.fromkeys(methods, t("charts.method_break"))
            | ({} if areas is None else {areas: t("charts.areas_break")}),
            zero=True,
        )
        show_chart(spec, key="years-chart", alt=content.summary)

    show_figure(view, content, draw)


def _text(view: View, measure: str, value: float | None) -> str:
    return value_text(view, measure, value)


def _values(view: View, choice: Choice, years: list[int]) -> Values:
    """Give the dissimilarity by municipality and year, the home municipality first."""
    found: Values = {view.home.code: {}}
    known = reports.values_of_cities(view.warehouse, choice.level, choice.split.id, choice.split.kind)
    for year in years:
        for code, value in known.get(year, {}).items():
            found.setdefault(code, {})[year] = value
    return found


def _table(view: View, measure: str, years: list[int], values: Values) -> str:
    t = view.t
    return tables.table_html(
        [
            tables.Column("city", t("level.municipality")),
            *(tables.Column(str(year), view.fmt.year(year), numeric=True) for year in years),
        ],
        [
            {"city": city_name(view, code)}
            | {
                str(year): tables.Cell(
                    value_text(view, measure, by_year.get(year)), "" if year in by_year else t("reason.total_missing")
                )
                for year in years
            }
            for code, by_year in values.items()
        ],
        caption=t("segregation.years_caption"),
        t=t,
    )
