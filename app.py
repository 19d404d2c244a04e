"""Hela staden: settings, language, navigation and footer; the pages are in `pages/`."""

import gc
from pathlib import Path

import streamlit as st

from dashboard.views import embedding, shell
from dashboard.views.errors import told_in_words
from dashboard.views.framed import is_framed

HERE = Path(__file__).parent


@st.cache_resource
def _freeze_imports() -> None:
    # What is imported once is never garbage; leaving it out of every later collection keeps many sessions quick.
    gc.collect()
    gc.freeze()


shell.configure(HERE / "static" / "favicon.png")
if shell.ensure_warehouse():
    view = shell.open_view()
    pages = shell.pages(view, HERE / "pages")
    page = st.navigation(pages, position="hidden")
    _freeze_imports()
    if is_framed():
        with embedding.only_one_figure(view), told_in_words(view):
            page.run()
    else:
        shell.show_sidebar(view, pages, page)
        with told_in_words(view):
            page.run()
        shell.show_footer(view)
