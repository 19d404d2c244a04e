"""What every figure on access rests on: places, network, people, and what they may lack."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.reach.city import City
from dashboard.sources.place_kinds import SERVICES
from dashboard.views.areas import home_areas
from dashboard.views.context import View
from dashboard.views.figure import Query
from dashboard.views.places_access_measures import LIMITS, AreaWay, left_out, told_minutes, withheld
from dashboard.views.places_file import FILE_SOURCE
from dashboard.views.places_notice import network_credit, network_notes
from dashboard.views.words import listed
from dashboard.warehouse.connection import query_text


def places_notes(view: View, city: City, kinds: Sequence[str]) -> list[str]:
    """Say what bounds the ways to these places: the network, and that places can be missing or lie about there."""
    t = view.t
    added = [place.name for kind in kinds for place in city.of_kind(kind) if place.approximate]
    lacking = [t(f"place_kind_plural.{kind}") for kind in SERVICES if not city.of_kind(kind)]
    hidden = [t(f"place_kind_plural.{kind}") for kind in withheld(city) if city.of_kind(kind)]
    return [
        *([t("access.too_short")] if city.is_schematic else []),
        *([t("access.withheld", names=listed(hidden, t))] if hidden else []),
        t("access.complete"),
        *([t("access.approximate", names=listed(added, t))] if added else []),
        *([t("access.not_there", names=listed(lacking, t))] if lacking else []),
    ]


def figure_notes(view: View, city: City, kinds: Sequence[str]) -> list[str]:
    """Give the sentences that belong into the account of every figure on access."""
    return [*network_notes(view, city), *places_notes(view, city, kinds), *_counted_still(view, city)]


def _counted_still(view: View, city: City) -> list[str]:
    """Name the areas that have no number of their own but count where areas are put together."""
    codes = left_out(city)
    names = [area.label for area in home_areas(view.warehouse, view.home.code, "deso") if area.area_code in codes]
    return [view.t("access.counted_still", names=listed(names, view.t))] if names else []


def place_sources(kinds: Sequence[str]) -> list[str]:
    """Give the sources of places: some schools come from their register."""
    return ["openstreetmap", *(["skolverket"] if "school" in kinds else [])]


def minutes_listed(view: View, city: City) -> str:
    """Give the minutes that shares are told for: “5, 10 och 15”."""
    return listed([view.fmt.number(n) for _, n in told_minutes(city)], view.t)


def file_shares(city: City, way: AreaWay) -> dict[str, float | None]:
    """Give the columns of a file with the shares of people within reach, for the minutes that are told."""
    return {f"share_within_{LIMITS[place]:.0f}_m": way.within[place] for place, _ in told_minutes(city)}


def file_basis(view: View, city: City) -> dict[str, object]:
    """Give the columns that tell a row of a file what it rests on."""
    return {
        "people_year": people_year(city),
        "network": city.kind,
        "network_made": city.made,
        "source": FILE_SOURCE,
        "note": network_notes(view, city)[0],
    }


def credit_lines(view: View, city: City, sources: Sequence[str]) -> list[str]:
    """Name where distances come from, and where the people."""
    found = [network_credit(view, city)]
    for name in sources:
        source = view.catalogue.sources[name]
        found.append((source.own_computation_citation or source.citation).in_(view.language))
    return found


def population_sources(view: View) -> list[str]:
    """Give the sources of the number of inhabitants of small areas."""
    return [view.catalogue.indicator("population").sources["deso"]]


def people_year(city: City) -> int | None:
    """Give the year that the number of inhabitants is of."""
    grouping = city.people.groupings.get("population")
    return None if grouping is None else grouping.year


def year_text(view: View, year: int | None) -> str:
    """Give a year as text; nothing when there is none."""
    return "" if year is None else view.fmt.year(year)


def queries(view: View, names: Sequence[str]) -> list[Query]:
    """Give the queries that people and places came from, as they ran."""
    return [Query(name, query_text(name), _parameters(view, name)) for name in names]


def _parameters(view: View, name: str) -> dict[str, object]:
    # A warehouse holds the network of one municipality, and its people's nodes with it.
    return {} if name == "network_people" else {"municipality": view.home.code}
