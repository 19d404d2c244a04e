"""One figure alone in a frame of another page: where it is laid out, what stands below it, and its address.

The page runs as it always does, into a part that nobody sees, hears or reaches by the keyboard; of its figures only the
one that the address names is drawn, into a part of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import streamlit as st

from dashboard.views import html
from dashboard.views.context import View

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

#: What the address calls the figure that is asked for.
FIGURE = "figur"
#: Pixels: a title, a summary, a map with its legend, the source.
HEIGHT = 880
# The style sheet hides the second.
_SHOWN, _REST = "embedded", "embedded-rest"


@dataclass
class _Frame:
    figure: str
    place: DeltaGenerator
    found: bool = False


_frame: ContextVar[_Frame | None] = ContextVar("frame", default=None)


@contextmanager
def only_one_figure(view: View) -> Iterator[None]:
    """Run a page inside, of which only the figure that the address names is shown; say so when there is none."""
    frame = _Frame(st.query_params.get(FIGURE, ""), st.container(key=_SHOWN))
    token = _frame.set(frame)
    try:
        with st.container(key=_REST):
            yield
    finally:
        _frame.reset(token)
    if not frame.found:
        with frame.place:
            st.html(html.empty_state(view.t("embed.unknown"), view.t("embed.unknown_why")))
            _show_link(view)


def is_alone() -> bool:
    """Tell whether this run lays out one figure and nothing else."""
    return _frame.get() is not None


def is_asked_for(figure: str) -> bool:
    """Tell whether a figure is the one that is shown alone."""
    frame = _frame.get()
    return frame is not None and frame.figure == figure


def is_left_out(figure: str) -> bool:
    """Tell whether another figure is shown alone, or this one has been already."""
    frame = _frame.get()
    return frame is not None and (frame.figure != figure or frame.found)


@contextmanager
def place_of(figure: str) -> Iterator[None]:
    """Lay out a figure where it belongs: in its place on the page, or alone."""
    frame = _frame.get()
    if frame is None or is_left_out(figure):
        yield
        return
    frame.found = True
    with frame.place:
        yield


def show_below(view: View, table: str) -> None:
    """Lay out what stands below a figure that is alone: its table, to be opened, and the way to the live view."""
    if table:
        st.html(html.folded(view.t("figure.table"), table))
    _show_link(view)


def frame_address(view: View, figure: str) -> str:
    """Give the whole address of a figure alone, with the choices that are on the screen now."""
    return _address(view, {"embed": "true", FIGURE: figure})


def frame_code(view: View, figure: str, title: str) -> str:
    """Give the HTML that shows a figure in another page."""
    said = html.attributes(
        {
            "src": frame_address(view, figure),
            "title": f"{view.t('app.name')}, {view.home.name}: {title}",
            "width": "100%",
            "height": HEIGHT,
            "loading": "lazy",
            "style": "border: 0",
        }
    )
    return f"<iframe{said}></iframe>"


def offer_code(view: View, figure: str, title: str) -> None:
    """Lay out the code for another page, where the operator has named pages that may frame a figure."""
    if not view.settings.embed_origins:
        return
    st.html(html.note(view.t("embed.how", sites=", ".join(view.settings.embed_origins))))
    st.code(frame_code(view, figure, title), language=None, wrap_lines=True)


def _show_link(view: View) -> None:
    link = html.attributes({"href": _address(view, {}), "target": "_blank", "rel": "noopener"})
    st.html(f'<p class="hs-embed-link"><a{link}>{html.escape(view.t("embed.open"))}</a></p>')


def _address(view: View, more: dict[str, str]) -> str:
    parts = urlsplit(view.link())
    choices = [one for one in parse_qsl(parts.query, keep_blank_values=True) if one[0] != FIGURE]
    return urlunsplit(parts._replace(query=urlencode([*choices, *more.items()])))
