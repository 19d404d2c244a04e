"""How a recipe is written: what is asked of a table of Statistics Sweden, and which cells make which indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Literal

import yaml

from dashboard.sources.area_codes import Level


class Told(Enum):
    """Codes that the table's own metadata tell, because they are not known beforehand."""

    #: The one code that the dimension has.
    THE_ONLY = "the only code"
    #: Every code that the dimension has.
    ALL = "all codes"
    #: Its total where it has one, else all codes together.
    WHOLE = "the total, or all codes together"


Codes = tuple[str, ...] | Told
#: Which cells: codes by dimension; a dimension that has one code in the recipe need not be named. Several are summed.
Cells = Mapping[str, str | Codes]
How = Literal["figure", "share", "growth"]

EVERYWHERE: frozenset[Level] = frozenset({"deso", "regso", "municipality"})
SMALL_AREAS: frozenset[Level] = frozenset({"deso", "regso"})
REGSO: frozenset[Level] = frozenset({"regso"})
MUNICIPALITY: frozenset[Level] = frozenset({"municipality"})

WORKED_OUT = "worked_out_from_counts"


@dataclass(frozen=True, slots=True)
class Made:
    """How one indicator is made.

    Attributes
    ----------
    indicator
        Its id in the catalogue.
    part
        The cells of the figure; of a share, those that are counted; of a growth, those of each year.
    whole
        Of a share: what it is a share of.
    how
        ``figure``: the cell, or the sum of the cells; ``share``: 100 · part / whole; ``growth``: change from the year
        before in per cent. Shares and growth have three decimals.
    note
        The note of a figure that is worked out; empty for SCB's own.
    levels
        Where the catalogue has the indicator, when that is not everywhere in the table.
    month
        Of a table by month: ``M12`` or ``M06``.
    margin
        The cells of the margin of error (95 per cent), in the unit of the figure.
    """

    indicator: str
    part: Cells
    whole: Cells | None = None
    how: How = "figure"
    note: str = ""
    levels: frozenset[Level] | None = None
    month: str = ""
    margin: Cells | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is asked of a table, and what is made of it.

    Attributes
    ----------
    table, source
        ``TAB6574``; the id of the catalogue's source that its figures are credited to.
    levels
        The levels that the table has.
    dimensions
        The codes that are asked for, by dimension, all dimensions but ``Region`` and ``Tid``.
    makes
        The indicators.
    may_be_closed
        Whether it gets no new figures any more and is wanted for its old ones.
    last_year
        The last year that is taken from it; later ones come from the table that has followed it.
    """

    table: str
    source: str
    levels: frozenset[Level]
    dimensions: Mapping[str, Codes]
    makes: tuple[Made, ...]
    may_be_closed: bool = False
    last_year: int | None = None


def share(indicator: str, part: Cells, whole: Cells) -> Made:
    """Give the recipe of a share in per cent."""
    return Made(indicator, part, whole, "share", WORKED_OUT)


BOTH_SEXES = "1+2"

_CODES = yaml.safe_load(Path(__file__).with_name("scb_codes.yaml").read_text("utf-8"))
#: Indicator → code of the form of tenure.
TENURES: dict[str, str] = _CODES["tenures"]
BUILDING_TYPES: tuple[str, ...] = tuple(_CODES["building_types"])
TENURE_CODES = tuple(TENURES.values())


def tenure(buildings: tuple[str, ...] = ()) -> Iterator[Made]:
    """Dwellings by tenure, summed over types of building where the table has them."""
    over: dict[str, str | Codes] = {"Hustyp": buildings} if buildings else {}
    note = WORKED_OUT if buildings else ""
    for name, code in TENURES.items():
        yield Made(name, {"Upplatelseform": code, **over}, note=note)
    every: Cells = {"Upplatelseform": TENURE_CODES, **over}
    yield share("rental_tenure_share", {"Upplatelseform": TENURES["dwellings_rented"], **over}, every)
