"""All services at a glance: how many of all inhabitants live how near."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from dashboard.reach.city import City
from dashboard.views import charts, tables
from dashboard.views import places_access_words as words
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, show_figure
from dashboard.views.pictures import show_chart
from dashboard.views.places_access_evidence import (
    credit_lines,
    figure_notes,
    file_basis,
    file_shares,
    minutes_listed,
    people_year,
    place_sources,
    population_sources,
    queries,
    year_text,
)
from dashboard.views.places_access_measures import MINUTES, AreaWay, city_way, services, told_minutes
from dashboard.views.places_file import file_metres, file_people
from dashboard.views.words import listed, upper_first

TEN = MINUTES.index(10)
PARTS = ("access.part_5", "access.part_10", "access.part_15", "access.part_more")
SCHEMATIC_PARTS = ("access.part_up_to_10", "access.part_15", "access.part_more")


def show_services(view: View, city: City) -> None:
    """Lay out one bar a service, from that which most live close to, to that which fewest do."""
    found = ways_in_order(city)
    content = services_figure(view, city, found)

    def draw() -> None:
        theme = view.theme
        spec = charts.tenure_bar(
            [charts.StackedRow(_row_label(view, kind, way), _parts(city, way)) for kind, way in found],
            [view.t(part) for part in parts_of(city)],
            theme=theme,
            t=view.t,
            fmt=view.fmt,
            description=content.summary,
            # Near is dark, as on the maps.
            colors=(theme.sequential[4], theme.sequential[3], theme.sequential[2], theme.track)[-len(parts_of(city)) :],
        )
        show_chart(spec, key="access-services-chart", alt=content.summary)

    show_figure(view, content, draw)


def ways_in_order(city: City) -> list[tuple[str, AreaWay]]:
    """Give the ways of all inhabitants to every service, the one most live close to first."""
    found = [(kind, city_way(city, kind)) for kind in services(city)]
    return sorted(found, key=lambda pair: -(pair[1].within[TEN] or 0.0))


def services_figure(view: View, city: City, found: list[tuple[str, AreaWay]]) -> Figure:
    """Give what stands around the bars: title and summary worked out, table, files, and how it was worked out."""
    kinds = [kind for kind, _ in found]
    return Figure(
        key="access-services",
        title=_title(view, found),
        summary=view.t("access.services_summary", shares=listed([_share(view, *pair) for pair in found], view.t)),
        table=partial(_table, view, city, found),
        rows=[_download(view, city, kind, way) for kind, way in found],
        evidence=Evidence(
            measures=["network_distance"],
            sources=[*place_sources(kinds), *population_sources(view)],
            credits=credit_lines(view, city, population_sources(view)),
            years=year_text(view, people_year(city)),
            queries=queries(view, ["city_places", "network_people", "area_groups"]),
            notes=figure_notes(view, city, kinds),
        ),
    )


def _title(view: View, found: list[tuple[str, AreaWay]]) -> str:
    first, last = found[0], found[-1]
    if len({way.within[TEN] for _, way in (first, last)}) < 2 or first[1].within[TEN] is None:
        return view.t("access.services_title_plain")
    return view.t(
        "access.services_title",
        most=view.t(f"place_kind_one.{first[0]}"),
        fewest=view.t(f"place_kind_one.{last[0]}"),
    )


def _share(view: View, kind: str, way: AreaWay) -> str:
    share = words.percent(view, way.within[TEN])
    return view.t("access.services_share", service=view.t(f"place_kind.{kind}"), share=share)


def _row_label(view: View, kind: str, way: AreaWay) -> str:
    return view.t(
        "access.services_row",
        service=upper_first(view.t(f"place_kind.{kind}")),
        share=words.percent(view, way.within[TEN]),
    )


def parts_of(city: City) -> tuple[str, ...]:
    """Give the texts of the parts of a bar: a schematic network does not tell the nearest ones apart."""
    return SCHEMATIC_PARTS if city.is_schematic else PARTS


def _parts(city: City, way: AreaWay) -> list[float | None]:
    """Give the shares within each stretch of minutes, and of all others, in per cent."""
    if not way.known:
        return [None] * len(parts_of(city))
    bounds = [0.0, *(100 * (way.within[place] or 0.0) for place, _ in told_minutes(city)), 100.0]
    return [high - low for low, high in pairwise(bounds)]


def _table(view: View, city: City, found: list[tuple[str, AreaWay]]) -> str:
    t, fmt = view.t, view.fmt
    rows: list[dict[str, str | tables.Cell]] = [
        {
            "service": upper_first(t(f"place_kind.{kind}")),
            "places": fmt.number(len(city.of_kind(kind))),
            **{f"within_{n}": words.share_cell(view, way, place) for place, n in told_minutes(city)},
            "mean": words.metres_cell(view, city, way),
            "minutes": words.minutes_cell(view, way),
        }
        for kind, way in found
    ]
    columns = [
        tables.Column("service", t("access.service")),
        tables.Column("places", t("access.services_count"), numeric=True),
        *(
            tables.Column(f"within_{n}", t("access.within", n=fmt.number(n)), numeric=True)
            for _, n in told_minutes(city)
        ),
        tables.Column("mean", t("access.mean_metres"), numeric=True),
        tables.Column("minutes", t("access.minutes"), numeric=True),
    ]
    return tables.table_html(
        columns,
        rows,
        caption=t(
            "access.services_caption",
            minutes=minutes_listed(view, city),
            year=year_text(view, people_year(city)) or fmt.number(None),
        ),
        t=t,
    )


def _download(view: View, city: City, kind: str, way: AreaWay) -> dict[str, object]:
    return {
        "municipality": view.home.code,
        "service": kind,
        "service_name": view.t(f"place_kind.{kind}"),
        "places": len(city.of_kind(kind)),
        "mean_metres": file_metres(city, way.mean),
        "share_reached": way.reached,
        **file_shares(city, way),
        "people": file_people(city, way.people),
        **file_basis(view, city),
    }
