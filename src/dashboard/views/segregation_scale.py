"""The part on scale: the same measure for areas and for the nearest people, however many they are."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import streamlit as st

from dashboard.catalogue import Split
from dashboard.measures.neighbourhoods import SCALES
from dashboard.measures.report import ReportRow
from dashboard.measures.scale_profile import PROFILE_MEASURES, ScalePoint, neighbourhood_query
from dashboard.views import charts, html, reports, scale_reports, tables
from dashboard.views.charts import ScaleDot
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.views.pictures import show_chart
from dashboard.views.scale_reports import LEVEL
from dashboard.views.segregation import interval_text, value_text
from dashboard.views.segregation_choice import choose_measure, choose_one, choose_split, forget_year, why_not
from dashboard.views.segregation_scale_grid import MOSTLY, GridLine, nearest, without_grid
from dashboard.views.segregation_scale_map import show_neighbourhoods
from dashboard.views.words import lower_first, sentence

MEASURE = "skalmatt"
LEVELS = ("deso", "regso")
#: From this share of the dissimilarity on, what is left among the most people is told as seen from afar.
MOSTLY_LEFT = 0.5
Row = dict[str, str | tables.Cell]
#: Cells of a row that has nothing to say there.
EMPTY: Row = {"value": "", "interval": "", "at_home": ""}
#: Measures that overlapping neighbourhoods can lead below 0.
BELOW_ZERO = ("entropy", "multigroup_entropy", "correlation_ratio")


@dataclass(frozen=True)
class Scaled:
    """A split in a year, the measure that is shown, and its values at every scale."""

    split: Split
    year: int
    measure: str
    points: tuple[ScalePoint, ...]
    grid: GridLine | None = None

    @property
    def known(self) -> list[ScalePoint]:
        """The scales that have a value."""
        return [one for one in self.points if one.value is not None]


def show_scale(view: View) -> None:
    """Lay out the choices, the profile over scales, and the map of each area's neighbourhood."""
    t, head = view.t, st.container()
    chosen = _choose(view)
    if isinstance(chosen, Scaled) and chosen.known:
        with head:
            _show_headline(view, chosen)
        _show_profile(view, chosen)
        show_neighbourhoods(view, chosen.split, chosen.year, [one.k for one in chosen.known], evidence(view, chosen))
        return
    split, reason = (
        (chosen.split, chosen.points[0].reason or "missing_values") if isinstance(chosen, Scaled) else chosen
    )
    with head:
        st.html(html.headline(t("scale.title_none", split=lower_first(split.name.in_(view.language)))))
    st.html(html.empty_state(t("segregation.none"), t(f"reason.{reason}"), t("segregation.none_fill")))


def _choose(view: View) -> Scaled | tuple[Split, str]:
    """Give what is chosen, or the split and the reason why it has no year."""
    with st.container(key="choices"):
        split = choose_split(view, forget_year)
        years = reports.years(view.warehouse, view.home.code, split.id, LEVEL)
        if not years:
            return split, why_not(view, split.id, LEVEL) or "missing_values"
        with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
            year = int(choose_one(view, "ar", "segregation.year", [str(one) for one in reversed(years)], str))
            names = PROFILE_MEASURES[split.kind != "two_group"]
            measure = choose_measure(view, MEASURE, names, reports.dissimilarity_of(split.kind))
    points = scale_reports.profile(view.warehouse, view.home.code, year, split.id, measure)
    grid = scale_reports.own_grid(view.warehouse, split.id, year, measure)
    return Scaled(split, year, measure, points, None if grid is None else GridLine(split, measure, grid))


def _area_row(view: View, found: Scaled, level: str) -> ReportRow | None:
    """Give the measure as it is worked out for the areas of a level, if that level has the year."""
    if found.year not in reports.years(view.warehouse, view.home.code, found.split.id, level):
        return None
    row = reports.at_every_level(view.warehouse, view.home.code, found.year, found.split.id, found.measure).get(level)
    return None if row is None or row.value is None else row


def _mean_people(view: View, found: Scaled, level: str) -> float | None:
    """Give how many people an area of a level has on average."""
    row = _area_row(view, found, level)
    total = scale_reports.people(view.warehouse, view.home.code, found.year, found.split.id)
    return None if row is None or total is None or not row.areas else total / row.areas


def _values(view: View, found: Scaled) -> dict[str, str]:
    first, last = found.known[0], found.known[-1]
    return {
        "first": value_text(view, found.measure, first.value),
        "first_k": nearest(view, found.split, first.k),
        "last": value_text(view, found.measure, last.value),
        "last_k": nearest(view, found.split, last.k),
    }


