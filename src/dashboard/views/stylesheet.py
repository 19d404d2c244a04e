"""The style sheet of the dashboard, in the colours of the reader's appearance."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from dashboard.views.theme import FONT_STACK, Theme

_FILE = Path(__file__).with_name("style.css")


@lru_cache(maxsize=4)
def stylesheet(theme: Theme) -> str:
    """Style element for ``st.html``.

    Parameters
    ----------
    theme : Theme
        Colours; each becomes a variable of the style sheet.

    Returns
    -------
    str
        ``<style>…</style>``; Streamlit keeps such an element out of the page's flow.
    """
    names = (
        "ink",
        "muted",
        "background",
        "surface",
        "track",
        "line",
        "accent",
        "on_accent",
        "link",
        "notice",
        "detour",
    )
    colours = "".join(f"--hs-{name.replace('_', '-')}:{getattr(theme, name)};" for name in names)
    root = f":root{{{colours}--hs-border:{theme.border};--hs-peer:{theme.peer};--hs-font:{FONT_STACK};}}"
    return f"<style>{root}\n{_FILE.read_text(encoding='utf-8')}</style>"
