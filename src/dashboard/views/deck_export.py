"""A deck as a PowerPoint file in the dashboard's colours and words, or the operator's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.access import PUBLIC
from dashboard.exports.deck_style import DeckStyle, DeckWords
from dashboard.i18n import Translator, get_translator
from dashboard.settings import PROJECT_FOLDER, Settings, current_settings
from dashboard.slides import Deck
from dashboard.stories import Story
from dashboard.views.context import View
from dashboard.views.decks import deck
from dashboard.views.theme import FONT, LIGHT

#: What browsers and mail programs call a PowerPoint file.
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
FONT_FILE = PROJECT_FOLDER / "static" / "fonts" / "atkinson-hyperlegible-next.woff2"
#: Colours of further series, after Okabe & Ito and dark enough for white; the last is of those that are compared with.
OTHERS = ("#d55e00", "#007a59", "#a8478a", "#8a6d00", LIGHT.peer)


def deck_bytes(deck: Deck, settings: Settings | None = None) -> bytes:
    """Give a deck as a PowerPoint file, in the language of the deck.

    Parameters
    ----------
    deck
        What the slides say.
    settings
        Those of this process, if not given.
    """
    # Imported here: thirty megabytes that most servers never need.
    from dashboard.exports.deck_file import deck_file

    settings = settings or current_settings()
    return deck_file(deck, deck_style(settings), deck_words(get_translator(deck.language, settings.locales_folder)))


def offer_deck(view: View, story: Story, about: Mapping[str, str]) -> None:
    """Lay out the button that fetches a story as a PowerPoint file, which is made when somebody asks for it.

    Parameters
    ----------
    view, story
        The view of this run, and the story.
    about
        What it is about: `area` or `place`, as the story wants it.
    """
    # Whoever asks, the file goes from hand to hand: it holds what everybody may see. Its address is known now alone.
    settings = view.settings.model_copy(update={"public_url": view.public_address})
    public = replace(view, actor=PUBLIC, settings=settings)
    name = "-".join((story.id, *about.values()))
    st.download_button(
        view.t("deck_file.download", name=story.name.in_(view.language)),
        data=partial(_made, public, story.id, dict(about)),
        file_name=f"{name}.pptx",
        mime=MEDIA_TYPE,
        key=f"deck-file-{story.id}",
        on_click="ignore",
    )


def _made(view: View, story_id: str, about: dict[str, str]) -> bytes:
    return deck_bytes(deck(view, story_id, **about), view.settings)


def deck_style(settings: Settings) -> DeckStyle:
    """Give the look of a PowerPoint file: the colours of paper, with the operator's own accent and logo."""
    return DeckStyle(
        ink=LIGHT.ink,
        muted=LIGHT.muted,
        background=LIGHT.background,
        surface=LIGHT.surface,
        accent=settings.deck_accent or LIGHT.accent,
        link=LIGHT.link,
        others=OTHERS,
        sequential=LIGHT.sequential,
        missing=LIGHT.missing,
        border=LIGHT.border,
        font=FONT,
        font_file=FONT_FILE,
        logo=settings.deck_logo,
    )


def deck_words(t: Translator) -> DeckWords:
    """Give the words that a PowerPoint file adds to those of its slides."""
    return DeckWords(
        number=t("deck_file.number", n="{n}", of="{of}"),
        question=t("deck_file.question"),
        shown=t("deck_file.shown"),
        link=t("deck_file.link"),
        whole=t("deck_file.whole"),
        lower=t("deck_file.lower", name="{name}"),
        upper=t("deck_file.upper", name="{name}"),
        since=t("deck_file.since", name="{name}", year="{year}"),
        cover=t("deck_file.cover"),
        message=t("deck_file.message"),
        title=t("deck_file.title"),
        text=t("deck_file.text"),
    )
