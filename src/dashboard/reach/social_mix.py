"""Meeting potential: how the mix of those who can reach a place compares with the mix of the whole city."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from dashboard.reach.network import Floats


def mix_entropy(counts: ArrayLike) -> Floats:
    """Give the entropy of mixes, −Σ p ln p (Theil & Finizza 1971).

    Parameters
    ----------
    counts
        People of each group, shape (…, groups).

    Returns
    -------
    Shape (…); NaN where there is nobody, or a count is not known or below nothing.
    """
    numbers = np.asarray(counts, np.float64)
    numbers = np.where(numbers >= 0, numbers, np.nan)
    total = numbers.sum(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(total > 0, numbers / total, np.nan)
        terms = np.where(share > 0, -share * np.log(np.where(share > 0, share, 1.0)), 0.0)
    entropy: Floats = np.where(np.isnan(share).any(axis=-1), np.nan, terms.sum(axis=-1))
    return entropy


def social_mix(reaching: ArrayLike, city: ArrayLike) -> Floats:
    """Give the meeting potential: the entropy of those who can reach a place over that of the whole city.

    1 means as mixed as the whole city, less a more one-sided mix; more than 1 is possible where the groups are of more
    equal size than in the city. It does not see which group is the large one: a mix that is the city's turned round has
    1 as well. It says who could meet, not who does (place-based segregation: Legeby, Berghauser Pont & Marcus, Dela[d]
    Stad, 2015).

    Parameters
    ----------
    reaching
        People of each group who can reach the place, shape (…, groups).
    city
        People of each group in the whole city, shape (groups,).

    Returns
    -------
    Shape (…); NaN where nobody reaches the place, a count is not known, or the city has one group alone.
    """
    whole = mix_entropy(city)
    if not np.isfinite(whole) or whole <= 0:
        return np.full(np.asarray(reaching).shape[:-1], np.nan)
    return np.asarray(mix_entropy(reaching) / whole, np.float64)
