"""What a housing scenario does: the city's measures, and the mix of the neighbourhoods that it touches."""

from __future__ import annotations

import streamlit as st

from dashboard.measures import segregation as queries
from dashboard.measures.inference import DRAWS
from dashboard.measures.scenarios import MeasureChange, MixChange, Outcome, Step
from dashboard.views import charts, tables
from dashboard.views.areas import short_name
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.views.housing_stock import LEVEL, SPLIT, Housing, tenure_split
from dashboard.views.housing_words import steps_text
from dashboard.views.numbers import rounded
from dashboard.views.pictures import show_chart
from dashboard.views.words import lower_first, sentence

D, H = WHOLE = ("multigroup_dissimilarity", "multigroup_entropy")
ENTROPY_PARTS = ("multigroup_entropy_between", "multigroup_entropy_within")
#: A change by less than this, on the scale from 0 to 100, is told as hardly noticeable.
NOTICEABLE = 0.5
#: Of values and changes alike: with fewer, what stands before and after would not give the change that stands beside.
DECIMALS = 2
NESTED = (*ENTROPY_PARTS, "multigroup_within_between")


def headline(view: View, housing: Housing, steps: tuple[Step, ...], outcome: Outcome) -> tuple[str, str]:
    """Give what a scenario does to D as a sentence, and below it the steps and how sure the change is."""
    t = view.t
    said = short_name(steps_text(view, housing, steps))
    d = next(one for one in outcome.measures if one.measure == D)
    if d.before is None or d.after is None:
        return t("housing.headline_none"), sentence(said, t(f"reason.{d.reason}") + ".")
    before, after = (rounded(value * 100, DECIMALS) for value in (d.before, d.after))
    title = t(
        f"housing.headline_{_direction(before, after)}",
        before=view.fmt.number(before, DECIMALS),
        after=view.fmt.number(after, DECIMALS),
    )
    return title, sentence(said, _change_text(view, d))


def _direction(before: float, after: float) -> str:
    """Give ``same``, ``hardly``, ``more`` or ``less`` for a measure from 0 to 100, as it is shown."""
    if before == after:
        return "same"
    if abs(rounded(after - before, DECIMALS)) < NOTICEABLE:
        return "hardly"
    return "more" if after > before else "less"


def _change_text(view: View, d: MeasureChange) -> str:
    change = d.difference
    if change is None or change.lower is None or change.upper is None:
        return ""
    # The draws are the same before and after, so that their own noise cancels.
    beyond = change.lower > 0 or change.upper < 0
    return view.t(
        "housing.change_beyond" if beyond else "housing.change_within",
        change=view.fmt.signed(change.value * 100, DECIMALS),
        interval=view.fmt.between(change.lower * 100, change.upper * 100, DECIMALS),
    )


def show_city(view: View, housing: Housing, outcome: Outcome) -> None:
    """Lay out the city's measures before and after, with the difference and its interval."""
    t = view.t
    measures = [one for one in outcome.measures if housing.nested or one.measure not in NESTED]
    lines = [_measure_line(view, one) for one in measures]
    mixes = [_mix_line(view, key, outcome.city) for key in ("entropy_score", "effective_groups")]
    whole = [line for one, line in zip(measures, lines, strict=True) if one.measure in WHOLE]
    short = _city_table(view, housing, whole)
    content = Figure(
        key="housing-city",
        title=_city_title(view, outcome),
        summary=t("housing.city_summary"),
        table=lambda: _city_table(view, housing, [*lines, *mixes]),
        rows=[_download(one) for one in measures],
        evidence=evidence(view, housing, list(WHOLE)),
        file="provade-bostader-staden",
    )
    show_figure(view, content, lambda: st.html(short))


def _city_table(view: View, housing: Housing, lines: list[dict[str, str | tables.Cell]]) -> str:
    t, fmt = view.t, view.fmt
    return tables.table_html(
        [
            tables.Column("measure", t("segregation.measure")),
            tables.Column("before", t("housing.when_before"), numeric=True),
            tables.Column("after", t("housing.when_after"), numeric=True),
            tables.Column("change", t("housing.difference"), numeric=True),
            tables.Column("interval", t("segregation.uncertainty"), numeric=True),
        ],
        lines,
        caption=t("housing.city_caption", year=fmt.year(housing.year)),
        t=t,
        hide_caption=True,
        notes=[t("housing.unrounded")],
    )


