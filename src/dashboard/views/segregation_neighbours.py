"""The part on neighbours: whether areas are like those that they touch, and where."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

import streamlit as st

from dashboard.catalogue import Split
from dashboard.measures.spatial import FALSE_ALARMS, AreaPattern, Pattern
from dashboard.views import areas, html, reports, tables
from dashboard.views.areas import Painted, home_areas
from dashboard.views.classes import Scheme
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.views.numbers import rounded
from dashboard.views.segregation import share_decimals
from dashboard.views.segregation_choice import LEVEL, LEVELS, choose_one, choose_split
from dashboard.views.unsure_classes import parted
from dashboard.views.words import lower_first, sentence
from dashboard.warehouse.connection import query_text

#: Classes of the map from low to high; the middle is what chance may have made. Texts: `neighbours.kind_…`.
KINDS = ("like_low", "unlike_low", "chance", "unlike_high", "like_high")
#: Up and down for high and low, filled where the neighbours are on the same side; chance has no sign.
MARKS = ("▼", "▽", "", "△", "▲")
#: A pseudo p-value from here on is told as chance.
CHANCE = 0.05


@dataclass(frozen=True)
class Neighbours:
    """What is known of a split at a level in a year: the city and its areas."""

    split: Split
    level: str
    year: int
    whole: Pattern
    permutations: int
    areas: tuple[AreaPattern, ...]

    @property
    def judged(self) -> tuple[AreaPattern, ...]:
        """The areas that could be compared with their neighbours."""
        return tuple(one for one in self.areas if one.kind is not None)


def show_neighbours(view: View) -> None:
    """Lay out the part: the choice, what holds for the whole city, and the map of the areas."""
    t, head = view.t, st.container()
    split, level = _choose(view)
    found = _found(view, split, level)
    if found is None or found.whole.value is None:
        reason = t("neighbours.none_why") if found is None else t(f"reason.{found.whole.reason}")
        with head:
            st.html(html.headline(t("neighbours.title_none")))
        st.html(html.empty_state(t("neighbours.none"), reason, t("neighbours.none_fill")))
        return
    with head:
        st.html(html.headline(*_headline(view, found)))
        if split.approximation is not None:
            st.html(html.note(split.approximation.in_(view.language)))
    _show_map(view, found)


def _choose(view: View) -> tuple[Split, str]:
    with st.container(key="neighbours-choices"):
        split = choose_split(view, lambda: None, "two_group")
        level = choose_one(view, LEVEL, "segregation.level", list(LEVELS), lambda one: view.t(f"level.{one}"))
    return split, level


def _parameters(view: View, split: Split, level: str, year: int) -> dict[str, object]:
    return {"municipality": view.home.code, "level": level, "year": year, "split": split.id}


def _found(view: View, split: Split, level: str) -> Neighbours | None:
    """Give what the warehouse has of the newest year with figures; None without figures or boundaries."""
    years = reports.years(view.warehouse, view.home.code, split.id, level)
    if not years:
        return None
    parameters = _parameters(view, split, level, years[-1])
    rows = view.warehouse.rows("spatial_pattern", parameters)
    if not rows:
        return None
    names = [field.name for field in fields(Pattern)]
    whole = Pattern(**{name: rows[0][name] for name in names})  # type: ignore[arg-type]
    each = tuple(AreaPattern(**row) for row in view.warehouse.rows("area_patterns", parameters))  # type: ignore[arg-type]
    return Neighbours(split, level, years[-1], whole, int(str(rows[0]["permutations"])), each)


def _headline(view: View, found: Neighbours) -> tuple[str, str]:
    t, fmt, whole = view.t, view.fmt, found.whole
    value, expected, p_value = whole.value or 0.0, whole.expected or 0.0, whole.p_value or 1.0
    split = lower_first(found.split.name.in_(view.language))
    if p_value >= CHANCE:
        key = "neighbours.title_chance"
    elif value > expected:
        key = "neighbours.title_alike"
    else:
        key = "neighbours.title_unlike"
    lead = t("neighbours.lead", group=_group(view, found), value=fmt.number(value, 2))
    return t(key, split=split, year=fmt.year(found.year)), lead


def _statistics(view: View, found: Neighbours) -> str:
    """Say by which measure the neighbours are alike, and how chance is told from the rest."""
    fmt, whole = view.fmt, found.whole
    return view.t(
        "neighbours.statistics",
        value=fmt.number(whole.value, 2),
        expected=fmt.number(whole.expected, 2),
        p=fmt.number(whole.p_value, 3),
        n=fmt.number(found.permutations),
        share=fmt.percent(100 * FALSE_ALARMS, 0),
        limit=fmt.number(CHANCE, 2),
    )


def _local_note(view: View, found: Neighbours) -> str:
    return view.t("neighbours.local_note", n=view.fmt.number(found.permutations))


def _group(view: View, found: Neighbours) -> str:
    group = found.split.group
    return "" if group is None else group.in_(view.language)


def kind_of(one: AreaPattern) -> str | None:
    """Give the class of an area: how it compares with its neighbours, or that chance may have made it so."""
    if one.kind is None or one.p_value is None:
        return None
    return one.kind if one.p_value < CHANCE else "chance"


def _scheme(view: View) -> Scheme:
    return Scheme(
        labels=tuple(view.t(f"neighbours.kind_{kind}") for kind in KINDS),
        colors=view.theme.diverging,
        marks=MARKS,
        missing_label=view.t("classes.missing"),
    )


def _show_map(view: View, found: Neighbours) -> None:
    t, kinds = view.t, [kind_of(one) for one in found.areas]
    scheme, classes = parted(
        _scheme(view),
        [None if kind is None else KINDS.index(kind) for kind in kinds],
        [bool(one.beyond_chance) for one in found.areas],
        theme=view.theme,
        t=t,
    )
    painted = {
        one.area_code: Painted(_told(view, found, one), cls) for one, cls in zip(found.areas, classes, strict=True)
    }
    content = Figure(
        key="neighbours",
        title=_title(view, found),
        summary=_summary(view, found),
        table=lambda: _table(view, found),
        rows=lambda: [{"year": found.year, "split": found.split.id} | asdict(one) for one in found.areas],
        evidence=Evidence(
            indicators=[n for n in found.split.indicators if view.catalogue.indicator(n).family is None],
            measures=["morans_i"],
            sources=list(found.split.sources),
            computed=True,
            years=view.fmt.year(found.year),
            queries=[
                Query(name, query_text(name), _parameters(view, found.split, found.level, found.year))
                for name in ("spatial_pattern", "area_patterns")
            ],
            notes=[_statistics(view, found), _local_note(view, found), t("neighbours.edge_note")],
        ),
        file=f"grannar-{found.split.id}-{found.level}",
    )

    def draw() -> None:
        areas.show_painted(
            view,
            found.level,
            painted,
            scheme,
            key="neighbours-map",
            extent_key="grannkarta",
            description=content.summary,
            value_label=t("neighbours.pattern"),
            legend_label=content.title,
        )

    show_figure(view, content, draw)


def _certain(found: Neighbours) -> dict[str, int]:
    """Count by kind the areas that hold when all are tried together."""
    kinds = [kind_of(one) for one in found.judged if one.beyond_chance]
    return {kind: kinds.count(kind) for kind in KINDS if kind != "chance"}


def _title(view: View, found: Neighbours) -> str:
    number, counts = view.fmt.number, _certain(found)
    if not any(counts.values()):
        return view.t("neighbours.map_title_none", n=number(len(found.judged)))
    return view.t.n(
        "neighbours.map_title",
        counts["like_high"],
        high=number(counts["like_high"]),
        low=number(counts["like_low"]),
        unlike=number(counts["unlike_high"] + counts["unlike_low"]),
        n=number(len(found.judged)),
    )


def _summary(view: View, found: Neighbours) -> str:
    """Say what high and low are of, how many are found one by one, and how many that chance alone would give."""
    t, number = view.t, view.fmt.number
    judged, by_one = len(found.judged), [one for one in found.judged if kind_of(one) != "chance"]
    return sentence(
        t("neighbours.meaning", group=_group(view, found)),
        t.n(
            "neighbours.found",
            len(by_one),
            found=number(len(by_one)),
            by_chance=number(rounded(CHANCE * judged, 0)),
            certain=number(sum(_certain(found).values())),
        ),
    )


def _percent(view: View, found: Neighbours, share: float | None) -> str:
    return view.fmt.percent(None if share is None else 100 * share, share_decimals(view, found.split))


def _told(view: View, found: Neighbours, one: AreaPattern) -> str:
    kind = kind_of(one)
    if kind is None:
        return view.t(f"reason.{one.reason}") if one.reason else view.fmt.number(None)
    return view.t(
        "neighbours.told",
        kind=view.t(f"neighbours.kind_{kind}"),
        share=_percent(view, found, one.share),
        others=_percent(view, found, one.neighbours_share),
    )


def _table(view: View, found: Neighbours) -> str:
    t, fmt = view.t, view.fmt
    label = {area.area_code: area.label for area in home_areas(view.warehouse, view.home.code, found.level)}
    columns = [
        tables.Column("area", t(f"level.{found.level}")),
        tables.Column("share", t("segregation.share"), numeric=True),
        tables.Column("others", t("neighbours.others"), numeric=True),
        tables.Column("neighbours", t("neighbours.number"), numeric=True),
        tables.Column("kind", t("neighbours.pattern")),
        tables.Column("p", t("neighbours.p"), numeric=True),
        tables.Column("certain", t("neighbours.certain")),
    ]
    lines: list[dict[str, str | tables.Cell]] = []
    # From the lowest share to the highest: both ends stand alike.
    for one in sorted(found.areas, key=lambda one: (one.share is None, one.share or 0.0, one.area_code)):
        kind, reason = kind_of(one), t(f"reason.{one.reason}") if one.reason else ""
        lines.append(
            {
                "area": label.get(one.area_code, one.area_code),
                "share": tables.Cell(_percent(view, found, one.share), reason if one.share is None else ""),
                "others": tables.Cell(_percent(view, found, one.neighbours_share), reason),
                "neighbours": fmt.number(one.neighbours),
                "kind": tables.Cell(fmt.number(None), reason) if kind is None else t(f"neighbours.kind_{kind}"),
                "p": tables.Cell(fmt.number(one.p_value, 3), reason),
                "certain": tables.Cell(fmt.number(None), reason)
                if one.beyond_chance is None
                else t("neighbours.yes" if one.beyond_chance else "neighbours.no"),
            }
        )
    return tables.table_html(
        columns,
        lines,
        caption=t("neighbours.caption", year=fmt.year(found.year)),
        t=t,
        notes=[_local_note(view, found)],
    )
