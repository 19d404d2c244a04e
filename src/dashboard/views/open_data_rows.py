"""The rows of the dashboard's own data sets: the figures of its pages and downloads, whole, for others to use.

Nothing of the register and nothing that residents have said is among them. A value that is withheld or missing is
empty, and a column says why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from dashboard.measures.report import measure_report
from dashboard.views.area_figures import INTERNAL, choices, newest
from dashboard.views.area_files import geopackage_bytes
from dashboard.views.area_sheet import sheet_areas
from dashboard.views.context import View
from dashboard.views.places_access_map import Shown, area_figure
from dashboard.views.places_access_measures import area_ways, services
from dashboard.views.places_city import current_city
from dashboard.views.places_people import people_figure
from dashboard.views.places_results import study_results

Row = Mapping[str, object]
AREA_LEVELS = ("deso", "regso")
#: Of measures in files.
DECIMALS = 9
#: Where ways are from; it is among the sources of all that is worked out on a walk network.
WAYS = "openstreetmap"


@dataclass(frozen=True)
class Rows:
    """The rows of a data set, the ids of the sources that they rest on, and the years that they tell of."""

    rows: Sequence[Row]
    sources: Sequence[str]
    years: tuple[int, int] | None = field(default=None)


def measures(view: View, usable: frozenset[str]) -> Rows:
    """Give every measure of segregation of the home municipality, by year, level and split, with its interval.

    Parameters
    ----------
    view
        The view.
    usable
        Ids of the sources that may be passed on; a split that rests on another one is left out.
    """
    splits = {name: one for name, one in view.catalogue.splits.items() if usable.issuperset(one.sources)}
    with view.warehouse.cursor() as cursor:
        found = measure_report(cursor, view.home.code)
    rows = [_steady(asdict(row)) for row in found if row.split in splits and row.reason != "no_areas"]
    return _with_years(rows, [name for one in {row["split"] for row in rows} for name in splits[str(one)].sources])


def derived(view: View, usable: frozenset[str]) -> Rows:
    """Give the figures of areas that the dashboard has worked out itself; parameters as of `measures`.

    Numbers that only exist to work out a share are left out, as on the screen.
    """
    asked = {"municipality": view.home.code, "left_out": sorted(INTERNAL)}
    rows = [row for row in view.warehouse.rows("derived_rows", asked) if row["source"] in usable]
    return _with_years(rows, [str(row["source"]) for row in rows])


def distances(view: View, usable: frozenset[str]) -> Rows:
    """Give the way to each service from every area, as the map of *Platser* has it; parameters as of `measures`."""
    city = current_city(view)
    if city is None:
        return Rows((), ())
    figures = [
        area_figure(view, city, Shown(kind, level, area_ways(city, kind, level)))
        for kind in services(city)
        for level in AREA_LEVELS
    ]
    sources = [name for one in figures for name in one.evidence.sources]
    rows = [row for one in figures for row in one.download_rows()]
    return _with_years(rows, [WAYS, *sources], "people_year") if usable.issuperset(sources) else Rows((), sources)


def catchments(view: View, usable: frozenset[str]) -> Rows:
    """Give who can walk to each place that the city has chosen; parameters as of `measures`."""
    city = current_city(view)
    if city is None or not (found := study_results(city)):
        return Rows((), ())
    figure = people_figure(view, city, found)
    sources = [WAYS, *figure.evidence.sources]
    if not usable.issuperset(sources):
        return Rows((), sources)
    return _with_years([{"municipality": view.home.code, **row} for row in figure.download_rows()], sources)


def areas_file(view: View, usable: frozenset[str]) -> tuple[bytes, Rows]:
    """Give the GeoPackage of all areas with their newest figures, and of what sources and years these are.

    Empty where there is no boundary, or where a source may not be passed on.
    """
    drawn = [level for level in AREA_LEVELS if f"map_{level}" in view.warehouse.meta]
    chosen = {level: areas for level in drawn if (areas := sheet_areas(view, level))}
    shown = [
        figure
        for level in chosen
        for name in choices(view, level)
        for figure in newest(view.warehouse, view.home.code, level)[name].values()
    ]
    boundaries = [name for level in chosen if (name := f"scb_areas_{level}_2025") in view.catalogue.sources]
    sources = list(dict.fromkeys([*boundaries, *(figure.source for figure in shown)]))
    if not shown or not usable.issuperset(sources):
        return b"", Rows((), sources)
    years = [figure.year for figure in shown]
    return geopackage_bytes(view, chosen), Rows((), sources, (min(years), max(years)))


def _steady(row: Row) -> Row:
    """Round what differs from one run to the next: the order in which the engine adds up, far behind the point."""
    return {name: round(value, DECIMALS) if isinstance(value, float) else value for name, value in row.items()}


def _with_years(rows: Sequence[Row], sources: Sequence[str], column: str = "year") -> Rows:
    years = [int(str(row[column])) for row in rows if row[column] is not None]
    return Rows(rows, sorted(set(sources)), (min(years), max(years)) if years else None)
