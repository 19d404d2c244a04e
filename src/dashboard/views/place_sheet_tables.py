"""Tables of the pages on a place: who can walk there, how mixed they are, how far things lie, how central it is."""

from __future__ import annotations

import math
from collections.abc import Sequence

from dashboard.place_sheets import BarCell, BarRow, BarTable
from dashboard.reach.catchment import LIMITS, Walk
from dashboard.reach.centrality import RADII
from dashboard.reach.city import City
from dashboard.views.context import View
from dashboard.views.figure import Evidence, source_text
from dashboard.views.numbers import MISSING
from dashboard.views.places_groups import MIXES, GroupTexts, group_texts
from dashboard.views.places_map import service_label
from dashboard.views.places_notice import network_credit
from dashboard.views.places_numbers import metres, minutes, mix, people
from dashboard.views.places_people import MINUTES, city_share, group_share, people_figure
from dashboard.views.places_points import comparison_rows
from dashboard.views.places_results import SpotResult
from dashboard.views.places_ways import NEAREST, chosen_walks, ways_title
from dashboard.views.words import listed, lower_first, sentence, upper_first

#: Which of the limits sentences are about: 15 minutes.
_QUARTER = MINUTES.index(15)


def people_table(view: View, city: City, result: SpotResult) -> BarTable:
    """Give how many live within each walk, and how large a share of them belong to each group."""
    t, groupings = view.t, group_texts(view, city)
    rows = [_everybody(view, city, result), *(row for one in groupings for row in _shares(view, city, result, one))]
    figure = people_figure(view, city, [result])
    reasons = [group_share(result, one.id, place, 0)[1] for one in groupings for place in range(len(LIMITS))]
    hidden = {"too_few": "places.too_few", "unknown": "places.unknown"}
    return BarTable(
        heading=t("place_sheet.people"),
        lead=_people_lead(view, city, result),
        headings=_headings(view, t("places.group")),
        rows=tuple(rows),
        notes=(
            sentence(t("places.shares_note"), *_withheld(view, [t(hidden[one]) for one in reasons if one])),
            _credited(view, network_credit(view, city), *_sources(view, figure.evidence.sources)),
        ),
        beside=True,
    )


def _people_lead(view: View, city: City, result: SpotResult) -> str:
    five, ten, fifteen, last = (people(view, city, result.people(limit)) for limit in LIMITS)
    if MISSING in (five, ten, fifteen, last):
        return ""
    return view.t("place_sheet.people_lead", five=five, ten=ten, fifteen=fifteen, last=last)


def _everybody(view: View, city: City, result: SpotResult) -> BarRow:
    counts = [result.people(limit) for limit in LIMITS]
    most = max((one for one in counts if math.isfinite(one)), default=0.0)
    cells = [
        BarCell(people(view, city, one), one / most if most > 0 and math.isfinite(one) else None) for one in counts
    ]
    whole = BarCell(people(view, city, float(city.people.population.sum())))
    return BarRow(view.t("places.everybody"), _year(view, city, "population"), (*cells, whole))


def _year(view: View, city: City, grouping: str) -> str:
    found = city.people.groupings.get(grouping)
    return "" if found is None else view.fmt.year(found.year)


def _shares(view: View, city: City, result: SpotResult, grouping: GroupTexts) -> list[BarRow]:
    """Give a row for each group; of two groups the first says it all."""
    shown = grouping.groups[:1] if len(grouping.groups) == 2 else grouping.groups
    rows = []
    for position, name in enumerate(shown):
        own = [group_share(result, grouping.id, place, position)[0] for place in range(len(LIMITS))]
        shares = [None if one is None else 100 * one for one in own]
        cells = [_share(view, one) for one in (*shares, city_share(city, grouping.id, position))]
        rows.append(BarRow(name, view.fmt.year(grouping.year), tuple(cells)))
    return rows


def _share(view: View, percent: float | None) -> BarCell:
    return BarCell(view.fmt.percent(percent, 0), None if percent is None else percent / 100)


