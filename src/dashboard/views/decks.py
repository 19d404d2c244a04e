"""A story as slides: each built from the same figures as the pages, for whoever looks; needs no page that is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dashboard.short_links import short_path
from dashboard.slides import Deck, Slide
from dashboard.stories import Story, StorySlide, stories_of
from dashboard.views import (
    clock,
    slides_areas,
    slides_city,
    slides_index,
    slides_places,
    slides_roadmap,
    slides_segregation,
    slides_voices,
)
from dashboard.views.context import View
from dashboard.views.entry_choices import place_names
from dashboard.views.provenance import paper_line
from dashboard.views.slides_common import Asked, Said, area_named, name_of_area


class UnknownStoryError(LookupError):
    """There is no story of this name."""


def _question(asked: Asked) -> Said:
    """Give a slide that only asks; its question comes from the story."""
    return Said("", "", link=asked.link("knowledge_circle"))


#: Kind of a slide → what builds it.
BUILDERS: Mapping[str, Callable[[Asked], Said]] = MappingProxyType(
    {
        "people": slides_city.people,
        "index_map": slides_index.index_map,
        "both_ends": slides_city.both_ends,
        "dissimilarity": slides_segregation.dissimilarity,
        "dissimilarity_years": slides_segregation.dissimilarity_years,
        "trend": slides_city.trend,
        "peers": slides_segregation.peers,
        "roadmap_status": slides_roadmap.roadmap_status,
        "projects": slides_roadmap.projects,
        "deadlines": slides_roadmap.days,
        "grants": slides_roadmap.grants,
        "quotes": slides_voices.quotes,
        "place_reach": slides_places.place_reach,
        "place_people": slides_places.place_people,
        "place_ways": slides_places.place_ways,
        "area_numbers": slides_areas.area_numbers,
        "area_shares": slides_areas.area_shares,
        "tenure": slides_areas.tenure,
        "question": _question,
    }
)


def stories(view: View) -> tuple[Story, ...]:
    """Give the ready-made stories in their order.

    Raises
    ------
    StoryError
        When a file of a story cannot be used.
    """
    return stories_of(view.settings.data_folder / "stories", view.catalogue)


def deck(view: View, story_id: str, **parameters: str) -> Deck:
    """Give a story as slides.

    Parameters
    ----------
    view
        For whom: language, number format, and what the person may see. Made by a page or without one.
    story_id
        The story.
    **parameters
        What the story is about: `area` (a code) or `place` (an id); others are passed over.

    Raises
    ------
    UnknownStoryError
        When there is no such story.
    StoryError
        When a file of a story cannot be used.
    """
    story = _story(view, story_id)
    chosen: dict[str, str] = {name: value for name, value in parameters.items() if name == story.parameter and value}
    return Deck(
        title=_title(view, story, chosen),
        municipality=view.home.name,
        language=view.language,
        date=view.fmt.date(clock.today()),
        slides=tuple(
            _slide(view, one, chosen, short_path(story.id, number, "".join(chosen.values()), _said(view)))
            for number, one in enumerate(story.slides, start=1)
        ),
        origin=paper_line(view),
    )


def _title(view: View, story: Story, chosen: Mapping[str, str]) -> str:
    name = story.name.in_(view.language)
    about = place_names(view).get(chosen.get("place", ""), "")
    area = area_named(view, chosen.get("area", ""))
    about = name_of_area(area) if area is not None else about
    return view.t("slide.deck_about", name=name, about=about) if about else name


def live_link(view: View, story_id: str, number: int, about: str = "") -> str:
    """Give the whole address of the live view behind a slide of a story; empty where it has none.

    Parameters
    ----------
    view
        For whom.
    story_id, number
        The story, and which of its slides, the first being 1.
    about
        The area or place that the story is about, where there is one.

    Raises
    ------
    UnknownStoryError
        When there is no such story, or it has no such slide.
    StoryError
        When a file of a story cannot be used.
    """
    story = _story(view, story_id)
    if not 1 <= number <= len(story.slides):
        raise UnknownStoryError(f"The story {story_id!r} has {len(story.slides)} slides.")
    wanted = story.slides[number - 1]
    chosen: dict[str, str] = {story.parameter: about} if story.parameter and about else {}
    return BUILDERS[wanted.kind](Asked(view, {**chosen, **wanted.parameters})).link


def _story(view: View, story_id: str) -> Story:
    story = next((one for one in stories(view) if one.id == story_id), None)
    if story is None:
        raise UnknownStoryError(
            f"There is no story {story_id!r}; take one of {', '.join(s.id for s in stories(view))}."
        )
    return story


def _said(view: View) -> str:
    """Give the language that an address has to say: the usual one needs no saying."""
    return "" if view.language == view.settings.default_language else view.language


def _slide(view: View, wanted: StorySlide, chosen: Mapping[str, str], short: str) -> Slide:
    said = BUILDERS[wanted.kind](Asked(view, {**chosen, **wanted.parameters}))
    question = "" if wanted.question is None else wanted.question.in_(view.language)
    return Slide(
        key=wanted.name,
        title=said.title or question,
        lead=said.lead,
        picture=said.picture,
        summary=said.summary or said.title or question,
        source=said.source,
        question=question if said.title else "",
        notes="" if wanted.notes is None else wanted.notes.in_(view.language),
        link=said.link,
        short=f"{view.public_address}{short}" if said.link else "",
    )
