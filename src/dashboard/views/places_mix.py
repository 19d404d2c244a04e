"""How mixed those are who can meet at a spot, the further one walks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from dashboard.reach.city import City
from dashboard.views import charts, links, tables
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, show_figure
from dashboard.views.numbers import rounded
from dashboard.views.pictures import show_chart
from dashboard.views.places_file import FILE_SOURCE
from dashboard.views.places_groups import MIXES, GroupTexts, group_notes, group_texts
from dashboard.views.places_notice import network_credit, network_notes
from dashboard.views.places_numbers import mix
from dashboard.views.places_results import CURVE_MINUTES, SpotResult
from dashboard.views.words import listed, lower_first, sentence

MIX_KEY = "blandning"
#: Meeting potentials that lie nearer than this are not told apart in a title: people are spread over few nodes.
SMALLEST_DIFFERENCE = 0.1


def show_mix(view: View, city: City, found: Sequence[SpotResult]) -> None:
    """Lay out the meeting potential of each spot as a curve over walking time."""
    t = view.t
    groupings = {one.id: one for one in group_texts(view, city, MIXES)}
    if not groupings:
        return
    names = list(groupings)
    links.restore_one(MIX_KEY, names, names[0])
    chosen = st.segmented_control(
        t("places.mix_by"),
        names,
        format_func=lambda name: groupings[name].name,
        required=True,
        key=MIX_KEY,
        label_visibility="collapsed",
        wrap=True,
    )
    links.remember(MIX_KEY, str(chosen), names[0])
    content = mix_figure(view, city, found, groupings[str(chosen)])

    def draw() -> None:
        spec = charts.minute_curves(
            [
                charts.MinuteCurve(
                    one.spot.name,
                    [
                        (minute, None if np.isnan(value) else round(float(value), 4), mix(view, float(value)))
                        for minute, value in zip(CURVE_MINUTES, one.curve[str(chosen)], strict=True)
                    ],
                )
                for one in found
            ],
            theme=view.theme,
            t=t,
            description=content.summary,
            x_title=t("places.mix_minutes"),
            y_title=t("places.mix_axis"),
            level=(1.0, t("places.mix_city")),
        )
        show_chart(spec, key="places-mix-chart", alt=content.summary)

    show_figure(view, content, draw)


def mix_figure(view: View, city: City, found: Sequence[SpotResult], grouping: GroupTexts) -> Figure:
    """Give the curves of the meeting potential in words and as a table."""
    t = view.t
    said = [
        t("places.mix_part", place=one.spot.name, value=mix(view, one.mix_at(grouping.id, 1200.0))) for one in found
    ]
    columns = [tables.Column("minutes", t("places.mix_minutes"))]
    columns += [tables.Column(str(n), one.spot.name, True) for n, one in enumerate(found)]
    rows: list[dict[str, str | tables.Cell]] = [
        {
            "minutes": view.fmt.number(minute),
            **{
                str(n): tables.Cell(mix(view, float(one.curve[grouping.id][place])), t("places.too_few"))
                for n, one in enumerate(found)
            },
        }
        for place, minute in enumerate(CURVE_MINUTES)
    ]
    note = network_notes(view, city)[0]
    return Figure(
        key="places-mix",
        title=_mix_title(view, found, grouping),
        summary=sentence(
            t("places.mix_summary", by=lower_first(grouping.name), parts=listed(said, t)), t("places.mix_read")
        ),
        table=tables.table_html(columns, rows, caption=t("places.mix_caption"), t=t, hide_caption=True),
        rows=[
            {
                "place": one.spot.name,
                "grouping": grouping.id,
                "minutes": minute,
                "social_mix": None if np.isnan(value) else round(float(value), 2),
                "year": grouping.year,
                "network": city.kind,
                "source": FILE_SOURCE,
                "note": note,
            }
            for one in found
            for minute, value in zip(CURVE_MINUTES, one.curve[grouping.id], strict=True)
        ],
        evidence=Evidence(
            measures=["social_mix"],
            sources=list(grouping.sources),
            credits=[network_credit(view, city), t("places.credit_people")],
            computed=True,
            years=view.fmt.year(grouping.year),
            notes=[*network_notes(view, city), *group_notes(view, [grouping])],
        ),
    )


def _mix_title(view: View, found: Sequence[SpotResult], grouping: GroupTexts) -> str:
    """Say around which of the spots those who can meet are the most and the least evenly mixed."""
    t = view.t
    known = [(one, one.mix_at(grouping.id, 1200.0)) for one in found]
    known = [(one, value) for one, value in known if not np.isnan(value)]
    if not known:
        return t("places.mix_title_unknown")
    if len(known) == 1:
        one, value = known[0]
        return t("places.mix_title_one", place=one.spot.name, value=mix(view, value))
    # As they are shown, so that the title agrees with the figures below it.
    values = [rounded(value, 2) for _, value in known]
    if rounded(max(values) - min(values), 2) < SMALLEST_DIFFERENCE:
        near = [(one, one.mix_at(grouping.id, 400.0)) for one, _ in known]
        near = [(one, value) for one, value in near if not np.isnan(value)]
        if near and max(value for _, value in near) - min(value for _, value in near) >= SMALLEST_DIFFERENCE:
            least = min(near, key=lambda pair: pair[1])[0]
            return t("places.mix_title_meet", least=least.spot.name)
        return t("places.mix_title_same")
    most = max(known, key=lambda pair: pair[1])[0]
    least = min(known, key=lambda pair: pair[1])[0]
    return t("places.mix_title", most=most.spot.name, least=least.spot.name)
