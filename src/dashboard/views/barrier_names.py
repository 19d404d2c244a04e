"""What barriers are called on screen."""

from __future__ import annotations

from dashboard.reach.city import Barrier
from dashboard.views.context import View

#: Id of tracks that have no name of their own.
UNNAMED_RAILWAY = "railway"


def barrier_name(view: View, barrier: Barrier) -> str:
    """Give a barrier's own name; what has none is called by what it is, in the visitor's language."""
    return view.t("places.railway") if barrier.id == UNNAMED_RAILWAY else barrier.name
