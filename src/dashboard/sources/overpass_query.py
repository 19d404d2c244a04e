"""What an Overpass service is asked for: the ways, barriers and places that a walk network is made of."""

from __future__ import annotations

from collections import defaultdict

from dashboard.sources.barrier_tags import RUNNING_WATERS, TRACKS
from dashboard.sources.osm_places import CATEGORIES
from dashboard.sources.osm_reader import Box

#: Seconds and bytes that the service may use; it does not begin if it thinks that these are not free.
SECONDS, BYTES = 300, 1024**3


def overpass_query(box: Box, seconds: int = SECONDS, memory: int = BYTES) -> str:
    """Give the query, in Overpass QL, for what `dashboard.sources.osm_reader` keeps of a file.

    Parameters
    ----------
    box
        Degrees between which it lies.
    seconds, memory
        What the service may use for it.

    Returns
    -------
    str
        Everything with its tags; of large lakes the shores within the box only; then the points of all ways.
    """
    within = f"({box.south:.7f},{box.west:.7f},{box.north:.7f},{box.east:.7f})"
    places: dict[str, set[str]] = defaultdict(set)
    for key, value in CATEGORIES:
        places[key].add(value)
    ways = [
        f'way["highway"]{within};',
        f'way["railway"{_one_of(TRACKS)}]{within};',
        f'way["waterway"{_one_of(RUNNING_WATERS)}]{within};',
        f'way["natural"{_one_of({"water", "coastline"})}]{within};',
        *(f'nwr["{key}"{_one_of(values)}]["name"]{within};' for key, values in sorted(places.items())),
    ]
    return "\n".join(
        [
            f"[out:json][timeout:{seconds}][maxsize:{memory}];",
            f'relation["natural"="water"]{within}->.lakes;',
            f"way(r.lakes){within}->.shores;",
            "(",
            *ways,
            ")->.found;",
            "(.found; .lakes;);",
            "out body;",
            ".shores out skel qt;",
            "(.found; .shores;);",
            ">;",
            "out skel qt;",
        ]
    )


def _one_of(values: set[str] | frozenset[str]) -> str:
    return f'~"^({"|".join(sorted(values))})$"'
