"""What tests of the views on places share: a view on the embedded data, spots and scenarios of a made-up city."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dashboard.catalogue import load_catalogue
from dashboard.i18n import get_translator
from dashboard.reach.city import City, origin_of
from dashboard.reach.scenario import Change
from dashboard.views.context import Municipality, View
from dashboard.views.numbers import NumberFormat
from dashboard.views.places_results import SpotResult, results
from dashboard.views.places_spots import Spot
from dashboard.views.theme import LIGHT
from dashboard.views.what_if_codes import code_of
from dashboard.views.what_if_results import Trial, outcome
from dashboard.warehouse.connection import Warehouse

LOCALES = Path(__file__).parents[2] / "locales"


def view_of(built: Any, warehouse: Warehouse, language: str = "sv") -> View:
    """Give the view of a visitor."""
    return View(
        settings=built.settings(),
        catalogue=load_catalogue(built.data / "catalogue", validate=False),
        warehouse=warehouse,
        t=get_translator(language, LOCALES),
        fmt=NumberFormat(language),
        theme=LIGHT,
        language=language,
        municipalities=(Municipality("1488", "Trollhättan", home=True),),
    )


def spot_at(city: City, place_id: str) -> Spot:
    """Give one of a city's places as a spot."""
    place = city.place(place_id)
    assert place is not None
    return Spot(place.id, place.name, origin_of(city, place), place)


def result_at(city: City, place_id: str) -> SpotResult:
    """Give what is worked out for one of a city's places."""
    return results(city, [spot_at(city, place_id)])[0]


def trial_of(city: City, changes: Sequence[Change], place_id: str = "west") -> Trial:
    """Give a scenario, seen from one of a city's places."""
    spot = spot_at(city, place_id)
    codes = tuple(code_of(change) for change in changes)
    return Trial(city, spot, codes, outcome(city, spot, (), codes), outcome(city, spot, codes))


def plain(text: str) -> str:
    """Give a text with ordinary spaces."""
    return text.replace("\u00a0", " ")
