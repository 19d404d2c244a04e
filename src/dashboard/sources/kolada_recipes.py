"""Which key figures of Kolada become which indicators, in which unit and with which sign."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One key figure of Kolada and the indicator that it becomes.

    Attributes
    ----------
    code
        Kolada's code.
    indicator
        The indicator of the catalogue.
    title_words
        Parts of the title that it has in Kolada. A code that begins to stand for something else would give figures
        that look likely and mean another thing, so the title is read at every fetch.
    factor
        What Kolada's figure is multiplied with to become the catalogue's: the net cost is negative in Kolada, amounts
        are in kronor there and in thousands here.
    likely
        Lowest and highest figure, in the catalogue's unit, that any municipality can be thought to have.
    """

    code: str
    indicator: str
    title_words: tuple[str, ...]
    factor: float
    likely: tuple[float, float]


#: The words hold no å, ä or ö, which have come from the service encoded twice.
KEY_FIGURES = (
    KeyFigure("N00901", "municipal_tax_rate", ("skattesats", "kommun"), 1, (5, 40)),
    KeyFigure("N03011", "net_cost_of_operations", ("nettokostnad", "kr/inv"), -0.001, (5, 500)),
    KeyFigure("N03046", "long_term_debt", ("fristiga skulder", "kommunen", "kr/inv"), 0.001, (0, 1000)),
    KeyFigure("N03002", "equity_ratio", ("soliditet", "pension", "kommun"), 1, (-500, 100)),
)
