"""Where residents can say something in person, in the visitor's language."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from dashboard.catalogue import Text
from dashboard.register.contact import read_contact
from dashboard.register.errors import RegisterFileError
from dashboard.views.context import View

log = logging.getLogger(__name__)


def contact_words(view: View) -> str:
    """Give name, address and hours of the place to go to; empty when the municipality has published none."""
    found = _contact(view.settings.data_folder / "register", view.home.code)
    return "" if found is None else found.in_(view.language)


@lru_cache(maxsize=2)
def _contact(folder: Path, municipality: str) -> Text | None:
    try:
        return read_contact(folder, municipality)
    except RegisterFileError as error:
        # The build refuses such a file; one that was spoilt since must not take the form away.
        log.warning("the contact cannot be read: %s", error)
        return None
