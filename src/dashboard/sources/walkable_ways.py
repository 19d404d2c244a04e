"""Which of OpenStreetMap's ways people may and can walk on; the rule in words is in docs/networks.md."""

from __future__ import annotations

from collections.abc import Mapping

#: Open to people on foot unless something closes them.
OPEN = frozenset(
    {
        *("footway", "path", "pedestrian", "steps", "platform", "cycleway", "bridleway", "track"),
        *("living_street", "residential", "service", "unclassified", "road"),
        *("tertiary", "tertiary_link", "secondary", "secondary_link", "primary", "primary_link"),
    }
)
#: Not there yet, not there any more, or not a way at all: not even ``foot=yes`` opens them.
NEVER = frozenset(
    {
        *("construction", "proposed", "planned", "abandoned", "disused", "razed", "raceway", "escape"),
        *("rest_area", "services", "elevator", "via_ferrata"),
    }
)
INVITED = frozenset({"yes", "designated", "permissive", "official"})
FORBIDDEN = frozenset({"no", "private", "use_sidepath"})
CLOSED = frozenset({"no", "private"})


def is_walkable(tags: Mapping[str, str]) -> bool:
    """Tell whether people on foot may and can use a way.

    Parameters
    ----------
    tags
        The way's tags: ``highway``, ``foot``, ``access`` and others.
    """
    highway = tags.get("highway", "")
    if not highway or highway in NEVER or "yes" in (tags.get("winter_road"), tags.get("ice_road")):
        return False
    foot = tags.get("foot", "")
    if foot in INVITED:
        return True
    if foot in FORBIDDEN or tags.get("access", "") in CLOSED or tags.get("motorroad") == "yes":
        return False
    return highway in OPEN


def structure(tags: Mapping[str, str]) -> str:
    """Tell whether a way lies on a ``bridge``, in a ``tunnel`` or (empty) on the ground.

    A passage through a building lies on the ground.
    """
    if tags.get("bridge", "no") != "no":
        return "bridge"
    return "tunnel" if in_tunnel(tags) else ""


def in_tunnel(tags: Mapping[str, str]) -> bool:
    """Tell whether a way, a track or a river lies below the ground there."""
    return tags.get("tunnel", "no") not in ("no", "building_passage")
