"""What the data say of income without quartiles: the median of every area, and low economic standard at both ends."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.views import charts, tables
from dashboard.views.area_figures import newest
from dashboard.views.areas import home_areas, short_name
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.views.municipality_figures import home_series
from dashboard.views.pictures import show_chart
from dashboard.warehouse.connection import query_text

MEDIAN, LOW_STANDARD = "disposable_income_median", "low_economic_standard_share"
#: How many areas of either end are named and compared.
AT_EACH_END = 2


@dataclass(frozen=True)
class Side:
    """One area: its median in thousands of kronor and its share with a low economic standard, per cent."""

    area_code: str
    label: str
    median: float
    low_standard: float | None


@dataclass(frozen=True)
class Sides:
    """The areas of a level with a median, from the lowest to the highest, and the whole municipality's median."""

    level: str
    year: int
    ordered: tuple[Side, ...]
    city: float | None
    without: int


def sides_of(view: View, level: str) -> Sides | None:
    """Give the areas with a median in the newest year; None where fewer than two have one."""
    figures = newest(view.warehouse, view.home.code, level)
    medians = figures.get(MEDIAN, {})
    year = max((one.year for one in medians.values() if one.value is not None), default=0)
    low = figures.get(LOW_STANDARD, {})
    found = []
    for area in home_areas(view.warehouse, view.home.code, level):
        median, standard = medians.get(area.area_code), low.get(area.area_code)
        if median is None or median.value is None or median.year != year:
            continue
        share = standard.value if standard is not None and standard.year == year else None
        found.append(Side(area.area_code, area.label, median.value, share))
    if len(found) < 2:
        return None
    line = home_series(view.warehouse, MEDIAN)
    ordered = tuple(sorted(found, key=lambda one: (one.median, one.area_code)))
    areas = len(home_areas(view.warehouse, view.home.code, level))
    return Sides(level, year, ordered, None if line is None else line.at(year), areas - len(ordered))


def show_sides(view: View, sides: Sides) -> None:
    """Lay out the medians of all areas with both ends named, and the table with low economic standard."""
    t, fmt = view.t, view.fmt
    count = min(AT_EACH_END, len(sides.ordered) // 2)
    ends = [short_name(one.label) for one in (*sides.ordered[-count:][::-1], *sides.ordered[:count][::-1])]
    low, high = sides.ordered[0], sides.ordered[-1]
    indicator = view.catalogue.indicator(MEDIAN)
    content = Figure(
        key="income-sides",
        title=t(
            "income.sides_title",
            low=fmt.number(low.median),
            low_area=short_name(low.label),
            high=fmt.number(high.median),
            high_area=short_name(high.label),
        ),
        summary=_summary(view, sides),
        table=_table(view, sides),
        rows=[
            {
                "area_code": one.area_code,
                "area": one.label,
                "year": sides.year,
                MEDIAN: one.median,
                LOW_STANDARD: one.low_standard,
            }
            for one in sides.ordered
        ],
        evidence=Evidence(
            indicators=[MEDIAN, LOW_STANDARD],
            sources=list(
                dict.fromkeys(view.catalogue.source_of(name, sides.level).id for name in (MEDIAN, LOW_STANDARD))
            ),
            years=fmt.year(sides.year),
            queries=[
                Query(
                    "area_values",
                    query_text("area_values"),
                    {"municipality": view.home.code, "level": sides.level},
                )
            ],
        ),
    )

    def draw() -> None:
        spec = charts.distribution_strip(
            [
                charts.Dot(short_name(one.label), one.median, fmt.number(one.median, indicator.decimals))
                for one in sides.ordered
            ],
            ends,
            theme=view.theme,
            t=t,
            description=content.title,
            axis_title=t("income.axis"),
            mean=sides.city,
            mean_text=fmt.number(sides.city, indicator.decimals),
        )
        show_chart(spec, key="income-sides-chart", alt=content.title)

    show_figure(view, content, draw)


def _summary(view: View, sides: Sides) -> str:
    """Say how common a low economic standard is in the quarter of areas at either end."""
    t, fmt = view.t, view.fmt
    quarter = max(1, len(sides.ordered) // 4)
    shares = [[one.low_standard for one in part] for part in (sides.ordered[:quarter], sides.ordered[-quarter:])]
    known = [[share for share in part if share is not None] for part in shares]
    if any(len(part) < quarter for part in known):
        return t("income.sides_summary_short", n=fmt.number(len(sides.ordered)))
    decimals = view.catalogue.indicator(LOW_STANDARD).decimals
    low, high = (_span(view, min(part), max(part), decimals) for part in known)
    return t("income.sides_summary", n=fmt.number(quarter), low=low, high=high)


def _span(view: View, low: float, high: float, decimals: int) -> str:
    """Give both ends, or the one number that they are."""
    ends = [view.fmt.number(end, decimals) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else view.fmt.between(low, high, decimals)


def _table(view: View, sides: Sides) -> str:
    t, fmt, catalogue = view.t, view.fmt, view.catalogue
    median, standard = catalogue.indicator(MEDIAN), catalogue.indicator(LOW_STANDARD)
    notes = [] if not sides.without else [t.n("income.sides_without", sides.without)]
    if sides.city is not None:
        notes.append(t("income.sides_city", value=fmt.number(sides.city, median.decimals)))
    return tables.table_html(
        [
            tables.Column("area", t(f"level.{sides.level}")),
            tables.Column("median", t("income.median"), numeric=True),
            tables.Column("standard", standard.short_name.in_(view.language), numeric=True),
        ],
        [
            {
                "area": one.label,
                "median": fmt.number(one.median, median.decimals),
                "standard": tables.Cell(
                    fmt.percent(one.low_standard, standard.decimals),
                    t("reason.missing_values") if one.low_standard is None else "",
                ),
            }
            for one in sides.ordered
        ],
        caption=t("income.sides_caption", year=fmt.year(sides.year)),
        t=t,
        notes=notes,
    )
