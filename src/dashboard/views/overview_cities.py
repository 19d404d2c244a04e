"""How segregated the home municipality is beside its peers, split by split, with intervals and floors."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from dashboard.measures import segregation
from dashboard.measures.inference import distinguishable_from_chance
from dashboard.measures.report import CityComparison, ReportRow
from dashboard.views import charts, html, links, reports, tables
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.views.numbers import rounded
from dashboard.views.pictures import show_chart
from dashboard.views.segregation_choice import splits_in_order
from dashboard.views.words import sentence

LEVEL = "deso"
FIRST_SPLIT = "foreign_background"


def comparable_splits(view: View) -> list[str]:
    """Give the splits that at least one peer has figures for too, in the catalogue's order."""
    return [name for name in splits_in_order(view) if len(known_cities(view, name)[1]) > 1]


def known_cities(view: View, split: str) -> tuple[int | None, list[CityComparison]]:
    """Give the newest year of a split and the cities that have D in it, the highest first."""
    years = reports.years(view.warehouse, view.home.code, split, LEVEL)
    if not years:
        return None, []
    rows = reports.cities(view.warehouse, LEVEL, years[-1], split)
    return years[-1], [row for row in rows if row.city.value is not None]


def show_cities(view: View) -> None:
    """Lay out D of the chosen split in all cities, and a table of all splits."""
    splits = comparable_splits(view)
    if not splits:
        st.html(html.section(view.t("cities.none_title")))
        st.html(html.empty_state(view.t("cities.none"), view.t("cities.none_why"), view.t("overview.missing_fill")))
        return
    first = FIRST_SPLIT if FIRST_SPLIT in splits else splits[0]
    links.restore_one("delning", splits, first)
    split = str(st.session_state["delning"])
    year, rows = known_cities(view, split)
    content = _figure(view, split, year or 0, rows, splits)

    def draw() -> None:
        st.pills(
            view.t("cities.split"),
            splits,
            format_func=lambda name: view.catalogue.splits[name].name.in_(view.language),
            required=True,
            key="delning",
            label_visibility="collapsed",
        )
        links.remember("delning", split, first)
        spec = charts.interval_dots(
            [_interval_row(view, row.city) for row in rows],
            theme=view.theme,
            t=view.t,
            description=content.summary,
            axis_title=view.t("cities.axis"),
            domain=_domain(rows),
        )
        show_chart(spec, key="cities-chart", alt=content.summary)
        approximation = view.catalogue.splits[split].approximation
        if approximation is not None:
            st.html(html.note(approximation.in_(view.language)))

    show_figure(view, content, draw)


def _domain(rows: list[CityComparison]) -> tuple[float, float]:
    """Give the same axis to every split, so that two of them can be compared by eye."""
    highest = max((row.city.upper or row.city.value or 0.0) * 100 for row in rows)
    return (0.0, 60.0) if highest <= 60 else (0.0, 100.0)


def city_name(view: View, code: str) -> str:
    """Give a municipality's name."""
    return next(one.name for one in view.municipalities if one.code == code)


def _interval_row(view: View, row: ReportRow) -> charts.IntervalRow:
    return charts.IntervalRow(
        name=city_name(view, row.municipality),
        value=(row.value or 0.0) * 100,
        text=view.fmt.number((row.value or 0.0) * 100, 1),
        lower=None if row.lower is None else row.lower * 100,
        upper=None if row.upper is None else row.upper * 100,
        floor=None if row.random_floor is None else row.random_floor * 100,
        home=row.municipality == view.home.code,
    )


def _home_and_nearest(view: View, rows: list[CityComparison]) -> tuple[CityComparison, CityComparison]:
    """Give the home municipality and the peer whose D is nearest to it."""
    home = next(row for row in rows if row.city.municipality == view.home.code)
    others = [row for row in rows if row is not home]
    return home, min(others, key=lambda row: abs((row.city.value or 0.0) - (home.city.value or 0.0)))


def _shown(row: CityComparison) -> float:
    """Give a city's value as it is shown, of 100."""
    return rounded((row.city.value or 0.0) * 100, 1)


