"""Latitude and longitude, and metres in SWEREF 99 TM."""

from __future__ import annotations

import re
from functools import lru_cache

from pyproj import Transformer

#: A box around Sweden: latitudes and longitudes outside it are swapped or wrong.
LATITUDES = (55.0, 69.5)
LONGITUDES = (10.5, 24.5)

_NUMBER = re.compile(r"[-−]?\d+(?:[.,]\d+)?")


class CoordinateError(ValueError):
    """A text is no position in Sweden; ``reason`` is ``unreadable``, ``swapped`` or ``outside``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@lru_cache(maxsize=2)
def _transformer(source: int, target: int) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def to_metres(lat: float, lon: float) -> tuple[float, float]:
    """Give x and y in SWEREF 99 TM of a position in WGS 84.

    Raises
    ------
    CoordinateError
        When the position lies outside Sweden, or latitude and longitude seem to be swapped.
    """
    if _within(lon, LATITUDES) and _within(lat, LONGITUDES):
        raise CoordinateError("swapped")
    if not (_within(lat, LATITUDES) and _within(lon, LONGITUDES)):
        raise CoordinateError("outside")
    x, y = _transformer(4326, 3006).transform(lon, lat)
    return float(x), float(y)


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Give latitude and longitude in WGS 84 of metres in SWEREF 99 TM."""
    lon, lat = _transformer(3006, 4326).transform(x, y)
    return float(lat), float(lon)


def parse_position(text: str) -> tuple[float, float]:
    """Read a position as people write it: ``58.2707, 12.3080``, ``58,2707 12,3080``.

    Returns
    -------
    Latitude and longitude.

    Raises
    ------
    CoordinateError
        When the text does not hold two numbers, or they are no position in Sweden.
    """
    numbers = _NUMBER.findall(text)
    if len(numbers) != 2:
        raise CoordinateError("unreadable")
    lat, lon = (float(number.replace(",", ".").replace("−", "-")) for number in numbers)
    to_metres(lat, lon)
    return lat, lon


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]
