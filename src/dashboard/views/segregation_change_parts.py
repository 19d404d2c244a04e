"""How much of a change comes from the city's composition, and how much from people living more or less apart."""

from __future__ import annotations

from dataclasses import replace

from dashboard.measures.change import Divided
from dashboard.measures.inference import Interval
from dashboard.views import charts, tables
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, show_figure
from dashboard.views.pictures import show_chart
from dashboard.views.segregation_change_choice import Pair
from dashboard.views.segregation_change_words import (
    certain,
    chance,
    interval_text,
    points,
    show_bars_legend,
    with_break,
)
from dashboard.views.words import listed, lower_first

#: Nearer to 0 than this a part is only rounding.
NOTHING = 1e-12


def show_parts(view: View, pair: Pair, found: Divided, evidence: Evidence) -> None:
    """Lay out the parts of the change with their intervals."""
    t = view.t
    parts = _parts(view, pair, found)
    content = Figure(
        key="change-parts",
        title=_title(view, pair, found),
        summary=t("change.parts_lead_dwellings" if _of_dwellings(pair) else "change.parts_lead"),
        table=_table(view, pair, found, parts),
        rows=[
            {"measure": found.measure, "part": key, "change": one.value, "lower": one.lower, "upper": one.upper}
            for key, one in _named(found).items()
        ],
        evidence=replace(evidence, notes=[t("change.parts_note"), *evidence.notes]),
    )

    def draw() -> None:
        rows = [
            charts.ChangeRow(
                name,
                one.value * 100,
                points(view, found.measure, one.value),
                None if one.lower is None else one.lower * 100,
                None if one.upper is None else one.upper * 100,
                interval_text(view, found.measure, one),
                certain(one),
            )
            for name, one in parts.items()
        ]
        spec = charts.change_bars(
            rows, theme=view.theme, t=t, description=content.title, axis_title=t("change.axis_points")
        )
        show_chart(spec, key="change-parts-chart", alt=content.title)
        show_bars_legend(view)

    show_figure(view, content, draw)


def _named(found: Divided) -> dict[str, Interval]:
    """Give the parts by their codes, the whole first; a part that cannot be is left out."""
    settled = found.parts["settled"]
    return {
        "total": found.change,
        "structure": found.parts["structure"],
        "composition": found.composition,
        "groups": found.parts["groups"],
        "areas": found.parts["areas"],
        **({"settled": settled} if abs(settled.value) > NOTHING else {}),
    }


def _of_dwellings(pair: Pair) -> bool:
    """Tell whether a split parts dwellings: of them nobody says that “we live apart”."""
    return pair.split.unit == "dwellings"


def _parts(view: View, pair: Pair, found: Divided) -> dict[str, Interval]:
    return {_name(view, pair, key): one for key, one in _named(found).items()}


def _name(view: View, pair: Pair, key: str) -> str:
    dwellings = "_dwellings" if _of_dwellings(pair) and key in {"structure", "areas"} else ""
    return view.t(f"change.part_{key}{dwellings}")


def _title(view: View, pair: Pair, found: Divided) -> str:
    """Name the parts that are more than chance; the composition stands for its own two parts."""
    sure = [key for key in ("structure", "composition") if certain(_named(found)[key])]
    if not sure:
        return view.t("change.parts_unsure")
    names = [lower_first(_name(view, pair, key)) for key in sure]
    return with_break(view, pair, view.t("change.parts_title", parts=listed(names, view.t)))


def _table(view: View, pair: Pair, found: Divided, parts: dict[str, Interval]) -> str:
    t = view.t
    notes = [t("change.parts_sum_dwellings" if _of_dwellings(pair) else "change.parts_sum")]
    if found.by_rank is not None:
        spatial, attribute = (points(view, found.measure, value) for value in found.by_rank)
        notes.append(t("change.parts_by_rank", sizes=spatial, shares=attribute))
    return tables.table_html(
        [
            tables.Column("part", t("segregation.part")),
            tables.Column("change", t("change.change"), numeric=True),
            tables.Column("interval", t("segregation.uncertainty"), numeric=True),
            tables.Column("verdict", t("change.verdict")),
        ],
        [
            {
                "part": name,
                "change": points(view, found.measure, one.value),
                "interval": interval_text(view, found.measure, one),
                "verdict": chance(view, pair, beyond=certain(one)),
            }
            for name, one in parts.items()
        ],
        caption=t("change.parts_caption"),
        t=t,
        notes=notes,
    )
