"""How what is known of barriers is put into words, no finer than it is known."""

from __future__ import annotations

from dashboard.reach.barriers import BarrierReport
from dashboard.reach.city import Barrier, City
from dashboard.views.barrier_names import barrier_name
from dashboard.views.context import View
from dashboard.views.figure import Evidence
from dashboard.views.numbers import NBSP, rounded
from dashboard.views.places_notice import network_credit, network_notes
from dashboard.views.places_numbers import METRE_STEPS, PEOPLE_STEPS, metres
from dashboard.views.tables import Cell

#: Why there is no answer → text.
REASONS = {
    "too_few_astride": "barriers.too_few_astride",
    "too_few_matched": "barriers.too_few_matched",
    "nobody_near": "barriers.nobody_near",
    "no_matched_pairs": "barriers.no_matched_pairs",
    "no_opposite_nodes": "barriers.no_opposite_nodes",
}
#: What is to be known of a crossing or of a barrier's course → text.
NOTES = {
    "not_verified": "barriers.note_not_verified",
    "railway_bridge": "barriers.note_railway_bridge",
    "e45_bridge": "barriers.note_road_bridge",
    "neighbourhood_boundary": "barriers.note_boundary",
    "course_unknown": "barriers.note_course_unknown",
}
CROSSING_KINDS = {
    "bridge": "barriers.kind_bridge",
    "underpass": "barriers.kind_underpass",
    "level": "barriers.kind_level",
    "unknown": "barriers.kind_unknown",
}


def headline(view: View, city: City, barrier: Barrier, found: BarrierReport | None) -> str:
    """Say in one sentence what a barrier does to a walk across it."""
    t = view.t
    if found is None:
        return t("barriers.headline_unknown", name=barrier_name(view, barrier))
    astride, matched = found.comparison.astride, found.comparison.matched
    if astride is None or matched is None:
        return t("barriers.headline_few", name=barrier_name(view, barrier))
    if astride.median_distance is None:
        return t("barriers.headline_unreachable", name=barrier_name(view, barrier))
    over = metres(view, city, astride.median_distance)
    apart = metres(view, city, astride.median_straight)
    if matched.median_distance is None:
        return t("barriers.headline_over", name=barrier_name(view, barrier), apart=apart, over=over)
    beside = metres(view, city, matched.median_distance)
    return t("barriers.headline", name=barrier_name(view, barrier), apart=apart, over=over, beside=beside)


def note_text(view: View, note: str) -> str:
    """Give a note of the data in words; nothing for one without words of its own."""
    return view.t(NOTES[note]) if note in NOTES else ""


def reason_text(view: View, reason: str) -> str:
    """Say why there is no answer."""
    return view.t(REASONS[reason])


def metres_cell(view: View, city: City, value: float | None) -> Cell:
    """Give a walking distance in metres for a table; None is a distance that no way leads over."""
    if value is None:
        return Cell(view.t("places.unreachable"))
    return Cell(f"{view.fmt.number(shown_metres(city, value))}{NBSP}m")


def ratio_cell(view: View, city: City, value: float | None) -> Cell:
    """Give a detour ratio for a table; None is the ratio of what cannot be reached."""
    return Cell(view.t("places.unreachable") if value is None else view.fmt.number(value, ratio_decimals(city)))


def ratio_decimals(city: City) -> int:
    """Give the decimals of a detour ratio: one on a schematic network, two on a measured one."""
    return 1 if city.is_schematic else 2


def shown_metres(city: City, value: float) -> float:
    """Round metres as a table shows them."""
    step = METRE_STEPS[0 if city.is_schematic else 1]
    return rounded(value / step, 0) * step


def percent(view: View, share: float) -> str:
    """Give a share, 0–1, in whole per cent: few pairs bear no decimals."""
    return view.fmt.percent(100 * share, 0)


def shown_people(city: City, value: float) -> float:
    """Round a number of people as the screen shows it, so that a difference fits the two numbers beside it."""
    step = PEOPLE_STEPS[0 if city.is_schematic else 1]
    return rounded(value / step, 0) * step


def evidence(view: View, city: City, barrier: Barrier, *notes: str) -> Evidence:
    """Give how a figure on a barrier was worked out: measures, network, and what is not known of the barrier."""
    known = note_text(view, barrier.note)
    return Evidence(
        measures=["barrier", "detour_ratio"],
        sources=["openstreetmap"],
        credits=[network_credit(view, city)],
        computed=True,
        notes=[*network_notes(view, city), *([known] if known else []), *notes],
    )


def provenance(view: View, city: City) -> dict[str, object]:
    """Give the columns that tell a row of a file what it rests on."""
    return {"network": city.kind, "network_made": city.made, "note": network_notes(view, city)[0]}
