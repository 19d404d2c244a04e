"""Addresses short enough to be typed from a screen: `/v/hela-staden/3` leads to the live view behind a slide."""

from __future__ import annotations

from urllib.parse import quote

#: “Visa”: where all of them begin.
PREFIX = "/v"


def short_path(story: str, number: int, about: str = "", language: str = "") -> str:
    """Give the path of a slide's short address.

    Parameters
    ----------
    story
        The name of the story.
    number
        Which slide, the first being 1.
    about
        The area or place that the story is about, where there is one.
    language
        The language that is asked for; without one, the usual.
    """
    parts = [quote(part, safe="") for part in (story, about, str(number)) if part]
    return f"{PREFIX}/{'/'.join(parts)}{f'?lang={language}' if language else ''}"
