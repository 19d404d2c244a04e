"""One area in short: who lives there, how they live, how it has changed."""

from __future__ import annotations

import streamlit as st

from dashboard.sources.indicator_names import AGE_BANDS
from dashboard.views import area_figures, charts, tables
from dashboard.views.area_changes import changes
from dashboard.views.areas import Area
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.views.numbers import rounded
from dashboard.views.pictures import show_chart
from dashboard.warehouse.connection import query_text

SEXES = ("men", "women")
TENURES = (
    "dwellings_rented",
    "dwellings_tenant_owned",
    "dwellings_owner_occupied",
    "dwellings_tenure_unknown",
)
YOUNG, OLD = 20, 65

Counts = dict[str, float | None]


def show_profile(view: View, level: str, area: Area) -> None:
    """Lay out the age pyramid and the tenure of an area beside the whole city's, and how its figures changed."""
    left, right = st.columns([1, 1], gap="large")
    with left:
        _show_ages(view, area)
    with right:
        _show_tenure(view, area)
        _show_change(view, level, area)


def newest_counts(view: View, code: str, indicators: list[str]) -> tuple[int, Counts]:
    """Give the newest year and the values of some indicators for an area or the municipality."""
    rows = view.warehouse.rows("area_series", {"areas": [code], "indicators": indicators})
    years = [int(str(row["year"])) for row in rows if row["value"] is not None]
    if not years:
        return 0, {}
    year = max(years)
    return year, {
        str(row["indicator"]): row["value"] if isinstance(row["value"], float) else None
        for row in rows
        if row["year"] == year
    }


def _cells() -> list[str]:
    return [f"population_{sex}_{band}" for band in AGE_BANDS for sex in SEXES]


def shares(counts: Counts, names: list[str], whole: str | None = None) -> dict[str, float | None]:
    """Give each count as a share in per cent of the published whole, or of the sum of the counts that are known."""
    total = counts.get(whole) if whole else sum(counts.get(name) or 0.0 for name in names)
    return {name: 100 * value / total if total and (value := counts.get(name)) is not None else None for name in names}


def _band_label(band: str) -> str:
    low, _, high = band.partition("_")
    return f"{low}+" if high == "plus" else f"{low}–{high}"


def _show_ages(view: View, area: Area) -> None:
    t, fmt = view.t, view.fmt
    names = [*_cells(), "population"]
    year, counts = newest_counts(view, area.area_code, names)
    _, city = newest_counts(view, view.home.code, names)
    if not counts.get("population") or all(counts.get(name) is None for name in _cells()):
        _show_nothing(view, "districts.ages_title_none", "districts.ages_none")
        return
    own, whole = shares(counts, _cells(), "population"), shares(city, _cells(), "population")
    bands = [
        charts.AgeBand(
            _band_label(band),
            own[f"population_men_{band}"],
            own[f"population_women_{band}"],
            whole.get(f"population_men_{band}"),
            whole.get(f"population_women_{band}"),
        )
        for band in AGE_BANDS
    ]
    young = _between(own, 0, YOUNG), _between(whole, 0, YOUNG)
    old = _between(own, OLD, None), _between(whole, OLD, None)
    summary = t(
        "districts.ages_summary",
        young=fmt.percent(young[0], 0),
        city_young=fmt.percent(young[1], 0),
        old=fmt.percent(old[0], 0),
        city_old=fmt.percent(old[1], 0),
        city=view.home.name,
    )
    columns = [
        tables.Column("band", t("districts.age")),
        tables.Column("men", t("districts.men"), numeric=True),
        tables.Column("women", t("districts.women"), numeric=True),
        tables.Column("share", t("districts.share_of_all"), numeric=True),
    ]
    rows: list[dict[str, str | tables.Cell]] = [
        {
            "band": _band_label(band),
            "men": fmt.number(counts.get(f"population_men_{band}")),
            "women": fmt.number(counts.get(f"population_women_{band}")),
            "share": fmt.percent(_both(own, band), 1),
        }
        for band in AGE_BANDS
    ]
    content = Figure(
        key="ages",
        title=t("districts.ages_title", area=area.label, persons=fmt.number(counts.get("population"))),
        summary=summary,
        table=tables.table_html(
            columns, rows, caption=t("districts.ages_caption"), t=t, notes=[t("districts.ages_note")]
        ),
        rows=[
            {"area_code": area.area_code, "indicator": name, "year": year, "value": counts.get(name)} for name in names
        ],
        evidence=Evidence(
            indicators=["population"],
            sources=["scb_tab6574"],
            computed=True,
            years=fmt.year(year),
            queries=[Query("area_series", query_text("area_series"), {"areas": [area.area_code], "indicators": names})],
        ),
    )

    def draw() -> None:
        spec = charts.age_pyramid(bands, theme=view.theme, t=t, fmt=fmt, description=summary, city=view.home.name)
        show_chart(spec, key="ages-chart", alt=summary)

    show_figure(view, content, draw)


def _both(shares: dict[str, float | None], band: str) -> float | None:
    men, women = shares[f"population_men_{band}"], shares[f"population_women_{band}"]
    return None if men is None or women is None else men + women


