"""What files on ways hold: metres and people no finer than they are known, and where they come from."""

from __future__ import annotations

import math

from dashboard.reach.city import City
from dashboard.views.places_numbers import METRE_STEPS, PEOPLE_STEPS, rounded

#: What a file that leaves the dashboard says of its sources; the licence asks for this wording in every language.
FILE_SOURCE = "© OpenStreetMap contributors, ODbL 1.0; SCB, CC0; Skolverket, CC0"


def file_metres(city: City, value: float | None) -> float | None:
    """Round metres to the step of the network; None for what is not known or cannot be reached."""
    if value is None or not math.isfinite(value):
        return None
    return rounded(value, METRE_STEPS[0 if city.is_schematic else 1])


def file_people(city: City, value: float | None) -> float | None:
    """Round a number of people to hundreds where a schematic network spreads them; elsewhere it stays as it is."""
    if value is None or not math.isfinite(value):
        return None
    return rounded(value, PEOPLE_STEPS[0]) if city.is_schematic else value