def _city_title(view: View, outcome: Outcome) -> str:
    """Say whether the areas come closer to the whole city's mix, by H."""
    h = next(one for one in outcome.measures if one.measure == H)
    if h.before is None or h.after is None:
        return view.t("housing.city_title")
    before, after = (rounded(value * 100, DECIMALS) for value in (h.before, h.after))
    return view.t(
        f"housing.city_title_{_direction(before, after)}",
        before=view.fmt.number(before, DECIMALS),
        after=view.fmt.number(after, DECIMALS),
    )


def _measure_line(view: View, one: MeasureChange) -> dict[str, str | tables.Cell]:
    fmt = view.fmt
    line: dict[str, str | tables.Cell] = {"measure": measure_name(view, one.measure)}
    reason = view.t(f"reason.{one.reason}") if one.reason else ""
    for key, value in (("before", one.before), ("after", one.after)):
        line[key] = tables.Cell(fmt.number(None if value is None else value * 100, DECIMALS), reason)
    if one.difference is None:
        return line | {"change": tables.Cell(fmt.number(None), reason), "interval": ""}
    change = one.difference
    known = change.lower is not None and change.upper is not None
    ends = [None if end is None else end * 100 for end in (change.lower, change.upper)]
    return line | {
        "change": fmt.signed(change.value * 100, DECIMALS),
        "interval": fmt.interval(ends[0], ends[1], DECIMALS) if known else "",
    }


def measure_name(view: View, measure: str) -> str:
    """Give what a measure of a scenario is called."""
    if measure in view.catalogue.measures:
        return view.catalogue.measures[measure].name.in_(view.language)
    return view.t(f"housing.measure_{measure}")


def _mix_line(view: View, measure: str, mix: MixChange) -> dict[str, str | tables.Cell]:
    before, after = (_mix_value(view, measure, one) for one in (mix.before, mix.after))
    entry = view.catalogue.measures[measure]
    change = None if before is None or after is None else after - before
    return {
        "measure": view.t("housing.whole_city", measure=lower_first(entry.name.in_(view.language))),
        "before": view.fmt.number(before, DECIMALS),
        "after": view.fmt.number(after, DECIMALS),
        "change": tables.Cell("" if change is None else view.fmt.signed(change, DECIMALS)),
        "interval": tables.Cell(view.fmt.number(None), view.t("housing.no_interval")),
    }


def _mix_value(view: View, measure: str, mix: object) -> float | None:
    value = getattr(mix, "score" if measure == "entropy_score" else "effective")
    return None if value is None else float(value) * view.catalogue.measures[measure].scale


def _download(one: MeasureChange) -> dict[str, object]:
    change = one.difference
    return {
        "measure": one.measure,
        "before": one.before,
        "after": one.after,
        "difference": None if change is None else change.value,
        "difference_lower": None if change is None else change.lower,
        "difference_upper": None if change is None else change.upper,
        "reason": one.reason,
    }


def show_areas(view: View, housing: Housing, outcome: Outcome) -> None:
    """Lay out the tenures of every touched neighbourhood and of the city, before and after."""
    t, fmt = view.t, view.fmt
    shown = [outcome.city, *outcome.regso]
    parts = [view.catalogue.indicator(name).short_name.in_(view.language) for name in housing.stock.groups]
    most = max(outcome.regso, key=lambda one: abs((one.after.score or 0.0) - (one.before.score or 0.0)))
    title = t(
        "housing.areas_title",
        area=housing.labels[most.code or ""],
        before=_score_text(view, most.before.score),
        after=_score_text(view, most.after.score),
    )
    rows = [one for mix in outcome.regso for one in _with_small_areas(housing, outcome, mix)]
    content = Figure(
        key="housing-areas",
        title=title,
        summary=t("housing.areas_summary"),
        table=_area_table(view, housing, [*rows, outcome.city]),
        rows=[row for mix in [*rows, outcome.city] for row in _area_rows(view, housing, mix)],
        evidence=evidence(view, housing, ["entropy_score", "effective_groups"]),
        file="provade-bostader-omraden",
    )

    def draw() -> None:
        bars = [
            charts.StackedRow(
                t("housing.bar", area=_name(view, housing, mix), when=t(f"housing.when_{when}")),
                [100 * share for share in one.shares] if one.shares else [None] * len(parts),
            )
            for mix in shown
            for when, one in (("before", mix.before), ("after", mix.after))
        ]
        spec = charts.tenure_bar(bars, parts, theme=view.theme, t=t, fmt=fmt, description=content.summary)
        show_chart(spec, key="housing-areas-chart", alt=f"{title}. {content.summary}")

    show_figure(view, content, draw)


