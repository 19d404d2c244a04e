"""How readable colours are together."""

from __future__ import annotations


def contrast(one: str, other: str) -> float:
    """Contrast between two colours, 1 to 21.

    Parameters
    ----------
    one, other : str
        Colours as ``#rrggbb``.

    Returns
    -------
    float
        (L1 + 0.05)/(L2 + 0.05), L the relative luminance; WCAG 2.2, “contrast ratio”.
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def text_on(fill: str) -> str:
    """Black or white, whichever reads better on a fill; one of them always has a contrast above 4.5."""
    return max(("#000000", "#ffffff"), key=lambda ink: contrast(ink, fill))


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
