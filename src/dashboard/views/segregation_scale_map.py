"""Each area's own neighbourhood on the map: who the k nearest people are, beside who lives in the area itself."""

from __future__ import annotations

import streamlit as st

from dashboard.catalogue import Split
from dashboard.measures.balance import balance
from dashboard.measures.scale_profile import AreaNeighbourhood
from dashboard.views import areas, html, links, scale_reports, tables
from dashboard.views.areas import Painted, home_areas
from dashboard.views.classes import BALANCE_BREAKS, balance_scheme, classify
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, show_figure
from dashboard.views.scale_reports import LEVEL
from dashboard.views.segregation import share_decimals
from dashboard.views.words import lower_first

KEY = "narmaste"
#: Larger than an area, smaller than the city: the first scale that says something of its own.
USUAL = 3200


def show_neighbourhoods(view: View, split: Split, year: int, ks: list[int], evidence: Evidence) -> None:
    """Lay out the choice of a scale and the map of every area's neighbourhood at it."""
    t = view.t
    if split.kind != "two_group":
        st.html(html.empty_state(t("segregation.multigroup"), t("scale.multigroup_why"), t("scale.multigroup_fill")))
        return
    k = _choose_k(view, ks)
    found = scale_reports.neighbourhoods(view.warehouse, view.home.code, year, split.id, k)
    city = scale_reports.city_share(view.warehouse, view.home.code, year, split.id)
    if isinstance(found, str) or city is None:
        reason = found if isinstance(found, str) else "missing_values"
        st.html(html.empty_state(t("segregation.none"), t(f"reason.{reason}"), t("segregation.none_fill")))
        return
    _show_map(view, split, k, found, city=city, evidence=evidence)


def _choose_k(view: View, ks: list[int]) -> int:
    usual = str(USUAL if USUAL in ks else ks[-1])
    options = [str(k) for k in ks]
    links.restore_one(KEY, options, usual)
    chosen = st.segmented_control(
        view.t("scale.choose_k"),
        options,
        format_func=lambda k: view.fmt.number(int(k)),
        required=True,
        key=KEY,
    )
    links.remember(KEY, str(chosen), usual)
    return int(str(chosen))


def _group(view: View, split: Split, *, rest: bool = False) -> str:
    text = split.rest_short if rest else split.group_short
    return "" if text is None else lower_first(text.in_(view.language))


def _percent(view: View, split: Split, share: float) -> str:
    return view.fmt.percent(100 * share, share_decimals(view, split))


def _show_map(
    view: View, split: Split, k: int, found: tuple[AreaNeighbourhood, ...], *, city: float, evidence: Evidence
) -> None:
    t, fmt = view.t, view.fmt
    nearest = t(f"scale.nearest_{split.unit}", k=fmt.number(k))
    classes = classify([balance(one.around[0], city) for one in found], BALANCE_BREAKS)
    scheme = balance_scheme(t, view.theme, group=_group(view, split), others=_group(view, split, rest=True))
    painted = {
        one.area_code: Painted(
            t(
                "scale.area_value",
                around=_percent(view, split, one.around[0]),
                nearest=nearest,
                own=_percent(view, split, one.own[0]),
                city=_percent(view, split, city),
            ),
            cls,
        )
        for one, cls in zip(found, classes, strict=True)
    }
    ordered = sorted(found, key=lambda one: one.around[0])
    content = Figure(
        key="scale-map",
        title=t(
            "scale.map_title",
            nearest=nearest,
            low=_percent(view, split, ordered[0].around[0]),
            high=_percent(view, split, ordered[-1].around[0]),
            city=_percent(view, split, city),
        ),
        summary=t(
            "scale.map_summary",
            group=_group(view, split),
            poles=fmt.number(sum(cls in {0, len(scheme.labels) - 1} for cls in classes)),
            middle=fmt.number(sum(cls == 2 for cls in classes)),
            n=fmt.number(len(found)),
        ),
        table=lambda: _table(view, split, ordered, nearest, city),
        rows=lambda: [
            {
                "area_code": one.area_code,
                "k": k,
                "own_share": one.own[0],
                "neighbourhood_share": one.around[0],
                "city_share": city,
                "metres": one.metres,
            }
            for one in found
        ],
        evidence=evidence,
    )

    def draw() -> None:
        areas.show_painted(
            view,
            LEVEL,
            painted,
            scheme,
            key="scale-map-chart",
            extent_key="karta",
            description=content.summary,
            value_label=_group(view, split),
            legend_label=content.title,
        )

    show_figure(view, content, draw)


def _table(view: View, split: Split, ordered: list[AreaNeighbourhood], nearest: str, city: float) -> str:
    t, fmt = view.t, view.fmt
    label = {area.area_code: area.label for area in home_areas(view.warehouse, view.home.code, LEVEL)}
    return tables.table_html(
        [
            tables.Column("area", t(f"level.{LEVEL}")),
            tables.Column("own", t("scale.own_share"), numeric=True),
            tables.Column("around", t("scale.share_among", nearest=nearest), numeric=True),
            tables.Column("km", t("scale.kilometres"), numeric=True),
        ],
        [
            {
                "area": label[one.area_code],
                "own": _percent(view, split, one.own[0]),
                "around": _percent(view, split, one.around[0]),
                "km": fmt.number(one.metres / 1000, 1),
            }
            for one in ordered
        ],
        caption=t("scale.map_caption", nearest=nearest, city=_percent(view, split, city)),
        t=t,
        notes=[t("scale.kilometres_note")],
    )
