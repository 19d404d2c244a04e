"""One contribution as everybody reads it: what it is about, the words, the picture, the statistics, what came of it."""

from __future__ import annotations

import base64
import logging
from collections.abc import Sequence

import streamlit as st

from dashboard.register.circle_entries import Contribution, ContributionState, Form
from dashboard.register.contents import Contents
from dashboard.register.errors import RegisterError
from dashboard.register.photos import smaller
from dashboard.register.trace import Trace
from dashboard.views import html, register_access
from dashboard.views.circle_statistics import statistics_html
from dashboard.views.circle_trace import trace_html
from dashboard.views.circle_where import where_words
from dashboard.views.circle_words import (
    agreement_words,
    focus_area_words,
    form_words,
    outcome_words,
    theme_words,
    writing_direction,
)
from dashboard.views.context import View

log = logging.getLogger(__name__)


def cards_html(cards: Sequence[str]) -> str:
    """Give cards below each other."""
    return f'<ol class="hs-said-list">{"".join(f"<li>{card}</li>" for card in cards)}</ol>'


def card_html(view: View, contents: Contents, trace: Trace, inner: str = "") -> str:
    """Give a contribution with all that belongs to it; everything that people wrote is escaped.

    Parameters
    ----------
    view, contents, trace
        The view of this run, what the visitor may see, and the contribution with what happened with it.
    inner
        The text as HTML, when something in it is pointed out.
    """
    said = trace.contribution
    title = html.escape(where_words(view, said))
    more = [theme_words(view, said.theme), focus_area_words(view, contents, said)]
    about = html.escape(" · ".join(word for word in more if word))
    outcome = html.escape(outcome_words(view, trace.outcome))
    return (
        f'<article class="hs-said"><div class="hs-said-head"><h3 class="hs-said-title">{title}</h3>'
        f'<p class="hs-said-outcome">{outcome}</p></div>'
        f"{_line('about', about)}{words_html(view, said, inner)}{picture_html(view, said)}"
        f"{_line('agreement', html.escape(agreement_words(view, said)))}"
        f"{statistics_html(view, said)}{trace_html(view, contents, trace)}</article>"
    )


def _line(name: str, text: str) -> str:
    return f'<p class="hs-said-{name}">{text}</p>' if text else ""


def words_html(view: View, said: Contribution, inner: str = "") -> str:
    """Give the words of a contribution in their own language and direction; a quote is marked as one.

    Parameters
    ----------
    view, said
        The view of this run and the contribution.
    inner
        The text as HTML, when something in it is pointed out; by default the text as it is.
    """
    if said.state is ContributionState.REMOVED:
        return html.note(view.t("circle.removed"))
    text = (inner or html.escape(said.text)).replace("\n", "<br>")
    attributes = html.attributes({"lang": said.language, "dir": writing_direction(said.language)})
    tag = "blockquote" if said.form is Form.QUOTE else "p"
    whose = html.escape(form_words(view, said))
    return f'{_line("whose", whose)}<{tag} class="hs-said-text"{attributes}>{text}</{tag}>'


def picture_html(view: View, said: Contribution) -> str:
    """Give the picture of a contribution with what it shows in words; nothing when there is none."""
    if not said.photo_alt or said.state is ContributionState.REMOVED:
        return ""
    try:
        data = _picture(
            view, view.settings.database_url, said.id, said.version, unmoderated=view.actor.may_see_unmoderated
        )
    except RegisterError as error:
        log.warning("a picture cannot be read: %s", error)
        return html.note(view.t("circle.picture_not_now", alt=said.photo_alt))
    if not data:
        return ""
    alt = html.escape(said.photo_alt)
    return f'<figure class="hs-said-picture"><img src="{data}" alt="{alt}"><figcaption>{alt}</figcaption></figure>'


@st.cache_data(max_entries=40, ttl=600, show_spinner=False)
def _picture(_view: View, url: str, contribution: str, version: int, *, unmoderated: bool) -> str:
    """Give a picture as it stands in the page; as a file it would have an address that outlives the right to see it."""
    # These only tell one picture from another, and who may see it.
    del url, version, unmoderated
    photo = register_access.register(_view).photo(_view.actor, contribution)
    return "" if photo is None else data_address(smaller(photo.content))


def data_address(content: bytes) -> str:
    """Give a JPEG as the address of itself."""
    return f"data:image/jpeg;base64,{base64.b64encode(content).decode('ascii')}"