def headline(view: View, split: str, rows: list[CityComparison]) -> str:
    """Say where the home municipality stands, and whether the nearest one differs by more than chance."""
    t, fmt = view.t, view.fmt
    home, nearest = _home_and_nearest(view, rows)
    place = rows.index(home)
    said = {
        "city": view.home.name,
        "split": view.catalogue.splits[split].name.in_(view.language).lower(),
        "value": fmt.number((home.city.value or 0.0) * 100),
        "other": city_name(view, nearest.city.municipality),
        "n": fmt.number(len(rows)),
        "other_value": fmt.number((nearest.city.value or 0.0) * 100),
    }
    if nearest.difference is None or not nearest.difference.differs:
        return t("cities.title_same", **said)
    if place == 0:
        return t("cities.title_highest", **said)
    if place == len(rows) - 1:
        return t("cities.title_lowest", **said)
    above, below = fmt.number(place), fmt.number(len(rows) - 1 - place)
    return t(
        "cities.title_between",
        city=said["city"],
        split=said["split"],
        value=said["value"],
        above=above,
        below=below,
    )


def chance_words(view: View, rows: list[CityComparison]) -> str:
    """Say whether the nearest city differs by more than chance, and what chance alone would give."""
    t, fmt = view.t, view.fmt
    home, nearest = _home_and_nearest(view, rows)
    chance, found = "", nearest.difference
    if found is not None and found.value is not None and found.lower is not None and found.upper is not None:
        # The difference is told as a distance: its sign follows from the headline.
        low, high = (found.lower, found.upper) if found.value >= 0 else (-found.upper, -found.lower)
        chance = t(
            "cities.more_than_chance" if found.differs else "cities.within_chance",
            other=city_name(view, nearest.city.municipality),
            # That of the two values as they are shown: 45.4 and 38.4 are 7.0 apart for whoever reads them.
            difference=fmt.number(abs(_shown(home) - _shown(nearest)), 1),
            interval=fmt.between(low * 100, high * 100, 1),
        )
    value, floor = home.city.value, home.city.random_floor
    like_chance = ""
    if value is not None and floor is not None and not distinguishable_from_chance(value, floor):
        like_chance = t("measure.like_chance")
    usual = "" if floor is None else t("cities.floor", floor=fmt.number(floor * 100))
    return sentence(chance, usual, like_chance)


def _figure(view: View, split: str, year: int, rows: list[CityComparison], splits: list[str]) -> Figure:
    entry = view.catalogue.splits[split]
    measure = reports.dissimilarity_of(entry.kind)
    approximation = [] if entry.approximation is None else [entry.approximation.in_(view.language)]
    return Figure(
        key="cities",
        title=headline(view, split, rows),
        summary=sentence(chance_words(view, rows), view.t("cities.areas")),
        table=_table(view, splits),
        rows=[row for name in splits for row in _download(view, name)],
        evidence=Evidence(
            indicators=[name for name in entry.indicators if view.catalogue.indicator(name).family is None],
            measures=[measure, "random_floor"],
            sources=list(entry.sources),
            computed=True,
            years=view.fmt.year(year),
            queries=[
                Query(
                    measure,
                    segregation.query("segregation" if entry.kind == "two_group" else "multigroup"),
                    {
                        "municipality": None,
                        "level": LEVEL,
                        "year": year,
                        "split": split,
                        "measures": [measure],
                    },
                )
            ],
            notes=[*approximation, reports.interval_note(view, entry.unit)],
        ),
    )


def _download(view: View, split: str) -> list[dict[str, object]]:
    rows = known_cities(view, split)[1]
    return [
        {"name": city_name(view, row.city.municipality)}
        | asdict(row.city)
        | {
            "difference": row.difference.value if row.difference else None,
            "difference_lower": row.difference.lower if row.difference else None,
            "difference_upper": row.difference.upper if row.difference else None,
        }
        for row in rows
    ]


def _table(view: View, splits: list[str]) -> str:
    t, fmt = view.t, view.fmt
    cities = [
        one
        for one in view.municipalities
        if any(r.city.municipality == one.code for r in known_cities(view, splits[0])[1])
    ]
    lines = []
    for split in splits:
        year, rows = known_cities(view, split)
        found = {row.city.municipality: row.city for row in rows}
        name = view.catalogue.splits[split].name.in_(view.language)
        line: dict[str, str | tables.Cell] = {"split": f"{name}, {fmt.year(year or 0)}"}
        for city in cities:
            row = found.get(city.code)
            if row is None or row.value is None:
                line[city.code] = tables.Cell(fmt.number(None), t("reason.group_missing"))
            else:
                interval = (
                    ""
                    if row.lower is None or row.upper is None
                    else f" ({fmt.interval(row.lower * 100, row.upper * 100, 1)})"
                )
                line[city.code] = f"{fmt.number(row.value * 100, 1)}{interval}"
        lines.append(line)
    return tables.table_html(
        [
            tables.Column("split", t("cities.split")),
            *(tables.Column(city.code, city.name, numeric=True) for city in cities),
        ],
        lines,
        caption=t("cities.table"),
        t=t,
        notes=[t("cities.table_note")],
    )
