"""Lists of the pages on a place: what is in the way, how it is used, what is assumed, how all was worked out."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.reach.city import City, Crossing
from dashboard.reach.network import straight
from dashboard.sheets import Item, Section
from dashboard.sources.use_fields import QUESTIONS
from dashboard.views.barrier_names import barrier_name
from dashboard.views.barrier_results import report_of
from dashboard.views.barrier_words import headline, key_figure, lead, note_text
from dashboard.views.context import View
from dashboard.views.figure import Evidence, source_text
from dashboard.views.places_compare import barriers_near, unknown_courses
from dashboard.views.places_groups import group_notes, group_texts
from dashboard.views.places_map import crossing_label
from dashboard.views.places_notice import network_credit, network_notes
from dashboard.views.places_numbers import metres
from dashboard.views.places_results import SpotResult
from dashboard.views.places_use import known_words
from dashboard.views.places_use_answers import criteria_title, question_title
from dashboard.views.use_figures import PARTS, answers, people, totals
from dashboard.views.use_parts import Line, said_of_parts
from dashboard.views.use_words import code_label, field_label
from dashboard.views.words import listed, sentence

#: Crossings that are named, the nearest first.
MOST_CROSSINGS = 3
MEASURES = ("catchment", "social_mix", "network_distance")


def barriers_section(view: View, city: City, result: SpotResult) -> Section:
    """Give what lies in the way: barriers near the place, the nearest crossings, what a barrier does to ways."""
    t = view.t
    near = listed(barriers_near(view, city, result), t)
    items = [Item(f"{t('places.row_barriers')}:", f"{near or t('places.no_barrier')}.")]
    items += [Item("", one) for one in unknown_courses(view, city)]
    items += [Item("", _crossing(view, city, result, one)) for one in _nearest(city, result)]
    items += [item for one in city.barriers if (item := _effect(view, city, one.id)) is not None]
    return Section(t("place_sheet.barriers"), items=tuple(items))


def _nearest(city: City, result: SpotResult) -> list[Crossing]:
    spot = result.spot
    return sorted(city.crossings, key=lambda one: float(straight(one.x, one.y, spot.x, spot.y)))[:MOST_CROSSINGS]


def _crossing(view: View, city: City, result: SpotResult, crossing: Crossing) -> str:
    apart = float(straight(crossing.x, crossing.y, result.spot.x, result.spot.y))
    said = crossing_label(view, crossing)
    return view.t("place_sheet.crossing", crossing=said, metres=metres(view, city, apart))


def _effect(view: View, city: City, barrier_id: str) -> Item | None:
    """Give what a barrier does to ways across it, in the whole city; nothing where its course is not known."""
    found = report_of(city, barrier_id)
    if found is None:
        return None
    said = f"{headline(view, city, found.barrier, found)}."
    name = view.t("place_sheet.barrier_city", name=barrier_name(view, found.barrier))
    medians = key_figure(view, city, found)
    # Whoever subtracts the two ways on paper finds another detour: it is that of the ways before they are rounded.
    apart = view.t("barriers.difference_note") if medians is not None and medians.more > 0 else ""
    return Item(name, sentence(said, lead(view, city, found), apart, note_text(view, found.barrier.note)))


def use_section(view: View, place: str) -> Section:
    """Give what was seen, answered and judged at a place; or that nothing is known, and why."""
    t, heading = view.t, view.t("places.use")
    found = totals(view.warehouse, place) if place else None
    if found is None or found.nothing:
        return Section(heading, texts=(sentence(t("plan.missing_said"), t("places.use_none"), t("use.none_why")),))
    items: list[Item] = []
    if found.observed:
        items += [Item(f"{field_label(t, field)}.", _seen(view, place, field)) for field in PARTS]
    if found.answered:
        said = (question_title(view, question, answers(view.warehouse, place, question)) for question in QUESTIONS)
        items += [Item("", f"{one.rstrip('.')}.") for one in said]
    if found.rated:
        rows = {str(row["criterion"]): row for row in view.warehouse.rows("use_criteria", {"place": place})}
        items.append(Item("", f"{criteria_title(view, rows)}."))
    named = [
        *([t("use.credit_observed")] if found.observed else []),
        *([t("use.credit_answered")] if found.answered else []),
        *([t("use.credit_rated")] if found.rated else []),
    ]
    notes = [t("use.note_hidden"), *([t("use.note_perceived")] if found.observed else [])]
    items.append(Item("", sentence(*notes, t("place_sheet.source", sources="; ".join(named)))))
    return Section(heading, texts=(known_words(view, found),), items=tuple(items))


def _seen(view: View, place: str, field: str) -> str:
    parts = people(view.warehouse, place, field).parts
    lines = [
        Line(code_label(view.t, field, one.codes[0]), one.share, view.fmt.percent(one.share, 0), []) for one in parts
    ]
    return said_of_parts(view, lines)


def assumed_section(view: View, city: City) -> Section:
    """Give what the distances and the numbers of people rest on."""
    notes = [*network_notes(view, city), *group_notes(view, group_texts(view, city))]
    return Section(view.t("place_sheet.assumed"), items=tuple(Item("", one) for one in notes))


def how_section(view: View, city: City) -> Section:
    """Give how the measures are worked out, and name each source."""
    language = view.language
    items = [
        Item(f"{measure.name.in_(language)}.", f"{measure.formula_words.in_(language)} {_traps(view, name)}".strip())
        for name in MEASURES
        if (measure := view.catalogue.measures[name])
    ]
    items.append(Item("", view.t("place_sheet.source", sources="; ".join(_credits(view, city)))))
    return Section(view.t("place_sheet.how"), items=tuple(items))


def _traps(view: View, name: str) -> str:
    """Give what most readers get wrong about a measure."""
    traps = view.catalogue.measures[name].traps
    return traps[0].in_(view.language) if traps else ""


def _credits(view: View, city: City) -> Iterator[str]:
    yield network_credit(view, city)
    sources = dict.fromkeys(name for one in group_texts(view, city) for name in ("scb_tab6574", *one.sources))
    if sources:
        yield source_text(view, Evidence(sources=list(sources), computed=True))