def _with_small_areas(housing: Housing, outcome: Outcome, mix: MixChange) -> list[MixChange]:
    """Give a neighbourhood, and after it its small areas that are touched; one of one small area alone."""
    members = housing.small.get(mix.code or "", ())
    return [mix, *(one for one in outcome.areas if len(members) > 1 and one.code in members)]


def _name(view: View, housing: Housing, mix: MixChange) -> str:
    return view.t("housing.city") if mix.code is None else housing.labels[mix.code]


def _score_text(view: View, score: float | None) -> str:
    entry = view.catalogue.measures["entropy_score"]
    return view.fmt.number(None if score is None else score * entry.scale, entry.decimals)


def _area_table(view: View, housing: Housing, mixes: list[MixChange]) -> str:
    t, fmt = view.t, view.fmt
    score, effective = (view.catalogue.measures[name] for name in ("entropy_score", "effective_groups"))
    pairs = (
        ("total", t("housing.dwellings"), 0),
        ("score", score.short_name.in_(view.language), score.decimals),
        ("effective", effective.short_name.in_(view.language), effective.decimals),
    )
    columns = [tables.Column("area", t("housing.area"))]
    for key, label, _ in pairs:
        columns += [
            tables.Column(
                f"{key}_{when}", t("housing.column", what=label, when=t(f"housing.when_{when}").lower()), numeric=True
            )
            for when in ("before", "after")
        ]
    lines: list[dict[str, str | tables.Cell]] = []
    for mix in mixes:
        line: dict[str, str | tables.Cell] = {"area": _name(view, housing, mix)}
        for when, one in (("before", mix.before), ("after", mix.after)):
            reason = _why_no_mix(view, one.reason) if one.reason and one.score is None else ""
            values = (one.total, None if one.score is None else one.score * score.scale, one.effective)
            for (key, _, decimals), value in zip(pairs, values, strict=True):
                line[f"{key}_{when}"] = tables.Cell(fmt.number(value, decimals), "" if value is not None else reason)
        lines.append(line)
    return tables.table_html(columns, lines, caption=t("housing.areas_caption"), t=t, notes=[t("housing.areas_note")])


def _why_no_mix(view: View, reason: str) -> str:
    """Say why an area has no mix; here it is dwellings that it has none of, not people."""
    return view.t("housing.empty_area" if reason == "empty_area" else f"reason.{reason}")


def _area_rows(view: View, housing: Housing, mix: MixChange) -> list[dict[str, object]]:
    return [
        {
            "area_code": mix.code or view.home.code,
            "area": _name(view, housing, mix),
            "tenure": group,
            "dwellings_before": before,
            "dwellings_after": after,
            "entropy_score_before": mix.before.score,
            "entropy_score_after": mix.after.score,
            "effective_groups_before": mix.before.effective,
            "effective_groups_after": mix.after.effective,
        }
        for group, before, after in zip(housing.stock.groups, mix.counts_before, mix.counts_after, strict=True)
    ]


def evidence(view: View, housing: Housing, measures: list[str]) -> Evidence:
    """Give how a scenario was worked out."""
    split = tenure_split(view)
    parameters = {"municipality": view.home.code, "level": LEVEL, "year": housing.year, "split": SPLIT}
    return Evidence(
        measures=measures,
        sources=[] if split is None else list(split.sources),
        computed=True,
        years=view.fmt.year(housing.year),
        queries=[Query("group_counts", queries.query("group_counts"), parameters)],
        notes=[view.t("housing.interval_note", draws=view.fmt.number(DRAWS))],
    )
