"""Cards of the roadmap's focus areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.views.html import escape


@dataclass(frozen=True)
class Line:
    """A figure that follows a focus area: what it is, the value with its change, the source."""

    label: str
    value: str
    source: str


@dataclass(frozen=True)
class Card:
    """A focus area: its number and name, the figures that follow it, and what they do not show."""

    number: str
    name: str
    lines: Sequence[Line]
    gap: str


def card_list(cards: Sequence[Card]) -> str:
    """Cards beside each other, as many as there is room for."""
    return f'<ol class="hs-cards">{"".join(_card(card) for card in cards)}</ol>'


def _card(card: Card) -> str:
    lines = "".join(
        f'<div><dt>{escape(line.label)}</dt><dd><span class="hs-card-value">{escape(line.value)}</span>'
        f'<span class="hs-card-source">{escape(line.source)}</span></dd></div>'
        for line in card.lines
    )
    figures = f'<dl class="hs-card-figures">{lines}</dl>' if lines else ""
    return (
        f'<li class="hs-card"><h3><span class="hs-card-number" aria-hidden="true">{escape(card.number)}</span>'
        f'{escape(card.name)}</h3>{figures}<p class="hs-card-gap">{escape(card.gap)}</p></li>'
    )
