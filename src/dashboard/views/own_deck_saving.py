"""Saving the deck that a visitor has put together, so that a link opens it, and opening one that was saved."""

from __future__ import annotations

import logging
import re
import time
from dataclasses import replace
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from dashboard.exports.safe_svg import SvgError, cleaned
from dashboard.page_addresses import own_page
from dashboard.register.rate_limit import RateLimit, visitor_key
from dashboard.saved_decks import SavedDeck, SavedDeckError, opened, save
from dashboard.slides import ChartPicture, Slide
from dashboard.views import clock
from dashboard.views.context import View
from dashboard.views.own_deck import own_slides
from dashboard.views.words import sentence

log = logging.getLogger(__name__)

#: What the address calls a saved deck.
SAVED = "sparad"
#: How many decks one visitor may save within an hour.
MOST_AN_HOUR = 10
_HOUR = 3600.0
#: Choices as our own pages write them into the address: codes, names of places and numbers, no sentences.
_CHOICE = re.compile(r"[\w.,:;~|+-]{0,120}")
_TOLD = "own-deck-saved"


@lru_cache(maxsize=1)
def limit() -> RateLimit:
    """Give this process's count of what visitors have saved within an hour."""
    return RateLimit(MOST_AN_HOUR, _HOUR)


def save_own(view: View) -> None:
    """Save the session's deck (in the button's callback): the slides that everybody may see."""
    slides = tuple(_for_everybody(view, one.slide) for one in own_slides() if one.public)
    key = visitor_key(st.context.ip_address)
    if not limit().allow(key):
        st.session_state[_TOLD] = ("too_often", "")
        return
    try:
        name = save(view.settings.decks_folder, slides, clock.today(), time.time())
    except SavedDeckError as error:
        limit().take_back(key)
        st.session_state[_TOLD] = (error.code, "")
    else:
        st.session_state[_TOLD] = ("", name)


def told() -> tuple[str, str] | None:
    """Give what came of saving: why it did not work, and the name of what was saved; None before anybody has."""
    found: tuple[str, str] | None = st.session_state.get(_TOLD)
    return found


def forget_told() -> None:
    """Let go of what came of saving: the deck is another one now."""
    st.session_state.pop(_TOLD, None)


def _for_everybody(view: View, slide: Slide) -> Slide:
    """Give a slide with its link cut down to a page of ours and its choices: a visitor can write into an address."""
    page = own_page("/" + slide.link.removeprefix(view.public_address).lstrip("/"))
    path, _, query = (page or "").partition("?")
    kept = [pair for pair in parse_qsl(query) if all(_CHOICE.fullmatch(part) for part in pair)]
    return replace(slide, link=f"{path}?{urlencode(kept)}" if kept else path, notes="", question="")


def open_saved(view: View, name: str) -> SavedDeck:
    """Give a saved deck for this visitor: links to this site, drawings cleaned anew, the day at the source.

    Raises
    ------
    SavedDeckError
        When there is none, or its file is damaged.
    """
    found = opened(view.settings.decks_folder, name, time.time())
    try:
        slides = tuple(_shown(view, one, found) for one in found.slides)
    except SvgError as error:
        log.warning("the saved deck %s holds no drawings of ours", name)
        raise SavedDeckError("damaged") from error
    return replace(found, slides=slides)


def _shown(view: View, slide: Slide, deck: SavedDeck) -> Slide:
    picture = slide.picture
    if isinstance(picture, ChartPicture):
        picture = replace(picture, svg=cleaned(picture.svg))
    page = own_page(slide.link)
    said = view.t("own_deck.saved_on", date=view.fmt.date(deck.saved))
    return replace(
        slide,
        picture=picture,
        source=sentence(slide.source, said),
        link=f"{view.public_address}{page}" if page and view.public_address else "",
    )
