"""The part on several groups: how mixed each area is, from the most mixed to the least."""

from __future__ import annotations

from math import floor

import streamlit as st

from dashboard.catalogue import Split
from dashboard.measures import segregation as queries
from dashboard.measures.diversity import AreaMix, half_of_h
from dashboard.views import charts, html, reports, tables
from dashboard.views.charts import Dot, StackedRow
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.views.mixed_areas import Mixed, mixed_areas
from dashboard.views.numbers import rounded
from dashboard.views.pictures import show_chart
from dashboard.views.segregation_choice import LEVEL, LEVELS, choose_one, choose_split
from dashboard.views.words import listed, lower_first, sentence

#: More areas than this are shown by both ends; all are in the table.
MOST_BARS, BARS_AN_END = 40, 12
#: More areas than this at one end with the same value are counted, not named; the line has signs for two at each end.
MOST_NAMED, MOST_SIGNS = 3, 2
#: Where no area has a lower mix, of 100, none is of one kind.
ALIKE = 80
MEASURES = ("entropy_score", "effective_groups", "entropy_contribution")


def show_mix(view: View) -> None:
    """Lay out the part: the choice, both ends in a sentence, every area on a line, and the groups of each."""
    t, head = view.t, st.container()
    split, level = _choose(view)
    found = None if split is None else _newest(view, split, level)
    if found is None or not found.known:
        with head:
            st.html(html.headline(t("mix.title_none"), t("mix.lead")))
        st.html(html.empty_state(t("mix.none"), t("mix.none_why"), t("mix.none_fill")))
        return
    with head:
        st.html(html.headline(*_headline(view, found)))
    _show_line(view, found)
    _show_bars(view, found)


def _newest(view: View, split: Split, level: str) -> Mixed | None:
    """Give the newest year in which every area is known; None without one."""
    years = reports.years(view.warehouse, view.home.code, split.id, level)
    return mixed_areas(view.warehouse, view.home.code, split, level, years[-1]) if years else None


def _choose(view: View) -> tuple[Split | None, str]:
    if not any(split.kind == "multigroup" for split in view.catalogue.splits.values()):
        return None, LEVELS[0]
    with st.container(key="mix-choices"):
        split = choose_split(view, lambda: None, "multigroup")
        level = choose_one(view, LEVEL, "segregation.level", list(LEVELS), lambda one: view.t(f"level.{one}"))
    return split, level


def _parameters(view: View, found: Mixed) -> dict[str, object]:
    return {"municipality": view.home.code, "level": found.level, "year": found.year, "split": found.split.id}


def _score(view: View, score: float | None) -> str:
    entry = view.catalogue.measures["entropy_score"]
    return view.fmt.number(None if score is None else score * entry.scale, entry.decimals)


def _group(view: View, found: Mixed, position: int) -> str:
    return view.catalogue.indicator(found.split.groups[position]).short_name.in_(view.language)


def _most_of(view: View, found: Mixed, mix: AreaMix) -> str:
    """Say which group an area has most of, with its share; empty without shares."""
    if mix.shares is None:
        return ""
    largest = max(range(len(mix.shares)), key=mix.shares.__getitem__)
    return view.t(
        "mix.most_of",
        group=lower_first(_group(view, found, largest)),
        share=view.fmt.percent(100 * mix.shares[largest], 0),
    )


def _tied(view: View, found: Mixed, position: int) -> list[int]:
    """Give the areas at one end: all that have the same value as it is shown."""
    shown = _score(view, found.mixes[position].score)
    return [at for at, one in enumerate(found.mixes[: found.known]) if _score(view, one.score) == shown]


def _end(view: View, found: Mixed, position: int) -> str:
    """Give the area at one end, or how many there are where several have the same value."""
    tied = _tied(view, found, position)
    return found.short[position] if len(tied) == 1 else view.t.n("mix.areas", len(tied))


def end_with_most(view: View, found: Mixed, position: int) -> str:
    """Name the areas at one end, each with its largest group, or say how many there are."""
    tied = _tied(view, found, position)
    if len(tied) > MOST_NAMED:
        return view.t.n("mix.areas", len(tied))
    named = [(found.short[at], _most_of(view, found, found.mixes[at])) for at in tied]
    return listed([view.t("mix.end", area=area, most=most) for area, most in named], view.t)


def signs_on_line(view: View, found: Mixed) -> list[str]:
    """Name the areas that have a sign on the line; an end with too many has none, for all of them are alike."""
    ends = [_tied(view, found, position) for position in (0, found.known - 1)]
    return list(dict.fromkeys(found.short[at] for tied in ends if len(tied) <= MOST_SIGNS for at in tied))


