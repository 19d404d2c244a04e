"""The deck that a visitor puts together from figures of any page; it lasts as long as the session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

import streamlit as st

from dashboard.slides import Deck, Slide
from dashboard.views import clock
from dashboard.views.context import View
from dashboard.views.provenance import paper_line

MOST_SLIDES = 20
_SLIDES = "own-deck"


class Added(Enum):
    """What came of adding a slide."""

    NEW = "new"
    THERE = "there"
    FULL = "full"


@dataclass(frozen=True)
class OwnSlide:
    """A slide made of a figure.

    Attributes
    ----------
    slide
        What it says, and its language.
    public
        Whether everybody may see all of it, so that it may be saved for others.
    """

    slide: Slide
    public: bool = True


def own_slides() -> list[OwnSlide]:
    """Give the slides of this session in their order."""
    found: list[OwnSlide] = st.session_state.setdefault(_SLIDES, [])
    return found


def add(new: OwnSlide) -> Added:
    """Add a slide at the end, unless one that says the same is there or there is no room."""
    slides = own_slides()
    if any(_said(one.slide) == _said(new.slide) for one in slides):
        return Added.THERE
    if len(slides) >= MOST_SLIDES:
        return Added.FULL
    taken = {one.slide.key for one in slides}
    key = next(name for number in range(1, MOST_SLIDES + 1) if (name := f"egen-{number}") not in taken)
    slides.append(replace(new, slide=replace(new.slide, key=key)))
    return Added.NEW


def _said(slide: Slide) -> Slide:
    # The same figure by another link, with another choice elsewhere on its page, is the same slide.
    return replace(slide, key="", link="")


def move(place: int, steps: int) -> int:
    """Move a slide so many places towards the end, and give its new place; at either end it stays."""
    slides = own_slides()
    wanted = min(max(place + steps, 0), len(slides) - 1)
    slides.insert(wanted, slides.pop(place))
    return wanted


def remove(place: int) -> None:
    """Take a slide away."""
    del own_slides()[place]


def clear() -> None:
    """Take all slides away."""
    own_slides().clear()


def own_deck(view: View, slides: list[Slide]) -> Deck:
    """Give slides as a deck in the visitor's language; one of another language says which."""
    return Deck(
        title=view.t("own_deck.title"),
        municipality=view.home.name,
        language=view.language,
        date=view.fmt.date(clock.today()),
        slides=tuple(replace(one, language="" if one.language == view.language else one.language) for one in slides),
        origin=paper_line(view),
    )


def languages(slides: list[Slide]) -> set[str]:
    """Give the languages that slides are in."""
    return {one.language for one in slides}