def _show_headline(view: View, found: Scaled) -> None:
    t, split = view.t, found.split
    title = _kept(view, found) or t(
        "scale.title", measure=view.catalogue.measures[found.measure].name.in_(view.language), **_values(view, found)
    )
    lead = t("scale.lead", split=lower_first(split.name.in_(view.language)), year=view.fmt.year(found.year))
    st.html(html.headline(title, lead))
    about = "" if split.approximation is None else split.approximation.in_(view.language)
    nearest_of = t("scale.nearest_of", base=_base(view, split)) if _of_a_part(split) else ""
    st.html(html.note(sentence(t("scale.approximate"), t("scale.border"), nearest_of, about)))


def _of_a_part(split: Split) -> bool:
    """Tell whether a split weighs by a part of all people, such as those who work or look for work."""
    return split.estimated and split.unit == "persons"


def _base(view: View, split: Split) -> str:
    return "" if split.base is None else split.base.in_(view.language)


def _kept(view: View, found: Scaled) -> str:
    """Say how much of the dissimilarity is left among the most people: what lies between large parts of the city."""
    first, last = found.known[0].value or 0.0, found.known[-1].value or 0.0
    if found.measure != reports.dissimilarity_of(found.split.kind) or first <= 0 or len(found.known) < 2:
        return ""
    return view.t(
        "scale.title_far" if last / first >= MOSTLY_LEFT else "scale.title_near",
        split=lower_first(found.split.name.in_(view.language)),
        share=view.fmt.percent(100 * last / first, 0),
        k=nearest(view, found.split, found.known[-1].k),
    )


def _show_profile(view: View, found: Scaled) -> None:
    t = view.t
    inside = [one.k for one in found.known if (one.at_home or 0.0) >= MOSTLY]
    within = "" if not inside else t("scale.within", k=nearest(view, found.split, inside[-1]))
    grid = found.grid
    content = Figure(
        key="scale-profile",
        title=t("scale.profile_title", **_values(view, found)),
        summary=sentence(
            t("scale.profile_summary"),
            within,
            "" if grid is None else grid.summary(view),
            _overlap(view, found),
            *_lacking(view, found),
        ),
        table=lambda: _table(view, found),
        rows=lambda: _download_rows(found),
        evidence=_profile_evidence(view, found),
    )

    def draw() -> None:
        spec = charts.scale_line(
            [_dot(view, found, one) for one in found.known],
            _area_dots(view, found),
            theme=view.theme,
            t=t,
            description=content.title,
            x_title=t(f"scale.axis_{found.split.unit}"),
            y_title=view.catalogue.measures[found.measure].name.in_(view.language),
            ticks=sorted({one.k for one in found.known} | {k for k, _ in (() if grid is None else grid.grid.known)}),
            other=[] if grid is None else grid.dots(view),
            lines=(t("scale.line_areas", year=view.fmt.year(found.year)), "" if grid is None else grid.name(view)),
        )
        show_chart(spec, key="scale-chart", alt=content.title)

    show_figure(view, content, draw)


def _overlap(view: View, found: Scaled) -> str:
    """Say of a measure that sums up what lies within that it can fall below 0 here."""
    return view.t("scale.overlap") if found.measure in BELOW_ZERO else ""


def _lacking(view: View, found: Scaled) -> tuple[str, str]:
    """Say why there are no intervals, and from which scale on there are no values."""
    t = view.t
    unknown = [one.k for one in found.points if one.value is None]
    return (
        t("scale.no_interval") if all(one.lower is None for one in found.known) else "",
        t("scale.too_large", k=nearest(view, found.split, unknown[0])) if unknown else "",
    )


def _dot(view: View, found: Scaled, one: ScalePoint) -> ScaleDot:
    scale = view.catalogue.measures[found.measure].scale
    ends = [None if end is None else end * scale for end in (one.lower, one.upper)]
    return ScaleDot(
        one.k,
        (one.value or 0.0) * scale,
        nearest(view, found.split, one.k),
        value_text(view, found.measure, one.value),
        lower=ends[0],
        upper=ends[1],
        interval_text=_interval(view, found, one.lower, one.upper),
        within=(one.at_home or 0.0) >= MOSTLY,
    )


