"""What the page on segregation says in words and in its table of all measures."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from dashboard.catalogue import Split
from dashboard.measures import segregation as queries
from dashboard.measures.inference import distinguishable_from_chance
from dashboard.measures.report import ReportRow
from dashboard.views import html, reports, tables
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.views.segregation_choice import LEVELS, Choice
from dashboard.views.words import sentence

# Half a point of 100: nearer than that two levels are told as the same.
SAME_VALUE = 0.005


def value_text(view: View, measure: str, value: float | None) -> str:
    """Give a measure's value as the screen writes it: D of 0.4543 is “45,4”."""
    entry = view.catalogue.measures[measure]
    return view.fmt.number(None if value is None else value * entry.scale, entry.decimals)


def share_decimals(view: View, split: Split) -> int:
    """Give the decimals of a share: as many as the source publishes, one where the dashboard divides counts."""
    if split.group_kind == "share" and split.group_indicator is not None:
        return view.catalogue.indicator(split.group_indicator).decimals
    return 1


def interval_text(view: View, row: ReportRow, *, said: bool = False) -> str:
    """Give a measure's interval as it stands in a cell or is said in a sentence; empty when it has none."""
    if row.lower is None or row.upper is None:
        return ""
    entry = view.catalogue.measures[row.measure]
    written = view.fmt.between if said else view.fmt.interval
    return written(row.lower * entry.scale, row.upper * entry.scale, entry.decimals)


def chosen_row(view: View, choice: Choice) -> ReportRow | None:
    """Give the row of the chosen measure."""
    if choice.year is None:
        return None
    rows = reports.measures(view.warehouse, view.home.code, choice.level, choice.year, choice.split.id)
    return reports.row_of(rows, choice.measure)


def show_headline(view: View, choice: Choice) -> bool:
    """Lay out the sentence on the chosen measure.

    Returns
    -------
    Whether there is a value; without one the reason stands in its place.
    """
    t, row = view.t, chosen_row(view, choice)
    split = choice.split.name.in_(view.language)
    if row is None or row.value is None:
        reason = (row.reason if row else choice.reason) or "missing_values"
        st.html(html.headline(t("segregation.title_none", split=split.lower())))
        st.html(html.empty_state(t("segregation.none"), t(f"reason.{reason}"), t("segregation.none_fill")))
        return False
    entry = view.catalogue.measures[choice.measure]
    if choice.measure in ("dissimilarity", "multigroup_dissimilarity"):
        key = "segregation.title_dwellings" if choice.split.unit == "dwellings" else "segregation.title_dissimilarity"
        title = t(key, value=view.fmt.number(row.value * 100), split=split.lower())
    else:
        title = t(
            "segregation.title_measure",
            measure=entry.name.in_(view.language),
            value=value_text(view, choice.measure, row.value),
            split=split.lower(),
        )
    st.html(html.headline(title, _lead(view, choice, row)))
    if choice.split.approximation is not None:
        st.html(html.note(choice.split.approximation.in_(view.language)))
    return True


def _lead(view: View, choice: Choice, row: ReportRow) -> str:
    """Read the value aloud and say how sure it is; floor and change stand with their tables further down."""
    t = view.t
    value, floor = row.value, row.random_floor
    if value is not None and floor is not None and not distinguishable_from_chance(value, floor):
        return sentence(_reading(view, choice, row), t("measure.like_chance"))
    interval = interval_text(view, row, said=True)
    return sentence(_reading(view, choice, row), t("segregation.interval", interval=interval) if interval else "")


def _reading(view: View, choice: Choice, row: ReportRow) -> str:
    entry, split = view.catalogue.measures[choice.measure], choice.split
    return (
        entry.reading_for(split.unit)
        .in_(view.language)
        .format(
            value=value_text(view, choice.measure, row.value),
            group="" if split.group is None else split.group.in_(view.language),
            rest="" if split.rest is None else split.rest.in_(view.language),
            base="" if split.base is None else split.base.in_(view.language),
        )
    )


