"""“Min presentation” on the page for meetings: its slides in their order, showing, taking home and saving it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dashboard.saved_decks import SavedDeckError
from dashboard.slides import Slide
from dashboard.views import html, own_deck
from dashboard.views.context import View
from dashboard.views.deck_export import MEDIA_TYPE, deck_bytes
from dashboard.views.own_deck import own_slides
from dashboard.views.own_deck_saving import SAVED, forget_told, open_saved, save_own, told
from dashboard.views.words import plain_markup

#: What the address calls the story of one's own.
OWN_STORY = "egen"
_CHOSEN = "own-deck-chosen"


def show_own_deck(view: View, show: Callable[[str], None]) -> None:
    """Lay out the deck of this session, or how to begin one.

    Parameters
    ----------
    view
        The view of this run.
    show
        Puts the deck on the whole screen (in a button's callback); takes the name of a saved one, or nothing.
    """
    t = view.t
    slides = [one.slide for one in own_slides()]
    with st.container(border=True, key="story-box-own"):
        if not slides:
            st.html(html.section(t("own_deck.title"), t("own_deck.empty")))
            return
        count = t.n("own_deck.count", len(slides), most=view.fmt.number(own_deck.MOST_SLIDES))
        st.html(html.section(t("own_deck.title"), count))
        if len(own_deck.languages(slides)) > 1:
            st.html(html.notice(t("own_deck.mixed"), t("own_deck.mixed_why")))
        _show_order(view, slides)
        with st.container(horizontal=True):
            st.button(t("own_deck.show"), key="own-deck-show", type="primary", on_click=partial(show, ""))
            _offer_file(view, slides, "own-deck-file")
            st.button(t("own_deck.save"), key="own-deck-save", on_click=partial(save_own, view))
        _tell_saved(view)
        st.html(html.note(t("own_deck.lasts")))


def _show_order(view: View, slides: Sequence[Slide]) -> None:
    """Lay out the slides to choose one of, and what can be done with it."""
    t = view.t
    if st.session_state.get(_CHOSEN, 0) not in range(len(slides)):
        st.session_state[_CHOSEN] = len(slides) - 1
    place = st.radio(
        t("own_deck.order"),
        range(len(slides)),
        format_func=lambda one: f"{view.fmt.number(one + 1)}. {plain_markup(slides[one].title)}",
        key=_CHOSEN,
    )
    number = view.fmt.number(place + 1)
    with st.container(horizontal=True):
        _act(t("own_deck.up", n=number), "own-deck-up", partial(_move, place, -1), off=place == 0)
        _act(t("own_deck.down", n=number), "own-deck-down", partial(_move, place, 1), off=place == len(slides) - 1)
        _act(t("own_deck.remove", n=number), "own-deck-remove", partial(_remove, place))
        _act(t("own_deck.clear"), "own-deck-clear", _clear)


def _act(label: str, key: str, do: Callable[[], None], *, off: bool = False) -> None:
    st.button(label, key=key, on_click=do, disabled=off)


def _move(place: int, steps: int) -> None:
    st.session_state[_CHOSEN] = own_deck.move(place, steps)
    forget_told()


def _remove(place: int) -> None:
    own_deck.remove(place)
    st.session_state[_CHOSEN] = max(0, place - 1)
    forget_told()


def _clear() -> None:
    own_deck.clear()
    forget_told()


def _offer_file(view: View, slides: Sequence[Slide], key: str) -> None:
    # The address is known now alone: the file is made after the page has been drawn.
    deck, settings = own_deck.own_deck(view, list(slides)), view.settings
    st.download_button(
        view.t("deck_file.download", name=deck.title),
        data=lambda: deck_bytes(deck, settings),
        file_name=f"{view.t('own_deck.file')}.pptx",
        mime=MEDIA_TYPE,
        key=key,
        on_click="ignore",
    )


def _tell_saved(view: View) -> None:
    t = view.t
    hidden = sum(not one.public for one in own_slides())
    if hidden:
        st.html(html.note(t.n("own_deck.not_saved", hidden)))
    found = told()
    if found is None:
        return
    why, name = found
    if why:
        st.html(html.alert(t("own_deck.save_failed"), t(f"own_deck.why_{why}")))
        return
    st.html(f'<p class="hs-text" role="status">{html.escape(t("own_deck.saved"))}</p>')
    st.code(saved_address(view, name), language=None)


def saved_address(view: View, name: str) -> str:
    """Give the whole address that opens a saved deck."""
    return f"{view.link().split('?', 1)[0]}?berattelse={OWN_STORY}&{SAVED}={name}"


def show_saved_deck(view: View, name: str, show: Callable[[str], None]) -> None:
    """Lay out a saved deck, of which the address names which, or say why it cannot be opened."""
    t = view.t
    try:
        found = open_saved(view, name)
    except SavedDeckError as error:
        tell_why_not(view, error)
        return
    with st.container(border=True, key="story-box-saved"):
        count = t.n("presentation.slides", len(found.slides))
        st.html(
            html.section(
                t("own_deck.saved_title"), f"{count}. {t('own_deck.saved_on', date=view.fmt.date(found.saved))}"
            )
        )
        with st.container(horizontal=True):
            st.button(t("own_deck.show_saved"), key="saved-deck-show", on_click=partial(show, name))
            _offer_file(view, found.slides, "saved-deck-file")


def tell_why_not(view: View, error: SavedDeckError) -> None:
    """Say that a saved deck cannot be opened, and what to do."""
    st.html(html.notice(view.t("own_deck.not_opened"), view.t(f"own_deck.why_{error.code}")))