def _area_dots(view: View, found: Scaled) -> list[ScaleDot]:
    scale = view.catalogue.measures[found.measure].scale
    dots = []
    for level in LEVELS:
        row, people = _area_row(view, found, level), _mean_people(view, found, level)
        if row is not None and row.value is not None and people is not None and people <= SCALES[-1]:
            text = value_text(view, found.measure, row.value)
            name, interval = view.t(f"level.{level}"), interval_text(view, row)
            dots.append(ScaleDot(people, row.value * scale, name, text, interval_text=interval))
    return dots


def _interval(view: View, found: Scaled, lower: float | None, upper: float | None) -> str:
    if lower is None or upper is None:
        return ""
    entry = view.catalogue.measures[found.measure]
    return view.fmt.interval(lower * entry.scale, upper * entry.scale, entry.decimals)


def _table(view: View, found: Scaled) -> str:
    t, grid = view.t, found.grid
    columns = [
        tables.Column("scale", t("scale.surrounding")),
        tables.Column("value", view.catalogue.measures[found.measure].short_name.in_(view.language), numeric=True),
        tables.Column("interval", t("segregation.uncertainty"), numeric=True),
        tables.Column("at_home", t("scale.at_home"), numeric=True),
    ]
    rows = [_level_row(view, found, level, row) for level in LEVELS if (row := _area_row(view, found, level))]
    at_scales = {one.k: _scale_row(view, found, one) for one in found.points}
    if grid is not None:
        # Last, so that everything before it is read as without a grid.
        columns.append(tables.Column("grid", grid.name(view), numeric=True))
        rows = [row | {"grid": ""} for row in rows]
        rows.append(EMPTY | {"scale": grid.label_of_cells(view), "grid": grid.cell(view, None)})
        for k in {*at_scales, *(k for k, _ in grid.grid.known)}:
            alone = EMPTY | {"scale": nearest(view, found.split, k)}
            at_scales[k] = at_scales.get(k, alone) | {"grid": grid.cell(view, k)}
    return tables.table_html(
        columns,
        [*rows, *(at_scales[k] for k in sorted(at_scales))],
        caption=t("scale.caption", year=view.fmt.year(found.year)),
        t=t,
        notes=[t("scale.at_home_note")],
    )


def _level_row(view: View, found: Scaled, level: str, row: ReportRow) -> Row:
    t, split = view.t, found.split
    mean = view.fmt.number(_mean_people(view, found, level))
    key = "scale.mean_part" if _of_a_part(split) else f"scale.mean_{split.unit}"
    return EMPTY | {
        "scale": t(key, level=t.n(f"level.{level}_n", row.areas), people=mean, base=_base(view, split)),
        "value": value_text(view, found.measure, row.value),
        "interval": interval_text(view, row),
    }


def _scale_row(view: View, found: Scaled, one: ScalePoint) -> Row:
    reason = view.t(f"reason.{one.reason}") if one.reason else ""
    return {
        "scale": nearest(view, found.split, one.k),
        "value": tables.Cell(value_text(view, found.measure, one.value), reason),
        "interval": _interval(view, found, one.lower, one.upper),
        "at_home": view.fmt.percent(None if one.at_home is None else 100 * one.at_home, 0),
    }


def _download_rows(found: Scaled) -> list[dict[str, object]]:
    """Give the values of every scale; what they are counted in is told where there is more than one."""
    rows = [asdict(one) for one in found.points]
    if found.grid is None:
        return rows
    return [{"counted_in": LEVEL, "year": found.year} | row for row in rows] + found.grid.download_rows()


def _profile_evidence(view: View, found: Scaled) -> Evidence:
    """Give how the profile is worked out, in the areas and in the grid, or what would show finer differences."""
    of_areas = evidence(view, found)
    return without_grid(view, of_areas) if found.grid is None else found.grid.evidence(view, of_areas, found.year)


def evidence(view: View, found: Scaled) -> Evidence:
    """Give how the neighbourhoods and the measure are worked out."""
    split = found.split
    notes = [text.in_(view.language) for text in split.caveats]
    if split.approximation is not None:
        notes.insert(0, split.approximation.in_(view.language))
    key = {"municipality": view.home.code, "level": LEVEL, "year": found.year, "split": split.id}
    return Evidence(
        indicators=[name for name in split.indicators if view.catalogue.indicator(name).family is None],
        measures=["bespoke_neighbourhood", found.measure],
        sources=list(split.sources),
        computed=True,
        years=view.fmt.year(found.year),
        queries=[Query("neighbourhoods", neighbourhood_query(), key)],
        notes=[view.t("scale.approximate"), view.t("scale.border"), *notes, reports.interval_note(view, split.unit)],
    )
