"""Slides on how people live apart: the dissimilarity, how it has changed, and the other cities."""

from __future__ import annotations

from itertools import pairwise

from dashboard.catalogue import Split
from dashboard.measures.inference import distinguishable_from_chance
from dashboard.measures.report import ReportRow
from dashboard.slides import BarPicture, LinePicture, Number, NumberPicture, Series
from dashboard.views import overview_cities, reports
from dashboard.views.context import View
from dashboard.views.figure import Evidence, source_text
from dashboard.views.method_breaks import breaks_between
from dashboard.views.segregation import interval_text, value_text
from dashboard.views.slides_common import Asked, Said, nothing
from dashboard.views.words import sentence

LEVEL = "deso"
#: The source counts a handful of peers; more bars than these are not read.
MOST_CITIES = 9


def dissimilarity(asked: Asked) -> Said:
    """Say how unevenly two groups live, how sure that is, and what chance alone would give."""
    view, t, fmt = asked.view, asked.view.t, asked.view.fmt
    split = view.catalogue.splits[asked.of("split")]
    link = asked.link("segregation", uppdelning=split.id)
    years = reports.years(view.warehouse, view.home.code, split.id, LEVEL)
    row = _row(view, split, years[-1]) if years else None
    if row is None or row.value is None:
        reason = (row.reason if row is not None else None) or "missing_values"
        return nothing(_none(view, split), t(f"reason.{reason}"), link=link)
    floor = row.random_floor
    dwellings = split.unit == "dwellings"
    numbers = [
        Number(
            t("slide.apart_number", year=fmt.year(years[-1])),
            t("plan.of_100", value=fmt.number(row.value * 100)),
            t("slide.apart_scale_dwellings" if dwellings else "slide.apart_scale"),
        )
    ]
    interval = interval_text(view, row)
    if interval:
        numbers.append(Number(t("slide.apart_interval"), interval, t("slide.apart_interval_note")))
    if floor is not None:
        numbers.append(Number(t("slide.apart_floor"), fmt.number(floor * 100), t("slide.apart_floor_note")))
    like_chance = floor is not None and not distinguishable_from_chance(row.value, floor)
    key = "segregation.title_dwellings" if dwellings else "segregation.title_dissimilarity"
    title = t(key, value=fmt.number(row.value * 100), split=split.name.in_(view.language).lower())
    lead = t("measure.like_chance") if like_chance else _apart_lead(view, split)
    said = "" if not interval else t("segregation.interval", interval=interval_text(view, row, said=True))
    return Said(
        title,
        lead,
        NumberPicture(tuple(numbers)),
        summary=sentence(f"{title}.", said, "" if floor is None else t("cities.floor", floor=fmt.number(floor * 100))),
        source=_source(view, split, fmt.year(years[-1])),
        link=link,
    )


def _apart_lead(view: View, split: Split) -> str:
    """Say who it is that lives apart: the title names the division alone."""
    if split.group is None or split.rest is None:
        return view.t("slide.apart_lead")
    group, rest = split.group.in_(view.language), split.rest.in_(view.language)
    return view.t("slide.apart_lead_two", group=group, rest=rest)


def _row(view: View, split: Split, year: int) -> ReportRow | None:
    rows = reports.measures(view.warehouse, view.home.code, LEVEL, year, split.id)
    return reports.row_of(rows, reports.dissimilarity_of(split.kind))


def _none(view: View, split: Split) -> str:
    return view.t("segregation.title_none", split=split.name.in_(view.language).lower())


def _source(view: View, split: Split, years: str) -> str:
    return source_text(view, Evidence(sources=split.sources, computed=True, years=years))


def dissimilarity_years(asked: Asked) -> Said:
    """Show how the dissimilarity has changed, with its interval, and whether years can be compared at all."""
    view, t, fmt = asked.view, asked.view.t, asked.view.fmt
    split = view.catalogue.splits[asked.of("split")]
    link = asked.link("segregation", uppdelning=split.id, **{"del": "change"})
    years = reports.years(view.warehouse, view.home.code, split.id, LEVEL)
    rows = [(year, row) for year in years if (row := _row(view, split, year)) is not None and row.value is not None]
    if len(rows) < 2:
        return nothing(_none(view, split), t("slide.one_year"), link=link)
    measure = reports.dissimilarity_of(split.kind)
    (first, before), (last, after) = rows[-2], rows[-1]
    title = reports.change_text(view, split.id, LEVEL, with_interval=True)
    lead = t(
        "slide.years_lead",
        before=value_text(view, measure, before.value),
        first=fmt.year(first),
        after=value_text(view, measure, after.value),
        last=fmt.year(last),
    )
    return Said(
        title,
        lead,
        LinePicture(
            tuple(year for year, _ in rows),
            (
                Series(
                    view.home.name,
                    tuple(_hundred(row.value) for _, row in rows),
                    tuple(value_text(view, measure, row.value) for _, row in rows),
                ),
            ),
            t("measure.of_100"),
            tuple(_hundred(row.lower) for _, row in rows),
            tuple(_hundred(row.upper) for _, row in rows),
            tuple(year for (prior, _), (year, _) in pairwise(rows) if breaks_between(view, split, LEVEL, prior, year)),
        ),
        summary=sentence(f"{title}.", lead, t("slide.years_band")),
        source=_source(view, split, f"{fmt.year(rows[0][0])}–{fmt.year(last)}"),
        link=link,
    )


def _hundred(value: float | None) -> float | None:
    return None if value is None else value * 100


def peers(asked: Asked) -> Said:
    """Show the dissimilarity of the home municipality beside that of its peers."""
    view, t, fmt = asked.view, asked.view.t, asked.view.fmt
    split = view.catalogue.splits[asked.of("split")]
    link = asked.link("overview", delning=split.id)
    year, rows = overview_cities.known_cities(view, split.id)
    if year is None or len(rows) < 2:
        return nothing(t("cities.none_title"), t("cities.none_why"), link=link)
    home = next(n for n, row in enumerate(rows) if row.city.municipality == view.home.code)
    # The home municipality stays, whatever its place.
    kept = [row for n, row in enumerate(rows) if n < MOST_CITIES or n == home]
    names = [overview_cities.city_name(view, row.city.municipality) for row in kept]
    measure = reports.dissimilarity_of(split.kind)
    title, lead = overview_cities.headline(view, split.id, rows), overview_cities.chance_words(view, rows)
    return Said(
        title,
        lead,
        BarPicture(
            tuple(names),
            (
                Series(
                    view.catalogue.measures[measure].short_name.in_(view.language),
                    tuple(_hundred(row.city.value) for row in kept),
                    tuple(value_text(view, measure, row.city.value) for row in kept),
                ),
            ),
            t("measure.of_100"),
            marked=names.index(view.home.name),
        ),
        summary=sentence(f"{title}.", lead),
        source=_source(view, split, fmt.year(year)),
        link=link,
    )
