"""Maps of areas, as Vega-Lite specifications.

The areas are drawn as shapes straight from a file that the dashboard serves itself: no map tiles, no request
to anybody else, sharp at every size, labels in the dashboard's own font. The file is in SWEREF 99 TM
(metres), so that a plain scale and shift bring it to the screen and distances stay true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from dashboard.i18n import Translator
from dashboard.views.charts.base import Spec
from dashboard.views.classes import Scheme
from dashboard.views.extents import Extent, urban_extent
from dashboard.views.html import escape
from dashboard.views.map_layers import (
    MapArea,
    MapPlace,
    chosen,
    joined,
    outlines,
    place_layers,
    shapes,
    signs,
)
from dashboard.views.theme import FONT_STACK, Theme

__all__ = [
    "SELECTION",
    "Extent",
    "MapArea",
    "MapPlace",
    "Spec",
    "area_map",
    "legend_html",
    "selected_code",
    "urban_extent",
]

#: Name of the selection that a click on an area makes.
SELECTION = "area"


def area_map(
    areas: Sequence[MapArea],
    scheme: Scheme,
    *,
    geometry_url: str,
    extent: Extent,
    theme: Theme,
    t: Translator,
    description: str,
    value_label: str = "",
    places: Sequence[MapPlace] = (),
    height: int = 440,
    selectable: bool = True,
) -> Spec:
    """Map of areas in classes.

    Parameters
    ----------
    areas : sequence of MapArea
        What is drawn; an area of the file that is not among them is left out.
    scheme : Scheme
        The classes.
    geometry_url : str
        GeoJSON feature collection in SWEREF 99 TM, ``properties.code`` the area's code; relative to the page.
    extent : Extent
        What is to fit into the picture.
    theme, t
        Colours and texts.
    description : str
        What the map shows, in words, for those who do not see it.
    value_label : str
        Name of the value when pointing at an area.
    places : sequence of MapPlace
        Named points.
    height : int
        Height in pixels; the width is that of the page.
    selectable : bool
        Whether a click chooses an area; the selection `SELECTION` then holds its ``code``.

    Returns
    -------
    dict
        Vega-Lite specification.
    """
    spec: Spec = {
        "usermeta": {"description": description},
        "height": height,
        "padding": {"left": 0, "right": 0, "top": 0, "bottom": 0},
        "autosize": "none",
        "background": "transparent",
        "view": {"fill": theme.surface, "stroke": None, "cornerRadius": 8},
        "projection": _fitted(extent),
        "data": {"url": geometry_url, "format": {"property": "features"}},
        "transform": joined(areas, scheme),
        "layer": [
            shapes(scheme, theme, t, value_label, selectable=selectable),
            *outlines(theme),
            *chosen(areas, theme),
            signs(theme),
            *place_layers(places, theme),
        ],
        "config": {"font": FONT_STACK},
    }
    if selectable:
        select = {"type": "point", "fields": ["code"], "toggle": False}
        spec["params"] = [{"name": SELECTION, "select": select, "views": ["areas"]}]
    return spec


def _fitted(extent: Extent) -> Spec:
    wide, high = extent.xmax - extent.xmin, extent.ymax - extent.ymin
    scale = f"min(width/{wide:.1f},height/{high:.1f})"
    x, y = (extent.xmin + extent.xmax) / 2, (extent.ymin + extent.ymax) / 2
    return {
        "type": "identity",
        "reflectY": True,
        "scale": {"expr": scale},
        "translate": {"expr": f"[width/2-{scale}*{x:.1f},height/2+{scale}*{y:.1f}]"},
    }


def selected_code(event: object) -> str | None:
    """Code of the area that was clicked, from what ``st.vega_lite_chart(on_select="rerun")`` answers."""
    selection = event.get("selection") if isinstance(event, Mapping) else None
    chosen = selection.get(SELECTION) if isinstance(selection, Mapping) else None
    if not isinstance(chosen, list) or not chosen or not isinstance(chosen[0], Mapping):
        return None
    return chosen[0].get("code")


def legend_html(areas: Sequence[MapArea], scheme: Scheme, theme: Theme, t: Translator, *, label: str) -> str:
    """Legend of a map: colour, sign, meaning, and how many areas are in each class.

    Parameters
    ----------
    areas : sequence of MapArea
        The areas of the map.
    scheme : Scheme
        The classes.
    theme, t
        Colours and texts.
    label : str
        What the legend is of, read to those who do not see it.
    """
    counts = Counter(area.class_index for area in areas)
    items = [
        _legend_item(f"background:{color}", mark, name, counts[index], t)
        for index, (color, mark, name) in enumerate(zip(scheme.colors, scheme.marks, scheme.labels, strict=True))
    ]
    if counts[None]:
        style = f"background:{theme.missing};border-style:dashed"
        items.append(_legend_item(style, scheme.mark(None), scheme.missing_label, counts[None], t))
    return f'<ul class="hs-legend" aria-label="{escape(label)}">{"".join(items)}</ul>'


def _legend_item(style: str, mark: str, name: str, count: int, t: Translator) -> str:
    areas = escape(t.n("legend.areas", count))
    return (
        f'<li><span class="hs-swatch" style="{style}" aria-hidden="true"></span>'
        f'<span class="hs-mark" aria-hidden="true">{escape(mark)}</span>'
        f'<span>{escape(name)} <span class="hs-count">({areas})</span></span></li>'
    )