def mix_table(view: View, city: City, result: SpotResult) -> BarTable:
    """Give the meeting potential within each walk, where 1 is as mixed as the whole city."""
    t, groupings = view.t, group_texts(view, city, MIXES)
    rows = [
        BarRow(
            one.name,
            view.fmt.year(one.year),
            (*(BarCell(mix(view, result.mix_at(one.id, limit))) for limit in LIMITS), BarCell(mix(view, 1.0))),
        )
        for one in groupings
    ]
    hidden = [t("places.too_few") for row in rows if any(cell.text == MISSING for cell in row.cells)]
    return BarTable(
        heading=t("place_sheet.mix"),
        lead=_mix_lead(view, result, groupings),
        headings=_headings(view, t("place_sheet.mix_by")),
        rows=tuple(rows),
        notes=(sentence(t("places.mix_read"), *_withheld(view, hidden)),),
        none=t("places.mix_title_unknown"),
        beside=True,
    )


def _mix_lead(view: View, result: SpotResult, groupings: Sequence[GroupTexts]) -> str:
    said = [
        view.t("place_sheet.mix_part", value=mix(view, value), by=lower_first(one.name))
        for one in groupings[:2]
        if not math.isnan(value := result.mix_at(one.id, LIMITS[_QUARTER]))
    ]
    return view.t("place_sheet.mix_lead", parts=listed(said, view.t)) if said else ""


def ways_table(view: View, city: City, result: SpotResult) -> BarTable:
    """Give the way to the nearest place of each kind, the nearest first."""
    t, walks = view.t, chosen_walks(result, NEAREST)
    farthest = max((walk.metres for walk in walks if math.isfinite(walk.metres)), default=0.0)
    rows = [_way(view, city, walk, farthest) for walk in walks]
    notes = [t("places.note_completeness")]
    notes += [t("places.note_approximate")] if any(walk.place.approximate for walk in walks) else []
    return BarTable(
        heading=t("place_sheet.ways"),
        lead=f"{ways_title(view, city, result)}.",
        headings=(t("places.ways_to"), t("places.ways_metres"), t("places.ways_minutes"), t("places.ways_straight")),
        rows=tuple(rows),
        notes=(sentence(*notes), _credited(view, network_credit(view, city))),
        none=t("places.ways_title_none", place=result.spot.name),
    )


def _way(view: View, city: City, walk: Walk, farthest: float) -> BarRow:
    place = walk.place
    name = view.t("places.ways_approximate", name=place.name) if place.approximate else place.name
    length = walk.metres / farthest if farthest > 0 and math.isfinite(walk.metres) else None
    return BarRow(
        upper_first(service_label(view, place.kind, name)),
        "",
        (
            BarCell(metres(view, city, walk.metres), length),
            BarCell(minutes(view, walk.metres)),
            BarCell(metres(view, city, walk.straight_metres)),
        ),
    )


def central_table(view: View, city: City, result: SpotResult) -> BarTable:
    """Give how central the place lies in the walk network, as far as that was worked out."""
    t = view.t
    points = {row.id: row for row in comparison_rows(view, city)}
    rows = []
    for name, label in (("integration", t("place_sheet.integration")), ("through", t("place_sheet.through"))):
        values = [(points[f"{name}_{radius:.0f}"], radius) for radius in RADII]
        ranks = [(row.value(result), row.text) for row, _ in values]
        if not all(math.isnan(rank) for rank, _ in ranks):
            cells = [BarCell(text(rank), None if math.isnan(rank) else rank / 100) for rank, text in ranks]
            rows.append(BarRow(label, "", tuple(cells)))
    return BarTable(
        heading=t("place_sheet.central"),
        headings=(
            t("place_sheet.within"),
            *(t("place_sheet.radius", metres=view.fmt.number(radius)) for radius in RADII),
        ),
        rows=tuple(rows),
        notes=(t("places.syntax_note"),) if rows else (),
        none=t("place_sheet.central_none"),
    )


def _headings(view: View, first: str) -> tuple[str, ...]:
    within = (view.t("places.minutes", n=view.fmt.number(minute)) for minute in MINUTES)
    return first, *within, view.t("places.whole_city")


def _withheld(view: View, reasons: Sequence[str]) -> list[str]:
    """Say why “..” stands where it does, each reason once."""
    return [view.t("place_sheet.withheld", why=lower_first(why)) for why in dict.fromkeys(reasons)]


def _sources(view: View, names: Sequence[str]) -> list[str]:
    return [source_text(view, Evidence(sources=list(names), computed=True))] if names else []


def _credited(view: View, *named: str) -> str:
    return view.t("place_sheet.source", sources="; ".join(named))
