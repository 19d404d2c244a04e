"""What every page needs: texts, numbers, colours, the catalogue, the open warehouse and the home municipality."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode, urlsplit

import streamlit as st

from dashboard.access import PUBLIC, Actor
from dashboard.catalogue import Catalogue, load_catalogue
from dashboard.i18n import LANGUAGES, Translator, get_translator
from dashboard.settings import Settings, current_settings
from dashboard.views.actor import current_actor
from dashboard.views.framed import is_framed
from dashboard.views.numbers import NumberFormat
from dashboard.views.theme import Theme, theme_for
from dashboard.warehouse.connection import Warehouse, WarehouseKeeper

log = logging.getLogger(__name__)

SECONDS_BETWEEN_CHECKS = 60.0


@dataclass(frozen=True)
class Municipality:
    """A municipality in the data."""

    code: str
    name: str
    home: bool


@dataclass(frozen=True)
class View:
    """What a page works with during one run."""

    settings: Settings
    catalogue: Catalogue
    warehouse: Warehouse
    t: Translator
    fmt: NumberFormat
    theme: Theme
    language: str
    municipalities: tuple[Municipality, ...]
    actor: Actor = PUBLIC

    @property
    def home(self) -> Municipality:
        """The municipality that the dashboard is about."""
        return next(one for one in self.municipalities if one.home)

    @property
    def public_address(self) -> str:
        """Where the dashboard is served: as the operator says, else as this visitor reached it."""
        if self.settings.public_url:
            # Nobody is asked where no visitor is: a file is made after the page has been drawn.
            return self.settings.public_url.rstrip("/")
        here = urlsplit(st.context.url or "")
        return f"{here.scheme}://{here.netloc}" if here.netloc else ""

    def link(self) -> str:
        """Give the whole address that restores what is on screen now, for a mail or minutes."""
        public = self.public_address
        # Behind a proxy the path of the address may begin with where the whole dashboard is served.
        path = urlsplit(st.context.url or "").path.rstrip("/").removeprefix(urlsplit(public).path).strip("/")
        page = f"{public}/{path}"
        query = urlencode({key: st.query_params.get_all(key) for key in st.query_params}, doseq=True)
        return f"{page}?{query}" if query else page


def current_view() -> View:
    """Give the view of this run, in the visitor's language and colours.

    Raises
    ------
    WarehouseError
        When there is no warehouse that can be opened.
    """
    settings = current_settings()
    language = st.session_state.get("lang") or settings.default_language
    language = language if language in LANGUAGES else settings.default_language
    t = get_translator(language, settings.locales_folder)
    warehouse = keeper().warehouse()
    return View(
        settings=settings,
        catalogue=_catalogue(warehouse.meta["fingerprint"]),
        warehouse=warehouse,
        t=t,
        fmt=NumberFormat(language, t),
        theme=theme_for(st.context.theme.type),
        language=language,
        municipalities=municipalities(warehouse),
        # In a frame of another page nobody edits, and what only some may see stays away.
        actor=PUBLIC if is_framed() else current_actor(settings),
    )


@lru_cache(maxsize=1)
def keeper() -> WarehouseKeeper:
    """Give this process's keeper of the open warehouse."""
    settings = current_settings()
    return WarehouseKeeper(settings.warehouse_file, settings.memory_limit)


@lru_cache(maxsize=2)
def _catalogue(fingerprint: str) -> Catalogue:
    del fingerprint  # a new warehouse means that the catalogue may be new too
    return load_catalogue(current_settings().data_folder / "catalogue", validate=False)


@lru_cache(maxsize=2)
def municipalities(warehouse: Warehouse) -> tuple[Municipality, ...]:
    """Give the municipalities that the data have figures for."""
    return tuple(
        Municipality(str(row["code"]), str(row["name"]), row["role"] == "home")
        for row in warehouse.rows("municipalities")
    )


class FreshnessWatch:
    """Remembers when the data were last compared with the warehouse, so that not every run does it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._checked: float | None = None

    def is_due(self) -> bool:
        """Tell whether it is time to compare again."""
        return self._checked is None or self._clock() - self._checked > SECONDS_BETWEEN_CHECKS

    def done(self) -> None:
        """Note that the comparison was made."""
        self._checked = self._clock()


@lru_cache(maxsize=1)
def freshness_watch() -> FreshnessWatch:
    """Give this process's watch."""
    return FreshnessWatch()