def _between(shares: dict[str, float | None], low: int, high: int | None) -> float | None:
    bands = [band for band in AGE_BANDS if low <= int(band.partition("_")[0]) < (high or 200)]
    parts = [_both(shares, band) for band in bands]
    return None if any(part is None for part in parts) else sum(part or 0.0 for part in parts)


def _show_nothing(view: View, title: str, why: str) -> None:
    from dashboard.views import html

    st.html(html.section(view.t(title)))
    st.html(html.empty_state(view.t("segregation.none"), view.t(why), view.t("overview.missing_fill")))


def _show_tenure(view: View, area: Area) -> None:
    t, fmt = view.t, view.fmt
    names = list(TENURES)
    year, counts = newest_counts(view, area.area_code, names)
    _, city = newest_counts(view, view.home.code, names)
    if not counts:
        _show_nothing(view, "districts.tenure_title_none", "districts.tenure_none")
        return
    own, whole = shares(counts, names), shares(city, names)
    label = {name: view.catalogue.indicator(name).short_name.in_(view.language) for name in names}
    largest = max(names, key=lambda name: own[name] or 0.0)
    summary = ""
    if whole[largest] is not None:
        summary = t(
            "districts.tenure_summary",
            city=view.home.name,
            tenure=label[largest].lower(),
            city_share=fmt.percent(whole[largest], 0),
        )
    content = Figure(
        key="tenure",
        title=t("districts.tenure_title", share=fmt.percent(own[largest], 0), tenure=label[largest].lower()),
        summary=summary,
        table=tables.table_html(
            [
                tables.Column("tenure", t("districts.tenure")),
                tables.Column("dwellings", t("districts.dwellings"), numeric=True),
                tables.Column("share", area.label, numeric=True),
                tables.Column("city", view.home.name, numeric=True),
            ],
            [
                {
                    "tenure": label[name],
                    "dwellings": fmt.number(counts.get(name)),
                    "share": fmt.percent(own[name], 1),
                    "city": fmt.percent(whole[name], 1),
                }
                for name in names
            ],
            caption=t("districts.tenure_caption"),
            t=t,
        ),
        rows=[
            {"area_code": area.area_code, "indicator": name, "year": year, "value": counts.get(name)} for name in names
        ],
        evidence=Evidence(
            sources=["scb_tab6638", "scb_tab824"],
            computed=True,
            years=fmt.year(year),
            queries=[Query("area_series", query_text("area_series"), {"areas": [area.area_code], "indicators": names})],
            notes=[t("districts.tenure_note")],
        ),
    )

    def draw() -> None:
        spec = charts.tenure_bar(
            [
                charts.StackedRow(area.label, [own[name] for name in names]),
                charts.StackedRow(view.home.name, [whole[name] for name in names]),
            ],
            [label[name] for name in names],
            theme=view.theme,
            t=t,
            fmt=fmt,
            description=summary,
        )
        show_chart(spec, key="tenure-chart", alt=summary)

    show_figure(view, content, draw)


def _show_change(view: View, level: str, area: Area) -> None:
    """Lay out the figures that there are two years of, and where SCB's method changed between them."""
    t, fmt = view.t, view.fmt
    names = area_figures.choices(view, level)
    changed = changes(view, level, area.area_code, names)
    if not changed:
        _show_nothing(view, "districts.change_title_none", "districts.change_none")
        return
    rows: list[dict[str, str | tables.Cell]] = []
    for one in changed:
        entry = view.catalogue.indicator(one.indicator)
        rows.append(
            {
                "indicator": entry.short_name.in_(view.language) + ("*" if one.marked else ""),
                "before": area_figures.shown(view, one.indicator, one.old),
                "after": area_figures.shown(view, one.indicator, one.new),
                "change": fmt.signed(
                    rounded(one.new, entry.decimals) - rounded(one.old, entry.decimals), entry.decimals
                ),
            }
        )
    years = sorted({point.year for one in changed for point in one.points})
    table = tables.table_html(
        [
            tables.Column("indicator", t("peers.indicator")),
            tables.Column("before", fmt.year(years[-2]), numeric=True),
            tables.Column("after", fmt.year(years[-1]), numeric=True),
            tables.Column("change", t("districts.change"), numeric=True),
        ],
        rows,
        caption=t("districts.change_caption"),
        t=t,
        hide_caption=True,
        notes=[t("districts.break_note")] if any(one.marked for one in changed) else [],
    )
    content = Figure(
        key="change",
        title=t("districts.change_title", first=fmt.year(years[-2]), last=fmt.year(years[-1])),
        summary=t("districts.change_summary"),
        table=table,
        drawn_as_table=True,
        rows=[
            {"area_code": area.area_code, "indicator": one.indicator, "year": point.year, "value": point.value}
            for one in changed
            for point in one.points
        ],
        evidence=Evidence(
            indicators=[one.indicator for one in changed],
            credits=[
                view.catalogue.credit(one.indicator, level, point.status).in_(view.language)
                for one in changed
                for point in one.points
            ],
            sources=list(dict.fromkeys(view.catalogue.source_of(one.indicator, level).id for one in changed)),
            years=f"{fmt.year(years[0])}–{fmt.year(years[-1])}",
            queries=[Query("area_series", query_text("area_series"), {"areas": [area.area_code], "indicators": names})],
        ),
    )
    show_figure(view, content, lambda: st.html(table))