def _headline(view: View, found: Mixed) -> tuple[str, str]:
    t = view.t
    first, last = found.mixes[0], found.mixes[found.known - 1]
    high, low = _score(view, first.score), _score(view, last.score)
    if (last.score or 0.0) * 100 >= ALIKE:
        title = t("mix.title_alike", high=high, low=low)
    else:
        high_area, low_area = (_end(view, found, position) for position in (0, found.known - 1))
        title = t("mix.title", high_area=high_area, high=high, low_area=low_area, low=low)
    lead = t(
        "mix.city",
        split=lower_first(found.split.name.in_(view.language)),
        city=_score(view, found.city.score),
        above=view.fmt.number(sum(side > 0 for side in _sides(view, found))),
        n=view.fmt.number(found.known),
    )
    return title, sentence(lead, t("mix.neutral"))


def _sides(view: View, found: Mixed) -> list[int]:
    """Tell of every known area whether it is more (1) or less (−1) mixed than the city, or shown as the same (0)."""
    entry = view.catalogue.measures["entropy_score"]
    city, *areas = (
        rounded(one.score * entry.scale, entry.decimals) for one in (found.city, *found.mixes) if one.score is not None
    )
    return [(area > city) - (area < city) for area in areas]


def _apart(view: View, found: Mixed) -> str:
    """Say how much less mixed the areas are than the city on average, and how sure that is: H."""
    rows = reports.measures(view.warehouse, view.home.code, found.level, found.year, found.split.id)
    row = reports.row_of(rows, "multigroup_entropy")
    if row is None or row.value is None:
        return ""
    h = view.fmt.percent(row.value * 100, 1)
    if row.lower is None or row.upper is None:
        return view.t("mix.apart_unsure", h=h)
    return view.t("mix.apart", h=h, interval=view.fmt.between(row.lower * 100, row.upper * 100, 1))


def _show_line(view: View, found: Mixed) -> None:
    t, fmt = view.t, view.fmt
    high, low = (end_with_most(view, found, position) for position in (0, found.known - 1))
    summary = sentence(t("mix.line_summary", high=high, low=low), _apart(view, found))
    city = found.city.score
    below = sum(side < 0 for side in _sides(view, found))
    content = Figure(
        key="mix-line",
        title=t("mix.line_title", below=fmt.number(below), n=fmt.number(found.known)),
        summary=summary,
        table=lambda: _table(view, found),
        rows=lambda: _rows(found),
        evidence=_evidence(view, found),
        file=f"blandning-{found.split.id}-{found.level}",
    )

    def draw() -> None:
        start = _axis_start(found)
        spec = charts.distribution_strip(
            [
                Dot(name, None if one.score is None else one.score * 100, _score(view, one.score))
                for name, one in zip(found.short, found.mixes, strict=True)
            ],
            signs_on_line(view, found),
            theme=view.theme,
            t=t,
            description=summary,
            axis_title=t("mix.axis_from", start=fmt.number(start)) if start else t("mix.axis"),
            domain=(start, 100),
            mean=None if city is None else city * 100,
            mean_text=_score(view, found.city.score),
        )
        show_chart(spec, key="mix-line-chart", alt=summary)

    show_figure(view, content, draw)


def _axis_start(found: Mixed) -> int:
    """Give the whole ten that the line begins at: areas that are much alike would lie on top of each other from 0."""
    return floor(min(one.score * 100 for one in (*found.mixes, found.city) if one.score is not None) / 10) * 10


def _show_bars(view: View, found: Mixed) -> None:
    t, fmt = view.t, view.fmt
    parts = [_group(view, found, position) for position in range(len(found.split.groups))]
    shown, half = _shown(found), half_of_h([one.contribution for one in found.mixes])
    groups = t("mix.bars_title", groups=listed([lower_first(part) for part in parts], t))
    summary = sentence(
        t("mix.bars_summary" if len(shown) == found.known else "mix.bars_summary_ends", n=fmt.number(BARS_AN_END)),
        t("mix.half_marked") if half else "",
    )
    content = Figure(
        key="mix-bars",
        title=t("mix.bars_title_half", half=fmt.number(len(half)), n=fmt.number(found.known)) if half else groups,
        summary=summary,
        table=lambda: _shares_table(view, found, parts),
        rows=lambda: _rows(found),
        evidence=_evidence(view, found),
        file=f"grupper-{found.split.id}-{found.level}",
    )

    def draw() -> None:
        rows = [_bar(view, t("mix.whole_city"), found.city, len(parts))]
        for position in shown:
            name = found.short[position]
            said = t("mix.in_half", area=name) if position in half else name
            rows.append(_bar(view, said, found.mixes[position], len(parts)))
        spec = charts.tenure_bar(rows, parts, theme=view.theme, t=t, fmt=fmt, description=f"{groups}. {summary}")
        show_chart(spec, key="mix-bars-chart", alt=f"{groups}. {summary}")

    show_figure(view, content, draw)


