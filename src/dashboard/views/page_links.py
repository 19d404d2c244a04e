"""Links from one page to another, or to another view of the same page, that keep the visitor's language."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from dashboard.page_addresses import PAGES
from dashboard.views.context import View
from dashboard.views.html import escape


def page_address(view: View, page: str, **choices: str | Sequence[str]) -> str:
    """Give the address of a page, relative to the page that is open, with choices as they stand in the address.

    Parameters
    ----------
    view
        The view of this run.
    page
        A name in `PAGES`.
    **choices
        Key → value or values; empty ones are left out.
    """
    kept = {key: value for key, value in choices.items() if value}
    if view.language != view.settings.default_language:
        kept["lang"] = view.language
    query = urlencode(kept, doseq=True)
    # All pages lie side by side, wherever the dashboard is served.
    path = PAGES[page] or "."
    return f"{path}?{query}" if query else path


def link_html(address: str, text: str) -> str:
    """Give a link; both parts are escaped."""
    return f'<a href="{escape(address)}">{escape(text)}</a>'
