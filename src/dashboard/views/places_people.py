"""Who lives within a walk of each spot, group by group."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st

from dashboard.reach.catchment import FEWEST_PEOPLE, LIMITS
from dashboard.reach.city import City
from dashboard.views import links, tables
from dashboard.views.context import View
from dashboard.views.figure import DownloadRow, Evidence, Figure, show_figure
from dashboard.views.places_file import FILE_SOURCE
from dashboard.views.places_groups import GroupTexts, group_notes, group_texts
from dashboard.views.places_notice import network_credit, network_notes
from dashboard.views.places_numbers import people, rounded
from dashboard.views.places_results import SpotResult
from dashboard.views.words import listed

MINUTES = (5, 10, 15, 25)
MINUTES_KEY = "minuter"
USUAL_MINUTES = "10"
#: People that numbers in files are rounded to: they come from spreading people over nodes.
FILE_PEOPLE = 10.0
#: Why a share is not shown → status in files.
_STATUS = {"": "estimated", "too_few": "suppressed", "unknown": "missing"}


def show_people(view: View, city: City, found: Sequence[SpotResult]) -> None:
    """Lay out who lives within a walk of each spot, group by group, for as many minutes as are chosen."""
    options = [str(minute) for minute in MINUTES]
    links.restore_one(MINUTES_KEY, options, USUAL_MINUTES)
    content = people_figure(view, city, found, int(str(st.session_state[MINUTES_KEY])))

    def draw() -> None:
        chosen = st.segmented_control(
            view.t("places.within"),
            options,
            format_func=lambda one: view.t("places.minutes", n=one),
            required=True,
            key=MINUTES_KEY,
        )
        links.remember(MINUTES_KEY, str(chosen), USUAL_MINUTES)
        st.html(_table(view, city, found, [options.index(str(chosen))]))

    show_figure(view, content, draw)


def people_figure(view: View, city: City, found: Sequence[SpotResult], minute: int = 10) -> Figure:
    """Give the table of people by spot, group and minutes; its title is about one of `MINUTES`."""
    groupings = group_texts(view, city)
    sources = list(dict.fromkeys(["scb_tab6574", *(name for one in groupings for name in one.sources)]))
    return Figure(
        key="places-people",
        title=_people_title(view, city, found, minute),
        summary=view.t("places.people_summary"),
        table=_table(view, city, found, range(len(LIMITS))),
        rows=partial(_people_rows, view, city, found, groupings),
        evidence=Evidence(
            measures=["catchment"],
            sources=sources,
            credits=[network_credit(view, city), view.t("places.credit_people")],
            computed=True,
            notes=[*network_notes(view, city), *group_notes(view, groupings)],
        ),
    )


def _people_title(view: View, city: City, found: Sequence[SpotResult], minute: int) -> str:
    """Say between how few and how many live within so many minutes of the spots."""
    t, limit = view.t, LIMITS[MINUTES.index(minute)]
    known = [one for one in found if not np.isnan(one.people(limit))]
    if not known:
        return t("places.people_title_unknown")
    least, most = (pick(known, key=lambda one: one.people(limit)) for pick in (min, max))
    texts = [people(view, city, one.people(limit)) for one in (least, most)]
    said = view.fmt.number(minute)
    if texts[0] == texts[1]:
        return t(
            "places.people_title_one", minutes=said, n=texts[0], places=listed([one.spot.name for one in known], t)
        )
    return t(
        "places.people_title",
        minutes=said,
        low=texts[0],
        least=least.spot.name,
        high=texts[1],
        most=most.spot.name,
    )


def _table(view: View, city: City, found: Sequence[SpotResult], limits: Sequence[int]) -> str:
    """Give the table for some of `LIMITS`; with one of them alone, the spots' names are heading enough."""
    t, fmt = view.t, view.fmt
    groupings = group_texts(view, city)
    columns = [tables.Column("group", t("places.group"))]
    for n, one in enumerate(found):
        for place in limits:
            name, minute = one.spot.name, fmt.number(MINUTES[place])
            label = name if len(limits) == 1 else t("places.people_column", place=name, minutes=minute)
            columns.append(tables.Column(f"{n}-{LIMITS[place]:.0f}", label, numeric=True))
    columns.append(tables.Column("city", t("places.whole_city"), numeric=True))
    rows: list[dict[str, str | tables.Cell]] = [_total_row(view, city, found)]
    for grouping in groupings:
        rows += [
            {
                "group": name,
                **_group_cells(view, found, grouping, position),
                "city": _city_cell(view, city, grouping, position),
            }
            for position, name in enumerate(grouping.groups)
        ]
    return tables.table_html(
        columns,
        rows,
        caption=t("places.people_caption"),
        t=t,
        hide_caption=True,
        notes=_year_notes(view, groupings),
    )


