"""Towards which group an area leans: the ratio that parts the classes of the contribution map."""

from __future__ import annotations

import math


def balance(share: float | None, city_share: float | None) -> float | None:
    """Answer how many times larger an area's part of the group is than its part of the others.

    (x/X) / (y/Y), which is the odds p/(1−p) over the city's odds P/(1−P): 1 where the area is like the whole
    city, 2 where the group is twice as common as the others, 0.5 where the others are.

    Parameters
    ----------
    share, city_share
        The group's share p of the area and P of the city, 0–1; None where it is not known.

    Returns
    -------
    The ratio, infinite where nobody else lives in the area; None where a share is not known or the city has one
    group only.
    """
    if share is None or city_share is None or not 0 < city_share < 1:
        return None
    if share >= 1:
        return math.inf
    return share / (1 - share) / (city_share / (1 - city_share))
