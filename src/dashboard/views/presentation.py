"""The page for meetings: the list of ready-made stories and one's own deck, or one of them on the whole screen."""

from __future__ import annotations

import logging
from functools import partial

import streamlit as st

from dashboard.saved_decks import SavedDeckError
from dashboard.slides import Deck
from dashboard.stories import Story, StoryError
from dashboard.views import html
from dashboard.views.areas import home_areas
from dashboard.views.context import View
from dashboard.views.deck_export import offer_deck
from dashboard.views.decks import UnknownStoryError, deck, stories
from dashboard.views.own_deck import own_deck, own_slides
from dashboard.views.own_deck_list import OWN_STORY, show_own_deck, show_saved_deck
from dashboard.views.own_deck_saving import SAVED, open_saved
from dashboard.views.places_city import current_city
from dashboard.views.presentation_deck import show_deck
from dashboard.views.words import told_apart

log = logging.getLogger(__name__)

#: Names in the address: of the story, of what it is about, and of the slide, which the browser keeps.
STORY, SLIDE = "berattelse", "bild"
PARAMETERS = {"area": "omrade", "place": "plats"}


def show_presentation(view: View) -> None:
    """Lay out the story or the own deck that the address names, or the list of all."""
    asked = st.query_params.get(STORY)
    try:
        if asked is None:
            _show_list(view)
            return
        shown = _own(view) if asked == OWN_STORY else _ready_made(view, asked)
    except UnknownStoryError:
        _show_list(view, unknown=True)
        return
    except StoryError:
        st.html(html.headline(view.t("presentation.headline_broken")))
        # The sentence names a file and a field, in the language of whoever runs the site: it belongs into the log.
        log.exception("A story cannot be shown")
        why, fill = view.t("presentation.broken_why"), view.t("presentation.broken_fill")
        st.html(html.empty_state(view.t("presentation.broken"), why, fill))
        return
    if shown is None:
        # The list says why there is nothing to show.
        _show_list(view, gone=SAVED not in st.query_params)
        return
    st.html(f'<h1 class="hs-headline hs-hidden">{html.escape(shown.title)}</h1>')
    show_deck(view, shown, key="deck", on_close=_close)


def _ready_made(view: View, story: str) -> Deck:
    chosen = {name: st.query_params.get(key, "") for name, key in PARAMETERS.items()}
    return deck(view, story, **chosen)


def _own(view: View) -> Deck | None:
    """Give the saved deck that the address names, else that of this session; None when it cannot be shown."""
    name = st.query_params.get(SAVED)
    if name is None:
        slides = [one.slide for one in own_slides()]
        return own_deck(view, slides) if slides else None
    try:
        return own_deck(view, list(open_saved(view, name).slides))
    except SavedDeckError:
        return None


def _close() -> None:
    left = {STORY, SLIDE, *PARAMETERS.values()}
    # In one step, so that the back button leads to the story and not to half of its address.
    st.query_params.from_dict({key: st.query_params.get_all(key) for key in st.query_params if key not in left})


def _show_list(view: View, *, unknown: bool = False, gone: bool = False) -> None:
    t = view.t
    found = stories(view)
    if found:
        st.html(html.headline(t.n("presentation.headline", len(found)), t("presentation.lead")))
    else:
        st.html(html.headline(t("presentation.headline_none")))
        st.html(html.empty_state(t("presentation.none"), t("presentation.none_why"), t("presentation.none_fill")))
    if unknown:
        st.html(html.notice(t("presentation.unknown"), t("presentation.unknown_why")))
    if gone:
        st.html(html.notice(t("own_deck.gone"), t("own_deck.gone_why")))
    name = st.query_params.get(SAVED)
    if name is not None:
        show_saved_deck(view, name, _open_own)
    has_own = bool(own_slides())
    if has_own:
        show_own_deck(view, _open_own)
    for story in found:
        with st.container(border=True, key=f"story-box-{story.id}"):
            _show_story(view, story)
    if not has_own:
        # How to begin one stands where it is in nobody's way.
        show_own_deck(view, _open_own)


def _open_own(name: str) -> None:
    kept = {key: st.query_params.get_all(key) for key in st.query_params if key != SAVED}
    st.query_params.from_dict(kept | {STORY: OWN_STORY} | ({SAVED: name} if name else {}))


def _show_story(view: View, story: Story) -> None:
    t = view.t
    count = t.n("presentation.slides", len(story.slides))
    minutes = t.n("presentation.minutes", story.minutes)
    name = story.name.in_(view.language)
    st.html(html.section(name, t("presentation.length", slides=count, minutes=minutes)))
    chosen = ""
    if story.parameter is not None:
        names = _choices(view, story.parameter)
        if not names:
            st.html(html.note(t(f"presentation.no_{story.parameter}")))
            return
        chosen = str(
            st.selectbox(
                t(f"presentation.choose_{story.parameter}"),
                list(names),
                format_func=names.__getitem__,
                key=f"story-{story.id}-about",
                width=420,
            )
        )
    with st.container(horizontal=True):
        st.button(
            t("presentation.show", name=name),
            key=f"story-{story.id}",
            on_click=partial(_open, story, chosen),
        )
        offer_deck(view, story, {} if story.parameter is None else {story.parameter: chosen})


def _choices(view: View, parameter: str) -> dict[str, str]:
    """Give what a story can be about: code or id → name."""
    if parameter == "area":
        areas = [one for level in ("regso", "deso") for one in home_areas(view.warehouse, view.home.code, level)]
        return told_apart({one.code: one.label or one.code for one in areas})
    city = current_city(view)
    return {} if city is None else told_apart({place.id: place.name for place in city.study_places})


def _open(story: Story, chosen: str) -> None:
    about = {} if story.parameter is None else {PARAMETERS[story.parameter]: chosen}
    # In one step, so that the back button leads to the list.
    st.query_params.update({STORY: story.id} | about)
