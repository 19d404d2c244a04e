"""What stands around every page: settings of the page, building the warehouse, language, navigation, footer."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.i18n import LANGUAGES, get_translator
from dashboard.page_addresses import PAGES
from dashboard.settings import PROJECT_FOLDER, SettingsError, current_settings
from dashboard.views import html, links
from dashboard.views.context import View, current_view, freshness_watch, keeper
from dashboard.views.sign_in_box import show_sign_in
from dashboard.views.stylesheet import stylesheet
from dashboard.views.theme import theme_for
from dashboard.warehouse.connection import WarehouseError
from dashboard.warehouse.fingerprint import BuildError
from dashboard.warehouse.freshness import build_apart, is_fresh

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

log = logging.getLogger(__name__)

# A screen reader picks its voice by the language; on a phone the menu would stay in front of the page just chosen.
_ON_PAGE = """<script data-page="{page}">
document.documentElement.lang = "{language}";
if (window.innerWidth < 769 && document.querySelector('[data-testid="stSidebar"][data-collapsed="false"]')) {{
  document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
}}
</script>"""


def configure(icon: Path) -> None:
    """Set up the page before anything is drawn."""
    st.set_page_config(page_icon=str(icon), layout="wide", initial_sidebar_state="auto")
    st.html(stylesheet(theme_for(st.context.theme.type)))


def ensure_warehouse() -> bool:
    """Build the warehouse when it is missing or older than the data.

    Returns
    -------
    Whether there is a warehouse to show. When the data cannot be built and there is an older warehouse, that
    one stays in use and the page says so.
    """
    try:
        settings = current_settings()
    except SettingsError as error:
        log.exception("the dashboard cannot start")
        _stop_with("start.settings", str(error))
        return False
    watch = freshness_watch()
    if watch.is_due():
        t = get_translator(_language(), settings.locales_folder)
        try:
            if not is_fresh(settings):
                with st.status(t("start.building"), expanded=True) as status:
                    build_apart(settings, st.write)
                    status.update(label=t("start.built"), state="complete", expanded=False)
            watch.done()
        except BuildError:
            log.exception("the data cannot be built")
            if not settings.warehouse_file.is_file():
                _stop_with("start.failed", language=_language())
                return False
            watch.done()
            st.warning(t("start.kept_old"))
    try:
        keeper().warehouse()
    except WarehouseError:
        log.exception("the warehouse cannot be opened")
        _stop_with("start.failed", language=_language())
        return False
    return True


def _language() -> str:
    settings = current_settings()
    chosen = st.session_state.get("lang") or st.query_params.get("lang")
    return chosen if chosen in LANGUAGES else settings.default_language


def _stop_with(key: str, detail: str = "", language: str = "sv") -> None:
    t = get_translator(language, PROJECT_FOLDER / "locales")
    st.error(f"{t(key)} {detail}".strip())


def open_view() -> View:
    """Give the view of this run in the language of the link or of the switch."""
    links.restore_one("lang", LANGUAGES, current_settings().default_language)
    links.remember("lang", str(st.session_state["lang"]), current_settings().default_language)
    return current_view()


def pages(view: View, folder: Path) -> list[StreamlitPage]:
    """Give the pages with their titles in the visitor's language."""
    return [
        st.Page(
            folder / f"{name}.py",
            title=view.t(f"page.{name}"),
            url_path=address or None,
            default=not address,
        )
        for name, address in PAGES.items()
    ]


def show_sidebar(view: View, pages: Sequence[StreamlitPage], current: StreamlitPage) -> None:
    """Lay out the name of the dashboard, the municipality, the pages and the language switch."""
    with st.sidebar:
        st.html(html.brand(view.t("app.name"), view.home.name))
        with st.container(key="navigation", gap=None):
            for page in pages:
                with st.container(key="nav-current" if page is current else f"nav-{page.url_path or 'start'}"):
                    st.page_link(page, query_params=_kept_parameters(view))
        st.segmented_control(
            view.t("app.language"),
            list(LANGUAGES),
            format_func=lambda code: view.t(f"app.language_{code}"),
            required=True,
            key="lang",
            label_visibility="collapsed",
        )
        show_sign_in(view)
    st.html(_ON_PAGE.format(language=view.language, page=current.url_path or "start"), unsafe_allow_javascript=True)


def _kept_parameters(view: View) -> dict[str, str]:
    """Give what a link to another page takes along: the language, when it is not the default one."""
    return {} if view.language == view.settings.default_language else {"lang": view.language}


def show_footer(view: View) -> None:
    """Lay out what the whole dashboard rests on."""
    st.html(html.source_line(view.t("app.footer", municipality=view.home.name)))