def show_all_measures(view: View, choice: Choice) -> None:
    """Lay out every measure of the split at both levels, with interval and floor."""
    t = view.t
    by_level = {
        level: reports.measures(view.warehouse, view.home.code, level, year, choice.split.id)
        for level in LEVELS
        if (year := _year_at(view, choice, level)) is not None
    }
    names = list(dict.fromkeys(row.measure for rows in by_level.values() for row in rows))
    columns = [tables.Column("measure", t("segregation.measure"))]
    for level, rows in by_level.items():
        label = t.n(f"level.{level}_n", rows[0].areas if rows else 0)
        columns += [
            tables.Column(f"{level}_value", t("segregation.value_at", level=label), numeric=True),
            tables.Column(f"{level}_interval", t("segregation.uncertainty"), numeric=True),
        ]
    lines = [_line(view, name, by_level) for name in names]
    floors = [
        t(
            "segregation.floor_at",
            level=t(f"level.{level}").lower(),
            floor=value_text(view, row.measure, row.random_floor),
        )
        for level, rows in by_level.items()
        for row in rows
        if row.measure == reports.dissimilarity_of(choice.split.kind) and row.random_floor is not None
    ]
    table = tables.table_html(
        columns, lines, caption=t("segregation.all_caption"), t=t, hide_caption=True, notes=[*floors]
    )
    content = Figure(
        key="measures",
        title=_scale_title(view, choice, by_level),
        summary=t("segregation.all_lead"),
        table=table,
        rows=lambda: [asdict(row) for rows in by_level.values() for row in rows],
        evidence=measure_evidence(view, choice, names, level=None),
        drawn_as_table=True,
    )
    show_figure(view, content, lambda: st.html(table))


def _year_at(view: View, choice: Choice, level: str) -> int | None:
    years = reports.years(view.warehouse, view.home.code, choice.split.id, level)
    return choice.year if choice.year in years else None


def _scale_title(view: View, choice: Choice, by_level: dict[str, tuple[ReportRow, ...]]) -> str:
    rows = {
        level: reports.row_of(found, reports.dissimilarity_of(choice.split.kind)) for level, found in by_level.items()
    }
    deso, regso = rows.get("deso"), rows.get("regso")
    if deso is None or regso is None or deso.value is None or regso.value is None:
        return view.t("segregation.all_title")
    # Both levels are published and perturbed on their own: a difference within the interval says nothing.
    near = abs(deso.value - regso.value) < SAME_VALUE
    return view.t(
        "segregation.scale_same" if near else "segregation.scale_title",
        deso=value_text(view, deso.measure, deso.value),
        regso=value_text(view, regso.measure, regso.value),
    )


def _line(view: View, name: str, by_level: dict[str, tuple[ReportRow, ...]]) -> dict[str, str | tables.Cell]:
    line: dict[str, str | tables.Cell] = {"measure": view.catalogue.measures[name].name.in_(view.language)}
    for level, rows in by_level.items():
        row = reports.row_of(rows, name)
        reason = view.t(f"reason.{row.reason}") if row is not None and row.reason else ""
        line[f"{level}_value"] = tables.Cell(value_text(view, name, row.value if row else None), reason)
        line[f"{level}_interval"] = interval_text(view, row) if row is not None else ""
    return line


def measure_evidence(view: View, choice: Choice, names: list[str], **asked: object) -> Evidence:
    """Give how the measures of a split are worked out.

    Parameters
    ----------
    view, choice
        Which split, level and year.
    names
        Ids of the measures.
    **asked
        Parameters of the query that differ from the choice; None stands for all.
    """
    split = choice.split
    kind: queries.QueryName = "segregation" if choice.two_groups else "multigroup"
    notes = [text.in_(view.language) for text in split.caveats]
    if split.approximation is not None:
        notes.insert(0, split.approximation.in_(view.language))
    return Evidence(
        indicators=[name for name in split.indicators if view.catalogue.indicator(name).family is None],
        measures=names,
        sources=list(split.sources),
        computed=True,
        years="" if choice.year is None else view.fmt.year(choice.year),
        queries=[
            Query(
                kind,
                queries.query(kind),
                {
                    "municipality": view.home.code,
                    "level": choice.level,
                    "year": choice.year,
                    "split": split.id,
                    "measures": None,
                }
                | asked,
            )
        ],
        notes=[*notes, reports.interval_note(view, split.unit)],
    )
