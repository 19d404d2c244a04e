"""The page for meetings: the list of ready-made stories, or one of them on the whole screen."""

from __future__ import annotations

import logging
from functools import partial

import streamlit as st

from dashboard.stories import Story, StoryError
from dashboard.views import html
from dashboard.views.areas import home_areas
from dashboard.views.context import View
from dashboard.views.deck_export import offer_deck
from dashboard.views.decks import UnknownStoryError, deck, stories
from dashboard.views.places_city import current_city
from dashboard.views.presentation_deck import show_deck
from dashboard.views.words import told_apart

log = logging.getLogger(__name__)

#: Names in the address: of the story, of what it is about, and of the slide, which the browser keeps.
STORY, SLIDE = "berattelse", "bild"
PARAMETERS = {"area": "omrade", "place": "plats"}


def show_presentation(view: View) -> None:
    """Lay out the story that the address names, or the list of all."""
    asked = st.query_params.get(STORY)
    try:
        if asked is None:
            _show_list(view)
            return
        chosen = {name: st.query_params.get(key, "") for name, key in PARAMETERS.items()}
        shown = deck(view, asked, **chosen)
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
    st.html(f'<h1 class="hs-headline hs-hidden">{html.escape(shown.title)}</h1>')
    show_deck(view, shown, key="deck", on_close=_close)


def _close() -> None:
    left = {STORY, SLIDE, *PARAMETERS.values()}
    # In one step, so that the back button leads to the story and not to half of its address.
    st.query_params.from_dict({key: st.query_params.get_all(key) for key in st.query_params if key not in left})


def _show_list(view: View, *, unknown: bool = False) -> None:
    t = view.t
    found = stories(view)
    if not found:
        st.html(html.headline(t("presentation.headline_none")))
        st.html(html.empty_state(t("presentation.none"), t("presentation.none_why"), t("presentation.none_fill")))
        return
    st.html(html.headline(t.n("presentation.headline", len(found)), t("presentation.lead")))
    if unknown:
        st.html(html.notice(t("presentation.unknown"), t("presentation.unknown_why")))
    for story in found:
        with st.container(border=True, key=f"story-box-{story.id}"):
            _show_story(view, story)


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
