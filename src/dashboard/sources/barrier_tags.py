"""What in OpenStreetMap stands in walkers' way, and what it is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from dashboard.sources.walkable_ways import in_tunnel

TRACKS = frozenset({"rail", "light_rail", "narrow_gauge"})
FAST_ROADS = frozenset({"motorway", "motorway_link", "trunk", "trunk_link"})
RUNNING_WATERS = frozenset({"river", "canal"})
#: Areas of running water: the line of the river or canal stands for them.
NOT_STILL = frozenset({"river", "canal", "stream", "ditch", "drain", "lock", "moat", "fish_pass", "rapids"})


def is_barrier(tags: Mapping[str, str]) -> bool:
    """Tell whether a way is part of a barrier."""
    return barrier_kind(tags) is not None


def barrier_kind(tags: Mapping[str, str]) -> str | None:
    """Give ``water``, ``railway`` or ``road``, or None when people get past; what lies in a tunnel is no barrier."""
    if in_tunnel(tags):
        return None
    if tags.get("waterway") in RUNNING_WATERS or tags.get("natural") == "coastline" or is_still_water(tags):
        return "water"
    # Tracks of yards and sidings carry ``service``; the line that they belong to stands for them.
    if tags.get("railway") in TRACKS and "service" not in tags:
        return "railway"
    return "road" if tags.get("highway") in FAST_ROADS else None


def is_still_water(tags: Mapping[str, str]) -> bool:
    """Tell whether something is a lake or another area of water that is not a river's."""
    return tags.get("natural") == "water" and tags.get("water", "") not in NOT_STILL


def barrier_names(tags: Mapping[str, str]) -> tuple[str, ...]:
    """Give what a part of a barrier is called: roads by their numbers, of which one stretch can have several."""
    first, second = ("ref", "name") if "highway" in tags else ("name", "ref")
    text = tags.get(first) or tags.get(second) or ""
    parts = text.split(";") if first == "ref" and tags.get(first) else [text]
    return tuple(part.strip() for part in parts if part.strip())


def slug(text: str) -> str:
    """Write a name in a–z, 0–9 and hyphens: ``Göta älv`` as ``gota-alv``; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
