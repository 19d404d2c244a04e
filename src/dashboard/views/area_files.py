"""Files of areas without a visitor: the workbook, and boundaries with figures for a GIS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.exports.area_shapes_file import areas_geojson, areas_geopackage
from dashboard.exports.areas_apart import geojson_apart, geopackage_apart
from dashboard.exports.workbook_file import workbook_file
from dashboard.views.area_features import about, area_rows, figure_rows
from dashboard.views.area_workbook import area_workbook, part_of
from dashboard.views.areas import Area
from dashboard.views.clock import today
from dashboard.views.context import View
from dashboard.views.districts_selection import KEYS, MOST
from dashboard.views.page_links import page_address

Chosen = Mapping[str, Sequence[Area]]


def workbook_bytes(view: View, chosen: Chosen, *, all_years: bool) -> bytes:
    """Give areas, by their levels, as a workbook."""
    return workbook_file(area_workbook(view, chosen, today=today(), link=link_to(view, chosen), all_years=all_years))


def geopackage_bytes(view: View, chosen: Chosen, *, link: str | None = None, apart: bool = False) -> bytes:
    """Give areas as a GeoPackage: a layer for each level, and two tables that tell what is in it.

    Parameters
    ----------
    view, chosen
        The view, and the areas by their levels.
    link
        The whole address of a view with them; without it, that of the page with these areas.
    apart
        Whether another process makes it, as a server wants it.
    """
    parts = [part_of(view, level, areas) for level, areas in chosen.items()]
    told = about(view, parts, today(), link_to(view, chosen) if link is None else link)
    make = geopackage_apart if apart else areas_geopackage
    return make(
        {part.level: area_rows(view, part) for part in parts},
        {
            "figures": figure_rows(view, parts),
            "about": [{"what": what, "text": text} for what, text in told.items()],
        },
        view.settings.data_folder / "areas",
    )


def geojson_bytes(
    view: View, level: str, areas: Sequence[Area], *, link: str | None = None, apart: bool = False
) -> bytes:
    """Give areas of one level as GeoJSON that tells what is in it; further parameters as of `geopackage_bytes`."""
    part = part_of(view, level, areas)
    told = about(view, [part], today(), link_to(view, {level: areas}) if link is None else link)
    metadata = {**told, "figures": figure_rows(view, [part])}
    make = geojson_apart if apart else areas_geojson
    return make(area_rows(view, part), metadata, view.settings.data_folder / "areas")


def link_to(view: View, chosen: Chosen) -> str:
    """Give the address of the page with these areas, as far as it shows so many; empty where it is not known."""
    public, level = view.public_address, next(iter(chosen))
    codes = [area.code for area in chosen[level]] if len(chosen[level]) <= MOST else []
    return f"{public}/{page_address(view, 'districts', niva=level, **{KEYS[level]: codes})}" if public else ""
