"""A view outside a page: what makes files on the command line works with the same words and numbers as the screen."""

from __future__ import annotations

import logging

from streamlit.logger import set_log_level

from dashboard.access import PUBLIC
from dashboard.catalogue import load_catalogue
from dashboard.i18n import LANGUAGES, get_translator
from dashboard.settings import Settings
from dashboard.views.context import View, municipalities
from dashboard.views.numbers import NumberFormat
from dashboard.views.theme import LIGHT
from dashboard.warehouse.connection import Warehouse


def view_for_files(settings: Settings, language: str | None = None) -> View:
    """Give the view that files are made with: what the public may see, in the colours of paper.

    Parameters
    ----------
    settings
        The settings; the warehouse that they name is opened as it is.
    language
        ``sv`` or ``en``; without one, or with one that there are no texts in, the default of the settings.

    Raises
    ------
    WarehouseError
        When there is no warehouse that can be opened.
    """
    # There is no visitor here, which Streamlit would say once for every question about one.
    set_log_level(logging.ERROR)
    chosen = language if language in LANGUAGES else settings.default_language
    t = get_translator(chosen, settings.locales_folder)
    warehouse = Warehouse(settings.warehouse_file, settings.memory_limit)
    return View(
        settings=settings,
        catalogue=load_catalogue(settings.data_folder / "catalogue", validate=False),
        warehouse=warehouse,
        t=t,
        fmt=NumberFormat(chosen, t),
        theme=LIGHT,
        language=chosen,
        municipalities=municipalities(warehouse),
        actor=PUBLIC,
    )
