"""Income by area as the page asks for it: kept for as long as the warehouse stays the same."""

from __future__ import annotations

from functools import lru_cache

from dashboard.measures.income import quartile_segregation
from dashboard.measures.rank_order import IncomeSegregation
from dashboard.warehouse.connection import Warehouse
from dashboard.warehouse.income_quartiles import Quartiles, read_quartiles


@lru_cache(maxsize=16)
def quartiles(warehouse: Warehouse, municipality: str, level: str) -> dict[int, Quartiles]:
    """Give the quartiles by year, the oldest first; empty where the data hold none."""
    return {found.year: found for found in read_quartiles(warehouse, municipality, level)}


@lru_cache(maxsize=64)
def measured(warehouse: Warehouse, municipality: str, level: str, year: int) -> IncomeSegregation | str:
    """Give H^R and D of the ends in a year, or the reason why there is none."""
    found = quartiles(warehouse, municipality, level).get(year)
    if found is None:
        return "no_areas"
    return quartile_segregation(municipality, level, year, found.shares, found.persons)
