"""A deck on the whole screen: sent to the browser once, which then turns the slides by itself, without the network."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import streamlit as st

from dashboard.slides import Deck, Slide
from dashboard.views.context import View
from dashboard.views.html import attributes, escape
from dashboard.views.slide_pictures import picture_html, table_html

#: Seconds that slides can turn by themselves after.
SECONDS = (10, 20, 30, 60)
USUAL_SECONDS = 30
#: Letters from which a title is set smaller.
LONG_TITLE = 60


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    here = Path(__file__)
    return st.components.v2.component(
        "presentation",
        html='<div class="hp-deck" tabindex="-1"></div>',
        css=here.with_name("presentation.css").read_text("utf-8"),
        js=here.with_name("presentation.js").read_text("utf-8"),
        isolate_styles=False,
    )


def show_deck(view: View, deck: Deck, *, key: str, on_close: Callable[[], None]) -> None:
    """Put a deck on the whole screen.

    Parameters
    ----------
    view, deck
        The view of this run, and the slides.
    key
        The key of what shows it.
    on_close
        What is done when whoever presents leaves it.
    """
    # In a list, because in a mapping Streamlit looks for data frames, and loads pandas in order to know one.
    _component()(key=key, data=[deck_html(view, deck)], on_close_change=on_close)


def deck_html(view: View, deck: Deck) -> str:
    """Give all slides with what turns them."""
    count = len(deck.slides)
    slides = "".join(_slide(view, one, number, count) for number, one in enumerate(deck.slides, start=1))
    spoken = '<p class="hs-hidden" aria-live="polite" data-said></p>'
    return f'<div class="hp-slides">{slides}</div>{_controls(view, deck)}{spoken}'


def _slide(view: View, slide: Slide, number: int, count: int) -> str:
    t, fmt = view.t, view.fmt
    place = t("presentation.place", n=fmt.number(number), all=fmt.number(count))
    given = {
        "class": f"hp-slide{'' if slide.picture else ' hp-words-alone'}",
        "role": "group",
        "aria-roledescription": t("presentation.slide"),
        "aria-label": place,
        "lang": slide.language or None,
        "data-key": slide.key,
        "data-place": place,
        "hidden": "" if number > 1 else None,
    }
    return (
        f"<section{attributes(given)}>{_words(slide)}{_picture(view, slide)}{_notes(view, slide)}{_code(view, slide)}"
        f'<p class="hp-source">{escape(slide.source)}</p></section>'
    )


def _picture(view: View, slide: Slide) -> str:
    if slide.picture is None:
        return ""
    table = table_html(view, slide)
    # A table longer than the window scrolls by itself, which takes a place for the keyboard.
    region = attributes({"class": "hp-as-table", "role": "region", "tabindex": "0", "aria-label": slide.title})
    beside = f"<div{region}>{table}</div>" if table else ""
    kind = "hp-picture hp-has-table" if table else "hp-picture"
    return f'<div class="{kind}"><div class="hp-drawn">{picture_html(view, slide)}</div>{beside}</div>'


def _words(slide: Slide) -> str:
    size = " hp-long" if len(slide.title) > LONG_TITLE else ""
    lead = f'<p class="hp-lead">{escape(slide.lead)}</p>' if slide.lead else ""
    question = f'<p class="hp-question">{escape(slide.question)}</p>' if slide.question else ""
    return f'<div class="hp-words"><h2 class="hp-title{size}">{escape(slide.title)}</h2>{lead}{question}</div>'


def _notes(view: View, slide: Slide) -> str:
    said = slide.notes or view.t("presentation.no_notes")
    return f'<aside class="hp-notes"><strong>{escape(view.t("presentation.notes"))}</strong> {escape(said)}</aside>'


def _code(view: View, slide: Slide) -> str:
    """Give the picture that a telephone reads the link to the live view from; nothing without an address."""
    if not slide.link:
        return ""
    out = BytesIO()
    segno.make(slide.link, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, border=2, omitsize=True
    )
    label = escape(view.t("presentation.code", address=slide.link))
    drawn = out.getvalue().decode("utf-8").replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
    return f'<aside class="hp-code">{drawn}<p>{_typed(slide)}</p></aside>'


def _typed(slide: Slide) -> str:
    """Give the address that a person can type: without the beginning that every browser adds, and without choices."""
    shown = escape(slide.short.split("://")[-1] or slide.link.split("?")[0])
    # A line ends after a stroke rather than within a word.
    return shown.replace("/", "/<wbr>")


def _controls(view: View, deck: Deck) -> str:
    t = view.t
    count = len(deck.slides)
    first = escape(t("presentation.place", n=view.fmt.number(1), all=view.fmt.number(count)))
    steps = "".join(f"<i{' class=hp-past' if n == 0 else ''}></i>" for n in range(count))
    return (
        f'<nav class="hp-controls" aria-label="{escape(t("presentation.controls"))}">'
        f"{_button('menu', t('presentation.menu'), '⋯', {'aria-expanded': 'false', 'aria-controls': 'hp-menu'})}"
        f"{_button('back', t('presentation.back'), '←')}"
        f'<span class="hp-place" data-place>{first}</span>'
        f"{_button('next', t('presentation.next'), '→')}"
        f"</nav>{_menu(view, deck)}"
        f'<div class="hp-progress" aria-hidden="true">{steps}</div>'
    )


def _button(does: str, label: str, sign: str, more: dict[str, str] | None = None) -> str:
    given = {"type": "button", "data-do": does, "aria-label": label, "title": label} | (more or {})
    return f'<button{attributes(given)}><span aria-hidden="true">{sign}</span></button>'


def _menu(view: View, deck: Deck) -> str:
    t = view.t
    entries = [
        ("notes", t("presentation.do_notes"), "N", True),
        ("table", t("presentation.do_table"), "T", True),
        *([("code", t("presentation.do_code"), "Q", True)] if any(one.link for one in deck.slides) else []),
        ("full", t("presentation.do_full"), "F", False),
        ("close", t("presentation.do_close"), "Esc", False),
    ]
    items = "".join(
        f"<button{attributes({'type': 'button', 'data-do': does, 'aria-pressed': 'false' if switch else None})}>"
        f"<span>{escape(label)}</span><kbd>{key}</kbd></button>"
        for does, label, key, switch in entries
    )
    options = "".join(
        f"<option{attributes({'value': n, 'selected': '' if n == USUAL_SECONDS else None})}>"
        f"{escape(t('presentation.seconds', n=n))}</option>"
        for n in SECONDS
    )
    auto = (
        f'<div class="hp-auto"><button type="button" data-do="auto" aria-pressed="false">'
        f"<span>{escape(t('presentation.do_auto'))}</span></button>"
        f'<select data-seconds aria-label="{escape(t("presentation.every"))}">{options}</select></div>'
    )
    hint = f'<p class="hp-hint">{escape(t("presentation.keys"))}</p>'
    return f'<div class="hp-menu" id="hp-menu" hidden>{items}{auto}{hint}</div>'
