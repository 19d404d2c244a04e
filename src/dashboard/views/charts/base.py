"""What all charts share: the frame, the type, the way numbers are written on the axes."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.i18n import Translator
from dashboard.views.numbers import MINUS, NBSP
from dashboard.views.theme import FONT_STACK, Theme

Spec = dict[str, Any]

# What only accompanies a mark must not answer to the pointer, nor be read out a second time.
SILENT: Spec = {"aria": False, "tooltip": None}

#: Pixels from which a window is a large screen or a projector, as in the style sheet: type is a step larger there.
WIDE = 1800

_LOCALES: Mapping[str, Spec] = {
    "sv": {"decimal": ",", "thousands": NBSP, "grouping": [3], "currency": ["", ""], "minus": MINUS},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""], "minus": MINUS},
}


def type_size(size: int) -> Spec:
    """Pixels of type: as given, and a step larger in a wide window."""
    return {"expr": if_wide(max(size + 2, 14), size)}


def if_wide(wide: float, usual: float) -> str:
    """Vega expression of a number that is another one in a wide window."""
    return f"(windowSize()[0]>={WIDE}?{wide}:{usual})"


#: Vega expression of about how many pixels a letter takes, usual and bold.
LETTER = if_wide(8.3, 7.2)
BOLD_LETTER = if_wide(8.9, 7.7)
#: Letters of a name that a phone has room for on one line, and pixels of a line.
ON_A_LINE = 44
LINE = 18


def fitted(field: str, room: str, *, letter: str = LETTER) -> list[Spec]:
    """Transforms that give a row a field ``fits``: its text, in lines where it would be wider than the room.

    Parameters
    ----------
    field, room, letter
        The field with the text, and Vega expressions of the room and of a letter, pixels. ``lines`` is the text in
        lines; a row without them has its text.
    """
    return [
        {"calculate": f"isArray(datum.lines)&&{letter}*length(datum.{field})>{room}", "as": "narrow"},
        {"calculate": f"datum.narrow?datum.lines:datum.{field}", "as": "fits"},
    ]


def in_lines(text: str) -> list[str] | None:
    """Part a name into lines that a phone has room for; None where one line is enough."""
    return lines_of(text, ON_A_LINE) if len(text) > ON_A_LINE else None


def lines_of(text: str, most: int) -> list[str]:
    """Part a text into lines of at most so many letters, after spaces and hyphens."""
    return textwrap.wrap(text, most)


def frame(layers: Sequence[Spec], *, theme: Theme, t: Translator, description: str, height: int, top: int = 4) -> Spec:
    """A chart of layers, as wide as the page lets it be.

    Parameters
    ----------
    layers : sequence of dict
        Vega-Lite layers, each with its data.
    theme, t
        Colours; language of the numbers on the axes.
    description : str
        The chart in words. It travels in ``usermeta``, since Streamlit wants it as ``alt``: see `alt_text`.
    height : int
        Height in pixels.
    top : int
        Room above the plot, pixels, for labels that stand over it.
    """
    axis = {
        "labelColor": theme.muted,
        "titleColor": theme.muted,
        "gridColor": theme.line,
        "domain": False,
        "ticks": False,
        "labelFont": FONT_STACK,
        "titleFont": FONT_STACK,
        "labelFontSize": type_size(13),
        "titleFontSize": type_size(13),
        "titleFontWeight": 400,
        "labelPadding": 6,
        "titlePadding": 8,
        "labelFlush": False,
    }
    return {
        "usermeta": {"description": description},
        "height": height,
        "padding": {"left": 2, "right": 2, "top": top, "bottom": 2},
        "background": "transparent",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "view": {"stroke": None},
        "layer": list(layers),
        "config": {
            "font": FONT_STACK,
            "locale": {"number": _LOCALES[t.language]},
            "axis": axis,
            "text": {"color": theme.ink, "fontSize": type_size(13), "font": FONT_STACK},
            "legend": {
                "labelColor": theme.ink,
                "labelFontSize": type_size(13),
                "labelFont": FONT_STACK,
                "titleFont": FONT_STACK,
                "symbolSize": 140,
                "labelLimit": 220,
            },
        },
    }


def title_of_values(text: str, *, theme: Theme, offset: int = 16) -> Spec:
    """Give what the values of a chart are called, above it: beside the axis it would take the width of a phone."""
    return {
        "text": text,
        "anchor": "start",
        "frame": "bounds",
        "fontWeight": 400,
        "fontSize": type_size(13),
        "color": theme.muted,
        "offset": offset,
    }


def alt_text(spec: Spec) -> str:
    """What a chart or map shows, in words, for ``alt``."""
    return str(spec["usermeta"]["description"])


def values(rows: Sequence[Mapping[str, object]]) -> Spec:
    """Rows that a layer draws."""
    return {"values": list(rows)}


def quantity(field: str, **more: object) -> Spec:
    """Encoding of a number."""
    return {"field": field, "type": "quantitative", **more}


def pixel(field: str) -> Spec:
    """Encoding of a distance that already is in pixels."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def tip(*fields: tuple[str, str]) -> list[Spec]:
    """What is read when pointing: pairs of field and heading. The heading ``title`` makes the first line."""
    return [{"field": field, "title": title} for field, title in fields]


def quoted(text: str) -> str:
    """Text as a constant of a Vega expression."""
    return json.dumps(text)


def drawn(layers: list[Spec]) -> list[Spec]:
    """The layers that have something to draw; an empty one would make Vega warn of an endless axis."""
    return [layer for layer in layers if layer["data"]["values"]]
