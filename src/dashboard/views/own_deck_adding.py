"""What opens below a figure for whoever puts a presentation together: the button that adds it, and what came of it."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.exports.chart_drawing import ChartError
from dashboard.exports.safe_svg import SvgError
from dashboard.page_addresses import PAGES
from dashboard.settings import PROJECT_FOLDER
from dashboard.slides import Slide
from dashboard.views import html
from dashboard.views.chart_slides import picture_of
from dashboard.views.context import View
from dashboard.views.drawn import Drawn
from dashboard.views.own_deck import MOST_SLIDES, Added, OwnSlide, add, own_slides
from dashboard.views.words import sentence

if TYPE_CHECKING:
    from dashboard.views.figure import Figure

log = logging.getLogger(__name__)

#: The figure whose button was pressed, from the press until it is drawn.
_WANTED = "own-deck-wanted"
#: Pages with figures that show more to some who have signed in.
_MORE_TO_SOME = frozenset(PAGES[name] for name in ("overview", "roadmap"))
#: The page whose figures hold what residents have said and may take back: a saved copy would outlive it.
_MAY_BE_TAKEN_BACK = PAGES["knowledge_circle"]
#: Choices in the address that hold words of the visitor's own: names of spots, and of scenarios (`places_spots.OWN`,
#: `what_if_saved.SAVED`, which this module cannot know, for they know figures).
WRITTEN_BY_HAND = frozenset({"egen", "scenario"})


def offer_slide(view: View, figure: Figure, drawn: Drawn, source: str) -> None:
    """Lay out the button that makes a slide of a figure, and say how many slides there are.

    Parameters
    ----------
    view, figure
        The view of this run, and the figure.
    drawn
        What the figure has put on the page; nothing is made of it before somebody asks.
    source
        The figure's source line.
    """
    t = view.t
    told = ""
    if st.session_state.get(_WANTED) == figure.key:
        del st.session_state[_WANTED]
        told = _add(view, figure, drawn, source)
    count = len(own_slides())
    st.html(html.note(t("own_deck.about", title=figure.title)))
    st.button(t("own_deck.add"), key=f"own-deck-add-{figure.key}", on_click=partial(_want, figure.key))
    state = t.n("own_deck.count", count, most=view.fmt.number(MOST_SLIDES)) if count else t("own_deck.none_yet")
    st.html(f'<p class="hs-text" role="status">{html.escape(sentence(told, state))}</p>')
    if count:
        # A plain link would open the page anew, and lose the slides with the session.
        kept = {} if view.language == view.settings.default_language else {"lang": view.language}
        st.page_link(PROJECT_FOLDER / "pages" / "presentation.py", label=t("own_deck.open"), query_params=kept)


def _want(key: str) -> None:
    st.session_state[_WANTED] = key


def _add(view: View, figure: Figure, drawn: Drawn, source: str) -> str:
    t = view.t
    try:
        slide = slide_of(view, figure, drawn, source)
    except (ChartError, SvgError, OSError):
        log.exception("no slide can be made of the figure %s", figure.key)
        return t("own_deck.failed")
    return {
        Added.NEW: t("own_deck.added"),
        Added.THERE: t("own_deck.there"),
        Added.FULL: t("own_deck.full", most=view.fmt.number(MOST_SLIDES)),
    }[add(slide)]


def slide_of(view: View, figure: Figure, drawn: Drawn, source: str) -> OwnSlide:
    """Make a slide of a figure."""
    picture, left = picture_of(drawn, figure.table_html(), view.theme, view.settings.maps_folder)
    rest = view.t.n("own_deck.more_rows", left) if left else ""
    slide = Slide(
        key="",
        title=figure.title,
        lead=sentence(figure.summary, rest),
        picture=picture,
        summary=figure.summary or figure.title,
        source=source,
        link=view.link(),
        language=view.language,
    )
    return OwnSlide(slide, public=_is_public(view))


def _is_public(view: View) -> bool:
    """Tell whether figures of this page, as they stand now, hold only what everybody may see, now and later on.

    What a visitor has written, and what a resident may take back, is kept in no file under a link.
    """
    page = view.link().removeprefix(view.public_address).split("?", 1)[0].strip("/")
    if page == _MAY_BE_TAKEN_BACK or (view.actor.is_signed_in and page in _MORE_TO_SOME):
        return False
    return not any(st.query_params.get_all(key) for key in WRITTEN_BY_HAND)
