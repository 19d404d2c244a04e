"""How what is known of barriers is put into words, no finer than it is known."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.reach.barriers import BarrierReport
from dashboard.reach.city import Barrier, City
from dashboard.views.barrier_names import barrier_name
from dashboard.views.context import View
from dashboard.views.figure import Evidence
from dashboard.views.numbers import rounded
from dashboard.views.places_file import FILE_SOURCE
from dashboard.views.places_notice import network_credit, network_notes
from dashboard.views.places_numbers import METRE_STEPS, PEOPLE_STEPS, metres, whole_metres
from dashboard.views.tables import Cell
from dashboard.views.words import sentence

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
    "e45_bridge": "barriers.note_e45_bridge",
    "neighbourhood_boundary": "barriers.note_boundary",
    "course_unknown": "barriers.note_course_unknown",
}
CROSSING_KINDS = {
    "bridge": "barriers.kind_bridge",
    "underpass": "barriers.kind_underpass",
    "level": "barriers.kind_level",
    "unknown": "barriers.kind_unknown",
}


#: The same, counted.
CROSSING_COUNTS = {
    "bridge": "barriers.count_bridge",
    "underpass": "barriers.count_underpass",
    "level": "barriers.count_level",
    "unknown": "barriers.count_unknown",
}
#: Pairs from which on their number need not be told with every figure.
MANY_PAIRS = 100


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
    medians = key_figure(view, city, found)
    if medians is None:
        over, apart = (distance(view, city, one) for one in (astride.median_distance, astride.median_straight))
        return t("barriers.headline_over", name=barrier_name(view, barrier), apart=apart, over=over)
    if medians.more <= 0:
        return t("barriers.headline_same", name=barrier_name(view, barrier))
    return t("barriers.headline", name=barrier_name(view, barrier), more=view.fmt.number(medians.more))


@dataclass(frozen=True)
class KeyFigure:
    """The median ways across and beside as they are written, and the metres that the first is longer, rounded."""

    over: str
    beside: str
    more: float


def key_figure(view: View, city: City, found: BarrierReport) -> KeyFigure | None:
    """Give the medians of pairs astride and matched, and their difference; None where one of them is not known."""
    groups = (found.comparison.astride, found.comparison.matched)
    over, beside = (None if one is None else one.median_distance for one in groups)
    if over is None or beside is None:
        return None
    # Rounded once: the difference of two rounded ways can be off by a whole step.
    more = shown_metres(city, over - beside)
    return KeyFigure(distance(view, city, over), distance(view, city, beside), more)


def lead(view: View, city: City, found: BarrierReport | None) -> str:
    """Say what the headline rests on: the two medians and the number of pairs."""
    medians = None if found is None else key_figure(view, city, found)
    if found is None or medians is None:
        return view.t("barriers.lead")
    return sentence(
        view.t("barriers.key_lead", over=medians.over, beside=medians.beside),
        estimated_on(view, found),
        view.t("barriers.approximate") if city.is_schematic else "",
    )


def estimated_on(view: View, found: BarrierReport) -> str:
    """Say on how many pairs a comparison rests, where they are few."""
    astride = found.comparison.astride
    if astride is None or astride.pairs >= MANY_PAIRS:
        return ""
    return view.t("barriers.estimated_on", n=view.fmt.number(astride.pairs))


def counted(view: View, kind: str, n: int) -> str:
    """Give a number of crossings of a kind in words: “tre broar”."""
    numerals = view.t("barriers.numerals").split()
    word = numerals[n - 2] if 2 <= n < len(numerals) + 2 else view.fmt.number(n)
    return view.t.n(CROSSING_COUNTS[kind], n, n=word)


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
    return Cell(distance(view, city, value))


def distance(view: View, city: City, value: float) -> str:
    """Give a walking distance as it stands beside others: “850 m”, “1,5 km”; in metres on a measured network."""
    return metres(view, city, value) if city.is_schematic else whole_metres(view, city, value)


def ratio_cell(view: View, city: City, value: float | None) -> Cell:
    """Give a detour ratio for a table; None is the ratio of what cannot be reached."""
    return Cell(view.t("places.unreachable") if value is None else view.fmt.number(value, ratio_decimals(city)))


def ratio_decimals(city: City) -> int:
    """Give the decimals of a detour ratio: one on a schematic network, two on a measured one."""
    return 1 if city.is_schematic else 2


def shown_metres(city: City, value: float) -> float:
    """Round a difference in metres to the step of the network, as the screen and the files hold it."""
    step = METRE_STEPS[0 if city.is_schematic else 1]
    return rounded(value / step, 0) * step


def percent(view: View, share: float) -> str:
    """Give a share, 0–1, in whole per cent: few pairs bear no decimals."""
    return view.fmt.percent(100 * share, 0)


def shown_people(city: City, value: float) -> float:
    """Round a number of people, or a difference of two, as the screen shows it."""
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
    return {
        "network": city.kind,
        "network_made": city.made,
        "source": FILE_SOURCE,
        "note": network_notes(view, city)[0],
    }
