"""Which areas contribute to segregation, and to which side: the map, the curve and their tables."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from dashboard.measures import segregation as queries
from dashboard.measures.balance import balance
from dashboard.measures.segregation import AreaMeasure, CurvePoint
from dashboard.views import areas, charts, html, reports, tables
from dashboard.views.areas import Painted, home_areas
from dashboard.views.classes import BALANCE_BREAKS, Scheme, balance_scheme, classify
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.views.municipality_figures import home_series
from dashboard.views.numbers import rounded
from dashboard.views.pictures import show_chart
from dashboard.views.segregation import share_decimals
from dashboard.views.segregation_choice import Choice
from dashboard.views.words import lower_first, sentence


def show_contributions(view: View, choice: Choice) -> None:
    """Lay out the map of what each area contributes, both poles alike."""
    found = _areas(view, choice)
    scheme = _scheme(view, choice)
    classes = classify([balance(one.p, one.city_share) for one in found], BALANCE_BREAKS)
    painted = {
        one.area_code: Painted(_value_text(view, choice, one), cls) for one, cls in zip(found, classes, strict=True)
    }
    content = _map_figure(view, choice, found, classes, scheme)

    def draw() -> None:
        areas.show_painted(
            view,
            choice.level,
            painted,
            scheme,
            key="contribution-map",
            extent_key="karta",
            description=content.summary,
            value_label=_group_short(view, choice),
            legend_label=content.title,
        )

    show_figure(view, content, draw)


def _areas(view: View, choice: Choice) -> tuple[AreaMeasure, ...]:
    return reports.areas(view.warehouse, view.home.code, choice.level, choice.year or 0, choice.split.id)


def _group_short(view: View, choice: Choice) -> str:
    group = choice.split.group_short
    return "" if group is None else group.in_(view.language)


def _scheme(view: View, choice: Choice) -> Scheme:
    rest = choice.split.rest_short
    return balance_scheme(
        view.t,
        view.theme,
        group=lower_first(_group_short(view, choice)),
        others="" if rest is None else lower_first(rest.in_(view.language)),
    )


def _percent(view: View, share: float | None, decimals: int = 1) -> str:
    return view.fmt.percent(None if share is None else 100 * share, decimals)


def _value_text(view: View, choice: Choice, one: AreaMeasure) -> str:
    if one.p is None:
        return view.t(f"reason.{one.reason}") if one.reason else view.fmt.number(None)
    return view.t(
        "segregation.area_value",
        share=_percent(view, one.p, share_decimals(view, choice.split)),
        city=_percent(view, one.city_share, share_decimals(view, choice.split)),
        contribution=_percent(view, one.contribution),
    )


def _map_figure(
    view: View, choice: Choice, found: tuple[AreaMeasure, ...], classes: list[int | None], scheme: Scheme
) -> Figure:
    t, fmt = view.t, view.fmt
    summary = t(
        "segregation.map_summary",
        city=_percent(view, found[0].city_share if found else None, share_decimals(view, choice.split)),
        group=lower_first(_group_short(view, choice)),
        over=fmt.number(sum(one.direction == "over" for one in found)),
        under=fmt.number(sum(one.direction == "under" for one in found)),
    )
    summary = sentence(summary, _own_figure(view, choice, found))
    title = t(
        "segregation.map_title",
        poles=fmt.number(sum(cls in (0, len(scheme.labels) - 1) for cls in classes)),
        middle=fmt.number(sum(cls == 2 for cls in classes)),
        n=fmt.number(len(found)),
    )
    return Figure(
        key="contributions",
        title=title,
        summary=summary,
        table=lambda: _area_table(view, choice, found),
        rows=lambda: [_download(choice, one) for one in found],
        evidence=_evidence(view, choice, ["location_quotient", "contribution"], "areas"),
    )


def _own_figure(view: View, choice: Choice, found: tuple[AreaMeasure, ...]) -> str:
    """Give the municipality's own published share where it is read as another one than that of the areas together.

    Where the group is a count, the municipality's own figure is one too, and no share to set beside that of the areas.
    """
    if choice.split.group_kind != "share":
        return ""
    line = home_series(view.warehouse, choice.split.group_indicator or "")
    own = line.at(choice.year or 0) if line is not None else None
    decimals = share_decimals(view, choice.split)
    if own is None or not found or found[0].city_share is None:
        return ""
    if rounded(own, decimals) == rounded(found[0].city_share * 100, decimals):
        return ""
    return view.t("segregation.own_figure", value=view.fmt.percent(own, decimals))


def _area_table(view: View, choice: Choice, found: tuple[AreaMeasure, ...]) -> str:
    t, fmt = view.t, view.fmt
    label = {area.area_code: area.label for area in home_areas(view.warehouse, view.home.code, choice.level)}
    decimals = share_decimals(view, choice.split)
    rows: list[dict[str, str | tables.Cell]] = [
        {
            "area": label[one.area_code],
            "x": fmt.number(one.x),
            "t": fmt.number(one.t),
            "p": tables.Cell(
                _percent(view, one.p, decimals), t(f"reason.{one.reason}") if one.reason and one.p is None else ""
            ),
            "lq": fmt.number(one.location_quotient, 2),
            "contribution": _percent(view, one.contribution),
        }
        for one in sorted(found, key=lambda one: (one.p is None, one.p or 0.0))
    ]
    columns = [tables.Column("area", t(f"level.{choice.level}"))]
    if not choice.split.estimated:
        # Estimated weights are no numbers of people; only the shares that they weigh are shown.
        columns += [
            tables.Column("x", _group_short(view, choice), numeric=True),
            tables.Column("t", t("segregation.all_people"), numeric=True),
        ]
    measures = view.catalogue.measures
    columns += [
        tables.Column("p", t("segregation.share"), numeric=True),
        tables.Column("lq", measures["location_quotient"].short_name.in_(view.language), numeric=True),
        tables.Column("contribution", measures["contribution"].short_name.in_(view.language), numeric=True),
    ]
    return tables.table_html(
        columns,
        rows,
        caption=t("segregation.area_caption", year=fmt.year(choice.year or 0)),
        t=t,
        notes=[t("segregation.area_note")],
    )


def _download(choice: Choice, one: AreaMeasure) -> dict[str, object]:
    row = asdict(one)
    if choice.split.estimated:
        del row["x"], row["t"]
    return row


def _evidence(view: View, choice: Choice, measures: list[str], query: queries.QueryName) -> Evidence:
    split = choice.split
    return Evidence(
        indicators=[name for name in split.indicators if view.catalogue.indicator(name).family is None],
        measures=measures,
        sources=list(split.sources),
        computed=True,
        years=view.fmt.year(choice.year or 0),
        queries=[
            Query(
                query,
                queries.query(query),
                {
                    "municipality": view.home.code,
                    "level": choice.level,
                    "year": choice.year,
                    "split": split.id,
                },
            )
        ],
        notes=[] if split.approximation is None else [split.approximation.in_(view.language)],
    )


def _dissimilarity_text(view: View, choice: Choice) -> str:
    rows = reports.measures(view.warehouse, view.home.code, choice.level, choice.year or 0, choice.split.id)
    row = reports.row_of(rows, "dissimilarity")
    return "" if row is None or row.value is None else view.fmt.number(row.value * 100)


def show_curve(view: View, choice: Choice) -> None:
    """Lay out the segregation curve: how much of each group live in the areas so far, from one pole to the other."""
    t = view.t
    points = reports.curve(view.warehouse, view.home.code, choice.level, choice.year or 0, choice.split.id)
    rest = "" if choice.split.rest_short is None else choice.split.rest_short.in_(view.language)
    group = _group_short(view, choice)
    half = max((point for point in points if point.rest <= 0.5), key=lambda point: point.rest)
    summary = t(
        "segregation.curve_summary",
        rest_share=_percent(view, half.rest, 0),
        group_share=_percent(view, half.group, 0),
        rest=rest,
        group=group,
    )
    content = Figure(
        key="curve",
        title=t("segregation.curve_title"),
        summary=summary,
        table=lambda: _curve_table(view, choice, points, rest=rest, group=group),
        rows=lambda: [asdict(point) for point in points],
        evidence=_evidence(view, choice, ["dissimilarity"], "curve"),
    )

    def draw() -> None:
        spec = charts.segregation_curve(
            [(point.rest, point.group) for point in points],
            theme=view.theme,
            t=t,
            description=summary,
            x_title=t("segregation.curve_axis", group=rest),
            y_title=t("segregation.curve_axis", group=group),
            gap_label=_dissimilarity_text(view, choice),
        )
        show_chart(spec, key="curve-chart", alt=summary)

    show_figure(view, content, draw)


def _curve_table(view: View, choice: Choice, points: tuple[CurvePoint, ...], *, rest: str, group: str) -> str:
    t = view.t
    label = {area.area_code: area.label for area in home_areas(view.warehouse, view.home.code, choice.level)}
    return tables.table_html(
        [
            tables.Column("area", t(f"level.{choice.level}")),
            tables.Column("rest", t("segregation.curve_axis", group=rest), numeric=True),
            tables.Column("group", t("segregation.curve_axis", group=group), numeric=True),
        ],
        [
            {
                "area": label[point.area_code] if point.area_code else t("segregation.curve_start"),
                "rest": _percent(view, point.rest),
                "group": _percent(view, point.group),
            }
            for point in points
        ],
        caption=t("segregation.curve_caption"),
        t=t,
    )


def show_no_map(view: View) -> None:
    """Say why a split into several groups has no map and no curve."""
    t = view.t
    st.html(
        html.empty_state(t("segregation.multigroup"), t("segregation.multigroup_why"), t("segregation.multigroup_fill"))
    )
