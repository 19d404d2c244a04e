"""How several groups are distributed: one bar an area, in order of the first group's share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.views import charts, tables
from dashboard.views.areas import home_areas
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.views.pictures import show_chart
from dashboard.views.segregation_choice import Choice
from dashboard.views.words import lower_first
from dashboard.warehouse.connection import query_text

# One bar an area: more would not fit a screen, so small areas are put together to their neighbourhoods.
LEVEL = "regso"


def show_groups(view: View, choice: Choice) -> None:
    """Lay out the groups' shares in every neighbourhood, or nothing when there are no figures."""
    parameters = {
        "municipality": view.home.code,
        "level": LEVEL,
        "year": choice.year,
        "split": choice.split.id,
    }
    label = {area.area_code: area.label for area in home_areas(view.warehouse, view.home.code, LEVEL)}
    counts: dict[str, list[float | None]] = {}
    for row in view.warehouse.rows("group_counts", parameters):
        counts.setdefault(str(row["area_code"]), []).append(row["n"] if isinstance(row["n"], float) else None)
    shares = {code: _shares(values) for code, values in counts.items()}
    order, known = in_order(shares)
    if not known:
        return
    parts = [view.catalogue.indicator(name).short_name.in_(view.language) for name in choice.split.groups]
    t, fmt = view.t, view.fmt
    low, high = known[0], known[-1]
    summary = t(
        "segregation.groups_summary",
        group=lower_first(parts[0]),
        low=fmt.percent(shares[low][0], 0),
        low_area=label[low],
        high=fmt.percent(shares[high][0], 0),
        high_area=label[high],
    )
    single = sum(any(share is not None and share >= 80 for share in shares[code]) for code in order)
    content = Figure(
        key="groups",
        title=t("segregation.groups_title", single=fmt.number(single), n=fmt.number(len(known))),
        summary=summary,
        table=lambda: tables.table_html(
            [
                tables.Column("area", t(f"level.{LEVEL}")),
                *(tables.Column(str(n), part, numeric=True) for n, part in enumerate(parts)),
            ],
            [
                {"area": label[code]} | {str(n): fmt.percent(share, 1) for n, share in enumerate(shares[code])}
                for code in order
            ],
            caption=t("segregation.groups_caption", year=fmt.year(choice.year or 0)),
            t=t,
        ),
        rows=lambda: [
            {
                "area_code": code,
                "area": label[code],
                "indicator": name,
                "year": choice.year,
                "count": count,
                "share": share,
            }
            for code in order
            for name, count, share in zip(choice.split.groups, counts[code], shares[code], strict=True)
        ],
        evidence=Evidence(
            sources=list(choice.split.sources),
            computed=True,
            years=fmt.year(choice.year or 0),
            queries=[Query("group_counts", query_text("group_counts"), parameters)],
        ),
    )

    def draw() -> None:
        spec = charts.tenure_bar(
            [charts.StackedRow(label[code], shares[code]) for code in order],
            parts,
            theme=view.theme,
            t=t,
            fmt=fmt,
            description=summary,
        )
        show_chart(spec, key="groups-chart", alt=summary)

    show_figure(view, content, draw)


def in_order(shares: Mapping[str, Sequence[float | None]]) -> tuple[list[str], list[str]]:
    """Give the areas from the lowest share of the first group to the highest, and those of them that have shares.

    Areas without shares come last in the first list and are not in the second: no area without dwellings is at an end.
    """
    order = sorted(shares, key=lambda code: (shares[code][0] is None, shares[code][0] or 0.0))
    return order, [code for code in order if shares[code][0] is not None]


def _shares(counts: list[float | None]) -> list[float | None]:
    """Give each count in per cent of all groups together; nothing when a count is not known."""
    known = [count for count in counts if count is not None]
    total = sum(known)
    if len(known) < len(counts) or total == 0:
        return [None] * len(counts)
    return [100 * count / total for count in known]
