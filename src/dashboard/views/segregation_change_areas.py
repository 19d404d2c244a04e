"""Which areas drove a change: both those that raised the figure and those that lowered it."""

from __future__ import annotations

from dashboard.measures.change import AreaPart, Divided
from dashboard.views import areas, charts, tables
from dashboard.views.areas import Painted, home_areas, short_name
from dashboard.views.classes import Scheme, classify, nice_breaks
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, show_figure
from dashboard.views.pictures import show_chart
from dashboard.views.segregation_change_choice import Pair
from dashboard.views.segregation_change_words import chance, points, show_bars_legend, with_break
from dashboard.views.unsure_classes import parted
from dashboard.views.words import listed, upper_first

#: How many areas of either end are drawn as bars; the table has all of them.
AT_EACH_END = 4
DECIMALS = 2


def show_areas(view: View, pair: Pair, found: Divided, evidence: Evidence) -> None:
    """Lay out the map of what each area adds to the change with the table of all, and the ends as bars."""
    ordered = sorted(found.areas, key=lambda one: -one.change.value)
    _show_all(view, pair, found, ordered, evidence)
    _show_ends(view, pair, found.measure, ordered, evidence)


def _show_all(view: View, pair: Pair, found: Divided, ordered: list[AreaPart], evidence: Evidence) -> None:
    t, number = view.t, view.fmt.number
    up = sum(one.certain and one.change.value > 0 for one in ordered)
    down = sum(one.certain and one.change.value < 0 for one in ordered)
    content = Figure(
        key="change-areas",
        title=t("change.areas_unsure")
        if up + down == 0
        else with_break(view, pair, t.n("change.areas_title", up, up=number(up), down=number(down))),
        summary=t("change.areas_lead", total=points(view, found.measure, found.change.value)),
        table=_table(view, pair, ordered),
        rows=[_download(found.measure, one) for one in ordered],
        evidence=evidence,
    )
    show_figure(view, content, lambda: _show_map(view, pair, found, content))


def _show_ends(view: View, pair: Pair, measure: str, ordered: list[AreaPart], evidence: Evidence) -> None:
    """Lay out the areas that certainly drove the change; none is named for what chance may have made."""
    t, label = view.t, _labels(view, pair)
    up = [one for one in ordered if one.certain and one.change.value > 0][:AT_EACH_END]
    down = [one for one in ordered if one.certain and one.change.value < 0][-AT_EACH_END:]
    shown = [*up, *down]
    if not shown:
        return
    ends = [("change.ends_up", up[:1]), ("change.ends_down", down[-1:])]
    parts = [t(key, area=short_name(label.get(one.area_code, one.area_code))) for key, found in ends for one in found]
    content = Figure(
        key="change-ends",
        title=with_break(view, pair, upper_first(listed(parts, t))),
        summary=t("change.ends_lead", n=view.fmt.number(AT_EACH_END)),
        table=_table(view, pair, shown),
        rows=[_download(measure, one) for one in shown],
        evidence=evidence,
    )

    def draw() -> None:
        spec = charts.change_bars(
            [_bar(view, one, label) for one in shown],
            theme=view.theme,
            t=t,
            description=content.summary,
            axis_title=t("change.axis_areas"),
        )
        show_chart(spec, key="change-ends-chart", alt=content.summary)
        show_bars_legend(view)

    show_figure(view, content, draw)


def _labels(view: View, pair: Pair) -> dict[str, str]:
    return {area.area_code: area.label for area in home_areas(view.warehouse, view.home.code, pair.level)}


def _download(measure: str, one: AreaPart) -> dict[str, object]:
    return {
        "area_code": one.area_code,
        "measure": measure,
        "before": one.before,
        "after": one.after,
        "change": one.change.value,
        "lower": one.change.lower,
        "upper": one.change.upper,
        "certain": one.certain,
    }


def _text(view: View, value: float) -> str:
    return view.fmt.signed(value * 100, DECIMALS)


def _bar(view: View, one: AreaPart, label: dict[str, str]) -> charts.ChangeRow:
    return charts.ChangeRow(
        short_name(label.get(one.area_code, one.area_code)),
        one.change.value * 100,
        _text(view, one.change.value),
        None if one.change.lower is None else one.change.lower * 100,
        None if one.change.upper is None else one.change.upper * 100,
        _interval(view, one),
        one.certain,
    )


def _show_map(view: View, pair: Pair, found: Divided, content: Figure) -> None:
    scheme, bounds = _scheme(view, found)
    scheme, classes = parted(
        scheme,
        classify([one.change.value * 100 for one in found.areas], bounds),
        [one.certain for one in found.areas],
        theme=view.theme,
        t=view.t,
    )
    painted = {
        one.area_code: Painted(_text(view, one.change.value), cls)
        for one, cls in zip(found.areas, classes, strict=True)
    }
    areas.show_painted(
        view,
        pair.level,
        painted,
        scheme,
        key="change-map",
        extent_key="karta",
        description=content.title,
        value_label=view.t("change.axis_areas"),
        legend_label=content.title,
        height=400,
    )


def _scheme(view: View, found: Divided) -> tuple[Scheme, list[float]]:
    """Give five classes that are the same to both sides of 0; the bounds are round."""
    t = view.t
    sizes = [abs(one.change.value) * 100 for one in found.areas]
    bounds = nice_breaks([0.0, *sizes], 3) or [max(*sizes, 0.01)]
    small, large = (bounds[0], bounds[-1]) if len(bounds) > 1 else (bounds[0] / 2, bounds[0])
    text = view.fmt.number
    decimals = DECIMALS if large < 1 else 1
    labels = (
        t("change.class_down", value=text(large, decimals)),
        t("change.class_down_some", low=text(small, decimals), high=text(large, decimals)),
        t("change.class_none", value=text(small, decimals)),
        t("change.class_up_some", low=text(small, decimals), high=text(large, decimals)),
        t("change.class_up", value=text(large, decimals)),
    )
    scheme = Scheme(
        labels=labels,
        colors=view.theme.diverging,
        marks=("▼▼", "▼", "", "▲", "▲▲"),
        missing_label=t("classes.missing"),
    )
    return scheme, [-large, -small, small, large]


def _table(view: View, pair: Pair, ordered: list[AreaPart]) -> str:
    t, fmt, label = view.t, view.fmt, _labels(view, pair)
    return tables.table_html(
        [
            tables.Column("area", t(f"level.{pair.level}")),
            tables.Column("before", fmt.year(pair.before), numeric=True),
            tables.Column("after", fmt.year(pair.after), numeric=True),
            tables.Column("change", t("change.change"), numeric=True),
            tables.Column("interval", t("segregation.uncertainty"), numeric=True),
            tables.Column("verdict", t("change.verdict")),
        ],
        [
            {
                "area": label.get(one.area_code, one.area_code),
                "before": fmt.number(one.before * 100, DECIMALS),
                "after": fmt.number(one.after * 100, DECIMALS),
                "change": _text(view, one.change.value),
                "interval": _interval(view, one),
                "verdict": chance(view, pair, beyond=one.certain),
            }
            for one in ordered
        ],
        caption=t("change.areas_caption"),
        t=t,
        notes=[t("change.areas_chance")],
    )


def _interval(view: View, one: AreaPart) -> str:
    if one.change.lower is None or one.change.upper is None:
        return ""
    return view.fmt.interval(one.change.lower * 100, one.change.upper * 100, DECIMALS)
