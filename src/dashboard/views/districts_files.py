"""Areas with boundaries and figures for a GIS, to be taken home from the page on neighbourhoods."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial

from dashboard.exports.geopackage import GeoPackageError
from dashboard.views.area_files import geojson_bytes, geopackage_bytes
from dashboard.views.areas import Area
from dashboard.views.context import View
from dashboard.views.downloads import FurtherFile

log = logging.getLogger(__name__)

GEOPACKAGE, GEOJSON = "application/geopackage+sqlite3", "application/geo+json"


def files_for_gis(view: View, level: str, areas: Sequence[Area]) -> tuple[FurtherFile, ...]:
    """Give the files of areas of one level, in their order; each is made when somebody asks for it."""
    # Read now: when a file is asked for, nobody's address is at hand.
    link = view.link()
    geopackage = partial(geopackage_bytes, view, {level: areas}, link=link, apart=True)
    geojson = partial(geojson_bytes, view, level, areas, link=link, apart=True)
    return (
        FurtherFile("files.geopackage", ".gpkg", GEOPACKAGE, partial(_made, view, geopackage)),
        FurtherFile("files.geojson", ".geojson", GEOJSON, partial(_made, view, geojson)),
    )


def _made(view: View, make: Callable[[], bytes]) -> bytes:
    try:
        return make()
    except GeoPackageError:
        log.exception("a file of areas could not be made")
        # The visitor gets a file that says so, since a download cannot be taken back.
        return view.t("files.failed").encode()
