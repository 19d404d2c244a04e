"""The ways into the page on the knowledge circle: whether its form is open, and what an address hands over to it."""

from __future__ import annotations

from dashboard.reach.coordinates import to_degrees
from dashboard.views.context import View

#: As exact as a position is stored: about ten metres.
DECIMALS = 4
#: What the form is to be about: the id of a place, or a position as `position_code` writes it.
GIVE_ABOUT = "om"
#: What the contributions that are listed are about; on other pages the same word stands for something else.
SAID_ABOUT = "inspel_plats"


def is_open(view: View) -> bool:
    """Tell whether contributions are taken: without moderators nobody could read them before they are shown."""
    return view.settings.has_sign_in or view.settings.local_editor


def position_code(x: float, y: float) -> str:
    """Give a spot in SWEREF 99 TM metres as the form writes it and as an address hands it over."""
    lat, lon = to_degrees(x, y)
    return f"{lat:.{DECIMALS}f}, {lon:.{DECIMALS}f}"
