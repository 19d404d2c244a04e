"""What a named place is to somebody who walks there, from its tag in OpenStreetMap."""

from __future__ import annotations

#: Kinds of nodes in the order in which they are shown. Texts: `place_kind.<kind>`.
PLACE_KINDS = (
    "square",
    "centre",
    "station",
    "stop",
    "hospital",
    "health_centre",
    "pharmacy",
    "school",
    "preschool",
    "library",
    "museum",
    "grocery",
    "sports",
    "other",
)

#: The services that everyone's access is shown for.
SERVICES = ("stop", "grocery", "preschool", "school", "health_centre", "pharmacy", "library", "sports", "station")

_BY_TAG = {
    "highway=bus_stop": "stop",
    "railway=tram_stop": "stop",
    "public_transport=station": "station",
    "railway=station": "station",
    "amenity=hospital": "hospital",
    "amenity=clinic": "health_centre",
    "amenity=doctors": "health_centre",
    "amenity=pharmacy": "pharmacy",
    "amenity=school": "school",
    "amenity=kindergarten": "preschool",
    "amenity=library": "library",
    "tourism=museum": "museum",
    "shop=supermarket": "grocery",
    "shop=convenience": "grocery",
    "leisure=sports_centre": "sports",
    "place=square": "square",
}


def place_kind(osm_tag: str) -> str:
    """Give the kind of a place by its tag such as ``amenity=library``; ``other`` for a tag that is not known."""
    return _BY_TAG.get(osm_tag, "other")
