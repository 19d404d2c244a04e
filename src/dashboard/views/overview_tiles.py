"""The tiles of the overview: the few numbers that matter, with change, trend and uncertainty."""

from __future__ import annotations

from dashboard.catalogue import Indicator
from dashboard.views import reports, tables
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, Query, source_text
from dashboard.views.municipality_figures import Series, home_series
from dashboard.views.numbers import NBSP
from dashboard.views.tiles import Tile
from dashboard.warehouse.connection import query_text

TILE_INDICATORS = (
    "population",
    "low_economic_standard_share",
    "employment_rate_december",
    "unemployment_rate_december",
    "post_secondary_education_share",
    "disposable_income_median",
    "rental_tenure_share",
)
TILE_SPLIT = "foreign_background"
LEVEL = "deso"
# Shorter than this a line shows nothing that the change does not say.
FEWEST_FOR_A_TREND = 3


def tiles(view: View) -> list[Tile]:
    """Give the tiles, the measure of segregation second; an indicator without figures has no tile."""
    found = [
        _indicator_tile(view, line)
        for name in TILE_INDICATORS
        if (line := home_series(view.warehouse, name)) is not None
    ]
    measure = _measure_tile(view)
    return [*found[:1], *([measure] if measure else []), *found[1:]]


def tiles_figure(view: View) -> Figure:
    """Give what opens below the tiles: a table that says the same, and how each number was worked out."""
    t, found = view.t, tiles(view)
    names = [name for name in TILE_INDICATORS if home_series(view.warehouse, name) is not None]
    split = view.catalogue.splits[TILE_SPLIT]
    columns = [
        tables.Column("label", t("peers.indicator")),
        tables.Column("value", t("overview.tile_value"), numeric=True),
        tables.Column("change", t("overview.tile_change")),
        tables.Column("more", t("overview.tile_more")),
        tables.Column("source", t("figure.source")),
    ]
    rows: list[dict[str, str | tables.Cell]] = [
        {
            "label": tile.label,
            "value": f"{tile.value}{tile.unit}",
            "change": tile.change,
            "more": tile.uncertainty,
            "source": tile.source,
        }
        for tile in found
    ]
    known = [line for name in names if (line := home_series(view.warehouse, name)) is not None]
    return Figure(
        key="tiles",
        title=t("overview.tiles"),
        summary="",
        table=tables.table_html(columns, rows, caption=t("overview.tiles"), t=t),
        rows=[
            {"indicator": line.indicator, "year": point.year, "value": point.value, "status": point.status}
            for line in known
            for point in line.points
        ],
        evidence=Evidence(
            indicators=names,
            measures=["dissimilarity", "random_floor"],
            credits=[view.catalogue.credit(name, "municipality").in_(view.language) for name in names]
            + [source_text(view, Evidence(sources=split.sources, computed=True))],
            sources=list(dict.fromkeys([*(line.source for line in known), *split.sources])),
            queries=[Query("municipality_series", query_text("municipality_series"), {"indicators": names})],
            notes=[reports.interval_note(view, split.unit)],
        ),
    )


def unit_of(view: View, indicator: Indicator) -> str:
    """Give the unit as it is read on screen."""
    if indicator.unit == "percent":
        return "%"
    return "" if indicator.unit_label is None else indicator.unit_label.in_(view.language)


def _indicator_tile(view: View, line: Series) -> Tile:
    indicator = view.catalogue.indicator(line.indicator)
    first, last = line.known[0], line.known[-1]
    long_enough = len(line.known) >= FEWEST_FOR_A_TREND
    breaks = indicator.breaks("municipality")
    citation = view.catalogue.credit(line.indicator, "municipality").in_(view.language)
    return Tile(
        label=indicator.short_name.in_(view.language),
        value=view.fmt.number(last.value, indicator.decimals),
        unit=_after_number(view, unit_of(view, indicator)),
        change=_change(view, line, last.year - 1) or view.t("overview.no_year_before"),
        uncertainty=_change(view, line, first.year) if long_enough else "",
        source=view.t(
            "overview.tile_source_derived" if _derived_before(line) else "overview.tile_source",
            citation=citation,
            year=view.fmt.year(last.year),
        ),
        trend=tuple(line.at(year) for year in range(first.year, last.year + 1)) if long_enough else (),
        trend_text=_trend_text(view, line, indicator),
        break_at=breaks[0] - first.year if breaks and long_enough else None,
    )


def _derived_before(line: Series) -> bool:
    """Tell whether the newest figure is published but earlier years are worked out."""
    return line.known[-1].status == "published" and any(point.status == "derived" for point in line.known[:-1])


def _after_number(view: View, unit: str) -> str:
    """Give a unit with the space that the language puts between it and its number."""
    return unit if not unit or (unit, view.language) == ("%", "en") else f"{NBSP}{unit}"


def _change(view: View, line: Series, since: int) -> str:
    indicator = view.catalogue.indicator(line.indicator)
    return view.fmt.change(
        line.known[-1].value,
        line.at(since),
        view.fmt.year(since),
        view.t,
        unit=indicator.unit,
        decimals=indicator.decimals,
        unit_label=unit_of(view, indicator),
    )


def _trend_text(view: View, line: Series, indicator: Indicator) -> str:
    first, last = line.known[0], line.known[-1]
    unit = unit_of(view, indicator)
    return view.t(
        "overview.trend",
        first=view.fmt.year(first.year),
        last=view.fmt.year(last.year),
        start=view.fmt.with_unit(first.value, indicator.unit, indicator.decimals, unit),
        end=view.fmt.with_unit(last.value, indicator.unit, indicator.decimals, unit),
    )


def _measure_tile(view: View) -> Tile | None:
    known = reports.years(view.warehouse, view.home.code, TILE_SPLIT, LEVEL)
    if not known:
        return None
    rows = reports.measures(view.warehouse, view.home.code, LEVEL, known[-1], TILE_SPLIT)
    row = reports.row_of(rows, "dissimilarity")
    if row is None or row.value is None or row.lower is None or row.upper is None or row.random_floor is None:
        return None
    split = view.catalogue.splits[TILE_SPLIT]
    citation = source_text(view, Evidence(sources=split.sources, computed=True))
    return Tile(
        label=view.t("overview.measure_tile", split=split.name.in_(view.language).lower()),
        value=view.fmt.number(row.value * 100),
        unit=_after_number(view, view.t("measure.of_100")),
        change=reports.change_text(view, TILE_SPLIT, LEVEL),
        uncertainty=view.t(
            "overview.measure_uncertainty",
            interval=view.fmt.interval(row.lower * 100, row.upper * 100, 0),
            floor=view.fmt.number(row.random_floor * 100, 0),
        ),
        source=view.t("overview.tile_source", citation=citation, year=view.fmt.year(known[-1])),
    )
