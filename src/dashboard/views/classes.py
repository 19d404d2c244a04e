"""Classes of values: where the breaks are, what each class is called, what it looks like."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.i18n import Translator
from dashboard.views.numbers import EN_DASH, MINUS, MISSING, NBSP, NumberFormat
from dashboard.views.theme import Theme

#: Breaks of the ratio (x/X)/(y/Y), an area's share of the one group over its share of the other. They are
#: symmetric around 1 (0.5 = 1/2, 0.8 = 1/1.25), so that both poles are seen alike.
BALANCE_BREAKS = (0.5, 0.8, 1.25, 2.0)


@dataclass(frozen=True)
class Scheme:
    """Classes of one picture, from the first to the last.

    Parameters
    ----------
    labels : tuple of str
        What each class is called.
    colors : tuple of str
        Fill of each class.
    marks : tuple of str
        Short sign of each class, so that no class depends on its colour.
    missing_label : str
        What an area without a value is called.
    """

    labels: tuple[str, ...]
    colors: tuple[str, ...]
    marks: tuple[str, ...]
    missing_label: str

    def label(self, index: int | None) -> str:
        """Name of a class, or that there is no value."""
        return self.missing_label if index is None else self.labels[index]

    def mark(self, index: int | None) -> str:
        """Sign of a class, or of a value that is missing."""
        return MISSING if index is None else self.marks[index]


def classify(values: Sequence[float | None], breaks: Sequence[float]) -> list[int | None]:
    """Class of each value.

    Parameters
    ----------
    values : sequence of float or None
        Values in the unit of the breaks.
    breaks : sequence of float
        Ascending bounds between the classes; a value on a bound belongs to the class above it.

    Returns
    -------
    list of int or None
        0 to ``len(breaks)``; None where there is no value.

    Raises
    ------
    ValueError
        If the breaks do not ascend.
    """
    if any(low >= high for low, high in pairwise(breaks)):
        raise ValueError(f"breaks must ascend: {list(breaks)}")
    return [None if value is None or math.isnan(value) else bisect_right(breaks, value) for value in values]


def nice_breaks(values: Sequence[float | None], n: int = 5) -> list[float]:
    """Round bounds that part the values into at most ``n`` classes of equal width.

    Equal widths keep the distances true. The two outer classes are open and take in the lowest and the
    highest tenth of the values, so that one area far from the rest doesn't leave all others in one class. The
    width is the smallest of 1, 2, 2.5 or 5 times a power of ten that needs no more than ``n`` classes.

    Parameters
    ----------
    values : sequence of float or None
        Values, any unit.
    n : int
        Number of classes wanted, at least 2.

    Returns
    -------
    list of float
        Ascending bounds, 1 to ``n − 1`` of them; empty when the values do not differ.

    Raises
    ------
    ValueError
        If ``n`` is below 2.
    """
    if n < 2:
        raise ValueError(f"at least two classes, not {n}")
    known = sorted(v for v in values if v is not None and not math.isnan(v))
    if not known or known[0] == known[-1]:
        return []
    low, high = _quantile(known, 0.1), _quantile(known, 0.9)
    if low == high:
        low, high = known[0], known[-1]
    power = 10.0 ** math.floor(math.log10((high - low) / n))
    for step in (1.0, 2.0, 2.5, 5.0, 10.0, 20.0):
        width = step * power
        first, last = math.floor(low / width) + 1, math.floor(high / width)
        if 1 <= last - first + 1 <= n - 1:
            return [round(k * width, 10) for k in range(first, last + 1)]
    return [round((low + high) / 2, 10)]


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Quantile of ordered values, linear between them."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def sequential_scheme(
    breaks: Sequence[float],
    t: Translator,
    fmt: NumberFormat,
    theme: Theme,
    *,
    decimals: int = 0,
    unit_label: str = "",
) -> Scheme:
    """Classes from little to much: “under 5”, “5–10”, …, “20 or more”.

    Parameters
    ----------
    breaks : sequence of float
        One to four ascending bounds.
    t, fmt, theme
        Texts, number format and colours.
    decimals : int
        Decimals of the bounds; more are shown where a bound needs them.
    unit_label : str
        Unit behind every class, such as ``%``; usually left out because the title says it.

    Raises
    ------
    ValueError
        If there are more bounds than colours.
    """
    if not 1 <= len(breaks) < len(theme.sequential):
        raise ValueError(f"between 1 and {len(theme.sequential) - 1} breaks, not {len(breaks)}")
    decimals = max(decimals, *(_decimals(b) for b in breaks))
    text = [fmt.number(b, decimals) for b in breaks]
    # English writes the sign of per cent close to its number.
    unit = "" if not unit_label else unit_label if (unit_label, fmt.language) == ("%", "en") else f"{NBSP}{unit_label}"
    labels = [
        t("classes.under", value=text[0] + unit),
        *(f"{low}{EN_DASH}{high}{unit}" for low, high in pairwise(text)),
        t("classes.over", value=text[-1] + unit),
    ]
    count = len(labels)
    # Fewer classes keep the ends of the scale, so that little and much look the same in every picture.
    steps = [round(i * (len(theme.sequential) - 1) / (count - 1)) for i in range(count)]
    return Scheme(
        labels=tuple(labels),
        colors=tuple(theme.sequential[i] for i in steps),
        marks=tuple(str(i + 1) for i in range(count)),
        missing_label=t("classes.missing"),
    )


def balance_scheme(t: Translator, theme: Theme, *, group: str, others: str) -> Scheme:
    """Five classes from one pole to the other, for ratios parted by `BALANCE_BREAKS`.

    Parameters
    ----------
    t, theme
        Texts and colours.
    group, others : str
        The two groups in words that fit after “more people …”, such as “with foreign background”.
    """
    return Scheme(
        labels=(
            t("classes.clearly_more", group=others),
            t("classes.somewhat_more", group=others),
            t("classes.as_city"),
            t("classes.somewhat_more", group=group),
            t("classes.clearly_more", group=group),
        ),
        colors=theme.diverging,
        marks=(f"{MINUS}2", f"{MINUS}1", "0", "+1", "+2"),
        missing_label=t("classes.missing"),
    )


def _decimals(value: float) -> int:
    text = f"{value:.10f}".rstrip("0")
    return len(text.partition(".")[2])