def _shown(found: Mixed) -> list[int]:
    """Give the areas that have a bar: all, or the same number from each end."""
    if found.known <= MOST_BARS:
        return list(range(found.known))
    return [*range(BARS_AN_END), *range(found.known - BARS_AN_END, found.known)]


def _bar(view: View, name: str, mix: AreaMix, groups: int) -> StackedRow:
    shares = [None] * groups if mix.shares is None else [100 * share for share in mix.shares]
    return StackedRow(view.t("mix.bar", area=name, score=_score(view, mix.score)), shares)


def _table(view: View, found: Mixed) -> str:
    t, fmt = view.t, view.fmt
    entries = [view.catalogue.measures[name] for name in MEASURES]
    columns = [
        tables.Column("area", t(f"level.{found.level}")),
        *(tables.Column(entry.id, entry.short_name.in_(view.language), numeric=True) for entry in entries),
        tables.Column("most", t("mix.most")),
    ]
    lines: list[dict[str, str | tables.Cell]] = []
    for name, mix in [(t("mix.whole_city"), found.city), *zip(found.names, found.mixes, strict=True)]:
        reason = t(f"reason.{mix.reason}") if mix.reason and mix.score is None else ""
        line: dict[str, str | tables.Cell] = {"area": name, "most": _most_of(view, found, mix)}
        for entry, value in zip(entries, (mix.score, mix.effective, mix.contribution), strict=True):
            text = fmt.number(None if value is None else value * entry.scale, entry.decimals)
            line[entry.id] = tables.Cell(text, reason if value is None else "")
        if mix is found.city:
            line["entropy_contribution"] = fmt.number(100, entries[2].decimals)
        lines.append(line)
    return tables.table_html(
        columns,
        lines,
        caption=t("mix.caption", year=fmt.year(found.year)),
        t=t,
        highlighted=(0,),
        notes=[t("mix.note")],
    )


def _shares_table(view: View, found: Mixed, parts: list[str]) -> str:
    t, fmt = view.t, view.fmt
    columns = [
        tables.Column("area", t(f"level.{found.level}")),
        *(tables.Column(str(position), part, numeric=True) for position, part in enumerate(parts)),
    ]
    lines: list[dict[str, str | tables.Cell]] = []
    for name, mix in [(t("mix.whole_city"), found.city), *zip(found.names, found.mixes, strict=True)]:
        reason = t(f"reason.{mix.reason}") if mix.reason and mix.shares is None else ""
        shares = mix.shares or [None] * len(parts)
        line: dict[str, str | tables.Cell] = {"area": name}
        for position, share in enumerate(shares):
            text = fmt.percent(None if share is None else 100 * share, 1)
            line[str(position)] = tables.Cell(text, reason if share is None else "")
        lines.append(line)
    return tables.table_html(
        columns, lines, caption=t("mix.bars_caption", year=fmt.year(found.year)), t=t, highlighted=(0,)
    )


def _rows(found: Mixed) -> list[dict[str, object]]:
    return [
        {
            "area_code": code,
            "area": name,
            "year": found.year,
            "group": group,
            "count": count,
            "share": None if mix.shares is None else mix.shares[position],
            "entropy_score": mix.score,
            "effective_groups": mix.effective,
            "entropy_contribution": mix.contribution,
            "reason": mix.reason,
        }
        for code, name, counts, mix in zip(found.codes, found.names, found.counts, found.mixes, strict=True)
        for position, (group, count) in enumerate(zip(found.split.groups, counts, strict=True))
    ]


def _evidence(view: View, found: Mixed) -> Evidence:
    return Evidence(
        measures=MEASURES,
        sources=list(found.split.sources),
        computed=True,
        years=view.fmt.year(found.year),
        queries=[Query("group_counts", queries.query("group_counts"), _parameters(view, found))],
        notes=[
            view.t("mix.differs"),
            reports.interval_note(view, found.split.unit),
            *(text.in_(view.language) for text in found.split.caveats),
        ],
    )