def _total_row(view: View, city: City, found: Sequence[SpotResult]) -> dict[str, str | tables.Cell]:
    row: dict[str, str | tables.Cell] = {"group": view.t("places.everybody")}
    for n, one in enumerate(found):
        for limit in LIMITS:
            row[f"{n}-{limit:.0f}"] = tables.Cell(people(view, city, one.people(limit)), view.t("places.unknown"))
    whole = float(city.people.population.sum())
    row["city"] = tables.Cell(people(view, city, whole), view.t("places.unknown"))
    return row


def city_share(city: City, grouping: str, position: int) -> float | None:
    """Give a group's share of the whole municipality in per cent; None when it is not known."""
    counts = city.people.groupings[grouping].counts.sum(axis=0)
    share = 100 * float(counts[position] / counts.sum())
    return None if np.isnan(share) else share


def _city_cell(view: View, city: City, grouping: GroupTexts, position: int) -> tables.Cell:
    return tables.Cell(view.fmt.percent(city_share(city, grouping.id, position), 0), view.t("places.unknown"))


def _group_cells(
    view: View, found: Sequence[SpotResult], grouping: GroupTexts, position: int
) -> dict[str, str | tables.Cell]:
    """Give the shares of a group, in per cent; not where so few are reached that they tell of single households."""
    cells: dict[str, str | tables.Cell] = {}
    for n, one in enumerate(found):
        for place, limit in enumerate(LIMITS):
            share, reason = group_share(one, grouping.id, place, position)
            text = view.fmt.percent(None if share is None else 100 * share, 0)
            cells[f"{n}-{limit:.0f}"] = tables.Cell(text, _reason(view, reason))
    return cells


def _reason(view: View, reason: str) -> str:
    if not reason:
        return ""
    return view.t("places.unknown") if reason == "unknown" else view.t("places.too_few")


def group_share(result: SpotResult, grouping: str, place: int, position: int) -> tuple[float | None, str]:
    """Give a group's share of those who are reached within a limit, or why it is not shown.

    Parameters
    ----------
    result
        The spot.
    grouping
        Id of the grouping.
    place
        Which of `LIMITS`.
    position
        Which of the groups.
    """
    counts = result.within[grouping][place]
    total = float(counts.sum())
    if np.isnan(total):
        return None, "unknown"
    if total < FEWEST_PEOPLE:
        return None, "too_few"
    return float(counts[position] / total), ""


def _year_notes(view: View, groupings: Sequence[GroupTexts]) -> list[str]:
    return [view.t("places.shares_note"), *group_notes(view, groupings)[:1]]


def _people_rows(
    view: View, city: City, found: Sequence[SpotResult], groupings: Sequence[GroupTexts]
) -> list[DownloadRow]:
    note = network_notes(view, city)[0]
    rows: list[DownloadRow] = []
    for one in found:
        for minute, limit, place in zip(MINUTES, LIMITS, range(len(LIMITS)), strict=True):
            for grouping in groupings:
                counts = one.within[grouping.id][place]
                _, reason = group_share(one, grouping.id, place, 0)
                rows += [
                    {
                        "place": one.spot.name,
                        "minutes": minute,
                        "metres": limit,
                        "grouping": grouping.id,
                        "group": name,
                        "number": None if reason else rounded(float(counts[n]), FILE_PEOPLE),
                        "status": _STATUS[reason],
                        "year": grouping.year,
                        "network": city.kind,
                        "source": FILE_SOURCE,
                        "note": note,
                    }
                    for n, name in enumerate(grouping.groups)
                ]
    return rows
